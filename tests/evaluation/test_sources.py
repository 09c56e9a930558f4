"""Texts are found again by hash: a file's own, or what the reader makes of it."""

from __future__ import annotations

from pathlib import Path

from pipeline.evaluation.gold import GoldDocument, load_gold
from pipeline.evaluation.lint import lint_gold
from pipeline.evaluation.sources import read_sources
from pipeline.model.ids import hash_bytes, hash_text

CORPUS = Path(__file__).parents[2] / "corpus"


def test_document_is_found_under_any_name_if_its_text_is_the_labelled_one(tmp_path: Path) -> None:
    text = "Acarbose lowered glucose."
    (tmp_path / "renamed.txt").write_text(text, encoding="utf-8")
    (tmp_path / "broken.txt").write_bytes(b"\xff\xfe")
    sha256 = hash_bytes(text.encode())
    for text_sha256, found in ((hash_text(text), {sha256: text}), ("0" * 64, {})):
        document = GoldDocument(sha256=sha256, text_sha256=text_sha256, name="paper.txt", characters=len(text))
        assert read_sources(tmp_path, [document]) == found


def test_labels_of_the_samples_stand_in_what_the_readers_make_of_them() -> None:
    gold = load_gold(CORPUS / "gold" / "samples.jsonl")
    texts = read_sources(CORPUS / "samples", gold.documents)
    assert sorted(texts) == sorted(document.sha256 for document in gold.documents)
    assert [str(finding) for finding in lint_gold(gold, texts=texts)] == []
