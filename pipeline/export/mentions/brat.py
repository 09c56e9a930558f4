"""brat's standoff format: ``NAME.txt`` with ``NAME.ann`` beside it.

https://brat.nlplab.org/standoff.html: ``T`` lines are text-bound annotations, ``N`` lines normalisations, ``A`` lines
attributes. A mention over a line break is written in fragments, since an annotation may not hold one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Final

from pipeline.export.mentions.annotations import (
    LABELS,
    AnnotatedText,
    Annotation,
    BadAnnotation,
    check_annotation,
    scrub,
)

CONFIGURATION: Final = "annotation.conf"
_BOUND = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_NORMALISATION = re.compile(r"N\d+\t\S+ (T\d+) (\S+:\S+)(?:\t(.*))?")
_ATTRIBUTE = re.compile(r"[AM]\d+\t(\S+) (T\d+)(?: (\S.*))?")


def write_brat(folder: Path, texts: Iterable[AnnotatedText]) -> int:
    """Write texts with their annotations into an empty folder, with brat's configuration; return how many texts."""
    count = 0
    for text in texts:
        count += 1
        (folder / f"{text.key}.txt").write_bytes(scrub(text.text).encode())
        (folder / f"{text.key}.ann").write_bytes("".join(f"{line}\n" for line in _lines(text)).encode())
    lines = [
        "[entities]",
        *LABELS,
        "",
        "[relations]",
        "",
        "[events]",
        "",
        "[attributes]",
        "Role\tArg:<ENTITY>, Value:drug",
    ]
    (folder / CONFIGURATION).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return count


def read_brat(path: Path) -> list[AnnotatedText]:
    """Return the texts of a folder, or the one of an ``.ann`` file, in name order; a bad line is among ``bad``."""
    files = sorted(path.glob("*.ann")) if path.is_dir() else [path]
    return [_read_text(file) for file in files]


def _lines(text: AnnotatedText) -> Iterable[str]:
    source = scrub(text.text)
    notes = 0
    for number, annotation in enumerate(text.annotations, start=1):
        pieces = [
            (annotation.start + match.start(), annotation.start + match.end())
            for match in re.finditer(r"[^\r\n]+", source[annotation.start : annotation.end])
        ]
        pieces = [(start, end) for start, end in pieces if source[start:end].strip()]
        places = ";".join(f"{start} {end}" for start, end in pieces)
        words = " ".join(source[start:end].replace("\t", " ") for start, end in pieces)
        yield f"T{number}\t{annotation.label} {places}\t{words}"
        if annotation.id is not None:
            notes += 1
            yield f"N{notes}\tReference T{number} {annotation.id.replace(' ', '_')}\t{_flat(annotation.name or '')}"
        if annotation.role is not None:
            yield f"A{number}\tRole T{number} {annotation.role}"


def _read_text(file: Path) -> AnnotatedText:
    name = file.name
    try:
        text = file.with_suffix(".txt").read_bytes().decode("utf-8")
        content = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return AnnotatedText(
            file.stem, "", bad=(BadAnnotation(name, f"the text or its annotations are unreadable: {error}"),)
        )
    found: dict[str, dict[str, str | int | None]] = {}
    bad: list[BadAnnotation] = []
    lines = [line.rstrip("\r") for line in content.split("\n")]
    for number, line in enumerate(lines, start=1):
        where = f"{name}, line {number}"
        if not line.startswith("T"):
            continue
        match = _BOUND.fullmatch(line)
        if match is None:
            bad.append(BadAnnotation(where, "it is no text-bound annotation"))
            continue
        places = [tuple(map(int, place.split())) for place in match[3].split(";")]
        gaps = [text[one[1] : other[0]] for one, other in pairwise(places)]
        if any(gap.strip() for gap in gaps) or places != sorted(places):
            bad.append(BadAnnotation(where, "its fragments are no single stretch of the text"))
            continue
        if match[1] in found:
            bad.append(BadAnnotation(where, f"{match[1]} stands there twice"))
            continue
        found[match[1]] = {
            "start": places[0][0],
            "end": places[-1][1],
            "label": match[2],
            "text": match[4],
            "line": number,
        }
    for line in lines:
        match = _NORMALISATION.fullmatch(line)
        if match is not None and match[1] in found:
            found[match[1]] |= {"id": match[2], "name": match[3] or None}
        match = _ATTRIBUTE.fullmatch(line)
        if match is not None and match[1] == "Role" and match[2] in found:
            found[match[2]] |= {"role": match[3]}
    annotations = []
    for values in found.values():
        where = f"{name}, line {values.pop('line')}"
        annotation = Annotation(**values)  # type: ignore[arg-type]
        cause = check_annotation(annotation, text)
        if cause:
            bad.append(BadAnnotation(where, cause))
        else:
            annotations.append(annotation)
    annotations.sort(key=lambda item: (item.start, item.end, item.label))
    return AnnotatedText(file.stem, text, tuple(annotations), tuple(bad))


def _flat(text: str) -> str:
    return " ".join(text.split())
