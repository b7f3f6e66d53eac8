from odoo.http import request, route

from .public import NEVER_KEPT, LegalAidPublic


class LegalAidPublicCard(LegalAidPublic):
    """What the QR code on a lawyer's card answers to everybody: whether this lawyer is ours today (P4).

    A token that is wrong, revoked or over gets one and the same answer, so that nothing can be learnt by trying; it has 192 random
    bits, so that trying is hopeless, and what cannot be one is not even looked up.
    """

    @route(
        "/legal-aid/card/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        save_session=False,
        readonly=True,
    )
    def legal_aid_card(self, token, **kw):
        card = request.env["legal.aid.appointment.card"]._find_by_token(token)
        if not card:
            return self._render_public(
                "union_legal_aid.public_card_invalid", self._get_contacts(), status=404, cache=NEVER_KEPT
            )
        return self._render_public(
            "union_legal_aid.public_card",
            {
                "union_name": card.organization_id.name,
                "supervision_phones": card.organization_id._get_supervision_phones(),
                "card": card._get_public_values(),
            },
            cache=NEVER_KEPT,
        )
