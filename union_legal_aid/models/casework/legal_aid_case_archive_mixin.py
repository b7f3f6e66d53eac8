import logging

from odoo import api, fields, models

from ..organization.legal_day import legal_today

_logger = logging.getLogger(__name__)
# A file takes some seconds; the job hands over in between.
BATCH = 5
ARCHIVE = "archive"


class LegalAidCaseArchiveMixin(models.AbstractModel):
    """The archive file of a case (C8): cover, index, all papers in the order of the archive, one PDF; 一案一卷.

    It is made soon after the case is archived, and again whenever an officer asks for it. As it holds every paper of the case, it has
    the strictest class of all.
    """

    _name = "legal.aid.case.archive.mixin"
    _description = "Archive File of a Case"
    _inherit = ["legal.aid.case.work.mixin", "legal.aid.case.file.mixin"]

    is_permanent = fields.Boolean(
        string="Keep for Ever",
        copy=False,
        help="Major and exemplary cases are kept permanently; all others as long as the policy says.",
    )
    has_archive_file = fields.Boolean(compute="_compute_has_archive_file", groups="union_legal_aid.group_officer")

    # Compute

    @api.depends("state", "document_ids.kind")
    def _compute_has_archive_file(self):
        archived = self.filtered(lambda case: case.state == "archived")
        found = dict(
            self.env["legal.aid.case.document"]._read_group(
                [("case_id", "in", archived.ids), ("kind", "=", ARCHIVE)], ["case_id"], ["__count"]
            )
            if archived
            else ()
        )
        for case in self:
            case.has_archive_file = case._origin in found

    # CRUD

    def write(self, vals):
        if "is_permanent" in vals and not vals["is_permanent"]:
            # Officers may keep a file longer; that an archived one is kept for a term only, a leader decides.
            self.filtered(lambda case: case.is_permanent and case.state == "archived")._check_leader()
        return super().write(vals)

    # Actions

    def action_archive(self, *, file_received_date=None):
        result = super().action_archive(file_received_date=file_received_date)
        # Printing a whole file takes a while, and the office need not wait for it. The job itself is the system's.
        self.env.ref("union_legal_aid.ir_cron_archive_file").sudo()._trigger()
        return result

    def action_open_archive_file(self):
        """Download the archive file; the first time, make it."""
        self.ensure_one()
        if not self._find_archive_file():
            return self.action_build_archive_file()
        return self._download_archive_file()

    def action_build_archive_file(self):
        """Make the archive file anew from what is on record now, and download it."""
        self.ensure_one()
        self.check_access("write")
        self._check_state("archived")
        self._build_archive_file()
        self._note_access("print", ["archive.pdf"])
        return self._download_archive_file()

    # Business

    def _find_archive_file(self):
        self.ensure_one()
        return self.env["legal.aid.case.document"].search(
            [("case_id", "=", self.id), ("kind", "=", ARCHIVE), ("attachment_id", "!=", False)], limit=1
        )

    def _build_archive_file(self):
        """The archive file as a document of the case; an earlier one gives way to it."""
        self.ensure_one()
        content, page_count = self.env["legal.aid.archive.file"]._bind(self)
        # Nobody but this step writes into a file that is archived.
        documents_sudo = self.env["legal.aid.case.document"].sudo()._workflow_env()
        vals = {"page_count": page_count, "received_date": legal_today(self)}
        document_sudo = self._find_archive_file().sudo()._workflow_env()
        former_sudo = document_sudo.attachment_id
        if document_sudo:
            document_sudo.write(vals)
        else:
            document_sudo = documents_sudo.create(
                {
                    "case_id": self.id,
                    "kind": ARCHIVE,
                    "confidentiality": "internal",
                    "name": f"{self.name} 案卷",
                    **vals,
                }
            )
        document_sudo._attach(f"{self.name}.pdf", content)
        former_sudo.unlink()
        self.invalidate_recordset(["has_archive_file"])
        return document_sudo.with_env(self.env)

    def _download_archive_file(self):
        document = self._find_archive_file()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{document._name}/{document.id}/file?filename_field=file_name&download=true",
            "target": "download",
        }

    # Mail & cron

    @api.model
    def _cron_build_archive_files(self):
        """The files of archived cases that have none yet. One that cannot be made is tried again on the next day."""
        tried = set()
        while cases := self.search(self._domain_without_archive_file(tried), limit=BATCH).try_lock_for_update():
            for case in cases:
                tried.add(case.id)
                try:
                    with self.env.cr.savepoint():
                        case._build_archive_file()
                except Exception:
                    # A case with a paper that nobody foresaw must not keep the others waiting.
                    _logger.exception("Archive file of %s,%s", case._name, case.id)
            left = self.search_count(self._domain_without_archive_file(tried))
            if not self.env["ir.cron"]._commit_progress(len(cases), remaining=left):
                return

    @api.model
    def _domain_without_archive_file(self, tried):
        return [
            ("state", "=", "archived"),
            ("id", "not in", list(tried)),
            ("document_ids", "not any", [("kind", "=", ARCHIVE)]),
        ]
