from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..organization.legal_day import legal_today

FACTS = (
    "name",
    "gender",
    "license_number",
    "license_valid_until",
    "law_firm_id",
    "office_phone",
    "practises_in_city",
    "specialty_ids",
    "contact_point_ids",
    "organization_id",
    "application_date",
    "application_document",
    "application_document_name",
)


class LegalAidRecommendation(models.Model):
    """A lawyer's application and its recommendation, level by level, to the city that selects (T1; 管理办法 §2 律师自愿、逐级推荐).

    The lawyer applies himself, with a signed paper; firm, bar association, county bureau or county union recommend; the city's
    justice bureau agrees; the city union selects and gives the lawyer a file in the team without anything typed twice.

    ==============  ===============================================  ================================================
    State           becomes                                          by
    ==============  ===============================================  ================================================
    draft           submitted, withdrawn                             officer of the union that proposes, or above
    submitted       selected, not_selected                           officer of the city: ``action_select``, ``action_not_select``
    submitted       draft                                            officer of the city: ``action_return``, with a note
    submitted       withdrawn                                        officer of the union that proposes, or above
    ==============  ===============================================  ================================================
    """

    _name = "legal.aid.recommendation"
    _description = "Recommendation"
    _inherit = ["legal.aid.proposal.mixin", "legal.aid.licensed.mixin", "legal.aid.workflow.mixin", "mail.thread"]
    _order = "id desc"
    _rec_names_search = ["name", "license_number"]
    _city_field = "city_id"

    _workflow_transitions = {
        "draft": ("submitted", "withdrawn"),
        "submitted": ("draft", "selected", "not_selected", "withdrawn"),
    }
    _workflow_fields = frozenset(
        {
            "state",
            "submitted_date",
            "submitted_by_id",
            "decided_date",
            "decided_by_id",
            "reason_id",
            "note",
            "volunteer_id",
        }
    )
    _workflow_facts = dict.fromkeys(FACTS, ("draft",))

    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("submitted", "At the city union"),
            ("selected", "Selected"),
            ("not_selected", "Not selected"),
            ("withdrawn", "Withdrawn"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    name = fields.Char(string="Full Name", required=True, index="trigram")
    license_number = fields.Char(required=True)
    law_firm_id = fields.Many2one(
        comodel_name="res.partner",
        required=True,
        ondelete="restrict",
        index=True,
        domain=[("is_company", "=", True)],
    )
    contact_point_ids = fields.Many2many(
        comodel_name="union.organization",
        relation="legal_aid_recommendation_contact_point_rel",
        column1="recommendation_id",
        column2="organization_id",
        string="Proposed Contact Points",
        help="The unions that this lawyer should serve. It is the city that sets them (管理办法 §3).",
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Proposed by",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user.union_organization_ids[:1],
        help="The union that puts the lawyer forward and keeps the papers.",
    )
    city_id = fields.Many2one(
        comodel_name="union.organization",
        string="City Union",
        compute="_compute_city_id",
        store=True,
        precompute=True,
        compute_sudo=True,
        ondelete="restrict",
        index=True,
        help="The union that keeps the team and selects.",
    )
    application_date = fields.Date(string="Applied On", help="The day on which the lawyer himself applied.")
    application_document = fields.Binary(
        string="Signed Application", attachment=True, copy=False, help="Photograph or scan of the signed application."
    )
    application_document_name = fields.Char(copy=False)
    step_ids = fields.One2many(
        comodel_name="legal.aid.recommendation.step", inverse_name="recommendation_id", string="Levels"
    )
    submitted_date = fields.Date(readonly=True, copy=False)
    submitted_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    decided_date = fields.Date(string="Decided On", readonly=True, copy=False)
    decided_by_id = fields.Many2one(
        comodel_name="res.users", string="Decided by", readonly=True, copy=False, ondelete="restrict"
    )
    reason_id = fields.Many2one(comodel_name="legal.aid.reason", readonly=True, copy=False, ondelete="restrict")
    note = fields.Text(string="Note on the Decision", readonly=True, copy=False)
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The file in the team that was made by the selection.",
    )
    missing_text = fields.Text(
        string="Still Missing", compute="_compute_missing_text", help="What the city needs before it can select."
    )
    is_editable = fields.Boolean(compute="_compute_can")
    can_add_levels = fields.Boolean(compute="_compute_can")
    can_select = fields.Boolean(compute="_compute_can")
    can_recommend = fields.Boolean(compute="_compute_can")

    # Two counties may propose one lawyer; the city decides on one proposal at a time.
    _one_at_the_city = models.UniqueIndex(
        "(license_number, city_id) WHERE state = 'submitted'",
        "A lawyer with this licence number has been proposed to the city already. Ask its legal department.",
    )

    # Compute

    @api.depends("organization_id")
    def _compute_city_id(self):
        for proposal in self:
            proposal.city_id = proposal.organization_id and proposal.organization_id._get_city()

    @api.depends(
        "state",
        "license_valid_until",
        "practises_in_city",
        "application_date",
        "application_document",
        "step_ids.level",
        "step_ids.opinion",
        "step_ids.date",
        "step_ids.document",
    )
    @api.depends_context("lang")
    def _compute_missing_text(self):
        for proposal in self:
            is_open = proposal.state in ("draft", "submitted")
            proposal.missing_text = is_open and "\n".join(proposal._get_missing())

    @api.depends("state", "city_id")
    @api.depends_context("uid")
    def _compute_can(self):
        writable = self._origin._filtered_access("write")
        for proposal in self:
            own = not proposal._origin or proposal._origin in writable
            is_city = own and proposal._is_selector()
            proposal.is_editable = own and proposal.state == "draft"
            proposal.can_add_levels = proposal.is_editable or (is_city and proposal.state == "submitted")
            proposal.can_select = is_city and proposal.state == "submitted"
            proposal.can_recommend = bool(proposal.state == "submitted" and proposal._get_bureau_level())

    # Constraints

    @api.constrains("application_date", "application_document")
    def _check_application_date(self):
        for proposal in self.filtered("application_date"):
            if proposal.application_date > legal_today(self):
                raise ValidationError(
                    self.env._(
                        "%(name)s: the application of %(date)s is still to come. Enter the day on the signed paper.",
                        name=proposal.name,
                        date=fields.Date.to_string(proposal.application_date),
                    )
                )
