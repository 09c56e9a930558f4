"""Arms that a sentence lists with their doses: "T1 to T4 were given 0, 50, 100 and 200 mg/kg of X, respectively"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.model.claims import FieldSource
from pipeline.tables.context import TableContext
from pipeline.tables.naming import FoundName
from pipeline.tables.result_lexicon import NO_DRUG, SUBSTANCE_LABEL
from pipeline.tables.studied import find_given, is_inducer
from pipeline.tables.texts import CellText, read_span

_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_BREAK = re.compile(r"[.;](?!\d)|\n")
_REACH = 600
"""How far before "respectively" its sentence is looked for, in characters."""
_UNIT = r"(?:\s?(?:%|ppm|IU|[mµμn]?g|m[lL]|[µμ]?mol)(?:\s?/\s?(?:kg|L|l|ml|d(?:ay)?|bird|hen|pig|rat|mouse))?\b|\s?%)?"
_AMOUNT = rf"\d+(?:\.\d+)?{_UNIT}"
_AMOUNTS = re.compile(rf"{_AMOUNT}(?:(?:\s?,\s?(?:and\s|or\s)?|\s(?:and|or)\s|\s?/\s?){_AMOUNT})+")
_BEHIND = re.compile(
    r"(?:\s?[A-Za-z%/µμ]{1,8}(?:\s?(?:of\s)?(?:diet|feed|BW|body weight))?)?\s(?:of\s)?(?:dietary\s|the\s)?"
    r"(?P<name>[A-Za-z][\w'-]*(?:\s[\w'-]+){0,3}?)(?=,?\s(?:respectively|in|to|per|for|by|was|were|daily)\b|\s?[,(])"
)

_UNITED = re.compile(r"\d\s?(?:%|ppm|IU|[mµμn]?g|m[lL]|[µμ]?mol)(?![A-Za-z])")
_NO_GIVING = re.compile(
    r"\b(?:euthani[sz]ed|killed|replac\w+|sacrificed|salinit\w+|sampl\w+|slaughter\w+|substitut\w+|temperatures?)\b",
    re.IGNORECASE,
)
_GIVING = re.compile(
    r"\b(?:receiv\w+|given|fed|supplement\w*|treated|administ\w+|inject\w+|gavaged?|dosed|contain\w*|added|inclu\w+|with)\b",
    re.IGNORECASE,
)
_NEAR = 30
"""How far from the amounts their drug may stand, in characters: "extract at doses of 0, 50 and 100"."""

Levels = tuple[FieldSource, FoundName, dict[str, float]]
"""Where the sentence stands, what was given, and how much to each arm."""


def read_respective(context: TableContext, labels: Sequence[str]) -> Levels | None:
    """Return what a sentence of notes, caption or text gives to the labels one by one; ``None`` where none does."""
    if len(labels) < 2:
        return None
    return context.remember(("respective", *labels), lambda: _read(context, labels))


def _read(context: TableContext, labels: Sequence[str]) -> Levels | None:
    for source, text in _sentences(context):
        codes = _find_codes(text.text, labels)
        amounts = next(
            (match for match in _AMOUNTS.finditer(text.text) if len(re.findall(_AMOUNT, match.group())) == len(codes)),
            None,
        )
        if len(codes) < 2 or amounts is None or not _GIVING.search(text.text) or _NO_GIVING.search(text.text):
            continue
        if not _UNITED.search(amounts.group()):
            continue
        name = _find_name(context, text, amounts.span())
        if name is None:
            continue
        numbers = [
            float(match.group()) for one in re.finditer(_AMOUNT, amounts.group())
            if (match := re.match(r"\d+(?:\.\d+)?", one.group())) is not None
        ]  # fmt: skip
        if numbers == sorted(set(numbers)):
            return source, name, dict(zip(codes, numbers, strict=True))
    return None


def _sentences(context: TableContext) -> Iterator[tuple[FieldSource, CellText]]:
    for text in context.notes.legend:
        yield from (("footnote", text.part(*bounds)) for bounds in _find_bounds(text.text))
    caption = context.typed.caption
    yield from (("caption", caption.part(*bounds)) for bounds in _find_bounds(caption.text))
    clean = context.document.clean
    for start, end in _find_bounds(clean.text):
        spans = clean.to_source(start, end)
        if len(spans) == 1:
            yield "document", read_span(context.document.source, spans[0])


def _find_bounds(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of each clause from its beginning to its "respectively"."""
    for match in _RESPECTIVELY.finditer(text):
        first = max(0, match.start() - _REACH)
        breaks = [found.end() for found in _BREAK.finditer(text, first, match.start())]
        start = max([first, *breaks])
        yield start + len(text[start : match.start()]) - len(text[start : match.start()].lstrip()), match.end()


def _find_codes(sentence: str, labels: Sequence[str]) -> list[str]:
    """Return the labels in the order of a sentence's list; all between two where it says "from T1 to T6"."""
    places = {
        match.start(): label for label in labels
        if (match := re.search(rf"(?<![\w-]){re.escape(label)}(?![\w-])", sentence)) is not None
    }  # fmt: skip
    codes = [places[place] for place in sorted(places)]
    if len(codes) == 2:
        first, last = (re.escape(code) for code in codes)
        if re.search(rf"(?<![\w-]){first}\s?(?:to|[–-]|through)\s?{last}(?![\w-])", sentence):
            low, high = sorted(labels.index(code) for code in codes)
            return list(labels[low : high + 1])
    return codes


def _find_name(context: TableContext, sentence: CellText, amounts: tuple[int, int]) -> FoundName | None:
    """Return what a sentence's amounts are of: the one drug beside them, else the substance behind them."""
    start, end = amounts
    drugs = [drug for drug in find_given(context, sentence) if not is_inducer(context, drug)]
    beside = [drug for drug in drugs if 0 <= drug.start - end <= _NEAR or 0 <= start - drug.end <= _NEAR]
    if len({drug.name for drug in drugs}) == 1 and beside:
        return beside[0]
    behind = _BEHIND.match(sentence.text, end)
    span = None if behind is None else sentence.locate(*behind.span("name"))
    if behind is None or span is None or NO_DRUG.search(behind["name"]):
        return None
    if drugs and not any(behind.start("name") <= drug.start < behind.end("name") for drug in drugs):
        return None
    if not drugs and not SUBSTANCE_LABEL.search(behind["name"]) and not re.search(r"[A-Z]{2}|\d", behind["name"]):
        return None
    return FoundName(*behind.span("name"), behind["name"], "CHEMICAL", None, span)
