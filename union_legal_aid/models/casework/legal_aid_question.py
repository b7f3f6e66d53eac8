import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import AUDITOR, OFFICER
from ..organization.wording import join_names

VOLUNTEER = "union_legal_aid.group_volunteer"
JUSTICE = "union_legal_aid.group_justice"
# Where a question comes from is nobody's business at the bureau.
ORIGIN_READERS = f"{OFFICER},{VOLUNTEER},{AUDITOR}"
# A number of an identity card, or of a mobile phone.
NUMBERS = re.compile(r"(?<!\d)(\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")


class LegalAidQuestion(models.Model):
    """A difficult question of law, put to the justice bureau and answered there (C5; 工作方案 §四(二)).

    It is written without names, so that the bureau, which supervises without them, may read it; names and numbers that the case
    knows are refused. The answer goes back to officer and lawyer, and may be published for all without any way to the case.

    ==================  ==============================================  ==================================
    Step                Who                                             From → to
    ==================  ==============================================  ==================================
    ask                 officer, or the lawyer of the case              → draft
    refer               officer of the union in charge or above         draft → referred
    answer              the justice bureau, which writes nothing else   referred → answered
    publish             officer of the union in charge or above         answered → published
    withdraw            officer                                         draft, referred → withdrawn
    ==================  ==============================================  ==================================
    """

    _name = "legal.aid.question"
    _description = "Difficult Question"
    _inherit = ["legal.aid.link.mixin", "legal.aid.workflow.mixin", "mail.thread"]
    _order = "id desc"
    _rec_names_search = ["name"]
    _checked_links = ("case_id",)

    _workflow_transitions = {
        "draft": ("referred", "withdrawn"),
        "referred": ("answered", "withdrawn"),
        "answered": ("published",),
    }
    _workflow_fields = frozenset(
        {
            "state",
            "name",
            "asked_by_id",
            "referred_date",
            "referred_by_id",
            "answer",
            "answered_date",
            "answered_by_id",
            "published_date",
        }
    )
    _workflow_initial = {"state": "draft"}
    _workflow_facts = dict.fromkeys(
        ("text", "matter_id", "is_name_free", "case_id", "consultation_id", "organization_id"), ("draft",)
    )

    name = fields.Char(string="Number", readonly=True, copy=False, index=True)
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("referred", "At the justice bureau"),
            ("answered", "Answered"),
            ("published", "Published"),
            ("withdrawn", "Withdrawn"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    case_id = fields.Many2one(
        comodel_name="legal.aid.case", ondelete="restrict", index="btree_not_null", groups=ORIGIN_READERS
    )
    consultation_id = fields.Many2one(
        comodel_name="legal.aid.consultation", ondelete="restrict", index="btree_not_null", groups=ORIGIN_READERS
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        compute="_compute_origin",
        store=True,
        readonly=False,
        precompute=True,
        compute_sudo=True,
        required=True,
        ondelete="restrict",
        index=True,
    )
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        compute="_compute_origin",
        store=True,
        precompute=True,
        compute_sudo=True,
        ondelete="restrict",
        index="btree_not_null",
        groups=ORIGIN_READERS,
    )
    matter_id = fields.Many2one(
        comodel_name="legal.aid.matter",
        compute="_compute_origin",
        store=True,
        readonly=False,
        precompute=True,
        compute_sudo=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    text = fields.Text(
        string="Question", required=True, help="No names, numbers or addresses: the question of law only."
    )
    is_name_free = fields.Boolean(
        string="No Personal Data in It", help="Whoever asks has read the text again and found nothing personal in it."
    )
    asked_by_id = fields.Many2one(
        comodel_name="res.users",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups=ORIGIN_READERS,
    )
    referred_date = fields.Date(readonly=True, copy=False)
    referred_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    answer = fields.Text(readonly=True, copy=False)
    answered_date = fields.Date(readonly=True, copy=False)
    answered_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    published_date = fields.Date(readonly=True, copy=False)
    can_handle = fields.Boolean(compute="_compute_can_handle")
    can_answer = fields.Boolean(compute="_compute_can_handle")

    # Compute

    @api.depends("case_id", "consultation_id")
    def _compute_origin(self):
        for question in self:
            origin = question.case_id or question.consultation_id
            question.organization_id = (
                origin.organization_id
                or question.organization_id
                or self.env["legal.aid.jurisdiction.mixin"]._get_own_jurisdiction()
            )
            question.volunteer_id = origin.volunteer_id or question.volunteer_id
            question.matter_id = question.matter_id or origin.matter_id

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_handle(self):
        writable = self._origin._filtered_access("write")
        is_bureau = self.env.user.has_group(JUSTICE)
        for question in self:
            question.can_handle = not question._origin or question._origin in writable
            question.can_answer = question.state == "referred" and is_bureau

    # Constraints

    @api.constrains("text", "case_id", "consultation_id")
    def _check_no_personal_data(self):
        """No number of a person, and nothing of what the case or the call says of who he is."""
        for question in self:
            # What is personal is known to the record it comes from, not to everybody who asks.
            known = question.sudo()._get_personal_texts()
            if NUMBERS.search(question.text) or any(text in question.text for text in known):
                raise UserError(
                    self.env._(
                        "The question names somebody or carries a number of a person. The justice bureau reads it, so write"
                        " “the worker” and “the employer” instead."
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        questions = super().create(vals_list)
        sequences_sudo = self.env["ir.sequence"].sudo()  # everybody who may ask draws a number
        for question in questions:
            number = sequences_sudo.next_by_code("legal.aid.question")
            question.sudo()._workflow_write({"name": number, "asked_by_id": self.env.user.id})
        return questions

    # Actions

    def action_refer(self):
        """Put the question to the justice bureau; whoever does has read it for personal data (C5)."""
        self.check_access("write")
        self._raise_reasons(self._get_cannot_refer_reason())
        for question in self:
            question._transition(
                "referred",
                {"referred_date": legal_today(self), "referred_by_id": self.env.user.id},
            )
            question._notify(question._find_bureau(), "referred")
        return True

    def action_answer(self, note=""):
        """Answer as the justice bureau: the one thing that it writes (DESIGN section 4). Opens a dialog when called without.

        :param note: the answer
        """
        self._check_bureau()
        if not (note or "").strip():
            return self.env["legal.aid.reason.dialog"]._open(self, "action_answer", False, self.env._("Answer"))
        self._check_state("referred")
        # The bureau has no right to write; this step is its own.
        for question_sudo in self.sudo():
            question_sudo._transition(
                "answered",
                {
                    "answer": note,
                    "answered_date": legal_today(self),
                    "answered_by_id": self.env.user.id,
                },
            )
            question_sudo._notify(question_sudo._find_askers(), "answered")
        return True

    def action_publish(self):
        """Publish question and answer to all who help, without any way to the case."""
        self.check_access("write")
        self._check_state("answered")
        for question in self:
            question._transition("published", {"published_date": legal_today(self)})
            bureau_sudo = question.organization_id.sudo().justice_bureau_id
            # The list is kept by administrators; this step adds to it.
            self.env["legal.aid.knowledge"].sudo().create(
                {
                    "matter_id": question.matter_id.id,
                    "date": question.answered_date,
                    "source": bureau_sudo.name,
                    "question": question.text,
                    "answer": question.answer,
                }
            )
        return True

    def action_withdraw(self):
        """Take back a question that is no longer asked."""
        self.check_access("write")
        self._transition("withdrawn")
        return True

    # Business

    def _check_bureau(self):
        self.check_access("read")
        if not self.env.user.has_group(JUSTICE):
            raise AccessError(
                self.env._(
                    "%(questions)s: answers are the justice bureau's. Ask its user to answer.",
                    questions=join_names(self.env, self.mapped("display_name")),
                )
            )

    def _get_personal_texts(self):
        """What this question must not contain: the names, numbers and addresses of its case or call."""
        self.ensure_one()
        case, call = self.case_id, self.consultation_id
        texts = [case.applicant_name, case.applicant_address, case.employer_name, call.caller_name, call.employer_name]
        texts += case.party_ids.mapped("name")
        return {text for text in texts if text and len(text) >= 2}

    def _get_cannot_refer_reason(self):
        reasons = {}
        for question in self:
            reasons[question] = False
            if question.state != "draft":
                reasons[question] = self.env._("%(name)s was put to the bureau already.", name=question.display_name)
            elif not question.is_name_free:
                reasons[question] = self.env._(
                    "%(name)s: read the text once more and tick that there is nothing personal in it.",
                    name=question.display_name,
                )
            elif not question._find_bureau():
                reasons[question] = self.env._(
                    "%(name)s: no user of the justice bureau is bound to %(union)s. Ask your administrator to add one.",
                    name=question.display_name,
                    union=question.organization_id.name,
                )
        return reasons

    def _find_bureau(self):
        """The users of the bureau nearest to the union in charge."""
        union_sudo = self.organization_id.sudo()
        while union_sudo:
            users = union_sudo.user_ids.filtered(lambda user: user.active and user.has_group(JUSTICE))
            if users:
                return users
            union_sudo = union_sudo.parent_id
        return self.env["res.users"]

    def _find_askers(self):
        """Who asked, who referred, and the lawyer of the case."""
        self.ensure_one()
        question_sudo = self.sudo()
        users = question_sudo.asked_by_id | question_sudo.referred_by_id | question_sudo.volunteer_id.user_id
        return users.filtered("active")

    def _notify(self, users, step):
        """Tell ``users`` in their language, by number only."""
        self.ensure_one()
        self.env["legal.aid.notification"]._tell(
            users,
            lambda env: (
                env._("Question %(number)s was answered", number=self.name)
                if step == "answered"
                else env._("Question %(number)s is put to you", number=self.name)
            ),
            lambda env: env._("Read it under Casework > Questions, or on the page of its case."),
            self,
        )

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """What people write to each other about a question is for its officers: it may hold what the text must not."""
        if message_operation == "read":
            return dict.fromkeys(self, "write")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)
