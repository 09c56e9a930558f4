"""Input that is not what it should be, through ``litclaims extract``: named, recorded, and no harm to the rest."""

from __future__ import annotations

import io
import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

TITLE = "Rapamycin in invented mice"
SENTENCE = "Rapamycin at 14 ppm extended the median lifespan of male mice by {percent} % (p < 0.01)."
GOOD = f"{TITLE}\n\nResults\n\n{SENTENCE.format(percent=11)}\n"

Run = Callable[..., subprocess.CompletedProcess[str]]


def draw_pdf(*lines: str, **options: Any) -> bytes:
    """Return a PDF of one page with the lines, or with a picture's worth of ink where there are none."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, **options)
    for number, line in enumerate(lines):
        canvas.drawString(72, 760 - 14 * number, line)
    if not lines:
        canvas.rect(72, 400, 300, 300, fill=1)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def extract_beside_good(litclaims: Run, tmp_path: Path) -> Callable[[str, bytes], dict[str, list[dict[str, Any]]]]:
    """A function that extracts a file together with a good one and gives the run's records; the good one is done."""

    def extract(name: str, data: bytes) -> dict[str, list[dict[str, Any]]]:
        folder = tmp_path / "papers"
        folder.mkdir()
        (folder / "good.txt").write_text(GOOD, encoding="utf-8")
        (folder / name).write_bytes(data)
        return run(folder)

    def run(folder: Path) -> dict[str, list[dict[str, Any]]]:
        done = litclaims("extract", folder.name, "--out", "results", "--json")
        out = tmp_path / "results"
        found = {kind: read_lines(out / f"{kind}.jsonl") for kind in ("documents", "claims", "failures")}
        good = [record for record in found["documents"] if record["path"] == "papers/good.txt"]
        assert len(good) == 1
        assert [claim for claim in found["claims"] if claim["doc_id"] == good[0]["doc_id"]]
        failed = [failure for failure in found["failures"] if not failure["survivable"]]
        assert done.returncode == (1 if failed else 0), done.stderr
        assert json.loads(done.stdout)["failed"] == len(failed)
        for failure in found["failures"]:
            assert failure["stage"] and failure["cause"] and failure["remedy"]
            assert "Traceback" not in failure["cause"] and "defect of litclaims" not in failure["remedy"]
        return found

    return extract


REFUSED = {
    "empty": ("empty.txt", b"", "empty"),
    "blank": ("blank.md", b" \n\t\n", "no letter"),
    "zero bytes": ("zeros.txt", b"\x00" * 2000, "no text"),
    "picture": ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 20, "no text"),
    "truncated PDF": ("truncated.pdf", draw_pdf(TITLE, SENTENCE.format(percent=22))[:300], "PDF"),
    "no PDF": ("renamed.pdf", b"%PDF-1.7\nnothing follows\n", "PDF"),
    "encrypted PDF": (
        "secret.pdf",
        draw_pdf(TITLE, encrypt=pdfencrypt.StandardEncryption("secret", ownerPassword="other")),
        "password",
    ),
    "scanned PDF": ("scanned.pdf", draw_pdf(), "no text"),
    "external entity": (
        "entity.xml",
        b'<?xml version="1.0"?><!DOCTYPE article [<!ENTITY x SYSTEM "good.txt">]>'
        b"<article><body><p>&x;</p></body></article>",
        "entit",
    ),
    "expanding entities": (
        "laughs.xml",
        b'<?xml version="1.0"?><!DOCTYPE article [<!ENTITY a "ha">'
        + b"".join(b'<!ENTITY %c "%s">' % (97 + n, b"&%c;" % (96 + n) * 20) for n in range(1, 12))
        + b"]><article><body><p>&l;</p></body></article>",
        "entit",
    ),
    "HTML without body": ("nobody.html", b"<!DOCTYPE html><html><head><title></title></head></html>", ""),
    "XML without text": ("bare.xml", b'<?xml version="1.0"?><article><front/></article>', ""),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_recorded_with_cause_and_remedy(extract_beside_good, case: str) -> None:  # type: ignore[no-untyped-def]
    name, data, cause = REFUSED[case]
    found = extract_beside_good(name, data)
    (failure,) = found["failures"]
    assert failure["path"] == f"papers/{name}"
    assert not failure["survivable"]
    assert failure["stage"] == "read"
    assert cause.lower() in failure["cause"].lower()
    assert len(found["documents"]) == 1


OTHER = GOOD.replace("11", "22")
READ = {
    "UTF-16": ("wide.txt", OTHER.encode("utf-16")),
    "big-endian UTF-16": ("wide.txt", b"\xfe\xff" + OTHER.encode("utf-16-be")),
    "byte-order mark and CRLF": ("windows.txt", b"\xef\xbb\xbf" + OTHER.replace("\n", "\r\n").encode()),
    "carriage returns alone": ("mac.txt", OTHER.replace("\n", "\r").encode()),
    "Markdown with CRLF": ("windows.md", f"# {TITLE}\r\n\r\n{SENTENCE.format(percent=22)}\r\n".encode()),
    "HTML without tags of its own": ("bare.html", f"<html><p>{SENTENCE.format(percent=22)}".encode()),
}  # fmt: skip


@pytest.mark.parametrize("case", READ)
def test_odd_but_sound_files_are_read_and_their_claims_stand_in_the_text(  # type: ignore[no-untyped-def]
    extract_beside_good, tmp_path: Path, case: str
) -> None:
    name, data = READ[case]
    found = extract_beside_good(name, data)
    assert found["failures"] == []
    (document,) = (record for record in found["documents"] if record["path"] == f"papers/{name}")
    text = (tmp_path / "results" / "texts" / f"{document['doc_id']}.txt").read_bytes().decode("utf-8")
    (claim,) = (record for record in found["claims"] if record["doc_id"] == document["doc_id"])
    for field in ("intervention", "outcome", "dose", "effect", "significance"):
        assert text[claim[field]["start"] : claim[field]["end"]] == claim[field]["text"]
    assert claim["effect"]["value"] == 22
    if name.endswith(".txt") and b"\xef\xbb\xbf" in data:
        assert text.encode() == data


def test_a_stray_byte_costs_nothing_but_itself(extract_beside_good) -> None:  # type: ignore[no-untyped-def]
    data = OTHER.encode() + "Größe, naïve Zellen – 17α".encode() + b"\xff\xfe.\n"
    found = extract_beside_good("stray.txt", data)
    (failure,) = found["failures"]
    assert failure["survivable"] and "UTF-8" in failure["cause"]
    assert {record["path"]: record["status"] for record in found["documents"]} == {
        "papers/good.txt": "done",
        "papers/stray.txt": "partial",
    }
    assert {claim["effect"]["value"] for claim in found["claims"]} == {11, 22}


@pytest.mark.parametrize("unit", [b"a", b"lifespan ", SENTENCE.format(percent=9).encode() + b" ", b"1,"])
def test_a_line_of_fifty_megabytes_is_answered_in_seconds(extract_beside_good, unit: bytes) -> None:  # type: ignore[no-untyped-def]
    began = time.monotonic()
    found = extract_beside_good("endless.txt", unit * (50_000_000 // len(unit)))
    assert time.monotonic() - began < 15
    (failure,) = found["failures"]
    assert "limit" in failure["cause"]
    assert "LITCLAIMS_MAX" in failure["remedy"]


def test_a_sentence_without_end_is_passed_over_quickly(extract_beside_good) -> None:  # type: ignore[no-untyped-def]
    began = time.monotonic()
    found = extract_beside_good("endless.txt", b"rapamycin extended lifespan and " * 3_000)
    assert time.monotonic() - began < 15
    assert len(found["documents"]) == 2


def test_no_word_of_another_file_comes_in_by_an_entity(litclaims: Run, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Metformin extended the lifespan of mice.")
    place = (tmp_path / "secret.txt").as_uri()
    (tmp_path / "paper.xml").write_text(
        f'<?xml version="1.0"?><!DOCTYPE article [<!ENTITY x SYSTEM "{place}">]>'
        f"<article><body><sec><title>Results</title><p>{SENTENCE.format(percent=5)} &x;</p></sec></body></article>"
    )
    litclaims("extract", "paper.xml", "--out", "results")
    written = b"".join(path.read_bytes() for path in (tmp_path / "results").rglob("*") if path.is_file())
    assert b"Metformin" not in written


def test_the_same_bytes_at_two_paths_give_their_claims_once(litclaims: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / "papers" / name).mkdir(parents=True)
        (tmp_path / "papers" / name / "paper.txt").write_text(GOOD)
    done = litclaims("extract", "papers", tmp_path / "papers" / "one" / "paper.txt", "--out", "results")
    assert done.returncode == 0, done.stderr
    claims = read_lines(tmp_path / "results" / "claims.jsonl")
    assert len({claim["claim_id"] for claim in claims}) == len(claims) == 1
    (failure,) = read_lines(tmp_path / "results" / "failures.jsonl")
    assert failure["survivable"] and "one/paper.txt" in failure["cause"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_folder_of_bad_files_alone_is_nothing_done(litclaims_process: Run, tmp_path: Path, jobs: int) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "empty.txt").write_bytes(b"")
    (tmp_path / "papers" / "self.txt").symlink_to("self.txt")
    done = litclaims_process("extract", "papers", "--out", "results", "--jobs", jobs)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    failures = read_lines(tmp_path / "results" / "failures.jsonl")
    assert [failure["path"] for failure in failures] == ["papers/empty.txt", "papers/self.txt"]
    assert (tmp_path / "results" / "claims.csv").read_text(encoding="utf-8").startswith("schema_version,claim_id")


@pytest.fixture
def closed_file(tmp_path: Path) -> Iterator[Path]:
    """A file that this process may not read; skipped where the system lets it read everything."""
    (tmp_path / "papers").mkdir()
    path = tmp_path / "papers" / "closed.txt"
    path.write_text(OTHER)
    path.chmod(0)
    was_root = os.geteuid() == 0
    if was_root:
        for part in (tmp_path, *tmp_path.parents):
            if part.owner() == "root" and part.name.startswith("pytest-"):
                part.chmod(0o755)
        os.chown(tmp_path, 65534, -1)
        os.seteuid(65534)
    try:
        path.read_bytes()
        readable = True
    except OSError:
        readable = False
    if not readable:
        yield path
    if was_root:
        os.seteuid(0)
    if readable:
        pytest.skip("this system lets every process read every file")


def test_an_unreadable_file_is_recorded_and_the_rest_is_done(closed_file: Path, tmp_path: Path) -> None:
    from pipeline.runs import extract_to_folder

    good = tmp_path / "good.txt"
    good.write_text(GOOD)
    counts = extract_to_folder([closed_file, good], tmp_path / "results")
    assert (counts.documents, counts.failed) == (1, 1)
    (failure,) = read_lines(tmp_path / "results" / "failures.jsonl")
    assert failure["path"] == closed_file.as_posix()
    assert (failure["stage"], failure["survivable"]) == ("read", False)
    assert "ermission" in failure["cause"] + failure["remedy"]


def test_a_name_that_is_no_utf8_is_read_and_written(litclaims: Run, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    try:
        (tmp_path / "papers" / os.fsdecode(b"caf\xe9.txt")).write_text(GOOD)
    except OSError:
        pytest.skip("this file system takes no such name")
    done = litclaims("extract", "papers", "--out", "results")
    assert done.returncode == 0, done.stderr
    assert len(read_lines(tmp_path / "results" / "claims.jsonl")) == 1


def test_a_full_disk_is_said_and_leaves_what_was_there(litclaims: Run, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "paper.txt").write_text(GOOD * 400)
    place = tmp_path / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place]
    if subprocess.run(command, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        done = litclaims("extract", "papers", "--out", place / "results")
        assert done.returncode == 3
        assert "space" in done.stderr or "cannot be written" in done.stderr
        assert list(place.iterdir()) == []
    finally:
        subprocess.run(["umount", place], check=True)
