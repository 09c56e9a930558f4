"""Measure directions of effect against Evidence Inference: ``python -m pipeline.training.measure_directions``.

A prompt (intervention, comparator, outcome) is covered when a claim's evidence overlaps the annotated evidence and the
claim's outcome shares a content word with the prompt's outcome. Of several such claims the one with most shared words
is taken. "No significant difference" is ``no_change``; a claim whose significance is false counts as such.
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
from pipeline.model import Claim, hash_bytes
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
                direction=_DIRECTIONS[row["Label"]],
                start=int(row["Evidence Start"]),
                end=int(row["Evidence End"]),
                quote=row["Annotations"],
            )
    return list(prompts.values())


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
    counts: Counter[str] = Counter()
    with tarfile.open(folder / "txt.tar.xz") as archive:
        texts = {Path(member.name).stem: member for member in archive.getmembers() if member.isfile()}
        for name in names:
            if name not in texts:
                continue
            file = archive.extractfile(texts[name])
            data = io.BytesIO(file.read() if file else b"").getvalue()
            document = read_text(data, name=name, sha256=hash_bytes(data), settings=Settings())
            claims = extract(document).claims
            counts["claims"] += len(claims)
            for prompt in prompts[name]:
                _count(prompt, choose_claim(prompt, claims), counts, show=options.errors)
    covered = counts["covered"]
    print(f"articles {len(names)}, prompts {counts['prompts']}, claims {counts['claims']}")
    print(f"covered {covered} ({covered / max(counts['prompts'], 1):.3f})")
    print(f"direction right among covered {counts['right']}/{covered} ({counts['right'] / max(covered, 1):.3f})")
    print(f"end to end {counts['right'] / max(counts['prompts'], 1):.3f}")


def _count(prompt: Prompt, claim: Claim | None, counts: Counter[str], *, show: bool) -> None:
    counts["prompts"] += 1
    if claim is None:
        if show:
            print(f"MISSED [{prompt.intervention} | {prompt.outcome} | {prompt.direction}] {prompt.quote[:300]}")
        return
    counts["covered"] += 1
    if direction_of(claim) == prompt.direction:
        counts["right"] += 1
    elif show:
        print(
            f"WRONG [{prompt.intervention} | {prompt.outcome} | {prompt.direction}] got {claim.outcome.name} "
            f"{claim.direction}: {claim.evidence.text[:300]}"
        )


if __name__ == "__main__":
    main()
