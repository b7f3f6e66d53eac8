from odoo import api, fields, models
from odoo.exceptions import AccessError


class LegalAidPublicationConsent(models.Model):
    """What a lawyer agreed to have published, and when he took it back (T13, F§11: 个人信息保护法 Art. 15, 25).

    One row for each consent, with the very text, and for each withdrawal; written by the steps only and never changed.
    """

    _name = "legal.aid.publication.consent"
    _description = "Consent to Publication"
    _order = "date desc, id desc"
    _rec_name = "date"

    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    organization_id = fields.Many2one(related="volunteer_id.organization_id", store=True, index=True)
    kind = fields.Selection(
        selection=[("given", "Consent given"), ("withdrawn", "Consent withdrawn")], required=True, readonly=True
    )
    date = fields.Date(required=True, readonly=True)
    channel = fields.Selection(
        selection=[("portal", "By the lawyer on the portal"), ("office", "Recorded by the office")],
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="Recorded By", required=True, readonly=True, ondelete="restrict"
    )
    text = fields.Text(string="Text Agreed To", readonly=True)
    note = fields.Text(readonly=True)

    # CRUD

    def write(self, vals):
        if vals:
            raise AccessError(self.env._("A consent on record is never changed. Record the new one."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ever(self):
        raise AccessError(self.env._("Consents and withdrawals are kept for good."))
