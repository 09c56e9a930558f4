"""Papers: which documents are one paper, and which paper a reference names.

Documents that share a DOI, PMID or PMCID are one paper; so are those with one title of some length and no different
year. A reference is resolved to a paper of the store by DOI, by PMID, or by a title that its text contains together
with the paper's year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

Value = Mapping[str, Any]
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_TITLE: Final = 25
"""Fewest letters and digits of a title that tells a paper."""


@dataclass(frozen=True, slots=True, order=True)
class Paper:
    """A paper: of the store, or known only by being cited.

    Attributes:
        key: what tells papers apart.
        label: how it is shown: title and year, the file's name, or the reference.
        doc_ids: its documents in the store, empty for a cited work.
        path: of its first document.
    """

    key: str
    label: str
    doc_ids: tuple[str, ...] = ()
    path: str | None = None
    doi: str | None = None
    pmid: str | None = None

    @property
    def is_stored(self) -> bool:
        """Whether the store holds it."""
        return bool(self.doc_ids)


class Library:
    """The papers of a store."""

    def __init__(self, documents: Iterable[Value]) -> None:
        records = sorted(documents, key=lambda record: (record["path"], record["doc_id"]))
        parent = list(range(len(records)))

        def find(index: int) -> int:
            while parent[index] != index:
                index = parent[index]
            return index

        known: dict[tuple[str, str], int] = {}
        for index, record in enumerate(records):
            for name in _names(record):
                first = known.setdefault(name, index)
                if name[0] == "title" and _years_differ(records[first], record):
                    continue
                one, other = sorted((find(first), find(index)))
                parent[other] = one
        groups: dict[int, list[Value]] = {}
        for index, record in enumerate(records):
            groups.setdefault(find(index), []).append(record)
        self._by_document: dict[str, Paper] = {}
        self._by_name: dict[tuple[str, str], Paper] = {}
        self._titles: dict[str, list[tuple[str, int | None, Paper]]] = {}
        self._resolved: dict[tuple[Any, ...], Paper | None] = {}
        for group in groups.values():
            self._add(group)

    def paper_of(self, doc_id: str) -> Paper:
        """Return the paper that a document is."""
        return self._by_document[doc_id]

    def resolve(self, citation: Value) -> Paper | None:
        """Return the paper that a claim's citation names: of the store, or cited only; ``None`` if it names none."""
        key = (citation.get("text"), citation.get("doi"), citation.get("pmid"))
        if key not in self._resolved:
            self._resolved[key] = self._resolve(citation)
        return self._resolved[key]

    def _resolve(self, citation: Value) -> Paper | None:
        text = str(citation.get("text") or "")
        doi = _read_doi(citation.get("doi") or text)
        pmid = _read_pmid(citation.get("pmid"))
        for name in (("doi", doi), ("pmid", pmid)):
            if name[1] and name in self._by_name:
                return self._by_name[name[0], name[1]]
        folded = _fold(text)
        stored = self._find_title(folded, text)
        if stored is not None:
            return stored
        label = " ".join(text.split())[:200] or doi or (f"PMID {pmid}" if pmid else "")
        if doi or pmid:
            return Paper(f"doi {doi}" if doi else f"pmid {pmid}", label, doi=doi, pmid=pmid)
        # A reference number before the text differs from list to list.
        bare = re.sub(r"^\d{1,4}(?=\D)", "", folded)
        return Paper(f"text {bare[:80]}", label) if len(bare) >= _TITLE else None

    def _find_title(self, folded: str, text: str) -> Paper | None:
        years = {int(year) for year in _YEAR.findall(text)}
        for start in range(len(folded) - _TITLE + 1):
            for title, year, paper in self._titles.get(folded[start : start + _TITLE], ()):
                if folded.startswith(title, start) and (year is None or not years or year in years):
                    return paper
        return None

    def _add(self, group: list[Value]) -> None:
        names = sorted({name for record in group for name in _names(record)})
        first = group[0]
        title = next((record["title"] for record in group if record.get("title")), None)
        year = next((record["year"] for record in group if record.get("year")), None)
        label = " ".join(str(title or first["path"].rsplit("/", 1)[-1]).split())
        paper = Paper(
            key=next((f"{kind} {name}" for kind, name in names if kind != "title"), f"document {first['doc_id']}"),
            label=f"{label} ({year})" if year else label,
            doc_ids=tuple(record["doc_id"] for record in group),
            path=first["path"],
            doi=next((name for kind, name in names if kind == "doi"), None),
            pmid=next((name for kind, name in names if kind == "pmid"), None),
        )
        for record in group:
            self._by_document[record["doc_id"]] = paper
        for name in names:
            self._by_name.setdefault(name, paper)
        folded = _fold(str(title or ""))
        if len(folded) >= _TITLE:
            self._titles.setdefault(folded[:_TITLE], []).append((folded, year, paper))


def _names(record: Value) -> list[tuple[str, str]]:
    """Return what identifies a document's paper, by kind."""
    title = _fold(str(record.get("title") or ""))
    pmcid = re.search(r"\d+", str(record.get("pmcid") or ""))
    found = (
        ("doi", _read_doi(record.get("doi"))),
        ("pmid", _read_pmid(record.get("pmid"))),
        ("pmcid", pmcid[0] if pmcid else None),
        ("title", title if len(title) >= _TITLE else None),
    )
    return [(kind, name) for kind, name in found if name]


def _years_differ(one: Value, other: Value) -> bool:
    return bool(one.get("year") and other.get("year") and one["year"] != other["year"])


def _read_doi(text: Any) -> str | None:
    match = _DOI.search(str(text or "").lower())
    return match[0].rstrip(".,;)]}\"'") if match else None


def _read_pmid(text: Any) -> str | None:
    match = re.fullmatch(r"\s*(?:pmid:?\s*)?(\d{1,9})\s*", str(text or ""), re.IGNORECASE)
    return match[1] if match else None


def _fold(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
