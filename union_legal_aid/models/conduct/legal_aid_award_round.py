from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import workbook
from ..organization.legal_day import legal_today


class LegalAidAwardRound(models.Model):
    """A round of nominations for an honour that comes every so many months (T11): 市五一劳动奖章, 省十佳, 省五一劳动奖章.

    The candidates are all lawyers in service with their figures of the period, taken once and frozen; the officer chooses, the
    leader of the city approves, the result is recorded and becomes awards.

    =========  ====================  =====================================================
    State      becomes               by
    =========  ====================  =====================================================
    draft      nominated, cancelled  approval by the city's leader; ``action_cancel``
    nominated  closed, cancelled     ``action_close`` with the results; ``action_cancel``
    =========  ====================  =====================================================
    """

    _name = "legal.aid.award.round"
    _description = "Round of Nominations"
    _inherit = [
        "legal.aid.editable.mixin",
        "legal.aid.city.mixin",
        "legal.aid.workbook.mixin",
        "legal.aid.approval.mixin",
    ]
    _order = "date desc, id desc"
    _rec_names_search = ["kind_id"]

    _workflow_transitions = {"draft": ("nominated", "cancelled"), "nominated": ("closed", "cancelled")}
    _workflow_fields = frozenset({"state", "approval_state", "approval_request_id", "computed_at", "closed_date"})
    _workflow_facts = {
        "kind_id": ("draft",),
        "organization_id": ("draft",),
        "date": ("draft",),
        "period_start": ("draft",),
        "period_end": ("draft",),
        "document_number": ("draft", "nominated"),
        "award_date": ("draft", "nominated"),
    }
    _approval_facts = ("kind_id", "period_start", "period_end")

    kind_id = fields.Many2one(
        comodel_name="legal.aid.award.kind",
        string="Award",
        required=True,
        ondelete="restrict",
        index=True,
        domain=[("by_nomination", "=", True)],
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: (
            self.env.user.union_organization_ids[:1]._get_city() if self.env.user.union_organization_ids else False
        ),
    )
    date = fields.Date(string="Nominated On", required=True, default=legal_today)
    period_start = fields.Date(
        string="Service From",
        compute="_compute_period",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="The figures are those of the service from this day on.",
    )
    period_end = fields.Date(
        string="Service Until", compute="_compute_period", store=True, readonly=False, required=True, precompute=True
    )
    limit = fields.Integer(related="kind_id.limit")
    candidate_ids = fields.One2many(
        comodel_name="legal.aid.award.candidate", inverse_name="round_id", string="Candidates", copy=False
    )
    chosen_count = fields.Integer(string="Chosen", compute="_compute_chosen_count")
    computed_at = fields.Datetime(string="Figures Taken At", readonly=True, copy=False)
    award_date = fields.Date(string="Awarded On", copy=False)
    document_number = fields.Char(copy=False, help="The document that announces the honours.")
    closed_date = fields.Date(string="Result Recorded On", readonly=True, copy=False)
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("nominated", "Nominated"),
            ("closed", "Result Recorded"),
            ("cancelled", "Given Up"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )

    _period_ordered = models.Constraint(
        "CHECK(period_end >= period_start)", "The service cannot end before it begins. Correct the period."
    )

    # Compute

    @api.depends("kind_id", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for award_round in self:
            year = award_round.date.year if award_round.date else ""
            award_round.display_name = f"{award_round.kind_id.name or ''} {year}".strip()

    @api.depends("kind_id", "date")
    def _compute_period(self):
        for award_round in self:
            end = award_round.date or legal_today(award_round)
            months = award_round.kind_id.interval_months or 12
            award_round.period_end = award_round.period_end or end
            award_round.period_start = award_round.period_start or end - relativedelta(months=months, days=-1)

    @api.depends("candidate_ids.is_chosen")
    def _compute_chosen_count(self):
        counts = dict(
            self.env["legal.aid.award.candidate"]._read_group(
                [("round_id", "in", self._origin.ids), ("is_chosen", "=", True)], ["round_id"], ["__count"]
            )
        )
        for award_round in self:
            award_round.chosen_count = counts.get(award_round._origin, 0)

    # Constraints

    @api.constrains("kind_id", "organization_id", "date")
    def _check_interval(self):
        """An honour that comes every two years is not asked for every year."""
        for award_round in self:
            if award_round.organization_id != award_round.organization_id._get_city():
                raise ValidationError(self.env._("Nominations are made by the city union."))
            if not award_round.kind_id.by_nomination:
                raise ValidationError(
                    self.env._("“%(award)s” is given without a nomination.", award=award_round.kind_id.name)
                )
            span = relativedelta(months=award_round.kind_id.interval_months)
            others = self.search(
                [
                    ("id", "!=", award_round.id),
                    ("kind_id", "=", award_round.kind_id.id),
                    ("organization_id", "=", award_round.organization_id.id),
                    ("state", "!=", "cancelled"),
                    ("date", ">", award_round.date - span),
                    ("date", "<", award_round.date + span),
                ]
            )
            if others:
                raise ValidationError(
                    self.env._(
                        "“%(award)s” comes every %(months)s months; the last round was on %(date)s. Open that one.",
                        award=award_round.kind_id.name,
                        months=award_round.kind_id.interval_months,
                        date=fields.Date.to_string(others[:1].date),
                    )
                )

    # Actions

    def action_compute(self):
        """Take the figures of all who might be nominated, anew; what the officer chose before stays chosen."""
        self.check_access("write")
        self._check_state("draft")
        for award_round in self:
            award_round._void_approval(self.env._("The figures were taken anew."))
            award_round._take_figures()
        return True

    def action_close(self):
        """Record the result: each nominee who won gets the award, on its day.

        :raises UserError: when a nominee has no result yet, or the day of the award is missing or still to come
        """
        self.check_access("write")
        self._check_transition("closed")
        self._raise_reasons(self._get_cannot_close_reason())
        for award_round in self:
            award_round._create_awards()
        self._transition("closed", {"closed_date": legal_today(self)})
        return True

    def action_cancel(self):
        """Give the round up; then another may be opened."""
        self.check_access("write")
        self._check_transition("cancelled")
        self._void_approval(self.env._("The round was given up."))
        self._transition("cancelled")
        return True

    # Business

    def _take_figures(self):
        self.ensure_one()
        members = self._get_members()
        kept = {
            candidate.volunteer_id.id: {"is_chosen": candidate.is_chosen, "merits": candidate.merits}
            for candidate in self.candidate_ids
        }
        candidates = self.env["legal.aid.award.candidate"]._workflow_env()
        self.candidate_ids._workflow_env().unlink()
        evidence = members._get_award_evidence(self)
        # Once for all: the default looks it up for each.
        common = {"round_id": self.id, "currency_id": self.env.ref("base.CNY").id}
        vals_list = []
        for member in members:
            vals = {**common, "volunteer_id": member.id, **evidence[member], **kept.get(member.id, {})}
            vals["is_chosen"] = vals.get("is_chosen", False) and not vals["exclusion"]
            vals_list.append(vals)
        candidates.create(vals_list)
        self._workflow_write({"computed_at": fields.Datetime.now()})

    def _get_members(self):
        """All whom the kind may honour: in service now, in the team of the city."""
        kinds = ["lawyer", "firm_lawyer"] if self.kind_id.for_lawyers else []
        kinds += ["staff"] if self.kind_id.for_staff else []
        return self.env["legal.aid.volunteer"].search(
            [("organization_id", "=", self.organization_id.id), ("state", "=", "active"), ("kind", "in", kinds)]
        )

    def _get_chosen(self):
        self.ensure_one()
        return self.env["legal.aid.award.candidate"].search([("round_id", "=", self.id), ("is_chosen", "=", True)])

    def _get_cannot_request_approval_reason(self):
        reasons = super()._get_cannot_request_approval_reason()
        own = self._get_cannot_nominate_reason()
        return {award_round: reasons[award_round] or own[award_round] for award_round in self}

    def _get_cannot_nominate_reason(self):
        reasons = {}
        for award_round in self:
            chosen = award_round._get_chosen()
            reasons[award_round] = False
            if not chosen:
                reasons[award_round] = self.env._(
                    "Nobody is chosen in %(round)s yet. Take the figures, then choose.", round=award_round.display_name
                )
            elif award_round.limit and len(chosen) > award_round.limit:
                reasons[award_round] = self.env._(
                    "%(round)s: %(count)s are chosen, but at most %(limit)s may be nominated.",
                    round=award_round.display_name,
                    count=len(chosen),
                    limit=award_round.limit,
                )
            else:
                # Since the figures were taken, a complaint may have been verified or an honour recorded.
                now = chosen.volunteer_id._get_award_exclusions(award_round)
                reasons[award_round] = "\n".join(filter(None, now.values())) or False
        return reasons

    def _get_approval_facts(self):
        chosen = sorted(self._get_chosen().mapped("volunteer_id.id"))
        return {**super()._get_approval_facts(), "chosen": chosen}

    def _on_approved(self):
        self._raise_reasons(self._get_cannot_nominate_reason())
        self._transition("nominated")

    def _get_cannot_close_reason(self):
        reasons = {}
        for award_round in self:
            reasons[award_round] = False
            if award_round._get_chosen().filtered(lambda candidate: not candidate.result):
                reasons[award_round] = self.env._(
                    "%(round)s: enter for each nominee whether the honour was given.", round=award_round.display_name
                )
            elif not award_round.award_date or award_round.award_date > legal_today(award_round):
                reasons[award_round] = self.env._(
                    "%(round)s: enter the day of the award, which is not still to come.", round=award_round.display_name
                )
        return reasons

    def _create_awards(self):
        """The honours of those who won; the rule of the interval holds for them, too."""
        self.ensure_one()
        winners = self._get_chosen().filtered(lambda candidate: candidate.result == "won")
        awards = self.env["legal.aid.award"]._workflow_env()
        awards = awards.create(
            [
                {
                    "kind_id": self.kind_id.id,
                    "volunteer_id": winner.volunteer_id.id,
                    "organization_id": self.organization_id.id,
                    "date": self.award_date,
                    "document_number": self.document_number,
                    "candidate_id": winner.id,
                }
                for winner in winners
            ]
        )
        self._raise_reasons(awards._get_repeated_reasons())
        awards._give()

    def _build_workbook(self):
        self.ensure_one()
        candidates = self.env["legal.aid.award.candidate"].search([("round_id", "=", self.id)])
        columns = candidates._get_columns()
        rows = [candidate._get_row() for candidate in candidates]
        return workbook.build(self.display_name, [(label, kind, 16) for label, kind in columns], rows)
