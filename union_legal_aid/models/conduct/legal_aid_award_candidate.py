from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# What the officer enters, and while the round is in which state.
ENTERED = {"is_chosen": ("draft",), "merits": ("draft",), "result": ("nominated",)}
FIGURES = (
    "years",
    "consultations",
    "cases_closed",
    "recipients",
    "amount_recovered",
    "hours",
    "activities",
    "assessments",
    "complaints",
)


class LegalAidAwardCandidate(models.Model):
    """Somebody who might be nominated, with the figures as they were when they were taken (T11); they never change afterwards."""

    _name = "legal.aid.award.candidate"
    _description = "Candidate for an Award"
    _inherit = ["legal.aid.step.mixin"]
    _order = "round_id desc, is_excluded, cases_closed desc, recipients desc, hours desc, id"
    _rec_name = "volunteer_id"

    round_id = fields.Many2one(
        comodel_name="legal.aid.award.round",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    organization_id = fields.Many2one(related="round_id.organization_id", store=True, index=True)
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    years = fields.Integer(string="Years of Service", readonly=True, help="Full years of membership on the day.")
    consultations = fields.Integer(readonly=True)
    cases_closed = fields.Integer(readonly=True)
    recipients = fields.Integer(string="Workers Helped", readonly=True)
    currency_id = fields.Many2one(
        comodel_name="res.currency", required=True, readonly=True, default=lambda self: self.env.ref("base.CNY")
    )
    amount_recovered = fields.Monetary(readonly=True)
    hours = fields.Float(readonly=True)
    activities = fields.Integer(readonly=True)
    assessments = fields.Char(readonly=True, help="Outcomes of the signed assessments of the period.")
    complaints = fields.Integer(string="Verified Complaints", readonly=True)
    last_award_date = fields.Date(string="Had It On", readonly=True)
    exclusion = fields.Char(string="Cannot Be Nominated", readonly=True)
    is_excluded = fields.Boolean(readonly=True)
    is_chosen = fields.Boolean(string="Nominated")
    merits = fields.Text(help="What the nomination says of the work.")
    result = fields.Selection(selection=[("won", "Given"), ("lost", "Not given")])

    _once = models.Constraint("UNIQUE(round_id, volunteer_id)", "This person is in the round already.")

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if not self._in_workflow():
            raise AccessError(self.env._("Candidates come with their figures: take the figures of the round."))
        return super().create(vals_list)

    def write(self, vals):
        if not self._in_workflow():
            self._check_entered(vals)
        result = super().write(vals)
        if "is_chosen" in vals and not self._in_workflow():
            # Whoever is chosen is what the leader approves.
            self.round_id._void_changed_requests()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_taken_anew(self):
        if not self._in_workflow():
            raise AccessError(self.env._("Candidates stay with their round: take the figures anew."))

    # Business

    def _check_entered(self, vals):
        frozen = vals.keys() - ENTERED.keys()
        if frozen:
            raise AccessError(self.env._("The figures of a nomination are frozen: take them anew while it is a draft."))
        for candidate in self:
            state = candidate.round_id.state
            if any(state not in ENTERED[name] for name in vals):
                raise UserError(
                    self.env._(
                        "%(round)s is in state “%(state)s”: this can no longer be changed, or not yet.",
                        round=candidate.round_id.display_name,
                        state=candidate.round_id._get_state_label(state),
                    )
                )
            if vals.get("is_chosen") and candidate.exclusion:
                raise UserError(candidate.exclusion)
            if "result" in vals and not candidate.is_chosen:
                raise UserError(self.env._("%(name)s was not nominated.", name=candidate.volunteer_id.display_name))

    def _get_columns(self):
        """``[(label, kind)]`` of the workbook."""
        names = ["volunteer_id", "last_award_date", "exclusion", "is_chosen", "result", *FIGURES]
        labels = {name: field["string"] for name, field in self.fields_get(names, ["string"]).items()}
        kinds = {"amount_recovered": "amount", "assessments": "text", "hours": "text"}
        columns = [(labels["volunteer_id"], "text"), (self.env._("Law Firm"), "text")]
        columns += [(labels[name], kinds.get(name, "number")) for name in FIGURES]
        columns += [(labels[name], "text") for name in ("last_award_date", "exclusion", "is_chosen", "result")]
        return columns

    def _get_row(self):
        self.ensure_one()
        results = dict(self._fields["result"]._description_selection(self.env))
        figures = [f"{self.hours:g}" if name == "hours" else self[name] for name in FIGURES]
        return [
            self.volunteer_id.name,
            self.volunteer_id.law_firm_id.name or "",
            *figures,
            fields.Date.to_string(self.last_award_date) or "",
            self.exclusion or "",
            self.env._("yes") if self.is_chosen else "",
            results.get(self.result, ""),
        ]
