"""Files that another programme takes in, a bank's or a ledger's: workbook or text, its columns as data (`Layout`), for no standard exists.

What a column may hold, and how wide it is in a workbook, each kind of file says itself: `sources`, `{source: (kind, width)}`.
"""

import csv
import io
from dataclasses import dataclass
from decimal import Decimal

from . import workbook

# What a spreadsheet takes for the beginning of a formula; full-width signs, too, where the system is set to Chinese.
FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


@dataclass(frozen=True)
class Column:
    """One column: its title and what stands in it; `value` is what a constant one holds, `max_length` the most characters (0: any)."""

    header: str
    source: str
    value: str = ""
    max_length: int = 0

    def fit(self, text):
        """Return `text` on one line, and no longer than the column takes it."""
        text = " ".join(str(text or "").split())
        return text[: self.max_length].strip() if self.max_length else text


@dataclass(frozen=True)
class Layout:
    """How the other programme wants its file: `file_type` xlsx or csv; encoding and delimiter hold for csv."""

    columns: tuple
    file_type: str = "xlsx"
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    has_header: bool = True


def build(title, layout, sources, rows, total=None):
    """Return the bytes of the file. `rows` are lists with a value for each column; `total` stands below them in a workbook only."""
    if layout.file_type == "csv":
        return _build_text(layout, rows)
    columns = [(column.header, *sources[column.source]) for column in layout.columns]
    return workbook.build(title, columns, rows, total, has_header=layout.has_header)


def defuse(text):
    """Return `text` so that no spreadsheet takes it for a formula: what begins like one gets an apostrophe in front."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_SIGNS) else text


def _build_text(layout, rows):
    """Lines end as on the systems that read them."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=layout.delimiter, lineterminator="\r\n")
    if layout.has_header:
        writer.writerow([defuse(column.header) for column in layout.columns])
    for row in rows:
        writer.writerow([_as_text(value) for value in row])
    return buffer.getvalue().encode(layout.encoding)


def _as_text(value):
    """An amount has two decimals, an account its digits, an empty side of a voucher nothing."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return str(value) if isinstance(value, int) else defuse(value)
