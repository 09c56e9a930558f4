"""Reference lists of article pages, and which links cite them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from pipeline.ingest.markup_math import local_name
from pipeline.ingest.references import parse_reference
from pipeline.model import Reference

_LIST: Final = re.compile(
    r"\b(?:ref(?:erence)?s?(?:[-_]?list)?|bibliography|literature|citations?|works[- ]cited)\b", re.IGNORECASE
)
_TITLE: Final = re.compile(
    r"(?:\d+\.?\s*)?(?:references?|bibliography|literature cited|works cited|notes and references)\W*", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"\s*[\[(]?\s*(\d{1,4})\s*[.)\]]?\s")
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class HtmlEntry:
    """An entry of the reference list."""

    element: etree._Element
    reference: Reference


@dataclass(slots=True)
class HtmlReferences:
    """A page's reference list: entries, markers by element identifier, and the elements that hold the list."""

    entries: list[HtmlEntry] = field(default_factory=list)
    markers: dict[str, str] = field(default_factory=dict)
    hidden: set[etree._Element] = field(default_factory=set)
    linked: bool = False

    def targets_of(self, element: etree._Element) -> tuple[str, ...]:
        """Return the identifiers of the entries that a link cites; empty for any other element."""
        if local_name(element) != "a":
            return ()
        return _targets(element, self.markers)


def find_references(article: etree._Element) -> HtmlReferences:
    """Return the reference list of an article: the list under a heading that says so, or marked as one."""
    found = HtmlReferences()
    holder = _find_list(article)
    if holder is None:
        return found
    for position, element in enumerate(_entries(holder), start=1):
        text = " ".join("".join(element.itertext()).split())
        if not text:
            continue
        reference = parse_reference(text, span=None, position=position)
        written = _NUMBER.match(text + " ")
        marker = written[1] if written else str(position)
        found.entries.append(HtmlEntry(element, replace(reference, marker=marker, text=None)))
        for inner in element.iter():
            for key in (inner.get("id"), inner.get("name"), inner.get("data-rid")):
                if key:
                    found.markers.setdefault(key, marker)
        parent = element.getparent()
        if parent is not None and parent.get("id") and local_name(parent) != local_name(holder):
            found.markers.setdefault(parent.get("id", ""), marker)
        found.hidden.add(element)
    found.linked = any(
        found.targets_of(link)
        for link in article.iter("a")
        if not any(up in found.hidden for up in link.iterancestors())
    )
    return found


def _find_list(article: etree._Element) -> etree._Element | None:
    for heading in reversed(list(article.iter(*_HEADINGS))):
        if _TITLE.fullmatch(" ".join("".join(heading.itertext()).split())):
            scope = heading
            for _ in range(4):
                for following in scope.itersiblings():
                    lists = [following] if local_name(following) in {"ol", "ul"} else list(following.iter("ol", "ul"))
                    if lists:
                        return max(lists, key=lambda item: len(_entries(item)))
                    if local_name(following) in {"p", "div"} and _paragraph_entries(heading):
                        return heading.getparent()
                parent = scope.getparent()
                if parent is None or scope is article:
                    break
                scope = parent
    marked = [
        item
        for item in article.iter("ol", "ul")
        if _LIST.search(f"{item.get('class', '')} {item.get('id', '')}".replace("_", "-")) and len(_entries(item)) > 2
    ]
    return max(marked, key=lambda item: len(_entries(item))) if marked else None


def _entries(holder: etree._Element) -> list[etree._Element]:
    if local_name(holder) in {"ol", "ul"}:
        return [item for item in holder if local_name(item) == "li"]
    return _paragraph_entries(next(holder.iter(*_HEADINGS), holder))


def _paragraph_entries(heading: etree._Element) -> list[etree._Element]:
    entries = [item for item in heading.itersiblings() if local_name(item) in {"p", "div"}]
    listed = [item for item in entries if item.get("id") or _NUMBER.match("".join(item.itertext()) + " ")]
    return listed if len(listed) > 1 and len(listed) > 0.6 * len(entries) else []


def _targets(link: etree._Element, markers: Mapping[str, str]) -> tuple[str, ...]:
    names: list[str] = []
    for key in ("href", "rid", "data-rid", "data-bib-id", "rel"):
        value = link.get(key, "")
        if "#" in value:
            names.append(value.rpartition("#")[2])
        elif key != "href":
            names.extend(value.split())
    return tuple(dict.fromkeys(name for name in names if name in markers))
