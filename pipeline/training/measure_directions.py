"""Measure directions of effect against Evidence Inference: ``python -m pipeline.training.measure_directions``.

A prompt (intervention, comparator, outcome) is covered when a claim's evidence overlaps the annotated evidence and the
claim's outcome shares a content word with the prompt's outcome. Of several such claims the one with most shared words
is taken. "No significant difference" is ``no_change``; a claim whose significance is false counts as such.

Most prompts ask after training, surgery or devices, on which the product is rightly silent. Those whose intervention or
comparator names a substance to our own reading of the prompt's words are counted apart as drug prompts.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import tarfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.ingest.text import read_text
from pipeline.model import Claim, Mention, hash_bytes
from pipeline.nlp.language import parse_document
from pipeline.nlp.mentions import find_mentions
from pipeline.nlp.vocabulary import Vocabulary
from pipeline.run import extract
from pipeline.settings import Settings

_DIRECTIONS = {
    "significantly increased": "increase",
    "significantly decreased": "decrease",
    "no significant difference": "no_change",
}
_STOP = frozenset(
    "of the in and a to for at with on by from or after levels level rate score change mean total".split()
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """An annotated question: offsets are code points into the article's text file, end exclusive."""

    article: str
    outcome: str
    intervention: str
    comparator: str
    direction: str
    start: int
    end: int
    quote: str


def read_prompts(folder: Path) -> list[Prompt]:
    """Return the prompts whose label and reasoning were found valid, in file order, one per prompt."""
    with (folder / "prompts.csv").open(encoding="utf-8", newline="") as file:
        questions = {row["PromptID"]: row for row in csv.DictReader(file)}
    prompts: dict[str, Prompt] = {}
    with (folder / "annotations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            question = questions.get(row["PromptID"])
            valid = row["Valid Label"] == "True" and row["Valid Reasoning"] == "True"
            if question is None or not valid or row["Label"] not in _DIRECTIONS or row["PromptID"] in prompts:
                continue
            prompts[row["PromptID"]] = Prompt(
                article=f"PMC{row['PMCID']}",
                outcome=question["Outcome"],
                intervention=question["Intervention"],
                comparator=question["Comparator"],
                direction=_DIRECTIONS[row["Label"]],
                start=int(row["Evidence Start"]),
                end=int(row["Evidence End"]),
                quote=row["Annotations"],
            )
    return list(prompts.values())


def name_drugs(phrases: Iterable[str]) -> frozenset[str]:
    """Return those of some phrases that name a substance given: as a drug anywhere, or as their first word."""
    listed = list(dict.fromkeys(phrase for phrase in phrases if phrase.strip()))
    settings = Settings()
    data = "\n\n".join(f"{' '.join(phrase.split())}." for phrase in listed).encode()
    document = read_text(data, name="prompts.txt", sha256=hash_bytes(data), settings=settings)
    parse = parse_document(document, max_characters=settings.max_sentence_characters, model=settings.model)
    mentions = find_mentions(document, parse, vocabulary=Vocabulary.load())
    chemicals = [mention for mention in mentions if mention.label == "CHEMICAL"]
    found = set()
    start = 0
    for phrase in listed:
        end = start + len(" ".join(phrase.split())) + 1
        if any(_is_given(mention, start) for mention in chemicals if start <= mention.span.start < end):
            found.add(phrase)
        start = end + 2
    return frozenset(found)


def _is_given(mention: Mention, start: int) -> bool:
    return mention.role == "drug" or (mention.concept is not None and mention.span.start == start)


def choose_claim(prompt: Prompt, claims: Iterable[Claim]) -> Claim | None:
    """Return the claim that answers a prompt, ``None`` where the prompt is not covered."""
    wanted = _words(prompt.outcome)
    best: tuple[int, float] = (0, 0.0)
    chosen = None
    for claim in claims:
        if not any(span.start < prompt.end and prompt.start < span.end for span in claim.evidence.spans):
            continue
        found = _words(claim.outcome.name)
        shared = len(wanted & found)
        if shared and (shared, shared / len(found)) > best:
            best, chosen = (shared, shared / len(found)), claim
    return chosen


def direction_of(claim: Claim) -> str:
    """Return a claim's direction as the corpus would name it: not significant is no difference."""
    if claim.significance is not None and claim.significance.significant is False:
        return "no_change"
    return claim.direction


def _words(text: str) -> frozenset[str]:
    return frozenset(word.rstrip("s") for word in re.findall(r"[a-z0-9]+", text.lower()) if word not in _STOP)


def main() -> None:
    """Print coverage and accuracy with counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--articles", type=int, default=40, help="how many articles to read, by hash of their name")
    parser.add_argument("--skip", type=int, default=0, help="how many articles to leave out before")
    parser.add_argument("--errors", action="store_true", help="print wrong and missed prompts")
    options = parser.parse_args()
    folder = options.corpora / "evidence_inference"
    prompts: dict[str, list[Prompt]] = {}
    for prompt in read_prompts(folder):
        prompts.setdefault(prompt.article, []).append(prompt)
    names = sorted(prompts, key=lambda name: hash_bytes(name.encode()))[options.skip : options.skip + options.articles]
    chosen = [prompt for name in names for prompt in prompts[name]]
    drugs = name_drugs(text for prompt in chosen for text in (prompt.intervention, prompt.comparator))
    every: Counter[str] = Counter()
    of_drugs: Counter[str] = Counter()
    with tarfile.open(folder / "txt.tar.xz") as archive:
        texts = {Path(member.name).stem: member for member in archive.getmembers() if member.isfile()}
        for name in names:
            if name not in texts:
                continue
            file = archive.extractfile(texts[name])
            data = io.BytesIO(file.read() if file else b"").getvalue()
            document = read_text(data, name=name, sha256=hash_bytes(data), settings=Settings())
            claims = extract(document).claims
            every["claims"] += len(claims)
            for prompt in prompts[name]:
                about_drugs = bool({prompt.intervention, prompt.comparator} & drugs)
                claim = choose_claim(prompt, claims)
                if options.errors:
                    _show(prompt, claim, "DRUG " if about_drugs else "")
                for counts in (every, of_drugs) if about_drugs else (every,):
                    count_prompt(prompt, claim, counts)
    print(f"articles {len(names)}, claims {every['claims']}")
    print(tell_counts("all prompts", every))
    print(tell_counts("drug prompts", of_drugs))


def count_prompt(prompt: Prompt, claim: Claim | None, counts: Counter[str]) -> None:
    """Add a prompt to ``prompts``, and to ``covered`` and ``right`` where its claim earns that."""
    counts["prompts"] += 1
    counts["covered"] += claim is not None
    counts["right"] += claim is not None and direction_of(claim) == prompt.direction


def tell_counts(name: str, counts: Counter[str]) -> str:
    """Return one line of counts and rates; a rate of nothing is a dash."""
    total, covered, right = counts["prompts"], counts["covered"], counts["right"]
    rates = [
        f"{part / whole:.3f}" if whole else "-" for part, whole in ((covered, total), (right, covered), (right, total))
    ]
    return (
        f"{name}: covered {covered} of {total} ({rates[0]}), direction right {right} of {covered} ({rates[1]}), "
        f"end to end {rates[2]}"
    )


def _show(prompt: Prompt, claim: Claim | None, kind: str) -> None:
    if claim is None:
        print(f"{kind}MISSED [{prompt.intervention} | {prompt.outcome} | {prompt.direction}] {prompt.quote[:300]}")
    elif direction_of(claim) != prompt.direction:
        print(
            f"{kind}WRONG [{prompt.intervention} | {prompt.outcome} | {prompt.direction}] got {claim.outcome.name} "
            f"{claim.direction}: {claim.evidence.text[:300]}"
        )


if __name__ == "__main__":
    main()
