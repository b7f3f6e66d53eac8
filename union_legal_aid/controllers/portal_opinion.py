from odoo.exceptions import UserError
from odoo.http import request, route

from .portal_enterprise import LegalAidPortalEnterprise

MODEL = "legal.aid.assessment.voice"


class LegalAidPortalOpinion(LegalAidPortalEnterprise):
    """The enterprise union is heard on the lawyer who served it (T10; 工作方案 §六): points and words, while the assessment is open."""

    def _prepare_enterprise_home(self):
        opinions = request.env[MODEL].search([])
        return {
            **super()._prepare_enterprise_home(),
            "opinion_count": len(opinions),
            "opinion_waiting": len(opinions.filtered(lambda opinion: opinion.can_give and opinion.state == "missing")),
        }

    @route("/my/opinions", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_opinions(self, done="", **kw):
        return self._render_opinions(done=done)

    @route("/my/opinions/<int:opinion_id>/give", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_opinion_give(self, opinion_id, **post):
        self._check_enterprise_user()
        opinion = self._get_readable(MODEL, opinion_id)
        error = self._attempt(lambda: self._give_opinion(opinion, post))
        if error:
            return self._render_opinions(error=error, form={**post, "opinion_id": opinion.id})
        return request.redirect("/my/opinions?done=given")

    @route("/my/opinions/<int:opinion_id>/give", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_opinion_step(self, opinion_id, **kw):
        """Back to the list, after a new sign-in or a change of language in the middle of a form."""
        return self._go_back("/my/opinions")

    def _give_opinion(self, opinion, post):
        env = request.env
        if not (post.get("score") or "").strip():
            raise UserError(env._("Enter points from 0 to 100."))
        score = self._parse_number(post.get("score"), env._("Points"))
        opinion.action_give(score=score, note=(post.get("note") or "").strip())

    def _render_opinions(self, done="", error="", form=None):
        self._check_enterprise_user()
        env = request.env
        return self._render_page(
            "union_legal_aid.portal_opinions",
            [(env._("Opinions on lawyers"), False)],
            {
                "opinions": env[MODEL].search([]),
                "message": env._("Your opinion is on record.") if done == "given" else "",
                "error": error,
                "form": form or {},
            },
        )
