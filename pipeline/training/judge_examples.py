"""Examples for the judge: claims of today's extraction with their features, and whether labels say they are right.

Gold: the development split of ``corpus/gold`` (papers, samples, abstracts, tables). A claim that matches a label with
its direction is right, with another direction wrong; one that matches nothing in a labelled stretch is wrong, and what
the gold leaves open is no example. Weak: the corpora of ``judge_corpora``.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.accuracy import GOLD
from pipeline.errors import DocumentError
from pipeline.evaluation.gold import Gold, load_gold
from pipeline.evaluation.reconciliation import Evaluation, evaluate
from pipeline.ingest import read_bytes
from pipeline.judge import Features, Judge
from pipeline.model import Claim, Document, hash_bytes
from pipeline.model.claims import ClaimKind
from pipeline.model.records import Record, claim_record, document_record
from pipeline.run import extract
from pipeline.settings import Settings
from pipeline.training.judge_corpora import read_weak_texts
from pipeline.training.judge_parses import parse_cached
from pipeline.training.measure_abstracts import ABSTRACTS, rebuild_abstracts
from pipeline.training.measure_tables import place_gold, read_articles

SAMPLES = Path("corpus/samples")
TABLES = GOLD / "tables.jsonl"
GOLD_SOURCE = "gold"
_BINDING = re.compile(r"\b(?:drug|cause|parse|roots)\b")
_OF_BINDING = frozenset({"bc5cdr", "phee"})
"""Corpora that label harms alone: whether a claim is right there says nothing of directions and outcomes elsewhere."""


@dataclass(frozen=True, slots=True)
class Example:
    """A claim with its features and label; ``group`` is its document, ``source`` the gold or a corpus."""

    kind: ClaimKind
    source: str
    group: str
    claim_id: str
    features: Features
    right: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Recorder(Judge):
    """A judge that rates nothing and keeps what it was shown, by claim id."""

    seen: dict[str, Features] = field(default_factory=dict)

    def rate(self, claim: Claim, features: Features) -> Claim:
        """Keep the features and return the claim as it is."""
        self.seen.setdefault(claim.claim_id, features)
        return claim


@dataclass(frozen=True, slots=True)
class GoldRun:
    """The gold's documents as extracted today, without confidence; ``features`` by claim id."""

    gold: Gold
    documents: tuple[Document, ...]
    claims: tuple[Record, ...]
    features: dict[str, Features]

    def evaluate(self, split: str, *, claims: Iterable[Record] | None = None) -> Evaluation:
        """Return the evaluation of the run's claims, or of others of the same documents."""
        records = [document_record(document) for document in self.documents]
        kept = list(self.claims if claims is None else claims)
        return evaluate(kept, [], records, self.gold, split=split)


def extract_recorded(document: Document, cache: Path, *, settings: Settings) -> tuple[tuple[Claim, ...], Recorder]:
    """Return the claims of a document as ``extract`` gives them, and the features of each."""
    recorder = Recorder({})
    parse = parse_cached(document, cache, settings=settings)
    return extract(document, settings=settings, parse=parse, judge=recorder).claims, recorder


def run_gold(corpora: Path, cache: Path, *, settings: Settings, split: str | None = None) -> GoldRun:
    """Extract every document of the gold that is there: papers, samples, abstracts, articles with labelled tables.

    Args:
        split: only documents with a labelled stretch of this split.
    """
    gold = load_gold(GOLD)
    wanted = {
        document.sha256
        for document in gold.documents
        if gold.scopes_of(document.sha256, ["claims", "tables"], split=split)
    }
    in_tables = {document.sha256 for document in load_gold(TABLES).documents}
    documents: dict[str, Document] = {}
    claims: list[Record] = []
    features: dict[str, Features] = {}
    for name, data in _gold_files(corpora):
        if (sha256 := hash_bytes(data)) not in wanted or sha256 in documents:
            continue
        document = documents[sha256] = read_bytes(data, name=name, settings=settings)
        found, recorder = extract_recorded(document, cache, settings=settings)
        claims += [claim_record(item) for item in found if item.kind == "table" or document.sha256 not in in_tables]
        features |= recorder.seen
    return GoldRun(place_gold(gold, documents), tuple(documents.values()), tuple(claims), features)


def _gold_files(corpora: Path) -> Iterator[tuple[str, bytes]]:
    for folder in (corpora.parent / "corpus" / "seeds", SAMPLES):
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.suffix in (".txt", ".md", ".xml", ".pdf"):
                yield path.name, path.read_bytes()
    with tempfile.TemporaryDirectory(prefix="litclaims-judge-") as place:
        rebuild_abstracts(load_gold(ABSTRACTS), corpora, Path(place))
        for path in sorted(Path(place).iterdir()):
            yield path.name, path.read_bytes()
    yield from read_articles(corpora)


def gold_examples(run: GoldRun, split: str) -> list[Example]:
    """Return the judged claims of a split; one that may rightly be absent counts half."""
    evaluation = run.evaluate(split)
    names = evaluation.names
    examples = []

    def add(origin: int, document: str, right: bool, weight: float) -> None:
        claim = run.claims[origin]
        seen = run.features[str(claim["claim_id"])]
        group = names.get(document, document)
        examples.append(Example(claim["kind"], GOLD_SOURCE, group, str(claim["claim_id"]), seen, right, weight))

    for pair in evaluation.matching.pairs:
        right = pair.predicted_reading.get("direction") == pair.gold_reading.get("direction")
        add(pair.predicted.origin, pair.gold.document, right, 1.0 if pair.counted else 0.5)
    for item in evaluation.matching.spurious:
        if not item.optional:
            add(item.origin, item.document, False, 1.0)
    return sorted(examples, key=lambda item: (item.group, item.claim_id))


def weak_examples(
    corpora: Path, cache: Path, *, articles: int, without: frozenset[str], settings: Settings
) -> list[Example]:
    """Return the claims of the corpora that a label says something of.

    Args:
        articles: how many articles of Evidence Inference to read.
        without: words of texts that the gold holds, folded by ``fold_text``; they stay out.
    """
    examples = []
    for text in read_weak_texts(corpora, articles=articles):
        if fold_text(text.data) in without:
            continue
        try:
            document = read_bytes(text.data, name=f"{text.group}.txt", settings=settings)
        except DocumentError:
            continue
        claims, recorder = extract_recorded(document, cache, settings=settings)
        for claim in claims:
            verdict = text.judge(claim) if claim.kind == "prose" and claim.certainty != "hypothesis" else None
            if verdict is not None:
                seen = recorder.seen[claim.claim_id]
                if text.corpus in _OF_BINDING:
                    seen = {name: value for name, value in seen.items() if _BINDING.search(name)}
                examples.append(
                    Example("prose", text.corpus, text.group, claim.claim_id, seen, verdict.right, verdict.weight)
                )
    return examples


def fold_text(data: bytes) -> str:
    """Return a text's letters and digits in lower case, by which a copy is known."""
    return "".join(character for character in data.decode("utf-8", "replace").lower() if character.isalnum())
