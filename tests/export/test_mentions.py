"""Mentions go out to brat, PubTator and BioC and come back as they were."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import SettingsError
from pipeline.export.mentions import (
    AnnotatedText,
    Annotation,
    annotate_text,
    read_bioc,
    read_brat,
    read_pubtator,
    write_bioc,
    write_brat,
    write_pubtator,
)

Write = Callable[[Path, list[AnnotatedText]], int]
Read = Callable[[Path], list[AnnotatedText]]
TEXT = (
    "Acarbose & <b>ageing</b> | 😀\n\n"
    "Acarbose\textended the life-\nspan of UM-HET3 mice.\r\n\r\n"
    '\u200fβ-Blockers\x0c did \ud83d not; ]]> "p" < 0.05\n \nAcarbose\n'
)


def mention(words: str, label: str, nth: int = 0, **fields: str) -> Annotation:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Annotation(start, start + len(words), label, words, **fields)


MENTIONS = (
    mention("Acarbose", "CHEMICAL", role="drug", id="UNII:T58MSI464G", name="acarbose"),
    mention("Acarbose", "CHEMICAL", 1, id="UNII:T58MSI464G", name="acarbose"),
    mention("life-\nspan", "OUTCOME"),
    mention("UM-HET3 mice", "POPULATION"),
    mention("UM-HET3", "STRAIN", id="LITCLAIMS:strain/UM-HET3", name="UM-HET3"),
    mention("mice.\r\n\r\n\u200fβ-Blockers", "GENE"),
    mention("β-Blockers", "CHEMICAL"),
    mention('"p" < 0.05', "PVALUE"),
    mention("Acarbose", "CHEMICAL", 2),
)
DOCUMENTS = [
    AnnotatedText("1" * 20, TEXT, tuple(sorted(MENTIONS, key=lambda item: (item.start, item.end, item.label)))),
    AnnotatedText("2" * 20, "No mention here.\n"),
]


def brat(path: Path, texts: list[AnnotatedText]) -> int:
    path.mkdir()
    return write_brat(path, texts)


@pytest.mark.parametrize(
    ("write", "read", "carried"),
    [
        (brat, read_brat, ("role", "id", "name")),
        (write_pubtator, read_pubtator, ("id",)),
        (write_bioc, read_bioc, ("role", "id", "name")),
    ],
)
def test_mentions_come_back_as_they_went(tmp_path: Path, write: Write, read: Read, carried: tuple[str, ...]) -> None:
    assert write(tmp_path / "out", DOCUMENTS) == 2
    back = read(tmp_path / "out")
    assert [text.key for text in back] == [text.key for text in DOCUMENTS]
    assert [text.bad for text in back] == [(), ()]
    lost = dict.fromkeys({"role", "id", "name"} - set(carried))
    for was, now in zip(DOCUMENTS, back, strict=True):
        expected = [replace(item, text="", **lost) for item in was.annotations]
        assert sorted(replace(item, text="") for item in now.annotations) == sorted(expected)


@pytest.mark.parametrize("write", [brat, write_pubtator, write_bioc])
def test_the_same_mentions_give_the_same_bytes(tmp_path: Path, write: Write) -> None:
    def data(path: Path) -> list[bytes]:
        return [file.read_bytes() for file in sorted(path.glob("*"))] if path.is_dir() else [path.read_bytes()]

    write(tmp_path / "one", DOCUMENTS)
    write(tmp_path / "two", DOCUMENTS)
    assert data(tmp_path / "one") == data(tmp_path / "two")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.integers(0, 60), st.integers(1, 20))
def test_any_text_keeps_its_offsets(tmp_path_factory: pytest.TempPathFactory, text: str, start: int, size: int) -> None:
    # brat's fragments hold no line break, so that a mention begins and ends with a character that is none.
    words = text[start : start + size]
    if not words or words != words.strip() or len(words.split("\n")) > 1:
        return
    end = start + len(words)
    document = AnnotatedText("3" * 20, text, (Annotation(start, end, "CHEMICAL", text[start:end]),))
    folder = tmp_path_factory.mktemp("any")
    for write, read in ((brat, read_brat), (write_pubtator, read_pubtator), (write_bioc, read_bioc)):
        target = folder / write.__name__
        write(target, [document])
        (back,) = read(target)
        assert [(item.start, item.end) for item in back.annotations] == [(start, end)], (write.__name__, back.bad)


def test_a_bad_line_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text("Acarbose extended lifespan.\n", encoding="utf-8")
    lines = [
        "T1\tCHEMICAL 0 8\tAcarbose",
        "T2\tOUTCOME 9 17\tlifespan",
        "T3\tWHAT 9 17\textended",
        "T4 nonsense",
        "R1\tOf",
    ]
    (tmp_path / "paper.ann").write_text("\n".join(lines), encoding="utf-8")
    (text,) = read_brat(tmp_path)
    assert [item.text for item in text.annotations] == ["Acarbose"]
    assert [item.where for item in text.bad] == ["paper.ann, line 4", "paper.ann, line 2", "paper.ann, line 3"]


def test_pubtator_of_others_is_read(tmp_path: Path) -> None:
    lines = [
        "7|t|Acarbose in mice",
        "7|a|It helps.",
        "7\t0\t8\tAcarbose\tChemical\tMESH:D020909",
        "7\t12\t16\tmice\tSpecies\t10090",
        "7\tCID\tD020909\tD003920",
        "7\t12\tx\tmice\tSpecies",
        "",
        "8|t|Nothing",
        "8|a|",
    ]
    (tmp_path / "file.txt").write_text("\r\n".join(lines), encoding="utf-8")
    first, second = read_pubtator(tmp_path / "file.txt")
    assert [(item.label, item.id) for item in first.annotations] == [("CHEMICAL", "MESH:D020909"), ("SPECIES", "10090")]
    assert [item.where for item in first.bad] == ["file.txt, line 6"]
    assert (second.key, second.annotations) == ("8", ())


def test_a_file_that_declares_entities_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE collection [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><collection>&b;</collection>'
    (tmp_path / "bomb.xml").write_text(bomb, encoding="utf-8")
    with pytest.raises(SettingsError, match="declares entities"):
        read_bioc(tmp_path / "bomb.xml")
    (tmp_path / "none.xml").write_text("no markup", encoding="utf-8")
    with pytest.raises(SettingsError, match="is no XML"):
        read_bioc(tmp_path / "none.xml")


def test_records_become_annotations() -> None:
    record = {
        "start": 0,
        "end": 8,
        "text": "Acarbose",
        "label": "CHEMICAL",
        "role": "drug",
        "concept": {"id": "UNII:T58MSI464G", "name": "acarbose", "score": None},
    }
    found = annotate_text("d" * 20, "Acarbose.", [record])
    assert found.annotations == (Annotation(0, 8, "CHEMICAL", "Acarbose", "drug", "UNII:T58MSI464G", "acarbose"),)
