from odoo import fields, models


class LegalAidReason(models.Model):
    """A coded reason for a decision (DESIGN.md section 3, rule 4)."""

    _name = "legal.aid.reason"
    _description = "Reason"
    _order = "usage, sequence, code"

    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    name = fields.Char(required=True, translate=True)
    usage = fields.Selection(
        selection=[
            ("refuse", "Refusal of an application"),
            ("withdraw", "Withdrawal of an application"),
            ("decline", "Lawyer declines a case"),
            ("decline_report", "Union does not take up a report"),
            ("return_request", "Return of an application or report"),
            ("card", "End of an aid card"),
            ("change_lawyer", "Change of lawyer"),
            ("clear_conflict", "Clearing of a conflict"),
            ("refuse_change", "Refusal of a change of lawyer"),
            ("refuse_substitute", "Refusal of a substitute"),
            ("terminate", "Termination of aid"),
            ("file_return", "Return of a file"),
            ("reopen", "Reopening of a case"),
            ("transfer", "Transfer to another union"),
            ("cut", "Cut of a fee"),
            ("contract_end", "Early end of a contract"),
            ("suspend", "Suspension of a lawyer"),
            ("not_select", "Not selecting a lawyer"),
            ("complaint", "Dismissal of a complaint"),
            ("payment", "Failed payment"),
        ],
        required=True,
    )
    legal_basis = fields.Char(help="Article of law or document that this reason rests on.")

    _code_unique = models.Constraint("UNIQUE(usage, code)", "This reason code exists already for the same use.")
