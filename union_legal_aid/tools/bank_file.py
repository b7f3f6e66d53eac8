"""The batch file that banks take payments from (requirement M7, F§10): workbook or text, its columns as each bank wants them.

No national format exists, so a bank's columns are data (`Layout`); the default has the widely used ones. Headers are Chinese because
the bank's programme reads them, whatever the language of the user.
"""

from dataclasses import dataclass
from decimal import Decimal

from . import column_file
from .money import cents

TITLE = "批量支付"
TOTAL = "合计"
# Banks cut or refuse a longer purpose, and separators in it.
PURPOSE_LENGTH = 20
SEPARATORS = ",，;；\n\r\t"
# What a column can hold: its kind and its width in a workbook.
SOURCES = {
    "number": ("number", 6),
    "holder": ("text", 20),
    "account": ("text", 26),
    "bank": ("text", 36),
    "bank_code": ("text", 16),
    "amount": ("amount", 14),
    "purpose": ("text", 24),
    "remark": ("text", 28),
    "phone": ("text", 14),
    "payer": ("text", 28),
    "payer_account": ("text", 26),
    "constant": ("text", 14),
}
PHRASES = ("purpose", "remark")


@dataclass(frozen=True)
class Column(column_file.Column):
    """One column of a bank's file."""

    def get_cell(self, number, payment):
        """What this column holds for one payment."""
        if self.source == "number":
            return number
        if self.source == "amount":
            return cents(payment["amount"])
        text = self.value if self.source == "constant" else payment.get(self.source)
        return self.fit(clean_purpose(text) if self.source in PHRASES else text)


@dataclass(frozen=True)
class Layout(column_file.Layout):
    """How a bank wants its file; `has_total`: with the sum below the payments of a workbook."""

    has_total: bool = True


DEFAULT = Layout(
    columns=(
        Column("序号", "number"),
        Column("收款人户名", "holder"),
        Column("收款账号", "account"),
        Column("开户行", "bank"),
        Column("联行号", "bank_code"),
        Column("金额", "amount"),
        Column("用途", "purpose"),
        Column("备注", "remark"),
        Column("手机号", "phone"),
    )
)


def clean_purpose(text):
    """Return the purpose of a payment as banks take it: one line, no separators, at most 20 characters."""
    return "".join(char for char in " ".join((text or "").split()) if char not in SEPARATORS)[:PURPOSE_LENGTH].strip()


def build(payments, layout=DEFAULT):
    """Return the bytes of the batch file.

    `payments` are dicts with holder, account, bank, bank_code, amount (yuan), purpose, remark, phone, payer, payer_account. In a
    workbook the count and the total stand apart below the payments, so that the bank's programme does not take them for one; a
    text file holds the payments alone.
    """
    rows = [
        [column.get_cell(number, payment) for column in layout.columns]
        for number, payment in enumerate(payments, start=1)
    ]
    total = _get_total(layout, rows) if layout.has_total else None
    return column_file.build(TITLE, layout, SOURCES, rows, total)


def _get_total(layout, rows):
    """The last line of a workbook: how many payments, the word, the sum."""
    sources = [column.source for column in layout.columns]
    amounts = [row[sources.index("amount")] for row in rows] if "amount" in sources else []
    texts = iter([TOTAL])
    total = []
    for source in sources:
        if source == "number":
            total.append(len(rows))
        elif source == "amount":
            total.append(sum(amounts, Decimal(0)))
        else:
            total.append(next(texts, ""))
    return total
