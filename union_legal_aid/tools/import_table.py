"""The tables that offices bring along (X1): lawyers, contracts, past cases and consultations, as a workbook or a text file.

The template carries the titles of `import_columns`; a table of the office's own may have its titles in another order, in other words, below
lines with the name of the table, in two rows, and on several sheets. Nothing in a file is evaluated.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest

from . import ids, table_file, workbook
from .i18n import Sentence, _lt
from .import_columns import TABLES as TABLES
from .import_values import FORMULA, MERGED, MISSING, UNITS, convert
from .table_file import BadWorkbook, show

REASON = "未导入原因"
MAX_ROWS = 10000
# What tells two lawyers of one name apart.
NUMBERS = frozenset({"license_number", "resident_id_number"})
# So many lines may stand above the titles.
MAX_ABOVE = 20
# The last lines of a table are no rows.
BELOW = re.compile(
    r"(?:本[页月季年]|全[市县区年])?(?:合计|总计|小计|共计|累计)"
    r"|(?:填表|制表|填报|审核|复核|经办|报送)(?:人|单位|日期|时间)?[:：]"
    r"|填表人|制表人|审核人|填报人|制表日期|(?:单位|部门)?负责人|(?:备注|说明|注)\d*[:：]"
)

# 单位：件、人、万元 stands above the titles and holds for all amounts below it.
UNIT_ABOVE = re.compile(r"\(?(?:金额)?单位:((?:人民币|万元|千元|元|人次|件|人|名|个|起|次|[、,/及和])+)\)?")

TOO_MANY = _lt("The file has more than 10,000 rows. Bring it in parts.")
WRONG_HEADER = _lt(
    "These titles are missing above the rows: %(titles)s. Write them above their columns, or fill in the empty table."
)
ONE_TITLE = _lt(
    "Only the title “%(title)s” is known, and one is too little to tell a table by. Write a second one above its column, such as"
    " %(others)s, or fill in the empty table."
)
OTHER_KIND = _lt("These are the titles of another table (%(table)s). Choose it as the kind, or choose the right file.")
NO_ROWS = _lt("The file has no rows below its titles.")
TWIN = _lt("It stands in the file already, in row %(row)s.")
NAMESAKE = _lt(
    "Row %(row)s has the same name. Give the licence number of both if they are two people, or leave one row out."
)


@dataclass
class Row:
    """One line; `values` holds what stands in it, by column name; `problems` are sentences that do not repeat it."""

    number: int
    sheet: str = ""
    values: dict = field(default_factory=dict)
    raw: tuple = ()
    problems: list = field(default_factory=list)
    part: int = 0

    @property
    def place(self):
        """Where it stands: the number of the line, with its sheet where there are several."""
        return f"{self.sheet}:{self.number}" if self.sheet else str(self.number)


@dataclass(frozen=True)
class Part:
    """What is read of one sheet: `columns` by place, the `titles` above them and how many yuan one of an amount is."""

    name: str
    titles: tuple
    columns: dict
    units: dict
    first: int


@dataclass
class Table:
    """A file that was read: its rows, the titles nobody asked for, and the places of totals and notes."""

    parts: list
    rows: list
    ignored: list
    left_out: list


def template(kind, choices=None):
    """Return the bytes of an empty table with its titles and a second sheet that explains the columns.

    `choices` tells by column name what can be written in it, where that is a list.
    """
    title, columns = TABLES[kind]
    explained = [
        [column.title, "必填" if column.is_required else "", _explain(column, choices or {})] for column in columns
    ]
    return workbook.build_sheets(
        [
            (title, [(column.title, "text", column.width) for column in columns], [], None),
            ("填写说明", [("栏目", "text", 20), ("必填", "text", 8), ("说明", "text", 80)], explained, None),
        ]
    )


def _explain(column, choices):
    if column.name not in choices:
        return column.hint
    # A column that takes several says so in its hint.
    return f"{column.hint}：{choices[column.name]}" if column.kind == "text" and column.hint else choices[column.name]


def rejected(table, reasons):
    """Return the bytes of a workbook with the rows that were not taken, as they stood in the file, and why: `{place: reason}`.

    It can be corrected and brought in again as it is.
    """
    sheets = []
    for number, part in enumerate(table.parts):
        widths = {place: column.width for place, column in part.columns.items()}
        heads = [(title, "text", widths.get(place, 16)) for place, title in enumerate(part.titles)]
        rows = [[*row.raw, reasons[row.place]] for row in table.rows if row.part == number and row.place in reasons]
        if rows:
            sheets.append((part.name or REASON, [*heads, (REASON, "text", 60)], rows, None))
    return workbook.build_sheets(sheets)


def read(kind, content, today=None):
    """Return the `Table` of a filled file, each row with its problems. Raise BadWorkbook if it is no such table."""
    columns = TABLES[kind][1]
    sheets = table_file.read_sheets(content, spread=True)
    found = [(sheet, part) for sheet in sheets if (part := _find_titles(columns, sheet))]
    whole = [(sheet, part) for sheet, part in found if not _get_missing(columns, part)]
    if not whole:
        raise _explain_header(columns, sheets, [part for _sheet, part in found])
    _check_kind(kind, sheets, max(len(part.columns) for _sheet, part in whole))
    table = Table([part for _sheet, part in whole], [], [], [])
    for number, (sheet, part) in enumerate(whole):
        _read_rows(table, number, sheet, part, today or date.today())
        table.ignored += [
            title for place, title in enumerate(part.titles) if title and title != REASON and place not in part.columns
        ]
    if not table.rows:
        raise BadWorkbook(NO_ROWS)
    if len(table.rows) > MAX_ROWS:
        raise BadWorkbook(TOO_MANY)
    _find_twins(kind, table.rows)
    return table


# Titles


def _find_titles(columns, sheet, least=2):
    """The line, or the two lines, near the top in which most titles are known; None where there are not even ``least``."""
    words = {
        _plain(title): column for column in reversed(columns) for title in reversed((column.title, *column.titles))
    }
    best, unit = None, 1
    top = sheet.lines[:MAX_ABOVE]
    for index, (_number, cells) in enumerate(top):
        upper = [show(value) for _kind, value in cells]
        unit = _get_unit_above(upper) or unit
        below = [show(value) for _kind, value in top[index + 1][1]] if index + 1 < len(top) else []
        for titles, height in ((upper, 1), (_join_titles(upper, below, words), 2)):
            part = _match(sheet.name, titles, words, index + height, unit)
            if len(part.columns) > (len(best.columns) if best else least - 1):
                best = part
    return best


def _explain_header(columns, sheets, parts):
    """Why no sheet has the titles of the table, as an error to raise; ``parts`` are those with two known titles at least."""
    known = parts or [part for sheet in sheets if (part := _find_titles(columns, sheet, least=1))]
    best = max(known, key=lambda part: len(part.columns), default=None)
    missing = _get_missing(columns, best)
    if missing:
        return BadWorkbook(WRONG_HEADER, titles="、".join(missing))
    (only,) = best.columns.values()
    others = [column.title for column in columns if column != only][:3]
    return BadWorkbook(ONE_TITLE, title=only.title, others="、".join(others))


def _check_kind(kind, sheets, known):
    """Refuse a table whose titles say more of another kind, such as a list of contracts that is taken for one of lawyers."""
    for other, (title, columns) in TABLES.items():
        parts = [part for sheet in sheets if (part := _find_titles(columns, sheet))]
        if other != kind and any(len(part.columns) > known and not _get_missing(columns, part) for part in parts):
            raise BadWorkbook(OTHER_KIND, table=title)


def _join_titles(upper, below, words):
    """The titles of a head in two rows: the lower word with the upper one before it where that is known, else the lower one."""
    titles, group = [], ""
    for over, under in zip_longest(upper, below, fillvalue=""):
        group = over or group
        if not under:
            titles.append(over)
        else:
            titles.append(group + under if _plain(group + under) in words else under)
    return titles


def _match(name, titles, words, first, unit):
    columns, units, taken = {}, {}, set()
    for place, title in enumerate(titles):
        column = words.get(_plain(title))
        if column and column.name not in taken:
            taken.add(column.name)
            columns[place] = column
            units[place] = _get_unit(title) or unit
    return Part(name, tuple(titles), columns, units, first)


def _plain(title):
    """A title without its spaces, its unit in brackets, and marks."""
    return re.sub(r"\([^)]*\)|[*:]", "", ids.normalise_name(title))


def _get_unit(title):
    """How many yuan one of this column is, as far as its title says so."""
    found = re.search(r"[(（](?:单位[:：])?(万元|千元|元)[)）]", title)
    return UNITS[found[1]] if found else None


def _get_unit_above(texts):
    """How many yuan one of the table is, as far as a line above its titles says so."""
    found = next(filter(None, (UNIT_ABOVE.fullmatch(ids.normalise_name(text)) for text in texts)), None)
    name = re.search("万元|千元|元", found[1]) if found else None
    return UNITS[name[0]] if name else None


def _get_missing(columns, part):
    there = {column.name for column in part.columns.values()} if part else set()
    return [column.title for column in columns if column.is_required and column.name not in there]


# Rows


def _read_rows(table, number, sheet, part, today):
    name = sheet.name if len(table.parts) > 1 else ""
    for line, cells in sheet.lines[part.first :]:
        texts = tuple(show(value) for _kind, value in cells)
        row = Row(line, name, raw=_fit(texts, len(part.titles)), part=number)
        matched = [texts[place] for place in part.columns if place < len(texts) and texts[place]]
        if not matched or _is_title_again(part, texts):
            continue
        if BELOW.match("".join(next(text for text in texts if text).split())):
            table.left_out.append(row.place)
            continue
        _read_row(row, part, cells, today)
        table.rows.append(row)


def _fit(texts, width):
    return (*texts[:width], *[""] * (width - len(texts)))


def _is_title_again(part, texts):
    """A table that was printed repeats its titles on each page."""
    return all(_plain(texts[place]) == _plain(part.titles[place]) for place in part.columns if place < len(texts))


def _read_row(row, part, cells, today):
    for place, column in part.columns.items():
        kind, value = cells[place] if place < len(cells) else ("n", None)
        closed = FORMULA if kind == "f" else MERGED if kind == "m" and column.kind in ("amount", "count") else None
        if closed:
            row.problems.append(Sentence(closed, {"title": column.title}))
            continue
        known = len(row.problems)
        found = convert(column, value, row.problems, today, part.units[place])
        if found is not None:
            row.values[column.name] = found
        elif column.is_required and len(row.problems) == known:
            row.problems.append(Sentence(MISSING, {"title": column.title}))


# Twins


def key(kind, values):
    """What tells one row of a kind from another, as a tuple of texts; the same file gives the same keys each time."""
    read_key = {"lawyer": _key_lawyer, "contract": _key_contract, "case": _key_case, "consultation": _key_consultation}
    return (kind, *(str(part) for part in read_key[kind](values)))


def _key_lawyer(values):
    if values.get("license_number"):
        return ("license", values["license_number"])
    return (
        ("resident", values["resident_id_number"])
        if values.get("resident_id_number")
        else ("name", _name(values, "name"))
    )


def _key_contract(values):
    return (values.get("license_number") or _name(values, "lawyer"), values["date_start"])


def _key_case(values):
    if values.get("old_number"):
        return ("number", ids.normalise_id(values["old_number"]))
    who = values.get("applicant_id_number") or _name(values, "applicant_name")
    return (who, values["application_date"], values["matter"], values["service_form"], values["closed_date"])


def _key_consultation(values):
    names = ("caller_name", "employer_name", "question")
    return (values["date"], values.get("caller_phone", ""), values["matter"], *(_name(values, name) for name in names))


def _name(values, name):
    return ids.normalise_name(values.get(name))


def _find_twins(kind, rows):
    """Refuse the second of two rows for one thing, and a lawyer without a number beside another of his name."""
    good = [row for row in rows if not row.problems]
    seen = {}
    for row in good:
        keys = _get_identities(kind, row.values)
        first = next((seen[identity] for identity in keys if identity in seen), None)
        if first:
            row.problems.append(Sentence(TWIN, {"row": first.place}))
        else:
            seen.update(dict.fromkeys(keys, row))
    if kind == "lawyer":
        _find_namesakes([row for row in good if not row.problems])


def _get_identities(kind, values):
    """What may stand in one row only: the key, or each number of a lawyer."""
    numbers = [(name, values[name]) for name in NUMBERS if name in values] if kind == "lawyer" else []
    return numbers or [key(kind, values)]


def _find_namesakes(rows):
    numbered = {_name(row.values, "name"): row for row in rows if row.values.keys() & NUMBERS}
    for row in rows:
        other = numbered.get(_name(row.values, "name"))
        if other and not row.values.keys() & NUMBERS:
            row.problems.append(Sentence(NAMESAKE, {"row": other.place}))
