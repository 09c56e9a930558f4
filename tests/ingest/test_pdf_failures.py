"""What a PDF cannot give is recorded with cause and remedy, page by page, and the rest is kept."""

from __future__ import annotations

import io
import re
import zlib

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import DocumentError
from pipeline.ingest.pdf import read_pdf
from pipeline.ingest.pdf_damage import MAX_UNPACKED
from pipeline.model import Document
from pipeline.settings import Settings

PROSE = "Old mice that were given the compound lived longer than those that were given none of it."


def read(data: bytes, settings: Settings | None = None) -> Document:
    return read_pdf(data, name="paper.pdf", sha256="0" * 64, settings=settings or Settings())


def name_line(number: int) -> str:
    """Return a word of its own for each line, so that none is taken for a running head."""
    return "Colony" + "".join("abcdefghij"[int(digit)] for digit in str(number))


def draw(*, pages: int = 3, encrypt: object = None) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1, pageCompression=0, encrypt=encrypt)
    for page in range(pages):
        canvas.setFont("Times-Roman", 10)
        for line in range(20):
            canvas.drawString(50, 780 - 12 * line, f"{name_line(line + 20 * page)} {PROSE}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def find_page_object(data: bytes, page: int) -> re.Match[bytes]:
    return list(re.finditer(rb"\n\d+ 0 obj\n<<\n/Contents (\d+) 0 R.*?endobj", data, re.DOTALL))[page - 1]


def assert_told(document: Document, *, page: int, cause: str) -> None:
    told = [failure for failure in document.failures if failure.page == page]
    assert told and cause in told[0].cause and told[0].remedy
    assert document.status == "partial"


def test_password_is_told_with_a_remedy() -> None:
    data = draw(encrypt=pdfencrypt.StandardEncryption("secret", ownerPassword="other"))
    with pytest.raises(DocumentError, match="password") as caught:
        read(data)
    assert "without a password" in caught.value.remedy


def test_broken_cross_references_are_mended_by_a_search() -> None:
    data = draw()
    broken = re.sub(rb"startxref\n\d+", b"startxref\n99999999", data)
    document = read(broken)
    assert document.pages == 3
    assert name_line(59) in document.clean.text


def test_lost_list_of_pages_is_told_and_pages_are_searched_for() -> None:
    data = draw().replace(b"/Pages", b"/Pagez")
    document = read(data)
    assert name_line(0) in document.clean.text
    assert any("list of pages" in failure.cause for failure in document.failures)


def test_cyclic_page_tree_ends() -> None:
    data = draw()
    tree = re.search(rb"/Kids \[ (\d+) 0 R", data)
    own = re.search(rb"\n(\d+) 0 obj\n<<\n/Count", data)
    assert tree and own
    cyclic = data[: tree.start(1)] + own[1].ljust(len(tree[1])) + data[tree.end(1) :]
    document = read(cyclic)
    assert name_line(59) in document.clean.text
    assert document.failures and document.failures[0].remedy


def test_content_that_names_itself_ends() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1, pageCompression=0)
    canvas.beginForm("loop")
    canvas.setFont("Times-Roman", 10)
    canvas.drawString(50, 400, PROSE)
    canvas.endForm()
    canvas.doForm("loop")
    canvas.setFont("Times-Roman", 10)
    canvas.drawString(50, 700, f"{PROSE} Said once more, since one line is not enough of a page.")
    canvas.showPage()
    canvas.save()
    data = buffer.getvalue()
    name = re.search(rb"/(FormXob\.\w+) (\d+ 0 R)", data)
    assert name
    own = data.index(b"\nstream", data.index(b"/Subtype /Form"))
    content = data.index(b"BT", own)
    call = b"/%s Do " % name[1]
    looped = data[:content] + call + data[content + len(call) :]
    assert "Said once more" in read(looped).clean.text


def test_missing_font_is_told_of_its_page() -> None:
    data = draw()
    second = data.index(b"/F2 10 Tf", data.index(b"/F2 10 Tf") + 1)
    document = read(data[:second] + b"/F9" + data[second + 3 :])
    assert_told(document, page=2, cause="font")
    assert name_line(0) in document.clean.text and name_line(59) in document.clean.text


def test_page_without_its_content_is_told_and_the_others_are_kept() -> None:
    data = draw()
    page = find_page_object(data, 2)
    lost = page[0].replace(b"/Contents", b"/Contentz")
    document = read(data.replace(page[0], lost))
    assert_told(document, page=2, cause="no content")
    assert name_line(0) in document.clean.text and name_line(59) in document.clean.text
    assert name_line(25) not in document.clean.text


def test_time_that_is_over_is_told_of_the_pages_left() -> None:
    with pytest.raises(DocumentError, match="time") as caught:
        read(draw(), Settings(max_seconds=1e-9))
    assert "MAX_SECONDS" in caught.value.remedy


def test_characters_beyond_the_limit_are_told_and_the_pages_before_are_kept() -> None:
    document = read(draw(), Settings(max_characters=5_000))
    assert_told(document, page=3, cause="5,000 characters")
    assert "MAX_CHARACTERS" in document.failures[0].remedy
    assert name_line(39) in document.clean.text and name_line(40) not in document.clean.text


def test_content_that_unpacks_to_far_too_much_is_told_and_not_unpacked() -> None:
    data = draw()
    page = find_page_object(data, 2)
    content = data.index(b"\n%s 0 obj" % page[1])
    bomb = zlib.compress(b" " * (MAX_UNPACKED + 1))
    stream = b"\n%s 0 obj\n<< /Filter /FlateDecode /Length %d >>\nstream\n" % (page[1], len(bomb))
    end = data.index(b"endstream", content)
    document = read(data[:content] + stream + bomb + b"\n" + data[end:])
    assert_told(document, page=2, cause="unpacks to more than")
    assert name_line(0) in document.clean.text and name_line(59) in document.clean.text
