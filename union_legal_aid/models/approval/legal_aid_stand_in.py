from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError


class LegalAidStandIn(models.Model):
    """Who signs for whom while he is away (O4). Every decision shows both names."""

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
    date_to = fields.Date(string="Until", required=True)
    note = fields.Char()

    _dates_ordered = models.Constraint(
        "CHECK(date_to >= date_from)", "The stand-in cannot end before it begins. Correct its dates."
    )
    _two_people = models.Constraint(
        "CHECK(user_id != substitute_id)", "Nobody can stand in for himself. Choose another person."
    )

    # Constraints

    @api.constrains("user_id", "substitute_id")
    def _check_substitute(self):
        for stand_in in self:
            substitute = stand_in.sudo().substitute_id
            if substitute.share or not substitute.has_group("union_legal_aid.group_officer"):
                raise ValidationError(
                    self.env._(
                        "%(substitute)s is not an officer of a union and cannot stand in. Choose an officer or a leader.",
                        substitute=substitute.name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        stand_ins = super().create(vals_list)
        stand_ins._check_granted_by()
        self.env.invalidate_all()  # who may decide is shown on every waiting document
        return stand_ins

    def write(self, vals):
        self._check_granted_by()
        result = super().write(vals)
        self._check_granted_by()
        self.env.invalidate_all()
        return result

    def unlink(self):
        self._check_granted_by()
        result = super().unlink()
        self.env.invalidate_all()
        return result

    def _check_granted_by(self):
        """Only the absent person himself, or an administrator, hands over a signature."""
        if self.env.su or self.env.user.has_group("union_legal_aid.group_administrator"):
            return
        if any(stand_in.user_id != self.env.user for stand_in in self):
            raise AccessError(
                self.env._(
                    "You can name a stand-in only for yourself. Ask an administrator to name one for somebody else."
                )
            )

    # Business

    @api.model
    def _get_substitutes(self, users):
        """``{substitute: absent principal}`` in force today for ``users``."""
        today = fields.Date.context_today(self)
        # Who stands in for whom decides who may sign, whoever asks.
        stand_ins_sudo = self.sudo().search(
            [("user_id", "in", users.ids), ("date_from", "<=", today), ("date_to", ">=", today)], order="id"
        )
        return {
            stand_in.substitute_id: stand_in.user_id for stand_in in stand_ins_sudo if stand_in.substitute_id.active
        }
