"""Mentions that come back from an annotation tool become gold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import SettingsError
from pipeline.evaluation.gold import load_gold
from pipeline.evaluation.lint import lint_gold
from pipeline.line import export_mentions
from pipeline.model import CleanView, Document, Piece
from pipeline.review.mentions import import_mentions, read_mentions
from pipeline.store import Content, NewExtraction, Store

from . import building


def entity(words: str, label: str, **fields: Any) -> dict[str, Any]:
    found = building.place(words)
    return {
        "doc_id": building.DOC_ID,
        "label": label,
        **{key: found[key] for key in ("text", "start", "end")},
        **fields,
    }


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store that holds the invented paper with its mentions."""
    opened = Store.open(f"sqlite:///{tmp_path / 'mentions.sqlite'}")
    text = building.TEXT
    opened.register([Content(building.PATH, building.DOC_ID, building.SHA256, len(text))])
    view = CleanView(text, (Piece(0, 0, len(text)),))
    record = {"doc_id": building.DOC_ID, "path": building.PATH, "sha256": building.SHA256, "status": "done"}
    opened.save(
        NewExtraction(
            doc_id=building.DOC_ID,
            path=building.PATH,
            fingerprint="1" * 64,
            reading="1" * 64,
            rendition=Document(building.DOC_ID, building.PATH, building.SHA256, "markdown", "1", text, view),
            record={**record, "text_sha256": building.hash_text(text)},
            entities=[
                entity("Acarbose", "CHEMICAL", role="drug", concept={"id": "UNII:T58MSI464G", "name": "acarbose"}),
                entity("UM-HET3", "STRAIN"),
                entity("median lifespan", "OUTCOME"),
            ],
        )
    )
    yield opened
    opened.close()


@pytest.mark.parametrize("format", ["brat", "pubtator", "bioc"])
def test_mentions_go_out_and_come_back_as_gold(store: Store, tmp_path: Path, format: str) -> None:
    out = tmp_path / "out"
    for _ in range(2):
        assert export_mentions(store, out, format=format) == 1
        report = import_mentions(store, read_mentions(out), tmp_path / "gold.jsonl")
        assert (report.documents, report.entities, report.bad) == (1, 3, ())
    gold = load_gold(tmp_path / "gold.jsonl")
    assert lint_gold(gold, texts={building.SHA256: building.TEXT}) == []
    assert [(item.label, item.text) for item in gold.entities] == [
        ("CHEMICAL", "Acarbose"),
        ("STRAIN", "UM-HET3"),
        ("OUTCOME", "median lifespan"),
    ]
    assert gold.entities[0].id == "UNII:T58MSI464G"
    assert gold.scopes[0].labels == ("CHEMICAL", "OUTCOME", "STRAIN")


def test_what_was_changed_in_the_tool_replaces_what_was_there(store: Store, tmp_path: Path) -> None:
    export_mentions(store, tmp_path / "out", format="brat")
    import_mentions(store, read_mentions(tmp_path / "out"), tmp_path / "gold.jsonl")
    file = tmp_path / "out" / f"{building.DOC_ID}.ann"
    place = building.place("Metformin")
    kept = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("T2")]
    added = f"T9\tCHEMICAL {place['start']} {place['end']}\tMetformin"
    file.write_text("\n".join([*kept, added]), encoding="utf-8")
    import_mentions(store, read_mentions(tmp_path / "out"), tmp_path / "gold.jsonl")
    assert {item.text for item in load_gold(tmp_path / "gold.jsonl").entities} == {
        "Acarbose",
        "Metformin",
        "median lifespan",
    }


def test_bad_mentions_are_told_and_the_rest_is_taken(store: Store, tmp_path: Path) -> None:
    export_mentions(store, tmp_path / "out", format="brat")
    (text,) = read_mentions(tmp_path / "out")
    wide = replace(text.annotations[0], end=text.annotations[0].end + 4, text="Acarbose and")
    strange = replace(text, key="0" * 20)
    report = import_mentions(
        store, [replace(text, annotations=(*text.annotations, wide)), strange], tmp_path / "gold.jsonl"
    )
    assert (report.documents, report.entities, len(report.bad)) == (1, 3, 2)


def test_an_unknown_label_or_no_file_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is not there"):
        read_mentions(tmp_path / "nothing")
    with pytest.raises(SettingsError, match="there is no label"):
        import_mentions(store, [], tmp_path / "gold.jsonl", labels=["DRUG"])
