from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import yearly_round
from ...tools.i18n import Sentence
from ..organization.legal_aid_notification_hook_mixin import Notice
from ..organization.legal_day import legal_today
from ..organization.wording import join_clauses, join_names

ASSESSMENT_READERS = "union_legal_aid.group_officer,union_legal_aid.group_auditor,union_legal_aid.group_justice"
OFFICER_AUDITOR = "union_legal_aid.group_officer,union_legal_aid.group_auditor"


class LegalAidYearlyRound(models.Model):
    """One lawyer of the team in one service year: where the year stands, what comes next, what stands in the way (T2, T8, V1, M1).

    Nothing is kept here. A row is the last contract of the lawyer that began in the year, with what hangs on it; the buttons
    take the steps of the records themselves, under the rights and rules of those.
    """

    _name = "legal.aid.yearly.round"
    _description = "Yearly Round"
    _auto = False
    _order = "service_year desc, date_last, id"
    _rec_name = "volunteer_id"
    _rec_names_search = ["volunteer_id"]
    _depends = {
        "legal.aid.contract": [
            "volunteer_id",
            "service_year",
            "kind",
            "state",
            "date_start",
            "date_last",
            "organization_id",
            "policy_id",
            "annual_subsidy",
            "approval_state",
            "batch_id",
        ],
        "legal.aid.appointment.batch": ["approval_state"],
        "legal.aid.volunteer": ["state", "license_valid_until", "license_number", "is_public_servant"],
        "legal.aid.policy": ["assessment_days", "renewal_days", "subsidy_requires_ledger", "subsidy_due_months"],
        "legal.aid.ledger": ["volunteer_id", "year", "state", "date_due", "is_late"],
        "legal.aid.assessment": ["contract_id", "state", "outcome"],
        "union.organization": ["assessed_since"],
        "legal.aid.complaint": ["volunteer_id", "counts"],
        "legal.aid.removal": ["volunteer_id", "state"],
        "legal.aid.payout.line": ["volunteer_id", "service_year", "kind", "is_live", "state", "payout_id"],
    }

    volunteer_id = fields.Many2one(comodel_name="legal.aid.volunteer", string="Lawyer", readonly=True)
    organization_id = fields.Many2one(comodel_name="union.organization", string="Union", readonly=True)
    service_year = fields.Integer(readonly=True, aggregator=False)
    contract_id = fields.Many2one(comodel_name="legal.aid.contract", readonly=True)
    date_start = fields.Date(string="First Day", readonly=True)
    date_last = fields.Date(string="In Force Until", readonly=True)
    contract_state = fields.Selection(
        selection=[("active", "In Force"), ("expired", "Expired"), ("terminated", "Ended Early")], readonly=True
    )
    ledger_id = fields.Many2one(comodel_name="legal.aid.ledger", string="Yearly Ledger", readonly=True)
    ledger_state = fields.Selection(
        selection=[("draft", "Not Handed In"), ("submitted", "Handed In"), ("accepted", "Checked")],
        string="Ledger",
        readonly=True,
    )
    ledger_due = fields.Date(string="Ledger Due On", readonly=True)
    ledger_late = fields.Boolean(readonly=True)
    assessment_id = fields.Many2one(
        comodel_name="legal.aid.assessment", string="Assessment of the Year", readonly=True, groups=ASSESSMENT_READERS
    )
    assessment_state = fields.Selection(
        selection=[("draft", "In progress"), ("cosign", "At the Justice Bureau"), ("signed", "Signed")],
        string="Assessment",
        readonly=True,
        groups=ASSESSMENT_READERS,
    )
    assessment_outcome = fields.Selection(
        selection=[("renew", "Renew"), ("improve", "Improve"), ("end", "End early")],
        string="Outcome",
        readonly=True,
        groups=ASSESSMENT_READERS,
    )
    renewal_id = fields.Many2one(comodel_name="legal.aid.contract", string="Next Contract", readonly=True)
    renewal_state = fields.Selection(
        selection=[("draft", "Drafted"), ("pending", "Waits for Approval"), ("approved", "Approved")],
        string="Renewal",
        readonly=True,
    )
    batch_id = fields.Many2one(comodel_name="legal.aid.appointment.batch", readonly=True)
    subsidy_state = fields.Selection(
        selection=[("pending", "To Be Paid"), ("paid", "Paid"), ("failed", "Returned by the Bank")],
        string="Subsidy",
        readonly=True,
    )
    payout_line_id = fields.Integer(readonly=True, aggregator=False)
    complaint_count = fields.Integer(
        string="Verified Complaints", readonly=True, aggregator=False, groups=OFFICER_AUDITOR
    )
    removal_id = fields.Many2one(comodel_name="legal.aid.removal", readonly=True, groups=OFFICER_AUDITOR)
    step = fields.Selection(selection="_select_step", string="Stage", readonly=True)
    actor = fields.Selection(selection="_select_actor", string="Whose Turn", readonly=True)
    block_codes = fields.Char(readonly=True)
    is_blocked = fields.Boolean(string="Blocked", readonly=True)
    next_step = fields.Char(compute="_compute_texts")
    blocks = fields.Char(string="What Stands in the Way", compute="_compute_texts")
    is_idle = fields.Boolean(
        string="No Service",
        compute="_compute_is_idle",
        search="_search_is_idle",
        help="No advice, case, work or activity in the term of the contract up to today (管理办法 §4).",
    )
    can_act = fields.Boolean(compute="_compute_can_act")

    @api.model
    def _select_step(self):
        return [(code, self.env._(step.label)) for code, step in yearly_round.STEPS.items()]

    @api.model
    def _select_actor(self):
        return [(code, self.env._(label)) for code, label in yearly_round.ACTORS.items()]

    # The rows

    @property
    def _table_query(self):
        """One statement for all lawyers; the day is that of the union, not of the database."""
        rows = self._get_rows()
        actors = SQL(" ").join(SQL("WHEN %s THEN %s", code, step.actor) for code, step in yearly_round.STEPS.items())
        return SQL(
            "SELECT facts.*, CASE facts.step %(actors)s END AS actor, facts.block_codes <> '' AS is_blocked"
            " FROM (SELECT rows.*, %(step)s AS step, %(blocks)s AS block_codes FROM (%(rows)s) AS rows) AS facts",
            actors=actors,
            step=self._get_step_sql(),
            blocks=self._get_blocks_sql(),
            rows=rows,
        )

    def _get_rows(self):
        """The last contract of each lawyer and service year, with what hangs on it."""
        return SQL(
            """
            SELECT contract.id, contract.id AS contract_id, contract.volunteer_id, contract.organization_id,
                   contract.service_year, contract.date_start, contract.date_last, contract.state AS contract_state,
                   contract.annual_subsidy,
                   volunteer.state AS volunteer_state, volunteer.license_valid_until, volunteer.license_number,
                   volunteer.is_public_servant,
                   COALESCE(policy.renewal_days, 60) AS renewal_days, policy.subsidy_requires_ledger,
                   COALESCE(policy.subsidy_due_months, 0) AS subsidy_due_months,
                   ledger.id AS ledger_id, ledger.state AS ledger_state, ledger.date_due AS ledger_due,
                   ledger.is_late AS ledger_late,
                   assessment.id AS assessment_id, assessment.state AS assessment_state,
                   CASE WHEN assessment.state = 'signed' THEN assessment.outcome END AS assessment_outcome,
                   COALESCE(policy.assessment_days, 90) AS assessment_days,
                   COALESCE(contract.date_last < city.assessed_since, FALSE) AND assessment.id IS NULL AS is_paper_year,
                   next.id AS renewal_id, next.batch_id,
                   CASE WHEN next.state <> 'draft' THEN 'approved'
                        WHEN COALESCE(batch.approval_state, next.approval_state) = 'pending' THEN 'pending'
                        ELSE next.state END AS renewal_state,
                   line.id AS payout_line_id, line.state AS subsidy_state,
                   COALESCE(complaints.number, 0) AS complaint_count, removals.id AS removal_id,
                   %(today)s::date AS today
              FROM (SELECT DISTINCT ON (volunteer_id, service_year) *
                      FROM legal_aid_contract
                     WHERE kind = 'individual' AND state IN ('active', 'expired', 'terminated')
                  ORDER BY volunteer_id, service_year, date_start DESC, id DESC) AS contract
              JOIN legal_aid_volunteer AS volunteer ON volunteer.id = contract.volunteer_id
              JOIN union_organization AS city ON city.id = contract.organization_id
         LEFT JOIN legal_aid_policy AS policy ON policy.id = contract.policy_id
         LEFT JOIN legal_aid_ledger AS ledger
                ON ledger.volunteer_id = contract.volunteer_id AND ledger.year = contract.service_year
         LEFT JOIN legal_aid_assessment AS assessment
                ON assessment.contract_id = contract.id AND assessment.state <> 'void'
         LEFT JOIN LATERAL (SELECT id, state, approval_state, batch_id
                              FROM legal_aid_contract AS later
                             WHERE later.volunteer_id = contract.volunteer_id AND later.kind = 'individual'
                               AND later.state <> 'cancelled' AND later.date_start > contract.date_last
                          ORDER BY later.date_start LIMIT 1) AS next ON TRUE
         LEFT JOIN legal_aid_appointment_batch AS batch ON batch.id = next.batch_id
         LEFT JOIN legal_aid_payout_line AS line
                ON line.volunteer_id = contract.volunteer_id AND line.service_year = contract.service_year
               AND line.kind = 'subsidy' AND line.is_live
         LEFT JOIN (SELECT volunteer_id, count(*)::integer AS number FROM legal_aid_complaint
                     WHERE counts GROUP BY volunteer_id) AS complaints ON complaints.volunteer_id = contract.volunteer_id
         LEFT JOIN (SELECT volunteer_id, max(id) AS id FROM legal_aid_removal
                     WHERE state IN ('open', 'replied') GROUP BY volunteer_id) AS removals
                ON removals.volunteer_id = contract.volunteer_id
            """,
            today=legal_today(self),
        )

    @api.model
    def _get_step_sql(self):
        """What comes next, the first that applies: late things, then the renewal, then the money."""
        return SQL(
            """
            CASE WHEN removal_id IS NOT NULL THEN 'removal'
                 WHEN ledger_state = 'draft' AND ledger_due < today THEN 'ledger_late'
                 WHEN ledger_state = 'submitted' THEN 'ledger_check'
                 WHEN %(serving)s AND renewal_state = 'pending' THEN 'renewal_sign'
                 WHEN %(serving)s AND renewal_state = 'draft' THEN 'renewal_ask'
                 WHEN %(serving)s AND renewal_id IS NULL AND NOT is_paper_year
                      AND (today >= date_last - assessment_days OR assessment_id IS NOT NULL)
                      AND (assessment_outcome IS NULL OR assessment_outcome = 'end')
                 THEN CASE WHEN assessment_state IS NULL THEN 'assess'
                           WHEN assessment_state = 'draft' THEN 'assess_decide'
                           WHEN assessment_state = 'cosign' THEN 'assess_cosign'
                           ELSE 'assess_end' END
                 WHEN %(serving)s AND renewal_id IS NULL AND today >= date_last - renewal_days THEN 'renew'
                 WHEN ledger_state = 'draft' AND today > date_last THEN 'ledger'
                 WHEN payout_line_id IS NULL AND %(payable)s THEN 'subsidy'
                 WHEN payout_line_id IS NOT NULL AND subsidy_state <> 'paid' THEN 'subsidy_pay'
                 WHEN contract_state = 'active' AND date_last >= today THEN 'in_office'
                 WHEN contract_state = 'terminated' OR volunteer_state IN ('removed', 'left') THEN 'left'
                 ELSE 'done' END
            """,
            serving=SQL("volunteer_state IN ('active', 'suspended') AND contract_state IN ('active', 'expired')"),
            payable=SQL(
                "annual_subsidy > 0 AND is_public_servant IS NOT TRUE AND volunteer_state <> 'removed'"
                " AND (ledger_state <> 'draft' OR subsidy_requires_ledger IS NOT TRUE)"
                " AND today >= date_start + make_interval(months => subsidy_due_months)"
            ),
        )

    @api.model
    def _get_blocks_sql(self):
        """The codes of what stands in the way of the coming steps, as far as the lawyer still serves."""
        serving = SQL("volunteer_state IN ('active', 'suspended') AND renewal_state IS DISTINCT FROM 'approved'")
        return SQL(
            """
            concat_ws(',', CASE WHEN removal_id IS NOT NULL THEN 'removal' END,
                           CASE WHEN volunteer_state = 'suspended' AND %(serving)s THEN 'suspended' END,
                           CASE WHEN license_number IS NULL AND %(serving)s THEN 'no_licence' END,
                           CASE WHEN %(serving)s AND today >= date_last - renewal_days
                                 AND license_valid_until <= GREATEST(today - 1, date_last) THEN 'licence' END,
                           CASE WHEN %(serving)s AND NOT is_paper_year AND assessment_outcome IS NULL
                                 AND today >= date_last - renewal_days THEN 'assessment' END,
                           CASE WHEN %(serving)s AND assessment_outcome = 'end' THEN 'assessment_end' END,
                           CASE WHEN ledger_state = 'draft' AND ledger_due < today THEN 'ledger' END,
                           CASE WHEN %(serving)s AND date_last < today AND contract_state <> 'terminated'
                                THEN 'no_contract' END)
            """,
            serving=serving,
        )

    # Compute

    @api.depends("step", "block_codes", "date_last", "ledger_due")
    @api.depends_context("lang")
    def _compute_texts(self):
        # Until when the licence runs is told wherever it stands in the way.
        licences = {row: row.volunteer_id.sudo().license_valid_until for row in self}
        for row in self:
            facts = {
                "date_last": row.date_last,
                "ledger_due": row.ledger_due or "",
                "license_valid_until": licences[row] or "",
            }
            row.next_step = row._tell(yearly_round.STEPS[row.step].sentence, facts) if row.step else False
            codes = (row.block_codes or "").split(",")
            row.blocks = (
                join_clauses(self.env, (row._tell(yearly_round.BLOCKS[code], facts) for code in codes if code)) or False
            )

    def _tell(self, message, facts):
        return Sentence(message, facts).text(self.env._, fields.Date.to_string)

    @api.depends("volunteer_id", "date_start", "date_last")
    def _compute_is_idle(self):
        today = legal_today(self)
        self.is_idle = False
        # Lawyers of one term are counted at once; a team has few terms.
        begun = self.filtered(lambda row: row.date_start and row.date_start <= today)
        for (start, end), rows in begun.grouped(lambda row: (row.date_start, min(row.date_last, today))).items():
            facts = rows.volunteer_id._get_service_facts(start, end)
            for row in rows:
                row.is_idle = facts[row.volunteer_id].is_idle

    def _search_is_idle(self, operator, value):
        if operator != "in":
            return NotImplemented
        if set(value) == {True, False}:
            return Domain.TRUE
        rows = self.search([])
        rows.invalidate_recordset(["is_idle"])  # counted now, whatever was shown before
        idle = rows.filtered("is_idle")
        return Domain("id", "in" if True in value else "not in", idle.ids)

    @api.depends("contract_id")
    @api.depends_context("uid")
    def _compute_can_act(self):
        writable = self.contract_id._filtered_access("write")
        for row in self:
            row.can_act = row.contract_id in writable

    # Actions

    def action_open_lawyer(self):
        self.ensure_one()
        return self._open(self.volunteer_id)

    def action_next(self):
        """Take, or open, what comes next for this lawyer."""
        self.ensure_one()
        self._check_may_act()
        steps = {
            "removal": lambda: self._open(self.removal_id),
            "ledger_late": self.action_remind,
            "ledger": self.action_remind,
            "ledger_check": lambda: self._open(self.ledger_id),
            "assess": self.action_start_assessments,
            "assess_decide": lambda: self._open(self.assessment_id),
            "assess_cosign": lambda: self._open(self.assessment_id),
            "assess_end": lambda: self._open(self.assessment_id),
            "renew": self.action_propose_renewals,
            "renewal_ask": lambda: self._open(self.batch_id or self.renewal_id),
            "renewal_sign": lambda: self._open(self.batch_id or self.renewal_id),
            "subsidy": self.action_open_payout,
            "subsidy_pay": self.action_open_payout,
        }
        return steps.get(self.step, self.action_open_lawyer)()

    def action_remind(self):
        """Remind the lawyers whose ledger is not handed in; each gets one message, and the ledger keeps the day.

        :raises UserError: when none of the chosen lawyers owes a ledger
        """
        self._check_may_act()
        ledgers = self.ledger_id.filtered(lambda ledger: ledger.state == "draft")
        if not ledgers:
            raise UserError(
                self.env._("None of the chosen lawyers owes a ledger. Choose lawyers whose ledger is not handed in.")
            )
        reachable = ledgers.filtered(lambda ledger: ledger.sudo().volunteer_id.user_id)
        self.env["legal.aid.notification"]._tell_all([self._prepare_reminder(ledger) for ledger in reachable])
        reachable._message_log_batch(
            bodies={ledger.id: self.env._("The lawyer was reminded of the ledger.") for ledger in reachable}
        )
        return self._notify_reminded(len(reachable), (ledgers - reachable).volunteer_id)

    def action_start_assessments(self):
        """Open the assessment of the year for the chosen lawyers, computed at once; those that exist stay (T10)."""
        self._check_may_act()
        assessments = self.env["legal.aid.assessment"]
        started = assessments._create_for_contracts(self.contract_id)
        action = self.env["ir.actions.act_window"]._for_xml_id("union_legal_aid.legal_aid_assessment_action")
        found = started or assessments.search([("contract_id", "in", self.contract_id.ids), ("state", "!=", "void")])
        return {**action, "domain": [("id", "in", found.ids)], "context": {}}

    def action_open_ledgers(self):
        """The ledgers of the chosen lawyers."""
        action = self.env["ir.actions.act_window"]._for_xml_id("union_legal_aid.legal_aid_ledger_action")
        return {**action, "domain": [("id", "in", self.ledger_id.ids)], "context": {}}

    def action_propose_renewals(self):
        """Draft the next year of the chosen lawyers in one batch, to be approved together (T2)."""
        self._check_may_act()
        return self.contract_id.action_renew_in_batch()

    def action_open_payout(self):
        """The payout of the year's subsidies: the one that is not paid yet, or a new one (M1)."""
        self._check_may_act()
        year = self[:1].service_year
        union = self[:1].organization_id
        payout = self.env["legal.aid.payout"].search(
            [
                ("kind", "=", "subsidy"),
                ("organization_id", "=", union.id),
                ("service_year", "=", year),
                ("state", "in", ("draft", "computed", "approved", "posted")),
            ],
            limit=1,
        )
        if payout:
            return self._open(payout)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Subsidy of the Year"),
            "res_model": "legal.aid.payout",
            "views": [(False, "form")],
            "context": {
                "default_kind": "subsidy",
                "default_organization_id": union.id,
                "default_service_year": year,
            },
        }

    # Business

    @api.model
    def _open(self, record):
        return {
            "type": "ir.actions.act_window",
            "name": record.display_name,
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    def _check_may_act(self):
        """:raises AccessError: counties see the round of those who serve them; the city takes its steps"""
        self.check_access("read")
        foreign = self.filtered(lambda row: not row.can_act)
        if foreign:
            raise AccessError(
                self.env._(
                    "The yearly round is the city's: %(city)s takes this step for %(names)s. Ask its legal department.",
                    city=foreign[0].organization_id.name,
                    names=join_names(self.env, foreign.volunteer_id.mapped("name")),
                )
            )

    @api.model
    def _prepare_reminder(self, ledger):
        return Notice(
            # The account is no secret to whoever keeps the team.
            ledger.sudo().volunteer_id.user_id,
            lambda env: env._("Yearly ledger %(year)s", year=ledger.year),
            lambda env: env._(
                "The ledger of %(year)s is due on %(date)s and is not handed in yet. Please hand it in on your page.",
                year=ledger.year,
                date=fields.Date.to_string(ledger.date_due),
            ),
            ledger,
        )

    def _notify_reminded(self, count, without):
        message = self.env._("Reminded: %(count)s.", count=count)
        if without:
            message += " " + self.env._(
                "Without an account, call them: %(names)s.", names=join_names(self.env, without.mapped("name"))
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": message, "type": "warning" if without else "success", "sticky": bool(without)},
        }
