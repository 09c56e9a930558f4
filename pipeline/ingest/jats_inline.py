"""Inline content of JATS elements as runs: emphasis, raised and lowered text, citations, formulae."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from pipeline.ingest.markup_math import local_name, read_formula
from pipeline.ingest.markup_runs import Run, Shift

BLOCKS: Final = frozenset(
    {
        "p", "sec", "list", "def-list", "table-wrap", "table-wrap-group", "fig", "fig-group", "boxed-text",
        "disp-quote", "supplementary-material", "statement", "verse-group", "speech", "disp-formula-group", "array",
        "fn-group", "table",
    }
)  # fmt: skip
_SKIPPED: Final = frozenset(
    {
        "graphic",
        "inline-graphic",
        "media",
        "object-id",
        "x",
        "index-term",
        "target",
        "label-alternatives",
        "alt-text",
        "long-desc",
    }
)
_APART: Final = frozenset(
    {"disp-formula", "chem-struct-wrap", "title", "label", "td", "th", "tr", "row", "entry", "list-item", "def-item"}
)
_FORMULAE: Final = frozenset({"math", "tex-math"})
_NOTE_TYPES: Final = frozenset({"fn", "table-fn", "author-notes", "corresp"})


def read_runs(element: etree._Element) -> list[Run]:
    """Return the runs of an element's inline content; block elements inside read as space."""
    return list(walk_inline(element))


def walk_inline(element: etree._Element, *, shift: Shift = "", targets: tuple[str, ...] = ()) -> Iterator[Run]:
    """Yield the runs of an element's content, its own tail left out.

    Args:
        shift, targets: what an enclosing element says about the content.
    """
    if element.text:
        yield Run(element.text, shift, targets)
    for child in element:
        yield from walk_child(child, shift=shift, targets=targets)


def walk_child(child: etree._Element, *, shift: Shift = "", targets: tuple[str, ...] = ()) -> Iterator[Run]:
    """Yield the runs of a child element and of its tail."""
    name = local_name(child)
    if not name:
        if isinstance(child, etree._Entity):
            yield Run(child.text or "", shift, targets)
    elif name in _SKIPPED:
        pass
    elif name in _FORMULAE:
        yield Run(read_formula(child), shift, targets)
    elif name == "alternatives":
        yield from _walk_alternatives(child, shift)
    elif name == "xref":
        yield from _walk_xref(child, shift)
    elif name == "sup":
        yield from walk_inline(child, shift="sup", targets=targets)
    elif name == "sub":
        yield from walk_inline(child, shift="sub", targets=targets)
    elif name == "break":
        yield Run(" ", "", ())
    elif name == "fn":
        pass
    elif name in BLOCKS or name in _APART:
        yield Run(" ")
        yield from walk_inline(child, shift=shift, targets=targets)
        yield Run(" ")
    else:
        yield from walk_inline(child, shift=shift, targets=targets)
    if child.tail:
        yield Run(child.tail, shift, targets)


def _walk_xref(xref: etree._Element, shift: Shift) -> Iterator[Run]:
    kind = xref.get("ref-type", "")
    runs = list(walk_inline(xref, shift=shift))
    if kind in {"bibr", "ref"}:
        targets = tuple(xref.get("rid", "").split()) or ("",)
        raised: Shift = "sup" if any(run.shift == "sup" for run in runs) else shift
        yield Run("".join(run.text for run in runs), raised, targets)
    elif kind in _NOTE_TYPES:
        yield Run("".join(run.text for run in runs), "sup", (), True)
    else:
        yield from runs


def _walk_alternatives(element: etree._Element, shift: Shift) -> Iterator[Run]:
    for name in ("math", "textual-form", "tex-math"):
        for child in element:
            if local_name(child) == name:
                yield Run(read_formula(child) if name != "textual-form" else "".join(child.itertext()), shift)
                return
