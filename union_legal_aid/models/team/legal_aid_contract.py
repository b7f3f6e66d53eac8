from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import deadlines

FACTS = (
    "kind",
    "volunteer_id",
    "law_firm_id",
    "organization_id",
    "date_start",
    "date_end",
    "annual_subsidy",
    "renewal_of_id",
)


class LegalAidContract(models.Model):
    """A lawyer's appointment for one year (T2), or a service agreement with a law firm that names the lawyer (T5).

    A city officer drafts it, a city manager approves it; the approval appoints: number, membership, notice. Contracts
    of one lawyer never overlap. The policy in force on the first day is kept; where none is in force there is no
    contract (O6).
    """

    _name = "legal.aid.contract"
    _description = "Contract"
    _inherit = [
        "legal.aid.city.mixin",
        "legal.aid.appointment.batched.mixin",
        "legal.aid.appointment.expiry.mixin",
        "legal.aid.appointment.document.mixin",
    ]
    _order = "date_start desc, id desc"
    _rec_names_search = ["number", "volunteer_id.name", "law_firm_id.name"]

    _workflow_facts = dict.fromkeys((*FACTS, "batch_id"), ("draft",))
    _approval_facts = (*FACTS, "policy_id")

    kind = fields.Selection(
        selection=[("individual", "Appointment of a lawyer"), ("firm", "Service agreement with a law firm")],
        default="individual",
        required=True,
    )
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('kind', '=', 'lawyer')]",
    )
    law_firm_id = fields.Many2one(
        comodel_name="res.partner",
        compute="_compute_law_firm_id",
        store=True,
        precompute=True,
        readonly=False,
        ondelete="restrict",
        index="btree_not_null",
        domain=[("is_company", "=", True)],
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        compute="_compute_organization_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        ondelete="restrict",
        index=True,
    )
    date_start = fields.Date(string="First Day", required=True)
    date_end = fields.Date(
        string="Last Day",
        compute="_compute_date_end",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="At most one year after the first day, less one day (管理办法 §4).",
    )
    date_last = fields.Date(
        string="In Force Until",
        compute="_compute_date_last",
        store=True,
        precompute=True,
        index=True,
        help="The last day, or the day on which the contract ended early.",
    )
    service_year = fields.Integer(
        compute="_compute_service_year",
        store=True,
        precompute=True,
        aggregator=False,
        help="The year of the first day. Subsidy and ledger go by it.",
    )
    policy_id = fields.Many2one(
        comodel_name="legal.aid.policy",
        compute="_compute_policy_id",
        store=True,
        precompute=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The policy in force on the first day.",
    )
    annual_subsidy = fields.Monetary(
        string="Yearly Subsidy",
        compute="_compute_annual_subsidy",
        store=True,
        precompute=True,
        readonly=False,
        help="Yuan for the service year, by the policy.",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.ref("base.CNY"),
        ondelete="restrict",
    )
    duty_ids = fields.One2many(
        comodel_name="legal.aid.contract.duty",
        inverse_name="contract_id",
        string="Duties and Targets",
        default=lambda self: self.env["legal.aid.contract.duty"]._get_default_commands(),
        copy=True,
    )
    renewal_of_id = fields.Many2one(
        comodel_name="legal.aid.contract",
        string="Renews",
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
    )
    recommendation_warning = fields.Char(
        compute="_compute_recommendation_warning", help="A newcomer who did not apply or was not recommended (T1)."
    )
    is_editable = fields.Boolean(compute="_compute_is_editable")
    is_own = fields.Boolean(compute="_compute_is_editable", help="Whether this user's union makes this contract.")

    _one_subject = models.Constraint(
        "CHECK((kind = 'individual' AND volunteer_id IS NOT NULL)"
        " OR (kind = 'firm' AND law_firm_id IS NOT NULL AND volunteer_id IS NULL))",
        "An appointment needs its lawyer, a service agreement its law firm and no lawyer.",
    )
    _subsidy_not_negative = models.Constraint(
        "CHECK(annual_subsidy >= 0)", "The yearly subsidy cannot be negative. Enter the amount in yuan."
    )
    # Deferred, so that _check_overlap can name the other contract first; GREATEST, because a range cannot even be built
    # backwards and _check_dates says that better.
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(volunteer_id, volunteer_id, '[]') WITH &&,"
        " daterange(date_start, GREATEST(date_start, COALESCE(date_terminated, date_end)), '[]') WITH &&)"
        " WHERE (kind = 'individual' AND state <> 'cancelled') DEFERRABLE INITIALLY DEFERRED",
        "This lawyer has a contract in this period already. End that one first or choose other dates.",
    )
    _one_renewal = models.UniqueIndex(
        "(renewal_of_id) WHERE renewal_of_id IS NOT NULL AND state <> 'cancelled'",
        "This contract was renewed already. Open its renewal.",
    )

    # Compute

    @api.depends("number", "volunteer_id.name", "law_firm_id.name", "service_year")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for contract in self:
            named = contract.sudo()  # whoever reads the contract reads whose it is
            subject = named.volunteer_id if named.kind == "individual" else named.law_firm_id
            contract.display_name = contract.number or self.env._(
                "Draft contract %(subject)s %(year)s", subject=subject.name or "", year=contract.service_year or ""
            )

    @api.depends("kind", "volunteer_id")
    def _compute_law_firm_id(self):
        """The lawyer's firm at the time of the appointment; he may move on later."""
        for contract in self:
            if contract.state == "draft" and contract.kind == "individual":
                contract.law_firm_id = contract.volunteer_id.law_firm_id

    @api.depends("volunteer_id")
    def _compute_organization_id(self):
        for contract in self:
            contract.organization_id = (
                contract.volunteer_id.organization_id
                or contract.organization_id
                or self.env["legal.aid.volunteer"]._default_organization_id()
            )

    @api.depends("date_start")
    def _compute_date_end(self):
        for contract in self:
            contract.date_end = contract.date_start and deadlines.anniversary_end(contract.date_start)

    @api.depends("date_end", "date_terminated")
    def _compute_date_last(self):
        for contract in self:
            contract.date_last = contract.date_terminated or contract.date_end

    @api.depends("date_start")
    def _compute_service_year(self):
        for contract in self:
            contract.service_year = contract.date_start and contract.date_start.year

    @api.depends("organization_id", "date_start")
    def _compute_policy_id(self):
        """:raises UserError: when no policy is in force on the first day (O6)"""
        drafts = self.filtered(lambda contract: contract.state in (False, "draft"))
        for (union, date), contracts in drafts.grouped(lambda one: (one.organization_id, one.date_start)).items():
            known = union and date
            contracts.policy_id = self.env["legal.aid.policy"]._get(union, date) if known else False

    @api.depends("policy_id", "kind")
    def _compute_annual_subsidy(self):
        for contract in self.filtered(lambda contract: contract.state in (False, "draft")):
            paid = contract.kind == "individual"
            contract.annual_subsidy = contract.policy_id.sudo().annual_subsidy if paid else 0

    @api.depends(
        "state",
        "kind",
        "volunteer_id.state",
        "volunteer_id.application_date",
        "volunteer_id.recommended_by",
        "volunteer_id.recommended_date",
    )
    @api.depends_context("lang")
    def _compute_recommendation_warning(self):
        drafts = self.filtered(lambda contract: contract.state == "draft" and contract.kind == "individual")
        reasons = drafts.volunteer_id._get_not_recommended_reasons()
        for contract in self:
            refused, missing = (
                reasons.get(contract.volunteer_id, (False, False)) if contract in drafts else (False, False)
            )
            contract.recommendation_warning = refused or missing

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_is_editable(self):
        writable = self._origin._filtered_access("write")
        for contract in self:
            contract.is_own = not contract._origin or contract._origin in writable
            contract.is_editable = contract.is_own and contract.state == "draft"

    # Constraints

    @api.constrains("date_start", "date_end", "kind")
    def _check_dates(self):
        for contract in self:
            if contract.date_end < contract.date_start:
                raise ValidationError(
                    self.env._(
                        "%(contract)s ends on %(end)s, before it begins on %(start)s. Correct the dates.",
                        contract=contract.display_name,
                        end=fields.Date.to_string(contract.date_end),
                        start=fields.Date.to_string(contract.date_start),
                    )
                )
            latest = deadlines.anniversary_end(contract.date_start)
            if contract.kind == "individual" and contract.date_end > latest:
                raise ValidationError(
                    self.env._(
                        "%(contract)s is for one year at most: from %(start)s it may run until %(latest)s.",
                        contract=contract.display_name,
                        start=fields.Date.to_string(contract.date_start),
                        latest=fields.Date.to_string(latest),
                    )
                )

    @api.constrains("kind", "volunteer_id", "date_start", "date_end", "state", "date_terminated")
    def _check_overlap(self):
        checked = self.filtered(lambda contract: contract.kind == "individual" and contract.state != "cancelled")
        rivals = self.search(
            [
                ("volunteer_id", "in", checked.volunteer_id.ids),
                ("kind", "=", "individual"),
                ("state", "!=", "cancelled"),
            ]
        ).grouped("volunteer_id")
        for contract in checked:
            other = rivals[contract.volunteer_id].filtered(
                lambda rival, contract=contract: (
                    rival != contract
                    and rival.date_start <= contract.date_last
                    and rival.date_last >= contract.date_start
                )
            )[:1]
            if other:
                raise ValidationError(
                    self.env._(
                        "%(contract)s (%(start)s to %(end)s) overlaps with %(other)s (%(other_start)s to"
                        " %(other_end)s). A lawyer has one contract at a time: end or cancel the other one, or choose"
                        " other dates.",
                        contract=contract.display_name,
                        start=fields.Date.to_string(contract.date_start),
                        end=fields.Date.to_string(contract.date_last),
                        other=other.display_name,
                        other_start=fields.Date.to_string(other.date_start),
                        other_end=fields.Date.to_string(other.date_last),
                    )
                )
        # What others are writing at this moment only the database knows: ask it now, while a clear answer is possible.
        self.flush_recordset()
        self.env.cr.execute("SET CONSTRAINTS legal_aid_contract_no_overlap IMMEDIATE")
        self.env.cr.execute("SET CONSTRAINTS legal_aid_contract_no_overlap DEFERRED")

    @api.constrains("organization_id", "volunteer_id")
    def _check_organization(self):
        for contract in self:
            city = contract.volunteer_id.organization_id or contract.organization_id._get_city()
            if contract.organization_id != city:
                raise ValidationError(
                    self.env._(
                        "%(contract)s: contracts are made by the city union, here %(city)s. Choose it as the union.",
                        contract=contract.display_name,
                        city=city.name,
                    )
                )

    @api.constrains("renewal_of_id", "volunteer_id", "law_firm_id")
    def _check_renewal(self):
        for contract in self.filtered("renewal_of_id"):
            subject = "volunteer_id" if contract.kind == "individual" else "law_firm_id"
            if contract.renewal_of_id[subject] != contract[subject]:
                raise ValidationError(
                    self.env._(
                        "%(contract)s cannot renew %(renewed)s, which is somebody else's.",
                        contract=contract.display_name,
                        renewed=contract.renewal_of_id.display_name,
                    )
                )
