import base64
from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import content_disposition, request, route

from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..models.casework.legal_aid_jurisdiction_mixin import JURISDICTION_TIERS
from ..tools import ids
from .portal_enterprise import LegalAidPortalEnterprise
from .record_id import parse_id

MODEL = "legal.aid.service.request"
PAPER = "legal.aid.service.request.paper"
KINDS = ("application", "need")
STEPS = ("submit", "paper", "drop")
TEXTS = ("description", "place")
APPLICANT_TEXTS = ("applicant_name", "applicant_id_number", "applicant_phone")
PAPER_KINDS = ("identity", "evidence", "hardship", "other")
# What a scanner, a phone or an office program makes; anything that a browser would run is none of it.
PICTURES = ("jpg", "jpeg", "png", "webp", "bmp", "tif", "tiff")
DOCUMENTS = ("pdf", "ofd", "doc", "docx", "wps", "xls", "xlsx", "et", "txt")
EXTENSIONS = PICTURES + DOCUMENTS
# Not all pictures: a phone that is asked for these sends its HEIC photographs as JPEG.
ACCEPT = ",".join(f".{extension}" for extension in EXTENSIONS)
PLACES = ("county", "zone")
FILTERS = {
    "ours": Domain("state", "in", ("draft", "returned")),
    "open": Domain("state", "=", "submitted"),
    "done": Domain("state", "=", "accepted"),
    "all": Domain.TRUE,
}


class LegalAidPortalRequest(LegalAidPortalEnterprise):
    """What an enterprise union brings before the union above it: a worker's application, or a need; and how far it is (P2, I4)."""

    # Home

    def _prepare_enterprise_home(self):
        requests = request.env[MODEL]
        unions = self._get_unions()
        return {
            **super()._prepare_enterprise_home(),
            "requests": requests.search([], limit=3),
            "request_count": requests.search_count([]),
            "returned_count": requests.search_count([("state", "=", "returned")]),
            **self._prepare_contacts(unions),
            "activities": request.env["legal.aid.activity"]._get_coming_at(unions),
        }

    # Pages

    @route(["/my/requests", "/my/requests/page/<int:page>"], type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_requests(self, page=1, filterby="", **kw):
        self._check_enterprise_user()
        requests = request.env[MODEL]
        counts = {name: requests.search_count(domain) for name, domain in FILTERS.items()}
        if filterby not in FILTERS:
            filterby = "ours" if counts["ours"] else "all"
        pager = portal_pager(
            url="/my/requests",
            url_args={"filterby": filterby},
            total=counts[filterby],
            page=page,
            step=self._items_per_page,
        )
        return self._render_page(
            "union_legal_aid.portal_requests",
            [(request.env._("Our requests"), False)],
            {
                "requests": requests.search(FILTERS[filterby], limit=self._items_per_page, offset=pager["offset"]),
                "filters": [(name, label, counts[name]) for name, label in self._get_request_filter_labels().items()],
                "filterby": filterby,
                "pager": pager,
            },
        )

    @route(
        f"/my/requests/new/<any({', '.join(KINDS)}):kind>",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
    )
    def legal_aid_request_new(self, kind, **post):
        self._check_enterprise_user()
        return self._answer_form(request.env[MODEL], kind, post)

    @route("/my/requests/<int:request_id>", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_request(self, request_id, done="", **kw):
        return self._render_request(self._get_request(request_id), done=done)

    @route("/my/requests/<int:request_id>/edit", type="http", auth="user", methods=["GET", "POST"], website=True)
    def legal_aid_request_edit(self, request_id, **post):
        found = self._get_request(request_id)
        if not found._is_being_written() or found._is_hidden_from_house():
            return request.redirect(f"/my/requests/{found.id}")
        return self._answer_form(found, found.kind, post)

    @route("/my/requests/<int:request_id>/submit", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_request_submit(self, request_id, **post):
        found = self._get_request(request_id)
        return self._take_request_step(found, found._submit_from_portal, "submitted")

    @route("/my/requests/<int:request_id>/paper", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_request_paper(self, request_id, **post):
        found = self._get_request(request_id)
        return self._take_request_step(found, lambda: self._add_chosen_papers(found, post.get("kind")), "added")

    @route("/my/requests/<int:request_id>/drop", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_request_drop(self, request_id, **post):
        found = self._get_request(request_id)
        paper = self._get_paper(found, parse_id(post.get("paper_id")))
        return self._take_request_step(found, lambda: found._drop_paper_from_portal(paper), "dropped")

    @route(
        f"/my/requests/<int:request_id>/<any({', '.join(STEPS)}):step>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def legal_aid_request_step(self, request_id, step, **kw):
        """Back to the request, after a new sign-in or a change of language in the middle of a form."""
        return self._go_back(f"/my/requests/{request_id}")

    @route(
        "/my/requests/<int:request_id>/papers/<int:paper_id>", type="http", auth="user", methods=["GET"], website=True
    )
    def legal_aid_request_paper_file(self, request_id, paper_id, **kw):
        found = self._get_request(request_id)
        paper = self._get_paper(found, paper_id)
        found._note_access("download")
        return request.make_response(
            paper._get_content(),
            headers=[
                ("Content-Type", "application/octet-stream"),
                ("Content-Disposition", content_disposition(paper.name)),
                ("X-Content-Type-Options", "nosniff"),
                ("Cache-Control", "no-store"),
            ],
        )

    # What the pages share

    def _get_unions(self):
        return request.env.user.access_organization_ids

    def _get_request(self, request_id):
        """The request of this id that the user may read, or the page “not found”."""
        self._check_enterprise_user()
        return self._get_readable(MODEL, request_id)

    def _get_paper(self, found, paper_id):
        """The paper of this id in the request, or the page “not found”."""
        return self._get_readable(PAPER, paper_id, Domain("request_id", "=", found.id))

    def _get_request_filter_labels(self):
        env = request.env
        return {
            "ours": env._("Waiting for us"),
            "open": env._("Waiting for an answer"),
            "done": env._("Taken up"),
            "all": env._("All"),
        }

    def _prepare_contacts(self, unions):
        """Whom to call: the lawyers who serve the unions, the windows of the union in charge, the supervision phones."""
        env = request.env
        receivers = unions.browse()
        for union in unions:
            receivers |= union._get_superior(*JURISDICTION_TIERS)
        windows = env["union.institution"].search(
            Domain("organization_id", "in", receivers.ids)
            & Domain("kind", "in", ("institution", "station", "window"))
            & Domain("is_in_force", "=", True)
            & Domain("phone", "!=", False),
            order="organization_id, kind, name",
            limit=3,
        )
        return {
            "lawyers": [lawyer for union in unions for lawyer in union._get_serving_lawyers()],
            "windows": [{"name": window.name, "phone": window.phone} for window in windows],
        }

    def _take_request_step(self, found, step, done):
        """Let ``step`` happen and show the page of the request: with the message ``done``, or why not."""
        error = self._attempt(step)
        if error:
            return self._render_request(found, error=error)
        return request.redirect(f"/my/requests/{found.id}?done={done}")

    # The form

    def _answer_form(self, found, kind, post):
        """The form of ``found``, or of a new request where that is empty: shown; or kept, and handed in if that was the button.

        What is missing for the hand-in is said on the page of the request, for what was typed is safe by then.
        """
        if request.httprequest.method != "POST":
            return self._render_request_form(found, kind, self._read_form(found) if found else post)
        try:
            with request.env.cr.savepoint():
                kept = self._keep_form(found, kind, post)
        except UserError as error:
            return self._render_request_form(found, kind, post, str(error))
        if post.get("step") == "submit":
            return self._take_request_step(kept, kept._submit_from_portal, "submitted")
        return request.redirect(f"/my/requests/{kept.id}?done=kept")

    def _keep_form(self, found, kind, post):
        """The request, created or corrected from the form, with the files that came along."""
        is_application = kind == "application"
        vals = {"kind": kind, **self._parse_request(post)}
        vals.update(self._parse_application(post) if is_application else self._parse_need(post))
        pages = self._read_papers("page")
        if is_application and pages:
            vals["page_name"], vals["page"] = pages[0]
        if found:
            found._write_from_portal(vals)
        else:
            found = request.env[MODEL]._create_from_portal(self._parse_union(post), vals)
        for paper_kind in PAPER_KINDS if is_application else ():
            self._add_papers(found, paper_kind, f"paper_{paper_kind}")
        return found

    def _parse_request(self, post):
        """What both kinds of request tell."""
        env = request.env
        vals = self._parse_texts(post, TEXTS)
        if not vals["description"]:
            raise UserError(env._("Write in your own words what it is about."))
        vals["headcount"] = int(self._parse_number(post.get("headcount") or "1", env._("Workers")))
        vals["matter_id"] = self._parse_link(MODEL, "matter_id", post.get("matter_id")).id
        return vals

    def _parse_need(self, post):
        env = request.env
        need_kind = self._parse_choice(MODEL, "need_kind", post.get("need_kind"))
        if not need_kind:
            raise UserError(env._("Choose what kind of help your union asks for."))
        wished = (post.get("wished_date") or "").strip()
        return {
            "need_kind": need_kind,
            # An empty day means today elsewhere; a wish is not invented.
            "wished_date": self._parse_date(wished, env._("Wished Day")) if wished else False,
        }

    def _parse_application(self, post):
        texts = self._parse_texts(post, APPLICANT_TEXTS)
        applicant_kind = self._parse_choice(MODEL, "applicant_kind", post.get("applicant_kind"))
        self._check_number(texts["applicant_id_number"], applicant_kind)
        vals = {
            **texts,
            "applicant_kind": applicant_kind,
            "is_union_member": bool(post.get("is_union_member")),
            "worker_agrees": bool(post.get("worker_agrees")),
            "employer_is_ours": post.get("employer") != "other",
        }
        if vals["employer_is_ours"]:
            return vals
        return {
            **vals,
            **self._parse_texts(post, ("employer_name",)),
            "employer_organization_id": False,
            "employer_place_id": self._parse_link(MODEL, "employer_place_id", post.get("employer_place_id")).id,
        }

    def _check_number(self, number, applicant_kind):
        """A mistyped number is told to who has the card before him, and not weeks later to the union above.

        :raises UserError: when it cannot be the number of such an applicant
        """
        check = ids.check_uscc if applicant_kind == "union_organization" else ids.check_resident_id
        is_valid, problem = check(number) if number else (True, "")
        if not is_valid:
            raise UserError(request.env._(problem))

    def _parse_texts(self, post, names):
        return {name: (post.get(name) or "").strip() or False for name in names}

    def _parse_union(self, post):
        """The union that the page offered; the only one where there is one."""
        offered = self._get_unions()
        text = (post.get("organization_id") or "").strip()
        chosen = offered.filtered(lambda union: str(union.id) == text)
        if not text and len(offered) == 1:
            return offered
        if not chosen:
            raise UserError(request.env._("Choose in the name of which union you write."))
        return chosen

    def _add_chosen_papers(self, found, kind):
        kind = self._parse_choice(PAPER, "kind", kind)
        if not kind or not self._add_papers(found, kind, "files"):
            raise UserError(request.env._("Choose what kind of paper it is, and the file."))

    def _add_papers(self, found, kind, field):
        """Whether there were files in this field of the form; they are papers of the request now."""
        files = self._read_papers(field)
        if files:
            found._add_papers_from_portal(kind, files)
        return bool(files)

    def _read_papers(self, field):
        """``[(file name, content in Base64)]`` of a file field.

        :raises UserError: for a kind of file that is no paper
        """
        uploads = [upload for upload in request.httprequest.files.getlist(field) if upload.filename]
        for upload in uploads:
            if upload.filename.rpartition(".")[2].lower() not in EXTENSIONS:
                raise UserError(
                    request.env._(
                        "“%(file)s” is no paper that can be sent here. Send a photograph, a PDF or an office document.",
                        file=upload.filename[:100],
                    )
                )
        return [(name[-100:], base64.b64encode(content)) for name, content in self._read_uploads(uploads)]

    def _read_form(self, found):
        """What stands in the request, as the form would send it."""
        names = (
            *TEXTS,
            *APPLICANT_TEXTS,
            "employer_name",
            "applicant_kind",
            "need_kind",
            "is_union_member",
            "worker_agrees",
        )
        form = {name: found[name] or "" for name in names}
        form["headcount"] = str(found.headcount)
        form["matter_id"] = str(found.matter_id.id or "")
        form["employer"] = "ours" if found.employer_is_ours else "other"
        form["employer_place_id"] = str(found.employer_place_id.id or "")
        form["wished_date"] = date.isoformat(found.wished_date) if found.wished_date else ""
        return form

    def _render_request_form(self, found, kind, form, error=""):
        env = request.env
        unions = self._get_unions()
        title = env._("Apply for a worker") if kind == "application" else env._("Report a need")
        cities = unions.browse([union._get_city().id for union in unions])
        return self._render_page(
            "union_legal_aid.portal_request_form",
            [(env._("Our requests"), "/my/requests"), (found.name if found else title, False)],
            {
                "title": title,
                "kind": kind,
                "found": found,
                # Who the user acts for is read with the rights of the system; the page gets names, not records.
                "unions": [(union.id, union.name) for union in unions],
                "action": f"/my/requests/{found.id}/edit" if found else f"/my/requests/new/{kind}",
                "applicant_kinds": self._get_options(MODEL, "applicant_kind"),
                "need_kinds": self._get_options(MODEL, "need_kind"),
                "matters": env["legal.aid.matter"].search([]),
                "places": [
                    (place.id, place.name)
                    for place in unions.search(Domain("id", "child_of", cities.ids) & Domain("tier", "in", PLACES))
                ],
                "papers": self._get_options(PAPER, "kind"),
                "accept": ACCEPT,
                "form": form,
                "error": error,
            },
        )

    def _render_request(self, found, done="", error=""):
        env = request.env
        is_hidden = found._is_hidden_from_house()
        if not is_hidden:
            found._note_access("open")
        messages = {
            "kept": env._("Kept as a draft. Nobody above has it yet: hand it in when it is complete."),
            "submitted": env._("Handed in. %(union)s was told.", union=found.receiver_id.name),
            "added": env._("The papers were added."),
            "dropped": env._("The paper was taken out."),
        }
        return self._render_page(
            "union_legal_aid.portal_request",
            [(env._("Our requests"), "/my/requests"), (found.name, False)],
            {
                "found": found,
                "is_hidden": is_hidden,
                "papers": env[PAPER].search([("request_id", "=", found.id)]),
                "paper_list": [] if is_hidden else found._get_paper_list(),
                "paper_kinds": self._get_options(PAPER, "kind"),
                "missing": found._get_missing_details() if found._is_being_written() and not is_hidden else [],
                "steps": found._get_portal_steps(),
                "accept": ACCEPT,
                **self._prepare_contacts(found.organization_id),
                "message": messages.get(done, ""),
                "error": error,
            },
        )
