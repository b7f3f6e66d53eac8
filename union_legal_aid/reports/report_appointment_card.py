import base64

from odoo import api, models

QR_PIXELS = 360


class ReportAppointmentCard(models.AbstractModel):
    """工作证 at the size of a bank card, front and back, with the QR code drawn here and not fetched (T2, P4)."""

    _name = "report.union_legal_aid.report_appointment_card"
    _description = "Printed Appointment Card"
    _inherit = "legal.aid.print.mixin"
    _printed_model = "legal.aid.appointment.card"

    # Business

    def _is_printable(self, card):
        return card.state == "valid"

    def _get_refusal(self, names):
        return self.env._(
            "Revoked, so nothing to print: %(cards)s. Print the card of the appointment anew.", cards=names
        )

    def _prepare_sheet(self, card):
        env = card.env
        contract_sudo = card.sudo().contract_id  # who may print the card reads what stands on it
        lawyer_sudo = contract_sudo.volunteer_id
        phones = contract_sudo.organization_id._get_supervision_phones()
        return {
            "doc": card,
            "union": contract_sudo.organization_id.name,
            "title": env._("Appointment Card"),
            "team": env._("Workers' Legal-Service Volunteer Team"),
            "name": lawyer_sudo.name,
            "photo": lawyer_sudo.partner_id.image_512 and lawyer_sudo.partner_id.image_512.decode(),
            "photo_text": env._("Photograph"),
            "rows": [
                (env._("Law firm"), self._or_blank(contract_sudo.law_firm_id.name)),
                (env._("Licence number"), self._or_blank(lawyer_sudo.license_number)),
                (env._("Card number"), self._or_blank(contract_sudo.number)),
                (env._("Valid until"), self._format_date(contract_sudo.date_end)),
            ],
            "qr": self._draw_qr(card._get_url()),
            "rules": [
                env._("Scan the code to see whether this card is valid today."),
                env._("Legal aid is free of charge. Whoever asks for money or goods breaks the rules."),
                env._("The card is for its holder only and is given back when the appointment ends."),
            ],
            "phones_title": env._("Supervision phones"),
            "phones": phones,
        }

    @api.model
    def _draw_qr(self, text):
        picture = self.env["ir.actions.report"].barcode("QR", text, width=QR_PIXELS, height=QR_PIXELS, barLevel="M")
        return base64.b64encode(picture).decode()
