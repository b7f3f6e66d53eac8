from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LegalAidPolicy(models.Model):
    _inherit = "legal.aid.policy"

    ledger_due_month = fields.Integer(
        string="Ledger Due", default=5, help="Month of the year after the service year (工作方案 §四(五): 20 May)."
    )
    ledger_due_day = fields.Integer(default=20, help="The last day on which the ledger is on time.")

    # Constraints

    @api.constrains("ledger_due_month", "ledger_due_day")
    def _check_ledger_due(self):
        for policy in self:
            try:
                policy._get_ledger_due(2026)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "Policy %(policy)s: month %(month)s, day %(day)s is no day of every year. Correct when the ledger is"
                        " due.",
                        policy=policy.name,
                        month=policy.ledger_due_month,
                        day=policy.ledger_due_day,
                    )
                ) from error

    # Business

    def _get_ledger_due(self, year):
        """The day on which the ledger of service ``year`` is due, rest days not looked at."""
        return date(year + 1, self.ledger_due_month or 5, self.ledger_due_day or 20)
