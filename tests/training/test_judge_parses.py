"""Parses kept between trainings are those of today's model, and only of the same text."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.ingest import read_bytes
from pipeline.nlp.language import parse_document
from pipeline.settings import Settings
from pipeline.training import judge_parses
from pipeline.training.judge_parses import parse_cached

TEXT = b"Acarbose in mice\n\nAcarbose extended lifespan. Metformin did not change body weight.\n"


def test_kept_parse_is_the_same_and_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings()
    document = read_bytes(TEXT, name="paper.txt", settings=settings)
    first = parse_cached(document, tmp_path, settings=settings)
    assert first == parse_document(document, max_characters=settings.max_sentence_characters)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("parsed again")

    monkeypatch.setattr(judge_parses, "parse_document", refuse)
    assert parse_cached(document, tmp_path, settings=settings) == first
    other = read_bytes(TEXT.replace(b"mice", b"rats"), name="paper.txt", settings=settings)
    with pytest.raises(AssertionError, match="parsed again"):
        parse_cached(other, tmp_path, settings=settings)


def test_parses_of_another_model_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings()
    document = read_bytes(TEXT, name="paper.txt", settings=settings)
    parse_cached(document, tmp_path, settings=settings)
    judge_parses._make.cache_clear()
    monkeypatch.setattr(judge_parses, "model_version", lambda: "another")
    parse_cached(document, tmp_path, settings=settings)
    judge_parses._make.cache_clear()
    assert len(list(tmp_path.glob("*.pickle"))) == 2
