"""Lint of the gold: what its schema cannot see, and a labeller must mend or a decision must explain."""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pipeline.evaluation.anchors import anchor_view, hash_places
from pipeline.evaluation.folding import Strength, fold_phrase, fold_text
from pipeline.evaluation.gold import Gold, GoldClaim, GoldEntity, GoldScope, load_gold
from pipeline.evaluation.gold_fields import GoldField
from pipeline.evaluation.sources import read_sources

SENTENCE_WORDS = 20
"""Most words of a surface form: more would be a sentence of a paper, which the gold must not hold."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that lint found. ``rule`` names it; ``severity`` is ``error`` or ``warning``."""

    severity: str
    rule: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.severity} [{self.rule}] {self.where}: {self.message}"


def lint_gold(gold: Gold, *, texts: Mapping[str, str] | None = None) -> list[Finding]:
    """Return what is wrong with a gold set, sorted.

    Args:
        texts: source texts by the documents' sha256, where they are at hand; without them offsets are checked against
            the documents' lengths only.
    """
    names = {document.sha256: document.name for document in gold.documents}
    findings = [
        *_check_documents(gold, names),
        *_check_offsets(gold, names, texts or {}),
        *_check_scopes(gold, names),
        *_check_splits(gold, names),
        *_check_claims(gold, names, texts or {}),
        *_check_entities(gold, names),
    ]
    return sorted(set(findings))


def _check_documents(gold: Gold, names: Mapping[str, str]) -> Iterator[Finding]:
    used = {scope.document for scope in gold.scopes} | {claim.document for claim in gold.claims}
    used |= {entity.document for entity in gold.entities}
    for sha256 in sorted(used - set(names)):
        yield Finding("error", "document", sha256[:12], "labels of a document that has no document record")
    for sha256 in sorted(set(names) - used):
        yield Finding("warning", "document", names[sha256], "a document without labels")


def claim_fields(claim: GoldClaim) -> Iterator[tuple[str, GoldField]]:
    """Yield every placed field of a claim and its alternatives, with its name; inner ones follow their outer one."""
    for reading in (claim, *claim.alternatives):
        for name in type(reading).model_fields:
            value = getattr(reading, name)
            for item in value if isinstance(value, tuple) else (value,):
                if isinstance(item, GoldField):
                    yield from _inner_fields(name, item)


def _inner_fields(name: str, item: GoldField) -> Iterator[tuple[str, GoldField]]:
    yield name, item
    for inner in type(item).model_fields:
        value = getattr(item, inner)
        if isinstance(value, GoldField):
            yield from _inner_fields(f"{name}.{inner}", value)


def _place_name(names: Mapping[str, str], document: str, start: int) -> str:
    return f"{names.get(document, document[:12])}@{start}"


def _check_offsets(gold: Gold, names: Mapping[str, str], texts: Mapping[str, str]) -> Iterator[Finding]:
    lengths = {document.sha256: document.characters for document in gold.documents}
    for claim in gold.claims:
        where = _place_name(names, claim.document, claim.start)
        ends = [("evidence", end) for _, end in claim.evidence.spans]
        for name, item in claim_fields(claim):
            if item.start is not None and item.end is not None:
                ends.append((name, item.end))
                yield from _check_text(texts.get(claim.document), item.start, item.end, item.text, where, name)
            elif item.source != "inferred":
                yield Finding("error", "offsets", where, f"{name} has no place and is not inferred")
            if len(item.text.split()) > SENTENCE_WORDS:
                yield Finding("error", "sentence", where, f"{name} is longer than {SENTENCE_WORDS} words")
        for name, end in ends:
            if end > lengths.get(claim.document, end):
                yield Finding("error", "offsets", where, f"{name} ends at {end}, after the text")
        text = texts.get(claim.document)
        if text is not None and claim.evidence.sha256:
            found = hash_places(anchor_view(text), list(claim.evidence.spans))
            if found["sha256"] != claim.evidence.sha256:
                yield Finding("error", "offsets", where, "the evidence's characters are not those that were labelled")
    for entity in gold.entities:
        where = _place_name(names, entity.document, entity.start)
        if entity.end > lengths.get(entity.document, entity.end):
            yield Finding("error", "offsets", where, f"entity ends at {entity.end}, after the text")
        yield from _check_text(texts.get(entity.document), entity.start, entity.end, entity.text, where, entity.label)


def _check_text(source: str | None, start: int, end: int, text: str, where: str, name: str) -> Iterator[Finding]:
    if source is not None and source[start:end] != text:
        yield Finding("error", "offsets", where, f"{name}: {text!r} stands not at [{start}, {end})")


def _check_scopes(gold: Gold, names: Mapping[str, str]) -> Iterator[Finding]:
    for scope in gold.scopes:
        where = _place_name(names, scope.document, scope.start)
        if scope.start >= scope.end:
            yield Finding("error", "scope", where, "an empty scope")
        if "tables" in scope.covers and scope.table is None:
            yield Finding("warning", "scope", where, f"scope {scope.section!r} covers tables but names none")
    for claim in gold.claims:
        if gold.scope_of(claim) is None:
            where = _place_name(names, claim.document, claim.start)
            yield Finding("error", "scope", where, f"a {claim.kind} claim outside every scope, so it would never count")
    for entity in gold.entities:
        scopes = gold.scopes_of(entity.document, ["entities"])
        if not any(scope.start <= entity.start < scope.end for scope in scopes):
            where = _place_name(names, entity.document, entity.start)
            yield Finding("error", "scope", where, f"{entity.label} {entity.text!r} outside every entity scope")


def _check_splits(gold: Gold, names: Mapping[str, str]) -> Iterator[Finding]:
    sections: dict[tuple[str, str], set[str]] = defaultdict(set)
    for scope in gold.scopes:
        sections[scope.document, scope.section].add(scope.split or "none")
        if scope.split is None:
            yield Finding("error", "split", _place_name(names, scope.document, scope.start), "a scope without a split")
    for (document, section), splits in sorted(sections.items()):
        if len(splits) > 1:
            where = f"{names.get(document, document[:12])}, {section}"
            yield Finding("error", "split", where, f"one section in several splits: {', '.join(sorted(splits))}")
    for index, scope in enumerate(gold.scopes):
        for other in gold.scopes[index + 1 :]:
            if scope.split != other.split and _clash(scope, other):
                where = _place_name(names, other.document, other.start)
                message = f"overlaps {scope.section!r} of split {scope.split} with split {other.split}"
                yield Finding("error", "split", where, message)
    seen: dict[str, dict[str, str]] = defaultdict(dict)
    for claim in gold.claims:
        held = gold.scope_of(claim)
        if held is not None and held.split is not None and claim.evidence.sha256:
            seen[claim.evidence.sha256].setdefault(held.split, _place_name(names, claim.document, claim.start))
    for places in seen.values():
        if len(places) > 1:
            where = " and ".join(places[split] for split in sorted(places))
            yield Finding("error", "split", where, "the same sentence stands in both splits")


def _clash(scope: GoldScope, other: GoldScope) -> bool:
    """Whether two scopes label the same thing at the same place; a table inside a prose scope is its own thing."""
    apart = scope.document != other.document or scope.end <= other.start or other.end <= scope.start
    return not apart and bool(set(scope.covers) & set(other.covers))


def _check_claims(gold: Gold, names: Mapping[str, str], texts: Mapping[str, str]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for claim in gold.claims:
        where = _place_name(names, claim.document, claim.start)
        key = claim.model_dump_json(exclude={"alternatives", "optional"})
        if key in seen:
            yield Finding("error", "duplicate", where, "the same claim is labelled twice")
        seen[key] = where
        spans = sorted(claim.evidence.spans)
        if any(one[1] > other[0] for one, other in pairwise(spans)):
            yield Finding("error", "overlap", where, "evidence spans overlap")
        if claim.negated and claim.direction != "no_change":
            yield Finding("error", "direction", where, f"negated, but the direction is {claim.direction}")
        yield from _check_drug(gold, claim, where)
        yield from _check_places(claim, where)
        yield from _check_numbers(claim, where, texts.get(claim.document))


_REFERRING = frozenset(
    {"drug", "drugs", "analogs", "analogues", "compound", "compounds", "agents", "it", "they", "treatment", "therapy"}
)


def _check_drug(gold: Gold, claim: GoldClaim, where: str) -> Iterator[Finding]:
    """A drug that stands in a stretch labelled for entities must be a labelled CHEMICAL there."""
    drug = claim.intervention
    if drug.kind != "drug" or drug.start is None or drug.end is None:
        return
    if _REFERRING.intersection(drug.text.lower().split()):
        return  # "these drugs", "its analogs": the guidelines label the named substance only
    scopes = gold.scopes_of(claim.document, ["entities"])
    if not any(scope.start <= drug.start < scope.end and _looks_for(scope, "CHEMICAL") for scope in scopes):
        return
    mentions = (item for item in gold.entities if item.document == claim.document and item.label == "CHEMICAL")
    if not any(item.start < drug.end and drug.start < item.end for item in mentions):
        yield Finding("error", "drug", where, f"the claim's drug {drug.text!r} is no labelled CHEMICAL")


def _looks_for(scope: GoldScope, label: str) -> bool:
    return scope.labels is None or label in scope.labels


def _check_places(claim: GoldClaim, where: str) -> Iterator[Finding]:
    for name, item in claim_fields(claim):
        if item.start is None or item.end is None:
            continue
        start, end = item.start, item.end
        inside = any(low <= start and end <= high for low, high in claim.evidence.spans)
        if item.source in ("sentence", "row") and not inside and len(claim.evidence.spans) == 1:
            yield Finding("error", "source", where, f"{name} says {item.source} but stands outside the evidence")


def _check_numbers(claim: GoldClaim, where: str, source: str | None) -> Iterator[Finding]:
    """A number of a dose or an effect must stand in the field's own words.

    The bounds beside an effect's value are its interval, which is printed apart from it: they must stand in the
    evidence, where the text is at hand.
    """
    if claim.dose is not None:
        numbers = (claim.dose.low, claim.dose.high, *(claim.dose.values or ()))
        yield from _check_digits("dose", numbers, claim.dose.text, where)
    if claim.effect is None:
        return
    bounds = (claim.effect.low, claim.effect.high)
    if claim.effect.value is None:
        yield from _check_digits("effect", bounds, claim.effect.text, where)
        return
    yield from _check_digits("effect", (claim.effect.value,), claim.effect.text, where)
    if source is not None:
        evidence = " ".join(source[start:end] for start, end in claim.evidence.spans)
        yield from _check_digits("effect", bounds, evidence, where, told="the evidence")


def _check_digits(
    name: str, numbers: Sequence[float | None], words: str, where: str, *, told: str | None = None
) -> Iterator[Finding]:
    digits = fold_text(words, Strength.SPACING).text.replace(",", "")
    if not any(character.isdigit() for character in digits):
        return
    for number in numbers:
        if number is not None and f"{abs(number):g}" not in digits and f"{abs(number):.10g}" not in digits:
            yield Finding("warning", "number", where, f"{name} {number:g} does not stand in {told or repr(words)}")


def _check_entities(gold: Gold, names: Mapping[str, str]) -> Iterator[Finding]:
    by_label: dict[tuple[str, str], list[GoldEntity]] = defaultdict(list)
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for entity in gold.entities:
        by_label[entity.document, entity.label].append(entity)
        where = _place_name(names, entity.document, entity.start)
        labels[fold_phrase(entity.text)].setdefault(entity.label, where)
    for group in by_label.values():
        ordered = sorted(group, key=lambda item: (item.start, -item.end))
        for one, other in pairwise(ordered):
            if other.start < one.end:
                where = _place_name(names, other.document, other.start)
                yield Finding("error", "overlap", where, f"{one.text!r} and {other.text!r} overlap within {one.label}")
    for text, places in sorted(labels.items()):
        if len(places) > 1 and not _may_share(frozenset(places)):
            told = ", ".join(f"{label} at {where}" for label, where in sorted(places.items()))
            yield Finding("warning", "labels", next(iter(places.values())), f"{text!r} has several labels: {told}")


_MAY_SHARE = (
    frozenset({"DISEASE", "OUTCOME"}), frozenset({"CHEMICAL", "OUTCOME"}), frozenset({"GENE", "OUTCOME"}),
    frozenset({"POPULATION", "SEX"}), frozenset({"CHEMICAL", "GENE"}), frozenset({"AGE", "DURATION"}),
    frozenset({"POPULATION", "SEX", "SPECIES"}), frozenset({"POPULATION", "AGE"}),
)  # fmt: skip


def _may_share(labels: frozenset[str]) -> bool:
    """Whether the guidelines give these labels to the same words in the ordinary way (a disease that is measured)."""
    return any(labels <= shared for shared in _MAY_SHARE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Lint a gold file or folder; return 1 if there are errors."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.evaluation.lint", description=__doc__)
    parser.add_argument("gold", type=Path, help="gold file, or folder of them")
    parser.add_argument("--texts", type=Path, help="folder of the labelled documents, to check surface forms")
    options = parser.parse_args(arguments)
    gold = load_gold(options.gold)
    texts = {} if options.texts is None else read_sources(options.texts, gold.documents)
    findings = lint_gold(gold, texts=texts)
    for finding in findings:
        sys.stdout.write(f"{finding}\n")
    errors = sum(finding.severity == "error" for finding in findings)
    sys.stdout.write(f"{errors} errors, {len(findings) - errors} warnings\n")
    return 1 if errors else 0


if __name__ == "__main__":
    raise SystemExit(main())
