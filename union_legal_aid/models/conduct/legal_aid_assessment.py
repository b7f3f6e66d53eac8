from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import deadlines
from ..organization.legal_day import legal_today
from .legal_aid_assessment_effect_mixin import EFFECT_FIELDS
from .legal_aid_assessment_facts_mixin import FACT_FIELDS
from .legal_aid_assessment_paper_mixin import PAPER_FIELDS
from .legal_aid_assessment_points_mixin import POINT_FIELDS
from .legal_aid_assessment_signature_mixin import SIGNATURE_FIELDS

CONTRACT_STATES = ("active", "expired", "terminated")
DECISION_FACTS = ("outcome", "outcome_reason", "improve_note", "improve_until", "end_reason_id", "summary")


class LegalAidAssessment(models.Model):
    """The yearly assessment of a lawyer of the team, signed by city union and justice bureau (T10; 工作方案 §六, 办法 §4).

    The system's own facts are set against the duties of the contract, four voices are heard, points are a proposal. The
    city decides; neither body alone makes it effective. The renewal of the contract rests on it (T2).

    ========  ========  ==================================================================================
    State     becomes   by
    ========  ========  ==================================================================================
    draft     cosign    approval by the city's managers, asked for by an officer of the city
    cosign    signed    ``action_cosign``: the city's justice bureau; ``action_record_cosign``: an officer of the
                        city, with the page that a bureau without an account signed
    cosign    draft     ``action_refuse_cosign`` with a reason: the city's justice bureau
    signed    void      ``action_void`` with a reason: manager of the city, while nothing rests on it
    ========  ========  ==================================================================================
    """

    _name = "legal.aid.assessment"
    _description = "Assessment"
    _inherit = [
        "legal.aid.city.mixin",
        "legal.aid.assessment.facts.mixin",
        "legal.aid.assessment.points.mixin",
        "legal.aid.assessment.effect.mixin",
        "legal.aid.assessment.paper.mixin",
        "legal.aid.assessment.sheet.mixin",
    ]
    _order = "year desc, volunteer_id, id desc"
    _rec_names_search = ["volunteer_id"]

    _workflow_transitions = {"draft": ("cosign",), "cosign": ("signed", "draft"), "signed": ("void",)}
    _workflow_fields = (
        frozenset({"state", "approval_state", "approval_request_id", "voice_due"})
        | FACT_FIELDS
        | SIGNATURE_FIELDS
        | EFFECT_FIELDS
        | PAPER_FIELDS
        | POINT_FIELDS
    )
    _workflow_facts = {
        **dict.fromkeys(("volunteer_id", "contract_id", "period_start", "period_end"), ()),
        **dict.fromkeys(DECISION_FACTS, ("draft",)),
    }
    _approval_facts = ("volunteer_id", "contract_id", "period_start", "period_end", "score", *DECISION_FACTS)

    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('kind', '=', 'lawyer')]",
    )
    contract_id = fields.Many2one(
        comodel_name="legal.aid.contract",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('volunteer_id', '=', volunteer_id), ('kind', '=', 'individual'),"
        " ('state', 'in', ('active', 'expired', 'terminated'))]",
    )
    organization_id = fields.Many2one(related="volunteer_id.organization_id", store=True, index=True)
    policy_id = fields.Many2one(related="contract_id.policy_id", store=True, index="btree_not_null")
    year = fields.Integer(
        related="contract_id.service_year", string="Service Year", store=True, index=True, aggregator=False
    )
    period_start = fields.Date(string="Period From", required=True)
    period_end = fields.Date(string="Period Until", required=True)
    line_ids = fields.One2many(
        comodel_name="legal.aid.assessment.line", inverse_name="assessment_id", string="Duties", copy=False
    )
    voice_ids = fields.One2many(
        comodel_name="legal.aid.assessment.voice",
        inverse_name="assessment_id",
        string="Opinions",
        copy=False,
        groups="union_legal_aid.group_officer,union_legal_aid.group_auditor,union_legal_aid.group_justice",
    )
    voice_due = fields.Date(string="Opinions Until", readonly=True, copy=False)
    missing_voices = fields.Char(string="Missing Opinions", compute="_compute_missing_voices", compute_sudo=True)
    has_missing_voice = fields.Boolean(
        compute="_compute_missing_voices", compute_sudo=True, search="_search_has_missing_voice"
    )
    outcome = fields.Selection(
        selection="_select_outcome", string="Result of the Assessment", copy=False, tracking=True
    )
    outcome_reason = fields.Text(
        string="Why Not as Proposed",
        copy=False,
        help="Needed when the city decides otherwise than the points speak for.",
    )
    improve_note = fields.Text(string="To Improve", copy=False, help="What the lawyer is to do better (改进意见).")
    improve_until = fields.Date(copy=False)
    end_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason",
        string="Reason of the Early End",
        copy=False,
        ondelete="restrict",
        domain=[("usage", "=", "contract_end")],
    )
    summary = fields.Text(string="Words of the City", copy=False, help="The opinion of the city union (总工会意见).")
    is_editable = fields.Boolean(compute="_compute_is_editable")
    is_own = fields.Boolean(compute="_compute_is_editable", help="Whether this user's union keeps this assessment.")

    _one_per_contract = models.UniqueIndex(
        "(contract_id) WHERE state <> 'void'",
        "This contract is assessed already. Open the assessment that exists, or have it declared void first.",
    )
    _period_ordered = models.Constraint(
        "CHECK(period_end >= period_start)",
        "The period of an assessment cannot end before it begins. Correct the dates.",
    )

    # Compute

    @api.depends("volunteer_id.name", "year")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for record in self:
            record.display_name = self.env._(
                "Assessment %(year)s %(name)s", year=record.year or "", name=record.sudo().volunteer_id.name or ""
            )

    @api.depends("voice_ids.state")
    @api.depends_context("lang")
    def _compute_missing_voices(self):
        separator = "、" if (self.env.lang or "").startswith("zh") else ", "
        for record in self:
            missing = record.voice_ids.filtered(lambda voice: voice.state == "missing")
            record.missing_voices = separator.join(missing.mapped("display_name")) or False
            record.has_missing_voice = bool(missing)

    def _search_has_missing_voice(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Which opinions are missing is told in the list, whoever may read the opinions themselves.
        missing_sudo = self.env["legal.aid.assessment.voice"].sudo()._search([("state", "=", "missing")])
        found = fields.Domain("id", "in", missing_sudo.subselect("assessment_id"))
        if set(value) == {True}:
            return found
        return ~found if set(value) == {False} else fields.Domain.TRUE

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_is_editable(self):
        writable = self._origin._filtered_access("write")
        for record in self:
            record.is_own = not record._origin or record._origin in writable
            record.is_editable = record.is_own and record.state == "draft"

    # Constraints

    @api.constrains("contract_id", "volunteer_id")
    def _check_contract(self):
        for record in self:
            contract = record.contract_id
            if contract.volunteer_id != record.volunteer_id or contract.kind != "individual":
                raise ValidationError(
                    self.env._(
                        "%(contract)s is not an appointment of %(name)s. Choose the lawyer's own contract.",
                        contract=contract.display_name,
                        name=record.volunteer_id.name,
                    )
                )
            if contract.state not in CONTRACT_STATES:
                raise ValidationError(
                    self.env._(
                        "%(contract)s is in state “%(state)s”: only a contract that came into force is assessed.",
                        contract=contract.display_name,
                        state=contract._get_state_label(contract.state),
                    )
                )

    @api.constrains("improve_until", "period_end")
    def _check_improve_until(self):
        for record in self.filtered("improve_until"):
            if record.improve_until <= record.period_start:
                raise ValidationError(
                    self.env._(
                        "%(record)s: the improvement is due before the period began. Choose a later day.",
                        record=record.display_name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(self._complete(vals_list))
        today = legal_today(self)
        calendar = self.env["legal.aid.calendar.day"]._get_calendar()
        for policy, some in records.grouped("policy_id").items():
            days = policy.sudo().assessment_voice_days
            some._workflow_write({"voice_due": deadlines.due(today, days, "day", calendar)})
        records._open_voices()
        return records

    # Actions

    def action_compute(self):
        """Copy the facts of the period up to today, measure the duties, weigh the points; again as often as it is a draft."""
        self.check_access("write")
        self._check_state("draft")
        self._void_approval(self.env._("The facts were computed again."))
        for record, facts in self._collect_facts().items():
            # Checked above, once for all: each check of a record asks for the tree of the unions again.
            record.sudo()._workflow_write(facts)
        self._measure_duties()
        self._open_voices()
        self._weigh()
        return True

    def action_open_contract(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "legal.aid.contract",
            "views": [(False, "form")],
            "res_id": self.contract_id.id,
        }

    # Business

    @api.model
    def _complete(self, vals_list):
        """Each assessment with its contract and period: of the contract, by the policy, where nothing else is said."""
        # Read together, whatever their number.
        named = self.env["legal.aid.contract"].browse(
            [vals["contract_id"] for vals in vals_list if vals.get("contract_id")]
        )
        by_id = {contract.id: contract for contract in named}
        currency = self.env.ref("base.CNY")
        return [
            self._complete_one({"currency_id": currency.id, **vals}, by_id.get(vals.get("contract_id")))
            for vals in vals_list
        ]

    @api.model
    def _complete_one(self, vals, contract):
        if not contract and vals.get("volunteer_id"):
            contract = self._find_contract(vals["volunteer_id"], vals.get("period_start"), vals.get("period_end"))
            vals["contract_id"] = contract.id
        if contract:
            start, end = self._get_period(contract)
            vals["volunteer_id"] = vals.get("volunteer_id") or contract.volunteer_id.id
            vals["period_start"] = vals.get("period_start") or start
            vals["period_end"] = vals.get("period_end") or end
        return vals

    @api.model
    def _find_contract(self, volunteer_id, start, end):
        domain = fields.Domain(
            [("volunteer_id", "=", volunteer_id), ("kind", "=", "individual"), ("state", "in", CONTRACT_STATES)]
        )
        if start and end:
            domain &= fields.Domain("date_start", "<=", end) & fields.Domain("date_last", ">=", start)
        contract = self.env["legal.aid.contract"].search(domain, order="date_start desc, id desc", limit=1)
        if not contract:
            raise UserError(
                self.env._(
                    "%(name)s had no contract in force in the period, so there are no duties to assess. Check the lawyer and"
                    " the period.",
                    name=self.env["legal.aid.volunteer"].browse(volunteer_id).display_name,
                )
            )
        return contract

    @api.model
    def _get_period(self, contract):
        if contract.policy_id.sudo().assessment_period == "calendar":
            year = contract.service_year
            return fields.Date.to_date(f"{year}-01-01"), fields.Date.to_date(f"{year}-12-31")
        return contract.date_start, contract.date_last

    @api.model
    def _create_for_contracts(self, contracts):
        """Assess all ``contracts`` that are not assessed yet, computed at once; any number in a bounded number of queries."""
        known = self.search([("contract_id", "in", contracts.ids), ("state", "!=", "void")]).contract_id
        records = self.create([{"contract_id": contract.id} for contract in contracts - known])
        records.action_compute()
        return records

    def _open_voices(self):
        """A line for each voice that is to be heard; those that were given stay, whatever changed since."""
        voices = self.env["legal.aid.assessment.voice"].sudo()  # nobody has a right to write opinions; steps do
        known = voices.search([("assessment_id", "in", self.ids)]).grouped("assessment_id")
        vals_list = []
        for record in self:
            wanted = record._get_voice_keys()
            there = known.get(record, voices)
            gone = there.filtered(
                lambda voice, wanted=wanted: (
                    (voice.kind, voice.organization_id.id) not in wanted and voice.state == "missing"
                )
            )
            gone.unlink()
            keys = {(voice.kind, voice.organization_id.id) for voice in there - gone}
            vals_list += [
                {"assessment_id": record.id, "kind": kind, "organization_id": union_id}
                for kind, union_id in wanted
                if (kind, union_id) not in keys
            ]
        voices.create(vals_list)
        self.invalidate_recordset(["voice_ids"])

    def _get_voice_keys(self):
        """``[(kind, union id)]``: the contact-point unions, the enterprises among them, workers, justice bureau (工作方案
        §六)."""
        self.ensure_one()
        city = self.organization_id
        points = self.sudo().volunteer_id.contact_point_ids
        houses = points.filtered(lambda union: union.tier in ("enterprise", "institution", "grassroots"))
        keys = [("union", union.id) for union in points - houses] or [("union", city.id)]
        # Where no enterprise is named, those whom the lawyer served are asked all the same.
        keys += [("enterprise", union.id) for union in houses] or [("enterprise", False)]
        return [*keys, ("worker", False), ("justice", city.id)]

    def _measure_duties(self):
        """The duties of the contract beside what was done; comments stay with their duty."""
        lines = self.env["legal.aid.assessment.line"].sudo()._workflow_env()
        # Drafts are measured again: what was measured before goes, the comments are kept.
        old = lines.search([("assessment_id", "in", self.ids)])
        comments = {(line.assessment_id.id, line.duty_id.id): line.comment for line in old}
        old.unlink()
        self.sudo().contract_id.duty_ids.fetch(["kind", "name", "target", "sequence"])
        lines.create(
            [
                {
                    "assessment_id": record.id,
                    "duty_id": duty.id,
                    "sequence": duty.sequence,
                    "kind": duty.kind,
                    "name": duty.name,
                    "target": duty.target,
                    "done": record._get_done(duty.kind),
                    "comment": comments.get((record.id, duty.id)),
                }
                for record in self
                for duty in record.sudo().contract_id.duty_ids
            ]
        )
        self.invalidate_recordset(["line_ids"])

    def _get_done(self, kind):
        """How often a duty of 办法 §3 was met, from the copied facts."""
        self.ensure_one()
        return {
            "consultation": self.consultation_count,
            "aid": self.case_count,
            "publicity": self.publicity_count,
            "other": self.activity_count - self.publicity_count,
        }[kind]
