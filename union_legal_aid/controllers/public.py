import functools
import hashlib

from odoo import http
from odoo.exceptions import UserError
from odoo.http import Controller, request
from odoo.tools import file_open

CHINESE = "zh_CN"
STYLE = "union_legal_aid/static/src/public/legal_aid_public.css"
# A copy may be kept, but is asked for again each time: what was taken back must be gone at once.
ASK_AGAIN = "public, no-cache"
NEVER_KEPT = "no-store"
# Search engines may lead workers to what is the same for everybody; to no form, card or receipt.
INDEXED = "index, follow"
# Letters of a word that is looked up; no name, number or code is longer.
MAX_LENGTH = 60
HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("Referrer-Policy", "same-origin"),
    (
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
    ),
)


@functools.cache
def get_style_url():
    """The address of the style sheet, which changes with its content: a browser keeps it for a week."""
    with file_open(STYLE, "rb") as style:
        return f"/{STYLE}?v={hashlib.sha256(style.read()).hexdigest()[:12]}"


class LegalAidPublic(Controller):
    """What the pages for everybody share: plain HTML of our own layout, for the phone first, without scripts, without any data of
    the reader, and without the website app.

    A page hands its template values that may be published, never records.
    """

    def _render_public(self, template, values=None, status=200, cache=ASK_AGAIN):
        """The answer with ``template``, which calls ``union_legal_aid.public_layout`` with a ``title``.

        :param cache: ``NEVER_KEPT`` for pages with a form or with anything that only the reader may see
        """
        lang = self._get_public_lang()
        qweb = request.env["ir.qweb"].with_context(lang=lang)
        frame = {"page_lang": (lang or "en_US").replace("_", "-"), "style_url": get_style_url()}
        html = qweb._render(template, {**frame, **(values or {})})
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
        return self._render_public(
            "union_legal_aid.public_not_found", self._get_contacts(), status=404, cache=NEVER_KEPT
        )

    def _clean(self, text):
        """What a visitor sent, as text that the database takes: an upload in the place of a text is none."""
        return text if isinstance(text, str) else ""

    def _check_own_form(self, sent):
        """A form counts that our own page offered to this visitor. Where the page asks for that itself, what he typed stays in it;
        the server's own answer would lose it.

        :raises UserError: when the form comes from another site, or from a page opened before the browser forgot its visit
        """
        env = self._get_public_env()
        if not request.validate_csrf(self._clean(sent.get("csrf_token"))):
            raise UserError(
                env._(
                    "This page was open for too long, or your browser keeps no cookies. Nothing was sent yet: look through what you"
                    " entered and send it again."
                )
            )

    # What the pages know

    def _get_public_lang(self):
        return CHINESE if request.env["res.lang"]._get_data(code=CHINESE) else request.env.lang

    def _get_public_env(self, su=True):
        """Everybody reads these pages; what leaves here are plain values that are published."""
        return request.env(context={**request.env.context, "lang": self._get_public_lang()}, su=su)

    def _get_cities(self, env):
        return env["union.organization"].search([("tier", "=", "city"), ("publishes_roster", "=", True)], order="code")

    def _get_contacts(self):
        """The supervision phones below each page: those of every city that keeps a team."""
        env = self._get_public_env()
        cities = self._get_cities(env)
        return {
            "union_name": cities.name if len(cities) == 1 else False,
            "supervision_phones": [phone for city in cities for phone in city._get_supervision_phones()],
        }
