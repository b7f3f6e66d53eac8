from odoo import api, fields, models

from ..models.organization.legal_day import legal_today


class LegalAidAwardDialog(models.TransientModel):
    """The justice bureau gives its own commendation (T11); the step checks that it may."""

    _name = "legal.aid.award.dialog"
    _description = "Commendation of the Justice Bureau"
    _inherit = ["legal.aid.link.mixin"]
    _checked_links = ("volunteer_id",)

    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer", string="Given To", required=True, ondelete="cascade"
    )
    kind_id = fields.Many2one(
        comodel_name="legal.aid.award.kind",
        string="Award",
        required=True,
        ondelete="cascade",
        domain=[("level", "=", "bureau")],
        default=lambda self: self._default_kind_id(),
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union of the Bureau",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.user.union_organization_ids[:1],
    )
    date = fields.Date(required=True, default=legal_today)
    document_number = fields.Char()
    note = fields.Text(string="For What")

    # Defaults

    @api.model
    def _default_kind_id(self):
        return self.env["legal.aid.award.kind"].search([("level", "=", "bureau")], limit=1)

    # Actions

    def action_confirm(self):
        self.ensure_one()
        self.env["legal.aid.award"].action_commend(
            self.volunteer_id.id,
            self.organization_id.id,
            kind=self.kind_id.code,
            date=self.date,
            document_number=self.document_number,
            note=self.note,
        )
        return {"type": "ir.actions.act_window_close"}
