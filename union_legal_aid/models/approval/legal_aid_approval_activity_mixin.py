from odoo import api, fields, models
from odoo.fields import Domain

ACTIVITY_TYPE = "union_legal_aid.mail_activity_type_approval"


class LegalAidApprovalActivityMixin(models.AbstractModel):
    """Who may decide a request now, and the to-do that each of these people has for it."""

    _name = "legal.aid.approval.activity.mixin"
    _description = "People Who May Decide"

    approver_ids = fields.Many2many(
        comodel_name="res.users",
        string="May Decide",
        compute="_compute_approver_ids",
        search="_search_approver_ids",
    )
    can_decide = fields.Boolean(compute="_compute_can_decide")

    # Compute

    @api.depends("steps", "current_step", "state")
    def _compute_approver_ids(self):
        deciders = self._get_all_deciders()
        for request in self:
            request.approver_ids = self.env["res.users"].union(*deciders.get(request, ()))

    @api.depends("approver_ids")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        for request in self:
            request.can_decide = self.env.user in request.approver_ids

    def _search_approver_ids(self, operator, value):
        """The requests that one of the wanted people may decide.

        The database narrows them down to those of the people's unions; the rest follows from today's leaders, roles and
        stand-ins, in a number of queries that does not grow with the requests.
        """
        if operator != "in":
            return NotImplemented
        wanted = self.env["res.users"].browse(user_id for user_id in value if user_id)
        candidates = self.search(self._domain_near(wanted))
        deciders = candidates._get_all_deciders()
        found = candidates.filtered(lambda request: any(user in deciders.get(request, ()) for user in wanted))
        return [("id", "in", found.ids)]

    # Business

    def _get_deciders(self):
        """``{user who may decide now: principal he signs for}``; nobody decides two steps of one request."""
        self.ensure_one()
        return self._get_all_deciders().get(self, {})

    def _get_all_deciders(self):
        """``{request: {user who may decide now: principal he signs for}}`` of the requests that wait.

        A principal who is there signs for himself, also where he could sign for somebody else. The users come with the rights
        of the system: whose turn it is may be told to everybody who sees the document.
        """
        # Who leads a union is worked out the same way for every reader.
        waiting = self.sudo().filtered(lambda request: request.state == "pending")
        principals = self.env["legal.aid.approval.rule"]._get_all_principals(
            {request: (request._get_step(), request.requested_by_id) for request in waiting}
        )
        everybody = self.env["res.users"].union(*principals.values())
        substitutes = self.env["legal.aid.stand.in"]._get_in_force(everybody).grouped("user_id")
        return {request: request._pair_deciders(principals[request], substitutes) for request in waiting}

    def _pair_deciders(self, principals, substitutes):
        self.ensure_one()
        out = self.requested_by_id | self.line_ids.user_id | self.line_ids.on_behalf_of_id
        open_principals = principals - out
        deciders = {principal: principal for principal in open_principals}
        for principal in open_principals:
            for stand_in in substitutes.get(principal, ()):
                if stand_in.substitute_id not in out:
                    deciders.setdefault(stand_in.substitute_id, principal)
        return deciders

    @api.model
    def _domain_near(self, users, organizations=None):
        """Waiting requests that ``users`` might decide, one by one to be looked at; never fewer than they may decide."""
        people = users | self.env["legal.aid.stand.in"]._get_in_force(substitutes=users).user_id
        # Managers are looked up for whoever asks; the requests that follow are searched under the user's own rights.
        unions_sudo = self.env["union.organization"].sudo().with_context(active_test=False)
        unions = unions_sudo.search([("manager_user_ids", "in", people.ids)])
        unions |= people.sudo().union_organization_ids | (organizations or unions.browse())
        near = Domain("step_organization_id", "child_of", unions.ids) | Domain("step_user_id", "in", people.ids)
        return Domain("state", "=", "pending") & near

    @api.model
    def _follow_people(self, users, organizations=None):
        """The to-dos follow, after roles, unions, leaders or stand-ins of these ``users`` or ``organizations`` changed."""
        if not users and not organizations:
            return
        requests_sudo = self.sudo()
        activities = (
            self.env["mail.activity"].sudo().search(self._domain_activities() & Domain("user_id", "in", users.ids))
        )
        had = [
            Domain("res_model", "=", res_model) & Domain("res_id", "in", todos.mapped("res_id"))
            for res_model, todos in activities.grouped("res_model").items()
        ]
        near = requests_sudo.search(self._domain_near(users, organizations))
        held = requests_sudo.search(Domain("state", "=", "pending") & Domain.OR(had)) if had else near.browse()
        (near | held)._sync_activities()

    @api.model
    def _domain_activities(self):
        return Domain("activity_type_id", "=", self._get_activity_type_id())

    @api.model
    def _get_activity_type_id(self):
        # Users are written during the installation, before the type is there.
        return self.env["ir.model.data"]._xmlid_to_res_id(ACTIVITY_TYPE, raise_if_not_found=False)

    def _sync_activities(self):
        """One to-do for each person who may decide now, none for anybody else; existing ones stay as they are.

        ``self`` holds the latest request of each document. Doing it again changes nothing.
        """
        if not self:
            return
        deciders = self._get_all_deciders()
        wanted = {
            (request.res_model, request.res_id, user.id): request
            for request in self.sudo()
            for user in deciders.get(request, ())
        }
        # The inbox belongs to people whom the acting user may not know.
        todos_sudo = self._get_activities()
        kept = todos_sudo.filtered(lambda todo: self._is_wanted(todo, wanted))
        (todos_sudo - kept).unlink()
        present = {(todo.res_model, todo.res_id, todo.user_id.id) for todo in kept}
        vals_list = [
            self._prepare_activity(request, user_id)
            for (*_document, user_id), request in wanted.items()
            if (request.res_model, request.res_id, user_id) not in present
        ]
        # The list of waiting documents is what people look at: no mail for each, and no following that outlasts the turn.
        todos_sudo.with_context(mail_activity_quick_update=True, legal_aid_nobody_follows=True).create(vals_list)

    def _get_activities(self):
        documents = Domain.OR(
            Domain("res_model", "=", res_model) & Domain("res_id", "in", requests.mapped("res_id"))
            for res_model, requests in self.sudo().grouped("res_model").items()
        )
        return self.env["mail.activity"].sudo().search(self._domain_activities() & documents)

    def _is_wanted(self, todo, wanted):
        """Whether the to-do is of somebody who may decide, for the step whose turn it is."""
        request = wanted.get((todo.res_model, todo.res_id, todo.user_id.id))
        return bool(request) and todo.summary == request.current_step_name

    @api.model
    def _prepare_activity(self, request, user_id):
        return {
            "activity_type_id": self._get_activity_type_id(),
            "res_model_id": self.env["ir.model"]._get_id(request.res_model),
            "res_id": request.res_id,
            "user_id": user_id,
            "summary": request.current_step_name,
            "date_deadline": self.env["res.users"].browse(user_id)._get_own_day(),
            "automated": True,
        }
