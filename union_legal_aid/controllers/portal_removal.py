from odoo.http import request, route

from .portal import URGENT, LegalAidPortal

MODEL = "legal.aid.removal"
OPEN_STATES = ("open", "replied")


class LegalAidPortalRemoval(LegalAidPortal):
    """The lawyer's page on his own removal (T6): what it rests on, until when he may reply, his reply, the outcome.

    Complaints are told by number, day and category; who complained is never shown, and evidence only as far as the city puts it to
    him in words.
    """

    # Home

    def _list_duties(self, cases, ledgers):
        duties = super()._list_duties(cases, ledgers)
        removal = request.env[MODEL].search([("state", "=", "open")], limit=1)
        if removal:
            duties.append(
                self._make_duty(
                    "removal_waits",
                    request.env._("Your place in the team is being examined. Reply by the day named"),
                    f"/my/removals/{removal.id}",
                    icon="fa-exclamation-triangle",
                    date_due=removal.reply_due,
                    tone=URGENT,
                )
            )
        return duties

    # Pages

    @route("/my/removals", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_removals(self, **kw):
        self._get_lawyers()
        removals = request.env[MODEL].search([])
        return self._render_page(
            "union_legal_aid.portal_removals",
            [(request.env._("Your place in the team"), False)],
            {"removals": removals},
        )

    @route("/my/removals/<int:removal_id>", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_removal(self, removal_id, done="", **kw):
        return self._render_removal(self._get_own(MODEL, removal_id), done=done)

    @route("/my/removals/<int:removal_id>/reply", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_removal_reply(self, removal_id, **post):
        removal = self._get_own(MODEL, removal_id)
        text = (post.get("text") or "").strip()
        error = self._attempt(lambda: removal.action_record_reply(note=text))
        if error:
            return self._render_removal(removal, error=error, form=post)
        return request.redirect(f"/my/removals/{removal.id}?done=replied")

    @route("/my/removals/<int:removal_id>/reply", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_removal_reply_back(self, removal_id, **kw):
        """Back to the page, after a new sign-in or a change of language in the middle of a form."""
        return self._go_back(f"/my/removals/{removal_id}")

    # What the pages share

    def _render_removal(self, removal, done="", error="", form=None):
        env = request.env
        # Numbers, days and categories of the complaints; nothing else of them is read.
        complaints_sudo = removal.sudo().complaint_ids.sorted("date")
        categories = dict(complaints_sudo._fields["category"]._description_selection(env))
        request.env["legal.aid.access.log"]._log(removal, "open")
        return self._render_page(
            "union_legal_aid.portal_removal",
            [(env._("Your place in the team"), "/my/removals"), (env._("End of membership"), False)],
            {
                "removal": removal,
                "complaints": [(one.name, one.date, categories[one.category]) for one in complaints_sudo],
                "message": env._("Your reply is on record. The city union considers it before it decides.")
                if done == "replied"
                else "",
                "error": error,
                "form": form or {},
            },
        )
