from odoo.exceptions import UserError
from odoo.http import request, route

from .portal import LegalAidPortal

LEDGER = "legal.aid.ledger"
# Years of work of the busiest lawyer.
MAX_LINES = 200


class LegalAidPortalAccount(LegalAidPortal):
    """The lawyer's yearly ledger (V1) and his money: “when is my money coming” (P1)."""

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

    @route("/my/ledger/<int:ledger_id>/submit", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_ledger_step(self, ledger_id, **kw):
        """Back to the ledgers, after a new sign-in or a change of language in the middle of a form."""
        return request.redirect("/my/ledger")

    @route("/my/legal-aid/payments", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_payments(self, **kw):
        self._get_lawyers()
        env = request.env
        return self._render_page(
            "union_legal_aid.portal_payments",
            [(env._("Payments"), False)],
            {
                "lines": env["legal.aid.payout.line"].search([], limit=MAX_LINES),
                # From the moment it is on a payout, a fee shows as a payment.
                "fees": env["legal.aid.expense"].search([("state", "in", ("submitted", "approved"))], limit=MAX_LINES),
            },
        )

    def _render_ledgers(self, done="", error="", form=None):
        self._get_lawyers()
        env = request.env
        return self._render_page(
            "union_legal_aid.portal_ledgers",
            [(env._("Yearly ledger"), False)],
            {
                "ledgers": env[LEDGER].search([]),
                "message": env._("Your ledger is handed in.") if done == "submitted" else "",
                "error": error,
                "form": form or {},
            },
        )

    def _submit_ledger(self, ledger, post):
        summary = (post.get("summary") or "").strip()
        if not summary:
            raise UserError(
                request.env._(
                    "Describe the work of the year before you hand in the ledger of %(year)s.", year=ledger.year
                )
            )
        ledger.action_submit(summary=summary)
