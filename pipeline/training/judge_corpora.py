"""Public corpora as weak judges of claims: documents, and what their labels say of a claim found in them.

Evidence Inference knows which way an outcome went between two interventions, BC5CDR which chemical induces which
disease in an abstract, PHEE which drug had which adverse effect in a sentence, TrialSieve which drugs, endpoints and p
values a trial reports. None was made for our claims, so that a label counts less than one of the gold, and a claim of
which a corpus says nothing has none.
"""

from __future__ import annotations

import csv
import json
import re
import tarfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.model import Claim, hash_bytes
from pipeline.training.mention_corpora import split_pubtator

_EFFECTS = {
    "significantly increased": "increase",
    "significantly increase": "increase",
    "significantly decreased": "decrease",
    "no significant difference": "no_change",
}
_P_VALUE = re.compile(r"\bp\s*(?P<relation>[<>=≤≥]|less than|greater than)?\s*(?P<p>[01]?\.\d+)", re.IGNORECASE)
_P_LIMIT = 0.05
_STOP = frozenset(
    "of the in and a to for at with on by from or after levels level rate score change mean total mg day group".split()
)
_OPPOSITE = {"increase": "decrease", "decrease": "increase", "no_change": "no_change"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a label says of a claim: whether it is right, and how much the label counts beside one of the gold."""

    right: bool
    weight: float


Judge = Callable[[Claim], Verdict | None]


@dataclass(frozen=True, slots=True)
class JudgedText:
    """A text of a corpus: ``group`` names its document for cross-validation, ``judge`` what its labels say."""

    corpus: str
    group: str
    data: bytes
    judge: Judge


def read_weak_texts(corpora: Path, *, articles: int) -> Iterator[JudgedText]:
    """Yield the texts of all four corpora; of the articles of Evidence Inference the first by hash of their name."""
    yield from read_induced_diseases(corpora / "bc5cdr")
    yield from read_adverse_events(corpora / "phee")
    yield from read_trial_abstracts(corpora / "trialsieve")
    yield from read_trial_articles(corpora / "evidence_inference", articles=articles)


def read_induced_diseases(folder: Path) -> Iterator[JudgedText]:
    """Yield BC5CDR's abstracts of the training and development parts."""
    for path in sorted(folder.glob("*.PubTator.txt")):
        for block in split_pubtator(path.read_text(encoding="utf-8")):
            places: dict[str, list[tuple[int, int, str]]] = {"Chemical": [], "Disease": []}
            induced: set[tuple[str, str]] = set()
            for cells in block.rows:
                if len(cells) >= 6 and cells[4] in places:
                    shift = 1 if int(cells[1]) > len(block.title) else 0
                    for concept in cells[5].split("|"):
                        places[cells[4]].append((int(cells[1]) + shift, int(cells[2]) + shift, concept))
                elif len(cells) == 4 and cells[1] == "CID":
                    induced.add((cells[2], cells[3]))
            data = f"{block.title}\n\n{block.abstract}\n".encode()
            yield JudgedText("bc5cdr", f"bc5cdr/{block.key}", data, _judge_induced(places, induced))


def _judge_induced(places: dict[str, list[tuple[int, int, str]]], induced: set[tuple[str, str]]) -> Judge:
    def judge(claim: Claim) -> Verdict | None:
        drugs = _at(places["Chemical"], claim.intervention.start, claim.intervention.end)
        diseases = _at(places["Disease"], claim.outcome.start, claim.outcome.end)
        if claim.direction != "increase" or not drugs or not diseases:
            return None
        if any((drug, disease) in induced for drug in drugs for disease in diseases):
            return Verdict(True, 0.3)
        return Verdict(False, 0.2)

    return judge


def _at(places: list[tuple[int, int, str]], start: int | None, end: int | None) -> set[str]:
    """Return the concepts of the places that share at least half of the characters of ``[start, end)``."""
    if start is None or end is None:
        return set()
    return {
        concept
        for first, last, concept in places
        if 2 * (min(end, last) - max(start, first)) >= end - start and concept != "-1"
    }


def read_adverse_events(folder: Path) -> Iterator[JudgedText]:
    """Yield PHEE's sentences, those of one report together, each a paragraph of its own."""
    reports: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(folder.glob("*.json")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            reports.setdefault(str(row["id"]).partition("_")[0], []).append(row)
    for name, rows in reports.items():
        text = ""
        events: list[tuple[list[tuple[int, int]], list[tuple[int, int]], bool, str]] = []
        for row in rows:
            for annotation in row["annotations"]:
                for event in annotation["events"]:
                    drugs = _spans(event.get("Treatment", {}).get("Drug"), len(text))
                    effects = _spans(event.get("Effect"), len(text))
                    events.append((drugs, effects, "Negated" in event, event["event_type"]))
            text += row["context"] + "\n\n"
        yield JudgedText("phee", f"phee/{name}", text.encode(), _judge_events(events))


def _spans(argument: Any, shift: int) -> list[tuple[int, int]]:
    if not argument:
        return []
    return [
        (start + shift, start + shift + len(words))
        for texts, starts in zip(argument["text"], argument["start"], strict=True)
        for words, start in zip(texts, starts, strict=True)
    ]


def _judge_events(events: list[tuple[list[tuple[int, int]], list[tuple[int, int]], bool, str]]) -> Judge:
    def judge(claim: Claim) -> Verdict | None:
        found: Verdict | None = None
        for drugs, effects, negated, kind in events:
            if kind != "Adverse_event" or not _touch(effects, claim.outcome.start, claim.outcome.end):
                continue
            if _touch(drugs, claim.intervention.start, claim.intervention.end):
                if claim.direction not in ("increase", "no_change"):
                    return None  # what else it did to the effect is not labelled
                return Verdict(claim.direction == ("no_change" if negated else "increase"), 0.3)
            found = Verdict(False, 0.15) if drugs and claim.direction == "increase" else found
        return found

    return judge


def read_trial_abstracts(folder: Path) -> Iterator[JudgedText]:
    """Yield TrialSieve's abstracts that label a drug and an endpoint."""
    for row in json.loads((folder / "trialsieve_train_validation.json").read_text(encoding="utf-8")):
        places: dict[str, list[tuple[int, int]]] = {}
        texts: dict[str, list[str]] = {}
        # The file that is read has an empty line after the title, where the corpus has the end of a line.
        title = row["text"].find("\n")
        for span in row["spans"]:
            shift = int(0 <= title < span["start"])
            places.setdefault(span["tag"], []).append((span["start"] + shift, span["end"] + shift))
            texts.setdefault(span["tag"], []).append(span["text"])
        ends = [*places.get("Outcome (Study Endpoint)", ()), *places.get("Side Effects", ())]
        drugs = frozenset().union(*map(words_of, texts.get("Drug Intervention", ())))
        if ends and drugs:
            stated = list(
                zip(places.get("Statistical Significance", ()), texts.get("Statistical Significance", ()), strict=True)
            )
            data = row["text"].replace("\n", "\n\n", 1).encode()
            yield JudgedText("trialsieve", f"trialsieve/{row['pmid']}", data, _judge_trial(ends, drugs, stated))


def _judge_trial(
    ends: list[tuple[int, int]], drugs: frozenset[str], stated: list[tuple[tuple[int, int], str]]
) -> Judge:
    """Judge by the endpoint and drug labelled, and by the one p value of the sentence, where there is one."""

    def judge(claim: Claim) -> Verdict | None:
        if not _touch(ends, claim.outcome.start, claim.outcome.end):
            return None
        if not drugs & words_of(f"{claim.intervention.name} {claim.intervention.text}"):
            return None
        inside = [
            differs
            for (start, end), text in stated
            if any(span.start <= start and end <= span.end for span in claim.evidence.spans)
            and (differs := _differs(text)) is not None
        ]
        if len(inside) != 1:
            return Verdict(True, 0.1)
        return Verdict(inside[0] == (claim.direction != "no_change"), 0.2)

    return judge


def _differs(text: str) -> bool | None:
    """Return whether a p value as labelled states a difference; ``None`` where it cannot be told."""
    match = _P_VALUE.search(text)
    if match is None:
        return None
    p = float(match["p"])
    if match["relation"] in (">", "≥", "greater than"):
        return False if p >= _P_LIMIT else None
    return p <= _P_LIMIT


def _touch(spans: list[tuple[int, int]], start: int | None, end: int | None) -> bool:
    if start is None or end is None:
        return False
    return any(2 * (min(end, last) - max(start, first)) >= min(end - start, last - first) for first, last in spans)


def read_trial_articles(folder: Path, *, articles: int) -> Iterator[JudgedText]:
    """Yield what Evidence Inference's articles say of their prompts: title, headings, paragraphs of evidence."""
    with (folder / "prompts.csv").open(encoding="utf-8", newline="") as file:
        questions = {row["PromptID"]: row for row in csv.DictReader(file)}
    answers: dict[str, list[Answer]] = {}
    with (folder / "annotations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            valid = row["Valid Label"] == "True" and row["Valid Reasoning"] == "True"
            if row["PromptID"] in questions and valid and row["Label"] in _EFFECTS:
                place = int(row["Evidence Start"]), int(row["Evidence End"])
                answer = Answer(*place, questions[row["PromptID"]], _EFFECTS[row["Label"]])
                answers.setdefault(f"PMC{row['PMCID']}", []).append(answer)
    chosen = set(sorted(answers, key=lambda name: hash_bytes(name.encode()))[:articles])
    with tarfile.open(folder / "txt.tar.xz") as archive:
        for member in archive:
            name = Path(member.name).stem
            file_ = archive.extractfile(member) if member.isfile() and name in chosen else None
            if file_ is not None:
                text, moved = shorten_article(file_.read().decode("utf-8"), answers[name])
                group = f"evidence_inference/{name}"
                yield JudgedText("evidence_inference", group, text.encode(), _judge_answers(moved))


@dataclass(frozen=True, slots=True)
class Answer:
    """Where an answer's evidence stands, its question (by the columns of ``prompts.csv``) and the direction."""

    start: int
    end: int
    question: Mapping[str, str]
    direction: str


def shorten_article(text: str, answers: Sequence[Answer]) -> tuple[str, list[Answer]]:
    """Return the title, headings and paragraphs that hold evidence, and the answers moved to their new places.

    An answer whose evidence runs over a paragraph's end is left out.
    """
    kept = ""
    moved: list[Answer] = []
    for block in re.finditer(r"(?:.+\n?)+", text):
        title = block[0].startswith("TITLE")
        heading = ""
        for line in re.finditer(r".+", block[0]):
            start, end = block.start() + line.start(), block.start() + line.end()
            inside = [answer for answer in answers if start <= answer.start and answer.end <= end]
            if not line.start() and line[0].rstrip().endswith(":"):
                heading = line[0] + "\n\n"
            elif title or inside:
                kept, heading = kept + heading, ""
                shift = len(kept) - start
                moved += [replace(answer, start=answer.start + shift, end=answer.end + shift) for answer in inside]
                kept += line[0] + "\n\n"
    return kept, moved


def _judge_answers(answers: Sequence[Answer]) -> Judge:
    def judge(claim: Claim) -> Verdict | None:
        direction = claim.direction
        if claim.significance is not None and claim.significance.significant is False:
            direction = "no_change"
        verdicts: set[bool] = set()
        for answer in answers:
            if not any(span.start < answer.end and answer.start < span.end for span in claim.evidence.spans):
                continue
            question, effect = answer.question, answer.direction
            wanted, found = words_of(question["Outcome"]), words_of(claim.outcome.name)
            shared = len(wanted & found)
            if not shared or 2 * shared < min(len(wanted), len(found)):
                continue
            drug = words_of(f"{claim.intervention.name} {claim.intervention.text}")
            first, second = drug & words_of(question["Intervention"]), drug & words_of(question["Comparator"])
            if first and not second:
                verdicts.add(direction == effect)
            elif second and not first and claim.comparator is not None:
                verdicts.add(direction == _OPPOSITE[effect])
        return Verdict(True in verdicts, 0.4) if verdicts else None

    return judge


def words_of(text: str) -> frozenset[str]:
    """Return the content words of a phrase, lower case, without plural s."""
    return frozenset(word.rstrip("s") for word in re.findall(r"[a-z0-9]+", text.lower()) if word not in _STOP)
