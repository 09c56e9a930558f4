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
