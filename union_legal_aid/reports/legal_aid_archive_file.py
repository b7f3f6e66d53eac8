from collections import namedtuple

from odoo import api, models

from ..models.casework.legal_aid_stamped_mixin import COMBINED
from ..tools.paper import BLANK, Cell, Paper, Paragraph, Table, grid, pairs
from ..tools.pdf_file import MAX_BYTES, Binder, NotMergeable
from .forms import FORMS, SHELVES
from .forms.form import day, label, lawyer

# Where the papers of the case stand; a kind that is not named here comes last.
SHELF_OF_KIND = {
    "application": "application",
    "record": "application",
    "consent": "application",
    "identity": "identity",
    "hardship": "hardship",
    "mandate": "decision",
    "attorney": "agency",
    "agreement": "agency",
    "agency": "agency",
    "pleading": "pleading",
    "evidence": "evidence",
    "procedure": "procedure",
    "work": "report",
    "decision": "judgment",
    "notice": "delivery",
}
# The shelves of the union's own part (审批卷); the others are the lawyer's (承办卷).
UNION_SHELVES = ("application", "identity", "hardship", "receipt", "decision", "delivery", "quality")
# What is on record twice: the archive file itself.
LEFT_OUT = ("archive",)

# ``paper`` for a form, ``attachment`` for a paper of the case; one of them.
Entry = namedtuple("Entry", "shelf title date paper attachment", defaults=(None, None))
Line = namedtuple("Line", "entry first last reason", defaults=(0, 0, ""))


class LegalAidArchiveFile(models.AbstractModel):
    """Binds the archive file of a case (C8): 案卷封面, 卷内目录, 审批卷, 承办卷, 备考表.

    Pages are numbered from the first paper on, as on paper: cover, index and 备考表 carry no number. What cannot be part of a PDF is
    listed on the index as kept beside.
    """

    _name = "legal.aid.archive.file"
    _description = "Archive File"
    _inherit = "legal.aid.form"

    # Business

    @api.model
    def _bind(self, case):
        """``(content, number of pages)`` of the archive file of ``case``."""
        case = self._in_chinese(case)
        self = self.with_env(case.env)
        with Binder() as binder:
            lines = [self._bind_entry(binder, entry) for entry in self._collect(case)]
            count = binder.page_count
            front = [self._print_pdf([self._get_cover(case, count)]), self._print_pdf([self._get_index(case, lines)])]
            back = [self._print_pdf([self._get_note(case, lines, count)])]
            return binder.bind(front, back), count

    def _bind_entry(self, binder, entry):
        try:
            if entry.paper:
                return Line(entry, *binder.add(self._print_pdf([entry.paper])))
            attachment = entry.attachment
            if not attachment:
                return Line(entry, reason=self.env._("no file attached, kept on paper"))
            if attachment.file_size > MAX_BYTES:
                return Line(entry, reason=self.env._("too large"))
            return Line(entry, *binder.add(attachment.raw or b"", attachment.mimetype))
        except NotMergeable as refusal:
            return Line(entry, reason=self.env._(str(refusal)))

    @api.model
    def _collect(self, case):
        """Everything that belongs into the file, in the order of the archive."""
        places = [shelf for shelf, _title in SHELVES]
        entries = [*self._collect_forms(case), *self._collect_documents(case)]
        return sorted(entries, key=lambda entry: places.index(entry.shelf))

    def _collect_forms(self, case):
        """The forms that apply; what was issued as it was issued, what was signed not once more as a form."""
        issued = case.issued_document_ids.filtered(lambda document: document.state != "void")
        codes = set(issued.mapped("form_code"))
        signed = set(case.document_ids.mapped("kind"))
        signed |= {part for part, whole in COMBINED.items() if whole in signed}
        entries = [
            Entry(FORMS[document.form_code].shelf, f"{document.name} {document.number}", document.date, kept)
            for document in issued.sorted("id")
            if (kept := self._load(document.content))
        ]
        for form in FORMS.values():
            if form.code in codes or form.signed_kind in signed:
                continue
            records = self._get_records_of(case, form)
            entries += [
                Entry(form.shelf, form.title, None, form.get_paper(record))
                for record in records
                if form.is_filed(record)
            ]
        mandate = case.mandate_id
        if mandate.state == "issued" and "mandate" not in signed:
            paper = self.env["report.union_legal_aid.report_mandate"]._get_mandate_paper(mandate)
            entries.append(Entry("decision", f"{paper.title} {mandate.number}", mandate.date, paper))
        return entries

    def _get_records_of(self, case, form):
        """What the form is filled in from, in this case."""
        if form.model == "legal.aid.consultation":
            return case.consultation_ids
        if form.model == "legal.aid.supervision.letter":
            return case.letter_ids
        # Papers of the team, of a removal for example, are no part of a worker's file.
        return case if form.model == case._name else case.browse()

    def _collect_documents(self, case):
        documents = case.document_ids.filtered(lambda document: document.kind not in LEFT_OUT)
        return [
            Entry(
                SHELF_OF_KIND.get(document.kind, "other"),
                document.name or label(document, "kind"),
                document.received_date,
                # Who may read the document may read its file.
                attachment=document.attachment_id.sudo(),
            )
            for document in documents.sorted(lambda document: (document.received_date, document.id))
        ]

    # The papers around

    def _get_cover(self, case, count):
        helper = lawyer(case.volunteer_id)
        return Paper(
            "法律援助案卷",
            case.name,
            (
                Paragraph(case.organization_id.sudo().name, "center"),
                Paragraph(""),
                pairs(
                    ("受援人", case.applicant_name, 2),
                    ("案由", case.matter_id.name, 2),
                    ("援助方式", label(case, "service_form"), 2),
                    ("对方当事人", case.employer_name, 2),
                    ("承办单位", helper["firm"], 2),
                    ("承办人", helper["name"], 2),
                    ("办案机关及案号", f"{case.tribunal_name or BLANK}　{case.tribunal_case_number or ''}".strip(), 2),
                    ("办理结果", label(case, "outcome"), 2),
                ),
                pairs(
                    ("收案日期", day(case.application_date)),
                    ("结案日期", day(case.closed_date)),
                    ("归档日期", day(case.archived_date)),
                    ("保管期限", self._get_retention(case)),
                    ("本卷页数", f"{count}页"),
                    ("卷数", "一案一卷"),
                ),
            ),
        )

    def _get_retention(self, case):
        # How long a file is kept is no secret of the policy.
        years = case.policy_id.sudo().retention_years if case.policy_id else 30
        return f"{years}年" if years and not case.is_permanent else "永久"

    def _get_index(self, case, lines):
        header = tuple(Cell(text, is_label=True) for text in ("序号", "材料名称", "日期", "页次"))
        rows = [header]
        merged = [line for line in lines if line.first]
        parts = (("审批卷", True), ("承办卷", False))
        number = 0
        for title, is_union in parts:
            of_part = [line for line in merged if (line.entry.shelf in UNION_SHELVES) == is_union]
            if of_part:
                rows.append((Cell(title, span=4, is_label=True),))
            for line in of_part:
                number += 1
                rows.append(self._get_index_row(number, line))
        blocks = [Table((10, 54, 20, 16), tuple(rows), header=1)]
        beside = [line for line in lines if not line.first]
        if beside:
            blocks += [
                Paragraph("另存材料（未编入本卷）", "heading"),
                Table(
                    (10, 50, 40),
                    (
                        tuple(Cell(text, is_label=True) for text in ("序号", "材料名称", "原因")),
                        *(
                            (Cell(str(index)), Cell(line.entry.title), Cell(line.reason))
                            for index, line in enumerate(beside, start=1)
                        ),
                    ),
                    header=1,
                ),
            ]
        return Paper("卷内目录", case.name, tuple(blocks))

    def _get_index_row(self, number, line):
        pages = str(line.first) if line.first == line.last else f"{line.first}—{line.last}"
        date = day(line.entry.date) if line.entry.date else ""
        return (Cell(str(number)), Cell(line.entry.title), Cell(date), Cell(pages))

    def _get_note(self, case, lines, count):
        beside = sum(1 for line in lines if not line.first)
        corrections = self._get_corrections(case)
        return Paper(
            "备考表",
            case.name,
            (
                pairs(
                    ("本卷情况说明", f"本卷共{count}页，另存材料{beside}件。", 8),
                    ("立卷人", "", 2),
                    ("检查人", "", 2),
                    ("立卷时间", day(case.archived_date), 2),
                ),
                *corrections,
            ),
        )

    def _get_corrections(self, case):
        """What was put right after it was frozen, and by whose approval (C13); nothing where nothing was."""
        applied = case.correction_ids.filtered(lambda correction: correction.state == "applied").sorted("id")
        rows = [
            (
                str(index),
                day(correction.applied_date),
                correction.field_name and label(correction, "field_name") or label(correction, "kind"),
                correction.old_value or "",
                correction.new_value or "",
                # Who decided is told on the papers of the case, whoever prints them.
                correction.sudo().applied_by_id.name or "",
            )
            for index, correction in enumerate(applied, start=1)
        ]
        if not rows:
            return ()
        headers = ("序号", "更正日期", "更正事项", "原记载", "更正为", "批准人")
        return (Paragraph("更正记录", "heading"), grid(headers, rows, (8, 18, 18, 22, 22, 12)))
