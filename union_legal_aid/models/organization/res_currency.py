from decimal import Decimal

from odoo import models

from ...tools import money, rmb


class ResCurrency(models.Model):
    _inherit = "res.currency"

    def amount_to_text(self, amount):
        """Chinese capitals for yuan in a Chinese context (M8); Odoo's own text glues Chinese numerals to English units."""
        self.ensure_one()
        if self.name == "CNY" and (self.env.lang or "").startswith("zh") and amount >= 0:
            return rmb.to_capitals(money.cents(Decimal(str(amount))))
        return super().amount_to_text(amount)
