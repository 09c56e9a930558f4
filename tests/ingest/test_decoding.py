"""Bytes to text: encodings, limits, refusals."""

# ruff: noqa: E501

import time

import pytest

from pipeline.errors import DocumentError
from pipeline.ingest import find_documents, read_bytes, recognise_format
from pipeline.ingest.decoding import decode_text
from pipeline.settings import Settings


def decode(data: bytes) -> str:
    return decode_text(data, name="x.txt", settings=Settings())[0]


def test_byte_order_mark_and_line_ends_stay() -> None:
    assert decode("\ufeffOne\r\ntwo\n".encode()) == "\ufeffOne\r\ntwo\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_marked_encodings_are_read(encoding: str) -> None:
    assert "größer" in decode("größer als".encode(encoding))


def test_torn_marked_encoding_is_recorded() -> None:
    text, failures = decode_text("größer als".encode("utf-16") + b"\xd8", name="x.txt", settings=Settings())
    assert text.endswith("als\ufffd")
    assert "UTF-16" in failures[0].cause


def test_windows_text_is_read_and_recorded() -> None:
    text, failures = decode_text("17α – naïve".replace("α", "a").encode("cp1252"), name="x.txt", settings=Settings())
    assert text == "17a – naïve"
    assert failures[0].survivable and "UTF-8" in failures[0].cause


def test_stray_byte_keeps_the_rest_and_makes_the_document_partial() -> None:
    data = "Größe, naïve Zellen – über 17α".encode() + b"\xff and more."
    document = read_bytes(data, name="x.txt", settings=Settings())
    assert "17α\ufffd and more." in document.source
    assert document.status == "partial"


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02\x03" * 40, b"\x01\x02\x03\x04\x05 a" * 40, b" \n \n"])
def test_what_is_no_text_is_refused_with_a_remedy(data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        read_bytes(data, name="x.txt", settings=Settings())
    assert caught.value.remedy


def test_too_long_text_is_refused_at_once() -> None:
    began = time.perf_counter()
    with pytest.raises(DocumentError, match="limit"):
        read_bytes(b"a" * 50_000_000, name="x.txt", settings=Settings())
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("line", ["a" * 300_000, "a b. " * 60_000, "(a " * 80_000, "1,2-" * 50_000, "- a " * 60_000,
                                  "A1, " * 60_000, "[1] " * 50_000, "et al. " * 40_000, "Smith A, " * 30_000])  # fmt: skip
def test_one_endless_line_does_not_hang(line: str) -> None:
    began = time.perf_counter()
    read_bytes(line.encode(), name="x.txt", settings=Settings())
    assert time.perf_counter() - began < 20


@pytest.mark.parametrize(
    ("data", "name", "wanted"),
    [
        (b"%PDF-1.7 ...", "x.txt", "pdf"), (b"<!DOCTYPE html><html>", "x.txt", "html"), (b"Text", "x.txt", "text"),
        (b"<?xml version='1.0'?><article>", "x.txt", "jats"), (b"Text", "x.md", "markdown"),
        (b"# One\n\nText *so*\n\n## Two\n\nMore", "x.txt", "markdown"), (b"p < 0.05 <b", "x.txt", "text"),
    ],
)  # fmt: skip
def test_format_follows_the_content(data: bytes, name: str, wanted: str) -> None:
    assert recognise_format(data, name=name) == wanted


def test_directories_are_walked_in_path_order_without_loops(tmp_path) -> None:  # type: ignore[no-untyped-def]
    for name in ("b.txt", "a.md", "sub/c.pdf", "sub/d.docx", ".hidden/e.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path, target_is_directory=True)
    found = [path.relative_to(tmp_path).as_posix() for path in find_documents([tmp_path])]
    assert found == ["a.md", "b.txt", "sub/c.pdf"]


def test_xml_and_html_whose_bytes_are_no_utf8_are_read_and_say_so() -> None:
    article = "<article><body><p>Old mice of the naïve group ate less than the others.</p></body></article>"
    page = f"<html><body><article><p>{'Old mice of the naïve group ate less. ' * 8}</p></article></body></html>"
    for name, text in (("a.xml", article), ("a.html", page)):
        document = read_bytes(text.encode("cp1252"), name=name, settings=Settings())
        assert "naïve" in document.source
        assert document.status == "partial"
        assert "Windows-1252" in document.failures[0].cause
        assert read_bytes(text.encode(), name=name, settings=Settings()).status == "done"
