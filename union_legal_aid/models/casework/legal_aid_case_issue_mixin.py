from odoo import fields, models
from odoo.exceptions import AccessError


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
        form = self.env["legal.aid.form"]._get_form(form_code)
        if not form.word:
            raise AccessError(
                self.env._(
                    "“%(form)s” has no number of its own, so it is not issued: print it.",
                    form=form.title,
                )
            )
        return self.env["legal.aid.issued.document"]._enter(
            form,
            self,
            self.organization_id,
            {"case_id": self.id},
            self.applicant_name if form.is_for_recipient else False,
        )

    # Business

    def _open_supplement_clock(self, date):
        self.ensure_one()
        self._open_deadline("supplement", date)
