from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..organization.legal_day import legal_today
from ..organization.wording import join_names


class LegalAidRecommendationStep(models.Model):
    """One level's word on a lawyer: who, agrees or not, when, and the stamped paper (T1).

    The union that proposes enters them while it prepares the proposal; from then on the city alone does, and the justice bureau
    by its own account.
    """

    _name = "legal.aid.recommendation.step"
    _description = "Level of a Recommendation"
    _inherit = ["legal.aid.workflow.line.mixin"]
    _order = "recommendation_id, date, id"
    _rec_name = "institution"

    _workflow_document = "recommendation_id"
    _workflow_document_states = ("draft", "submitted")

    recommendation_id = fields.Many2one(
        comodel_name="legal.aid.recommendation", required=True, ondelete="cascade", index=True
    )
    level = fields.Selection(
        selection=[
            ("firm", "Law firm"),
            ("bar", "Bar association"),
            ("county_bureau", "County justice bureau"),
            ("county_union", "County union"),
            ("city_bureau", "City justice bureau"),
        ],
        required=True,
        default="firm",
    )
    institution = fields.Char(
        string="Name", compute="_compute_institution", store=True, precompute=True, readonly=False, compute_sudo=True
    )
    signed_by = fields.Char(help="Who signed for the institution.")
    opinion = fields.Selection(
        selection=[("agree", "Agrees"), ("disagree", "Does not agree")], required=True, default="agree"
    )
    date = fields.Date(required=True, default=legal_today)
    note = fields.Char(string="Opinion in Words")
    document = fields.Binary(
        string="Stamped Paper", attachment=True, copy=False, help="Photograph or scan of the stamped page."
    )
    document_name = fields.Char(copy=False)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Entered by the Bureau",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="The bureau's own account, which stands for its stamp.",
    )

    # Compute

    @api.depends("level", "recommendation_id.law_firm_id", "recommendation_id.organization_id")
    def _compute_institution(self):
        for step in self:
            partner = step._get_partner()
            union = step.recommendation_id.organization_id if step.level == "county_union" else False
            step.institution = partner.name or (union and union.name) or step.institution

    # Constraints

    @api.constrains("date", "recommendation_id")
    def _check_date(self):
        for step in self:
            applied = step.recommendation_id.application_date
            if step.date > legal_today(step):
                raise ValidationError(
                    self.env._(
                        "%(name)s: the opinion of %(date)s is still to come. Enter the day on the stamped paper.",
                        name=step.recommendation_id.name,
                        date=fields.Date.to_string(step.date),
                    )
                )
            if applied and step.date < applied:
                raise ValidationError(
                    self.env._(
                        "%(name)s: nobody recommends on %(date)s a lawyer who applied on %(applied)s only. Correct the"
                        " dates.",
                        name=step.recommendation_id.name,
                        date=fields.Date.to_string(step.date),
                        applied=fields.Date.to_string(applied),
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        if not steps.recommendation_id._in_workflow() and any(steps.mapped("user_id")):
            steps._raise_of_bureau()
        return steps

    def write(self, vals):
        if not self.recommendation_id._in_workflow() and (vals.get("user_id") or any(self.mapped("user_id"))):
            self._raise_of_bureau()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_bureau(self):
        if any(self.mapped("user_id")):
            self._raise_of_bureau()

    # Business

    def _raise_of_bureau(self):
        raise UserError(
            self.env._(
                "%(names)s: what the justice bureau entered with its own account stays as it is. The bureau may give"
                " its opinion again.",
                names=join_names(self.env, self.recommendation_id.mapped("display_name")),
            )
        )

    def _check_document_open(self):
        result = super()._check_document_open()
        handed_in = self.recommendation_id.filtered(lambda proposal: proposal.state == "submitted")
        if handed_in and not handed_in._in_workflow():
            # From here on the papers are the city's.
            handed_in._check_selector()
        return result

    def _workflow_env(self):
        """Steps of the bureau, taken by its own account."""
        return self.recommendation_id._workflow_env().env[self._name]

    def _get_partner(self):
        """The institution's address card, as far as the system knows it."""
        self.ensure_one()
        proposal = self.recommendation_id
        if self.level == "firm":
            return proposal.law_firm_id
        if self.level == "county_bureau":
            return proposal.organization_id.sudo().justice_bureau_id
        if self.level == "city_bureau":
            return proposal.city_id.sudo().justice_bureau_id
        if self.level == "county_union":
            return proposal.organization_id.sudo().partner_id
        return self.env["res.partner"]

    def _get_problems(self):
        """Why this level's last word does not carry the lawyer on: it does not agree, or its paper is missing."""
        self.ensure_one()
        names = {
            "name": self.recommendation_id.name,
            "level": dict(self._fields["level"]._description_selection(self.env))[self.level],
        }
        if self.opinion != "agree":
            return [self.env._("%(name)s: the level “%(level)s” does not agree.", **names)]
        if not self.document and not self.user_id:
            return [
                self.env._(
                    "%(name)s: the stamped paper of the level “%(level)s” is missing. Photograph it and attach it.",
                    **names,
                )
            ]
        return []
