"""A paper as data: what a form says and how it stands on the page (C9).

It is told once. The PDF (QWeb) and the file for Word and WPS (`docx`) are both made from it, so the two never differ; and a paper that
was issued is kept as it was (`dump`, `load`).
"""

from dataclasses import asdict, dataclass

BLANK = "＿＿＿＿＿＿"
# Where a column is narrow.
SHORT_BLANK = "＿＿"
# A row with more text than this may run on to the next page; shorter ones stay whole.
LONG_TEXT = 500
CHECKED = "■"
UNCHECKED = "□"
# A paper with so many headings is set smaller.
MANY_CHAPTERS = 4


@dataclass(frozen=True)
class Paragraph:
    """`kind`: body (indented by two characters), flush, center, right, heading."""

    text: str
    kind: str = "body"

    @property
    def is_table(self):
        return False


@dataclass(frozen=True)
class Cell:
    """`span` columns wide, at least `lines` lines high; a label stands in the middle."""

    text: str = ""
    span: int = 1
    is_label: bool = False
    lines: int = 1

    @property
    def is_top(self):
        """Whether the text begins at the top of the cell, for there is more of it to come."""
        return self.lines > 2 and not self.is_label


@dataclass(frozen=True)
class Table:
    """`widths` in percent of the line; the first `header` rows come again on every page; `is_whole` stays on one page."""

    widths: tuple
    rows: tuple
    header: int = 0
    is_whole: bool = False

    @property
    def is_table(self):
        return True

    def is_long(self, row):
        """Whether a row is too long to be kept on one page."""
        return any(len(cell.text) > LONG_TEXT for cell in row)


@dataclass(frozen=True)
class Paper:
    title: str
    number: str = ""
    blocks: tuple = ()

    @property
    def is_dense(self):
        """Whether it has so many chapters that it is set smaller: its end is not to stand alone on a second page."""
        headings = sum(1 for block in self.blocks if not block.is_table and block.kind == "heading")
        return headings >= MANY_CHAPTERS

    def get_groups(self):
        """The blocks in groups that stay together on a page.

        A signature stays with the last paragraph of what is signed, so that it never stands alone; a heading with what it heads.
        """
        groups = []
        for block in self.blocks:
            group = [block]
            if not block.is_table and block.kind == "right":
                while groups and not groups[-1][-1].is_table and not _is_signed(group):
                    group = groups.pop() + group
            elif groups and _is_heading(groups[-1]) and (not block.is_table or block.is_whole):
                group = groups.pop() + group
            groups.append(group)
        return groups

    def get_text(self):
        """All that is written on it, one piece a line, in its order."""
        lines = [self.title, self.number]
        for block in self.blocks:
            if block.is_table:
                lines += [cell.text for row in block.rows for cell in row]
            else:
                lines.append(block.text)
        return "\n".join(line for line in lines if line)


def _is_signed(group):
    """Whether something that is signed stands in the group of a signature."""
    return any(block.kind == "body" and block.text for block in group)


def _is_heading(group):
    return len(group) == 1 and not group[0].is_table and group[0].kind == "heading"


def pairs(*cells, columns=4, is_whole=False):
    """A table of labelled cells: `(label, text)`, side by side as long as they fit, or `(label, text, lines)` over the whole line."""
    half = columns // 2
    rows = []
    for label, text, *lines in cells:
        wide = bool(lines)
        cell = (
            Cell(label, is_label=True),
            Cell(text or BLANK, span=columns - 1 if wide else 1, lines=lines[0] if wide else 1),
        )
        last = rows[-1] if rows else None
        if not wide and last and last[-1].span == 1 and len(last) < 2 * half:
            rows[-1] = last + cell
        else:
            rows.append(cell)
    widths = (17, 33) * half
    return Table(widths, tuple(_stretch(row, columns) for row in rows), is_whole=is_whole)


def _stretch(row, columns):
    """The last cell of a row reaches the edge."""
    missing = columns - sum(cell.span for cell in row)
    if not missing:
        return row
    last = row[-1]
    return (*row[:-1], Cell(last.text, last.span + missing, last.is_label, last.lines))


def grid(headers, rows, widths, least=0):
    """A table with a header; blank rows up to `least`, to be filled in by hand."""
    head = tuple(Cell(header, is_label=True) for header in headers)
    filled = [tuple(Cell(text or SHORT_BLANK) for text in row) for row in rows]
    empty = tuple(Cell("", lines=2) for _header in headers)
    return Table(tuple(widths), (head, *filled, *[empty] * max(least - len(filled), 0)), header=1)


def tick(is_chosen, text):
    return f"{CHECKED if is_chosen else UNCHECKED}{text}"


def choose(options, chosen=None):
    """All `(key, text)` in a line, with a mark at the one that holds."""
    return "　".join(tick(key == chosen, text) for key, text in options)


def dump(paper):
    """The paper as plain lists and dictionaries."""
    return asdict(paper)


def load(data):
    """The paper that `dump` wrote down."""
    return Paper(data["title"], data["number"], tuple(_load_block(block) for block in data["blocks"]))


def _load_block(block):
    if "text" in block:
        return Paragraph(**block)
    rows = tuple(tuple(Cell(**cell) for cell in row) for row in block["rows"])
    # A paper that was kept before tables could be whole says nothing of it.
    return Table(tuple(block["widths"]), rows, block["header"], block.get("is_whole", False))
