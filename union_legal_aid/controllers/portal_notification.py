from odoo.http import request, route

from .portal import LegalAidPortal

MODEL = "legal.aid.notification"
LATEST = 50


class LegalAidPortalNotification(LegalAidPortal):
    """What a portal user was told, there at once and whether or not he reads mail (V6)."""

    @route("/my/notifications", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_notifications(self, **kw):
        if not request.env[MODEL].has_access("read"):
            self._abort_not_found()
        own = [("user_id", "=", request.env.uid)]
        return self._render_page(
            "union_legal_aid.portal_notifications",
            [(request.env._("Notifications"), False)],
            {"notifications": request.env[MODEL].search(own, limit=LATEST)},
        )
