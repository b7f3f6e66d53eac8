from odoo import api, fields, models

from ..organization.legal_day import legal_today


class LegalAidConflictCheck(models.Model):
    """One look for earlier appearances of the parties of a case, or of a lawyer on their other side; kept (I11, A13).

    Written by the steps of the case only: at submission, at the assignment when the parties changed, on request, and when a leader
    clears what was found.
    """

    _name = "legal.aid.conflict.check"
    _description = "Conflict Check"
    _inherit = ["legal.aid.link.mixin"]
    _order = "id desc"
    _rec_names_search = ["case_id"]
    _checked_links = ("case_id",)

    case_id = fields.Many2one(
        comodel_name="legal.aid.case", required=True, readonly=True, ondelete="cascade", index=True
    )
    organization_id = fields.Many2one(related="case_id.organization_id", store=True, index=True)
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="Set where the check is about this lawyer, not about the parties among each other.",
    )
    date = fields.Date(required=True, readonly=True, default=legal_today)
    checked_by_id = fields.Many2one(
        comodel_name="res.users",
        required=True,
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    occasion = fields.Selection(
        selection=[("submit", "Submission"), ("assign", "Assignment"), ("manual", "On request")],
        required=True,
        readonly=True,
    )
    verdict = fields.Selection(
        selection=[
            ("none", "Nothing found"),
            ("duplicate", "Perhaps the same application"),
            ("conflict", "Conflict"),
            ("cleared", "Cleared"),
        ],
        required=True,
        readonly=True,
    )
    # Told of the parties without telling who they are: a check holds as long as it is theirs.
    parties_key = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    reason_id = fields.Many2one(comodel_name="legal.aid.reason", readonly=True, ondelete="restrict")
    note = fields.Text(readonly=True, groups="union_legal_aid.group_officer")
    hit_ids = fields.One2many(
        comodel_name="legal.aid.conflict.hit", inverse_name="check_id", string="Found", readonly=True
    )
    hit_count = fields.Integer(string="Number Found", readonly=True)

    # Compute

    @api.depends("case_id", "date")
    def _compute_display_name(self):
        for check in self:
            check.display_name = f"{check.case_id.name} {fields.Date.to_string(check.date) or ''}"
