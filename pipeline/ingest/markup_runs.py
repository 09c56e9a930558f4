"""Inline content of marked-up formats as flat runs, and how raised and lowered characters read as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

Shift = Literal["", "sup", "sub"]

_SPACE: Final = re.compile(r"\s+")
_INVISIBLE: Final = re.compile("[\u00ad\u200b\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_POWER: Final = re.compile(r"[-+−–‐‑]?\d{1,3}")
_SIGNED: Final = re.compile(r"[-−–‐‑]\s?\d")
_NOTE_MARK: Final = re.compile(r"(?:[a-z]|[A-Z]|[*∗†‡§¶‖#]{1,4})(?:\s?,?\s?(?:[a-z]|[*∗†‡§¶‖#]{1,4}))*")
_SINGLE_MARK: Final = re.compile(r"[A-Za-z]|\d+|[*∗]+|†+|‡+|§+|¶+|‖+|#+")
_RAISE: Final = str.maketrans("0123456789+-−–‐‑", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁻⁻")
_LOWER: Final = str.maketrans("0123456789+-−–‐‑", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₋₋")


class Run(NamedTuple):
    """A run of inline text; a tuple, as a paper has tens of thousands.

    Attributes:
        shift: whether it is raised or lowered.
        targets: identifiers of the references it cites; empty when it cites none.
        note: whether it is a footnote mark.
    """

    text: str
    shift: Shift = ""
    targets: tuple[str, ...] = ()
    note: bool = False


def squeeze(runs: Iterable[Run]) -> list[Run]:
    """Return the runs with every stretch of white space as one space, and none at either end.

    No-break and thin spaces become plain ones; soft hyphens and zero-width characters go.
    """
    squeezed: list[Run] = []
    open_space = False
    for run in runs:
        text = run.text
        if not (text.isascii() and text.isprintable() and "  " not in text):
            text = _SPACE.sub(" ", _INVISIBLE.sub("", text))
        if not open_space:
            text = text.removeprefix(" ")
        if text:
            open_space = not text.endswith(" ")
            squeezed.append(run if text == run.text else Run(text, run.shift, run.targets, run.note))
    while squeezed and squeezed[-1].text.endswith(" "):
        last = squeezed.pop()
        if last.text.rstrip(" "):
            squeezed.append(last._replace(text=last.text.rstrip(" ")))
    return squeezed


def read_plain(runs: Iterable[Run]) -> str:
    """Return the runs' text on one line, powers and charges written so that no digit joins another number."""
    listed = list(runs)
    if len(listed) == 1 and not listed[0].shift and listed[0].text.isascii() and listed[0].text.isprintable():
        return " ".join(listed[0].text.split())
    text = ""
    for run in squeeze(listed):
        text += shift_text(run.text, shift=run.shift, before=text)
    return text


def shift_text(text: str, *, shift: Shift, before: str) -> str:
    """Return raised or lowered text as it is written on one line after ``before``.

    An exponent is written with superscript characters ("10⁵", "kg⁻¹", "m²"), as is a lowered digit after a digit;
    everything else stays as it is ("Ca2+", "14C", "CO2", "Ndufs4−/−").
    """
    if not shift or not before or not _POWER.fullmatch(text.strip()):
        return text
    previous = before[-1]
    if shift == "sub":
        return text.translate(_LOWER) if previous.isdigit() else text
    if previous.isdigit() or (_SIGNED.match(text.strip()) and (previous.isalpha() or previous in ")]%°·")):
        return text.translate(_RAISE)
    if previous.isalpha() and text.strip() in {"2", "3"}:
        return text.translate(_RAISE)
    return text


def is_note_mark(text: str) -> bool:
    """Whether raised text looks like footnote marks: one letter, or signs such as ``*``, or a list of them."""
    return bool(_NOTE_MARK.fullmatch(text.strip(" ,()")))


def split_note_marks(text: str) -> tuple[str, ...]:
    """Return the footnote marks that a raised text lists: ``"a, b"`` gives ``("a", "b")``, ``"**"`` stays one."""
    return tuple(_SINGLE_MARK.findall(text))


def has_text(runs: Sequence[Run]) -> bool:
    """Whether any run holds more than white space."""
    return any(run.text.strip() for run in runs)
