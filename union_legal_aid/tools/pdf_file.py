"""One PDF from many papers: PDF as it is, pictures scaled to A4, page numbers stamped (C8).

What cannot be part of a PDF (Word files, films), is locked or damaged, is told by `NotMergeable` and stays beside the file. Papers are
read one at a time from a temporary file, so that only what is being written stands in memory.
"""

import io
import tempfile
import zlib

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from .i18n import _lt

try:
    import pypdf
except ImportError:
    # Debian 12 and Ubuntu 24.04 ship the same library under its old name, and so does Odoo there.
    import PyPDF2 as pypdf

A4 = (595.28, 841.89)
MARGIN = 28
DOTS_PER_INCH = 150
JPEG_QUALITY = 80
# Bigger ones stay beside the file: the whole is to open on an office computer.
MAX_BYTES = 40 * 1024 * 1024
MAX_PAGES = 1000
MAX_PIXELS = 100_000_000
LOCKED = _lt("locked by a password")
PDF = "application/pdf"
PICTURES = ("image/jpeg", "image/png")
DAMAGES = (
    pypdf.errors.PdfReadError,
    zlib.error,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    RecursionError,
    OSError,
)


class NotMergeable(Exception):
    """Why a paper cannot be part of the PDF; the message is a term of the catalogue."""


def to_pdf(content, mimetype):
    """The paper as the bytes of a PDF without a lock; raise `NotMergeable` where there is none."""
    if len(content) > MAX_BYTES:
        raise NotMergeable(_lt("too large"))
    if mimetype == PDF or content.startswith(b"%PDF"):
        _check_pdf(content)
        return content
    if mimetype in PICTURES or content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return picture_to_pdf(content)
    raise NotMergeable(_lt("not a PDF and no picture"))


def count_pages(content):
    return len(_open(content).pages)


def _open(content):
    reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
    # Many programs lock a PDF against changes only; these open without a password.
    if reader.is_encrypted and not reader.decrypt(""):
        raise NotMergeable(LOCKED)
    return reader


def _check_pdf(content):
    """Every page can be read, by copying all of it: what opens may still be broken inside."""
    try:
        reader = _open(content)
        count = len(reader.pages)
        if count:
            writer = pypdf.PdfWriter()
            for page in reader.pages:
                _check_size(page)
                writer.add_page(page)
            writer.write(io.BytesIO())
    except (pypdf.errors.DependencyError, NotImplementedError) as error:
        # A lock of a kind that this library has no key for.
        raise NotMergeable(LOCKED) from error
    except DAMAGES as error:
        raise NotMergeable(_lt("damaged")) from error
    if not count:
        raise NotMergeable(_lt("damaged"))
    if count > MAX_PAGES:
        raise NotMergeable(_lt("too large"))


def _check_size(page):
    if float(page.mediabox.width) <= 0 or float(page.mediabox.height) <= 0:
        raise ValueError("A page without a size.")


def picture_to_pdf(content):
    """A picture on one A4 page, upright as it was taken, never larger than the page."""
    try:
        with Image.open(io.BytesIO(content)) as source:
            if source.width * source.height > MAX_PIXELS:
                raise NotMergeable(_lt("too large"))
            picture = _flatten(ImageOps.exif_transpose(source))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, zlib.error) as error:
        raise NotMergeable(_lt("damaged")) from error
    page = A4 if picture.height >= picture.width else A4[::-1]
    room = [side - 2 * MARGIN for side in page]
    picture.thumbnail([round(side / 72 * DOTS_PER_INCH) for side in room])
    scale = min(room[0] / picture.width, room[1] / picture.height, 72 / DOTS_PER_INCH * 2)
    size = picture.width * scale, picture.height * scale
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=JPEG_QUALITY)
    jpeg.seek(0)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=page, invariant=1)
    canvas.drawImage(ImageReader(jpeg), (page[0] - size[0]) / 2, (page[1] - size[1]) / 2, *size)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _flatten(picture):
    """In colours that JPEG knows, what is transparent on white."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        return ground
    return picture.convert("RGB")


class Binder:
    """Puts papers together: `add` them in their order, then `bind`. A context manager; the papers wait in a temporary file."""

    def __init__(self):
        self._papers = []
        self._store = tempfile.TemporaryFile()  # noqa: SIM115  closed by __exit__
        self.page_count = 0

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._store.close()

    def add(self, content, mimetype=PDF):
        """Take in a paper; return its first and last page number. Raise `NotMergeable` and take in nothing."""
        content = to_pdf(content, mimetype)
        pages = count_pages(content)
        self._papers.append((self._store.seek(0, io.SEEK_END), self._store.write(content)))
        first = self.page_count + 1
        self.page_count += pages
        return first, self.page_count

    def bind(self, front=(), back=()):
        """The bytes of the whole: `front` and `back` (PDF) without numbers, the papers numbered from 1 at the upper right."""
        writer = pypdf.PdfWriter()
        for content in front:
            self._append(writer, content)
        number = 0
        for start, length in self._papers:
            self._store.seek(start)
            number = self._append(writer, self._store.read(length), number)
        for content in back:
            self._append(writer, content)
        with tempfile.TemporaryFile() as target:
            writer.write(target)
            target.seek(0)
            return target.read()

    def _append(self, writer, content, number=None):
        for source in _open(content).pages:
            page = writer.add_page(source)
            if number is not None:
                number += 1
                _turn_upright(page)
                page.merge_page(_open(_make_stamp(number, page)).pages[0])
        return number


def number_pages(content):
    """The PDF with “1 / 2” at the foot of each page; a single page needs no number."""
    pages = _open(content).pages
    if len(pages) < 2:
        return content
    writer = pypdf.PdfWriter()
    for number, source in enumerate(pages, start=1):
        page = writer.add_page(source)
        page.merge_page(_open(_make_foot(f"{number} / {len(pages)}", page)).pages[0])
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _turn_upright(page):
    """Scanners turn a page by a remark; a stamp would be turned with it, to another corner."""
    if page.get("/Rotate"):
        page.transfer_rotation_to_content()


def _make_stamp(number, page):
    """A page of the size of ``page`` with nothing but its number, at the upper right."""
    right, top = float(page.mediabox.right), float(page.mediabox.top)
    return _make_mark(page, lambda canvas: canvas.drawRightString(right - MARGIN, top - MARGIN, str(number)))


def _make_foot(text, page):
    """A page of the size of ``page`` with nothing but ``text`` in the middle of its foot."""
    return _make_mark(page, lambda canvas: canvas.drawCentredString(float(page.mediabox.right) / 2, MARGIN, text))


def _make_mark(page, draw):
    box = page.mediabox
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(float(box.right), float(box.top)), invariant=1)
    canvas.setFont("Helvetica", 11)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()
