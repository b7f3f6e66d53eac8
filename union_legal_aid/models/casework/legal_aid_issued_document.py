from odoo import api, fields, models
from odoo.exceptions import UserError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER, MaskedChar


class LegalAidIssuedDocument(models.Model):
    """An official document as it was issued: number, wording, signer, and the receipt of its delivery (C9, 送达回证).

    The wording is kept, so that it prints the same whatever the case becomes later. Issued by ``action_issue_document`` of the case only.

    ==================  =======================================  =================================
    Step                Who                                      From → to
    ==================  =======================================  =================================
    deliver             officers of the union in charge          issued → delivered
    void                officers, with a note                    issued → void
    ==================  =======================================  =================================
    """

    _name = "legal.aid.issued.document"
    _description = "Issued Document"
    _inherit = ["legal.aid.link.mixin", "legal.aid.workflow.mixin", "legal.aid.masked.mixin", "legal.aid.logged.mixin"]
    _order = "date desc, id desc"
    _rec_names_search = ["number"]
    _checked_links = ("case_id",)
    _access_log_fields = frozenset({"content"})

    _workflow_transitions = {"issued": ("delivered", "void")}
    _workflow_fields = frozenset(
        {
            "state",
            "case_id",
            "leaving_id",
            "form_code",
            "name",
            "number",
            "sequence",
            "year",
            "date",
            "signed_by_id",
            "content",
            "void_note",
        }
    )
    _workflow_initial = {"state": "issued"}
    _workflow_facts = dict.fromkeys(
        ("delivered_to", "delivery_method", "delivered_date", "received_by", "delivery_note"), ("issued",)
    )

    case_id = fields.Many2one(
        comodel_name="legal.aid.case",
        readonly=True,
        ondelete="restrict",
        index=True,
        help="Empty: a letter of the team.",
    )
    leaving_id = fields.Many2one(
        comodel_name="legal.aid.leaving", string="Exit", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization", string="Union", compute="_compute_organization_id", store=True, index=True
    )
    form_code = fields.Char(required=True, readonly=True)
    name = fields.Char(string="Form", required=True, readonly=True)
    number = fields.Char(required=True, readonly=True, index="trigram")
    sequence = fields.Integer(readonly=True)
    year = fields.Integer(readonly=True, aggregator=None)
    date = fields.Date(string="Issued On", required=True, readonly=True)
    signed_by_id = fields.Many2one(
        comodel_name="res.users", string="Issued By", required=True, readonly=True, ondelete="restrict"
    )
    content = fields.Json(readonly=True, groups=OFFICER)
    state = fields.Selection(
        selection=[("issued", "Issued"), ("delivered", "Delivered"), ("void", "Void")],
        default="issued",
        required=True,
        readonly=True,
        index=True,
    )
    void_note = fields.Text(string="Void Because", readonly=True, groups=OFFICER)
    delivered_to = MaskedChar(mask="name", groups=OFFICER, help="Whom it is for (受送达人).")
    delivery_method = fields.Selection(
        selection=[
            ("direct", "Handed over"),
            ("post", "By post"),
            ("electronic", "Electronically"),
            ("left", "Left at the address"),
            ("other", "Otherwise"),
        ],
        string="Delivered How",
    )
    delivered_date = fields.Date(string="Delivered On")
    received_by = MaskedChar(string="Signed For By", mask="name", groups=OFFICER, help="Who signed for it.")
    delivery_note = fields.Char(groups=OFFICER)
    receipt_document_id = fields.Many2one(
        comodel_name="legal.aid.case.document",
        string="Stamped or Signed Page",
        domain="[('case_id', '=', case_id)]",
        ondelete="restrict",
        index="btree_not_null",
        help="The photograph of the stamped document or of the signed receipt, among the papers of the case.",
    )

    _number_unique = models.Constraint("UNIQUE(number)", "Another document has this number already. Try again.")

    # Compute

    @api.depends("case_id.organization_id", "leaving_id.organization_id")
    def _compute_organization_id(self):
        for document in self:
            document.organization_id = document.case_id.organization_id or document.leaving_id.organization_id

    @api.depends("name", "number")
    def _compute_display_name(self):
        for document in self:
            document.display_name = f"{document.name} {document.number}"

    # Constraints

    @api.constrains("receipt_document_id")
    def _check_receipt(self):
        for document in self:
            page = document.receipt_document_id
            if page and page.case_id != document.case_id:
                raise UserError(
                    self.env._(
                        "The page belongs to another case than %(document)s. Choose a paper of case %(case)s.",
                        document=document.display_name,
                        case=document.case_id.name,
                    )
                )

    # Actions

    def action_deliver(self, *, date=None, method=None, received_by=None):
        """Record the delivery, as entered on the form or as given; clocks that wait for it are met or begin."""
        self.check_access("write")
        self._check_state("issued")
        given = {"delivered_date": date, "delivery_method": method, "received_by": received_by}
        self.write({name: value for name, value in given.items() if value})
        self._raise_reasons(self._get_cannot_deliver_reason())
        for document in self:
            document._transition("delivered")
            document._on_delivered()
        return True

    def action_void(self, note=""):
        """Take a document back that was issued by mistake; its number stays used."""
        if not (note or "").strip():
            return self.env["legal.aid.reason.dialog"]._open(self, "action_void", False, self.env._("Void"))
        self.check_access("write")
        self._transition("void", {"void_note": note})
        return True

    def action_print_pdf(self):
        return self._open_print("pdf")

    def action_print_word(self):
        return self._open_print("docx")

    # Business

    @api.model
    def _enter(self, form, record, union, links, delivered_to=False):
        """Enter the paper ``form`` of ``record`` in the register of ``union``: it gets its number and is kept as it stands.

        What stands in it is read under the rights of whoever issues it.

        :param links: the field that names ``record``, with its id
        :param delivered_to: whom it is for
        """
        # One number after the other, also when two officers issue at once.
        union.sudo().lock_for_update(allow_referencing=True)
        today = legal_today(self)
        number, sequence = self._draw_number(union, form, today.year)
        forms = self.env["legal.aid.form"]
        paper = forms._get_paper(form.code, record, number=number, date=today)
        # Nobody writes the register but this step.
        issued_sudo = (
            self.sudo()
            ._workflow_env()
            .create(
                {
                    **links,
                    "form_code": form.code,
                    "name": form.title,
                    "number": number,
                    "sequence": sequence,
                    "year": today.year,
                    "date": today,
                    "signed_by_id": self.env.user.id,
                    "content": forms._keep(paper),
                    "delivered_to": delivered_to,
                }
            )
        )
        return issued_sudo.with_env(self.env)

    @api.model
    def _draw_number(self, union, form, year):
        """``(number, place in the sequence)`` of the next document of this kind, e.g. 平工援给〔2026〕0001号."""
        union_sudo = union.sudo()
        start = f"{union_sudo.document_prefix or union_sudo.code}{form.word}〔{year}〕"
        # Documents of all cases of the union share the sequence, whoever may read them.
        ((last,),) = self.sudo()._read_group(
            [("number", "=like", f"{start}%"), ("year", "=", year)], [], ["sequence:max"]
        )
        sequence = (last or 0) + 1
        return f"{start}{sequence:04d}号", sequence

    def _open_print(self, extension):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/legal_aid/issued/{self.id}/{extension}",
            "target": "download",
        }

    def _get_cannot_deliver_reason(self):
        today = legal_today(self)
        reasons = {}
        for document in self:
            names = {"document": document.display_name}
            reasons[document] = False
            if not document.delivered_date or not document.delivery_method:
                reasons[document] = self.env._(
                    "Enter when and how %(document)s was delivered, then record the delivery.", **names
                )
            elif not document.date <= document.delivered_date <= today:
                reasons[document] = self.env._(
                    "%(document)s cannot have been delivered on that day: it lies before its issue or in the future.",
                    **names,
                )
        return reasons

    def _on_delivered(self):
        """What the law counts from, or by, the delivery."""
        self.ensure_one()
        case = self.case_id
        if self.form_code == "supplement" and case.state == "supplement":
            # The applicant has his days from the day on which he knows.
            case._open_supplement_clock(self.delivered_date)
        elif self.form_code == "termination":
            # The firm and the tribunal have to be told, too; the last of them meets the clock.
            case._deliver_termination("recipient", self.delivered_date, self.delivery_method)

    def _is_on_record(self):
        """Whoever reads it on the form of its case is on record there."""
        return self.case_id._is_on_record() or super()._is_on_record()

    def _note_access(self, kind, field_names=(), reason=None):
        """Whoever sees a document opens the file of its case."""
        on_case, others = self.filtered("case_id"), self.filtered(lambda document: not document.case_id)
        if others:
            super(LegalAidIssuedDocument, others)._note_access(kind, field_names, reason)
        return on_case.case_id._note_access(kind, field_names, reason) if on_case else None
