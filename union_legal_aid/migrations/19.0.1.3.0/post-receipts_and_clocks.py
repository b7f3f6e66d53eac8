"""Receipts that were entered before are known again, and fees on their way get the clock of payment (M2, F§1.3)."""

from odoo import SUPERUSER_ID, api

from odoo.addons.union_legal_aid.tools import receipts


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    _identify_receipts(cr)
    env["legal.aid.expense"].invalidate_model()
    fees = env["legal.aid.expense"].search([("state", "in", ("draft", "submitted", "approved", "in_payout"))])
    fees._sync_pay_clock()


def _identify_receipts(cr):
    """Keys from numbers, as they are made from now on. Of receipts that were handed in twice the first has the key."""
    cr.execute(
        """
        SELECT line.id, line.receipt_number, line.date, line.amount_claimed
          FROM legal_aid_expense_line AS line
          JOIN legal_aid_expense AS fee ON fee.id = line.expense_id
         WHERE line.kind = 'actual_cost'
           AND line.receipt_key IS NULL
           AND line.receipt_number IS NOT NULL
           AND fee.state <> 'cancelled'
      ORDER BY line.id
        """
    )
    keys = {}
    for line_id, number, day, amount in cr.fetchall():
        key = receipts.key("", number, day, amount or 0)
        if key:
            keys.setdefault(key, line_id)
    for key, line_id in keys.items():
        cr.execute(
            """
            UPDATE legal_aid_expense_line
               SET receipt_key = %s
             WHERE id = %s
               AND NOT EXISTS (SELECT 1 FROM legal_aid_expense_line WHERE receipt_key = %s AND is_live)
            """,
            [key, line_id, key],
        )
