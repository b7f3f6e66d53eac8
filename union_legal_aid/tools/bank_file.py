"""The batch file that banks take payments from (requirement M7, F§10): the widely used columns.

No national format exists. Headers are Chinese because the bank's programme reads them, whatever the language of the user.
"""

from decimal import Decimal

from . import workbook
from .money import cents

TITLE = "批量支付"
TOTAL = "合计"
COLUMNS = [
    ("序号", "number", 6),
    ("收款人户名", "text", 20),
    ("收款账号", "text", 26),
    ("开户行", "text", 36),
    ("联行号", "text", 16),
    ("金额", "amount", 14),
    ("用途", "text", 24),
    ("备注", "text", 28),
    ("手机号", "text", 14),
]
# Banks cut or refuse a longer purpose, and separators in it.
PURPOSE_LENGTH = 20
SEPARATORS = ",，;；\n\r\t"


def clean_purpose(text):
    """Return the purpose of a payment as banks take it: one line, no separators, at most 20 characters."""
    return "".join(char for char in " ".join((text or "").split()) if char not in SEPARATORS)[:PURPOSE_LENGTH].strip()


def build(payments):
    """Return the bytes of the XLSX batch file.

    `payments` are dicts with holder, account, bank, bank_code, amount (yuan), purpose, remark, phone. The count and the total
    stand apart below the payments, so that the bank's programme does not take them for one.
    """
    rows = [
        [
            number,
            payment["holder"],
            payment["account"],
            payment["bank"],
            payment["bank_code"],
            payment["amount"],
            clean_purpose(payment["purpose"]),
            clean_purpose(payment["remark"]),
            payment["phone"],
        ]
        for number, payment in enumerate(payments, start=1)
    ]
    total = sum((cents(payment["amount"]) for payment in payments), Decimal(0))
    return workbook.build(TITLE, COLUMNS, rows, [len(rows), TOTAL, "", "", "", total, "", "", ""])
