"""Reader of CRAFT 5: dependency trees of full texts, and taxon mentions.

CRAFT's CoNLL-U files hold Stanford labels converted from Penn trees. Numbered citation marks are taken out of the
sentences, since the pipeline reads text from which they were lifted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pipeline.training.concept_corpora import read_craft_species
from pipeline.training.mention_corpora import Part, keep_longest, read_archive
from pipeline.training.records import AnnotatedText, LabelledSpan, ParsedSentence

_CITATION: Final = re.compile(r" ?\[\d{1,3}(?: ?[,–-] ?\d{1,3})*\]")


def read_trees(folder: Path, part: Part) -> Iterator[ParsedSentence]:
    """Yield the sentences of one part with their trees, citation marks removed; articles in the order of the ids."""
    files = read_archive(folder / "dependency_conllu.tar.xz", suffix=".conllu")
    for key in read_keys(folder, part):
        for sentence in parse_conllu(key, files[key]):
            yield drop_citations(sentence)


def read_taxa(folder: Path, part: Part) -> Iterator[AnnotatedText]:
    """Yield the articles of one part with SPECIES mentions; discontinuous mentions are left out."""
    for record in read_craft_species(folder, part):
        spans = {LabelledSpan(mention.start, mention.end, "SPECIES") for mention in record.mentions}
        yield AnnotatedText(record.key, record.text, keep_longest(spans))


def read_keys(folder: Path, part: Part) -> list[str]:
    """Return the identifiers of the articles of one part."""
    return (folder / f"craft-ids-{part}.txt").read_text(encoding="utf-8").split()


def parse_conllu(key: str, content: str) -> Iterator[ParsedSentence]:
    """Yield the sentences of a CoNLL-U file; the text is rebuilt from words and `SpaceAfter`.

    Raises ValueError where a sentence has no root or more than one.
    """
    for number, block in enumerate(content.split("\n\n")):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        if not rows:
            continue
        text, spans = "", []
        for row in rows:
            spans.append((len(text), len(text) + len(row[1])))
            text += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
        heads = tuple(index if row[6] == "0" else int(row[6]) - 1 for index, row in enumerate(rows))
        if sum(head == index for index, head in enumerate(heads)) != 1:
            raise ValueError(f"{key}, sentence {number}: expected one root")
        yield ParsedSentence(
            key=f"{key}-{number}",
            text=text.rstrip(" "),
            spans=tuple(spans),
            tags=tuple(row[4] for row in rows),
            lemmas=tuple(_mend_lemma(row[1], row[2]) for row in rows),
            heads=heads,
            deps=tuple("ROOT" if row[6] == "0" else row[7] for row in rows),
        )


def drop_citations(sentence: ParsedSentence) -> ParsedSentence:
    """Return the sentence without its bracketed citation numbers; unchanged where another word depends on one."""
    marks = [match.span() for match in _CITATION.finditer(sentence.text)]
    gone = {
        index
        for index, (start, end) in enumerate(sentence.spans)
        if any(first <= start and end <= last for first, last in marks)
    }
    hangs = any(index not in gone and head in gone for index, head in enumerate(sentence.heads))
    if not gone or hangs or len(gone) == len(sentence.spans):
        return sentence
    kept = [index for index in range(len(sentence.spans)) if index not in gone]
    place = {old: new for new, old in enumerate(kept)}
    text, offsets, last = "", [], 0
    for first, end in marks:
        text += sentence.text[last:first]
        last = end
    text += sentence.text[last:]
    for start, end in (sentence.spans[index] for index in kept):
        shift = sum(end_mark - first for first, end_mark in marks if end_mark <= start)
        offsets.append((start - shift, end - shift))
    return ParsedSentence(
        key=sentence.key,
        text=text,
        spans=tuple(offsets),
        tags=tuple(sentence.tags[index] for index in kept),
        lemmas=tuple(sentence.lemmas[index] for index in kept),
        heads=tuple(place[sentence.heads[index]] for index in kept),
        deps=tuple(sentence.deps[index] for index in kept),
    )


def _mend_lemma(word: str, lemma: str) -> str:
    """Return the lemma, or the lower-case word where CRAFT masks digits by 0 ("β0" for "β2") or gives none."""
    if lemma in {"", "_"} or any(character.isdigit() for character in word):
        return word.lower()
    return lemma.lower()
