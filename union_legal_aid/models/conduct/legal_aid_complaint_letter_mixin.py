from odoo import api, fields, models
from odoo.exceptions import UserError

from ..organization.personal_fields import AUDITOR, OFFICER, PrivateText
from .legal_aid_verdict_mixin import OPEN_STATES

ANSWERS = ("complaint_not_accepted", "complaint_result")


class LegalAidComplaintLetterMixin(models.AbstractModel):
    """Letters to the complainant (T7): that the complaint was accepted or is no matter of the team, and what became of it.

    They are numbered in the register of issued documents and name nobody but him and the lawyer. That an answer was delivered is
    that he was told.
    """

    _name = "legal.aid.complaint.letter.mixin"
    _description = "Letters to a Complainant"

    letter_text = PrivateText(
        string="Explanation to the Complainant",
        groups=OFFICER,
        help="Printed in the letter with the result: what was looked into, and what follows. Nothing about other people.",
    )
    issued_document_ids = fields.One2many(
        comodel_name="legal.aid.issued.document",
        inverse_name="complaint_id",
        string="Letters",
        readonly=True,
        copy=False,
        groups=f"{OFFICER},{AUDITOR}",
    )
    can_issue_letter = fields.Boolean(compute="_compute_can_issue_letter")

    # Compute

    @api.depends("state", "acknowledged_date", "complainant_kind", "decision_reason_id", "issued_document_ids.state")
    @api.depends_context("uid")
    def _compute_can_issue_letter(self):
        for complaint in self:
            form = complaint.is_city and complaint._get_letter_form()
            complaint.can_issue_letter = bool(form) and not complaint._find_letter(form)

    # Actions

    def action_issue_letter(self):
        """Enter the letter that is due now in the register, and show it: to be printed, stamped and delivered.

        :raises UserError: when there is nobody to write to, nothing to tell yet, or the letter is out already
        """
        self.ensure_one()
        self.check_access("write")
        self._check_city()
        form = self._get_letter_form()
        if not form:
            raise UserError(
                self.env._(
                    "%(complaint)s: there is no letter at this stage. Accept or decide it first; an anonymous complainant gets none.",
                    complaint=self.display_name,
                )
            )
        letter = self._find_letter(form)
        if letter:
            raise UserError(
                self.env._(
                    "%(complaint)s: this letter is out already as %(letter)s. Record its delivery, or declare it void first.",
                    complaint=self.display_name,
                    letter=letter[:1].display_name,
                )
            )
        documents = self.env["legal.aid.issued.document"]
        letter = documents._enter(form, self, self.city_id, {"complaint_id": self.id}, self.complainant_name)
        return {
            "type": "ir.actions.act_window",
            "res_model": letter._name,
            "res_id": letter.id,
            "views": [(False, "form")],
        }

    # Business

    def _get_letter_form(self):
        """The one letter of use at this stage, or None."""
        self.ensure_one()
        return next(iter(self.env["legal.aid.form"]._find_forms(self)), None)

    def _is_no_matter(self):
        """Whether it was dismissed because it is no matter of the team (不予受理)."""
        self.ensure_one()
        return self.state == "unfounded" and self.decision_reason_id.code == "no_duty"

    def _find_letter(self, form):
        """The letters of this form that still stand; those that told an earlier verdict do not."""
        self.ensure_one()
        letters = self.env["legal.aid.issued.document"].search(
            [("complaint_id", "=", self.id), ("form_code", "=", form.code), ("state", "!=", "void")]
        )
        if self.state in OPEN_STATES:
            return letters
        since_verdict = letters.filtered(lambda letter: letter.date >= self.decided_date)
        return since_verdict.filtered(lambda letter: letter.state == "issued" or self.informed_date)

    def _follow_letter(self, letter):
        """The delivery of an answer is that the complainant was told; one that was told otherwise before stays so."""
        if letter.form_code in ANSWERS:
            waiting = self.filtered(lambda complaint: not complaint.informed_date and complaint.state != "void")
            waiting.action_inform(note=letter.display_name, date=letter.delivered_date)
