from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import AUDITOR, OFFICER
from ..organization.wording import join_names
from .legal_aid_verdict_mixin import OPEN_STATES

OFFICE = f"{OFFICER},{AUDITOR}"
JUSTICE = "union_legal_aid.group_justice"


class LegalAidComplaintExtract(models.Model):
    """What somebody who has to answer is told of a complaint: its number and the facts, never who complained (T7, C11).

    ==========  ====================================================  ==================
    Step        Who                                                   From → to
    ==========  ====================================================  ==================
    tell        officer of the city, on the complaint                 → open
    answer      the lawyer himself, the justice bureau of the city;   open → answered
                an officer of the city, from paper
    ==========  ====================================================  ==================

    The lawyer and the bureau have no right to the complaint itself. The lawyer may answer again until the verdict, and reads
    here what became of it.
    """

    _name = "legal.aid.complaint.extract"
    _description = "Extract of a Complaint"
    _inherit = ["legal.aid.link.mixin", "legal.aid.workflow.mixin"]
    _order = "date desc, id desc"
    _checked_links = ("complaint_id",)

    _workflow_transitions = {"open": ("answered",), "answered": ("answered",)}
    _workflow_fields = frozenset({"state", "answer", "answer_date", "answered_by_id", "result_id", "verdict"})
    _workflow_initial = {"state": "open"}

    complaint_id = fields.Many2one(
        comodel_name="legal.aid.complaint", required=True, ondelete="restrict", index=True, groups=OFFICE
    )
    name = fields.Char(string="Number", required=True, readonly=True)
    kind = fields.Selection(
        selection=[("lawyer", "To the lawyer"), ("justice", "To the justice bureau")], required=True, readonly=True
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization", string="Union", required=True, readonly=True, ondelete="restrict", index=True
    )
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    category = fields.Selection(selection="_get_categories", required=True, readonly=True)
    text = fields.Text(string="What Is Told", required=True, readonly=True)
    date = fields.Date(string="Told On", required=True, readonly=True, default=legal_today)
    date_due = fields.Date(string="Answer Until", readonly=True)
    state = fields.Selection(
        selection=[("open", "To be answered"), ("answered", "Answered")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    answer = fields.Text(readonly=True, copy=False)
    answer_date = fields.Date(string="Answered On", readonly=True, copy=False)
    answered_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Answer Recorded By",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups=f"{OFFICE},{JUSTICE}",
    )
    result_id = fields.Many2one(
        comodel_name="legal.aid.reason",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups=f"{OFFICE},{JUSTICE}",
    )
    verdict = fields.Selection(
        selection=[("verified", "Verified"), ("unfounded", "Unfounded"), ("void", "Void")],
        readonly=True,
        copy=False,
        groups=f"{OFFICE},union_legal_aid.group_volunteer",
        help="What became of the complaint, as the lawyer is told.",
    )
    can_answer = fields.Boolean(compute="_compute_can_answer")

    _told_once = models.UniqueIndex("(complaint_id, kind)", "That was told already, and is told once.")

    # Compute

    @api.model
    def _get_categories(self):
        return self.env["legal.aid.complaint"]._fields["category"]._description_selection(self.env)

    @api.depends("state", "kind", "complaint_id.state")
    @api.depends_context("uid")
    def _compute_can_answer(self):
        is_bureau = self.env.user.has_group(JUSTICE)
        for extract in self:
            # Whether the complaint still runs decides who may answer; it is not shown.
            extract_sudo = extract.sudo()
            if extract.kind == "justice":
                extract.can_answer = is_bureau and extract.state == "open"
            else:
                extract.can_answer = (
                    extract_sudo.volunteer_id.user_id == self.env.user
                    and extract_sudo.complaint_id.state in OPEN_STATES
                )

    # Actions

    def action_answer(self, reason_code=None, note=""):
        """Answer what was told: the lawyer gives his reply, the justice bureau its result. Opens the bureau's dialog.

        :param reason_code: the bureau's result, a reason of usage ``justice_result``
        :param note: the reply; of the bureau, number and day of its paper
        """
        self.check_access("read")
        refused = self.filtered(lambda extract: not extract.can_answer)
        if refused:
            raise AccessError(
                self.env._(
                    "%(complaints)s: no answer is asked of you any more.",
                    complaints=join_names(self.env, refused.mapped("name")),
                )
            )
        if self.filtered(lambda extract: extract.kind == "justice") and not reason_code:
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_answer", "justice_result", self.env._("Result of the Justice Bureau")
            )
        # Neither of them has a right to the complaint; that it is theirs to answer was checked.
        for extract_sudo in self.sudo():
            complaint_sudo = extract_sudo.complaint_id
            if extract_sudo.kind == "justice":
                complaint_sudo._do_record_justice_result(reason_code, note, legal_today(self))
            else:
                if not (note or "").strip():
                    raise UserError(self.env._("Please write your reply."))
                complaint_sudo._do_record_reply(note.strip(), legal_today(self))
                complaint_sudo._notify_city_office("replied")
        return True

    # Business

    @api.model
    def _tell(self, complaint, kind, text, date, date_due=False):
        """Write the extract of one complaint, as part of a step that was checked, and tell who has to answer."""
        # Nobody has a right to write extracts: they are made by the steps of the complaint.
        extract_sudo = self.sudo().create(
            {
                "complaint_id": complaint.id,
                "name": complaint.name,
                "kind": kind,
                "organization_id": complaint.city_id.id,
                "volunteer_id": complaint.volunteer_id.id,
                "category": complaint.category,
                "text": text,
                "date": date,
                "date_due": date_due,
            }
        )
        extract_sudo._notify_told()
        return extract_sudo

    def _answer(self, answer, date, result=None):
        """Store an answer, as part of a step of the complaint that was checked."""
        for extract_sudo in self.sudo():
            extract_sudo._transition(
                "answered",
                {
                    "answer": answer,
                    "answer_date": date,
                    "answered_by_id": self.env.uid,
                    "result_id": result and result.id,
                },
            )

    def _get_addressees(self):
        self.ensure_one()
        if self.kind == "lawyer":
            return self.volunteer_id.user_id
        return self.organization_id.user_ids.filtered(lambda user: user.active and user.has_group(JUSTICE))

    def _notify_told(self):
        """By number only; what it is about stands on the page."""
        for extract in self:
            extract._notify_users(
                lambda env, extract=extract: env._(
                    "Complaint %(number)s: your answer is asked for", number=extract.name
                ),
                lambda env: env._("Read what is said, and answer."),
            )

    def _notify_verdict(self):
        for extract in self:
            extract._notify_users(
                lambda env, extract=extract: env._("Complaint %(number)s was decided", number=extract.name),
                lambda env: env._("Read on your page what the city decided."),
            )

    def _notify_users(self, get_subject, get_body):
        self.ensure_one()
        page = f"/my/complaints/{self.id}" if self.kind == "lawyer" else "/odoo/legal-aid-complaint-extracts"
        self.env["legal.aid.notification"]._tell(
            self._get_addressees(),
            get_subject,
            get_body,
            self,
            page=page,
            # Of complaints the city takes care, also where somebody has to be rung.
            office=self.sudo().complaint_id.city_id,
        )
