from odoo import api, models
from odoo.tools import SQL

from ..organization.legal_aid_workflow_mixin import WORKFLOW_TOKEN

# Where the leaves of a case and what else tells of it stand, and how each names the case. A test holds that no model is forgotten.
TOLD_IN = {
    "legal.aid.case": "id",
    "legal.aid.assignment": "case_id",
    "legal.aid.call.back": "case_id",
    "legal.aid.case.correction": "case_id",
    "legal.aid.case.document": "case_id",
    "legal.aid.case.fact": "case_id",
    "legal.aid.case.family": "case_id",
    "legal.aid.case.paper": "case_id",
    "legal.aid.case.party": "case_id",
    "legal.aid.case.private": "case_id",
    "legal.aid.conflict.check": "case_id",
    "legal.aid.conflict.hit": "check_id.case_id",
    "legal.aid.consultation": "case_id",
    "legal.aid.consultation.private": "consultation_id.case_id",
    "legal.aid.file.review": "case_id",
    "legal.aid.issued.document": "case_id",
    "legal.aid.lawyer.change": "case_id",
    "legal.aid.leaving.line": "case_id",
    "legal.aid.major.report": "case_id",
    "legal.aid.mandate": "case_id",
    "legal.aid.mediation": "case_id",
    "legal.aid.objection": "case_id",
    "legal.aid.quality.check": "case_id",
    "legal.aid.question": "case_id",
    "legal.aid.service.request": "case_id",
    "legal.aid.service.request.private": "request_id.case_id",
    "legal.aid.substitute.leave": "case_id",
    "legal.aid.supervision.letter": "case_id",
    "legal.aid.termination.notice": "case_id",
    "legal.aid.transfer": "case_id",
    "legal.aid.work.log": "case_id",
    "legal.aid.work.log.correction": "log_id.case_id",
}
# What names a case and is kept, each for its own reason and term.
KEPT_MODELS = {
    "legal.aid.complaint": "about the lawyer; has its own term",
    "legal.aid.expense": "voucher of account (会计档案管理办法)",
    "legal.aid.file.disposal.line": "the entry of the destruction itself",
    "legal.aid.file.reading": "who read the file",
    "legal.aid.removal.element": "about the lawyer",
}
# Numbers, by which a record is found again. Every other text goes: a new field is erased unless somebody names it here.
KEPT_TEXTS = {
    "legal.aid.case": {"name"},
    "legal.aid.conflict.hit": {"found_model"},
    "legal.aid.consultation": {"name"},
    "legal.aid.issued.document": {"form_code", "name", "number"},
    "legal.aid.mandate": {"case_number", "number"},
    "legal.aid.objection": {"case_number", "decision_number"},
    "legal.aid.question": {"name"},
    "legal.aid.service.request": {"name"},
    "legal.aid.supervision.letter": {"name"},
    "legal.aid.transfer": {"case_number"},
    "legal.aid.work.log.correction": {"case_number"},
}
TEXTS = ("char", "text", "html", "json", "binary")
# Whom the record is about, where the other record goes on to know him.
PERSONS = {"legal.aid.case": {"card_id"}}


class LegalAidErasure(models.AbstractModel):
    """What a file told is erased for good (X3): texts, keys and hashes, papers, attachments, messages. Numbers and figures stay.

    It writes past the doors of the models, which all say that nothing is changed any more; so it is called by the executed decision on
    destruction (``legal.aid.file.disposal``) and by nothing else. The bytes of the attachments leave the file store with Odoo's next
    daily clean-up.
    """

    _name = "legal.aid.erasure"
    _description = "Erasure of Destroyed Files"

    @api.model
    def _erase(self, cases):
        """Erase what is told in the files of ``cases`` anywhere."""
        self.env.flush_all()
        for model, path in TOLD_IN.items():
            # Also what the person who executes the decision may not see.
            records_sudo = self.env[model].sudo().with_context(active_test=False).search([(path, "in", cases.ids)])
            if records_sudo:
                self._erase_beside(records_sudo)
                self._erase_texts(records_sudo)
        self.env.invalidate_all()

    @api.model
    def _erase_texts(self, records):
        """Empty every text column but the numbers; columns that must not be empty get an empty text."""
        kept = KEPT_TEXTS.get(records._name, ())
        fields = [
            field
            for field in records._fields.values()
            if field.store and field.column_type and field.name not in kept and self._tells(records, field)
        ]
        if not fields:
            return
        is_append_only = isinstance(records, self.env.registry["legal.aid.append.only.mixin"])
        self._update(
            records,
            SQL(", ").join(SQL("%s = %s", SQL.identifier(field.name), self._get_empty(field)) for field in fields),
            guard=is_append_only and f"{records._table}_append_only",
        )

    @api.model
    def _update(self, records, assignments, guard=None):
        """Write to the rows themselves. The law on erasure outranks our own rule that guarded rows stay as they are."""
        table = SQL.identifier(records._table)
        if guard:
            self.env.cr.execute(SQL("ALTER TABLE %s DISABLE TRIGGER %s", table, SQL.identifier(guard)))
        self.env.cr.execute(SQL("UPDATE %s SET %s WHERE id IN %s", table, assignments, tuple(records.ids)))
        if guard:
            self.env.cr.execute(SQL("ALTER TABLE %s ENABLE TRIGGER %s", table, SQL.identifier(guard)))

    @api.model
    def _tells(self, records, field):
        if field.type == "many2one":
            return field.comodel_name == "ir.attachment" or field.name in PERSONS.get(records._name, ())
        return field.type in TEXTS

    @api.model
    def _get_empty(self, field):
        if not field.required or field.type == "many2one":
            return SQL("NULL")
        return SQL("'{}'::jsonb") if field.type == "json" else SQL("''")

    @api.model
    def _erase_beside(self, records):
        """Attachments, messages, to-dos, and the key of the worker among the frozen facts of approvals."""
        own = [("res_model", "=", records._name), ("res_id", "in", records.ids)]
        if records._fields.get("attachment_id"):
            # The paper lets go of its file, which could not be deleted else.
            self._update(records, SQL("attachment_id = NULL"))
            records.invalidate_model(["attachment_id"], flush=False)
        attachments_sudo = self.env["ir.attachment"].sudo().with_context(legal_aid_workflow=WORKFLOW_TOKEN)
        attachments_sudo.search([*own, "|", ("res_field", "=", False), ("res_field", "!=", False)]).unlink()
        if "message_ids" in records._fields:
            messages_sudo = self.env["mail.message"].sudo()
            messages_sudo.search([("model", "=", records._name), ("res_id", "in", records.ids)]).unlink()
        self.env["mail.activity"].sudo().search(own).unlink()
        requests_sudo = self.env["legal.aid.approval.request"].sudo().search(own)
        if requests_sudo:
            self._update(requests_sudo, SQL("facts = facts - 'applicant_id_hash'"), "legal_aid_approval_request_check")
