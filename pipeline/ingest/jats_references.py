"""Reference lists of JATS articles: entries with their markers, and who cites them how."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from pipeline.ingest.jats_inline import walk_inline
from pipeline.ingest.markup_math import local_name
from pipeline.ingest.markup_runs import Run, has_text, read_plain
from pipeline.ingest.references import make_key
from pipeline.model import Reference

_CITATIONS: Final = (
    "{*}citation", "{*}mixed-citation", "{*}element-citation", "{*}nlm-citation", "{*}citation-alternatives",
)  # fmt: skip
_YEAR: Final = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)([a-z]?)(?![\da-z])")
_DOI: Final = re.compile(r"\b10\.\d{4,9}/[^\s\"]+")
_NUMERIC: Final = re.compile(r"[\[(]?\s*(\d{1,4}[a-z]?)\s*[.)\]]*")
_AFTER: Final = {"year": ".", "article-title": ".", "source": ".", "volume": ":", "fpage": "–", "person-group": "."}


@dataclass(frozen=True, slots=True)
class ListedReference:
    """An entry as it stands in the list: its identifiers, the reference, and its text as runs."""

    identifiers: tuple[str, ...]
    reference: Reference
    runs: tuple[Run, ...]


def read_references(root: etree._Element) -> list[ListedReference]:
    """Return the entries of all reference lists in document order, each under a marker of its own.

    The marker is the entry's label, else the number by which most links name it, else its first author and year.
    """
    cited = _count_link_texts(root)
    every = [text for counter in cited.values() for text in counter]
    numeric_style = 2 * sum(not _YEAR.fullmatch(text) for text in every) > len(every)
    listed: list[ListedReference] = []
    taken: set[str] = set()
    for position, element in enumerate(root.iter("{*}ref"), start=1):
        citations = list(element.iter(*_CITATIONS)) or [element]
        identifiers = tuple(dict.fromkeys(item.get("id", "") for item in (element, *citations) if item.get("id")))
        fields = _read_fields(citations[0])
        marker = _choose_marker(element, fields, cited, identifiers, position, numeric_style=numeric_style)
        taken_marker = _make_unique(marker, taken)
        taken.add(taken_marker)
        runs: list[Run] = []
        label = element.find("{*}label")
        if label is None:
            label = citations[0].find("{*}label")
        if label is not None and read_plain(walk_inline(label)):
            runs.extend((*walk_inline(label), Run(" ")))
        for citation in citations:
            runs.extend((*_render_citation(citation), Run(" ")))
        listed.append(ListedReference(identifiers, replace(fields, marker=taken_marker), tuple(runs)))
    return listed


def _read_fields(citation: etree._Element) -> Reference:
    title = _first(citation, "article-title") or _first(citation, "chapter-title") or _first(citation, "source")
    year_text = _first(citation, "year") or _first(citation, "date") or ""
    text = " ".join("".join(citation.itertext()).split())
    year = _YEAR.search(year_text) or (None if year_text else _YEAR.search(text))
    doi = _find_id(citation, "doi")
    if doi is None:
        # Elements that follow one another without a space, as a DOI and a PMID, are no one word.
        doi = clean_doi(" ".join(citation.itertext()))
    return Reference(
        marker="",
        text=None,
        span=None,
        authors=tuple(read_names(citation)),
        year=int(year[1]) if year else None,
        title=title.rstrip(". ") if title else None,
        doi=clean_doi(doi),
        pmid=_find_id(citation, "pmid"),
    )


def clean_doi(text: str | None) -> str | None:
    """Return a DOI without resolver address or ``doi:``; None where the text holds none."""
    found = _DOI.search(text.strip()) if text else None
    if found is None:
        return None
    doi = found[0].rstrip(".,;:\"'")
    while doi.endswith((")", "]")) and doi.count(")") + doi.count("]") > doi.count("(") + doi.count("["):
        doi = doi[:-1].rstrip(".,;:")
    return doi


def read_names(element: etree._Element) -> Iterator[str]:
    """Yield the authors of a citation or of a contributor group as "Surname Given"; editors are left out."""
    groups = list(element.iter("{*}person-group"))
    authors = [group for group in groups if group.get("person-group-type", "author") in {"author", ""}]
    for scope in authors or groups[:1] or [element]:
        for child in scope.iter("{*}name", "{*}string-name", "{*}collab"):
            if local_name(child) != "collab":
                joined = _read_name(child)
                if joined:
                    yield joined
            else:
                text = read_plain(walk_inline(child))
                if text:
                    yield text


def _choose_marker(
    element: etree._Element,
    fields: Reference,
    cited: dict[str, Counter[str]],
    identifiers: tuple[str, ...],
    position: int,
    *,
    numeric_style: bool,
) -> str:
    label = element.find(".//{*}label")
    if label is not None:
        text = read_plain(walk_inline(label))
        numeric = _NUMERIC.fullmatch(text)
        if numeric:
            return numeric[1]
        if text.strip("[]().* "):
            return text.strip("[]() ")
    texts: Counter[str] = Counter()
    for identifier in identifiers:
        texts.update(cited.get(identifier, Counter()))
    numbers = Counter({text: count for text, count in texts.items() if not _YEAR.fullmatch(text)})
    if numbers and numeric_style:
        return min(numbers, key=lambda text: (-numbers[text], text))
    if numeric_style:
        return str(position)
    if fields.authors and fields.year:
        written = _YEAR.search(read_plain(walk_inline(element.find(".//{*}year")))) if _has(element, "year") else None
        return make_key(fields.authors[0], f"{fields.year}{written[2] if written else ''}")
    return str(position)


def _has(element: etree._Element, name: str) -> bool:
    return element.find(f".//{{*}}{name}") is not None


def _count_link_texts(root: etree._Element) -> dict[str, Counter[str]]:
    cited: dict[str, Counter[str]] = {}
    for xref in root.iter("{*}xref"):
        targets = xref.get("rid", "").split()
        if xref.get("ref-type") == "bibr" and len(targets) == 1:
            numeric = _NUMERIC.fullmatch("".join(xref.itertext()).strip())
            if numeric:
                cited.setdefault(targets[0], Counter())[numeric[1]] += 1
    return cited


def _make_unique(marker: str, taken: set[str]) -> str:
    if marker not in taken:
        return marker
    letter = ord("b")
    while f"{marker}{chr(letter)}" in taken and letter < ord("z"):
        letter += 1
    candidate = f"{marker}{chr(letter)}"
    number = 2
    while candidate in taken:
        candidate, number = f"{marker}-{number}", number + 1
    return candidate


def _render_citation(citation: etree._Element) -> Iterator[Run]:
    mixed = bool((citation.text or "").strip()) or any((child.tail or "").strip(" \n\t,.;") for child in citation)
    if mixed:
        yield from _render_mixed(citation)
        return
    for child in citation:
        name = local_name(child)
        if not name or name in {"label", "pub-id", "issn", "isbn"}:
            continue
        if name in {"person-group", "name", "collab", "string-name"}:
            text = ", ".join(read_names(child)) if name == "person-group" else _read_name(child)
            yield Run(text)
            yield Run(". " if name == "person-group" else ", ")
            continue
        runs = list(walk_inline(child))
        if has_text(runs):
            yield from runs
            ends = read_plain(runs)[-1:] in ".?!"
            yield Run(" " if ends else f"{_AFTER.get(name, ',')} ".replace("– ", "–"))
    for child in citation.iter("{*}pub-id"):
        kind = child.get("pub-id-type", "")
        if kind in {"doi", "pmid"}:
            yield Run(f" {kind}:{''.join(child.itertext()).strip()}")


def _render_mixed(citation: etree._Element) -> Iterator[Run]:
    """Yield a mixed citation as it is punctuated; elements with nothing between them are set apart by a space."""
    yield Run(citation.text or "")
    for child in citation:
        name = local_name(child)
        if name in {"name", "string-name"}:
            yield Run(_read_name(child))
        elif name == "person-group":
            yield from _render_mixed(child)
        elif name == "pub-id" and not (child.tail or "").strip():
            yield Run(f"{child.get('pub-id-type', '')}:{''.join(child.itertext()).strip()}")
        elif name and name != "label":
            yield from walk_inline(child)
        yield Run(child.tail or " ")


def _read_name(element: etree._Element) -> str:
    parts = {"surname": "", "given-names": "", "suffix": ""}
    for child in element.iter("{*}surname", "{*}given-names", "{*}suffix"):
        name = local_name(child)
        if not parts[name]:
            parts[name] = read_plain(walk_inline(child)) if len(child) else " ".join((child.text or "").split())
    return " ".join(part for part in parts.values() if part) or read_plain(walk_inline(element))


def _first(element: etree._Element, name: str) -> str | None:
    found = element.find(f".//{{*}}{name}")
    return (read_plain(walk_inline(found)) or None) if found is not None else None


def _find_id(element: etree._Element, kind: str) -> str | None:
    for child in element.iter("{*}pub-id", "{*}ext-link", "{*}object-id"):
        given = child.get("pub-id-type") or child.get("ext-link-type") or ""
        if given == kind:
            text = "".join(child.itertext()).strip()
            return text or None
    return None
