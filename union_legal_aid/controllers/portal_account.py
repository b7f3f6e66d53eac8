from odoo.exceptions import UserError
from odoo.http import content_disposition, request, route

from .portal import LegalAidPortal
from .record_id import parse_id

LEDGER = "legal.aid.ledger"
LINE = "legal.aid.ledger.line"
CERTIFICATE = "legal.aid.service.certificate"
STEPS = ("submit", "correct", "add", "remove")


class LegalAidPortalAccount(LegalAidPortal):
    """The lawyer's yearly ledger (V1) and his certificates (T14)."""

    @route("/my/ledger", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_ledgers(self, done="", **kw):
        return self._render_ledgers(done=done)

    @route("/my/ledger/<int:ledger_id>/submit", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_ledger_submit(self, ledger_id, **post):
        ledger = self._get_own(LEDGER, ledger_id)
        error = self._attempt(lambda: self._submit_ledger(ledger, post))
        if error:
            return self._render_ledgers(error=error, form={**post, "ledger_id": ledger.id})
        return request.redirect("/my/ledger?done=submitted")

    @route("/my/ledger/<int:ledger_id>/correct", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_ledger_correct(self, ledger_id, **post):
        return self._take_ledger_step(ledger_id, post, self._correct_line)

    @route("/my/ledger/<int:ledger_id>/add", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_ledger_add(self, ledger_id, **post):
        return self._take_ledger_step(ledger_id, post, self._add_line)

    @route("/my/ledger/<int:ledger_id>/remove", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_ledger_remove(self, ledger_id, **post):
        return self._take_ledger_step(ledger_id, post, self._remove_line)

    @route(
        f"/my/ledger/<int:ledger_id>/<any({', '.join(STEPS)}):step>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def legal_aid_ledger_step(self, ledger_id, step, **kw):
        """Back to the ledgers, after a new sign-in or a change of language in the middle of a form."""
        return self._go_back("/my/ledger")

    @route("/my/ledger/<int:ledger_id>/print", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_ledger_print(self, ledger_id, **kw):
        return self._send_pdf("union_legal_aid.action_report_ledger", self._get_own(LEDGER, ledger_id))

    @route("/my/certificates/<int:certificate_id>/print", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_certificate_print(self, certificate_id, **kw):
        certificate = self._get_own(CERTIFICATE, certificate_id, [("state", "=", "issued")])
        return self._send_pdf("union_legal_aid.action_report_service_certificate", certificate)

    def _render_ledgers(self, done="", error="", form=None):
        self._get_lawyers()
        env = request.env
        ledgers = env[LEDGER].search([])
        # Figures are those of now until the lawyer confirms them by handing in.
        ledgers._refresh(details=True)
        messages = {
            "submitted": env._("Your ledger is handed in."),
            "changed": env._("Your change is in the ledger."),
        }
        return self._render_page(
            "union_legal_aid.portal_ledgers",
            [(env._("Yearly ledger"), False)],
            {
                "ledgers": ledgers,
                "lines": env[LINE].search([("ledger_id", "in", ledgers.ids)]).grouped("ledger_id"),
                "sections": self._get_options(LINE, "section"),
                "certificates": env[CERTIFICATE].search([("state", "=", "issued")]),
                "message": messages.get(done, ""),
                "error": error,
                "form": form or {},
            },
        )

    def _take_ledger_step(self, ledger_id, post, step):
        ledger = self._get_own(LEDGER, ledger_id)
        error = self._attempt(lambda: step(ledger, post))
        if error:
            return self._render_ledgers(error=error, form={**post, "ledger_id": ledger.id})
        return request.redirect("/my/ledger?done=changed")

    def _correct_line(self, ledger, post):
        text = (post.get("value") or "").strip()
        value = self._parse_number(text, request.env._("Your figure")) if text else None
        ledger.action_correct_line(parse_id(post.get("line_id")), value, reason=post.get("reason") or "")

    def _add_line(self, ledger, post):
        day = (post.get("date") or "").strip()
        ledger.action_add_line(
            post.get("section"),
            post.get("name"),
            date=self._parse_date(day, request.env._("Date")) if day else None,
            hours=self._parse_number(post.get("hours"), request.env._("Hours")),
        )

    def _remove_line(self, ledger, post):
        ledger.action_remove_line(parse_id(post.get("line_id")))

    def _submit_ledger(self, ledger, post):
        texts = {name: (post.get(name) or "").strip() for name in ("summary", "difficulties", "suggestions")}
        if not texts["summary"]:
            raise UserError(
                request.env._(
                    "Describe the work of the year before you hand in the ledger of %(year)s.", year=ledger.year
                )
            )
        ledger.action_submit(**texts)

    def _send_pdf(self, report, record):
        # Reports are closed to portal users; the record was found under the lawyer's own rights, and all that it tells is his.
        report_sudo = request.env["ir.actions.report"].sudo()
        content, kind = report_sudo._render_qweb_pdf(report, record.ids)
        name = f"{record.display_name}.{kind}".replace("/", "-")
        headers = [
            ("Content-Type", "application/pdf" if kind == "pdf" else "text/html"),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(name)),
        ]
        return self._keep_nowhere(request.make_response(content, headers=headers))
