from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..organization.legal_day import legal_today
from .legal_aid_case import RUNNING


class LegalAidCasePaper(models.Model):
    """One of the papers that the applicant was asked for, all at once and once only, and when it came in (I7, 法律援助法 §43)."""

    _name = "legal.aid.case.paper"
    _description = "Missing Paper"
    _inherit = ["legal.aid.case.leaf.mixin", "legal.aid.link.mixin", "legal.aid.noted.mixin"]
    _order = "case_id, sequence, id"
    _rec_names_search = ["case_id", "name"]
    _checked_links = ("case_id",)
    _noted_fields = frozenset({"case_id", "name", "requested_date"})

    case_id = fields.Many2one(
        comodel_name="legal.aid.case", required=True, readonly=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Paper or Explanation", required=True, readonly=True)
    requested_date = fields.Date(string="Asked For On", required=True, readonly=True)
    received_date = fields.Date(string="Came In On")
    document_id = fields.Many2one(
        comodel_name="legal.aid.case.document",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('case_id', '=', case_id)]",
    )

    # Constraints

    @api.constrains("received_date", "document_id")
    def _check_received(self):
        today = legal_today(self)
        for paper in self:
            if paper.received_date and not paper.requested_date <= paper.received_date <= today:
                raise ValidationError(
                    self.env._(
                        "Case %(case)s: “%(paper)s” cannot have come in on %(date)s. Enter a day from %(from_date)s until today.",
                        case=paper.case_id.name,
                        paper=paper.name,
                        date=fields.Date.to_string(paper.received_date),
                        from_date=fields.Date.to_string(paper.requested_date),
                    )
                )
            if paper.document_id and paper.document_id.case_id != paper.case_id:
                raise ValidationError(
                    self.env._(
                        "Case %(case)s: this document belongs to another case. Choose one of this case.",
                        case=paper.case_id.name,
                    )
                )

    # CRUD

    def write(self, vals):
        self.case_id._check_state(*RUNNING)
        return super().write(vals)

    # Actions

    def action_receive(self, date=None):
        """Note that the paper came in, today by default."""
        self.check_access("write")
        self.write({"received_date": date or legal_today(self)})
        return True
