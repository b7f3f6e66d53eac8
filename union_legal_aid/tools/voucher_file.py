"""The file by which vouchers go to another ledger (requirement M14): workbook or text, its columns as that programme wants them.

No common format exists between 用友, 金蝶 and the fiscal platforms, so columns are data (`Layout`). A row is a line of a voucher, as in
all of their templates. Figures are those of the books: an amount in red is negative and stays so.
"""

from dataclasses import dataclass

from . import column_file

TITLE = "凭证"
# What a column can hold: its kind and its width in a workbook.
SOURCES = {
    "date": ("text", 12),
    "period": ("text", 10),
    "word": ("text", 8),
    "number": ("number", 8),
    "voucher": ("text", 12),
    "line": ("number", 6),
    "summary": ("text", 40),
    "account_code": ("text", 12),
    "account_name": ("text", 24),
    "account_full_name": ("text", 32),
    "debit": ("amount", 14),
    "credit": ("amount", 14),
    "amount": ("amount", 14),
    "side": ("text", 6),
    "papers": ("number", 8),
    "partner": ("text", 16),
    "jurisdiction": ("text", 24),
    "project": ("text", 16),
    "economic_class": ("text", 20),
    "fund_source": ("text", 14),
    "reference": ("text", 24),
    "prepared_by": ("text", 14),
    "constant": ("text", 14),
}
DATE_PATTERNS = {"dash": "%Y-%m-%d", "slash": "%Y/%m/%d", "plain": "%Y%m%d", "chinese": "%Y年%m月%d日"}


@dataclass(frozen=True)
class Column(column_file.Column):
    """One column of a file of vouchers."""

    def get_cell(self, row, date_pattern):
        if self.source == "constant":
            return self.value
        value = row.get(self.source)
        if self.source == "date":
            return value.strftime(DATE_PATTERNS[date_pattern])
        if SOURCES[self.source][0] != "text":
            return value
        return self.fit(value)


@dataclass(frozen=True)
class Layout(column_file.Layout):
    """How the other ledger wants its file; `date_pattern` is one of `DATE_PATTERNS`."""

    date_pattern: str = "dash"


DEFAULT = Layout(
    columns=(
        Column("日期", "date"),
        Column("凭证字", "word"),
        Column("凭证号", "number"),
        Column("分录号", "line"),
        Column("摘要", "summary"),
        Column("科目编码", "account_code"),
        Column("科目名称", "account_full_name"),
        Column("借方金额", "debit"),
        Column("贷方金额", "credit"),
        Column("附单据数", "papers"),
    )
)


def build(rows, layout=DEFAULT):
    """Return the bytes of the file. `rows` are dicts with the keys of `SOURCES`; amounts are exact to the cent."""
    cells = [[column.get_cell(row, layout.date_pattern) for column in layout.columns] for row in rows]
    return column_file.build(TITLE, layout, SOURCES, cells)
