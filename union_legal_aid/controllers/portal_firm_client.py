from odoo.http import request, route

from .portal import LegalAidPortal

MODEL = "legal.aid.firm.client"


class LegalAidPortalFirmClient(LegalAidPortal):
    """Whom the lawyer's firm advises: he lists, adds and ends its clients, so that no case against them comes to him (I11)."""

    @route("/my/firm-clients", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_firm_clients(self, done="", **kw):
        return self._render_clients(done=done)

    @route("/my/firm-clients/add", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_firm_client_add(self, **post):
        lawyers = self._get_lawyers()
        error = self._attempt(lambda: self._add_client(lawyers, post))
        if error:
            return self._render_clients(error=error, form=post)
        return request.redirect("/my/firm-clients?done=added")

    @route("/my/firm-clients/<int:client_id>/end", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_firm_client_end(self, client_id, **post):
        client = self._get_own(MODEL, client_id)
        error = self._attempt(
            lambda: client.action_end(date=self._parse_date(post.get("date"), request.env._("Client Until")))
        )
        if error:
            return self._render_clients(error=error)
        return request.redirect("/my/firm-clients?done=ended")

    @route(
        ["/my/firm-clients/add", "/my/firm-clients/<int:client_id>/end"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def legal_aid_firm_client_step(self, **kw):
        """Back to the list, after a new sign-in or a change of language in the middle of a form."""
        return self._go_back("/my/firm-clients")

    def _render_clients(self, done="", error="", form=None):
        env = request.env
        lawyers = self._get_lawyers()
        clients = env[MODEL].search([], order="name, id")
        messages = {
            "added": env._("The client is on the list. No case against him comes to your firm."),
            "ended": env._("The client ended. In cases that began before, he still counts."),
        }
        return self._render_page(
            "union_legal_aid.portal_firm_clients",
            [(env._("Clients of my firm"), False)],
            {
                "lawyers": lawyers,
                # A lawyer of the team reads no partner's card; the name of his own firm he knows.
                "firm_names": [name for name in lawyers.sudo().law_firm_id.mapped("name") if name],
                "present": clients.filtered(lambda client: not client.date_to),
                "ended": clients.filtered("date_to"),
                "conflicting_cases": env[MODEL]._find_conflicting_cases(lawyers),
                "message": messages.get(done, ""),
                "error": error,
                "form": form or {},
            },
        )

    def _add_client(self, lawyers, post):
        env = request.env
        # Who is in the teams of two cities tells which of his records is meant; most have one.
        chosen = lawyers.filtered(lambda lawyer: str(lawyer.id) == post.get("volunteer_id")) or lawyers[:1]
        env[MODEL].action_add(
            chosen.id,
            name=(post.get("name") or "").strip(),
            uscc=(post.get("uscc") or "").strip(),
            date_from=self._parse_date(post.get("date_from"), env._("Client From")),
        )
