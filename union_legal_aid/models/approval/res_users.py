from odoo import api, fields, models, tools

# A change of these moves somebody in or out of the people who may decide.
DECIDER_FIELDS = {"active", "group_ids", "role", "union_organization_ids"}


class ResUsers(models.Model):
    _inherit = "res.users"

    keeps_general_rules = fields.Boolean(
        compute="_compute_keeps_general_rules",
        compute_sudo=True,
        help="The user works for a union at the top of the tree, and so answers for what holds for all unions.",
    )

    # Compute

    def _compute_access_organization_ids(self):
        """Besides the own unions, those of the absent people for whom the user stands in today (O4)."""
        result = super()._compute_access_organization_ids()
        for user in self:
            lent_ids = user._get_lent_union_ids()
            if lent_ids:
                user.access_organization_ids |= self.env["union.organization"].browse(lent_ids)
        return result

    @api.depends("union_organization_ids.parent_id")
    def _compute_keeps_general_rules(self):
        for user in self:
            user.keeps_general_rules = any(not union.parent_id for union in user.union_organization_ids)

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        self.env["legal.aid.approval.request"]._follow_people(users)
        return users

    def write(self, vals):
        result = super().write(vals)
        if DECIDER_FIELDS & vals.keys():
            self._forget_stand_ins()
            self.env["legal.aid.approval.request"]._follow_people(self)
        return result

    # Business

    def _get_own_day(self):
        """Today's date where this user is; never what the caller's context or another user's settings say."""
        self.ensure_one()
        return self._get_day_in(self.sudo().tz)

    @api.model
    def _get_day_in(self, timezone):
        return fields.Date.context_today(self.with_context(tz=timezone or "UTC"))

    def _get_lent_union_ids(self):
        """Ids of the unions of the people for whom this user stands in at this moment."""
        self.ensure_one()
        if not self.id:
            return ()
        lent_ids = set()
        for first, last, timezone, union_ids in self._get_stand_in_terms():
            if first <= self._get_day_in(timezone) <= last:
                lent_ids.update(union_ids)
        return tuple(sorted(lent_ids))

    @tools.ormcache("self.id")
    def _get_stand_in_terms(self):
        """``((first day, last day, time zone and unions of the absent person), …)``, today or later.

        Asked at each look at a record rule, hence cached. Forgotten when a stand-in, a role or a union changes.
        """
        stand_ins_sudo = self.env["legal.aid.stand.in"].sudo()
        day_before = fields.Date.add(fields.Date.today(), days=-1)
        terms = stand_ins_sudo.search([("substitute_id", "=", self.id), ("date_to", ">=", day_before)])
        return tuple(
            (term.date_from, term.date_to, term.user_id.tz, tuple(term.user_id.union_organization_ids.ids))
            for term in terms
            if not term._get_unfit_reason()
        )

    @api.model
    def _forget_stand_ins(self):
        """Record rules, menus and deciders see a changed stand-in at once, in every process."""
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        # Another thread may have looked, and remembered, between this change and its commit.
        self.env.cr.postcommit.add(self.env.registry.clear_cache)

    def _administrates(self, other):
        """Whether this user is administrator of all unions that ``other`` works for."""
        self.ensure_one()
        if not self.has_group("union_legal_aid.group_administrator"):
            return False
        return bool(other.sudo().union_organization_ids) and self._covers(other)

    def _covers(self, other):
        """Whether all unions of ``other`` are this user's own or stand below them."""
        self.ensure_one()
        own = self.sudo().union_organization_ids
        return all(any(union._is_at_or_below(mine) for mine in own) for union in other.sudo().union_organization_ids)
