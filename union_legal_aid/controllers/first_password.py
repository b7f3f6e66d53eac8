from odoo import http
from odoo.http import request
from odoo.service import security

from odoo.addons.web.controllers.home import Home
from odoo.addons.web.controllers.utils import ensure_db


class FirstPassword(Home):
    """Who signed in with the password that was handed over in person sets his own before anything else (V6)."""

    @http.route()
    def web_client(self, s_action=None, **kw):
        ensure_db()
        if request.session.uid and security.check_session(request.session, request.env, request):
            # The page is not a user's yet; he is asked for himself only.
            user_sudo = request.env["res.users"].sudo().browse(request.session.uid)
            if user_sudo.has_first_password:
                return request.redirect(user_sudo._get_own_password_url(), code=303)
        return super().web_client(s_action=s_action, **kw)
