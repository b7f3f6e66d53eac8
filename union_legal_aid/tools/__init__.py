"""Calculations without ORM and without database: money, deadlines, identifiers.

Nothing here imports `odoo`; each function is tested by its own `tests/test_tools_*.py`.
"""

from . import clocks, closing, deadlines, fees, i18n, ids, limitation, masking, money, periods, receipts, rmb, tax
