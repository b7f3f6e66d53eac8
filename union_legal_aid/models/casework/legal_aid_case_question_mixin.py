from odoo import fields, models


class LegalAidCaseQuestionMixin(models.AbstractModel):
    """Difficult questions of a case, put to the justice bureau (C5)."""

    _name = "legal.aid.case.question.mixin"
    _description = "Questions of a Case"

    question_ids = fields.One2many(
        comodel_name="legal.aid.question", inverse_name="case_id", string="Questions", readonly=True, copy=False
    )

    # Actions

    def action_ask_question(self, text="", is_name_free=False):
        """Ask as the lawyer of the case, or open the page on which the officer asks. Returns the question, or the page.

        :param text: the question, without names
        :param is_name_free: whoever asks has read it again for personal data
        """
        self.ensure_one()
        self._check_handler()
        if not (text or "").strip():
            return {
                "type": "ir.actions.act_window",
                "name": self.env._("Difficult Question"),
                "res_model": "legal.aid.question",
                "views": [(False, "form")],
                "context": {"default_case_id": self.id},
            }
        # Lawyers have no right to create records; they ask about their own cases through this step.
        question_sudo = (
            self.env["legal.aid.question"]
            .sudo()
            .create({"case_id": self.id, "text": text, "is_name_free": is_name_free})
        )
        self.sudo()._notify_offices(
            lambda env: env._("Question %(number)s is asked", number=question_sudo.name),
            lambda env: env._(
                "Question %(number)s is asked in case %(case)s. Read it under Casework > Questions, and put it to the justice"
                " bureau.",
                number=question_sudo.name,
                case=self.name,
            ),
            unions=self.sudo().organization_id,
        )
        return question_sudo.sudo(False)
