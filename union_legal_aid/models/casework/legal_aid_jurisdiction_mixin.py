from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Unions that have jurisdiction over workers' matters. An industrial union has none: its members are the city's (I3).
JURISDICTION_TIERS = ("county", "zone", "city", "province")


class LegalAidJurisdictionMixin(models.AbstractModel):
    """Which union a worker's matter belongs to (区属, I3), decided from the employer and shown with the rule.

    The sentence is stored when the facts are entered, so that a later change of the tree of unions does not rewrite it.
    """

    _name = "legal.aid.jurisdiction.mixin"
    _description = "Record with Jurisdiction"

    employer_name = fields.Char(string="Employer")
    employer_organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Employer's Union",
        ondelete="restrict",
        index="btree_not_null",
        help="The trade union at the employer, where there is one.",
    )
    employer_place_id = fields.Many2one(
        comodel_name="union.organization",
        string="Employer's Place",
        ondelete="restrict",
        domain=[("tier", "in", JURISDICTION_TIERS)],
        help="The county, district or zone where the employer is; decides when the employer has no union on record.",
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union in Charge",
        compute="_compute_organization_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        ondelete="restrict",
        index=True,
    )
    jurisdiction_rule = fields.Text(compute="_compute_jurisdiction_rule", store=True, precompute=True)
    jurisdiction_override_reason = fields.Text(
        string="Reason for Another Union",
        help="Only with a reason may an officer choose another union than the rule gives.",
    )

    # Compute

    @api.depends("employer_organization_id", "employer_place_id", "jurisdiction_override_reason")
    def _compute_organization_id(self):
        for record in self:
            determined, _rule = record._find_jurisdiction(record.employer_organization_id, record.employer_place_id)
            if record.jurisdiction_override_reason or not determined:
                record.organization_id = record.organization_id or record._get_own_jurisdiction()
            else:
                record.organization_id = determined

    @api.depends("employer_organization_id", "employer_place_id", "jurisdiction_override_reason", "organization_id")
    def _compute_jurisdiction_rule(self):
        for record in self:
            determined, rule = record._find_jurisdiction(record.employer_organization_id, record.employer_place_id)
            if record.jurisdiction_override_reason and determined != record.organization_id:
                rule = self.env._(
                    "%(organization)s is in charge by the officer's decision, for this reason: %(reason)s By the"
                    " rule: %(rule)s",
                    organization=record.organization_id.name,
                    reason=record.jurisdiction_override_reason,
                    rule=rule,
                )
            record.jurisdiction_rule = rule

    # Constraints

    @api.constrains("organization_id", "employer_organization_id", "employer_place_id", "jurisdiction_override_reason")
    def _check_jurisdiction(self):
        for record in self:
            determined, rule = record._find_jurisdiction(record.employer_organization_id, record.employer_place_id)
            if determined and determined != record.organization_id and not record.jurisdiction_override_reason:
                raise ValidationError(
                    self.env._(
                        "%(rule)s To have %(organization)s in charge instead, enter the reason for another union.",
                        rule=rule,
                        organization=record.organization_id.name,
                    )
                )

    # Business

    def _is_jurisdiction_decided(self):
        """Whether the union in charge rests on the rule or on a reason, not merely on who typed the record."""
        self.ensure_one()
        return bool(self.employer_organization_id or self.employer_place_id or self.jurisdiction_override_reason)

    @api.model
    def _find_jurisdiction(self, employer_union, place):
        """``(union in charge or none, sentence that says why)``.

        The employer's union decides: directly under the city, or in an industrial union, its matters are the city's;
        else they are those of its county or zone. Without a union on record the employer's place decides.
        """
        if employer_union:
            organization = employer_union._get_superior(*JURISDICTION_TIERS)
            return organization, self._explain_employer_union(employer_union, organization)
        if place:
            organization = place._get_superior(*JURISDICTION_TIERS)
            rule = self.env._(
                "The employer has no union on record and is located in the area of %(organization)s, which has"
                " jurisdiction.",
                organization=organization.name,
            )
            return organization, rule
        return self.env["union.organization"], self.env._(
            "Neither the employer's union nor its place is known, so jurisdiction is not determined yet."
        )

    @api.model
    def _explain_employer_union(self, employer_union, organization):
        industry = employer_union._get_superior("industry", *JURISDICTION_TIERS)
        names = {"union": employer_union.name, "organization": organization.name}
        if employer_union == organization:
            return self.env._("The employer's union is %(organization)s itself, which has jurisdiction.", **names)
        if industry.tier == "industry":
            return self.env._(
                "The employer's union %(union)s belongs to the industrial union %(industry)s, so %(organization)s has"
                " jurisdiction.",
                industry=industry.name,
                **names,
            )
        if organization.tier == "city":
            return self.env._(
                "The employer's union %(union)s is directly under the city, so %(organization)s has jurisdiction.",
                **names,
            )
        return self.env._(
            "The employer's union %(union)s belongs to %(organization)s, which has jurisdiction.", **names
        )

    @api.model
    def _get_own_jurisdiction(self):
        """The union whose matters the user handles: where a record waits until jurisdiction is determined."""
        union = self.env.user.union_organization_ids[:1]
        return union and union._get_superior(*JURISDICTION_TIERS)
