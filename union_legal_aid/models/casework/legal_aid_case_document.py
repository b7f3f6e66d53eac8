import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..organization.legal_aid_workflow_mixin import WORKFLOW_TOKEN
from ..organization.legal_day import legal_today
from .legal_aid_case import RUNNING

# Pages that show that the worker signed.
PROOFS = ("attorney", "agreement", "agency")


class LegalAidCaseDocument(models.Model):
    """A paper of the case, with a class and its own rules; its attachment follows this record's rights."""

    _name = "legal.aid.case.document"
    _description = "Document of a Case"
    _inherit = ["legal.aid.case.leaf.mixin", "legal.aid.logged.mixin", "legal.aid.link.mixin"]
    _order = "case_id, kind, id"

    _checked_links = ("case_id",)

    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, ondelete="restrict", index=True)
    organization_id = fields.Many2one(related="case_id.organization_id", store=True, index=True)
    name = fields.Char(string="Title")
    kind = fields.Selection(
        selection=[
            ("application", "Application papers"),
            ("record", "Record of a spoken application, signed"),
            ("identity", "Proof of identity"),
            ("hardship", "Proof of hardship"),
            ("evidence", "Evidence"),
            ("mandate", "Mandate"),
            ("attorney", "Power of attorney"),
            ("agreement", "Agreement with the worker"),
            ("agency", "Power of attorney and agreement"),
            ("notice", "Stamped notice or receipt"),
            ("consent", "Consent to show the file"),
            ("objection", "Objection and the bureau's decision"),
            ("pleading", "Pleading"),
            ("procedure", "Notice of the tribunal"),
            ("decision", "Judgment, award or settlement"),
            ("work", "Photograph of the work"),
            ("file", "Case file"),
            ("archive", "Archive file"),
            ("other", "Other"),
        ],
        required=True,
        default="evidence",
    )
    confidentiality = fields.Selection(
        selection=[
            ("normal", "Everybody who may open the case"),
            ("sensitive", "Officers and the assigned lawyer"),
            ("internal", "Officers only"),
        ],
        required=True,
        default="normal",
        help="Medical papers, proof of identity and of income are for officers and the assigned lawyer.",
    )
    attachment_id = fields.Many2one(
        comodel_name="ir.attachment", ondelete="restrict", copy=False, index="btree_not_null"
    )
    file = fields.Binary(compute="_compute_file", inverse="_inverse_file")
    file_name = fields.Char(compute="_compute_file", inverse="_inverse_file_name")
    page_count = fields.Integer(string="Pages")
    received_date = fields.Date(required=True, default=legal_today)
    work_log_id = fields.Many2one(
        comodel_name="legal.aid.work.log",
        string="Shows the Work",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        help="The entry of the work log that this photograph was taken for (C3).",
    )
    is_superseded = fields.Boolean(
        string="Of an Earlier Lawyer",
        readonly=True,
        copy=False,
        help="Signed for a lawyer who no longer has the case: it stays in the file and proves nothing for his successor.",
    )

    _one_document_per_attachment = models.UniqueIndex(
        "(attachment_id) WHERE attachment_id IS NOT NULL",
        "This file belongs to another document already. Attach a copy.",
    )

    # Compute

    @api.depends("name", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for document in self:
            document.display_name = f"{document.case_id.name} {kinds.get(document.kind, '')}".strip()

    @api.depends("attachment_id")
    @api.depends_context("bin_size")
    def _compute_file(self):
        for document in self:
            # Who may read the document may read its file; the attachment itself is checked by way of this record.
            attachment_sudo = document.attachment_id.sudo()
            document.file = attachment_sudo.datas
            document.file_name = attachment_sudo.name

    def _inverse_file(self):
        for document in self:
            if document.file:
                document._attach(document.file_name or document.name, base64.b64decode(document.file))
            else:
                document.attachment_id = False

    def _inverse_file_name(self):
        """The name travels with the file; alone it changes nothing."""

    # Constraints

    @api.constrains("case_id", "kind", "attachment_id")
    def _check_consent(self):
        """The page on which a consent in force rests stays what and where it is."""
        for case in self._get_consented_cases():
            document = case.house_consent_document_id
            if document.case_id != case or document.kind != "consent" or not document.attachment_id:
                self._raise_consent(case)

    @api.constrains("work_log_id", "case_id")
    def _check_work_log(self):
        for document in self.filtered("work_log_id"):
            if document.work_log_id.case_id != document.case_id:
                raise ValidationError(
                    self.env._(
                        "%(document)s: the work belongs to another case. Choose an entry of this one.",
                        document=document.display_name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("is_superseded") for vals in vals_list):
            self._check_supersede()
        documents = super().create(vals_list)
        documents._check_file_open()
        documents._take_attachments()
        documents._note_agency_signed()
        return documents

    def write(self, vals):
        self._check_file_open()
        if "is_superseded" in vals:
            self._check_supersede()
        proven = (
            self._get_proven_cases() if {"attachment_id", "kind", "case_id"} & vals.keys() else self.case_id.browse()
        )
        result = super().write(vals)
        if {"case_id", "kind"} & vals.keys():
            self._check_file_open()
        if "attachment_id" in vals:
            self._take_attachments()
        if {"attachment_id", "kind", "case_id"} & vals.keys():
            self._note_agency_signed()
        proven._check_still_proven()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed_file(self):
        self._check_file_open()
        for case in self._get_consented_cases():
            self._raise_consent(case)

    def unlink(self):
        proven = self._get_proven_cases()
        result = super().unlink()
        proven._check_still_proven()
        return result

    def _read_format(self, fnames, load="_classic_read"):
        values = super()._read_format(fnames, load)
        # A form or list asks for the size; who gets the content downloads it, by whatever call.
        if "file" in fnames and not self.env.su and not self.env.context.get("bin_size"):
            self.filtered(lambda document: isinstance(document.id, int))._note_access("download", ["file"])
        return values

    # Business

    def _get_consented_cases(self):
        # Whether a consent in force rests on a page is the same for everybody.
        cases = self.env["legal.aid.case"].sudo()
        return cases.search([("house_consent_document_id", "in", self.ids), ("house_union_consent", "=", True)])

    def _raise_consent(self, case):
        raise ValidationError(
            self.env._(
                "The worker's consent in case %(case)s rests on this page. Withdraw the consent first.", case=case.name
            )
        )

    def _check_file_open(self):
        """Papers come in until the case is archived, after a refusal or a termination those of an objection.

        The archive file is made by a step of the case only (C8).
        """
        if self.env.context.get("legal_aid_workflow") is WORKFLOW_TOKEN:
            return
        if self.filtered(lambda document: document.kind == "archive"):
            raise AccessError(
                self.env._(
                    "The archive file is made by the button “Archive File” of an archived case. Nobody else writes it."
                )
            )
        for case in self.case_id:
            case._check_state(*RUNNING, "closed", "terminated", *case._get_objection_states())

    def _check_supersede(self):
        if self.env.context.get("legal_aid_workflow") is not WORKFLOW_TOKEN:
            raise AccessError(
                self.env._("Whose lawyer's page it is follows from the change of lawyer. Nobody marks it by hand.")
            )

    def _note_agency_signed(self):
        """The photographed pages of power of attorney and agreement are the proof that they were signed (C1, C12)."""
        for document in self.filtered(lambda document: document.kind in PROOFS and document.attachment_id):
            # Whoever may add papers to the file, the lawyer included, may hand in these.
            case_sudo = document.case_id.sudo()
            if case_sudo.state not in ("assigned", "in_progress"):
                continue
            if not case_sudo.agency_signed_date and case_sudo._has_stamped_page("agency"):
                case_sudo.write({"agency_signed_date": document.received_date})
            case_sudo._settle_agency_clock()

    def _get_proven_cases(self):
        """The cases whose clock of five days was met by pages that are among these."""
        # Whether a clock rests on a page is the same for everybody who may touch the page.
        cases = self.filtered(lambda document: document.kind in PROOFS and document.attachment_id).case_id.sudo()
        return cases.filtered(lambda case: case._is_agency_met() and not case._get_missing_items("clock"))

    def _workflow_env(self):
        """These documents, allowed to be written by a step of their case."""
        return self.with_context(legal_aid_workflow=WORKFLOW_TOKEN)

    def _take_attachments(self):
        """Tie each attachment to its document, so that it follows this record's rights; never somebody else's file."""
        for document in self.filtered("attachment_id"):
            attachment_sudo = document.attachment_id.sudo()
            own = attachment_sudo.res_model == self._name and attachment_sudo.res_id == document.id
            free = not attachment_sudo.res_id and attachment_sudo.create_uid == self.env.user
            if not (own or free or self.env.su):
                raise AccessError(
                    self.env._(
                        "This file belongs to another record. Upload it again for %(document)s.",
                        document=document.display_name,
                    )
                )
            attachment_sudo.write({"res_model": self._name, "res_id": document.id, "res_field": False, "public": False})

    def _attach(self, filename, content):
        """Store the bytes ``content`` as the file of this document."""
        self.ensure_one()
        # The file is written for this document only, whose rights were checked.
        self.attachment_id = (
            self.env["ir.attachment"]
            .sudo()
            .create({"name": filename or self.display_name, "raw": content, "res_model": self._name, "res_id": self.id})
        )
