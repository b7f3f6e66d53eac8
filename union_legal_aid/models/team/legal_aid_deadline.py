from odoo import fields, models

from ...tools import clocks
from ..organization.legal_aid_deadline_reminder_mixin import OFFICE_ONLY


class LegalAidDeadline(models.Model):
    _inherit = "legal.aid.deadline"

    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="The lawyer who has to meet it, if it is a lawyer's.",
    )

    # Business

    def _get_bound_users(self):
        """The lawyer of the record, where the clock is not the office's alone."""
        lawyer = self.volunteer_id if clocks.get(self.kind).binds not in OFFICE_ONLY else self.volunteer_id.browse()
        return super()._get_bound_users() | lawyer.user_id
