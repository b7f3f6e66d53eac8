from markupsafe import Markup

from odoo import api, fields, models

from ...tools import assessment
from ..organization.legal_aid_deadline import dump_step, load_step

POINT_FIELDS = frozenset({"score", "points", "proposed_outcome", "proposal_steps"})


class LegalAidAssessmentPointsMixin(models.AbstractModel):
    """What the facts and the voices weigh (T10): points by part, and the outcome that they speak for; the city decides.

    How they are weighed stands in ``tools/assessment.py``; the weights are the policy's.
    """

    _name = "legal.aid.assessment.points.mixin"
    _description = "Points of an Assessment"

    score = fields.Float(string="Points", digits=(5, 1), readonly=True, copy=False, aggregator="avg")
    points = fields.Json(string="Points of the Parts", readonly=True, copy=False)
    points_table = fields.Html(string="Points by Part", compute="_compute_points_table", sanitize=False)
    proposed_outcome = fields.Selection(
        selection="_select_outcome", string="Proposal", readonly=True, copy=False, help="What the points speak for."
    )
    proposal_steps = fields.Json(readonly=True, copy=False)
    proposal_note = fields.Text(string="Why", compute="_compute_proposal_note")

    # Compute

    @api.model
    def _select_outcome(self):
        return [
            ("renew", self.env._("Renew")),
            ("improve", self.env._("Improve")),
            ("end", self.env._("End early")),
        ]

    @api.depends("points", "score")
    @api.depends_context("lang")
    def _compute_points_table(self):
        row = Markup("<tr><td>%s</td><td class='text-end'>%s</td><td class='text-end'>%s</td></tr>")
        head = Markup("<thead><tr><th>%s</th><th class='text-end'>%s</th><th class='text-end'>%s</th></tr></thead>")
        for record in self:
            titles = head % (self.env._("Part"), self.env._("Weight"), self.env._("Points"))
            rows = Markup("").join(row % cells for cells in record._get_point_rows())
            record.points_table = (
                Markup("<table class='table table-sm'>%s<tbody>%s</tbody></table>") % (titles, rows)
                if record.points
                else False
            )

    @api.depends("proposal_steps")
    @api.depends_context("lang")
    def _compute_proposal_note(self):
        for record in self:
            steps = [load_step(step) for step in record.proposal_steps or []]
            record.proposal_note = "\n".join(step.text(self.env._) for step in steps)

    # Business

    def _weigh(self):
        """Points and proposal from the copied facts and the voices given; the city's own choice stays."""
        told_before = self._get_told_before()
        self._hear_workers()
        for record in self:
            # The voices of other unions count, also where the reader may not see them.
            record_sudo = record.sudo()
            policy_sudo = record_sudo.policy_id
            result = assessment.assess(
                record_sudo._get_record(told_before.get(record.id, False)),
                policy_sudo._get_assessment_weights(),
                policy_sudo.assessment_pass_mark,
            )
            follows = not record.outcome or record.outcome == record.proposed_outcome
            record_sudo._workflow_write(
                {
                    "score": float(result.score),
                    "points": {part: float(round(points, 1)) for part, points in result.parts.items()},
                    "proposed_outcome": result.outcome,
                    "proposal_steps": [dump_step(step) for step in self._as_plain(result.reasons)],
                    **({"outcome": result.outcome} if follows else {}),
                }
            )

    @api.model
    def _as_plain(self, sentences):
        """Sentences whose figures JSON can keep."""
        return [
            type(sentence)(sentence.message, {name: str(value) for name, value in sentence.values.items()})
            for sentence in sentences
        ]

    def _get_record(self, was_told):
        """The facts as ``tools.assessment`` takes them."""
        self.ensure_one()
        return assessment.Record(
            duties=tuple(assessment.Duty(line.kind, line.target, line.done) for line in self.line_ids),
            is_idle=self.is_idle,
            ledger=None if self.ledger_status == "open" else self.ledger_status or None,
            complaints=self.complaint_count,
            returned_files=self.returned_file_count,
            silent_cases=self.silent_case_count,
            training_hours=self.training_hours,
            training_target=self.policy_id.assessment_training_hours,
            voices=tuple((voice.kind, voice.score) for voice in self.voice_ids if voice.state == "given"),
            was_told=was_told,
        )

    def _get_told_before(self):
        """``{id: whether the assessment before this one asked for improvement}``."""
        earlier = self.sudo().search(
            [("volunteer_id", "in", self.volunteer_id.ids), ("state", "=", "signed")], order="period_start"
        )
        by_lawyer = earlier.grouped("volunteer_id")
        told = {}
        for record in self:
            before = [
                other
                for other in by_lawyer.get(record.volunteer_id, ())
                if other.period_start < record.period_start and other != record
            ]
            told[record.id] = bool(before) and before[-1].outcome == "improve"
        return told

    def _hear_workers(self):
        """The voice of the workers is that of the call-backs, as soon as somebody was asked (C10)."""
        workers_sudo = (
            self.env["legal.aid.assessment.voice"]
            .sudo()
            .search([("assessment_id", "in", self.ids), ("kind", "=", "worker")])
        )
        for voice_sudo in workers_sudo:
            record = voice_sudo.assessment_id
            if record.call_back_count:
                voice_sudo._record_call_backs(record.satisfaction, record.computed_date)

    def _get_point_rows(self):
        """``[(part, weight, points)]`` as text; a part that is left out says so."""
        self.ensure_one()
        weights = self.policy_id.sudo()._get_assessment_weights() if self.policy_id else {}
        rows = []
        for part, label in self._get_part_labels().items():
            weight = weights.get(part, 0)
            if weight:
                points = (self.points or {}).get(part)
                rows.append((label, str(weight), self.env._("left out") if points is None else f"{points:.1f}"))
        return rows

    @api.model
    def _get_part_labels(self):
        return {
            "duty": self.env._("Duties and targets"),
            "ledger": self.env._("Yearly ledger"),
            "conduct": self.env._("Complaints, returned files, silence"),
            "training": self.env._("Training"),
            "union": self.env._("Contact-point unions"),
            "enterprise": self.env._("Enterprises"),
            "worker": self.env._("Workers"),
            "justice": self.env._("Justice bureau"),
        }
