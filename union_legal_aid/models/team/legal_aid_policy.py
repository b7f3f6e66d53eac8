from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LegalAidPolicy(models.Model):
    _inherit = "legal.aid.policy"

    recommendation_required = fields.Boolean(
        string="Appointment Needs a Recommendation",
        help="Somebody new is appointed only if he applied and was recommended, with dates (管理办法 §2). Without it the"
        " contract shows a warning to whoever approves. Members and renewals are not asked again.",
    )
    expiry_reminder_days = fields.Char(
        string="Reminders of the End",
        default="60, 30, 7",
        help="Days before the last day of a contract on which lawyer and city are reminded, separated by commas; empty: never.",
    )

    # Constraints

    @api.constrains("expiry_reminder_days")
    def _check_expiry_reminder_days(self):
        for policy in self:
            parts = policy._get_expiry_reminder_parts()
            if not all(part.isdecimal() and 1 <= int(part) <= 365 for part in parts):
                raise ValidationError(
                    self.env._(
                        "Policy %(policy)s: “%(days)s” are not days before the end of a contract. Enter whole numbers from 1"
                        " to 365, separated by commas, for example 60, 30, 7.",
                        policy=policy.name,
                        days=policy.expiry_reminder_days,
                    )
                )

    # Business

    def _get_expiry_reminder_parts(self):
        text = (self.expiry_reminder_days or "").replace("，", ",").replace("、", ",")
        return [part.strip() for part in text.split(",") if part.strip()]

    def _get_expiry_reminder_days(self):
        """The days before the end on which is reminded."""
        return tuple(int(part) for part in self._get_expiry_reminder_parts())

    @api.model
    def _get_dependent_fields(self):
        return [*super()._get_dependent_fields(), ("legal.aid.contract", "policy_id")]
