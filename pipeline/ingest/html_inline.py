"""Inline content of article pages as runs, and what of a page is no part of the article."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from lxml import etree

from pipeline.ingest.html_citations import HtmlReferences
from pipeline.ingest.markup_math import local_name, read_formula
from pipeline.ingest.markup_runs import Run, Shift

_DROPPED: Final = frozenset(
    {
        "script", "style", "nav", "noscript", "template", "svg", "button", "form", "input", "select", "textarea",
        "iframe", "object", "embed", "audio", "video", "canvas", "aside", "footer", "head", "link", "meta", "img",
        "picture", "dialog",
    }
)  # fmt: skip
_DROPPED_ROLES: Final = frozenset(
    {"navigation", "banner", "search", "complementary", "contentinfo", "menu", "toolbar", "dialog"}
)
_DROPPED_CLASSES: Final = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|cookies?|share|social|sidebar|side-bar|"
    r"advert(?:isement)?|skip-?link|toolbar|pagination|popup|modal|tooltip|sr-only|visually-hidden|related-articles?|metrics|newsletter)(?:$|[\s_-])",
    re.IGNORECASE,
)
BLOCKS: Final = frozenset(
    {
        "p", "div", "section", "article", "main", "header", "ul", "ol", "li", "dl", "dt", "dd", "table", "figure",
        "figcaption", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "address", "details", "summary",
        "center", "body", "caption", "thead", "tbody", "tfoot", "tr", "td", "th",
    }
)  # fmt: skip


def is_dropped(element: etree._Element) -> bool:
    """Whether an element is no part of the article: navigation, scripts, forms, what is hidden."""
    name = local_name(element)
    if not name or name in _DROPPED or element.get("hidden") is not None or element.get("role") in _DROPPED_ROLES:
        return True
    if element.get("aria-hidden") == "true" or "display:none" in element.get("style", "").replace(" ", ""):
        return True
    return name in {"div", "ul", "section", "span", "header", "ol"} and bool(
        _DROPPED_CLASSES.search(element.get("class", ""))
    )


def walk_inline(
    element: etree._Element,
    references: HtmlReferences,
    *,
    shift: Shift = "",
    without: Collection[etree._Element] = (),
) -> Iterator[Run]:
    """Yield the runs of an element's inline content, the elements of ``without`` left out."""
    name = local_name(element)
    if name == "math":
        yield Run(read_formula(element), shift)
        return
    if name == "br":
        yield Run(" ")
        return
    inner: Shift = "sup" if name == "sup" else "sub" if name == "sub" else shift
    targets = references.targets_of(element)
    if targets:
        runs = [Run(text) for text in element.itertext()]
        raised: Shift = "sup" if element.find(".//sup") is not None else inner
        yield Run("".join(run.text for run in runs), raised, targets)
        return
    if name in BLOCKS:
        yield Run(" ")
    if element.text:
        yield Run(element.text, inner)
    for child in element:
        if child in without:
            yield Run(" ")
        elif child not in references.hidden and not is_dropped(child):
            yield from walk_inline(child, references, shift=inner, without=without)
        if child.tail:
            yield Run(child.tail, inner)
    if name in BLOCKS:
        yield Run(" ")
