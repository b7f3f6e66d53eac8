import re

from odoo.exceptions import UserError
from odoo.http import content_disposition, request, route

from .forms import EXTENSIONS, make_response
from .portal_case import MODEL, LegalAidPortalCase

# Each has its form on the page of the case.
STEPS = (
    "accept",
    "decline",
    "log",
    "fact",
    "drop",
    "correct",
    "major",
    "question",
    "sign",
    "upload",
    "close",
    "file",
    "ground",
    "change",
    "substitute",
)


class LegalAidPortalCaseSteps(LegalAidPortalCase):
    """What the lawyer does with a case: answer, log and correct work, report, ask, sign, upload, close, download (C1–C5, C8, C11)."""

    @route("/my/cases/<int:case_id>/accept", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_case_accept(self, case_id, **post):
        return self._take_step(case_id, "accept", "accepted", post, self._accept)

    @route("/my/cases/<int:case_id>/decline", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_case_decline(self, case_id, **post):
        case = self._get_own(MODEL, case_id)
        error = self._attempt(lambda: self._decline(case, post))
        if error:
            return self._render_case(case, error=error, typed={"decline": post})
        # The case is no longer his, so its page is gone.
        return request.redirect("/my/cases?done=declined")

    @route("/my/cases/<int:case_id>/log", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_case_log(self, case_id, **post):
        return self._take_step(case_id, "log", "logged", post, self._log_work)

    @route("/my/cases/<int:case_id>/fact", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_case_fact(self, case_id, **post):
        return self._take_step(case_id, "fact", "noted", post, self._add_fact)

    @route("/my/cases/<int:case_id>/drop", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_case_drop(self, case_id, **post):
        return self._take_step(case_id, "drop", "dropped", post, self._drop_right)

    @route("/my/cases/<int:case_id>/correct", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_case_correct(self, case_id, **post):
        return self._take_step(case_id, "correct", "corrected", post, self._correct)

    @route("/my/cases/<int:case_id>/major", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_case_major(self, case_id, **post):
        return self._take_step(case_id, "major", "major", post, self._report_major)

    @route("/my/cases/<int:case_id>/question", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_case_question(self, case_id, **post):
        return self._take_step(case_id, "question", "asked", post, self._ask)

    @route("/my/cases/<int:case_id>/sign", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_case_sign(self, case_id, **post):
        return self._take_step(case_id, "sign", "signed", post, self._sign)

    @route("/my/cases/<int:case_id>/upload", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_case_upload(self, case_id, **post):
        return self._take_step(case_id, "upload", "uploaded", post, self._upload)

    @route("/my/cases/<int:case_id>/close", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_case_close(self, case_id, **post):
        return self._take_step(case_id, "close", "closed", post, self._close)

    @route("/my/cases/<int:case_id>/file", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_case_file(self, case_id, **post):
        return self._take_step(case_id, "file", "handed_in", post, self._hand_in_file)

    @route("/my/cases/<int:case_id>/ground", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_case_ground(self, case_id, **post):
        return self._take_step(case_id, "ground", "ground", post, self._report_ground)

    @route("/my/cases/<int:case_id>/change", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_case_change(self, case_id, **post):
        return self._take_step(case_id, "change", "change", post, self._request_change)

    @route("/my/cases/<int:case_id>/substitute", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_case_substitute(self, case_id, **post):
        return self._take_step(case_id, "substitute", "substitute", post, self._request_substitute)

    @route(
        f"/my/cases/<int:case_id>/<any({', '.join(STEPS)}):step>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def legal_aid_case_step(self, case_id, step, **kw):
        """Back to the case: here the browser comes after a new sign-in or a change of language in the middle of a form."""
        return self._go_back(f"/my/cases/{case_id}")

    @route(
        "/my/cases/<int:case_id>/documents/<int:document_id>", type="http", auth="user", methods=["GET"], website=True
    )
    def legal_aid_case_document(self, case_id, document_id, **kw):
        case = self._get_own(MODEL, case_id)
        document = self._get_own(
            "legal.aid.case.document", document_id, [("case_id", "=", case.id), ("attachment_id", "!=", False)]
        )
        # The document was found under the lawyer's rights, and its file goes with it. As a download, so that no page that
        # somebody uploaded ever runs in the lawyer's session.
        stream = request.env["ir.binary"]._get_stream_from(document.attachment_id.sudo(), "raw")
        return self._keep_nowhere(stream.get_response(as_attachment=True))

    @route("/my/cases/<int:case_id>/mandate", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_case_mandate(self, case_id, **kw):
        case = self._get_own(MODEL, case_id)
        mandate = self._find_mandate(case)
        if not mandate:
            self._abort_not_found()
        # Reports are closed to portal users; the mandate was found under the lawyer's own rights, and the letter tells by who
        # asks for it how much it says of the worker.
        report_sudo = request.env["ir.actions.report"].sudo()
        content, kind = report_sudo._render_qweb_pdf("union_legal_aid.action_report_mandate", mandate.ids)
        number = re.sub(r"[^\w〔〕]+", "_", mandate.display_name)
        headers = [
            ("Content-Type", "application/pdf" if kind == "pdf" else "text/html"),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(f"{number}.{kind}")),
        ]
        return self._keep_nowhere(request.make_response(content, headers=headers))

    @route(
        "/my/cases/<int:case_id>/forms/<string:code>/<string:extension>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def legal_aid_case_form(self, case_id, code, extension, **kw):
        """Power of attorney, agreement, record of progress, closing report: the lawyer prints them for his own case (C9)."""
        case = self._get_own(MODEL, case_id)
        if extension not in EXTENSIONS or code not in [form.code for form in self._find_forms(case)]:
            self._abort_not_found()
        # The worker's data are closed to portal users; on these papers the lawyer who took the case is to have them.
        forms = request.env["legal.aid.form"]
        form = forms._get_form(code)
        return make_response(forms, [forms._get_paper(code, case.sudo())], extension, case, code, form.title)

    def _take_step(self, case_id, step, done, post, act):
        """Let ``act(case, post)`` take ``step`` and show the page of the case: with the message ``done``, or why not."""
        case = self._get_own(MODEL, case_id)
        error = self._attempt(lambda: act(case, post))
        if error:
            return self._render_case(case, error=error, typed={step: post})
        return request.redirect(f"/my/cases/{case.id}?done={done}")

    def _accept(self, case, post):
        if not (post.get("no_conflict") and post.get("free_of_charge")):
            raise UserError(
                request.env._(
                    "To take case %(case)s, tick both declarations: no conflict of interest, and free of charge.",
                    case=case.name,
                )
            )
        case.action_accept()

    def _decline(self, case, post):
        if not post.get("reason_code"):
            raise UserError(request.env._("Choose why you decline case %(case)s.", case=case.name))
        case.action_decline(reason_code=post["reason_code"], note=(post.get("note") or "").strip())

    def _log_work(self, case, post):
        env = request.env
        hours = self._parse_number(post.get("hours") or post.get("hours_quick"), env._("Hours"))
        if not 0 < hours <= 24:
            raise UserError(env._("Choose how long the work took: more than 0 and at most 24 hours."))
        kind = self._parse_choice("legal.aid.work.log", "kind", post.get("kind"))
        if not kind:
            raise UserError(env._("Choose what kind of work it was."))
        case.action_log_work(
            date=self._parse_date(post.get("date"), env._("Date")),
            hours=hours,
            kind=kind,
            note=(post.get("note") or "").strip(),
            told_method=self._parse_choice("legal.aid.work.log", "told_method", post.get("told_method")),
            is_reported=bool(post.get("is_reported")),
            files=self._get_uploads("photos"),
        )

    def _add_fact(self, case, post):
        env = request.env
        kind = self._parse_choice("legal.aid.case.fact", "kind", post.get("kind"))
        # An empty day means today elsewhere; a day that the law counts from is never guessed.
        if not kind or not post.get("date") or kind == "approved":
            raise UserError(env._("Choose what happened, and on which day."))
        case.action_add_fact(
            kind=kind,
            date=self._parse_date(post["date"], env._("Date")),
            date_end=self._parse_date(post.get("date_end"), env._("Until")) if post.get("date_end") else None,
            way=self._parse_choice("legal.aid.case.fact", "way", post.get("way")) or "claim",
            is_final=bool(post.get("is_final")),
            note=(post.get("note") or "").strip(),
        )

    def _drop_right(self, case, post):
        env = request.env
        # Which clocks run is told on the page; the step itself checks whose case it is.
        rights = case._get_running_deadlines(post.get("kind") or "").filtered("is_right")
        if not rights or not post.get("reason_code"):
            raise UserError(env._("Choose which right is not pursued in case %(case)s, and why.", case=case.name))
        rights.sudo(False).action_drop(reason_code=post["reason_code"], note=(post.get("note") or "").strip())

    def _correct(self, case, post):
        env = request.env
        log_id = post.get("log_id") or ""
        log = self._find_logs(case).filtered(lambda log: str(log.id) == log_id)
        if not log:
            raise UserError(env._("This entry is not one of case %(case)s. Load the page again.", case=case.name))
        hours = self._parse_number(post.get("hours"), env._("Hours"))
        if not 0 < hours <= 24:
            raise UserError(env._("Choose how long the work took: more than 0 and at most 24 hours."))
        log.action_correct(
            date=self._parse_date(post.get("date"), env._("Date")), hours=hours, note=(post.get("note") or "").strip()
        )

    def _report_major(self, case, post):
        env = request.env
        text = (post.get("text") or "").strip()
        if not text:
            raise UserError(env._("Write what you report of case %(case)s.", case=case.name))
        if not case.is_major:
            if not post.get("reason_code"):
                raise UserError(env._("Choose why case %(case)s is a major case.", case=case.name))
            case.action_mark_major(
                reason_code=post["reason_code"],
                date=self._parse_date(post.get("date"), env._("Known since")),
                note=text,
            )
        case.action_report_major(text=text)

    def _ask(self, case, post):
        text = (post.get("text") or "").strip()
        if not text:
            raise UserError(request.env._("Write your question."))
        if not post.get("is_name_free"):
            raise UserError(request.env._("Read the question once more and tick that there is nothing personal in it."))
        case.action_ask_question(text=text, is_name_free=True)

    def _sign(self, case, post):
        case.action_sign_agency(date=self._parse_date(post.get("date"), request.env._("Signed on")))
        for kind in ("attorney", "agreement"):
            self._add_documents(case, kind, self._get_uploads(kind))

    def _upload(self, case, post):
        env = request.env
        kind = self._parse_choice("legal.aid.case.document", "kind", post.get("kind"))
        if kind not in dict(self._prepare_case_choices()["document_kinds"]):
            raise UserError(env._("Choose what kind of document it is."))
        files = self._get_uploads()
        if not files:
            raise UserError(env._("Choose at least one file or photo."))
        self._add_documents(case, kind, files)

    def _add_documents(self, case, kind, files):
        for filename, content in files:
            case.action_add_document(kind=kind, filename=filename, content=content)

    def _close(self, case, post):
        env = request.env
        outcome = self._parse_choice(MODEL, "outcome", post.get("outcome"))
        if not outcome:
            raise UserError(env._("Choose the outcome of case %(case)s.", case=case.name))
        amount = self._parse_number(post.get("amount_recovered"), env._("Amount Recovered"))
        if amount < 0:
            raise UserError(env._("The amount recovered cannot be negative. Enter it in yuan."))
        case.action_close(
            outcome=outcome,
            amount_recovered=amount,
            basis_date=self._parse_date(post.get("closed_date"), env._("Its Day")),
            closing_basis=self._parse_choice(MODEL, "closing_basis", post.get("closing_basis")) or None,
            note=(post.get("note") or "").strip(),
        )

    def _hand_in_file(self, case, post):
        self._add_documents(case, "file", self._get_uploads())
        case.action_hand_in_file()

    def _report_ground(self, case, post):
        if not post.get("reason_code"):
            raise UserError(request.env._("Choose the ground to end the aid in case %(case)s.", case=case.name))
        case.action_report_termination(reason_code=post["reason_code"], note=(post.get("note") or "").strip())

    def _request_change(self, case, post):
        if not post.get("reason_code"):
            raise UserError(
                request.env._("Choose why you ask for a change of lawyer in case %(case)s.", case=case.name)
            )
        if case._get_open_lawyer_change():
            raise UserError(
                request.env._(
                    "A change of lawyer is asked for in case %(case)s already. The union decides.", case=case.name
                )
            )
        case.action_request_lawyer_change(reason_code=post["reason_code"], note=(post.get("note") or "").strip())

    def _request_substitute(self, case, post):
        env = request.env
        choices = {str(number): number for number, _name in case._get_substitute_choices()}
        if post.get("substitute_id") not in choices:
            raise UserError(env._("Choose the colleague who stands in."))
        # An empty day means today elsewhere; the day of a hearing is never guessed.
        if not (post.get("hearing_date") or "").strip():
            raise UserError(env._("Enter the day of the hearing."))
        note = (post.get("note") or "").strip()
        if not note:
            raise UserError(env._("Write why you cannot go yourself."))
        date_end = (post.get("date_end") or "").strip()
        case.action_request_substitute(
            substitute_id=choices[post["substitute_id"]],
            hearing_date=self._parse_date(post["hearing_date"], env._("Hearing on")),
            date_end=self._parse_date(date_end, env._("Hearing Until")) if date_end else None,
            note=note,
        )
