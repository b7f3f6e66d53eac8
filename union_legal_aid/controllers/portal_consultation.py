from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import pager as portal_pager

from .portal import LegalAidPortal

MODEL = "legal.aid.consultation"
PLACES = ("county", "zone")
EMPLOYERS = ("township", "enterprise", "institution", "grassroots")
CHOICES = ("channel", "caller_kind")
TEXTS = ("caller_name", "caller_phone", "employer_name", "question", "answer")
STATIONS = ("station", "window")
LINKS = ("matter_id", "institution_id", "employer_organization_id", "employer_place_id", "contact_point_id")


class LegalAidPortalConsultation(LegalAidPortal):
    """Calls that the lawyer took: log, see whose matter it is, report to the contact-point union (I1–I3, P1)."""

    @route(
        ["/my/consultations", "/my/consultations/page/<int:page>"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def legal_aid_consultations(self, page=1, **kw):
        self._get_lawyers()
        consultations = request.env[MODEL]
        pager = portal_pager(
            url="/my/consultations", total=consultations.search_count([]), page=page, step=self._items_per_page
        )
        return self._render_page(
            "union_legal_aid.portal_consultations",
            [(request.env._("Consultations"), False)],
            {
                "consultations": consultations.search([], limit=self._items_per_page, offset=pager["offset"]),
                "pager": pager,
            },
        )

    @route("/my/consultations/new", type="http", auth="user", methods=["GET", "POST"], website=True)
    def legal_aid_consultation_new(self, **post):
        lawyers = self._get_lawyers()
        error = ""
        if request.httprequest.method == "POST":
            logged = []
            error = self._attempt(lambda: logged.append(self._log_consultation(lawyers, post)))
            if not error:
                return request.redirect(f"/my/consultations/{logged[0].id}?done=logged")
        return self._render_page(
            "union_legal_aid.portal_consultation_new",
            [(request.env._("Consultations"), "/my/consultations"), (request.env._("Log a call"), False)],
            {**self._prepare_consultation_form(lawyers), "form": post, "error": error},
        )

    @route("/my/consultations/<int:consultation_id>", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_consultation(self, consultation_id, done="", **kw):
        return self._render_consultation(self._get_own(MODEL, consultation_id), done=done)

    @route("/my/consultations/<int:consultation_id>/report", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_consultation_report(self, consultation_id, **post):
        consultation = self._get_own(MODEL, consultation_id)
        error = self._attempt(consultation.action_report_to_contact_point)
        if error:
            return self._render_consultation(consultation, error=error)
        return request.redirect(f"/my/consultations/{consultation.id}?done=reported")

    @route("/my/consultations/<int:consultation_id>/report", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_consultation_step(self, consultation_id, **kw):
        """Back to the call, after a new sign-in or a change of language in the middle of a form."""
        return self._go_back(f"/my/consultations/{consultation_id}")

    def _render_consultation(self, consultation, done="", error=""):
        env = request.env
        consultation._note_access("open")
        messages = {
            "logged": env._("The call is on record as %(number)s.", number=consultation.name),
            "reported": env._(
                "Reported to %(union)s. You will be told as soon as it decides.",
                union=consultation.contact_point_id.name,
            ),
        }
        return self._render_page(
            "union_legal_aid.portal_consultation",
            [(env._("Consultations"), "/my/consultations"), (consultation.name, False)],
            {
                "consultation": consultation,
                # The case that grew out of it may be another lawyer's by now; then it is not found.
                "case": env["legal.aid.case"].search([("consultation_ids", "in", consultation.ids)], limit=1),
                "is_jurisdiction_decided": consultation._is_jurisdiction_decided(),
                "message": messages.get(done, ""),
                "error": error,
            },
        )

    def _prepare_consultation_form(self, lawyers):
        unions = request.env["union.organization"]
        area = Domain("id", "child_of", lawyers.organization_id.ids)
        places = unions.search(area & Domain("tier", "in", PLACES))
        employer_unions = unions.search(area & Domain("tier", "in", EMPLOYERS))
        return {
            "may_log": "active" in lawyers.mapped("state"),
            "channels": self._get_options(MODEL, "channel"),
            "caller_kinds": self._get_options(MODEL, "caller_kind"),
            "matters": request.env["legal.aid.matter"].search([]),
            "places": places,
            "employer_unions": employer_unions,
            # The county or zone above each union, for those that have one.
            "union_places": {
                union.id: place
                for union in employer_unions
                for place in places.ids
                if f"/{place}/" in f"/{union.parent_path}"
            },
            "contact_points": lawyers.contact_point_ids,
            "stations": request.env["union.institution"].search(
                Domain("organization_id", "child_of", lawyers.organization_id.ids)
                & Domain("kind", "in", STATIONS)
                & Domain("is_in_force", "=", True)
            ),
        }

    def _log_consultation(self, lawyers, post):
        env = request.env
        active = lawyers.filtered(lambda lawyer: lawyer.state == "active")
        if not active:
            raise UserError(env._("You are not in office at present, so you cannot log calls. Ask the city union."))
        vals = {name: (post.get(name) or "").strip() or False for name in TEXTS}
        vals.update({name: self._parse_choice(MODEL, name, post.get(name)) for name in CHOICES})
        vals.update({name: self._parse_link(MODEL, name, post.get(name)).id for name in LINKS})
        vals["channel"] = vals["channel"] or "phone"
        vals["date"] = self._parse_date(post.get("date"), env._("Date"))
        if (post.get("follow_up_date") or "").strip():
            vals["follow_up_date"] = self._parse_date(post["follow_up_date"], env._("Call back on"))
        if not vals["matter_id"]:
            raise UserError(env._("Choose what the call was about."))
        if not vals["question"]:
            raise UserError(env._("Enter what the caller asked."))
        serving = active.filtered(lambda lawyer: vals["contact_point_id"] in lawyer.contact_point_ids.ids)
        return env[MODEL]._create_from_portal((serving or active)[:1], vals)
