"""One PDF from many papers (C8)."""

import io

import pypdf
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from odoo.tests.common import BaseCase, tagged
from odoo.tools import mute_logger

from ..tools.pdf_file import A4, Binder, NotMergeable, count_pages, number_pages, to_pdf


def make_pdf(*texts, size=A4, rotate=0):
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size)
    for text in texts:
        if rotate:
            canvas.setPageRotation(rotate)
        canvas.drawString(100, 400, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def make_picture(kind="JPEG", size=(1200, 1600), mode="RGB", orientation=None):
    buffer = io.BytesIO()
    picture = Image.new(mode, size, 128)
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    picture.save(buffer, kind, **({"exif": exif} if orientation else {}))
    return buffer.getvalue()


def lock(content, password):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def read_pages(content):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


@tagged("at_install")
class TestToolsPdfFile(BaseCase):
    def test_bind(self):
        """C8: papers in their order, numbered from 1 at the upper right; cover, index and last page carry no number."""
        with Binder() as binder:
            self.assertEqual(binder.add(make_pdf("one", "two")), (1, 2))
            self.assertEqual(binder.add(make_picture(), "image/jpeg"), (3, 3))
            self.assertEqual(binder.add(make_pdf("three")), (4, 4))
            content = binder.bind([make_pdf("cover")], [make_pdf("note")])
        pages = [page.split() for page in read_pages(content)]
        self.assertEqual(
            [sorted(page) for page in pages], [["cover"], ["1", "one"], ["2", "two"], ["3"], ["4", "three"], ["note"]]
        )

    def test_forty_pages(self):
        """C8: forty pages of documents, photographs and scans of several sizes become one file that opens."""
        with Binder() as binder:
            for number in range(10):
                binder.add(make_pdf(f"a{number}", f"b{number}"))
                binder.add(make_picture(size=(3000, 4000)), "image/jpeg")
                binder.add(make_picture("PNG", (800, 500), "RGBA"), "image/png")
            self.assertEqual(binder.page_count, 40)
            content = binder.bind()
        self.assertEqual(count_pages(content), 40)
        self.assertLess(len(content), 3_000_000)
        self.assertIn("40", read_pages(content)[39])

    def test_pictures(self):
        """C8: a picture stands on A4, upright as it was taken, flat or tall as it is."""
        for name, content, kind, is_tall in (
            ("tall", make_picture(), "image/jpeg", True),
            ("flat", make_picture(size=(1600, 900)), "image/jpeg", False),
            ("turned by the phone", make_picture(size=(1600, 900), orientation=6), "image/jpeg", True),
            ("grey", make_picture(mode="L"), "image/jpeg", True),
            ("colours of print", make_picture(mode="CMYK"), "image/jpeg", True),
            ("transparent", make_picture("PNG", mode="LA"), "image/png", True),
            ("of few colours", make_picture("PNG", mode="P"), "image/png", True),
            ("tiny", make_picture("PNG", (3, 5)), "image/png", True),
        ):
            with self.subTest(name):
                page = pypdf.PdfReader(io.BytesIO(to_pdf(content, kind))).pages[0]
                size = float(page.mediabox.width), float(page.mediabox.height)
                self.assertEqual([round(side) for side in size], [595, 842] if is_tall else [842, 595])

    def test_turned_page(self):
        """C8: the number of a page that the scanner turned stands at the upper right as one reads it."""
        with Binder() as binder:
            binder.add(make_pdf("turned", rotate=90))
            content = binder.bind()
        page = pypdf.PdfReader(io.BytesIO(content)).pages[0]
        self.assertFalse(page.get("/Rotate"))
        self.assertEqual([round(float(page.mediabox.width)), round(float(page.mediabox.height))], [595, 842])
        self.assertIn("1", page.extract_text())

    def test_refused(self):
        """C8: what cannot be part of it is told, and takes no page."""
        good = make_pdf("x" * 200)
        for name, content, kind, reason in (
            (
                "word",
                b"PK\x03\x04word",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "no picture",
            ),
            ("film", b"\x00\x00\x00 ftypmp42", "video/mp4", "no picture"),
            ("nothing", b"", "application/pdf", "damaged"),
            ("half a PDF", good[: len(good) // 2], "application/pdf", "damaged"),
            ("no PDF", b"%PDF-1.4 nothing at all", "application/pdf", "damaged"),
            ("half a picture", make_picture()[:500], "image/jpeg", "damaged"),
            ("named a picture", b"text", "image/png", "damaged"),
            ("locked", lock(good, "secret"), "application/pdf", "locked"),
            ("huge", b"%PDF" + bytes(41 * 1024 * 1024), "application/pdf", "too large"),
        ):
            with self.subTest(name), Binder() as binder:
                with mute_logger("pypdf._reader"), self.assertRaisesRegex(NotMergeable, reason):
                    binder.add(content, kind)
                self.assertEqual(binder.page_count, 0)

    def test_locked_against_changes(self):
        """C8: a PDF that only may not be changed is read without a password and becomes part of the file."""
        with Binder() as binder:
            binder.add(lock(make_pdf("open"), ""))
            self.assertIn("open", read_pages(binder.bind())[0])

    def test_told_by_content(self):
        """C8: a PDF that was uploaded without its kind is a PDF."""
        self.assertEqual(count_pages(to_pdf(make_pdf("x"), "application/octet-stream")), 1)
        self.assertEqual(count_pages(to_pdf(make_picture(), "application/octet-stream")), 1)

    def test_page_numbers(self):
        """C9: the pages of a longer document are numbered at the foot; a single page is left as it is."""
        pages = read_pages(number_pages(make_pdf("first", "second", size=A4[::-1])))
        self.assertEqual(len(pages), 2)
        for number, (page, text) in enumerate(zip(pages, ("first", "second"), strict=True), start=1):
            self.assertIn(text, page)
            self.assertIn(f"{number} / 2", page)
        single = make_pdf("first")
        self.assertEqual(number_pages(single), single)
