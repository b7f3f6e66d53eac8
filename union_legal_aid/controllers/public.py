import hashlib

from odoo import http
from odoo.http import Controller, request

CHINESE = "zh_CN"
# A copy may be kept, but is asked for again each time: what was taken back must be gone at once.
ASK_AGAIN = "public, no-cache"
NEVER_KEPT = "no-store"
HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("Referrer-Policy", "same-origin"),
    (
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
    ),
)


class LegalAidPublic(Controller):
    """What the pages for everybody share: plain HTML of our own layout, for the phone first, without scripts, without any data of
    the reader, and without the website app.

    A page hands its template values that may be published, never records.
    """

    def _render_public(self, template, values=None, status=200, cache=ASK_AGAIN):
        """The answer with ``template``, which calls ``union_legal_aid.public_layout`` with a ``title``.

        :param cache: ``NEVER_KEPT`` for pages with a form or with anything that only the reader may see
        """
        lang = CHINESE if request.env["res.lang"]._get_data(code=CHINESE) else request.env.lang
        qweb = request.env["ir.qweb"].with_context(lang=lang)
        html = qweb._render(template, {"page_lang": (lang or "en_US").replace("_", "-"), **(values or {})})
        return self._respond_public(str(html).strip(), "text/html; charset=utf-8", status, cache)

    def _respond_public(self, content, mimetype, status=200, cache=ASK_AGAIN, headers=()):
        """The answer with ``content``; whoever has this very copy already is only told so."""
        body = content.encode() if isinstance(content, str) else content
        response = request.make_response(
            body,
            headers=[("Content-Type", mimetype), ("Cache-Control", cache), *HEADERS, *headers],
            status=status,
        )
        if cache == ASK_AGAIN and status == http.HTTPStatus.OK:
            response.set_etag(hashlib.sha256(body).hexdigest()[:32])
            response.make_conditional(request.httprequest)
        return response

    def _render_public_not_found(self):
        return self._render_public("union_legal_aid.public_not_found", status=404, cache=NEVER_KEPT)
