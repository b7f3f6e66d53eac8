"""A paper as a file that Word and WPS open and edit (C9): Office Open XML, written part by part."""

import io
import zipfile

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MIMETYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# A4 in twentieths of a point, with margins of 25 mm.
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 11906, 16838, 1417
LINE_WIDTH = PAGE_WIDTH - 2 * MARGIN
# One line of a table cell, 12 points with some air.
LINE_HEIGHT = 360
# The files are equal as often as they are made from the same paper.
TIMESTAMP = (2026, 1, 1, 0, 0, 0)
BODY_FONT, TITLE_FONT, LATIN_FONT = "仿宋", "宋体", "Times New Roman"
ALIGNMENTS = {"center": "center", "right": "right"}

CONTENT_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>
</Types>"""
RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>
</Relationships>"""
STYLES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="{W}">
<w:docDefaults>
<w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{LATIN_FONT}" w:hAnsi="{LATIN_FONT}" w:eastAsia="{BODY_FONT}" w:cs="{LATIN_FONT}"/>
<w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>
</w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:line="400" w:lineRule="atLeast"/></w:pPr></w:pPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:qFormat/>
<w:pPr><w:jc w:val="center"/><w:spacing w:before="120" w:after="240"/></w:pPr>
<w:rPr><w:rFonts w:eastAsia="{TITLE_FONT}"/><w:b/><w:sz w:val="44"/><w:szCs w:val="44"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:qFormat/>
<w:pPr><w:keepNext/><w:spacing w:before="160" w:after="60"/><w:outlineLvl w:val="0"/></w:pPr>
<w:rPr><w:rFonts w:eastAsia="{TITLE_FONT}"/><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Cell"><w:name w:val="Cell"/><w:basedOn w:val="Normal"/>
<w:pPr><w:spacing w:line="320" w:lineRule="atLeast"/></w:pPr><w:rPr><w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Dense"><w:name w:val="Dense"/><w:basedOn w:val="Normal"/>
<w:pPr><w:spacing w:line="330" w:lineRule="atLeast"/></w:pPr><w:rPr><w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr></w:style>
</w:styles>"""


def build(*papers):
    """The bytes of a file with `papers`, each on a page of its own."""
    document = etree.Element(_tag("document"), nsmap={"w": W})
    body = etree.SubElement(document, _tag("body"))
    for index, paper in enumerate(papers):
        _add_paper(body, paper, breaks=index > 0)
    section = _add(body, "sectPr")
    _add(section, "pgSz", w=PAGE_WIDTH, h=PAGE_HEIGHT)
    sides = dict.fromkeys(("top", "right", "bottom", "left"), MARGIN)
    _add(section, "pgMar", **sides, header=720, footer=720, gutter=0)
    content = etree.tostring(document, xml_declaration=True, encoding="UTF-8", standalone=True)
    return _pack(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": RELATIONS.format(kind="officeDocument", target="word/document.xml"),
            "word/document.xml": content,
            "word/_rels/document.xml.rels": RELATIONS.format(kind="styles", target="styles.xml"),
            "word/styles.xml": STYLES,
        }
    )


def _pack(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, TIMESTAMP), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _add_paper(body, paper, breaks):
    _add_paragraph(body, paper.title, "Title", breaks=breaks)
    if paper.number:
        _add_paragraph(body, paper.number, alignment="center", space=(0, 200))
    before = None
    for group in paper.get_groups():
        for block in group:
            _add_block(
                body, block, before, keeps_next=block is not group[-1], style="Dense" if paper.is_dense else None
            )
            before = block


def _add_block(body, block, before, keeps_next, style):
    after_table = bool(before and before.is_table)
    if block.is_table:
        if after_table:
            # Two tables without a line between them would become one.
            _add_paragraph(body, "", "Cell")
        _add_table(body, block, keeps_next)
        return
    _add_paragraph(
        body,
        block.text,
        "Heading1" if block.kind == "heading" else style,
        alignment=ALIGNMENTS.get(block.kind),
        is_indented=block.kind == "body",
        keeps_next=keeps_next,
        space=(120, 0) if after_table else None,
    )


def _add_paragraph(
    parent, text, style=None, alignment=None, is_indented=False, breaks=False, keeps_next=False, space=None
):
    paragraph = _add(parent, "p")
    # The order of these elements is part of the format.
    properties = _add(paragraph, "pPr")
    if style:
        _add(properties, "pStyle", val=style)
    if keeps_next:
        _add(properties, "keepNext")
    if breaks:
        _add(properties, "pageBreakBefore")
    if space:
        _add(properties, "spacing", before=space[0], after=space[1])
    if is_indented:
        # In hundredths of a character, and for programs that do not know it, in twips of two 14-point characters.
        _add(properties, "ind", firstLineChars=200, firstLine=560)
    if alignment:
        _add(properties, "jc", val=alignment)
    run = _add(paragraph, "r")
    for index, line in enumerate(clean(text).split("\n")):
        if index:
            _add(run, "br")
        node = _add(run, "t")
        node.text = line
        node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _add_table(parent, table, keeps_next):
    # Rounded down, the columns would not reach the edge.
    widths = [round(LINE_WIDTH * width / sum(table.widths)) for width in table.widths]
    node = _add(parent, "tbl")
    properties = _add(node, "tblPr")
    _add(properties, "tblW", w=LINE_WIDTH, type="dxa")
    borders = _add(properties, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _add(borders, side, val="single", sz=4, space=0, color="000000")
    _add(properties, "tblLayout", type="fixed")
    columns = _add(node, "tblGrid")
    for width in widths:
        _add(columns, "gridCol", w=width)
    for index, row in enumerate(table.rows):
        # Word keeps a table on one page by the paragraphs of all rows but the last.
        is_kept = keeps_next or (table.is_whole and index < len(table.rows) - 1)
        _add_row(node, row, widths, index < table.header, is_whole=not table.is_long(row), keeps_next=is_kept)


def _add_row(table, row, widths, is_header, is_whole, keeps_next):
    node = _add(table, "tr")
    lines = max(cell.lines for cell in row)
    if lines > 1 or is_header or is_whole:
        properties = _add(node, "trPr")
        if is_whole:
            _add(properties, "cantSplit")
        if lines > 1:
            _add(properties, "trHeight", val=lines * LINE_HEIGHT, hRule="atLeast")
        if is_header:
            _add(properties, "tblHeader")
    start = 0
    for cell in row:
        width = sum(widths[start : start + cell.span])
        start += cell.span
        column = _add(node, "tc")
        properties = _add(column, "tcPr")
        _add(properties, "tcW", w=width, type="dxa")
        if cell.span > 1:
            _add(properties, "gridSpan", val=cell.span)
        _add(properties, "vAlign", val="top" if cell.is_top else "center")
        alignment = "center" if cell.is_label else None
        _add_paragraph(column, cell.text, "Cell", alignment=alignment, keeps_next=keeps_next)


def _tag(name):
    return f"{{{W}}}{name}"


def _add(parent, name, **attributes):
    return etree.SubElement(parent, _tag(name), {_tag(key): str(value) for key, value in attributes.items()})


def clean(text):
    """Without the characters that XML does not know; one of them, pasted from somewhere, and Word opens nothing."""
    text = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in text if char in "\n\t" or (char >= " " and not _is_no_character(char)))


def _is_no_character(char):
    return "\ud800" <= char <= "\udfff" or char in "\ufffe\uffff"
