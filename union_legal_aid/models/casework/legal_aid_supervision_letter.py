from odoo import api, fields, models

from ...tools import clocks
from ..organization.fingerprint import fingerprint
from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER

# The word in the number of each kind.
WORDS = {"notice": "监提", "opinion": "监意", "proposal": "监建"}
TEXTS = ("facts", "legal_ground", "demands")


class LegalAidSupervisionLetter(models.Model):
    """A labour-law supervision letter (一函两书, C14): notice or opinion to the employer, proposal to the labour authority.

    ==================  ==============================================  ====================================
    Step                Who                                             From → to
    ==================  ==============================================  ====================================
    ask for approval    officer of the union in charge                  draft
    approve             leader by approval rule, never who asked        draft → approved, with its number
    send                officer, with the day of delivery               approved → sent; the reply is awaited
    record reply        officer                                         sent → replied
    propose             officer; no reply in time, or none that helps   a proposal is drafted
    cancel              officer                                         draft, approved → cancelled
    ==================  ==============================================  ====================================
    """

    _name = "legal.aid.supervision.letter"
    _description = "Supervision Letter"
    _inherit = [
        "legal.aid.link.mixin",
        "legal.aid.deadline.mixin",
        "legal.aid.approval.mixin",
        "legal.aid.logged.mixin",
    ]
    _order = "id desc"
    _rec_names_search = ["name", "case_id"]
    _checked_links = ("case_id",)
    _access_log_fields = frozenset({*TEXTS, "reply"})

    _workflow_transitions = {
        "draft": ("approved", "cancelled"),
        "approved": ("sent", "cancelled"),
        "sent": ("replied",),
    }
    _workflow_fields = frozenset(
        {
            "state",
            "approval_state",
            "approval_request_id",
            "name",
            "sequence",
            "date",
            "approved_by_id",
            "sent_date",
            "delivery_method",
            "reply_date",
            "reply_result",
            "reply",
            "parent_id",
        }
    )
    _workflow_initial = {"state": "draft", "approval_state": "none"}
    _workflow_facts = dict.fromkeys(("case_id", "kind", "addressee", "rectify_until", *TEXTS), ("draft",))
    _approval_facts = ("case_id", "kind", "addressee", "rectify_until", *TEXTS)

    name = fields.Char(string="Number", readonly=True, copy=False, index="trigram")
    sequence = fields.Integer(readonly=True, copy=False)
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("approved", "Approved"),
            ("sent", "Delivered"),
            ("replied", "Replied"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, ondelete="restrict", index=True)
    organization_id = fields.Many2one(related="case_id.organization_id", store=True, index=True)
    kind = fields.Selection(
        selection=[
            ("notice", "Notice to the employer (提示函)"),
            ("opinion", "Opinion to the employer (意见书)"),
            ("proposal", "Proposal to the labour authority (建议书)"),
        ],
        required=True,
        default="opinion",
    )
    addressee = fields.Char(string="Addressed To", required=True)
    date = fields.Date(string="Dated", readonly=True, copy=False)
    facts = fields.Text(groups=OFFICER, help="What was found, as the addressee is to read it.")
    legal_ground = fields.Text(groups=OFFICER, help="The articles of law that were broken.")
    demands = fields.Text(groups=OFFICER, help="What the addressee is asked to do.")
    rectify_until = fields.Date(string="To Be Put Right By")
    approved_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    sent_date = fields.Date(string="Delivered On", readonly=True, copy=False)
    delivery_method = fields.Selection(
        selection=[("direct", "Handed over"), ("post", "By post"), ("electronic", "Electronically")],
        readonly=True,
        copy=False,
    )
    reply_date = fields.Date(string="Replied On", readonly=True, copy=False)
    reply_result = fields.Selection(
        selection=[("done", "Put right"), ("partly", "Partly put right"), ("refused", "Not put right")],
        string="What the Reply Says",
        readonly=True,
        copy=False,
    )
    reply = fields.Text(readonly=True, copy=False, groups=OFFICER)
    parent_id = fields.Many2one(
        comodel_name="legal.aid.supervision.letter",
        string="Follows",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The letter to the employer that this proposal follows.",
    )
    proposal_ids = fields.One2many(
        comodel_name="legal.aid.supervision.letter", inverse_name="parent_id", string="Proposals", readonly=True
    )
    can_handle = fields.Boolean(compute="_compute_can_handle")
    is_proposable = fields.Boolean(compute="_compute_can_handle")

    _number_unique = models.UniqueIndex(
        "(name) WHERE name IS NOT NULL", "Another letter has this number already. Try again."
    )

    # Compute

    @api.depends("name", "kind", "case_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for letter in self:
            letter.display_name = f"{labels.get(letter.kind, '')} {letter.name or letter.case_id.name or ''}".strip()

    @api.depends("state", "kind", "reply_result", "proposal_ids")
    @api.depends_context("uid")
    def _compute_can_handle(self):
        writable = self._origin._filtered_access("write")
        for letter in self:
            letter.can_handle = not letter._origin or letter._origin in writable
            letter.is_proposable = letter.can_handle and not letter._get_cannot_propose_reason()[letter]

    # Actions

    def action_send(self, date=None, method=None):
        """Record the delivery; the clock of the reply runs from that day (15 working days, 工会劳动法律监督办法)."""
        self.check_access("write")
        if not date:
            return self._open_step("send")
        self._check_state("approved")
        date = fields.Date.to_date(date)
        self._raise_reasons(self._get_cannot_send_reason(date))
        for letter in self:
            letter._transition("sent", {"sent_date": date, "delivery_method": method or "direct"})
            if letter.kind != "proposal":
                letter._open_deadline("supervision_reply", date)
        return True

    def action_record_reply(self, date=None, result=None, reply=""):
        """Record what the addressee answered; late is recorded as late.

        :param result: "done", "partly" or "refused"
        """
        self.check_access("write")
        if not (date and result):
            return self._open_step("reply")
        self._check_state("sent")
        date = fields.Date.to_date(date)
        self._raise_reasons(self._get_cannot_reply_reason(date))
        for letter in self:
            letter._transition("replied", {"reply_date": date, "reply_result": result, "reply": reply})
            letter._close_deadline("supervision_reply", date)
        return True

    def action_draft_proposal(self):
        """Draft the proposal to the labour authority from a letter that was not answered in time, or not with what it asks."""
        self.ensure_one()
        self.check_access("write")
        self._raise_reasons(self._get_cannot_propose_reason())
        proposal = self.create(
            {
                "case_id": self.case_id.id,
                "kind": "proposal",
                "addressee": self._get_labour_authority(),
                "facts": self._describe_silence(),
                "legal_ground": self.legal_ground,
                "demands": self.demands,
            }
        )
        proposal._workflow_write({"parent_id": self.id})
        return proposal._open()

    def action_cancel(self):
        """Give up a letter that was not sent; a number that was drawn stays used."""
        self.check_access("write")
        self._void_approval(self.env._("The letter was given up."))
        self._transition("cancelled")
        return True

    def action_print_pdf(self):
        return self._open_print("pdf")

    def action_print_word(self):
        return self._open_print("docx")

    # Business

    def _open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Supervision Letter"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _open_step(self, step):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Delivery") if step == "send" else self.env._("Reply"),
            "res_model": "legal.aid.letter.step",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_letter_id": self.id, "default_step": step},
        }

    def _open_print(self, extension):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/legal_aid/forms/supervision_{self.kind}/{self.id}/{extension}",
            "target": "download",
        }

    def _get_approval_facts(self):
        """The texts are frozen as fingerprints: who reads requests does not read them."""
        return {
            name: bool(value and value.strip()) and fingerprint(self.env, value) if name in TEXTS else value
            for name, value in super()._get_approval_facts().items()
        }

    def _get_cannot_request_approval_reason(self):
        reasons = super()._get_cannot_request_approval_reason()
        writable = self._filtered_access("write")
        for letter in self.filtered(lambda letter: not reasons[letter]):
            missing = [name for name in TEXTS if not (letter.sudo()[name] or "").strip()]
            if letter not in writable:
                reasons[letter] = self.env._(
                    "%(letter)s is a matter of %(union)s.",
                    letter=letter.display_name,
                    union=letter.organization_id.name,
                )
            elif missing:
                reasons[letter] = self.env._(
                    "%(letter)s is not complete yet: %(fields)s.",
                    letter=letter.display_name,
                    fields=self._get_field_labels(missing),
                )
        return reasons

    def _on_approved(self):
        today = legal_today(self)
        for letter in self:
            # One number after the other, also when two leaders sign at once.
            letter.organization_id.lock_for_update(allow_referencing=True)
            number, sequence = letter._draw_number(today.year)
            letter._transition(
                "approved",
                {"name": number, "sequence": sequence, "date": today, "approved_by_id": self.env.uid},
            )

    def _draw_number(self, year):
        """``(number, place in the sequence)`` of the next letter of this kind, e.g. 平工援监意〔2026〕0001号."""
        start = self._get_number_start(year)
        ((last,),) = self._read_group([("name", "=like", f"{start}%")], [], ["sequence:max"])
        sequence = (last or 0) + 1
        return f"{start}{sequence:04d}号", sequence

    def _get_number_start(self, year):
        """What the numbers of this kind begin with; the prefix of a union is no secret."""
        union = self.organization_id.sudo()
        return f"{union.document_prefix or union.code}{WORDS[self.kind]}〔{year}〕"

    def _get_reply_days(self):
        """Working days that the addressee has to answer, by the policy of the union."""
        return clocks.length("supervision_reply", self._get_clock_figures())

    def _get_reply_due(self):
        """The last day of the reply, or False while none is awaited."""
        return (
            self.sudo()
            .deadline_ids.filtered(lambda clock: clock.kind == "supervision_reply" and clock.state != "void")[:1]
            .date_due
        )

    def _get_cannot_send_reason(self, date):
        today = legal_today(self)
        return {
            letter: not letter.date <= date <= today
            and self.env._(
                "%(letter)s cannot have been delivered on that day: it lies before its date or in the future.",
                letter=letter.display_name,
            )
            for letter in self
        }

    def _get_cannot_reply_reason(self, date):
        today = legal_today(self)
        return {
            letter: not letter.sent_date <= date <= today
            and self.env._(
                "%(letter)s cannot have been answered on that day: it lies before the delivery or in the future.",
                letter=letter.display_name,
            )
            for letter in self
        }

    def _get_cannot_propose_reason(self):
        today = legal_today(self)
        reasons = {}
        for letter in self:
            reasons[letter] = False
            due = letter._get_reply_due() if letter.state == "sent" else False
            if letter.kind == "proposal" or letter.state not in ("sent", "replied"):
                reasons[letter] = self.env._(
                    "%(letter)s: a proposal follows a letter that was delivered to the employer.",
                    letter=letter.display_name,
                )
            elif letter.proposal_ids.filtered(lambda proposal: proposal.state != "cancelled"):
                reasons[letter] = self.env._("%(letter)s has its proposal already.", letter=letter.display_name)
            elif letter.state == "sent" and due and today <= due:
                reasons[letter] = self.env._(
                    "%(letter)s: the employer may still answer until %(date)s.",
                    letter=letter.display_name,
                    date=fields.Date.to_string(due),
                )
            elif letter.reply_result == "done":
                reasons[letter] = self.env._(
                    "%(letter)s: the employer put it right, so there is nothing to propose.", letter=letter.display_name
                )
        return reasons

    def _get_labour_authority(self):
        """The labour authority of the union in charge, to be completed by hand."""
        place = self.organization_id.name.replace("总工会", "")
        return f"{place}人力资源和社会保障局"

    def _describe_silence(self):
        """The facts of the first letter, and what came of it."""
        sent = self.sent_date
        opening = f"我会于{sent.year}年{sent.month}月{sent.day}日向{self.addressee}送达{self.name}。"
        result = "该单位逾期未予答复。" if self.state == "sent" else "该单位答复后仍未纠正。"
        return f"{opening}{result}\n{self.facts or ''}"

    def _note_access(self, kind, field_names=(), reason=None):
        """Whoever reads a letter opens the file of its case."""
        return self.case_id._note_access(kind, field_names, reason)
