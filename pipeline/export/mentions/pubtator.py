"""PubTator's format: ``ID|t|title``, ``ID|a|abstract``, then tabbed lines of annotations; a blank line parts documents.

https://www.ncbi.nlm.nih.gov/research/pubtator/: offsets count the title, one character, and the abstract. The source's
first line is written as title and the rest as abstract, its line breaks as spaces, so that offsets are the source's.
Roles and preferred names have no column there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pipeline.export.mentions.annotations import AnnotatedText, Annotation, BadAnnotation, check_annotation, scrub

_TYPES: Final = {"CHEMICAL": "Chemical", "DISEASE": "Disease", "SPECIES": "Species", "GENE": "Gene"}
_LABELS: Final = {name.casefold(): label for label, name in _TYPES.items()} | {"drug": "CHEMICAL"}
_TEXT = re.compile(r"([^|\t]+)\|([ta])\|(.*)")
_BREAK = re.compile(r"[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def write_pubtator(path: Path, texts: Iterable[AnnotatedText]) -> int:
    """Write texts with their annotations to one file and return how many texts."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for text in texts:
            count += 1
            title, _, rest = scrub(text.text).partition("\n")
            file.write(f"{text.key}|t|{_BREAK.sub(' ', title)}\n{text.key}|a|{_BREAK.sub(' ', rest)}\n")
            for item in text.annotations:
                words = _BREAK.sub(" ", scrub(item.text))
                kind = _TYPES.get(item.label, item.label)
                file.write(f"{text.key}\t{item.start}\t{item.end}\t{words}\t{kind}\t{item.id or '-'}\n")
            file.write("\n")
    return count


def read_pubtator(path: Path) -> list[AnnotatedText]:
    """Return the texts of a file, in its order; a bad line is among ``bad``. Relations are passed over."""
    content = path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n")
    texts: list[AnnotatedText] = []
    number = 1
    for block in re.split(r"(\n{2,})", content):
        if block.strip("\n"):
            text = _read_block(block.split("\n"), number, path.name)
            if text is not None:
                texts.append(text)
        number += block.count("\n")
    return texts


def _read_block(lines: list[str], first: int, name: str) -> AnnotatedText | None:
    key = ""
    parts: dict[str, str] = {}
    annotations: list[Annotation] = []
    bad: list[BadAnnotation] = []
    for number, line in enumerate(lines, start=first):
        match = _TEXT.fullmatch(line)
        if match is not None and match[2] not in parts:
            key, parts[match[2]] = match[1], match[3]
            continue
        cells = line.split("\t")
        if len(cells) < 5:
            continue
        where = f"{name}, line {number}"
        if not (cells[1].isdecimal() and cells[2].isdecimal()):
            bad.append(BadAnnotation(where, f"{cells[1][:20]!r} and {cells[2][:20]!r} are no offsets"))
            continue
        label = _LABELS.get(cells[4].casefold(), cells[4])
        concept = cells[5].strip() if len(cells) > 5 else ""
        identifier = None if concept in ("", "-", "-1") else concept
        found = Annotation(int(cells[1]), int(cells[2]), label, cells[3], id=identifier)
        cause = check_annotation(found, f"{parts.get('t', '')}\n{parts.get('a', '')}")
        if cause:
            bad.append(BadAnnotation(where, cause))
        else:
            annotations.append(found)
    if not parts:
        return None
    return AnnotatedText(key, f"{parts.get('t', '')}\n{parts.get('a', '')}", tuple(annotations), tuple(bad))
