from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_list

from ..models.organization.legal_day import legal_today
from ..models.organization.union_organization import CASE_TIERS

# The documents without which the main job stands still.
APPROVED_MODELS = {"legal.aid.case": "cases", "legal.aid.expense": "fees", "legal.aid.payout": "payouts"}
# Where the office finds what is missing.
ACTIONS = {
    "numbering": "union_legal_aid.union_organization_action",
    "policy": "union_legal_aid.legal_aid_policy_action",
    "calendar": "union_legal_aid.legal_aid_calendar_day_action",
    "cases": "union_legal_aid.legal_aid_approval_rule_action",
    "fees": "union_legal_aid.legal_aid_approval_rule_action",
    "payouts": "union_legal_aid.legal_aid_approval_rule_action",
    "schedule": "union_legal_aid.legal_aid_fee_schedule_action",
    "institution": "union_legal_aid.union_institution_action",
    "lawyers": "union_legal_aid.legal_aid_volunteer_action",
}


class UnionReadiness(models.TransientModel):
    """One thing that a union needs for its work, and whether it is there. Looked at anew each time, never kept up."""

    _name = "union.readiness"
    _description = "Readiness of a Union"
    _order = "id"

    organization_id = fields.Many2one(
        comodel_name="union.organization", string="Union", required=True, readonly=True, ondelete="cascade"
    )
    new_county_id = fields.Many2one(
        comodel_name="union.new.county", string="Dialog", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    code = fields.Selection(
        selection=[
            ("numbering", "Case numbers"),
            ("policy", "Policy in force"),
            ("calendar", "Calendar of the year"),
            ("people", "Somebody who registers"),
            ("cases", "Approval of applications"),
            ("fees", "Approval of case fees"),
            ("payouts", "Approval of payouts"),
            ("schedule", "Fee schedule in force"),
            ("payer", "Who pays the case fees"),
            ("books", "Books"),
            ("bureau", "Justice bureau"),
            ("institution", "Institution or designated person"),
            ("lawyers", "Lawyers of the contact point"),
        ],
        string="What",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        selection=[("ready", "Ready"), ("missing", "Not ready")], string="Status", required=True, readonly=True
    )
    reason = fields.Char(string="Because", readonly=True)

    # Actions

    def action_open(self):
        """Go to where it is entered."""
        self.ensure_one()
        self.check_access("read")
        if self.code in ACTIONS:
            return self.env["ir.actions.act_window"]._for_xml_id(ACTIONS[self.code])
        return {
            "type": "ir.actions.act_window",
            "res_model": "union.organization",
            "res_id": self.organization_id.id,
            "views": [(False, "form")],
        }

    # Business

    @api.model
    def _open(self, organization):
        """The dialog with what ``organization`` has and lacks.

        :raises AccessError: for a union that is neither the user's own nor below it
        """
        if not any(organization._is_at_or_below(union) for union in self.env.user.access_organization_ids):
            raise AccessError(
                self.env._("%(union)s is neither one of your unions nor below them.", union=organization.name)
            )
        items = self._create_for(organization)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Is %(union)s Ready?", union=organization.name),
            "res_model": self._name,
            "views": [
                (self.env.ref(f"union_legal_aid.union_readiness_view_{view}").id, view) for view in ("list", "kanban")
            ],
            "mobile_view_mode": "kanban",
            "domain": [("id", "in", items.ids)],
            "target": "new",
        }

    @api.model
    def _create_for(self, organization, new_county_id=False):
        checks = [*self._look_at_basics(organization), *self._look_at_approval(organization)]
        checks += [*self._look_at_money(organization), *self._look_at_service(organization)]
        return self.create(
            [
                {
                    "organization_id": organization.id,
                    "new_county_id": new_county_id,
                    "code": code,
                    "state": "ready" if is_ready else "missing",
                    "reason": reason,
                }
                for code, is_ready, reason in checks
            ]
        )

    # Each of these yields (code, whether it is there, sentence)

    @api.model
    def _look_at_basics(self, organization):
        today = legal_today(self)
        if organization.tier in CASE_TIERS:
            prefix = organization.document_prefix
            yield (
                "numbering",
                bool(organization.sudo().case_sequence_id),
                self.env._("Numbers start with %(prefix)s.", prefix=prefix)
                if prefix
                else self.env._("The document prefix is missing. Enter it in the union's form."),
            )
        yield self._look_up("policy", "legal.aid.policy", organization, today)
        has_year = self.env["legal.aid.calendar.day"]._has_year(today.year)
        yield (
            "calendar",
            has_year,
            self.env._("Holidays and make-up days of %(year)s are entered.", year=today.year)
            if has_year
            else self.env._("Enter the holidays of %(year)s, else clocks count weekends only.", year=today.year),
        )

    @api.model
    def _look_up(self, code, model, organization, day):
        """Ask ``model`` for what is in force; its own refusal is the reason."""
        try:
            found = self.env[model]._get(organization, day)
        except UserError as refusal:
            return code, False, str(refusal)
        # Only its name is told, also where it belongs to a superior union.
        return code, True, self.env._("%(name)s is in force.", name=found.sudo().name)

    @api.model
    def _look_at_approval(self, organization):
        if organization.tier not in CASE_TIERS:
            return
        workers = self._get_holders(organization, "union_legal_aid.group_officer")
        yield (
            "people",
            bool(workers),
            self.env._("%(names)s may register.", names=format_list(self.env, workers.mapped("name")))
            if workers
            else self.env._("No officer works for this union. Add one with “Set Up People” on the union's form."),
        )
        for model, code in APPROVED_MODELS.items():
            yield (code, *self._look_at_steps(organization, model, workers))

    @api.model
    def _look_at_steps(self, organization, model, workers):
        """Whether each step of the approval finds somebody, whoever of ``workers`` asks for it (four eyes)."""
        # Rules and leaders of superior unions count, also where this user may not read them.
        rules_sudo = self.env["legal.aid.approval.rule"].sudo()
        rules_sudo = rules_sudo.search([("model_id.model", "=", model)]).filtered(
            lambda rule: not rule.organization_id or organization._is_at_or_below(rule.organization_id)
        )
        if not rules_sudo:
            return False, self.env._("No approval rule applies. Enter one under Configuration > Approval Rules.")
        deciders = self.env["res.users"]
        for rule in rules_sudo:
            step = {**self._get_step(rule, organization), "name": rule.name}
            for requester in workers or [self.env["res.users"]]:
                found = rules_sudo._get_principals(step, requester)
                if not found:
                    return False, self._tell_nobody(rule, step, requester)
                deciders |= found
        return True, self.env._("%(names)s may decide.", names=format_list(self.env, deciders.sudo().mapped("name")))

    @api.model
    def _get_step(self, rule, organization):
        unions = {
            "record_manager": organization,
            "payer_manager": organization._get_case_payer(),
            "payer_finance": organization._get_case_payer(),
            "city_manager": organization._get_city(),
        }
        return {
            "approver": rule.approver,
            "organization_id": unions.get(rule.approver, organization).id,
            "group_id": rule.group_id.id,
            "user_id": rule.user_id.id,
        }

    @api.model
    def _tell_nobody(self, rule, step, requester):
        return self.env._(
            "Nobody could decide the step “%(step)s” of %(union)s when %(name)s asks. Two people are needed: one who asks and"
            " another one who decides.",
            step=rule.name,
            union=self.env["union.organization"].browse(step["organization_id"]).name,
            name=requester.name or self.env._("somebody"),
        )

    @api.model
    def _look_at_money(self, organization):
        if organization.tier not in CASE_TIERS:
            return
        yield self._look_up("schedule", "legal.aid.fee.schedule", organization, legal_today(self))
        payer = organization._get_case_payer()
        finance = self._get_holders(payer, "union_legal_aid.group_finance")
        yield (
            "payer",
            bool(finance),
            self.env._(
                "%(payer)s pays: %(names)s.", payer=payer.name, names=format_list(self.env, finance.mapped("name"))
            )
            if finance
            else self.env._("%(payer)s pays, but nobody holds the finance role there.", payer=payer.name),
        )
        yield ("books", True, self._tell_books(payer))

    @api.model
    def _tell_books(self, payer):
        company_sudo = payer.sudo().company_id  # its name is all that is told
        if company_sudo:
            return self.env._(
                "%(payer)s keeps its books here: %(company)s.", payer=payer.name, company=company_sudo.name
            )
        return self.env._(
            "%(payer)s keeps no books here: payments are made outside and confirmed with evidence.",
            payer=payer.name,
        )

    @api.model
    def _look_at_service(self, organization):
        if organization.tier in CASE_TIERS:
            bureau = organization.justice_bureau_id
            yield "bureau", bool(bureau), bureau.name or self.env._("Choose the justice bureau in the union's form.")
        place = self.env["union.institution"].search(
            [
                ("organization_id", "=", organization.id),
                ("kind", "in", ("institution", "person")),
                ("is_in_force", "=", True),
            ],
            limit=1,
        )
        yield (
            "institution",
            bool(place),
            place.name or self.env._("Enter the legal-aid institution, or the designated person where there is none."),
        )
        if organization.tier in CASE_TIERS:
            # How many there are is no secret; their records open under the reader's own rights.
            lawyers_sudo = self.env["legal.aid.volunteer"].sudo()
            count = lawyers_sudo.search_count(
                [("contact_point_ids", "in", organization.ids), ("assignable", "=", True)]
            )
            yield (
                "lawyers",
                bool(count),
                self.env._("%(count)s lawyers can be assigned.", count=count)
                if count
                else self.env._("No lawyer serves this contact point yet. The city assigns contact points."),
            )

    @api.model
    def _get_holders(self, organization, group):
        """Active users of this very union who hold the role, also by a higher one."""
        users_sudo = self.env["res.users"].sudo()
        return users_sudo.search(
            [("union_organization_ids", "in", organization.ids), ("all_group_ids", "in", self.env.ref(group).ids)]
        )
