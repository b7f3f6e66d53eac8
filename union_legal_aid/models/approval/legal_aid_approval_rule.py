from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..organization.union_organization import CASE_TIERS
from ..organization.wording import join_names

NAMED_AT_MOST = 5


class LegalAidApprovalRule(models.Model):
    """Which document is approved by whom, when and in which order (M5): configured by data, without code.

    A rule is one step. All rules of a document that apply to it hold together, in their order; those of superior unions bind
    the unions below. A rule that names nobody today is no error, but it is shown, because its documents could not be approved.
    """

    _name = "legal.aid.approval.rule"
    _description = "Approval Rule"
    _inherit = ["legal.aid.approval.route.mixin"]
    _order = "model_id, sequence, id"

    name = fields.Char(required=True, translate=True, help="What those who decide read in their inbox.")
    active = fields.Boolean(default=True)
    sequence = fields.Integer(string="Step", default=10)
    model_id = fields.Many2one(
        comodel_name="ir.model",
        string="Document",
        required=True,
        ondelete="cascade",
        domain=lambda self: [("model", "in", self._get_approved_models())],
    )
    model_name = fields.Char(related="model_id.model", string="Model")
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Only For",
        ondelete="restrict",
        index="btree_not_null",
        help="The rule holds for this union and those below it. Empty: for all.",
    )
    domain = fields.Char(string="When", default="[]", help="The documents that need this step; empty means all.")
    approver = fields.Selection(
        selection=[
            ("record_manager", "Managers of the document's union"),
            ("payer_manager", "Managers of the paying union"),
            ("city_manager", "Managers of the city union"),
            ("payer_finance", "Finance of the paying union"),
            ("group", "A role"),
            ("user", "A person"),
        ],
        required=True,
        default="record_manager",
    )
    group_id = fields.Many2one(comodel_name="res.groups", string="Role", ondelete="restrict")
    user_id = fields.Many2one(
        comodel_name="res.users", string="Person", ondelete="restrict", domain=[("share", "=", False)]
    )
    warning = fields.Text(compute="_compute_warning")

    # Compute

    @api.depends("approver", "group_id", "user_id", "organization_id")
    @api.depends_context("lang")
    def _compute_warning(self):
        for rule in self:
            rule.warning = rule._get_warning()

    # Constraints

    @api.constrains("approver", "group_id", "user_id")
    def _check_approver(self):
        for rule in self:
            if rule.approver == "group" and not rule.group_id or rule.approver == "user" and not rule.user_id:
                raise ValidationError(
                    self.env._("Approval rule %(rule)s names nobody. Choose the role or the person.", rule=rule.name)
                )

    @api.constrains("domain", "model_id")
    def _check_domain(self):
        for rule in self:
            try:
                Domain(literal_eval(rule.domain or "[]")).validate(self.env[rule.model_id.model])
            except (ValueError, SyntaxError, TypeError, KeyError) as error:
                raise ValidationError(
                    self.env._(
                        "Approval rule %(rule)s: the condition cannot be understood (%(error)s). Correct it with the editor.",
                        rule=rule.name,
                        error=error,
                    )
                ) from error

    # Actions

    def action_preview_approval(self):
        """Show who would approve a document of this kind; the latest one, until another is chosen."""
        self.ensure_one()
        latest = self.env[self.model_name].search([], limit=1, order="id desc")
        action = self.env["ir.actions.act_window"]._for_xml_id("union_legal_aid.legal_aid_approval_preview_action")
        return {**action, "context": {"default_document": f"{latest._name},{latest.id}" if latest else False}}

    # Business

    @api.model
    def _get_approved_models(self):
        return [
            name
            for name, model in self.env.registry.items()
            if not model._abstract and "approval_request_id" in model._fields
        ]

    def _applies_to(self, record):
        self.ensure_one()
        if self.organization_id and not record._get_approval_organization("record_manager")._is_at_or_below(
            self.organization_id
        ):
            return False
        return bool(record.sudo().filtered_domain(literal_eval(self.domain or "[]")))

    def _prepare_step(self, record):
        self.ensure_one()
        return {
            "rule_id": self.id,
            "name": self.name,
            "approver": self.approver,
            "organization_id": record._get_approval_organization(self.approver).id,
            "group_id": self.group_id.id,
            "user_id": self.user_id.id,
        }

    def _get_warning(self):
        """A sentence when nobody could decide this step at present, somewhere; False when all is well."""
        self.ensure_one()
        if self.approver == "user":
            archived = self.user_id and not self.user_id.sudo().active
            return archived and self.env._(
                "%(name)s is archived, so nobody could approve this step.", name=self.user_id.sudo().name
            )
        if self.approver == "group" and not self.group_id:
            return False
        unmanned = self._get_unmanned_unions()
        if not unmanned:
            return False
        names = join_names(self.env, unmanned[:NAMED_AT_MOST].mapped("name"))
        if len(unmanned) > NAMED_AT_MOST:
            names = self.env._("%(names)s and %(count)s more", names=names, count=len(unmanned) - NAMED_AT_MOST)
        return self.env._(
            "At present nobody could approve this step for: %(unions)s. The rule can be saved; documents of these unions wait"
            " until somebody holds the role.",
            unions=names,
        )

    def _get_unmanned_unions(self):
        """The unions in which the rule holds and finds nobody."""
        # An administrator sees which office has no leader, not who the users of other unions are.
        unions_sudo = self.env["union.organization"].sudo()
        domain = Domain("tier", "in", CASE_TIERS)
        if self.organization_id:
            domain &= Domain("id", "child_of", self.organization_id._origin.ids or self.organization_id.ids)
        unions_sudo = unions_sudo.search(domain)
        if self.approver == "city_manager":
            unions_sudo = unions_sudo.browse({union._get_city().id for union in unions_sudo})
        elif self.approver.startswith("payer_"):
            unions_sudo = unions_sudo.browse({union._get_case_payer().id for union in unions_sudo})
        step = {"approver": self.approver, "group_id": self.group_id.id}
        return unions_sudo.filtered(lambda union: not self._get_fit_users(step, union))
