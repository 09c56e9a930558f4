"""Reference lists in flattened text: where they stand, and which lines make an entry."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ingest.asides import is_aside
from pipeline.ingest.furniture import count_repeats
from pipeline.ingest.lines import TextLine
from pipeline.ingest.paragraphs import is_figure_caption
from pipeline.ingest.references import parse_reference
from pipeline.ingest.sections import recognise_section
from pipeline.model.documents import Reference
from pipeline.model.spans import Span

_NUMBERED = re.compile(r"^\\?\[?\(?(\d{1,4})\\?[\].)]*(?:\s+\S|$)")
_BULLET = re.compile(r"^[-*•]\s+\S")
_AUTHOR_START = re.compile(
    r"^[A-ZÀ-ÞŁŚŠŽČ][\w’'‐-]+,?\s(?:[A-Z]\.?[- ]?){1,3}[,.;(&\s]|^(?:[A-Z]\.\s?){1,3}[A-Z][a-z]+,"
)
_ENTRY_SIGN = re.compile(r"(?:19|20)\d\d|\bdoi\b|et al")
_FINISHED = re.compile(r"(?:[.>)\]]|\d|PMID\S*|doi\S+|https?://\S+)$")
_IDENTIFIER = re.compile(r"doi\.org/10\.|\bdoi:\s?10\.|\bPMID", re.IGNORECASE)
_TABLE_CAPTION = re.compile(r"^(?:Table|TABLE)\s[\dIVX]+\s*[|.:]")


def find_references(
    lines: Sequence[TextLine], skipped: set[int], *, start: int = 0
) -> tuple[tuple[Reference, ...], int | None, set[int]]:
    """Return the references, the index of the list's heading, and the indices of the lines that entries take."""
    for heading in range(len(lines) - 1, start - 1, -1):
        text = lines[heading].text.strip("#* _")
        if heading in skipped or len(text) > 40 or recognise_section(text) != "references":
            continue
        entries = _split_entries(lines, heading + 1, skipped)
        signs = sum(bool(_ENTRY_SIGN.search(_read(lines, entry))) for entry in entries)
        if entries and signs >= 0.5 * len(entries):
            references = tuple(
                parse_reference(
                    _read(lines, entry), span=Span(lines[entry[0]].start, lines[entry[-1]].end), position=position
                )
                for position, entry in enumerate(entries, start=1)
            )
            return references, heading, {number for entry in entries for number in entry}
    return (), None, set()


def _read(lines: Sequence[TextLine], entry: Sequence[int]) -> str:
    text = "\n".join(lines[number].text for number in entry)
    text = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text)
    return " ".join(re.sub(r"(?<=[\w/–-])\n(?=\S*/\S*\d)|(?<=[–/])\n", "", text).split())


def _split_entries(lines: Sequence[TextLine], start: int, skipped: set[int]) -> list[list[int]]:
    repeats = count_repeats(lines[start:])
    filled = [
        number
        for number in range(start, len(lines))
        if lines[number].text
        and (number not in skipped or (_IDENTIFIER.search(lines[number].text) and repeats[lines[number].text] == 1))
    ]
    sample = [lines[number].text for number in filled[:40]]
    numbered = sum(bool(_NUMBERED.match(text)) for text in sample[:12]) >= 1 and _starts_at_one(sample)
    bullets = sum(bool(_BULLET.match(text)) for text in sample) >= 3 or (sample and bool(_BULLET.match(sample[0])))
    entries: list[list[int]] = []
    count = 0
    for number in filled:
        text = lines[number].text
        fresh = not entries or not lines[number - 1].text or number - 1 in skipped
        if entries and fresh and _ends_list(text, lines, entries[-1], numbered or bool(bullets)):
            break
        match = _NUMBERED.match(text)
        opens = False
        if match and (numbered or bullets) and count < int(match.group(1)) <= count + 3:
            opens, count = True, int(match.group(1))
        elif bullets and _BULLET.match(text):
            opens = not entries or bool(_FINISHED.search(lines[entries[-1][-1]].text))
            count += opens
        elif not numbered and not bullets:
            done = bool(entries) and bool(_FINISHED.search(lines[entries[-1][-1]].text))
            opens = not entries or (done and (bool(_AUTHOR_START.match(text)) or (fresh and text[0].isupper())))
        if opens:
            entries.append([number])
        elif entries:
            entries[-1].append(number)
        else:
            break
    return entries


def _starts_at_one(sample: Sequence[str]) -> bool:
    numbers = [int(match.group(1)) for text in sample if (match := _NUMBERED.match(text))]
    return bool(numbers) and numbers[0] <= 2


def _ends_list(text: str, lines: Sequence[TextLine], entry: Sequence[int], marked: bool) -> bool:
    """Whether a line that begins a group no longer belongs to the list."""
    plain = text.strip("#* _")
    if (
        (is_aside(text) and not _IDENTIFIER.search(text))
        or is_figure_caption(text)
        or _TABLE_CAPTION.match(text)
        or text.startswith(("**", "#"))
    ):
        return True
    if len(plain) <= 60 and recognise_section(plain.rstrip(":")) is not None:
        return True
    if not marked or _NUMBERED.match(text) or _BULLET.match(text):
        return False
    done = bool(_FINISHED.search(lines[entry[-1]].text))
    return done and text[0].isupper() and len(text) >= 60 and not _ENTRY_SIGN.search(text)
