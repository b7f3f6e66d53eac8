from odoo import fields, models
from odoo.exceptions import UserError

from ..organization.legal_day import legal_today
from ..organization.wording import join_names


class LegalAidFileDisposalLine(models.Model):
    """One file on a list of appraisal: what is decided about it. It stays as the entry of its destruction."""

    _name = "legal.aid.file.disposal.line"
    _description = "Appraised File"
    _inherit = ["legal.aid.noted.mixin", "legal.aid.workflow.line.mixin"]
    _order = "case_number, id"
    _rec_name = "case_number"
    _workflow_document = "disposal_id"
    # The entry of a destruction tells what was destroyed: nobody writes another number over it.
    _noted_fields = frozenset({"case_number", "matter_id", "archived_date", "keep_until", "is_erased"})

    disposal_id = fields.Many2one(
        comodel_name="legal.aid.file.disposal", required=True, readonly=True, ondelete="cascade", index=True
    )
    organization_id = fields.Many2one(related="disposal_id.organization_id", store=True, index=True)
    case_id = fields.Many2one(
        comodel_name="legal.aid.case",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
        groups=fields.NO_ACCESS,
    )
    case_number = fields.Char(required=True, readonly=True)
    matter_id = fields.Many2one(comodel_name="legal.aid.matter", readonly=True, ondelete="restrict")
    archived_date = fields.Date(string="Archived On", readonly=True)
    keep_until = fields.Date(string="Term Until", readonly=True)
    decision = fields.Selection(
        selection=[("destroy", "Destroy"), ("extend", "Keep longer"), ("permanent", "Keep for ever")]
    )
    years = fields.Integer(string="Years Longer", default=10)
    note = fields.Char(string="Grounds", help="Nothing that tells who the worker is.")
    is_erased = fields.Boolean(string="Destroyed", readonly=True)

    _case_once = models.Constraint("UNIQUE(disposal_id, case_id)", "This file stands on the list already.")
    _years_positive = models.Constraint("CHECK(years BETWEEN 1 AND 100)", "A file is kept longer by 1 to 100 years.")

    # Business

    def _execute(self):
        """Carry out the decisions; a file that must be kept by now stops the whole list."""
        cases = self.case_id
        cases.lock_for_update(allow_referencing=True)
        kept = cases - cases.search(cases._domain_term_over() & ~cases._domain_unsettled())
        kept &= self.filtered(lambda line: line.decision == "destroy").case_id
        if kept:
            raise UserError(
                self.env._(
                    "These files are kept on, or something about them is still going on: %(cases)s. Press “Decide Anew” and decide"
                    " on them again.",
                    cases=join_names(self.env, kept.mapped("name")),
                )
            )
        today = legal_today(self)
        lines = self.grouped("decision")
        for line in lines.get("extend", ()):
            line.case_id._workflow_write({"extra_years": line.case_id.extra_years + line.years})
        self.browse().union(*lines.get("permanent", ())).case_id._workflow_write({"is_permanent": True})
        destroyed = self.filtered(lambda line: line.decision == "destroy")
        if destroyed:
            self.env["legal.aid.erasure"]._erase(destroyed.case_id)
            destroyed.case_id._workflow_write({"erased_date": today, "sealed_date": today})
            destroyed._workflow_env_of_document().write({"is_erased": True})

    def _workflow_env_of_document(self):
        return self.with_context(legal_aid_workflow=self.disposal_id._workflow_env().env.context["legal_aid_workflow"])
