"""Metadata of flattened papers: title and authors in one group, DOIs torn, repeated or below the list."""

from __future__ import annotations

from pipeline.ingest.text import read_text
from pipeline.model.documents import Metadata
from pipeline.settings import Settings

BODY = "Background\nOld mice eat less than young ones do, as has been told in many an invented house.\n"


def read(text: str) -> Metadata:
    return read_text(text.encode(), name="x.txt", sha256="0", settings=Settings()).metadata


def test_a_long_title_ends_where_the_authors_begin() -> None:
    metadata = read(
        "Feeding of old mice in houses of\nvarious kinds and sizes, told in a\nlong title that takes up to five\n"
        "lines before its authors\nAda Birch1,2*, Tom P Cedar3, Wim Dogwood1, Ulla Elm2,\nRosa Fir4 and Max Gorse1\n\n"
        "Abstract\n" + BODY
    )
    assert metadata.title is not None
    assert metadata.title.endswith("lines before its authors")
    assert len(metadata.authors) == 6


def test_the_doi_printed_most_often_at_the_front_is_the_papers() -> None:
    metadata = read(
        "Of mice\n\ndoi: 10.1000/old.1\n\nAbstract\n" + BODY + "\ndoi: 10.1000/new.2\n\ndoi: 10.1000/new.2\n"
    )
    assert metadata.doi == "10.1000/new.2"


def test_a_doi_torn_at_the_front_or_below_the_list_is_found() -> None:
    assert read("Of mice doi:10.1371/journal.made.\n0115884\n\n" + BODY).doi == "10.1371/journal.made.0115884"
    entries = "References\n1. Birch A. Of mice. J Res. 2009;1:2–3.\n2. Elm U. Of flies. J Res. 2010;1:4–5.\n"
    assert read(BODY + "\n" + entries + "doi:10.1000/own.7\n").doi == "10.1000/own.7"


def test_the_journal_is_named_by_running_heads_that_come_back() -> None:
    page = (
        "Stone et al. Journal of Hamster Ageing 2021, 12:3\n\n"
        + "Everolimus was given to old hamsters of both sexes.\n" * 30
    )
    assert read(page * 3).journal == "Journal of Hamster Ageing"


def test_a_journal_that_is_cited_once_is_not_the_papers_own() -> None:
    text = "Everolimus was given to old hamsters of both sexes.\n" * 80
    cited = "\n\nDunn et al. Rodents 2018, 4:55\n\n"
    assert read(text + cited + text).journal is None


def test_page_feet_with_an_address_name_the_journal() -> None:
    page = "Everolimus was given to old hamsters of both sexes.\n" * 30
    foot = "\n\nRODENTS ONE | DOI:10.9999/rodents.one.{n} May 3, 2021 {n} / 9\n\f"
    text = "".join(page + foot.format(n=number) for number in range(1, 5))
    assert read(text).journal == "RODENTS ONE"


def test_a_licence_is_read_across_lines() -> None:
    text = (
        "Everolimus in hamsters\n\nOpen access under a Creative\r\n   Commons Attribution License, which permits use.\n"
    )
    assert read(text).license == "Creative Commons Attribution License"
