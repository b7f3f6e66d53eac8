from odoo import api, models

SWITCH = "union_legal_aid.notice_sms"


class LegalAidNotificationSmsMixin(models.AbstractModel):
    """SMS through Odoo's own ``sms`` addon, where it is installed and the federation switched it on: every SMS costs money.

    It is no addon of its own, for that would make ``sms`` a part of every installation and of every test.
    """

    _name = "legal.aid.notification.sms.mixin"
    _description = "Notifications by SMS"
    _inherit = ["legal.aid.notification.channel.mixin"]

    # Business

    @api.model
    def _get_channels(self):
        switched_on = self.env["ir.config_parameter"].sudo().get_param(SWITCH) == "1"
        return [*super()._get_channels(), *(["sms"] if switched_on and "sms.sms" in self.env else [])]

    def _leave_by(self, channel):
        return self._leave_by_sms() if channel == "sms" else super()._leave_by(channel)

    def _leave_by_sms(self):
        """One short text for all of ``self``; Odoo's job for SMS sends it."""
        partner = self.partner_id
        number = partner._phone_format(fname="phone") if partner.phone else False
        if not number:
            return False
        self.env["sms.sms"].create({"partner_id": partner.id, "number": number, "body": self._get_short_text()})
        return True
