from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools import clocks
from .wording import join_names

POSITIVE_FIGURES = (
    "complaint_limit",
    "group_case_size",
    "decide_days",
    "green_decide_days",
    "supplement_days",
    "assign_days",
    "agency_days",
    "major_report_days",
    "silence_days",
    "file_submit_days",
    "file_review_days",
    "formalities_days",
    "objection_days",
    "replace_days",
    "terminate_notify_days",
    "pay_days",
    "exit_days",
    "supervision_reply_days",
    "publish_days",
    "take_down_days",
    "non_acceptance_sue_days",
)


class LegalAidPolicy(models.Model):
    """The dated figures of the programme, with the document they rest on (O6).

    A record keeps the version that applied on its day. A policy that something rests on is frozen: a new figure is a new policy.
    """

    _name = "legal.aid.policy"
    _description = "Policy"
    _inherit = ["legal.aid.dated.mixin"]
    _order = "date_from desc, id desc"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    document_number = fields.Char(
        required=True, help="The document this policy rests on, for example 平工文〔2016〕28号."
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.ref("base.CNY"),
        ondelete="restrict",
    )
    annual_subsidy = fields.Monetary(
        string="Yearly Subsidy",
        help="Yuan per lawyer and service year, paid by the city (工作方案 §二).",
    )
    subsidy_requires_ledger = fields.Boolean(
        string="Subsidy Needs Ledger",
        default=True,
        help="The subsidy falls due only after the lawyer handed in the ledger of the year.",
    )
    subsidy_on_early_exit = fields.Selection(
        selection=[("months", "By full months served"), ("full", "In full"), ("none", "None")],
        default="months",
        required=True,
    )
    subsidy_on_removal = fields.Selection(
        selection=[("none", "None"), ("months", "By full months served")],
        default="none",
        required=True,
    )
    subsidy_tax_treatment = fields.Selection(
        selection=[("exempt", "Exempt legal-aid subsidy"), ("taxable", "Taxable remuneration for labour")],
        string="Tax Treatment of the Subsidy",
        help="Chosen once by finance; no subsidy can be posted before.",
    )
    complaint_limit = fields.Integer(
        default=2,
        help="Verified workers' complaints that cost a lawyer the place (管理办法 §5(6): 2, 2 included).",
    )
    group_case_size = fields.Integer(default=10, help="From so many workers on, a case counts as a group case.")
    decide_days = fields.Integer(default=7, help="Days to decide an application (法律援助法 §43).")
    green_decide_days = fields.Integer(default=3, help="Days to decide on the green channel.")
    supplement_days = fields.Integer(default=7, help="Days to hand in missing papers.")
    assign_days = fields.Integer(default=3, help="Days to assign a lawyer after granting (法律援助法 §43).")
    agency_days = fields.Integer(default=5, help="Days to sign power of attorney and agreement after assignment.")
    major_report_days = fields.Integer(default=3, help="Days to report a major or group case.")
    silence_days = fields.Integer(default=14, help="Days without a work log after which a case is flagged.")
    file_submit_days = fields.Integer(default=30, help="Days to hand in the file after closing.")
    file_review_days = fields.Integer(default=30, help="Days to review the file.")
    formalities_days = fields.Integer(
        default=7, help="Days to complete the formalities of aid that came first (法律援助法 §44)."
    )
    objection_days = fields.Integer(default=5, help="Days to decide an objection (法律援助法 §49).")
    replace_days = fields.Integer(default=5, help="Working days (工作日) to decide on another lawyer.")
    terminate_notify_days = fields.Integer(default=3, help="Days to make a termination known.")
    pay_days = fields.Integer(default=30, help="Days to pay the case fee after the file was reviewed.")
    exit_days = fields.Integer(default=15, help="Working days (工作日) to settle a request to leave the team.")
    publish_days = fields.Integer(default=7, help="Days to publish a change of the roster (管理办法 §6).")
    take_down_days = fields.Integer(
        default=1, help="Working days (工作日) to take a name off other websites after consent was withdrawn."
    )
    supervision_reply_days = fields.Integer(
        default=15, help="Working days (工作日) for the employer's reply to a supervision letter."
    )
    non_acceptance_sue_days = fields.Integer(
        default=15,
        help="Days to sue after arbitration was not accepted; the law names none, usual practice is 15 (调解仲裁法 §29).",
    )
    law_warning = fields.Text(
        compute="_compute_law_warning", help="Figures that give longer than the law allows at most."
    )

    _dates_ordered = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "A policy cannot end before it begins. Correct its dates.",
    )
    _subsidy_positive = models.Constraint(
        "CHECK(annual_subsidy >= 0)", "The yearly subsidy cannot be negative. Enter the amount in yuan."
    )
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(organization_id, organization_id, '[]') WITH &&,"
        " daterange(date_from, date_to, '[]') WITH &&) WHERE (active)",
        "Another policy of this union is in force in the same period. End that one first.",
    )

    # Compute

    @api.depends(*(name for name in POSITIVE_FIGURES if name in clocks.POLICY_FIELDS))
    @api.depends_context("lang")
    def _compute_law_warning(self):
        """A policy may be stricter than the law; a laxer one is shown, and whoever enters it answers for it (O6)."""
        roads = [(clock, variant) for clock in clocks.CLOCKS.values() for variant in (None, *clock.variants)]
        for policy in self:
            figures = policy._get_clock_figures()
            policy.law_warning = "\n".join(
                policy._get_excess(clock, variant, figures)
                for clock, variant in roads
                if clocks.exceeds_law(clock.kind, figures, variant)
            )

    def _get_excess(self, clock, variant, figures):
        name = clock.variants[variant][0] if variant else clock.policy
        return self.env._(
            "%(figure)s is %(days)s days; the law allows %(limit)s at most (%(rule)s).",
            figure=self._fields[name]._description_string(self.env),
            days=figures[name],
            limit=clock.length,
            rule=clock.source,
        )

    # Constraints

    @api.constrains(*POSITIVE_FIGURES)
    def _check_figures(self):
        for policy in self:
            wrong = [name for name in POSITIVE_FIGURES if policy[name] < 1]
            if wrong:
                raise ValidationError(
                    self.env._(
                        "Policy %(policy)s: %(fields)s must be at least 1.",
                        policy=policy.name,
                        fields=join_names(
                            self.env, (self._fields[name]._description_string(self.env) for name in wrong)
                        ),
                    )
                )

    # CRUD

    def write(self, vals):
        frozen = vals.keys() - {"name", "active", "date_to", "subsidy_tax_treatment"}
        if frozen:
            self._check_not_used(self.env._("Its figures cannot be changed: end it and enter a new policy."))
        if "subsidy_tax_treatment" in vals and any(policy.subsidy_tax_treatment for policy in self):
            self._check_not_used(self.env._("Its tax treatment was chosen already and stands for its whole term."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_not_used(self.env._("It cannot be deleted: end it instead."))

    def _check_not_used(self, consequence):
        used_ids = self._get_used_ids()
        for policy in self.filtered(lambda policy: policy.id in used_ids):
            raise UserError(
                self.env._(
                    "Records rest on policy %(policy)s (%(document)s). %(consequence)s",
                    policy=policy.name,
                    document=policy.document_number,
                    consequence=consequence,
                )
            )

    # Actions

    def action_choose_tax_treatment(self, treatment):
        """Finance decides once per policy how the yearly subsidy is taxed (M9): ``exempt`` or ``taxable``."""
        self.check_access("read")
        if not self.env.user.has_group("union_legal_aid.group_finance"):
            raise AccessError(
                self.env._("Only finance chooses the tax treatment. Ask the finance office of the paying union.")
            )
        # Finance keeps this one figure of a policy that is otherwise the administrators'.
        self.sudo().write({"subsidy_tax_treatment": treatment})

    def action_choose_exempt(self):
        self.action_choose_tax_treatment("exempt")

    def action_choose_taxable(self):
        self.action_choose_tax_treatment("taxable")

    # Business

    def _get_clock_figures(self):
        """The lengths that this policy sets, by their names in ``tools.clocks``."""
        self.ensure_one()
        return {name: self[name] for name in clocks.POLICY_FIELDS if name in self._fields}

    @api.model
    def _raise_none_in_force(self, organization, date):
        raise UserError(
            self.env._(
                "No policy is in force for %(organization)s on %(date)s. Enter the policy of that period, with the"
                " document it rests on, under Configuration > Policies.",
                organization=organization.name,
                date=fields.Date.to_string(date),
            )
        )
