"""Reference lists in flattened text: where they stand, and which lines make an entry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.ingest.asides import is_aside
from pipeline.ingest.lines import TextLine, reads_as_prose
from pipeline.ingest.paragraphs import is_figure_caption
from pipeline.ingest.references import parse_reference
from pipeline.ingest.sections import recognise_section
from pipeline.model.documents import Reference
from pipeline.model.spans import Span

_NUMBERED = re.compile(r"^\\?\[?\(?(\d{1,4})\\?[\].)]*(?:\s+\S|$)")
_BULLET = re.compile(r"^[-*•]\s+\S")
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁŃŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽ"
_AUTHOR_START = re.compile(
    rf"^(?:(?:van|von|de|der|den|del|della|di|da|la|le|el|al|ter|ten|dos|du)\s){{0,3}}[{_UPPER}][\w’'‐-]+"
    rf"(?:\s[{_UPPER}][\w’'‐-]+)?,?\s(?:[{_UPPER}]\.?[- ]?){{1,4}}(?:[,.;:(&\s]|$)|^(?:[A-Z]\.\s?){{1,3}}[A-Z][a-z]+,"
)
_LABEL = re.compile(r"[\[(]?(\d{1,3})[\].)]{1,2}$")
_LINKS = re.compile(
    r"(?:^|(?<=\s))(?:[\[(]?\b(?:Publisher\sFull\sText|(?:PMC\s)?Free\sFull\sText|Full\sText|Reference\sSource|Data\sSource|"
    r"PubMed(?:\sCentral)?(?:\sAbstract)?|Cross[Rr]ef|Google\sScholar|Abstract|Medline|Web\sof\sScience)\b[\])]?[\s|,.·]*)+$"
)
# A DOI torn after a sign that never ends one, or after a point or word with its rest in digits on the next line.
_TORN_DOI = re.compile(
    r"(\b10\.\d{4,9}/\S*[-/_(‐])\n|(?<=10\.)\n(?=\d{4})|(\b10\.\d{4,9}/[^\s]*\.)\n(?=\d{2,}\b|[a-z]+\.\S*\d)"
    r"|(?<=\()(doi:\s?10\.\d{4,9}/(?:[^\s()]|\([^\s()]*\))*)\n(?=(?:[^\s()]|\([^\s()]*\))*\))"
)
# What pdfium prints for a hyphen at a line's end.
_HYPHENATED = re.compile(r"(?<=[a-z])[\x02\ufffe](?=[a-z])")
_SIGN = re.compile(r"[\x02\ufffe]")
_POINTED = re.compile(r"[\[(]?\d{1,3}[\].)]{1,2}\s+")
_ONLY_AUTHORS = re.compile(r"(?:\b[A-Z]{1,4}|\bal)\.?,?\s\(?(?:19|20)\d\d[a-z]?\)?\.?$")
_ENDS_IN_DOI = re.compile(r"\b10\.\d{4,9}/\S+(?:\s[\w.()-]*\d[\w.()-]*)?$")
_ENTRY_SIGN = re.compile(r"(?:19|20)\d\d|\bdoi\b|et al")
_FINISHED = re.compile(r"(?:[.>)\]]|\d|PMID\S*|doi\S+|https?://\S+)$")
_CLOSED = re.compile(r"(?:\d[A-Z]?[\])]*\.?|https?://\S+|doi\S+|[Pp]ress\.?|\([^()]*\)\.|PMID\S*)$")
_IDENTIFIER = re.compile(r"doi\.org/10\.|\bdoi:\s?10\.|\bPMID", re.IGNORECASE)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")
_ALONE_DOI = re.compile(r"(?:doi:?\s?|https?://(?:dx\.)?doi\.org/)(10\.\d{4,9}/\S+?)\.?", re.IGNORECASE)
_LONGEST = 1_500
_INTERRUPTION = 150
_TABLE_CAPTION = re.compile(r"^(?:Table|TABLE)\s[\dIVX]+\s*[|.:]")


@dataclass(slots=True)
class Entry:
    """An entry's lines, with its number or place in the list."""

    number: int
    lines: list[int]
    numbered: bool


def find_references(
    lines: Sequence[TextLine], skipped: set[int], *, start: int = 0
) -> tuple[tuple[Reference, ...], int | None, set[int]]:
    """Return the references, the index of the list's heading, and the indices of the lines that entries take."""
    for heading in range(len(lines) - 1, start - 1, -1):
        text = lines[heading].text.strip("#* _")
        if heading in skipped or len(text) > 40 or recognise_section(text) != "references":
            continue
        entries = _split_entries(lines, heading + 1, skipped)
        if _are_references([_read(lines, entry.lines) for entry in entries], entries):
            references = _tell_apart(
                [
                    parse_reference(
                        _read(lines, entry.lines),
                        span=_place(lines, entry.lines),
                        position=entry.number,
                        numbered=entry.numbered,
                    )
                    for entry in entries
                ]
            )
            return references, heading, {number for entry in entries for number in entry.lines}
    return (), None, set()


def _are_references(texts: Sequence[str], entries: Sequence[Entry]) -> bool:
    """Whether what stands below a heading is a list: years or names in most entries, from one of the first numbers."""
    if not entries:
        return False
    first = _NUMBERED.match(texts[0])
    if (int(first[1]) if first else entries[0].number) > 3:
        return False
    signs = sum(bool(_ENTRY_SIGN.search(text)) for text in texts)
    long = sum(len(text) > _LONGEST for text in texts)
    return signs >= 0.5 * len(texts) and long <= 0.2 * len(texts)


def _tell_apart(references: Sequence[Reference]) -> tuple[Reference, ...]:
    """Give entries of one author and year the letters that tell them apart, in the list's order."""
    taken: set[str] = set()
    result = []
    for reference in references:
        marker = reference.marker
        if marker in taken and not marker.isdigit():
            marker = next((m for letter in "bcdefgh" if (m := marker + letter) not in taken), marker)
            reference = replace(reference, marker=marker)
        taken.add(marker)
        result.append(reference)
    return tuple(result)


def _read(lines: Sequence[TextLine], entry: Sequence[int]) -> str:
    """Return an entry as one line: identifiers torn by a line's end are whole again, words lose their hyphens."""
    text = "\n".join(lines[number].text for number in entry if not _LINKS.fullmatch(lines[number].text))
    text = _SIGN.sub("-", _HYPHENATED.sub("", text))
    text = _TORN_DOI.sub(lambda match: match[1] or match[2] or match[3] or "", text)
    text = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text)
    return " ".join(re.sub(r"(?<=[\w/–-])\n(?=\S*/\S*\d)|(?<=[–/])\n", "", text).split())


def _place(lines: Sequence[TextLine], entry: Sequence[int]) -> Span:
    """Return where an entry stands, up to the first line that another column parts from the one before it."""
    run = next((at for at in range(1, len(entry)) if lines[entry[at]].apart), len(entry))
    return Span(lines[entry[0]].start, lines[entry[run - 1]].end)


def _split_entries(lines: Sequence[TextLine], start: int, skipped: set[int]) -> list[Entry]:
    printed = [(at, doi) for at, line in enumerate(lines) if "10." in line.text for doi in _DOI.findall(line.text)]
    known = Counter(doi for _, doi in printed)
    own = {doi for at, doi in printed if at < start}
    filled = [
        number
        for number in range(start, len(lines))
        if lines[number].text and (number not in skipped or _is_identifier(lines[number].text, known))
    ]
    labels = _find_labels(lines, filled)
    sample = [lines[number].text for number in filled[:40]]
    starts_at_one = _starts_at_one(sample) or bool(set(labels.values()) & {1, 2})
    numbered = starts_at_one and sum(bool(_NUMBERED.match(text)) for text in sample[:12]) >= 1
    bullets = sum(bool(_BULLET.match(text)) for text in sample) >= 3 or (sample and bool(_BULLET.match(sample[0])))
    marked = numbered or bool(bullets)
    last = max(labels.values(), default=0) if numbered else 0
    entries: list[Entry] = []
    count, at = 0, 0
    label: int | None = None
    seen: set[int] = set()
    while at < len(filled):
        number = filled[at]
        at += 1
        if numbered and number in labels:
            label = labels[number]
            continue
        text = lines[number].text
        alone = _ALONE_DOI.fullmatch(text)
        if alone and alone[1] in own:
            continue
        fresh = not entries or not lines[number - 1].text or number - 1 in skipped or number - 1 in labels
        apart = count < last
        if entries and fresh and not (apart and _AUTHOR_START.match(text)):
            if _ends_list(text, lines, entries[-1].lines, marked):
                resumed = _find_resumption(lines, filled, at, seen) if numbered else None
                if resumed is None:
                    break
                at = resumed
                continue
        end = lines[entries[-1].lines[-1]].text if entries else ""
        done = bool(entries) and _is_finished(end)
        match = _NUMBERED.match(text)
        opens = False
        if match and marked and count < int(match.group(1)) <= count + (8 if last else 3):
            opens, count = True, int(match.group(1))
        elif match and numbered and done and int(match.group(1)) not in seen and _opens_numbered(text):
            # Columns of a list that came in another order.
            opens, count = True, int(match.group(1))
        elif bullets and _BULLET.match(text):
            opens = not entries or done
            count += opens
        elif numbered and label is not None and count < label <= count + 3 and number - 1 in labels and done:
            opens, count = True, label
        elif apart:
            # The list's numbers came apart from their entries: an entry is told by how the one before it ends.
            opens = not entries or (done and _opens_entry(text, closed=_is_closed(end)))
            count += opens
        elif not marked:
            opens = not entries or _opens_by_name(text, lines, entries[-1].lines, done=done, fresh=fresh)
            count += opens
        label = None
        if opens:
            seen.add(count)
            entries.append(Entry(count, [number], marked))
        elif entries:
            entries[-1].lines.append(number)
        else:
            break
    return entries


def _is_identifier(text: str, known: Counter[str]) -> bool:
    """Whether a line that looks like furniture holds an entry's DOI or PMID; the paper's own stands on each page."""
    if not _IDENTIFIER.search(text):
        return False
    doi = _DOI.search(text)
    return doi is None or known[doi.group()] == 1


def _find_resumption(lines: Sequence[TextLine], filled: Sequence[int], at: int, seen: set[int]) -> int | None:
    """Return where a numbered list goes on after other text that columns brought into it."""
    for place in range(at, min(at + _INTERRUPTION, len(filled))):
        text = lines[filled[place]].text
        match = _NUMBERED.match(text)
        if match and int(match.group(1)) not in seen and _opens_numbered(text):
            return place
    return None


def _opens_numbered(text: str) -> bool:
    """Whether a line is a number with its point or bracket, and an author."""
    match = _POINTED.match(text)
    return match is not None and bool(_AUTHOR_START.match(text[match.end() :]))


def _find_labels(lines: Sequence[TextLine], filled: Sequence[int]) -> dict[int, int]:
    """Return the lines that are an entry's number and nothing else, where there are several, with their numbers."""
    labels: dict[int, int] = {}
    for number in filled:
        match = _LABEL.match(lines[number].text)
        if match is None:
            continue
        above = number == 0 or not lines[number - 1].text or number - 1 in labels
        below = number + 1 >= len(lines) or not lines[number + 1].text or bool(_LABEL.match(lines[number + 1].text))
        if above or below:
            labels[number] = int(match.group(1))
    highest = max((n for n in labels.values() if n <= len(filled)), default=0)
    kept = {number: value for number, value in labels.items() if 0 < value <= highest}
    return kept if len(kept) >= 2 else {}


def _is_finished(text: str) -> bool:
    if _ONLY_AUTHORS.search(text):
        return False
    return bool(_FINISHED.search(text)) or bool(_LINKS.search(text))


def _is_closed(text: str) -> bool:
    """Whether a line ends as entries do: with a year, pages or an identifier."""
    return bool(_CLOSED.search(text)) or bool(_LINKS.search(text))


def _opens_entry(text: str, *, closed: bool) -> bool:
    return bool(_AUTHOR_START.match(text)) or (closed and text[0].isupper() and not _LINKS.fullmatch(text))


def _opens_by_name(
    text: str, lines: Sequence[TextLine], entry: Sequence[int], *, done: bool, fresh: bool
) -> bool:  # fmt: skip
    """Whether an entry of an unnumbered list begins: by its author, in the order of the alphabet or after an end."""
    if _LINKS.fullmatch(text):
        return False
    if done:
        return bool(_AUTHOR_START.match(text)) or (fresh and text[0].isupper())
    head = lines[entry[0]].text
    whole = " ".join(lines[number].text for number in entry)
    follows = text[:3].casefold() >= head[:3].casefold() and bool(_AUTHOR_START.match(head))
    return bool(_AUTHOR_START.match(text)) and follows and bool(_ENDS_IN_DOI.search(whole))


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
    done = _is_finished(lines[entry[-1]].text)
    if not marked:
        return done and reads_as_prose(text, least=0.3) and not (_AUTHOR_START.match(text) or _ENTRY_SIGN.search(text))
    if _NUMBERED.match(text) or _BULLET.match(text):
        return False
    return done and text[0].isupper() and len(text) >= 60 and not _ENTRY_SIGN.search(text)
