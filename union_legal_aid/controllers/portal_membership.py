from odoo.fields import Domain
from odoo.http import request, route

from .portal import LegalAidPortal

MODEL = "legal.aid.leaving"
RUNNING = Domain("state", "in", ("requested", "running"))


class LegalAidPortalMembership(LegalAidPortal):
    """The lawyer's membership: since when, by which contract, what he still has in hand, and his request to leave (T9).

    The request changes nothing by itself; he may take it back until the exit is completed.
    """

    @route("/my/membership", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_membership(self, done="", **kw):
        return self._render_membership(done=done)

    @route("/my/membership/leave", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_membership_leave(self, **post):
        error = self._attempt(lambda: self._ask_to_leave(post))
        if error:
            return self._render_membership(error=error, form=post)
        return request.redirect("/my/membership?done=asked")

    @route("/my/membership/<int:leaving_id>/withdraw", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_membership_withdraw(self, leaving_id, **post):
        leaving = self._get_own(MODEL, leaving_id)
        error = self._attempt(leaving.action_withdraw)
        if error:
            return self._render_membership(error=error)
        return request.redirect("/my/membership?done=withdrawn")

    @route(
        ["/my/membership/leave", "/my/membership/<int:leaving_id>/withdraw"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def legal_aid_membership_step(self, **kw):
        """Back to the page, after a new sign-in or a change of language in the middle of a form."""
        return self._go_back("/my/membership")

    def _ask_to_leave(self, post):
        env = request.env
        lawyers = self._get_lawyers()
        # Who is in the teams of two cities tells which one he leaves; most are in one.
        chosen = lawyers.filtered(lambda lawyer: str(lawyer.id) == post.get("volunteer_id")) or lawyers[:1]
        chosen.action_request_exit(
            note=(post.get("note") or "").strip(),
            last_day=self._parse_date(post.get("last_day"), env._("Last day you wish")),
        )

    def _prepare_contracts(self, lawyers):
        """Number and days of the contract in force; a firm's agreement is not the lawyer's to read otherwise."""
        contracts = lawyers._get_contracts_in_force()
        return {
            lawyer: {"number": contract.number, "date_start": contract.date_start, "date_last": contract.date_last}
            for lawyer in lawyers
            if (contract := contracts.get(lawyer))
        }

    def _render_membership(self, done="", error="", form=None):
        env = request.env
        lawyers = self._get_lawyers()
        leavings = env[MODEL].search(Domain("volunteer_id", "in", lawyers.ids))
        running = leavings.filtered_domain(RUNNING)
        messages = {
            "asked": env._("The city union has your request. Until the exit is completed, everything stays as it is."),
            "withdrawn": env._("Your request is withdrawn. Everything stays as it is."),
        }
        return self._render_page(
            "union_legal_aid.portal_membership",
            [(env._("My membership"), False)],
            {
                "lawyers": lawyers,
                "contracts": self._prepare_contracts(lawyers),
                "obligations": lawyers._get_open_obligations(),
                "kinds": lawyers._get_obligation_kinds(),
                "running": running.grouped("volunteer_id"),
                "can_leave": lawyers.filtered(
                    lambda lawyer: lawyer.state in ("active", "suspended") and lawyer not in running.volunteer_id
                ),
                "message": messages.get(done, ""),
                "error": error,
                "form": form or {},
            },
        )
