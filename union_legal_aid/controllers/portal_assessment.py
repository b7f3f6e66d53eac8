from odoo.http import request, route

from .portal import LegalAidPortal

ASSESSMENT = "legal.aid.assessment"
LINE = "legal.aid.assessment.line"


class LegalAidPortalAssessment(LegalAidPortal):
    """The lawyer reads his assessments, once both bodies signed, and answers them in time (T10)."""

    def _prepare_legal_aid_home(self):
        return {
            **super()._prepare_legal_aid_home(),
            "assessment_count": request.env[ASSESSMENT].search_count([]),
        }

    def _list_duties(self, cases, ledgers):
        duties = super()._list_duties(cases, ledgers)
        to_answer = request.env[ASSESSMENT].search([("answer_date", "=", False)]).filtered("can_answer")
        if to_answer:
            duties.append(
                self._make_duty(
                    "assessments",
                    request.env._("Assessments that you may answer"),
                    "/my/assessments",
                    len(to_answer),
                    "fa-check-square-o",
                    date_due=min(to_answer.mapped("answer_due")),
                )
            )
        return duties

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
        return self._go_back("/my/assessments")

    def _render_assessments(self, done="", error="", form=None):
        self._get_lawyers()
        env = request.env
        assessments = env[ASSESSMENT].search([])
        return self._render_page(
            "union_legal_aid.portal_assessments",
            [(env._("Assessments"), False)],
            {
                "assessments": assessments,
                "lines": env[LINE].search([("assessment_id", "in", assessments.ids)]).grouped("assessment_id"),
                "message": env._("Your answer is on record.") if done == "answered" else "",
                "error": error,
                "form": form or {},
            },
        )
