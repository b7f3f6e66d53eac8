from odoo import api, fields, models
from odoo.fields import Domain

from ..organization.legal_day import legal_today


class LegalAidKeyEmployer(models.Model):
    """An employer that a union watches (重点企业), with the reason and the day; shown on every case against it (I13).

    A union reads its own, those of the unions below and those of the unions above it.
    """

    _name = "legal.aid.key.employer"
    _description = "Key Enterprise"
    _inherit = ["legal.aid.employer.key.mixin"]
    _order = "date_from desc, id desc"
    _rec_names_search = ["name", "uscc"]

    name = fields.Char(string="Employer", required=True, index="trigram")
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Flagged by Union",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user.union_organization_ids[:1],
    )
    reason = fields.Text(required=True, help="Why it is watched, for example: wages late three times in a year.")
    date_from = fields.Date(string="Flagged On", required=True, default=legal_today)
    date_to = fields.Date(string="Until", help="Empty as long as it is watched.")

    _dates_in_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)", "The flag ends after it began. Compare the two days."
    )

    # Business

    @api.model
    def _find(self, name_key, uscc):
        """The flags in force on an employer, as far as the reader's rules go."""
        today = legal_today(self)
        in_force = Domain("date_from", "<=", today) & (Domain("date_to", "=", False) | Domain("date_to", ">=", today))
        return self.search(self._domain_same_enterprise(name_key, uscc) & in_force)
