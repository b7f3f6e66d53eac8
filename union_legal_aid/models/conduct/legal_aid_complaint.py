from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER, Mask, PrivateChar, PrivateText
from ..organization.wording import join_names
from .legal_aid_complaint_closing_mixin import CLOSING_FIELDS
from .legal_aid_complaint_hearing_mixin import HEARING_FIELDS
from .legal_aid_complaint_intake_mixin import INTAKE_FIELDS
from .legal_aid_complaint_justice_mixin import JUSTICE_FIELDS
from .legal_aid_verdict_mixin import OPEN_STATES, VERDICT_FIELDS

# Clocks of the office of the city; the lawyer's own is the only one he sees.
CITY_CLOCKS = ("complaint_acknowledge", "complaint_decide", "complaint_reply")


class LegalAidComplaint(models.Model):
    """A complaint about a lawyer of the team (T7, A11). Anybody may complain; only **workers'** complaints count,
    verified as true, in the present membership, the same facts once. The one that reaches the limit of the policy
    opens a removal.

    ==============  ====================================  ===================================================
    State           becomes                               by
    ==============  ====================================  ===================================================
    received        investigating                         ``action_investigate``: officer of the city
    received,       verified, unfounded                   ``action_verify``, ``action_dismiss``: manager of the
    investigating                                         city who did not take the complaint down
    verified,       unfounded, verified                   ``action_rejudge``: the same, with reason
    unfounded
    received,       void                                  ``action_void``: manager of the city, with reason
    investigating,
    verified,
    unfounded
    ==============  ====================================  ===================================================

    Accepted (受理), the lawyer heard, referred to the justice bureau, complainant and lawyer told, closed: these are dated
    beside the state, and ``open_point`` names the next of them.
    """

    _name = "legal.aid.complaint"
    _description = "Complaint"
    _inherit = [
        "legal.aid.verdict.mixin",
        "legal.aid.complaint.intake.mixin",
        "legal.aid.complaint.public.mixin",
        "legal.aid.complaint.hearing.mixin",
        "legal.aid.complaint.justice.mixin",
        "legal.aid.complaint.closing.mixin",
        "legal.aid.complaint.letter.mixin",
        "legal.aid.link.mixin",
        "legal.aid.deadline.mixin",
        "legal.aid.private.mixin",
        "legal.aid.logged.mixin",
        "mail.thread",
        "legal.aid.todo.mixin",
    ]
    _order = "date desc, id desc"

    _checked_links = ("case_id",)

    _workflow_fields = (
        VERDICT_FIELDS
        | INTAKE_FIELDS
        | HEARING_FIELDS
        | JUSTICE_FIELDS
        | CLOSING_FIELDS
        | frozenset({"name", "registered_by_id"})
    )
    _workflow_facts = {
        "date": ("received",),
        "organization_id": ("received",),
        "volunteer_id": ("received",),
        "case_id": OPEN_STATES,
        "complainant_kind": ("received",),
        "complainant_name": OPEN_STATES,
        "complainant_phone": OPEN_STATES,
        "category": OPEN_STATES,
        "text": ("received",),
        "findings": OPEN_STATES,
        "channel": OPEN_STATES,
        "transfer_from": OPEN_STATES,
        "transfer_number": OPEN_STATES,
        "is_represented": OPEN_STATES,
        "representative_name": OPEN_STATES,
        "representative_relation": OPEN_STATES,
        "duplicate_of_id": OPEN_STATES,
        "letter_text": (*OPEN_STATES, "verified", "unfounded"),
    }

    _private_model = "legal.aid.complaint.private"
    _private_parent = "complaint_id"
    _access_log_fields = frozenset({"text"})

    name = fields.Char(string="Number", readonly=True, copy=False, index="trigram")
    date = fields.Date(string="When It Came In", required=True, default=legal_today)
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Taken Down At",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user.union_organization_ids[:1],
        help="The union that took the complaint down.",
    )
    city_id = fields.Many2one(related="volunteer_id.organization_id", string="Decided By Union", store=True, index=True)
    registered_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Taken Down By",
        required=True,
        readonly=True,
        copy=False,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer", string="Lawyer", required=True, ondelete="restrict", index=True
    )
    case_id = fields.Many2one(comodel_name="legal.aid.case", ondelete="restrict", index="btree_not_null")
    complainant_kind = fields.Selection(
        selection=[
            ("worker", "Worker"),
            ("family", "Family of a worker"),
            ("employer", "Employer"),
            ("union", "Union"),
            ("anonymous", "Anonymous"),
            ("other", "Other"),
        ],
        string="Complainant",
        required=True,
        default="worker",
        help="Only workers' complaints count towards a removal (管理办法 §5(6)).",
    )
    private_ids = fields.One2many(
        comodel_name="legal.aid.complaint.private", inverse_name="complaint_id", groups=OFFICER, copy=False
    )
    complainant_name = PrivateChar(mask="name", groups=OFFICER)
    complainant_phone = PrivateChar(mask="phone", groups=OFFICER)
    complainant_name_masked = Mask(string="Complainant (Masked)", of="complainant_name")
    complainant_phone_masked = Mask(string="Complainant's Phone (Masked)", of="complainant_phone")
    category = fields.Selection(
        selection=[
            ("neglect", "Neglected or stopped the work"),
            ("property", "Took money or property"),
            ("delegation", "Sent somebody else without permission"),
            ("quality", "Poor quality of the work"),
            ("attitude", "Attitude"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    text = fields.Text(
        string="Complaint", required=True, help="The facts, as they were told. No names of workers here."
    )
    step_ids = fields.One2many(
        comodel_name="legal.aid.complaint.step",
        inverse_name="complaint_id",
        string="Inquiry",
        groups=OFFICER,
        copy=False,
    )
    findings = PrivateText(groups=OFFICER, help="What the investigation found; for the city.")
    duplicate_of_id = fields.Many2one(
        comodel_name="legal.aid.complaint",
        string="Same Facts As",
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
        domain="[('volunteer_id', '=', volunteer_id), ('duplicate_of_id', '=', False), ('id', '!=', id)]",
        help="The same facts count once, however many complain.",
    )
    duplicate_ids = fields.One2many(
        comodel_name="legal.aid.complaint", inverse_name="duplicate_of_id", string="Also Complained By"
    )
    counts = fields.Boolean(
        compute="_compute_counts",
        store=True,
        help="A worker's complaint, verified, in the present membership, the first of the same facts.",
    )

    # Compute

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for complaint in self:
            complaint.display_name = complaint.name or self.env._("New complaint")

    @api.depends(
        "state",
        "complainant_kind",
        "is_represented",
        "has_authority",
        "date",
        "volunteer_id.member_since",
        "duplicate_of_id.state",
        "duplicate_of_id.duplicate_ids.state",
        "duplicate_ids.state",
    )
    def _compute_counts(self):
        for complaint in self:
            same_facts = complaint.duplicate_of_id or complaint
            same_facts |= same_facts.duplicate_ids
            eligible = same_facts.filtered(lambda one: one._is_eligible())
            complaint.counts = complaint == min(eligible, key=lambda one: (one.date, one.id), default=None)

    @api.onchange("case_id")
    def _onchange_case(self):
        """The lawyer of the case is the one who is most likely meant."""
        if self.case_id and not self.volunteer_id:
            self.volunteer_id = self.case_id.volunteer_id

    # Constraints

    @api.constrains("date")
    def _check_date(self):
        today = legal_today(self)
        for complaint in self.filtered(lambda complaint: complaint.date > today):
            raise ValidationError(
                self.env._(
                    "The complaint cannot have been received on %(date)s, which is still to come. Correct the date.",
                    date=fields.Date.to_string(complaint.date),
                )
            )

    @api.constrains("duplicate_of_id", "volunteer_id")
    def _check_duplicate_of(self):
        for complaint in self.filtered("duplicate_of_id"):
            original = complaint.duplicate_of_id
            if (
                original == complaint
                or original.duplicate_of_id
                or complaint.duplicate_ids
                or original.volunteer_id != complaint.volunteer_id
            ):
                raise ValidationError(
                    self.env._(
                        "%(complaint)s: choose as “same facts” the first complaint about the same lawyer.",
                        complaint=complaint.display_name,
                    )
                )

    @api.constrains("complainant_kind")
    def _check_anonymous(self):
        # Whoever may not read the complainant must not turn the complaint into one without either.
        for private_sudo in self.sudo()._get_private().values():
            private_sudo._check_anonymous()

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        complaints = super().create(vals_list)
        # Whoever may take a complaint down draws its number; only administrators look after the numbering.
        sequence_sudo = self.env["ir.sequence"].sudo()
        for complaint in complaints:
            complaint._workflow_write(
                {"name": sequence_sudo.next_by_code("legal.aid.complaint", sequence_date=complaint.date)}
            )
            complaint._open_deadline("complaint_acknowledge", complaint.date)
            complaint._open_deadline("complaint_decide", complaint.date)
            if complaint.city_id != complaint.organization_id:
                complaint._notify_city_office("received")
        return complaints

    def write(self, vals):
        if "volunteer_id" in vals:
            self._check_not_told()
        result = super().write(vals)
        if "date" in vals or "volunteer_id" in vals:
            # Nothing was done yet, so all that runs, runs from the day of the complaint.
            for complaint in self:
                for kind in complaint._get_running_deadlines().mapped("kind"):
                    complaint._open_deadline(kind, complaint.date)
        return result

    # Actions

    def action_investigate(self):
        """The city looks into it."""
        self._check_city()
        self._transition("investigating")
        self._do_acknowledge(legal_today(self))
        return True

    # Business

    def _is_eligible(self):
        """A worker's own, or his representative's with the authority on file; verified, in the present membership."""
        self.ensure_one()
        since = self.volunteer_id.member_since
        return (
            self.state == "verified"
            and self.complainant_kind == "worker"
            and (not self.is_represented or self.has_authority)
            and bool(since)
            and self.date >= since
        )

    def _check_not_told(self):
        """:raises UserError: when the justice bureau was told about this lawyer already"""
        told = self.filtered("referred_date")
        if told:
            raise UserError(
                self.env._(
                    "Others were told about this lawyer in %(complaints)s. Declare it void, and take it down anew.",
                    complaints=join_names(self.env, told.mapped("display_name")),
                )
            )

    def _get_clock_figures(self):
        """Those of the city, which decides. Whoever complains is heard also where no policy is in force."""
        policy = self.policy_id or self.env["legal.aid.policy"]._find(self.city_id, legal_today(self))
        return policy.sudo()._get_clock_figures() if policy else {}

    def _prepare_deadline(self, kind, trigger, limit):
        vals = super()._prepare_deadline(kind, trigger, limit)
        if kind in CITY_CLOCKS:
            vals["organization_id"] = self.city_id.id
        if kind != "complaint_reply":
            vals["volunteer_id"] = False
        return vals

    def _note_step(self, kind, found, paper=False, paper_name=False):
        """Add a step to the inquiry, as part of a step of the complaint that was checked."""
        self.ensure_one()
        # The verdict of a stand-in, and the letter to the bureau, belong into the inquiry, whoever writes that.
        steps_sudo = self.sudo()._workflow_env().env["legal.aid.complaint.step"]
        steps_sudo.create(
            {"complaint_id": self.id, "kind": kind, "found": found, "paper": paper, "paper_name": paper_name}
        )
