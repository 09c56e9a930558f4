"""Which kind of section a heading opens, and the sections of a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.ingest.headings_lexicon import RUN_IN_LABELS
from pipeline.ingest.sections_lexicon import SECTION_PATTERNS
from pipeline.model.documents import BlockKind, Section, SectionKind
from pipeline.model.spans import Span

_TITLES = re.compile("|".join(f"(?P<_{at}>{pattern})" for at, (pattern, _) in enumerate(SECTION_PATTERNS)))
_NUMBERING = re.compile(
    r"^\s*(?:(?:section\s+)?(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,4}|[a-h])[.):]?\s+|[•▪■●§]\s*)", re.IGNORECASE
)
_LABEL = re.compile("|".join(RUN_IN_LABELS), re.IGNORECASE)
_AIMS = re.compile(
    r"(?:[\d.]+\s)?(?:specific\s)?(?:objectives?|aims?|purpose|rationale|overview|hypothes[ei]s)", re.IGNORECASE
)
_FRONT = 12
_LONGEST_ABSTRACT = 6_000
_INHERITING = frozenset({"abstract", "methods", "results", "discussion", "back", "introduction"})


@lru_cache(maxsize=4096)
def recognise_section(title: str) -> SectionKind | None:
    """Return the kind of section that a heading with this text opens, ``None`` for a title of the paper's own."""
    plain = " ".join(title.split()).lower().strip(" .:|-–—")
    for candidate in (plain, _NUMBERING.sub("", plain)):
        match = _TITLES.fullmatch(candidate)
        if match is not None:
            return next(kind for at, (_, kind) in enumerate(SECTION_PATTERNS) if match[f"_{at}"] is not None)
    return None


@dataclass(frozen=True, slots=True)
class BlockOutline:
    """What the division into sections needs of a block."""

    kind: BlockKind
    text: str
    clean: Span
    section: SectionKind | None = None
    level: int | None = None


def divide_sections(blocks: Sequence[BlockOutline]) -> tuple[tuple[Section, ...], tuple[int, ...]]:
    """Return the sections in clean order and, for each block, the index of its section.

    A heading opens a section; where its title names no kind, it takes the kind of the section it lies under (a
    subheading of the methods belongs to the methods), else "body". Captions are sections of their own, which may lie
    inside the range of another; the block's index tells which one it belongs to.
    """
    sections: list[Section] = []
    of_block: list[int] = []
    current: int | None = None
    parents: list[tuple[int, SectionKind]] = []
    flat: SectionKind | None = None
    labels = _find_abstract_labels(blocks)
    blocks = [replace(block, section="abstract") if at in labels else block for at, block in enumerate(blocks)]
    reports = _reports_methods(blocks)
    last = _find_last_matter(blocks)
    for number, block in enumerate(blocks):
        if block.kind == "title":
            of_block.append(_open(sections, block.section or "title", block.text, block.clean))
            current = None
            continue
        if block.kind == "note" and block.section == "back" and (current is None or sections[current].kind != "back"):
            of_block.append(_open(sections, "back", None, block.clean))
            continue
        if block.kind == "caption" or block.section in ("caption", "table"):
            of_block.append(_open(sections, block.section or "caption", None, block.clean))
            continue
        if block.kind == "heading":
            kind, following = _choose_kind(block, parents, flat, reports)
            # Ethics, registration or a box among methods or results: what comes behind it goes on as before.
            flat = flat if kind == "back" and number < last and block.level is None else following
            current = _open(sections, kind, block.text, block.clean)
            of_block.append(current)
            continue
        wanted = block.section
        if current is None or (wanted is not None and sections[current].kind != wanted):
            current = _open(sections, wanted or flat or "body", None, block.clean)
        else:
            section = sections[current]
            sections[current] = Section(section.kind, section.title, Span(section.clean.start, block.clean.end))
        of_block.append(current)
    return tuple(sections), tuple(of_block)


def _reports_methods(blocks: Sequence[BlockOutline]) -> bool:
    """Whether methods or results are headed in their own right, so that what comes before them introduces them."""
    named = [recognise_section(block.text) for block in blocks if block.kind == "heading" and block.section is None]
    return "introduction" in named and bool({"methods", "results"} & set(named[named.index("introduction") :]))


def _find_abstract_labels(blocks: Sequence[BlockOutline]) -> set[int]:
    """Return the headings and the text between them that a structured abstract is made of, where the body follows.

    The labels ("Background", "Methods", …) stand below the heading of the abstract, reach to the conclusion or to where
    they begin anew, and have little text; without a later introduction or methods they are the paper's own sections.
    """
    headings = [number for number, block in enumerate(blocks) if block.kind == "heading" and block.section is None]
    named = {number: recognise_section(blocks[number].text) for number in headings}
    start = next((at for at, number in enumerate(headings[:_FRONT]) if named[number] == "abstract"), None)
    if start is None or any(blocks[number].level is not None for number in headings):
        return set()
    seen: list[SectionKind | None] = []
    end = start
    for at in range(start + 1, len(headings)):
        number = headings[at]
        again = named[number] == "introduction" and bool({"methods", "results", "conclusion"} & set(seen))
        if again or "conclusion" in seen or not _LABEL.fullmatch(blocks[number].text.strip(" .:")):
            break
        seen.append(named[number])
        end = at
    stop = headings[end + 1] if end + 1 < len(headings) else len(blocks)
    length = sum(len(blocks[number].text) for number in range(headings[start], stop))
    later = {named[number] for number in headings[end + 1 :]} & {"introduction", "methods"}
    if len(seen) < 2 or not later or length > _LONGEST_ABSTRACT:
        return set()
    return set(range(headings[start] + 1, stop))


def _find_last_matter(blocks: Sequence[BlockOutline]) -> int:
    """Return the index of the last heading of methods, results, discussion or conclusion; -1 for none."""
    matter = ("methods", "results", "discussion", "conclusion")
    named = [number for number, b in enumerate(blocks) if b.kind == "heading" and recognise_section(b.text) in matter]
    return max(named, default=-1)


def _open(sections: list[Section], kind: SectionKind, title: str | None, clean: Span) -> int:
    sections.append(Section(kind, title, clean))
    return len(sections) - 1


def _choose_kind(
    block: BlockOutline, parents: list[tuple[int, SectionKind]], flat: SectionKind | None, reports: bool
) -> tuple[SectionKind, SectionKind | None]:
    named = recognise_section(block.text)
    if block.level is not None:
        while parents and parents[-1][0] >= block.level:
            parents.pop()
        outer = parents[-1][1] if parents else None
        # Interests and funding stay back matter where they are nested in the last section.
        inner = (
            named if outer in (None, "body") or (named == "back" and outer in ("conclusion", "discussion")) else outer
        )
        kind = block.section or inner or "body"
        parents.append((block.level, kind))
        return kind, kind
    if named == "introduction" and flat in ("methods", "results") and _AIMS.fullmatch(block.text.strip(" .:")):
        named = None  # the aims among a trial's methods, and what comes behind them, introduce nothing
    kind = block.section or named or (flat if flat in _INHERITING else None) or "body"
    if flat == "references" and block.section is None and named is None:
        kind = "back"  # referees' reports, appendices and biographies stand below the list
    if flat == "introduction" and block.section is None and named is None and not reports:
        kind = "body"
    return kind, kind
