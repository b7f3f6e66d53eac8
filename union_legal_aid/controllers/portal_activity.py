from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..models.service.legal_aid_activity_report_mixin import PORTAL_KINDS
from .portal import LegalAidPortal

MODEL = "legal.aid.activity"
TEXTS = ("name", "place", "enterprise_name", "media_outlet", "media_title", "media_url", "minutes")
COUNTS = ("worker_count", "union_officer_count", "employer_count", "other_count")


class LegalAidPortalActivity(LegalAidPortal):
    """Activities in which the lawyer takes part, and the report of one that he held with his contact-point union (T12, V3)."""

    # Home

    def _prepare_legal_aid_home(self):
        return {
            **super()._prepare_legal_aid_home(),
            "activity_count": request.env[MODEL].search_count([("state", "!=", "cancelled")]),
        }

    # Pages

    @route(
        ["/my/activities", "/my/activities/page/<int:page>"], type="http", auth="user", methods=["GET"], website=True
    )
    def legal_aid_activities(self, page=1, done="", **kw):
        lawyers = self._get_lawyers()
        env = request.env
        activities = env[MODEL]
        pager = portal_pager(
            url="/my/activities", total=activities.search_count([]), page=page, step=self._items_per_page
        )
        found = activities.search([], limit=self._items_per_page, offset=pager["offset"])
        lines = env["legal.aid.activity.attendance"].search(
            [("activity_id", "in", found.ids), ("volunteer_id", "in", lawyers.ids)]
        )
        return self._render_page(
            "union_legal_aid.portal_activities",
            [(env._("Activities"), False)],
            {
                "activities": found,
                "own_lines": lines.grouped("activity_id"),
                "pager": pager,
                "message": env._("Reported. It counts as soon as the union confirms it.") if done == "reported" else "",
            },
        )

    @route("/my/activities/new", type="http", auth="user", methods=["GET", "POST"], website=True)
    def legal_aid_activity_new(self, **post):
        lawyers = self._get_lawyers()
        env = request.env
        error = ""
        if request.httprequest.method == "POST":
            error = self._attempt(lambda: self._report_activity(lawyers, post))
            if not error:
                return request.redirect("/my/activities?done=reported")
        kinds = dict(self._get_options(MODEL, "kind"))
        return self._render_page(
            "union_legal_aid.portal_activity_new",
            [(env._("Activities"), "/my/activities"), (env._("Report an activity"), False)],
            {
                "may_report": "active" in lawyers.mapped("state"),
                "kinds": [(kind, kinds[kind]) for kind in PORTAL_KINDS],
                "contact_points": lawyers.contact_point_ids,
                "matters": env["legal.aid.matter"].search([]),
                "form": post,
                "error": error,
            },
        )

    def _report_activity(self, lawyers, post):
        env = request.env
        active = lawyers.filtered(lambda lawyer: lawyer.state == "active")
        contact_point = self._parse_contact_point(active, post.get("contact_point_id"))
        lawyer = active.filtered(lambda one: contact_point in one.contact_point_ids)[:1]
        if not lawyer:
            raise UserError(env._("You are not in office at present, so you cannot report. Ask the city union."))
        vals = {name: (post.get(name) or "").strip() or False for name in TEXTS}
        if not vals["name"]:
            raise UserError(env._("Enter what the activity was about."))
        vals.update({name: int(self._parse_number(post.get(name), env._("People"))) for name in COUNTS})
        vals["kind"] = self._parse_choice(MODEL, "kind", post.get("kind"))
        vals["date"] = self._parse_date(post.get("date"), env._("Date"))
        vals["hours"] = self._parse_number(post.get("hours"), env._("Hours"))
        vals["matter_id"] = self._parse_link(MODEL, "matter_id", post.get("matter_id")).id
        if not vals["enterprise_name"]:
            del vals["enterprise_name"]
        env[MODEL]._report_from_portal(lawyer, contact_point, vals, files=self._get_uploads())

    def _parse_contact_point(self, lawyers, text):
        """The union that the page offered; the only one where there is one."""
        offered = lawyers.contact_point_ids
        text = (text or "").strip()
        chosen = offered.filtered(lambda union: str(union.id) == text)
        if not text and len(offered) == 1:
            return offered
        if not chosen:
            raise UserError(request.env._("Choose the contact-point union with which the activity was held."))
        return chosen
