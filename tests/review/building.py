"""A store with one invented paper, and extractions of it by make."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path
from typing import Any

from pipeline.model import CleanView, Document, Piece, hash_text
from pipeline.store import Content, NewExtraction, Store

TEXT = (
    "Acarbose and ageing\n\n"
    "Male UM-HET3 mice were given acarbose in the diet.\n\n"
    "Acarbose at 1,000 ppm extended median lifespan by 22 % in male mice (p < 0.01). "
    "Metformin lowered body weight at 300 mg/kg in female mice. "
    "Acarbose at 400 ppm extended median lifespan by 8 % in male mice.\n"
)
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()
DOC_ID = "d" * 20
PATH = "papers/acarbose.md"


def place(words: str, text: str = TEXT, nth: int = 0) -> dict[str, Any]:
    """Return words with their place in a text."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return {"text": words, "start": start, "end": start + len(words), "source": "sentence"}


def sentence(begins: str, text: str = TEXT) -> tuple[int, int]:
    """Return the place of the sentence that begins with some words."""
    start = text.index(begins)
    stops = [text.find(mark, start) for mark in (". ", ".\n")]
    return start, min(stop for stop in stops if stop >= 0) + 1


def claim(
    begins: str,
    drug: str,
    outcome: str,
    direction: str = "increase",
    *,
    claim_id: str | None = None,
    text: str = TEXT,
    **fields: Any,
) -> dict[str, Any]:
    """Return the record of a claim of the sentence that begins with some words."""
    start, end = sentence(begins, text)

    def found(words: str) -> dict[str, Any]:
        at = text.index(words, start, end)
        return {"text": words, "start": at, "end": at + len(words), "source": "sentence"}

    placed = {name: {**value, **found(value["text"])} for name, value in fields.items() if isinstance(value, dict)}
    plain = {name: value for name, value in fields.items() if not isinstance(value, dict)}
    key = f"{start} {drug} {outcome} {direction}"
    return {
        "schema_version": 1,
        "claim_id": claim_id or hashlib.sha256(key.encode()).hexdigest()[:20],
        "doc_id": DOC_ID,
        "kind": "prose",
        "section": "Results",
        "evidence": {"text": " ".join(text[start:end].split()), "spans": [[start, end]], "boxes": []},
        "intervention": {**found(drug), "name": drug.lower(), "kind": "drug", "role": "treatment"},
        "outcome": {**found(outcome), "name": outcome},
        "direction": direction,
        "certainty": "asserted",
        "negated": False,
        "confidence": None,
        **placed,
        **plain,
    }


def ppm(words: str, value: float) -> dict[str, Any]:
    """Return a dose in the diet."""
    return {"text": words, "low": value, "high": value, "unit": "[ppm]", "per": ["diet"]}


def claims(text: str = TEXT, **changes: Any) -> list[dict[str, Any]]:
    """Return the paper's three claims; changes are of the first."""
    first: dict[str, Any] = {"dose": ppm("1,000 ppm", 1000.0), "species": {"text": "mice", "name": "Mus musculus"}}
    return [
        claim("Acarbose at 1,000", "Acarbose", "median lifespan", text=text, **{**first, **changes}),
        claim("Metformin lowered", "Metformin", "body weight", "decrease", text=text),
        claim("Acarbose at 400", "Acarbose", "median lifespan", text=text, dose=ppm("400 ppm", 400.0)),
    ]


def save(store: Store, records: list[dict[str, Any]], *, make: str = "1", text: str = TEXT) -> None:
    """Keep an extraction of the paper, current from now on; another text is another reading of the same bytes."""
    store.register([Content(PATH, DOC_ID, SHA256, len(TEXT))])
    rendition = Document(DOC_ID, PATH, SHA256, "markdown", "1", text, CleanView(text, (Piece(0, 0, len(text)),)))
    document = {
        "schema_version": 1,
        "doc_id": DOC_ID,
        "path": PATH,
        "sha256": SHA256,
        "reader": "markdown",
        "reader_version": "1",
        "text_sha256": hash_text(text),
        "characters": len(text),
        "title": "Acarbose and ageing",
        "status": "done",
    }
    store.save(
        NewExtraction(
            doc_id=DOC_ID,
            path=PATH,
            fingerprint=make * 64,
            reading=hash_text(text),
            rendition=rendition,
            record=document,
            claims=records,
        )
    )


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def fill_sheet(path: Path, answers: dict[str, dict[str, str]], *, delimiter: str = ",") -> None:
    """Write answers, by claim id, into a sheet that was exported, as a spreadsheet would save it."""
    rows = read_rows(path)
    for row in rows:
        row.update(answers.get(row["claim"].removeprefix("claim-"), {}))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
