from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..organization.wording import join_names

GROUP = "union_legal_aid.group_%s"
# What somebody who is away does for his unions, and so what his stand-in must be able to do.
DUTIES = ("officer", "finance")
# What opens records of its own: nobody gains it in a foreign union by standing in.
FUNCTIONS = ("officer", "administrator", "finance", "justice", "auditor")


class LegalAidStandIn(models.Model):
    """Who signs and acts for whom while he is away (O4). Every decision shows both names.

    From the first to the last day, counted where the absent person is, the stand-in sees what the absent person sees: the
    latter's unions are added to those he may act for. It gives nothing any more when one of the two is archived, when the
    absent person left his unions, or when the roles of the two no longer fit. Standing in is never passed on.
    """

    _name = "legal.aid.stand.in"
    _description = "Stand-in"
    _order = "date_from desc, id desc"
    _rec_name = "substitute_id"

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Absent",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user,
    )
    substitute_id = fields.Many2one(
        comodel_name="res.users",
        string="Stand-in",
        required=True,
        ondelete="restrict",
        index=True,
        domain=[("share", "=", False)],
    )
    date_from = fields.Date(string="From", required=True, default=fields.Date.context_today)
    date_to = fields.Date(string="Until", required=True, help="The last day, that day included.")
    note = fields.Char()
    active = fields.Boolean(default=True, help="Taken back: from then on it gives nothing. It stays on record.")
    is_in_force = fields.Boolean(string="In Force Today", compute="_compute_is_in_force")
    can_change = fields.Boolean(compute="_compute_can_change")

    _dates_ordered = models.Constraint(
        "CHECK(date_to >= date_from)", "The stand-in cannot end before it begins. Correct its dates."
    )
    _two_people = models.Constraint(
        "CHECK(user_id != substitute_id)", "Nobody can stand in for himself. Choose another person."
    )

    # Compute

    @api.depends("user_id", "substitute_id", "date_from", "date_to", "active")
    def _compute_is_in_force(self):
        for stand_in in self:
            stand_in.is_in_force = bool(stand_in.user_id and stand_in.substitute_id) and stand_in._is_in_force()

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_can_change(self):
        for stand_in in self:
            stand_in.can_change = not stand_in._origin or self._may_grant_for(stand_in.user_id)

    # Constraints

    @api.constrains("user_id", "substitute_id")
    def _check_substitute(self):
        for stand_in in self:
            reason = stand_in.sudo()._get_unfit_reason()
            if reason:
                raise ValidationError(reason)

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            absent_id = vals.get("user_id") or self.default_get(["user_id"]).get("user_id")
            self._check_granted_by(self.env["res.users"].browse(absent_id))
        stand_ins = super().create(vals_list)
        stand_ins._on_changed(stand_ins.user_id)
        return stand_ins

    def write(self, vals):
        before = self.sudo().user_id
        self._check_granted_by(before | before.browse(vals.get("user_id") or []))
        self._check_people_kept(vals)
        result = super().write(vals)
        self._on_changed(before | self.sudo().user_id)
        return result

    def unlink(self):
        before = self.sudo().user_id
        self._check_granted_by(before)
        result = super().unlink()
        self._on_changed(before)
        return result

    @api.model
    def _check_granted_by(self, absent_people):
        """Only the absent person himself, or an administrator of all his unions, hands over a signature.

        :raises AccessError: for everybody else; a record rule can only ask for one of the unions
        """
        for absent in absent_people.sudo():
            if not self._may_grant_for(absent):
                raise AccessError(
                    self.env._(
                        "You can name a stand-in only for yourself. Ask an administrator of %(name)s's union to name one"
                        " for %(name)s.",
                        name=absent.name,
                    )
                )

    @api.model
    def _may_grant_for(self, absent):
        return self.env.su or absent == self.env.user or self.env.user._administrates(absent)

    def _check_people_kept(self, vals):
        """Decisions were taken under the two names, so they stay; the dates may be corrected."""
        for stand_in in self:
            begun = stand_in.date_from <= fields.Date.context_today(stand_in)
            changed = any(
                vals.get(name, stand_in[name].id) != stand_in[name].id for name in ("user_id", "substitute_id")
            )
            if begun and changed:
                raise UserError(
                    self.env._(
                        "%(substitute)s has stood in for %(absent)s since %(date)s already. Take this stand-in back and"
                        " enter a new one.",
                        substitute=stand_in.sudo().substitute_id.name,
                        absent=stand_in.sudo().user_id.name,
                        date=fields.Date.to_string(stand_in.date_from),
                    )
                )

    def _on_changed(self, absent):
        """What the stand-ins of ``absent`` see, and what waits for them, changes at once."""
        self.env["res.users"]._forget_stand_ins()
        self.env["legal.aid.approval.request"]._follow_people(absent)

    # Business

    @api.model
    def _get_in_force(self, users=None, substitutes=None):
        """The stand-ins in force at this moment for any of ``users``, or by any of ``substitutes``."""
        domain = self._domain_about_today()
        if users is not None:
            domain &= Domain("user_id", "in", users.ids)
        if substitutes is not None:
            domain &= Domain("substitute_id", "in", substitutes.ids)
        # Who stands in for whom decides who may sign, whoever asks.
        return self.sudo().search(domain, order="id").filtered(lambda stand_in: stand_in._is_in_force())

    @api.model
    def _domain_about_today(self):
        """Stand-ins that may be in force somewhere on earth at this moment."""
        today = fields.Date.today()
        day = timedelta(days=1)
        return Domain("date_from", "<=", today + day) & Domain("date_to", ">=", today - day)

    @api.model
    def _get_substitutes(self, users):
        """``{substitute: absent principal}`` in force today for ``users``."""
        return {stand_in.substitute_id: stand_in.user_id for stand_in in self._get_in_force(users)}

    def _is_in_force(self):
        self.ensure_one()
        stand_in = self.sudo()
        today = stand_in.user_id._get_own_day()
        in_term = stand_in.active and stand_in.date_from <= today <= stand_in.date_to
        return in_term and not stand_in._get_unfit_reason()

    def _get_unfit_reason(self):
        """Why this stand-in cannot do what the absent person does, or would see more than he; False when they fit."""
        self.ensure_one()
        absent, substitute = self.user_id, self.substitute_id
        duties = self._get_functions(absent) & set(DUTIES)
        held = self._get_functions(substitute)
        names = {"substitute": substitute.name, "absent": absent.name}
        if not (absent.active and substitute.active):
            return self.env._("%(substitute)s or %(absent)s is archived, so there is nothing to stand in for.", **names)
        if not duties:
            return self.env._(
                "%(absent)s is neither officer nor leader nor finance, so there is nothing to stand in for.", **names
            )
        if substitute.share or duties - held:
            return self.env._(
                "%(substitute)s cannot stand in for %(absent)s: the role %(roles)s is missing. Choose somebody who holds it.",
                roles=self._name_functions(duties - held or duties),
                **names,
            )
        extra = held - self._get_functions(absent)
        if extra and not substitute._covers(absent):
            return self.env._(
                "%(substitute)s also holds the role %(roles)s and would see more of %(absent)s's unions than %(absent)s."
                " Choose somebody else.",
                roles=self._name_functions(extra),
                **names,
            )
        return False

    @api.model
    def _get_functions(self, user):
        return {function for function in FUNCTIONS if user.has_group(GROUP % function)}

    @api.model
    def _name_functions(self, functions):
        groups_sudo = [self.env.ref(GROUP % function).sudo() for function in FUNCTIONS if function in functions]
        return join_names(self.env, (group.name for group in groups_sudo))
