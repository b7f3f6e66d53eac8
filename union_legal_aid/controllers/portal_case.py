from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import pager as portal_pager

from .portal import FINISHED, LegalAidPortal

MODEL = "legal.aid.case"
DECIDING = ("draft", "submitted", "supplement", "granted")
FILTERS = {
    "waiting": Domain("state", "=", "assigned"),
    "running": Domain("state", "=", "in_progress"),
    "deciding": Domain("state", "in", DECIDING),
    "finished": Domain("state", "in", FINISHED),
    "all": Domain.TRUE,
}
# Reasons of conflict are told apart from the file: before the lawyer accepts he sees who is party, and nothing else of them.
ACCEPTED = ("in_progress", "closed", "archived")


class LegalAidPortalCase(LegalAidPortal):
    """The lawyer's cases: what waits for his answer, what runs, and one page for each (P1, C2, C3)."""

    @route(["/my/cases", "/my/cases/page/<int:page>"], type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_cases(self, page=1, filterby="", done="", **kw):
        self._get_lawyers()
        cases = request.env[MODEL]
        counts = {name: cases.search_count(domain) for name, domain in FILTERS.items()}
        if filterby not in FILTERS:
            # What the lawyer has to do comes first.
            filterby = next((name for name in ("waiting", "running") if counts[name]), "all")
        pager = portal_pager(
            url="/my/cases",
            url_args={"filterby": filterby},
            total=counts[filterby],
            page=page,
            step=self._items_per_page,
        )
        found = cases.search(FILTERS[filterby], limit=self._items_per_page, offset=pager["offset"])
        return self._render_page(
            "union_legal_aid.portal_cases",
            [(request.env._("Cases"), False)],
            {
                "cases": found,
                "clocks": self._find_next_clocks(found),
                "has_hand_overs": request.env["legal.aid.lawyer.change"].search_count(
                    [("state", "=", "changed")], limit=1
                ),
                "filters": [(name, label, counts[name]) for name, label in self._get_filter_labels().items()],
                "filterby": filterby,
                "pager": pager,
                "message": request.env._("You declined the case. The union assigns another lawyer.")
                if done == "declined"
                else "",
            },
        )

    @route("/my/cases/<int:case_id>", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_case(self, case_id, done="", **kw):
        return self._render_case(self._get_own(MODEL, case_id), done=done)

    def _get_filter_labels(self):
        env = request.env
        return {
            "waiting": env._("Waiting for me"),
            "running": env._("In progress"),
            "deciding": env._("Being decided"),
            "finished": env._("Finished"),
            "all": env._("All"),
        }

    def _find_next_clocks(self, cases):
        """``{case id: running clock that ends first}``, in one query for the whole list."""
        return {case_id: clocks[0] for case_id, clocks in cases._get_clocks_by_case().items()}

    def _render_case(self, case, done="", error="", typed=None):
        """The page of ``case``; ``typed`` is ``{step: values}`` of the form that was refused."""
        case._note_access("open")
        env = request.env
        accepted = case.state in ACCEPTED
        own = [("case_id", "=", case.id)]
        # What a page lists is searched for under his own rules: a list of the case may hold what a check looked at as superuser.
        logs = self._find_logs(case)
        return self._render_page(
            "union_legal_aid.portal_case",
            [(request.env._("Cases"), "/my/cases"), (case.name, False)],
            {
                "case": case,
                "error": error,
                "typed": typed or {},
                "message": self._get_done_messages(case).get(done, ""),
                "is_accepted": accepted,
                "parties": self._find_parties(case),
                "client": case._get_client_contact() if case.accepted_date and case.state in ACCEPTED[:2] else {},
                "clocks": case._get_running_clocks(),
                "facts": env["legal.aid.case.fact"].search(own),
                "logs": logs,
                # Most work continues the last; the first is a talk with the worker.
                "usual_kind": logs[:1].kind or "meeting",
                "corrections": env["legal.aid.work.log.correction"]
                .search([("log_id", "in", logs.ids)])
                .grouped("log_id"),
                "questions": env["legal.aid.question"].search(own),
                "no_work_reason": env["legal.aid.work.log"]._get_no_work_reason(case),
                "mandate": self._find_mandate(case),
                "forms": self._find_forms(case),
                "documents": env["legal.aid.case.document"].search(own),
                "is_change_asked": bool(case._get_open_lawyer_change()),
                "pages": self._prepare_pages(case),
                "hand_over": self._find_hand_over(case),
                **self._prepare_leaves(case),
                "substitutes": case._get_substitute_choices() if case.state == "in_progress" else [],
                **self._prepare_case_choices(),
                **self._prepare_end(case),
            },
        )

    def _find_logs(self, case):
        return request.env["legal.aid.work.log"].search([("case_id", "=", case.id)])

    def _prepare_leaves(self, case):
        leaves = request.env["legal.aid.substitute.leave"].search([("case_id", "=", case.id)])
        # Names of colleagues are published with the roster.
        return {"leaves": leaves, "substitute_names": {leave.id: leave.sudo().substitute_id.name for leave in leaves}}

    def _find_parties(self, case):
        """Names and roles of the parties, from the request to take the case until it is archived."""
        if case.state not in ("assigned", "in_progress", "closed"):
            return []
        # Names are closed to portal users. Without them nobody can tell whether an interest of his conflicts (C2); what else is
        # known of the parties stays where it is.
        parties_sudo = case.sudo().party_ids
        roles = dict(self._get_options("legal.aid.case.party", "role"))
        return [(roles[party.role], party.name) for party in parties_sudo if party.name]

    def _find_mandate(self, case):
        """The lawyer's own mandate for this case, once he accepted it and it is issued; else empty."""
        mandates = request.env["legal.aid.mandate"]
        if case.state not in ACCEPTED:
            return mandates
        return mandates.search([("id", "=", case.mandate_id.id), ("state", "=", "issued")])

    def _find_hand_over(self, case):
        """What the former lawyer hands over to this one, from his acceptance; else empty."""
        return request.env["legal.aid.lawyer.change"].search(
            [
                ("case_id", "=", case.id),
                ("new_volunteer_id", "=", case.volunteer_id.id),
                ("next_accepted_date", "!=", False),
            ],
            limit=1,
        )

    def _find_forms(self, case):
        """The forms that the lawyer prints for the worker and the tribunal, from his acceptance until the file is archived."""
        if case.state not in ACCEPTED[:2]:
            return []
        # What a form may show its lawyer is decided by the form (reports/legal_aid_form.py).
        return request.env["legal.aid.form"]._find_forms(case.sudo(), only_lawyers=True)

    def _prepare_pages(self, case):
        """``[(kind, label, whether its photograph is there)]`` of what the worker signs, while something is left to do (C1, C12)."""
        if case.state not in ("assigned", "in_progress"):
            return []
        kinds = dict(self._get_options("legal.aid.case.document", "kind"))
        # Clocks and check-list are closed to portal users; whether his own five days are met is not.
        waits = case.sudo()._get_waiting_items().filtered(lambda item: item.stage == "clock")
        if case.agency_signed_date and not waits:
            return []
        return [(kind, kinds[kind], case._has_stamped_page(kind)) for kind in ("attorney", "agreement")]

    def _prepare_case_choices(self):
        return {
            "decline_reasons": request.env["legal.aid.reason"].search([("usage", "=", "decline")]),
            "change_reasons": request.env["legal.aid.reason"].search([("usage", "=", "change_lawyer")]),
            "fact_kinds": self._get_options("legal.aid.case.fact", "kind"),
            "drop_reasons": request.env["legal.aid.reason"].search([("usage", "=", "drop_right")]),
            "fact_ways": self._get_options("legal.aid.case.fact", "way"),
            "major_reasons": request.env["legal.aid.reason"].search([("usage", "=", "major")]),
            "told_methods": self._get_options("legal.aid.work.log", "told_method"),
            "work_kinds": self._get_options("legal.aid.work.log", "kind"),
            "document_kinds": [
                option
                for option in self._get_options("legal.aid.case.document", "kind")
                if option[0]
                in ("attorney", "agreement", "agency", "evidence", "pleading", "procedure", "decision", "file", "other")
            ],
        }

    def _prepare_end(self, case):
        """What the pages of closing, file and termination need: choices that fit the form, check-list, last review."""
        outcomes, bases = case._get_closing_options()
        reviews = request.env["legal.aid.file.review"].search([("case_id", "=", case.id), ("state", "!=", "void")])
        is_due = case.file_state in ("due", "returned")
        return {
            "outcomes": outcomes,
            "bases": [(kind, label, case._get_closing_rule(kind)) for kind, label in bases],
            "termination_reasons": request.env["legal.aid.reason"].search([("usage", "=", "terminate")]),
            "file_check": [line for line in case._get_check_list() if line["stage"] == "file"] if is_due else [],
            # The latest attempt since the case was closed.
            "file_review": reviews.sorted("id")[-1:] if case.file_state else reviews[:0],
        }

    def _get_done_messages(self, case):
        env = request.env
        return {
            "accepted": env._("You took the case. Call your client and sign power of attorney and agreement."),
            "logged": env._("The work is on record."),
            "dropped": env._("The union reads that this right is not pursued; its deadline gives no alarm any more."),
            "noted": env._("The fact is on record, and the deadlines were counted anew."),
            "corrected": env._("The entry is corrected; what stood there before is kept."),
            "major": env._("The report is on record, and the city union was told."),
            "asked": env._("The question is on its way. The answer will stand on this page."),
            "signed": env._("The day of signing is on record."),
            "uploaded": env._("The documents are in the file."),
            "handed_in": env._("The file is handed in. The union reviews it and tells you."),
            "ground": env._("The union was told of the ground. Go on with the work until it decides."),
            "change": env._(
                "The union was told that you ask for a change of lawyer. Go on with the work until it decides."
            ),
            "substitute": env._(
                "The union was told that you ask for a substitute. Its answer will stand on this page."
            ),
            "closed": env._("The case is closed. Hand in the file to %(union)s.", union=case.contact_point_id.name),
        }
