from odoo import api, models
from odoo.exceptions import UserError

MANAGERS = ("record_manager", "payer_manager", "city_manager")
MANAGER_GROUP = "union_legal_aid.group_manager"
FINANCE_GROUP = "union_legal_aid.group_finance"


class LegalAidApprovalRouteMixin(models.AbstractModel):
    """Through whose hands a document goes: its steps, and for each of them the people who may decide, and who may not and why.

    Asking for approval, deciding and the preview ask the same methods, so that what is shown is what happens.
    """

    _name = "legal.aid.approval.route.mixin"
    _description = "Route of an Approval"

    # Business

    @api.model
    def _get_steps(self, record):
        """The frozen steps for ``record``, in order, as stored on its request.

        :raises UserError: when no rule applies: an approval never passes by default
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

    @api.model
    def _get_principals(self, step, requester):
        """Who may decide ``step`` today in his own right, the requester left out (four eyes).

        A leader who registered a record himself, alone in a small office, is replaced by the leaders of the level above. An
        office that has no leader at all stays closed.
        """
        return self._get_deciding_union(step, requester)[1] - requester

    @api.model
    def _get_all_principals(self, steps):
        """``{key: principals}`` for ``{key: (step, requester)}``; the queries do not grow with the number of keys."""
        unions_sudo = self.env["union.organization"].sudo()
        unions_sudo = unions_sudo.browse({step["organization_id"] for step, _requester in steps.values()} - {False})
        # Read for all of them at once what is asked for each of them below.
        users_sudo = unions_sudo.with_context(active_test=False).manager_user_ids
        users_sudo.mapped("active")
        (unions_sudo | users_sudo.union_organization_ids).mapped("parent_path")
        return {key: self._get_principals(step, requester) for key, (step, requester) in steps.items()}

    @api.model
    def _get_deciding_union(self, step, requester):
        """``(union, its people who may decide the step)``: the step's union or, above a leader who is alone, the next one."""
        organization = self.env["union.organization"].sudo().browse(step["organization_id"])
        users = self._get_fit_users(step, organization)
        while step["approver"] in MANAGERS and users and users == requester and organization.parent_id:
            organization = organization.parent_id
            users = self._get_fit_users(step, organization)
        return organization, users

    @api.model
    def _get_managers(self, organization):
        """The leaders who may sign for ``organization`` today."""
        return self._get_fit_users({"approver": "record_manager"}, organization.sudo())

    @api.model
    def _get_fit_users(self, step, organization):
        named = self._get_named_users(step, organization)
        return named.filtered(lambda user: not self._get_unfit_code(user, step, organization))

    @api.model
    def _get_named_users(self, step, organization):
        """Everybody whom the rule means, archived people and those who lost their role included."""
        if step["approver"] == "user":
            return self.env["res.users"].sudo().browse(step["user_id"])
        if step["approver"] in MANAGERS:
            return organization.with_context(active_test=False).manager_user_ids
        group_id = self._get_group_id(FINANCE_GROUP) if step["approver"] == "payer_finance" else step["group_id"]
        return self._get_holders(group_id).filtered(lambda user: self._works_for(user, step, organization))

    @api.model
    def _get_group_id(self, xml_id):
        return self.env["ir.model.data"]._xmlid_to_res_id(xml_id, raise_if_not_found=True)

    @api.model
    def _get_holders(self, group_id):
        """Everybody who holds the role, also by a higher one, archived people included."""
        groups_sudo = self.env["res.groups"].sudo().with_context(active_test=False)
        return groups_sudo.browse(group_id).all_user_ids

    @api.model
    def _works_for(self, user, step, organization):
        """Whether ``user`` has to do with the union that decides; finance is the payer's own, leaders may stand above."""
        unions = user.union_organization_ids
        if step["approver"] == "payer_finance":
            return organization in unions
        return bool(organization) and any(organization._is_at_or_below(union) for union in unions)

    @api.model
    def _get_unfit_code(self, user, step, organization):
        """Why a named person may not decide: ``archived``, ``no_role``, ``left``; False when he may."""
        if not user.active:
            return "archived"
        if step["approver"] in MANAGERS:
            if user not in self._get_holders(self._get_group_id(MANAGER_GROUP)):
                return "no_role"
            if not self._works_for(user, step, organization):
                return "left"
        return False

    @api.model
    def _get_steps_without_person(self, steps, requester):
        """The steps for which nobody is left, since nobody decides two steps of one request; none when all goes round.

        Each step takes one of its people; where he is taken, the step that has him looks for another (Kuhn's matching).
        """
        principals = [self._get_principals(step, requester) for step in steps]
        taken = {}

        def place(index, tried):
            for user in principals[index] - self.env["res.users"].union(*tried):
                tried.add(user)
                if user not in taken or place(taken[user], tried):
                    taken[user] = index
                    return True
            return False

        return [step for index, step in enumerate(steps) if not place(index, set())]

    # Explaining

    @api.model
    def _explain_step(self, step, requester, record=None):
        """What the preview shows of one step: ``office``, ``principals``, ``stand_ins``, ``left_out`` as ``[(user, sentence)]``."""
        organization, _users = self._get_deciding_union(step, requester)
        principals = self._get_principals(step, requester)
        stand_ins = self.env["legal.aid.stand.in"]._get_in_force(principals)
        unreadable = self._get_unreadable(principals, step, record)
        left_out = self._explain_left_out(step, requester, organization)
        left_out += [(user, self.env._("may not open this document")) for user in unreadable]
        left_out += [
            (stand_in.substitute_id, self.env._("stands in, but asks for the approval"))
            for stand_in in stand_ins
            if stand_in.substitute_id == requester
        ]
        return {
            "office": organization,
            "principals": principals - unreadable,
            "stand_ins": stand_ins.filtered(lambda stand_in: stand_in.substitute_id != requester),
            "left_out": left_out,
        }

    @api.model
    def _explain_left_out(self, step, requester, deciding_union):
        sentences = {
            "archived": self.env._("is archived"),
            "no_role": self.env._("does not hold the manager role"),
            "left": self.env._("no longer works for this union"),
        }
        own_union = deciding_union.browse(step["organization_id"])
        found = {}
        for organization in own_union | deciding_union:
            for user in self._get_named_users(step, organization):
                code = self._get_unfit_code(user, step, organization)
                if user == requester:
                    found[user] = self.env._("asks for the approval")
                elif code:
                    found[user] = sentences[code]
        return list(found.items())

    @api.model
    def _get_unreadable(self, users, step, record):
        """Which of ``users`` may not open ``record``. Leaders and finance of a payer may, once it is handed in."""
        if not record or step["approver"] not in ("user", "group"):
            return users.browse()
        return users.filtered(lambda user: not record.with_user(user).has_access("read"))
