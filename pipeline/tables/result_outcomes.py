"""The outcome of a contrast: the row's, the column's, the sub-header's or the caption's, with its time."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import cast

from pipeline.model import Grounded, Outcome
from pipeline.model.claims import FieldSource, Statistic
from pipeline.tables.arm_columns import count_leads
from pipeline.tables.context import TableContext, ground_text
from pipeline.tables.contrasts import Contrast
from pipeline.tables.header_units import trailing_unit
from pipeline.tables.naming import find_names
from pipeline.tables.notes import read_statistic
from pipeline.tables.result_lexicon import (
    ANALYSIS_SET,
    ARM_NAME,
    BASELINE,
    ENROLLED,
    ESTIMATE_HEAD,
    NOT_AN_OUTCOME,
    RELATIVE_CHANGE,
    SCHEDULE,
    SEX_WORD,
    SITE,
    STATISTIC_LABEL,
    TIME_HEAD,
    TIME_ONLY,
    TIMEPOINT,
)
from pipeline.tables.texts import CellText
from pipeline.tables.times import find_time_column

_TAIL = re.compile(
    r"(?:[,;:]?\s*(?:[(\[](?:mean|median|n|no\.?|%|sd|se|sem|iqr|range|[µμ\w/·%^ .×⁻¹²³⁶-]{1,14})[^()\[\]]*[)\]]"
    r"|n ?\(%\)|,\s*(?:mean|median)\b[^,;]*|,\s*[µμA-Za-z%]+/[\w./]+|mean ?(?:±|\()? ?s[de]m?\)?|(?:±"
    r"|\+/-) ?s[de]m?|(?<=[ ,])%))+\s*$",
    re.IGNORECASE,
)
_TIMED = re.compile(
    r"[\s,(]+((?:at |after |on )?(?:(?:day|week|month|hour|year|d|w)s?\s?\d+|\d+\s?(?:days?|weeks?|months?|h"
    r"|hours?|min)))\)?$",
    re.IGNORECASE,
)
_LED = re.compile(
    r"^((?:at |after )?(?:(?:week|day|month|year|hour)s?\s\d+|\d+[- ]?(?:weeks?|days?|months?|years?|hours?|h|min)))"
    r"[,:]?\s+(?!(?:after|post|before|of|follow\w*|from|later|visit|value|mean|change)\b)(?=[A-Za-z]{2})",
    re.IGNORECASE,
)
"""A time before the name of an outcome: "Week 24 volume"."""
_TIMED_STATISTIC = re.compile(
    r"^\W*((?:at )?(?:(?:week|day|month|year|visit|hour)s?\s?\d+"
    r"|\d+[- ](?:weeks?|days?|months?|years?)))\W*(?=[A-Za-z(])",
    re.IGNORECASE,
)
"""A time before what says only how it was computed: "Week 12 mean (SE)"."""
_NAMES_ONE = re.compile(r"[A-Za-z]{2}|^(?![TtDdWwMmVvGg])[A-Za-z][-₀]?\d")
"""Letters that name an outcome, or a symbol like E60; T1, D2 and their like are times and groups."""
_LEAD = re.compile(
    r"^(?:sub-?total|total|all|any)\s*:\s*|^(?:mean|median|average|max(?:imum|imal)?)\s(?:±\s?s[de]m?\s)?(?=\w)|^(?:no\."
    r"|number) of (?=\w)|^[-–•]\s*",
    re.IGNORECASE,
)


def read_result_outcome(context: TableContext, contrast: Contrast) -> Outcome | None:
    timepoint: Grounded | None = None
    bare = _times_without_unit(context, contrast)
    for source, text in contrast.around:
        if TIMEPOINT.match(text.text) or text in bare:
            if _ZERO.match(text.text):
                return None
            place = ground_text(context, text, 0, len(text.text))
            if place is not None and timepoint is None:
                timepoint = Grounded(text=place[0], start=place[1], end=place[2], source=cast("FieldSource", source))
    by_sex = splits_by_sex(context)
    for source, text in contrast.outcomes:
        if by_sex and (SEX_WORD.match(text.text) or (source == "header" and ENROLLED.match(text.text))):
            continue
        if BASELINE.match(text.text) or ENROLLED.match(text.text):
            return None
        if (
            text in bare
            or TIMEPOINT.match(text.text)
            or STATISTIC_LABEL.match(text.text)
            or re.match(r"^[\d.\W]+$", text.text)
        ):
            continue
        timed = _TIMED_STATISTIC.match(text.text)
        if timed is not None and _says_statistic(text.text[timed.end() :]):
            place = ground_text(context, text, *timed.span(1))
            if place is not None and timepoint is None:
                timepoint = Grounded(text=place[0], start=place[1], end=place[2], source=cast("FieldSource", source))
            continue
        if SITE.match(text.text) and any(_may_name(other) for _, other in contrast.outcomes if other is not text):
            continue
        if RELATIVE_CHANGE.match(text.text) or ANALYSIS_SET.match(text.text):
            continue
        if source == "header" and (ESTIMATE_HEAD.match(text.text) or SCHEDULE.match(text.text)):
            continue
        opening = _LED.match(text.text) if source == "header" else None
        if opening is not None:
            place = ground_text(context, text, opening.start(1), opening.end(1))
            if place is not None and timepoint is None:
                timepoint = Grounded(text=place[0], start=place[1], end=place[2], source="header")
            text = text.part(opening.end(), len(text.text))
        elif source == "header" and TIME_ONLY.match(text.text):
            continue
        if source == "row" and _ANY.match(text.text):
            return _caption_harm(context, timepoint)
        name = _strip_statistic(text)
        ending = _TIMED.search(name.text) if source == "header" else None
        if ending is not None:
            place = ground_text(context, name, ending.start(1), ending.end(1))
            if place is not None and timepoint is None:
                timepoint = Grounded(text=place[0], start=place[1], end=place[2], source="header")
            name = _strip_statistic(name.part(0, ending.start()))
        if NOT_AN_OUTCOME.search(name.text) or ARM_NAME.search(name.text):
            if source == "row" or NOT_AN_OUTCOME.search(name.text) is None:
                return None
            continue
        place = ground_text(context, name, 0, len(name.text))
        if source == "header" and _SHORT_TIME.match(name.text) and text is not contrast.outcomes[-1][1]:
            if place is not None and timepoint is None:
                timepoint = Grounded(text=place[0], start=place[1], end=place[2], source="header")
            continue
        if place is None or not _NAMES_ONE.search(name.text) or len(name.text) > 120:
            return None
        if any(_names(name, drug) for drug in (contrast.drug.text, contrast.drug.name)):
            return None
        concepts = context.vocabulary.lookup(name.text, label="OUTCOME")
        return Outcome(
            text=place[0], start=place[1], end=place[2], source=cast("FieldSource", source),
            name=concepts[0].name if concepts else name.text, id=concepts[0].id if concepts else None,
            statistic=cast("Statistic | None", read_statistic([text for _, text in contrast.outcomes])),
            timepoint=timepoint,
        )  # fmt: skip
    return _caption_outcome(context, timepoint)


def _says_statistic(rest: str) -> bool:
    return (
        STATISTIC_LABEL.match(rest) is not None
        or RELATIVE_CHANGE.match(re.sub(r"\s?\(\w{1,3}\)\W*$", "", rest)) is not None
    )


def splits_by_sex(context: TableContext) -> bool:
    """Whether the rows are named by the animals' or people's sex alone."""
    return context.remember(("by sex",), lambda: _splits_by_sex(context))


def _splits_by_sex(context: TableContext) -> bool:
    names = [row.cells[0].text for row in context.typed.rows if row.cells[0].text]
    return bool(names) and all(SEX_WORD.match(name) for name in names)


def _names(name: CellText, drug: str) -> bool:
    """Whether an outcome is the drug's own amount."""
    return len(drug) > 2 and re.search(rf"(?<!\w){re.escape(drug)}(?!\w)", name.text, re.IGNORECASE) is not None


_SHORT_TIME = re.compile(r"^[TtMmVv]\s?[1-9]\d{0,2}$")
"""A letter and a number below the name of what was measured: "T30"."""
_ZERO = re.compile(r"^(?:(?:day|week|hour|month|min)s?\s)?0(?:\s?(?:h|d|hours?|days?|weeks?|min))?$", re.IGNORECASE)


_TIMES_HEAD = re.compile(
    r"^\W*(?:(?:study|treatment|clinic|follow-up|assessment) )?"
    r"(?:visits?|time(?:[- ]?points?)?|weeks?|months?|days?|hours?)(?:\W{1,3}\w+\W?)?$",
    re.IGNORECASE,
)


def _times_without_unit(context: TableContext, contrast: Contrast) -> list[CellText]:
    """Return what stands under a header of time: row names, or bare numbers as the lowest header level."""
    found: list[CellText] = []
    time = find_time_column(context, count_leads(context))
    if time is not None:
        found.append(contrast.row.cells[time])
    label = contrast.row.cells[0]
    head = context.typed.columns[0].header.text
    bare = re.match(r"^\d+(?:\.\d+)?$", label.text) is not None
    if label.text and (_TIMES_HEAD.match(head) or (bare and TIME_HEAD.search(head))):
        found.append(label)
    parts = context.typed.columns[contrast.column].parts
    for above, part in pairwise(parts):
        if re.match(r"^\d+(?:\.\d+)?$", part.text) and TIME_HEAD.search(above.text):
            found.append(part)
    return found


_CAPTION_OUTCOME = re.compile(
    r"\b(?:proportion|percentage|number|incidence|rate)s? of (?:patients|subjects|participants|animals|mice"
    r"|rats)(?: (?:with|who|having|achieving|attaining|reporting|experiencing|showing|free (?:of|from)))?"
    r" (?P<name>[^.,;:()]{4,70}?)(?= (?:in|by|after|at|during|among|between)\b|[.,;:()]|$)",
    re.IGNORECASE,
)


def _may_name(text: CellText) -> bool:
    """Whether a text may name what was measured, as neither a site, a time nor a statistic does."""
    others = (SITE, TIMEPOINT, STATISTIC_LABEL, RELATIVE_CHANGE, NOT_AN_OUTCOME, ESTIMATE_HEAD, SCHEDULE)
    return bool(text.text) and not any(pattern.match(text.text) for pattern in others)


_ANY = re.compile(r"^\W*(?:any|all|total|overall)\W*(?:n ?\(%\))?\W*$", re.IGNORECASE)
_HARM = re.compile(
    r"\b(?:(?:treatment[- ]emergent|serious|severe|drug-related) )*(?:adverse (?:events?|effects?|reactions?)"
    r"|side[- ]effects?)\b",
    re.IGNORECASE,
)


def _caption_harm(context: TableContext, timepoint: Grounded | None) -> Outcome | None:
    """Return the harms that the caption names, for the row of all of them: "Any"."""
    match = _HARM.search(context.typed.caption.text)
    place = None if match is None else ground_text(context, context.typed.caption, *match.span())
    if match is None or place is None:
        return None
    return Outcome(
        text=place[0], start=place[1], end=place[2], source="caption", name=match.group().lower(), timepoint=timepoint
    )


def _caption_outcome(context: TableContext, timepoint: Grounded | None) -> Outcome | None:
    match = _CAPTION_OUTCOME.search(context.typed.caption.text)
    place = (
        None if match is None else ground_text(context, context.typed.caption, match.start("name"), match.end("name"))
    )
    if match is not None and place is not None:
        return Outcome(
            text=place[0], start=place[1], end=place[2], source="caption", name=match["name"], statistic="proportion",
            timepoint=timepoint,
        )  # fmt: skip
    caption = context.typed.caption
    effect = _EFFECT_ON.match(caption.text)
    if effect is not None and not _NO_HEAD.fullmatch(effect["name"]):
        place = ground_text(context, caption, effect.start("name"), effect.end("name"))
        if place is not None:
            return Outcome(
                text=place[0], start=place[1], end=place[2], source="caption", name=effect["name"], timepoint=timepoint
            )
    names = [
        name for name in find_names(caption, context.vocabulary, "OUTCOME")
        if caption.text.count("(", 0, name.start) == caption.text.count(")", 0, name.start)
    ]  # fmt: skip
    if not names:
        return _caption_head(context, timepoint)
    if len({name.name for name in names}) != 1:
        return _caption_head(context, timepoint)
    name = names[0]
    scale = _SCALE.match(caption.text, name.end)
    place = None if scale is None else ground_text(context, caption, *scale.span("name"))
    if scale is not None and place is not None:
        return Outcome(
            text=place[0], start=place[1], end=place[2], source="caption", name=scale["name"], timepoint=timepoint
        )
    return Outcome(
        text=name.text, start=name.span.start, end=name.span.end, source="caption", name=name.name,
        id=None if name.concept is None else name.concept.id, timepoint=timepoint,
        statistic=cast("Statistic | None", read_statistic([context.typed.caption])),
    )  # fmt: skip


_SCALE = re.compile(r"\s?\((?P<name>[Ll]og[^()]{0,12})\)")
"""The scale behind a measure's name, which may run against it: "visual acuity (logMAR)"."""
_EFFECT_ON = re.compile(
    r"^(?:table \w+\W+)?(?:the )?effects? of [^,;:()]{3,60}? on (?:the )?(?P<name>[A-Za-z][\w/ -]{2,45}?)"
    r"(?= (?:in|at|after|during|between|among|before|by|for|following|over|across|with|of|from|according)\b"
    r"|\s?[(,;:.±]|$)",
    re.IGNORECASE,
)
_CAPTION_HEAD = re.compile(
    r"^(?:table \w+\W+)?(?:\W|(?:the |an? )"
    r"|(?:comparison|effects?|changes?|differences?|summary|results?) (?:of|in|on) (?:the )?"
    r"|(?:mean|median|average|total)\s)*"
    r"(?P<name>[A-Za-z][\w/ -]{3,45}?)(?= (?:in|at|after|during|between|among|before|by|for|following|over|across|with"
    r"|of|from)\b|\s?[(,;:.±]|$)",
    re.IGNORECASE,
)
_NO_HEAD = re.compile(
    r"\b(?:results?|outcomes?|data|values?|parameters?|variables?|characteristics|efficacy|safety|effects?|comparisons?"
    r"|groups?|tables?|endpoints?|measures?|analys[ei]s|statistics|summary|patients|participants|subjects|animals|rats"
    r"|mice|treatments?|therapy|trials?|study|studies|doses?|list|overview|findings|differences?|changes?|p-values?"
    r"|responses?|performance)\b",
    re.IGNORECASE,
)


def _caption_head(context: TableContext, timepoint: Grounded | None) -> Outcome | None:
    """Return the first noun phrase of the caption where it names a measure: "Tumour weight of mice given ..."."""
    caption = context.typed.caption
    match = _CAPTION_HEAD.match(caption.text)
    if match is None or _NO_HEAD.search(match["name"]) or re.search(r"\band\b", match["name"]):
        return None
    name = caption.part(match.start("name"), match.end("name"))
    place = ground_text(context, name, 0, len(name.text))
    if place is None or find_names(name, context.vocabulary, "CHEMICAL", "SPECIES", "POPULATION"):
        return None
    return Outcome(
        text=place[0], start=place[1], end=place[2], source="caption", name=name.text, timepoint=timepoint,
        statistic=cast("Statistic | None", read_statistic([caption])),
    )  # fmt: skip


def _strip_statistic(name: CellText) -> CellText:
    lead = _LEAD.match(name.text)
    if lead:
        name = name.part(lead.end(), len(name.text))
    tail = _TAIL.search(name.text)
    name = name if tail is None or tail.start() < 2 else name.part(0, tail.start())
    behind = trailing_unit(name.text)
    return name if behind is None or behind[0] < 2 else name.part(0, behind[0])
