from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ..models.organization.legal_day import legal_today


class LegalAidQualitySample(models.TransientModel):
    """Draws files by chance, to be checked (C10)."""

    _name = "legal.aid.quality.sample"
    _description = "Draw a Sample of Files"

    checker_organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Checking Union",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.user.union_organization_ids[:1],
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Files of Union",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.user.union_organization_ids[:1],
        domain="[('id', 'child_of', checker_organization_id)]",
        help="With those below it.",
    )
    date_from = fields.Date(
        string="Closed From",
        required=True,
        default=lambda self: legal_today(self) - relativedelta(months=6),
    )
    date_to = fields.Date(string="Closed Until", required=True, default=legal_today)
    count = fields.Integer(string="How Many", required=True, default=5)

    # Actions

    def action_confirm(self):
        self.ensure_one()
        if self.count < 1:
            raise UserError(self.env._("Draw at least one file. Enter how many."))
        checks = self.env["legal.aid.quality.check"]._sample(
            self.checker_organization_id, self.organization_id, self.date_from, self.date_to, self.count
        )
        if not checks:
            raise UserError(
                self.env._(
                    "%(union)s has no closed file in this period that was not checked yet. Choose another period.",
                    union=self.organization_id.name,
                )
            )
        action = self.env["ir.actions.act_window"]._for_xml_id("union_legal_aid.legal_aid_quality_check_action")
        return {**action, "domain": [("id", "in", checks.ids)], "context": {}}
