"""Judgements: what a file of answers says of a claim, before it is checked against the claim."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from pipeline.errors import LitclaimsError
from pipeline.model.decisions import Verdict
from pipeline.review.verdict_lexicon import MONTHS, VERDICT_WORDS

CLEARED = "null"
"""What a reviewer writes to take a field away."""
_CLAIM_ID = re.compile(r"(?:claim[-:\s]*)?([0-9a-f]{20})", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?")


class ReviewError(LitclaimsError):
    """One answer cannot be taken: record it and go on with the next.

    Args:
        cause: what was found, and what was expected.
        remedy: what the reviewer can do about it.
    """

    def __init__(self, cause: str, *, remedy: str) -> None:
        super().__init__(cause)
        self.cause = cause
        self.remedy = remedy

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (self.cause, self.remedy)


def _rebuild(cause: str, remedy: str) -> ReviewError:
    return ReviewError(cause, remedy=remedy)


@dataclass(frozen=True, slots=True)
class Change:
    """A field with what a reviewer put there.

    Attributes:
        name: a field (``"dose"``) or one of its leaves, as the flat table names it (``"dose_low"``).
        value: words of the paper for a field, a value for a leaf; ``None`` takes it away.
        place: where the words stand in the source, half-open, where the reviewer marked them.
    """

    name: str
    value: Any
    place: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """One answer on one claim; ``where`` says where it stands in its file, ``decided_at`` is ISO 8601.

    ``text_sha256`` is of the source text that places point into, where the file says it.
    """

    where: str
    claim_id: str
    verdict: Verdict
    changes: tuple[Change, ...] = ()
    decided_by: str | None = None
    decided_at: str | None = None
    why: str | None = None
    text_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class BadAnswer:
    """An answer that could not be read, and why."""

    where: str
    error: ReviewError


@dataclass(frozen=True, slots=True)
class Answers:
    """What a file of answers holds; ``unanswered`` counts the claims that nobody judged in it."""

    judgements: tuple[Judgement, ...] = ()
    bad: tuple[BadAnswer, ...] = ()
    unanswered: int = 0


def read_claim_id(text: str) -> str:
    """Return a claim's id as written in a file: 20 hexadecimal digits, with or without ``claim-`` before them.

    Raises:
        ReviewError: it is none.
    """
    match = _CLAIM_ID.fullmatch(text.strip())
    if match is None:
        raise ReviewError(
            f"{text.strip()[:40]!r} is no claim's id: expected claim- and 20 digits of 0–9 and a–f",
            remedy="leave the column claim as it was exported",
        )
    return match[1].lower()


def read_verdict(text: str, *, changed: bool) -> Verdict | None:
    """Return the verdict that a word stands for; ``None`` for an empty cell without any change.

    Args:
        changed: whether the answer holds corrected values.

    Raises:
        ReviewError: the word is unknown, or does not go with what was changed.
    """
    word = " ".join(text.casefold().split()).strip(".! ")
    verdict = VERDICT_WORDS.get(word)
    if not word:
        return "corrected" if changed else None
    if word == "correct" and changed:
        return "corrected"
    if verdict is None:
        raise ReviewError(
            f"{text.strip()[:40]!r} is no decision: expected accepted, corrected or rejected",
            remedy="write one of the three words",
        )
    if verdict == "corrected" and not changed:
        raise ReviewError(
            "the decision is corrected, but no field has a new value",
            remedy="write the new value beside the field, or accept the claim",
        )
    if verdict != "corrected" and changed:
        raise ReviewError(
            f"the decision is {verdict}, but a field has a new value",
            remedy="write corrected, or empty the new value",
        )
    return verdict


def read_time(text: str) -> str | None:
    """Return a date or time as ISO 8601, in UTC where its zone is stated; ``None`` for an empty text.

    ``2026-11-21``, ``2026-11-21 14:30``, ``2026-11-21T14:30:00+01:00``, ``21.11.2026``, ``21 Nov 2026`` and
    ``11/21/2026`` are read; ``03/04/2026`` has two readings and is none.

    Raises:
        ReviewError: the text is no date.
    """
    words = " ".join(text.split())
    if not words:
        return None
    try:
        return _read_iso(words) or _read_local(words)
    except ValueError:
        pass
    raise ReviewError(f"{words[:40]!r} is no date that can be read one way only", remedy="write it as 2026-11-21")


def format_time(moment: datetime) -> str:
    """Return a moment as ISO 8601 in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read_iso(words: str) -> str | None:
    match = _ISO.fullmatch(words)
    if match is None:
        return None
    day = date(int(match[1]), int(match[2]), int(match[3]))
    if match[4] is None:
        return day.isoformat()
    moment = datetime(day.year, day.month, day.day, int(match[4]), int(match[5]), int(match[6] or 0))
    if match[7] is None:
        return moment.isoformat()
    zone = "+00:00" if match[7] == "Z" else match[7]
    return format_time(datetime.fromisoformat(moment.isoformat() + zone))


def _read_local(words: str) -> str:
    match = re.fullmatch(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(?: .*)?", words)
    if match is not None:
        return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
    match = re.fullmatch(r"(\d{1,2})[- ]([A-Za-z]{3})[a-z]*\.?[- ](\d{4})", words)
    if match is not None and match[2].casefold() in MONTHS:
        return date(int(match[3]), MONTHS[match[2].casefold()], int(match[1])).isoformat()
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?", words)
    if match is not None:
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        if first > 12 >= second:
            return date(year, second, first).isoformat()
        if second > 12 >= first or first == second:
            return date(year, first, second).isoformat()
    raise ValueError(words)
