from odoo import models

# Pages of what the city union decides and keeps alone: a county's are always empty.
CITY_MENUS = (
    "legal_aid_appointment_batch_menu",
    "legal_aid_appointment_card_menu",
    "legal_aid_leaving_menu",
    "legal_aid_publication_site_menu",
    "legal_aid_publication_takedown_menu",
    "legal_aid_removal_menu",
    "legal_aid_assessment_year_menu",
    "legal_aid_no_service_menu",
    "legal_aid_sanction_menu",
    "legal_aid_award_round_menu",
)


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """Officers of the counties are not led to pages on which nothing will ever stand for them."""
        hidden = super()._load_menus_blacklist()
        user = self.env.user
        if user.has_group("union_legal_aid.group_officer") and not user._keeps_team():
            hidden.extend(self.env.ref(f"union_legal_aid.{name}").id for name in CITY_MENUS)
        return hidden
