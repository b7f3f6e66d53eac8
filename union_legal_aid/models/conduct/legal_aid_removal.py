from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import ids
from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER, Mask, Masked, MaskedText

OPEN_STATES = ("open", "replied")


class LegalAidRemoval(models.Model):
    """Removal of a lawyer from the team (T6): the six grounds of 管理办法 §5 and §4 “no service”.

    Opened by an officer of the city with evidence of every element of its ground, or by the complaint that reaches the
    limit. The lawyer has the right of reply. The city's managers decide, by approval: contracts end, membership ends,
    the public notice tells that he left, never why.

    ==============  =======================  =============================================================
    State           becomes                  by
    ==============  =======================  =============================================================
    open            replied                  ``action_record_reply`` (officer of the city)
    open, replied   decided                  approval by the city's managers; the reply is in, or its time is over
    open, replied   withdrawn                ``action_withdraw`` with a note (city); a complaint that was voided
    ==============  =======================  =============================================================
    """

    _name = "legal.aid.removal"
    _description = "Removal"
    _inherit = [
        "legal.aid.city.mixin",
        "legal.aid.deadline.mixin",
        "legal.aid.approval.mixin",
        "legal.aid.masked.mixin",
        "legal.aid.logged.mixin",
    ]
    _order = "date_opened desc, id desc"
    _rec_names_search = ["volunteer_id"]

    _workflow_transitions = {
        "open": ("replied", "decided", "withdrawn"),
        "replied": ("decided", "withdrawn"),
    }
    _workflow_fields = frozenset(
        {
            "state",
            "approval_state",
            "approval_request_id",
            "date_opened",
            "opened_by_id",
            "complaint_ids",
            "policy_id",
            "reply",
            "reply_date",
            "reply_due",
            "date_decided",
            "decided_by_id",
            "withdraw_note",
        }
    )
    _workflow_initial = {"state": "open", "approval_state": "none"}
    _workflow_facts = {"volunteer_id": (), "ground": ("open",), "evidence": OPEN_STATES}
    _approval_from = OPEN_STATES
    _approval_facts = ("volunteer_id", "ground", "evidence", "reply", "complaint_ids")

    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer", string="Lawyer", required=True, ondelete="restrict", index=True
    )
    organization_id = fields.Many2one(related="volunteer_id.organization_id", store=True, index=True)
    ground = fields.Selection(
        selection=[
            ("sanction", "§5(1) Administrative punishment or disciplinary sanction of the profession"),
            ("delegation", "§5(2) Non-members sent in place without permission"),
            ("reputation", "§5(3) Damage to the image or reputation of the city union"),
            ("failure", "§5(4) Workers' rights not protected through an error in the work"),
            ("major_case", "§5(5) Major or group case not reported and mishandled, with serious consequences"),
            ("complaints", "§5(6) Workers' complaints verified as true"),
            ("no_service", "§4 No voluntary legal service given"),
        ],
        required=True,
        tracking=True,
    )
    elements = fields.Text(string="To Be Shown", compute="_compute_elements", help="What the evidence has to show.")
    evidence = MaskedText(groups=OFFICER, help="The evidence of every element of the ground; attach the papers below.")
    evidence_masked = Mask(string="Evidence (Masked)", of="evidence")
    complaint_ids = fields.Many2many(
        comodel_name="legal.aid.complaint",
        relation="legal_aid_removal_complaint_rel",
        string="Complaints",
        readonly=True,
        copy=False,
        groups="union_legal_aid.group_officer,union_legal_aid.group_auditor",
    )
    policy_id = fields.Many2one(
        comodel_name="legal.aid.policy", readonly=True, copy=False, ondelete="restrict", index="btree_not_null"
    )
    date_opened = fields.Date(string="Opened On", required=True, readonly=True, copy=False, default=legal_today)
    opened_by_id = fields.Many2one(
        comodel_name="res.users",
        required=True,
        readonly=True,
        copy=False,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    reply = MaskedText(string="The Lawyer's Reply", readonly=True, copy=False, groups=OFFICER)
    reply_masked = Mask(string="The Lawyer's Reply (Masked)", of="reply")
    reply_date = fields.Date(string="Replied On", readonly=True, copy=False)
    reply_due = fields.Date(string="Reply Until", readonly=True, copy=False)
    state = fields.Selection(
        selection=[
            ("open", "Opened"),
            ("replied", "Reply Recorded"),
            ("decided", "Decided"),
            ("withdrawn", "Withdrawn"),
        ],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    date_decided = fields.Date(string="Decided On", readonly=True, copy=False)
    decided_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    withdraw_note = MaskedText(string="Withdrawn Because", readonly=True, copy=False, groups=OFFICER)
    is_editable = fields.Boolean(compute="_compute_is_editable")

    _one_open = models.UniqueIndex(
        "(volunteer_id) WHERE state IN ('open', 'replied')",
        "A removal of this lawyer is open already. Add the evidence there.",
    )

    # Compute

    @api.depends("volunteer_id.name", "date_opened")
    def _compute_display_name(self):
        for removal in self:
            removal.display_name = self.env._(
                "Removal %(name)s %(date)s",
                name=removal.sudo().volunteer_id.name or "",
                date=fields.Date.to_string(removal.date_opened) or "",
            )

    @api.depends("ground")
    def _compute_elements(self):
        elements = {
            "sanction": self.env._("the decision of the authority or bar association; that it is final"),
            "delegation": self.env._("who served instead; that this person is no member; that nobody gave permission"),
            "reputation": self.env._("the act, in the legal service; the damage to the union's image or reputation"),
            "failure": self.env._("the error in the work; the worker's right that was lost; that the error caused it"),
            "major_case": self.env._(
                "that the case was major or a group case; that it was not reported as required; the mishandling; the"
                " serious consequence"
            ),
            "complaints": self.env._("the complaints listed below, each verified"),
            "no_service": self.env._("the service year; that ledger and records show no service in it"),
        }
        for removal in self:
            removal.elements = elements.get(removal.ground)

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_is_editable(self):
        writable = self._origin._filtered_access("write")
        for removal in self:
            removal.is_editable = removal.state in OPEN_STATES and (not removal._origin or removal._origin in writable)

    # Constraints

    @api.constrains("volunteer_id")
    def _check_member(self):
        for removal in self:
            if removal.volunteer_id.state not in ("active", "suspended"):
                raise ValidationError(
                    self.env._(
                        "%(name)s is in state “%(state)s” and cannot be removed: only members of the team can.",
                        name=removal.volunteer_id.name,
                        state=removal.volunteer_id._get_state_label(removal.volunteer_id.state),
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        self._check_none_open([vals.get("volunteer_id") for vals in vals_list])
        removals = super().create(vals_list)
        for removal in removals:
            policy = self.env["legal.aid.policy"]._get(removal.organization_id, removal.date_opened)
            removal._workflow_write({"policy_id": policy.id})
            removal._open_deadline("reply", removal.date_opened)
            clock = removal._get_running_deadlines("reply")
            removal._workflow_write({"reply_due": clock.date_due})
        return removals

    @api.model
    def _check_none_open(self, volunteer_ids):
        """The index _one_open would refuse it too, but cannot say whose removal is open."""
        removals = self.search([("volunteer_id", "in", volunteer_ids), ("state", "in", OPEN_STATES)])
        if removals:
            raise ValidationError(
                self.env._(
                    "A removal is open already: %(removals)s. Add the evidence there.",
                    removals=", ".join(removals.mapped("display_name")),
                )
            )

    # Actions

    def action_record_reply(self, note="", date=None):
        """Record the lawyer's reply; opens a dialog when called without."""
        self._check_state(*OPEN_STATES)
        if not note.strip():
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_record_reply", False, self.env._("The Lawyer's Reply")
            )
        day = self.env["legal.aid.volunteer"]._get_past_date(date)
        # A reply changes what is to be decided, so a running request is void.
        self._void_approval(self.env._("The lawyer's reply came in."))
        vals = {"reply": note, "reply_date": day}
        self.filtered(lambda removal: removal.state == "replied")._workflow_write(vals)
        self.filtered(lambda removal: removal.state == "open")._transition("replied", vals)
        self._close_deadline("reply", day)
        return True

    def action_withdraw(self, note=""):
        """Give the removal up; opens a dialog when called without a note.

        :raises UserError: when the complaints it rests on still reach the limit: one of them has to be voided first
        """
        self._check_transition("withdrawn")
        for removal in self.filtered(
            lambda removal: removal.ground == "complaints" and removal._has_enough_complaints()
        ):
            raise UserError(
                self.env._(
                    "%(removal)s follows from verified complaints and cannot be withdrawn while they stand. If one of"
                    " them was wrong, declare it void.",
                    removal=removal.display_name,
                )
            )
        if not note.strip():
            return self.env["legal.aid.reason.dialog"]._open(self, "action_withdraw", False, self.env._("Withdraw"))
        self._do_withdraw(note)
        return True

    # Business

    def _open_for_complaints(self, volunteer, complaints, policy):
        """Open the removal on ground §5(6), or add the complaints to the one that is open."""
        if volunteer.state not in ("active", "suspended"):
            return
        removal = self.search([("volunteer_id", "=", volunteer.id), ("state", "in", OPEN_STATES)])
        if not removal:
            removal = self.create({"volunteer_id": volunteer.id, "ground": "complaints"})
        if removal.complaint_ids != complaints:
            removal._void_approval(self.env._("The complaints that it rests on changed."))
        removal._workflow_write({"complaint_ids": [fields.Command.set(complaints.ids)], "policy_id": policy.id})

    def _has_enough_complaints(self):
        self.ensure_one()
        return len(self.volunteer_id._get_counting_complaints()) >= self.sudo().policy_id.complaint_limit

    def _do_withdraw(self, note):
        self._void_approval(self.env._("The removal was given up."))
        self._transition("withdrawn", {"withdraw_note": note})
        self._void_deadlines()

    def _get_approval_facts(self):
        """Evidence and reply are frozen as fingerprints: who reads requests does not read them."""
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        return {
            name: bool(value and value.strip()) and ids.hash_identity(value, secret)
            if isinstance(self._fields[name], Masked)
            else value
            for name, value in super()._get_approval_facts().items()
        }

    def _get_cannot_request_approval_reason(self):
        reasons = super()._get_cannot_request_approval_reason()
        deciding = self._get_cannot_decide_reason()
        return {removal: reasons[removal] or deciding[removal] for removal in self}

    def _get_cannot_decide_reason(self):
        """``{removal: reason or False}``; asked again when the last approver signs."""
        today = legal_today(self)
        writable = self._filtered_access("write")
        reasons = {}
        for removal in self:
            reasons[removal] = False
            if removal not in writable:
                reasons[removal] = self.env._(
                    "%(removal)s is a matter of %(city)s.",
                    removal=removal.display_name,
                    city=removal.organization_id.name,
                )
            elif removal.ground == "complaints" and not removal._has_enough_complaints():
                reasons[removal] = self.env._(
                    "%(removal)s rests on workers' complaints, but fewer than %(limit)s are verified.",
                    removal=removal.display_name,
                    limit=removal.sudo().policy_id.complaint_limit,
                )
            # That there is evidence is asked for whoever signs, also where he does not read it.
            elif removal.ground != "complaints" and not (removal.sudo().evidence or "").strip():
                reasons[removal] = self.env._(
                    "%(removal)s: the evidence is missing. Show %(elements)s.",
                    removal=removal.display_name,
                    elements=removal.elements,
                )
            elif removal.state == "open" and removal.reply_due >= today:
                reasons[removal] = self.env._(
                    "%(removal)s: the lawyer may reply until %(date)s. Record the reply, or wait until that day is"
                    " over.",
                    removal=removal.display_name,
                    date=fields.Date.to_string(removal.reply_due),
                )
        return reasons

    def _on_approved(self):
        self._raise_reasons(self._get_cannot_decide_reason())
        today = legal_today(self)
        reason = self.env["legal.aid.reason"]._get_coded("contract_end", "removal")
        grounds = dict(self._fields["ground"]._description_selection(self.env))
        for removal in self:
            removal._transition("decided", {"date_decided": today, "decided_by_id": self.env.uid})
            member = removal.volunteer_id.filtered(lambda volunteer: volunteer.state in ("active", "suspended"))
            member._end_membership("removed", reason, grounds[removal.ground], today)
        self._void_deadlines("reply")
