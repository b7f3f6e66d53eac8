"""The one door through which XLSX files leave the house (design: one safe workbook helper).

What looks like a formula or a link in the data stays text, account numbers are text cells, and amounts are exact to the cent in the
cell itself, not merely in its format.
"""

import io
from dataclasses import dataclass

import xlsxwriter

from .money import cents

SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
AMOUNT_FORMAT = "0.00"
TEXT_FORMAT = "@"
# As spreadsheets number paper sizes.
A4 = 9


@dataclass(frozen=True)
class Number:
    """A cell of a column of mixed units: thousands apart, so many decimals."""

    value: float
    decimals: int = 0


def build(title, columns, rows, total=None, has_header=True, head=()):
    """Return the bytes of a workbook with one sheet.

    `columns` is a list of `(header, kind, width)`, kind being "text", "number", "amount" or "figure" (shown as it
    is, whole or not); `rows` a list of value lists.
    A `Number` in a row keeps its own decimals. `total`, a value list like a row, stands apart from the rows, below an empty line.
    Without `has_header` the rows begin at once; `head` are lines of text above them, the first of which is the title.
    """
    return build_sheets([(title, columns, rows, total)], has_header, head)


def build_sheets(sheets, has_header=True, head=()):
    """Return the bytes of a workbook; `sheets` is a list of `(title, columns, rows, total)` as `build` takes them."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, SAFE) as book:
        # Long words take several lines; cut off by the next cell they would not be read.
        wrapped = {"text_wrap": True, "valign": "top"}
        bold = book.add_format({"bold": True, "border": 1, "align": "center", **wrapped})
        formats = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "text": book.add_format({"num_format": TEXT_FORMAT, **wrapped}),
            "number": book.add_format({"num_format": "0"}),
            "amount": book.add_format({"num_format": AMOUNT_FORMAT}),
            "figure": book.add_format({"num_format": "General"}),
            **{f"number.{places}": book.add_format({"num_format": _mixed_format(places)}) for places in range(3)},
        }
        for title, columns, rows, total in sheets:
            sheet = book.add_worksheet(_sheet_name(title))
            for number, line in enumerate(head):
                sheet.write_string(number, 0, line, formats["title"] if number == 0 else None)
            first = len(head) + (1 if has_header else 0)
            for column, (header, _kind, width) in enumerate(columns):
                sheet.set_column(column, column, width)
                if has_header:
                    sheet.write_string(first - 1, column, header, bold)
            for number, row in enumerate(rows, start=first):
                _write_row(sheet, number, columns, row, formats)
            if total:
                _write_row(sheet, first + len(rows) + 1, columns, total, formats)
            if has_header:
                sheet.freeze_panes(first, 0)
                _set_up_print(sheet, first)
    return buffer.getvalue()


def _set_up_print(sheet, first):
    """A4 across, all columns on a page, the header on every one."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(first - 1)
    sheet.set_footer("&C&P / &N")


def _mixed_format(decimals):
    return "#,##0" + (f".{'0' * decimals}" if decimals else "")


def _write_row(sheet, number, columns, row, formats):
    for column, ((_header, kind, _width), value) in enumerate(zip(columns, row, strict=True)):
        if value is None or value is False or value == "":
            continue
        if isinstance(value, Number):
            sheet.write_number(number, column, value.value, formats[f"number.{value.decimals}"])
        elif kind == "amount" and not isinstance(value, str):
            sheet.write_number(number, column, float(cents(value)), formats["amount"])
        elif kind in ("number", "figure") and not isinstance(value, str):
            sheet.write_number(number, column, value, formats[kind])
        else:
            sheet.write_string(number, column, str(value), formats["text"])


def _sheet_name(title):
    """A name that a sheet may have: at most 31 characters, none of them special."""
    return "".join(char for char in title if char not in "[]:*?/\\")[:31].strip("'") or "1"
