import secrets
from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.http import request, route

from ..models.organization.legal_day import legal_today
from .public import INDEXED, MAX_LENGTH, NEVER_KEPT, LegalAidPublic

COMPLAINT_FIELDS = (
    "complainant_kind",
    "complainant_name",
    "complainant_phone",
    "category",
    "text",
    "lawyer_name",
    "case_number",
)
COMPLAINANTS = ("worker", "family", "employer", "anonymous", "other")
PAGE = {"type": "http", "auth": "public", "sitemap": False}
# The token of a form is asked for by the page itself, which keeps what was typed.
FORM = {**PAGE, "methods": ["GET", "POST"], "csrf": False}
READ_ONLY = {**PAGE, "methods": ["GET"], "save_session": False, "readonly": True}


class LegalAidPublicInformation(LegalAidPublic):
    """What everybody may know of the programme and do without an account (P3): who is helped, where to call or go, how to complain."""

    @route("/legal-aid", **READ_ONLY)
    def legal_aid_index(self, **kw):
        return self._render_public("union_legal_aid.public_index", {**self._get_contacts(), "robots": INDEXED})

    @route("/legal-aid/scope", **READ_ONLY)
    def legal_aid_scope(self, **kw):
        env = self._get_public_env()
        today = legal_today(env.user)
        standards = env["legal.aid.hardship.standard"].search([("date_from", "<=", today)], order="organization_id")
        return self._render_public(
            "union_legal_aid.public_scope",
            {
                **self._get_contacts(),
                "robots": INDEXED,
                "scopes": [
                    {"name": scope.name, "basis": scope.legal_basis, "hardship": scope.needs_hardship}
                    for scope in env["legal.aid.scope"].search([])
                ],
                "standards": [
                    {
                        "union": standard.organization_id.name,
                        "amount": f"{standard.amount:,.2f}",
                        "source": standard.source_document,
                    }
                    for standard in standards
                    if not standard.date_to or standard.date_to >= today
                ],
            },
        )

    @route("/legal-aid/stations", **READ_ONLY)
    def legal_aid_stations(self, **kw):
        env = self._get_public_env()
        today = legal_today(env.user)
        kinds = dict(env["union.institution"]._fields["kind"]._description_selection(env))
        stations = env["union.institution"].search(
            [
                ("kind", "in", ("institution", "station", "window")),
                "|",
                ("phone", "!=", False),
                ("address", "!=", False),
            ],
            order="organization_id, kind, name",
        )
        groups = {}
        for station in stations.filtered(lambda one: (one.date_from or date.min) <= today <= (one.date_to or date.max)):
            groups.setdefault(station.organization_id, []).append(
                {
                    "name": station.name,
                    "kind": kinds[station.kind],
                    "phone": station.phone,
                    "address": station.address,
                    "hours": station.office_hours,
                }
            )
        return self._render_public(
            "union_legal_aid.public_stations",
            {
                **self._get_contacts(),
                "robots": INDEXED,
                "unions": [{"name": union.name, "stations": found} for union, found in groups.items()],
            },
        )

    @route("/legal-aid/<path:anything>", **READ_ONLY)
    def legal_aid_nothing(self, **kw):
        """Whoever mistypes an address stays among the pages of the union."""
        return self._render_public_not_found()

    @route("/legal-aid/complaint", **FORM)
    def legal_aid_complaint(self, **kw):
        values = {name: self._clean(kw.get(name)) for name in COMPLAINT_FIELDS}
        if request.httprequest.method == "POST":
            try:
                self._check_own_form(kw)
                with request.env.cr.savepoint():
                    number, code = (
                        self._get_public_env(su=False)["legal.aid.complaint"]
                        .sudo()
                        ._receive_from(request.httprequest.remote_addr, values, self._clean(kw.get("form_key")))
                    )
            except (UserError, ValidationError) as error:
                return self._render_complaint(values, str(error), 422)
            return self._render_public(
                "union_legal_aid.public_complaint_received",
                {**self._get_contacts(), "number": number, "code": code},
                cache=NEVER_KEPT,
            )
        return self._render_complaint(values)

    @route("/legal-aid/complaint/status", **FORM)
    def legal_aid_complaint_status(self, **kw):
        number, code = (self._clean(kw.get(name))[:MAX_LENGTH] for name in ("number", "code"))
        status, error = None, False
        if request.httprequest.method == "POST":
            try:
                self._check_own_form(kw)
                status = self._find_status(number, code)
            except UserError as refusal:
                error = str(refusal)
        return self._render_public(
            "union_legal_aid.public_complaint_status",
            {
                **self._get_contacts(),
                "number": number,
                "status": status,
                "error": error,
                "csrf_token": request.csrf_token(),
            },
            cache=NEVER_KEPT,
        )

    def _find_status(self, number, code):
        env = self._get_public_env()
        status = env["legal.aid.complaint"]._get_public_status(number, code)
        if not status:
            raise UserError(env._("Number and code do not belong together. Compare them with your receipt."))
        return status

    def _render_complaint(self, values, error=False, status=200):
        env = self._get_public_env()
        complaint = env["legal.aid.complaint"]
        kinds = dict(complaint._fields["complainant_kind"]._description_selection(env))
        return self._render_public(
            "union_legal_aid.public_complaint",
            {
                **self._get_contacts(),
                "values": values,
                "kinds": [(kind, kinds[kind]) for kind in COMPLAINANTS],
                "categories": complaint._fields["category"]._description_selection(env),
                "lawyers": [line["name"] for city in self._get_cities(env) for line in city._get_roster_lines()],
                "error": error,
                "csrf_token": request.csrf_token(),
                "form_key": secrets.token_hex(16),
            },
            status=status,
            cache=NEVER_KEPT,
        )
