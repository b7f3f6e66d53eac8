from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import removal_grounds
from ..organization.fingerprint import fingerprint
from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER, Mask, Masked, MaskedText
from ..organization.wording import join_clauses, join_names
from .legal_aid_removal_opening_mixin import OPEN_STATES


class LegalAidRemoval(models.Model):
    """Removal of a lawyer from the team (T6): the six grounds of 管理办法 §5 and §4 “no service”.

    Opened by an officer of the city with evidence of every element of its ground, or by facts: the complaint that reaches the
    limit, a final sanction, a year without service. The lawyer has the right of reply. The city's managers decide, by approval:
    contracts end, membership ends, the public notice tells that he left, never why.

    ==============  ==========  ====================================================================================
    State           becomes     by
    ==============  ==========  ====================================================================================
    open            replied     ``action_record_reply``: the lawyer on his page, or an officer of the city
    replied         open        the ground fell, and the facts of another one stand: the lawyer may reply to that
    open, replied   decided     approval by the city's managers; the reply is in, or its time is over
    open, replied   withdrawn   ``action_withdraw`` with a coded reason (city; with approval where facts had opened
                                it); a complaint, sanction or year on which it rested that no longer stands
    ==============  ==========  ====================================================================================
    """

    _name = "legal.aid.removal"
    _description = "Removal"
    _inherit = [
        "legal.aid.editable.mixin",
        "legal.aid.city.mixin",
        "legal.aid.deadline.mixin",
        "legal.aid.removal.withdrawal.mixin",
        "legal.aid.removal.opening.mixin",
        "legal.aid.removal.reply.mixin",
        "legal.aid.removal.decision.mixin",
        "legal.aid.approval.mixin",
        "legal.aid.masked.mixin",
        "legal.aid.logged.mixin",
    ]
    _order = "date_opened desc, id desc"
    _rec_names_search = ["volunteer_id"]
    _editable_states = OPEN_STATES

    _workflow_transitions = {
        "open": ("replied", "decided", "withdrawn"),
        "replied": ("open", "decided", "withdrawn"),
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
            "reply_by_lawyer",
            "reply_due",
            "told_date",
            "opened_by_facts",
            "proposal",
            "date_decided",
            "decided_by_id",
            "decision_number",
            "withdraw_reason_id",
            "withdraw_note",
        }
    )
    _workflow_initial = {"state": "open", "approval_state": "none", "proposal": "remove"}
    _workflow_facts = {
        "volunteer_id": (),
        "ground": ("open",),
        "evidence": OPEN_STATES,
        "charge": OPEN_STATES,
        "reply_answer": OPEN_STATES,
    }
    _approval_from = OPEN_STATES
    _approval_facts = (
        "volunteer_id",
        "ground",
        "evidence",
        "reply",
        "reply_answer",
        "complaint_ids",
        "proposal",
        "withdraw_reason_id",
        "withdraw_note",
    )

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
    evidence = MaskedText(
        string="Facts and Findings",
        groups=OFFICER,
        help="The whole of it in words; what shows each element stands below.",
    )
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

    _one_open = models.UniqueIndex(
        "(volunteer_id) WHERE state IN ('open', 'replied')",
        "A removal of this lawyer is open already. Add the evidence there.",
    )

    # Compute

    @api.depends("volunteer_id.name", "date_opened")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for removal in self:
            removal.display_name = self.env._(
                "Removal %(name)s %(date)s",
                name=removal.sudo().volunteer_id.name or "",
                date=fields.Date.to_string(removal.date_opened) or "",
            )

    @api.depends("ground")
    @api.depends_context("lang")
    def _compute_elements(self):
        for removal in self:
            ground = removal_grounds.BY_CODE.get(removal.ground)
            labels = [self.env._(element.label) for element in ground.elements] if ground else []
            removal.elements = join_clauses(self.env, labels)

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
            removal._start_reply(removal.date_opened)
        removals._tell_opened()
        return removals

    @api.model
    def _check_none_open(self, volunteer_ids):
        """The index _one_open would refuse it too, but cannot say whose removal is open."""
        removals = self.search([("volunteer_id", "in", volunteer_ids), ("state", "in", OPEN_STATES)])
        if removals:
            raise ValidationError(
                self.env._(
                    "A removal is open already: %(removals)s. Add the evidence there.",
                    removals=join_names(self.env, removals.mapped("display_name")),
                )
            )

    # Business

    def _get_approval_facts(self):
        """Evidence and reply are frozen as fingerprints: who reads requests does not read them."""
        facts = {
            name: bool(value and value.strip()) and fingerprint(self.env, value)
            if isinstance(self._fields[name], Masked)
            else value
            for name, value in super()._get_approval_facts().items()
        }
        # The order in which they are read tells nothing.
        facts["complaint_ids"] = sorted(facts["complaint_ids"])
        facts["element_ids"] = [line._freeze() for line in self.sudo().element_ids.sorted("id")]
        return facts
