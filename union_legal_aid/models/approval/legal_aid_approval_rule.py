from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain


class LegalAidApprovalRule(models.Model):
    """Which document is approved by whom, when and in which order (M5): configured by data, without code."""

    _name = "legal.aid.approval.rule"
    _description = "Approval Rule"
    _order = "model_id, sequence, id"

    name = fields.Char(required=True, translate=True)
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
    user_id = fields.Many2one(comodel_name="res.users", string="Person", ondelete="restrict")

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

    # Business

    @api.model
    def _get_approved_models(self):
        return [
            name
            for name, model in self.env.registry.items()
            if not model._abstract and "approval_request_id" in model._fields
        ]

    @api.model
    def _get_steps(self, record):
        """The frozen steps for ``record``, in order, as stored on its request.

        :raises UserError: when no rule applies, or a step has nobody who may approve: an approval never passes by default
        """
        # Rules of superior unions bind, also where the requester may not read them.
        rules_sudo = self.sudo().search([("model_id.model", "=", record._name)])
        applicable = rules_sudo.filtered(lambda rule: rule._applies_to(record))
        if not applicable:
            raise UserError(
                self.env._(
                    "No approval rule applies to %(record)s, so nobody may approve it. Ask the office of %(office)s to set"
                    " one under Configuration > Approval Rules.",
                    record=record.display_name,
                    office=record._get_approval_organization("city_manager").name,
                )
            )
        return [rule._prepare_step(record) for rule in applicable]

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

    @api.model
    def _get_principals(self, step, requester):
        """Who may decide ``step`` today in his own right, the requester left out (four eyes).

        A leader who registered a record himself, alone in a small office, is replaced by the leaders of the level above. An
        office that has no leader at all stays closed.
        """
        organization = self.env["union.organization"].sudo().browse(step["organization_id"])
        if step["approver"] == "user":
            users = self.env["res.users"].sudo().browse(step["user_id"]).filtered("active")
        elif step["approver"] in ("group", "payer_finance"):
            users = self._get_role_holders(step, organization)
        else:
            users = self._get_managers(organization)
            while users and users == requester and organization.parent_id:
                organization = organization.parent_id
                users = self._get_managers(organization)
        return users - requester

    @api.model
    def _get_managers(self, organization):
        return organization.manager_user_ids.filtered(
            lambda user: user.active and user.has_group("union_legal_aid.group_manager")
        )

    @api.model
    def _get_role_holders(self, step, organization):
        if step["approver"] == "payer_finance":
            group = self.env.ref("union_legal_aid.group_finance").sudo()
            return group.all_user_ids.filtered(lambda user: user.active and organization in user.union_organization_ids)
        group = self.env["res.groups"].sudo().browse(step["group_id"])
        return group.all_user_ids.filtered(
            lambda user: (
                user.active and any(organization._is_at_or_below(union) for union in user.union_organization_ids)
            )
        )
