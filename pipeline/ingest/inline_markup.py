"""Inline Markdown: what of a line is text, and what is markup."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.ingest.citations_lexicon import UNITS
from pipeline.ingest.layout import KnownMark
from pipeline.model.spans import Span

_TOKEN = re.compile(
    r"(?P<image>!\[[^\]\n]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*[^()\n]*\))"
    r"|(?P<link>\[(?P<label>[^\[\]\n]+)\]\((?:[^()\s]|\([^()\s]*\))+(?:\s\"[^\"\n]*\")?\))"
    r"|(?P<address><(?:https?://|mailto:)[^<>\s]+>)"
    r"|(?P<sup><sup>(?P<raised>[^<>\n]{1,40})</sup>|\^(?P<caret>[\d,–-]{1,20})\^)"
    r"|(?P<tag></?(?:sub|sup|i|b|em|strong|u|span|br|a|p|div|center|font|small)\b[^<>\n]*>)"
    r"|(?P<escape>\\(?=[\[\]*_#.()\\`~<>+!|-]))"
    r"|(?P<strong>\*\*(?=\S)|(?<=\S)\*\*)"
    r"|(?P<code>`+)"
)
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])(?P<star>[^*\n]+?)(?<=\S)\*(?!\*)"
    r"|(?<!\w)_(?=\S)(?P<under>[^_\n]+?)(?<=\S)_(?!\w)"
)
_NUMBERS = re.compile(r"\[?\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]?")


@dataclass(frozen=True, slots=True)
class InlineText:
    """What is left of a range of Markdown: spans of text, and superscript numbers that are citation marks."""

    spans: tuple[Span, ...]
    marks: tuple[KnownMark, ...]


def strip_markup(text: str) -> str:
    """Return a line of Markdown as text."""
    return "".join(text[span.start : span.end] for span in cut_markup(text, 0, len(text)).spans)


def cut_markup(source: str, start: int, end: int) -> InlineText:
    """Return the text spans of ``source[start:end]`` without its inline markup.

    Links keep their label, images and bare addresses vanish, emphasis signs go only in pairs, so that a footnote's
    star stays.
    """
    gaps: list[tuple[int, int]] = []
    marks: list[KnownMark] = []
    for token in _TOKEN.finditer(source, start, end):
        kind = token.lastgroup if token.lastgroup not in ("label", "raised", "caret") else None
        if token["link"]:
            gaps += [(token.start(), token.start("label")), (token.end("label"), token.end())]
        elif token["sup"]:
            group = "raised" if token["raised"] else "caret"
            gaps += [(token.start(), token.start(group)), (token.end(group), token.end())]
            if _NUMBERS.fullmatch(token[group]) and not re.search(rf"{UNITS}$", source[start : token.start()]):
                marks.append(KnownMark(Span(*token.span(group))))
        elif kind:
            gaps.append(token.span())
    for match in _EMPHASIS.finditer(source, start, end):
        group = "star" if match["star"] else "under"
        gaps += [(match.start(), match.start(group)), (match.end(group), match.end())]
    spans: list[Span] = []
    at = start
    for low, high in sorted(gaps):
        if at < low:
            spans.append(Span(at, low))
        at = max(at, high)
    if at < end:
        spans.append(Span(at, end))
    return InlineText(tuple(spans), tuple(marks))
