"""Whether two arms differ: the p-value of their comparison, the marks at their values, letters, or the interval."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from pipeline.model import Significance
from pipeline.model.claims import FieldSource
from pipeline.tables.arm_columns import is_p
from pipeline.tables.attached_rows import says_against_control
from pipeline.tables.context import TableContext, ground_text
from pipeline.tables.contrasts import Contrast
from pipeline.tables.effects import PRelation, decide_p, read_p
from pipeline.tables.inner_p import read_p_behind, read_p_inside
from pipeline.tables.labels import CONTROL, ArmLabel
from pipeline.tables.letters import judge_letters, read_legend, speaks_of_letters
from pipeline.tables.notes import Mark
from pipeline.tables.result_lexicon import MODEL, RATIO, STATISTIC_LABEL
from pipeline.tables.studied import SIZE
from pipeline.tables.texts import CellText
from pipeline.tables.typed import Row
from pipeline.tables.values import is_dash

_SYMBOLS = re.compile(r"([*†‡§¶#$&])\1*")
_GLUED = re.compile(r"(?<=[\d)%])\s?[a-e](?:,?\s?[a-e]){0,3}$")
_AGAINST = re.compile(
    r"(?:\bvs\.?|\bversus|\bcompared (?:with|to)|\bdiffer\w* (?:from|between)|\bdifference\w* (?:from|between"
    r"|to)|\brelative to"
    r"|\bagainst|\bcomparison (?:with|to)|\bthan|\bfrom)\s+(?:the |that of )?(.{1,60}?)(?=[;,.)]|$)",
    re.IGNORECASE,
)
_NOT_BETWEEN = re.compile(
    r"\b(baseline|before|within|intra-?group|pre-?\w*|initial|day 0|week 0|zero|start|time 0|correlat\w+)\b",
    re.IGNORECASE,
)
_FROM_BASELINE = re.compile(
    r"\b(?:changes?|differences?|improvements?|reductions?|decreases?|increases?)\b[^.;]{0,40}\b(?:from|at|over)"
    r"\s(?:the\s)?baseline\b|\bbaseline (?:as|value|score)s?\b[^.;]{0,20}\bcovariates?\b"
    r"|\b(?:adjusted|controll\w+) (?:for|by)[^.;]{0,30}\bbaseline\b|\bBL ?= ?baseline\b"
    r"|\bbaseline as (?:a )?covariate\b",
    re.IGNORECASE,
)
"""Words on baseline that say what the values are, not what the marks compare."""
_COMPARES = re.compile(
    r"\bcompar\w+|\bvs\b|\bversus\b|\bdiffer\w*|\bsignifican\w+|\bp\s?[<=≤]|\bfrom\b|\btests?\b|\bchanges?\b|\bwithin\b"
    r"|\bpaired\b|[Δ∆]",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\b(?:between|two)\b.*\bgroups?\b|\bcontrols?\b|\bplacebo\b", re.IGNORECASE)
_DENIAL = re.compile(
    r"\b(?:there (?:was|were) )?no (?:statistically )?significant differences?(?: (?:was|were) (?:found|observed|seen"
    r"|noted|detected))? (?:between|among) (?:any of )?(?:the )?(?:two |three |four |study |treatment |both )*"
    r"(?:groups|arms|treatments)"
    r"(?= ?(?:[.;,)]|$|for (?:any|all)|in (?:any|all)))"
    r"|\b(?:all )?(?:differences|comparisons|p[- ]?values) (?:between (?:the )?groups )?(?:were|are) (?:all )?"
    r"(?:not|non)[- ]?(?:statistically )?significant\b(?! (?:except|but))"
    r"|\bp ?(?:>|≥) ?0?\.05 for (?:all|any|each|every)\b|\ball p(?:[- ]?values?)? ?(?:were |are )?(?:>|≥) ?0?\.05",
    re.IGNORECASE,
)
_INTERVAL_VALUE = re.compile(
    r"(?P<low>(?:[+−–-]\s?)?\d+(?:\.\d+)?)\s*%?\s*(?:–|—|-|−|to|,"
    r"|;)\s*(?P<high>(?:[+−–-]\s?)?\d+(?:\.\d+)?)\s*%?"
    r"\s*(?:[\[(;,]\s*[pP]\b[^)\]]*[)\]]?)?\s*[)\]]?\s*[*†‡§¶#]*$"
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is stated of a comparison; ``stated`` is false where the table says nothing of significance at all."""

    significance: Significance | None
    stated: bool


def judge_contrast(context: TableContext, contrast: Contrast) -> Judgement | None:
    """Return whether the arms differ; ``None`` where the table marks significance but not clearly for these two."""
    pair = len(contrast.arms) == 2
    if contrast.overall and speaks_of_letters(context):
        lettered = judge_letters(context, *contrast.cells)
        if lettered is not None:
            return Judgement(lettered, True)
    if contrast.p is not None and contrast.p.text and not is_dash(contrast.p.text):
        found = read_p(context, contrast.p)
        if found is None or found.significant is None:
            return None
        if not contrast.overall or found.significant is False:
            return Judgement(found, True)
    treated, control = contrast.cells
    behind = read_p_behind(context, contrast)
    if behind is not None:
        return Judgement(behind, True)
    inside = read_p_inside(context, treated)
    if inside is not None:
        return Judgement(inside, True) if pair and not _NOT_BETWEEN.search(read_legend(context)) else None
    if speaks_of_letters(context):
        lettered = judge_letters(context, treated, control)
        return None if lettered is None else Judgement(lettered, True)
    marks = _applicable(context, contrast)
    place = contrast.estimate[0] if not treated.text and contrast.estimate is not None else treated
    own = [mark for mark in marks if mark.mark in _marks_of(place)]
    if pair and not own and not contrast.within:
        own = [mark for mark in marks if mark.mark in _marks_of(control)]
    if own:
        best = min(own, key=lambda mark: (mark.p is None, mark.p or 0.0))
        return Judgement(_by_mark(context, best), True)
    interval = read_interval(contrast)
    if interval is not None:
        cell, low, high, null, start, end = interval
        found_at = ground_text(context, cell, start, end)
        if found_at is not None:
            text, first, last = found_at
            outside = not low <= null <= high
            return Judgement(Significance(text=text, start=first, end=last, source="row", significant=outside), True)
    used = context.remember(("marks used", id(contrast.scope)), lambda: _collect_marks(contrast.scope))[1]
    applied = [mark for mark in marks if mark.mark in used and mark.meaning == "significant"]
    if applied and any(_holds_unexplained(context, cell) for cell in (place, control)):
        return None
    if applied and contrast.p is not None and contrast.overall:
        beside = frozenset(mark for cell in contrast.row.cells for mark in _marks_of(cell))
        applied = [mark for mark in applied if mark.mark in beside]
    if applied:
        if _is_row_unmarked(context, contrast, frozenset(mark.mark for mark in applied)):
            return None
        if "±" not in place.text and _are_spread(context, contrast):
            return None
        note = applied[0]
        if note.span is None:
            return None
        return Judgement(
            Significance(text=context.quote(note.span), start=note.span.start, end=note.span.end, source="footnote",
                         significant=False), True,
        )  # fmt: skip
    if not used and not any(is_p(column) for column in context.typed.columns):
        denied = _find_denial(context)
        if denied is not None:
            return Judgement(denied, True)
    if contrast.p is not None and contrast.overall and contrast.p.text and not used:
        return Judgement(None, True)
    silent = not any(mark.meaning in ("significant", "not_significant") for mark in context.notes.marks)
    silent = silent and _gives_no_p(context, contrast)
    silent = silent and not any(_holds_unexplained(context, cell) for cell in contrast.scope)
    return (
        Judgement(None, False) if silent and not re.search(r"\bsignifican|\bp\s?[<=]", read_legend(context)) else None
    )


def _gives_no_p(context: TableContext, contrast: Contrast) -> bool:
    """Whether no p-value is given: the table has none, or none among the rows below the same sub-header."""
    columns = [index for index, column in enumerate(context.typed.columns) if is_p(column)]
    if not columns:
        return True
    block = contrast.row.subheaders
    rows = [row for row in context.typed.rows if row.subheaders == block]
    return bool(block) and not any(row.cells[index].text for row in rows for index in columns)


def read_interval(contrast: Contrast) -> tuple[CellText, float, float, float, int, int] | None:
    """Return (cell, low, high, null value, start, end) of the interval of the arms' difference or ratio."""
    if contrast.estimate is None:
        return None
    cell, words = contrast.estimate
    cell = cell if contrast.interval is None else contrast.interval
    start = 0 if contrast.interval is not None else _find_bracket(cell.text) + 1
    if contrast.interval is None and start == 1:
        return None
    match = _INTERVAL_VALUE.search(cell.text, start)
    if match is None:
        return None
    low, high = (float(re.sub("[−–] ?", "-", match[name])) for name in ("low", "high"))
    if low > high:
        return None
    ratio = is_ratio(words)
    if ratio and (low < 0 or low > 20):
        return None
    return cell, low, high, 1.0 if ratio else 0.0, match.start(), match.end("high")


def _find_bracket(text: str) -> int:
    """Return the place of the first opening bracket, 0 where there is none."""
    match = re.search(r"[(\[]", text)
    return 0 if match is None else match.start()


def is_ratio(words: str) -> bool:
    """Whether a column's words name a ratio rather than a difference."""
    return RATIO.search(words) is not None


def _find_denial(context: TableContext) -> Significance | None:
    """Return what notes or caption say of all comparisons where they deny every difference."""
    for source, texts in (("footnote", context.notes.legend), ("caption", (context.typed.caption,))):
        for text in texts:
            match = _DENIAL.search(text.text)
            place = None if match is None else ground_text(context, text, match.start(), match.end())
            if place is not None:
                return Significance(
                    text=place[0], start=place[1], end=place[2], source=cast("FieldSource", source), significant=False
                )
    return None


def _collect_marks(scope: tuple[CellText, ...]) -> tuple[tuple[CellText, ...], frozenset[str]]:
    """Return the cells, which keeps their identity theirs, and the marks that stand in them."""
    return scope, frozenset(mark for cell in scope for mark in _marks_of(cell))


def _comparing(context: TableContext) -> str:
    """Return the clauses of the legend that may say what was compared: those on tests, changes and differences."""
    return context.remember(
        ("comparing",),
        lambda: " ; ".join(part for part in re.split(r"[.;]\s", read_legend(context)) if _COMPARES.search(part)),
    )


def _marks_of(cell: CellText) -> frozenset[str]:
    found = [match.group() for match in _SYMBOLS.finditer(cell.text)]
    for mark in cell.marks:
        found.append(mark)
        found.extend(match.group() for match in _SYMBOLS.finditer(mark))
        found.extend(mark if mark.isalpha() and len(mark) <= 4 else "")
    glued = _GLUED.search(cell.text)
    found.extend(re.findall(r"[a-e]", glued.group()) if glued else ())
    return frozenset(found)


def _is_row_unmarked(context: TableContext, contrast: Contrast, applied: frozenset[str]) -> bool:
    """Whether marks stand in another of an outcome's rows and in none of this one: what they mark was not tested here.

    So with "Mean (SD)" and "Change" below one outcome's name, where changes alone are marked.
    """
    row = contrast.row
    if not row.subheaders:
        return False
    against = [
        other for other in context.typed.rows if other.subheaders == row.subheaders and says_against_control(other)
    ]
    if any(_holds_marks(other, applied) for other in against):
        return row not in against and not _holds_marks(row, applied)
    if STATISTIC_LABEL.match(row.cells[0].text) is None:
        return False
    beside = [other for other in context.typed.rows if other.subheaders == row.subheaders and other is not row]
    return not _holds_marks(row, applied) and any(_holds_marks(other, applied) for other in beside)


def _are_spread(context: TableContext, contrast: Contrast) -> bool:
    """Whether the values among which marks count have their spread: one without it was not tested."""
    return context.remember(
        ("spread", id(contrast.scope)),
        lambda: (
            contrast.scope,
            sum("±" in cell.text for cell in contrast.scope) > 0.6 * sum(bool(cell.text) for cell in contrast.scope),
        ),
    )[1]


def _holds_marks(row: Row, marks: frozenset[str]) -> bool:
    return any(marks & _marks_of(cell) for cell in row.cells)


def _holds_unexplained(context: TableContext, cell: CellText) -> bool:
    """Whether a cell carries a mark that no note explains, as where the notes were lost: it may say "significant".

    A raised letter counts among values with their spread, where it tells of a test and of no reference.
    """
    marks = [mark for mark in _marks_of(cell) if mark not in context.notes.names]
    tested = "±" in cell.text and any(re.fullmatch(r"[a-z]{1,3}", mark) for mark in marks)
    return tested or any(_SYMBOLS.fullmatch(mark) for mark in marks)


def _applicable(context: TableContext, contrast: Contrast) -> list[Mark]:
    """Return the marks whose note speaks of a difference from the contrast's comparator."""
    kept: list[Mark] = []
    against: str | None = None
    for mark in reversed(context.notes.marks):
        match = _AGAINST.search(mark.text)
        if match is not None:
            against = match.group(1)
        if mark.meaning not in ("significant", "not_significant") or (mark.p is None and len(mark.text) > 160):
            continue
        if contrast.within:
            if says_within(mark.text):
                kept.insert(0, mark)
            continue
        phrase = match.group(1) if match is not None else against
        if match is not None and _names_other(mark.text[: match.start()], contrast):
            continue
        if _NOT_BETWEEN.search(_FROM_BASELINE.sub(" ", mark.text)) or (
            phrase is not None and _NOT_BETWEEN.search(phrase)
        ):
            continue
        if phrase is None:
            if len(contrast.arms) > 2 and sum(arm.role == "control" for arm in contrast.arms) != 1:
                continue
            if _NOT_BETWEEN.search(_FROM_BASELINE.sub(" ", _comparing(context))):
                continue
            if mark.mark in _marks_of(contrast.cells[1]) and _NOT_BETWEEN.search(read_legend(context)):
                continue
        elif not (_says_comparator(context, phrase, contrast) or _names_comparator(phrase, contrast)):
            continue
        kept.insert(0, mark)
    return kept


def says_within(note: str) -> bool:
    """Whether a note speaks of a difference from the same arm's own earlier values."""
    return _NOT_BETWEEN.search(note) is not None


def _names_other(head: str, contrast: Contrast) -> bool:
    """Whether the words before "versus" name another treated arm and not this one."""
    words = {word for word in re.findall(r"[a-z0-9]+", head.lower()) if not word.isdigit() and word not in ("p", "vs")}
    others = (arm for arm in contrast.arms if arm is not contrast.treated and arm is not contrast.control)
    return not words & contrast.treated.tokens and any(words & arm.core for arm in others)


def _names_comparator(phrase: str, contrast: Contrast) -> bool:
    """Whether a note's words on what was compared with name the contrast's comparator before any other arm."""
    if len(contrast.arms) == 2 and (_PAIR.search(phrase) or re.search(r"\bgroups?\b", phrase, re.IGNORECASE)):
        return True
    said = _fold(phrase)
    spelt = [label for arm in contrast.arms if len(label := _fold(SIZE.sub("", arm.text.text))) > 3 and label in said]
    if spelt:
        longest = max(spelt, key=len)
        named = [arm for arm in contrast.arms if _fold(SIZE.sub("", arm.text.text)) == longest]
        if len(named) == 1 and said.startswith(longest):
            return named[0] is contrast.control
    words = set(re.findall(r"[a-z0-9]+", phrase.lower()))
    words |= set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", phrase.lower()))
    level = contrast.control.text.text
    if level[:1].isdigit() and re.match(rf"{re.escape(level)}(?![\w.])", phrase):
        return True
    every = {token for arm in contrast.arms for token in arm.tokens if not token.isdigit()}
    exact = [arm for arm in contrast.arms if len(words & every) > 1 and words & every == arm.tokens & every]
    if len(exact) == 1:
        return exact[0] is contrast.control

    def score(arm: ArmLabel) -> tuple[int, int]:
        tokens = {token for token in arm.tokens if not token.isdigit()}
        shared = len({word for word in words if word in tokens or word.rstrip("s") in tokens})
        same_role = bool(CONTROL.search(phrase)) and arm.role == "control"
        return shared + same_role, -len(tokens - words)

    ranked = sorted({score(arm) for arm in contrast.arms}, reverse=True)
    best = [arm for arm in contrast.arms if score(arm) == ranked[0]]
    if ranked[0][0] == 0:
        return False
    if len(best) > 1:
        plain = [arm for arm in best if arm.role == "control" and not MODEL.search(arm.text.text)]
        return len(plain) == 1 and plain[0] is contrast.control
    return best[0] is contrast.control


def _says_comparator(context: TableContext, phrase: str, contrast: Contrast) -> bool:
    """Whether the notes say that the comparator is what a note's words name: "A + B: negative control group"."""
    words = re.escape(phrase.strip().lower())
    label = re.escape(SIZE.sub("", contrast.control.text.text).strip().lower())
    return re.search(rf"(?<![\w+] ){label}\s?[:=]\s?(?:the )?{words}", read_legend(context).lower()) is not None


def _fold(text: str) -> str:
    return re.sub(r"\s+", "", text.lower())


def _by_mark(context: TableContext, mark: Mark) -> Significance:
    significant: bool | None = mark.meaning == "significant"
    if significant and mark.p is not None and mark.p_relation == "=":
        significant = decide_p(mark.p, "=")
    elif significant and mark.p is not None:
        significant = True if mark.p <= 0.05 else None
    text, start, end = mark.mark, None, None
    if mark.span is not None:
        text, start, end = context.quote(mark.span), mark.span.start, mark.span.end
    return Significance(
        text=text, start=start, end=end, source="footnote", p=mark.p,
        p_relation=cast("PRelation | None", mark.p_relation),
        significant=significant,
    )  # fmt: skip
