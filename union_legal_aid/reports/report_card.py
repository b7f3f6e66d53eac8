from odoo import models

# The hotline of the unions, the same everywhere.
HOTLINE = "12351"


class ReportCard(models.AbstractModel):
    """法律援助卡: front and back on one page, to be cut out and laminated (I8)."""

    _name = "report.union_legal_aid.report_card"
    _description = "Aid Card"
    _inherit = "legal.aid.print.mixin"
    _printed_model = "legal.aid.card"

    # Business

    def _is_printable(self, card):
        return card.is_valid

    def _get_refusal(self, names):
        return self.env._("Not valid today, so nothing to print: %(cards)s. Issue the card first.", cards=names)

    def _prepare_sheet(self, card):
        env = card.env
        return {
            "doc": card,
            "title": env._("Legal-Aid Card"),
            "union": card.organization_id.name,
            "rows": [
                (env._("Number:"), card.name),
                # Whose card it is stands apart; who may not read it prints the mask.
                (env._("Holder:"), self._or_blank(card.holder_name or card.holder_name_masked)),
                (env._("Issued on:"), self._format_date(card.issued_date)),
                (env._("Valid until:"), self._format_date(card.valid_until)),
                (env._("Hotline:"), self._get_hotlines(card.organization_id)),
            ],
            "rules_title": env._("What the card is for"),
            "rules": [
                env._(
                    "Show this card with your identity card at any union's legal-aid reception; you get legal aid directly."
                ),
                env._("Your application goes through the green channel: received first, decided in a shorter time."),
                env._("Legal aid is free of charge. Nobody who handles your case may take money or goods from you."),
                env._("The card is for its holder only. Report a lost card at once to the union that issued it."),
            ],
        }

    def _get_hotlines(self, union):
        office = union.supervision_phone or union._get_city().supervision_phone
        return "  ".join(filter(None, (HOTLINE, office)))
