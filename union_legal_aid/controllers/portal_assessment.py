from odoo.http import request, route

from .portal import LegalAidPortal

ASSESSMENT = "legal.aid.assessment"


class LegalAidPortalAssessment(LegalAidPortal):
    """The lawyer reads his assessments, once both bodies signed, and answers them in time (T10)."""

    def _prepare_legal_aid_home(self):
        home = super()._prepare_legal_aid_home()
        assessments = request.env[ASSESSMENT].search([])
        home["assessment_count"] = len(assessments)
        home["assessment_to_answer"] = len(assessments.filtered("can_answer"))
        return home

    @route("/my/assessments", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_assessments(self, done="", **kw):
        return self._render_assessments(done=done)

    @route("/my/assessments/<int:assessment_id>/answer", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_assessment_answer(self, assessment_id, **post):
        assessment = self._get_own(ASSESSMENT, assessment_id)
        error = self._attempt(lambda: assessment.action_answer(note=post.get("answer") or ""))
        if error:
            return self._render_assessments(error=error, form={**post, "assessment_id": assessment.id})
        return request.redirect("/my/assessments?done=answered")

    @route("/my/assessments/<int:assessment_id>/answer", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_assessment_step(self, assessment_id, **kw):
        """Back to the assessments, after a new sign-in or a change of language in the middle of a form."""
        return request.redirect("/my/assessments")

    def _render_assessments(self, done="", error="", form=None):
        self._get_lawyers()
        env = request.env
        return self._render_page(
            "union_legal_aid.portal_assessments",
            [(env._("Assessments"), False)],
            {
                "assessments": env[ASSESSMENT].search([]),
                "message": env._("Your answer is on record.") if done == "answered" else "",
                "error": error,
                "form": form or {},
            },
        )
