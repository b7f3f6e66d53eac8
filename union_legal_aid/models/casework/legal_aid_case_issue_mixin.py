from odoo import fields, models
from odoo.exceptions import AccessError

from ..organization.legal_day import legal_today


class LegalAidCaseIssueMixin(models.AbstractModel):
    """Official documents of a case: the forms to print, and the register of those that were issued (C9)."""

    _name = "legal.aid.case.issue.mixin"
    _description = "Official Documents of a Case"

    issued_document_ids = fields.One2many(
        comodel_name="legal.aid.issued.document",
        inverse_name="case_id",
        string="Issued Documents",
        readonly=True,
        copy=False,
    )

    # Actions

    def action_open_forms(self):
        """The forms that are of use at this stage, each as PDF or for Word, by one click."""
        self.ensure_one()
        self.check_access("read")
        return self.env["legal.aid.form.choice"]._open(self)

    def action_issue_document(self, form_code):
        """Enter the document in the register: it gets its number and is kept as it stands. Returns it.

        :param form_code: code of a form that is numbered, e.g. "grant", "refusal", "termination"
        """
        self.ensure_one()
        self.check_access("write")
        # The paper is described with the other forms; what stands in it is read under the officer's own rights.
        forms = self.env["legal.aid.form"]
        form = forms._get_form(form_code)
        if not form.word:
            raise AccessError(
                self.env._(
                    "“%(form)s” has no number of its own, so it is not issued: print it.",
                    form=form.title,
                )
            )
        # One number after the other, also when two officers issue at once.
        self.organization_id.sudo().lock_for_update(allow_referencing=True)
        today = legal_today(self)
        number, sequence = self._draw_document_number(form, today.year)
        paper = forms._get_paper(form_code, self, number=number, date=today)
        # Nobody writes the register but this step.
        issued_sudo = (
            self.env["legal.aid.issued.document"]
            .sudo()
            ._workflow_env()
            .create(
                {
                    "case_id": self.id,
                    "form_code": form_code,
                    "name": form.title,
                    "number": number,
                    "sequence": sequence,
                    "year": today.year,
                    "date": today,
                    "signed_by_id": self.env.user.id,
                    "content": forms._keep(paper),
                    "delivered_to": self.applicant_name if form.is_for_recipient else False,
                }
            )
        )
        return issued_sudo.with_env(self.env)

    # Business

    def _draw_document_number(self, form, year):
        """``(number, place in the sequence)`` of the next document of this kind, e.g. 平工援给〔2026〕0001号."""
        return self.env["legal.aid.issued.document"]._draw_number(self.organization_id, form, year)

    def _open_supplement_clock(self, date):
        self.ensure_one()
        self._open_deadline("supplement", date)
