"""Tables that come in from outside, as a workbook (.xlsx) or as text (.csv): checked before they are opened, never evaluated."""

import csv
import io
import zipfile
from datetime import datetime

import openpyxl

from .i18n import Sentence, _lt

MAX_BYTES = 5 * 2**20
MAX_UNPACKED = 60 * 2**20
MAX_LINES = 20000
ZIP_SIGN = b"PK"
UTF_8_SIGN = b"\xef\xbb\xbf"

NOT_A_WORKBOOK = _lt("This is no workbook (.xlsx). Save the list as an Excel workbook and choose it again.")
NOT_A_TABLE = _lt("The file cannot be read as a table. Ask the bank for a workbook (.xlsx) or a text file (.csv).")
WRONG_HEADER = _lt("The first row must carry these titles: %(titles)s. Download the template and fill it in.")
FORMULA = _lt("A cell holds a formula. Enter the value itself.")
TOO_LARGE = _lt("The workbook is too large. Send the list in parts of at most 5,000 rows.")


class BadWorkbook(ValueError):
    """The file as a whole cannot be read; `sentence` says why."""

    def __init__(self, template, **values):
        self.sentence = Sentence(template, values)
        super().__init__(str(template))


def check_workbook(content):
    """Refuse what is no workbook, and what unpacks to more than it should. Raise BadWorkbook."""
    if len(content) > MAX_BYTES:
        raise BadWorkbook(TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as error:
        raise BadWorkbook(NOT_A_WORKBOOK) from error
    if unpacked > MAX_UNPACKED:
        raise BadWorkbook(TOO_LARGE)


def read(content, encoding="gb18030", delimiter=","):
    """Return the lines of a workbook's first sheet, or of a text file: `[(line number, [(kind, value)])]` without empty lines.

    `kind` is "f" for a formula, "n" for a number, otherwise text. Raise BadWorkbook for what is no table.
    """
    lines = _read_workbook(content) if content.startswith(ZIP_SIGN) else _read_text(content, encoding, delimiter)
    return [(number, cells) for number, cells in lines if any(value not in (None, "") for _kind, value in cells)]


def read_sheet(content, max_row, max_col=None):
    """Return the rows of a workbook's first sheet up to `max_row`, empty ones too: `[(row number, [(kind, value)])]`. Raise BadWorkbook."""
    check_workbook(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        rows = list(book.worksheets[0].iter_rows(max_row=max_row, max_col=max_col))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError, SyntaxError) as error:
        raise BadWorkbook(NOT_A_WORKBOOK) from error
    return [
        (number, [(getattr(cell, "data_type", "n"), cell.value) for cell in row])
        for number, row in enumerate(rows, start=1)
    ]


def show(value):
    """Return what a cell shows, on one line: a day as a day, a whole number without its decimal point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


def _read_workbook(content):
    rows = read_sheet(content, MAX_LINES + 1)
    if len(rows) > MAX_LINES:
        raise BadWorkbook(TOO_LARGE)
    return rows


def _read_text(content, encoding, delimiter):
    if len(content) > MAX_BYTES:
        raise BadWorkbook(TOO_LARGE)
    text = _decode(content, encoding)
    if "\x00" in text:
        raise BadWorkbook(NOT_A_TABLE)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise BadWorkbook(NOT_A_TABLE) from error
    if len(rows) > MAX_LINES:
        raise BadWorkbook(TOO_LARGE)
    return [(number, [("s", value) for value in row]) for number, row in enumerate(rows, start=1)]


def _decode(content, encoding):
    """The file's own mark tells best how it is written; then the bank's habit, then the other habit."""
    habits = ["utf-8-sig"] if content.startswith(UTF_8_SIGN) else [encoding, "utf-8", "gb18030"]
    for habit in habits:
        try:
            return content.decode(habit)
        except UnicodeDecodeError:
            continue
    raise BadWorkbook(NOT_A_TABLE)
