from odoo import api, fields, models
from odoo.exceptions import AccessError


class LegalAidFormChoice(models.TransientModel):
    """One line of the list of forms that can be printed for a case now (C9)."""

    _name = "legal.aid.form.choice"
    _description = "Form to Print"
    _order = "id"

    case_id = fields.Many2one(comodel_name="legal.aid.case", readonly=True, ondelete="cascade")
    consultation_id = fields.Many2one(comodel_name="legal.aid.consultation", readonly=True, ondelete="cascade")
    form_code = fields.Char(required=True, readonly=True)
    form_number = fields.Integer(string="No.", readonly=True, aggregator=None)
    name = fields.Char(string="Form", required=True, readonly=True)
    issued_document_id = fields.Many2one(
        comodel_name="legal.aid.issued.document", string="Issued As", readonly=True, ondelete="cascade"
    )
    issued_number = fields.Char(related="issued_document_id.number", string="Number")
    can_issue = fields.Boolean(readonly=True)

    # Actions

    def action_print_pdf(self):
        return self._open_print("pdf")

    def action_print_word(self):
        return self._open_print("docx")

    def action_issue(self):
        """Enter the document in the register and show the list anew."""
        self.ensure_one()
        self.case_id.action_issue_document(self.form_code)
        return self._open(self.case_id)

    # Business

    @api.model
    def _open(self, record):
        """The list for ``record``, a case or a consultation."""
        if not self.env.user.has_group("union_legal_aid.group_officer"):
            raise AccessError(self.env._("Forms are printed by officers. Ask the union in charge."))
        lines = self.create(self._prepare_lines(record))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Print a Form"),
            "res_model": self._name,
            "view_mode": "list",
            "views": [(False, "list")],
            "target": "new",
            "domain": [("id", "in", lines.ids)],
        }

    @api.model
    def _prepare_lines(self, record):
        forms = self.env["legal.aid.form"]
        if record._name != "legal.aid.case":
            return [self._prepare_line(form, consultation_id=record.id) for form in forms._find_forms(record)]
        can_write = record.has_access("write")
        issued = record.issued_document_ids.filtered(lambda document: document.state != "void").grouped("form_code")
        lines = []
        for form in forms._find_forms(record):
            kept = issued.get(form.code, self.env["legal.aid.issued.document"])
            lines.append(
                self._prepare_line(
                    form,
                    case_id=record.id,
                    issued_document_id=kept[:1].id,
                    can_issue=bool(can_write and form.word and (form.is_repeated or not kept)),
                )
            )
        return lines

    def _prepare_line(self, form, **vals):
        return {"form_code": form.code, "form_number": form.number, "name": form.title, **vals}

    def _open_print(self, extension):
        """What was issued is printed as it was issued, everything else as the record stands now."""
        self.ensure_one()
        if self.issued_document_id:
            return self.issued_document_id._open_print(extension)
        record = self.case_id or self.consultation_id
        return {
            "type": "ir.actions.act_url",
            "url": f"/legal_aid/forms/{self.form_code}/{record.id}/{extension}",
            "target": "download",
        }
