from odoo.fields import Domain
from odoo.http import request, route

from .portal import LegalAidPortal

MODEL = "legal.aid.complaint.extract"
TOLD = Domain("kind", "=", "lawyer")


class LegalAidPortalComplaint(LegalAidPortal):
    """The lawyer's right of reply to a complaint (T7): what is said, never by whom; his reply; and what became of it."""

    # Home

    def _list_duties(self, cases, ledgers):
        duties = super()._list_duties(cases, ledgers)
        waiting = request.env[MODEL].search_count(TOLD & Domain("state", "=", "open") & Domain("verdict", "=", False))
        if waiting:
            label = request.env._("Complaints that wait for your reply")
            duties.append(self._make_duty("complaints", label, "/my/complaints", waiting, "fa-comment-o"))
        return duties

    # Pages

    @route("/my/complaints", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_complaints(self, **kw):
        self._get_lawyers()
        return self._render_page(
            "union_legal_aid.portal_complaints",
            [(request.env._("Complaints"), False)],
            {"complaints": request.env[MODEL].search(TOLD)},
        )

    @route("/my/complaints/<int:extract_id>", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_complaint(self, extract_id, done="", **kw):
        return self._render_complaint(self._get_own(MODEL, extract_id, TOLD), done=done)

    @route("/my/complaints/<int:extract_id>/reply", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_complaint_reply(self, extract_id, **post):
        extract = self._get_own(MODEL, extract_id, TOLD)
        error = self._attempt(lambda: extract.action_answer(note=(post.get("reply") or "").strip()))
        if error:
            return self._render_complaint(extract, error=error, form=post)
        return request.redirect(f"/my/complaints/{extract.id}?done=replied")

    @route("/my/complaints/<int:extract_id>/reply", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_complaint_step(self, extract_id, **kw):
        """Back to the complaint, after a new sign-in or a change of language in the middle of a form."""
        return self._go_back(f"/my/complaints/{extract_id}")

    # What the pages share

    def _render_complaint(self, extract, done="", error="", form=None):
        env = request.env
        return self._render_page(
            "union_legal_aid.portal_complaint",
            [(env._("Complaints"), "/my/complaints"), (extract.name, False)],
            {
                "complaint": extract,
                "message": env._("Your reply is on record. You may change it until the city decides.")
                if done == "replied"
                else "",
                "error": error,
                "form": form or {},
            },
        )
