"""Tables that come in from outside, as a workbook (.xlsx, .xls) or as text (.csv): checked before they are opened, never evaluated."""

import csv
import io
import re
import zipfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

import openpyxl
import xlrd
from openpyxl.utils import range_boundaries

from .i18n import Sentence, _lt

MAX_BYTES = 5 * 2**20
MAX_UNPACKED = 60 * 2**20
MAX_LINES = 20000
# Formatted but empty rows may go on to the end of the sheet; after so many of them there is nothing more.
MAX_BLANK = 2000
ZIP_SIGN = b"PK"
OLD_SIGN = b"\xd0\xcf\x11\xe0"
UTF_8_SIGN = b"\xef\xbb\xbf"
UTF_16_SIGNS = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS = "\t,;，"
# By so many lines the sign that parts the cells is known.
GUESSED_BY = 50
MERGED_RANGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*\bref="(\$?[A-Z]+\$?\d+:\$?[A-Z]+\$?\d+)"')

NOT_A_WORKBOOK = _lt("This is no workbook (.xlsx). Save the list as an Excel workbook and choose it again.")
NOT_A_TABLE = _lt("The file cannot be read as a table. Ask the bank for a workbook (.xlsx) or a text file (.csv).")
NOT_AN_OLD_WORKBOOK = _lt(
    "The old workbook (.xls) cannot be read: it has a password, or is a web page under this name. Save it as .xlsx and choose it again."
)
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


@dataclass(frozen=True)
class Sheet:
    """One sheet: `lines` are `(line number, [(kind, value)])` without empty lines.

    Kind "f" is a formula, "n" a number, "m" what stands in several rows at once (see `read_sheets`), otherwise text.
    """

    name: str = ""
    lines: list = field(default_factory=list)


def read(content, encoding="gb18030", delimiter=","):
    """Return the lines of a workbook's first sheet, or of a text file (see `Sheet`). Raise BadWorkbook for what is no table."""
    return read_sheets(content, encoding, delimiter)[0].lines


def read_sheets(content, encoding="utf-8", delimiter=None, spread=False):
    """Return all sheets of a workbook that are not hidden, or the one of a text file, as `Sheet`. Raise BadWorkbook for what is no table.

    Without `delimiter` the sign that makes most lines equally wide parts the cells. With `spread` a cell that was merged over several rows
    stands in each of them that is not empty otherwise.
    """
    if len(content) > MAX_BYTES:
        raise BadWorkbook(TOO_LARGE)
    if content.startswith(ZIP_SIGN):
        return _read_workbook(content, spread)
    if content.startswith(OLD_SIGN):
        return _read_old_workbook(content, spread)
    return [_read_text(content, encoding, delimiter)]


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


def _take(name, rows):
    """A sheet without its empty rows. Raise BadWorkbook if too many others are left."""
    lines, last = [], 0
    for number, cells in enumerate(rows, start=1):
        if any(value not in (None, "") for _kind, value in cells):
            lines.append((number, cells))
            last = number
        elif number - last > MAX_BLANK:
            break
        if len(lines) > MAX_LINES:
            raise BadWorkbook(TOO_LARGE)
    return Sheet(name, lines)


def _read_workbook(content, spread):
    check_workbook(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        return [
            _take(sheet.title, _spread(_iterate(sheet), _find_merged(sheet) if spread else ()))
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
        ] or [Sheet()]
    except BadWorkbook:
        raise
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError, SyntaxError) as error:
        raise BadWorkbook(NOT_A_WORKBOOK) from error


def _iterate(sheet):
    # Some programs write a wrong size into the sheet; what stands in it counts.
    sheet.reset_dimensions()
    for row in sheet.iter_rows():
        yield [(getattr(cell, "data_type", "n"), cell.value) for cell in row]


def _find_merged(sheet):
    """`[(row, last row, column)]` of what was merged over several rows; a sheet that is read row by row does not tell."""
    with sheet._get_source() as source:
        found = MERGED_RANGE.findall(source.read())
    ranges = [range_boundaries(reference.decode()) for reference in found]
    return [(top, bottom, left - 1) for left, top, _right, bottom in ranges if bottom > top]


def _spread(rows, merged):
    """The rows, with what was merged over several of them in each; a row that says nothing else stays empty."""
    begins = defaultdict(list)
    for top, bottom, column in merged:
        begins[top].append((bottom, column))
    running = {}
    for number, cells in enumerate(rows, start=1):
        here = begins.get(number, ())
        running = {column: found for column, found in running.items() if found[0] >= number}
        if running and any(value not in (None, "") for _kind, value in cells):
            cells = [*cells, *[("n", None)] * (max(running) + 1 - len(cells))]
            for column, (_bottom, cell) in running.items():
                cells[column] = cell
        for bottom, column in here:
            kind, value = cells[column] if column < len(cells) else ("n", None)
            if value not in (None, ""):
                cells[column] = (kind if kind == "f" else "m", value)
                running[column] = (bottom, cells[column])
        yield cells


def _read_old_workbook(content, spread):
    try:
        # Only with its formats such a book tells what is merged.
        with xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), formatting_info=spread) as book:
            return [
                _take(sheet.name, _spread(_iterate_old(book, sheet), _find_old_merged(sheet) if spread else ()))
                for sheet in book.sheets()
                if not sheet.visibility
            ] or [Sheet()]
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, AssertionError, IndexError, ValueError, OSError) as error:
        if isinstance(error, BadWorkbook):
            raise
        raise BadWorkbook(NOT_AN_OLD_WORKBOOK) from error


def _find_old_merged(sheet):
    """As `_find_merged`; here rows and columns count from nought, and the last ones lie outside."""
    return [(top + 1, bottom, left) for top, bottom, left, _right in sheet.merged_cells if bottom > top + 1]


def _iterate_old(book, sheet):
    for row in range(sheet.nrows):
        yield [_read_old_cell(book, cell) for cell in sheet.row(row)]


def _read_old_cell(book, cell):
    """What an old workbook shows; it keeps the results of formulas, not the formulas."""
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return "d", xlrd.xldate_as_datetime(cell.value, book.datemode)
        except (ValueError, OverflowError):
            return "n", cell.value
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return "e", xlrd.error_text_from_code.get(cell.value, "#N/A")
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return "n", None
    return ("n" if cell.ctype == xlrd.XL_CELL_NUMBER else "s"), cell.value


def _read_text(content, encoding, delimiter):
    text = _decode(content, encoding)
    if "\x00" in text:
        raise BadWorkbook(NOT_A_TABLE)
    try:
        delimiter = delimiter or max(DELIMITERS, key=lambda sign: _count_equal_lines(text, sign))
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise BadWorkbook(NOT_A_TABLE) from error
    return _take("", ([("s", value) for value in row] for row in rows))


def _count_equal_lines(text, sign):
    """`(how many of the first lines `sign` parts into equally many cells, into how many)`; a comma in a sentence parts a few."""
    first = islice(csv.reader(io.StringIO(text, newline=""), delimiter=sign), GUESSED_BY)
    widths = Counter(len(cells) for cells in first if len(cells) > 1)
    return max(((lines, width) for width, lines in widths.items()), default=(0, 0))


def _decode(content, encoding):
    """The file's own mark tells best how it is written; then the habit of its kind, then the other habit."""
    habits = [encoding, "utf-8", "gb18030"]
    if content.startswith(UTF_8_SIGN):
        habits = ["utf-8-sig"]
    elif content.startswith(UTF_16_SIGNS):
        habits = ["utf-16"]
    for habit in habits:
        try:
            return content.decode(habit)
        except UnicodeDecodeError:
            continue
    raise BadWorkbook(NOT_A_TABLE)
