"""Measure tables of JATS articles against hand labels: ``python -m pipeline.training.measure_tables``.

Three figures: precision, recall and F1 of the claims of result tables (``corpus/gold/tables.jsonl``); the share of
columns whose kind is right, and of tables that should give nothing and do (``data/table_labels.tsv``). The articles are
those of the corpora's folders and archives, known by their hashes. Errors are shown for development tables alone, and
of tables marked ``test`` only the totals; ``--gold corpus/gold/later_tables.jsonl`` measures sixteen more.
"""

from __future__ import annotations

import argparse
import tarfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.evaluation.gold import Gold, collect_gold, load_gold
from pipeline.evaluation.reconciliation import Evaluation, evaluate
from pipeline.evaluation.relocation import relocate_gold
from pipeline.ingest import read_bytes
from pipeline.model import Document, hash_bytes, hash_text
from pipeline.model.records import claim_record, document_record
from pipeline.nlp.vocabulary import Vocabulary
from pipeline.settings import Settings
from pipeline.tables import extract_table
from pipeline.tables.column_kinds import read_column_kinds
from pipeline.tables.extraction import read_context

CORPORA = Path("../shared/corpora")
GOLD = Path("corpus/gold/tables.jsonl")
LABELS = Path(__file__).parent / "data" / "table_labels.tsv"
_ARCHIVES = ("jats/nxml.tar.xz", "craft/articles_nxml.tar.xz")
_FOLDERS = ("pubmed_samples", "pdf_jats_pairs")


@dataclass(frozen=True, slots=True)
class TableLabel:
    """A labelled table: its place among the document's, whether it must give nothing, and its columns' right kinds."""

    place: int
    nothing: bool
    kinds: tuple[frozenset[str], ...]


def read_table_labels(path: Path = LABELS) -> dict[str, list[TableLabel]]:
    """Return the labelled tables of each document, by the first 16 hex digits of its hash."""
    labels: dict[str, list[TableLabel]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            document, place, nothing, kinds = line.split("\t")
            sets = tuple(frozenset(kind.split("|")) for kind in kinds.split())
            labels.setdefault(document, []).append(TableLabel(int(place), nothing == "nothing", sets))
    return labels


def read_articles(corpora: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the JATS articles of the corpora as (file name, bytes)."""
    for archive in _ARCHIVES:
        if (corpora / archive).is_file():
            with tarfile.open(corpora / archive) as members:
                for member in members:
                    file = members.extractfile(member) if member.name.endswith((".nxml", ".xml")) else None
                    if file is not None:
                        yield Path(member.name).name, file.read()
    for folder in _FOLDERS:
        for path in sorted((corpora / folder).rglob("*xml")):
            yield path.name, path.read_bytes()


def place_gold(gold: Gold, documents: Mapping[str, Document]) -> Gold:
    """Return the labels of the given documents, moved to today's rendition where that has changed."""
    records: list[Any] = []
    for labelled in gold.documents:
        document = documents.get(labelled.sha256)
        if document is None:
            continue
        part = collect_gold(
            [
                labelled,
                *(scope for scope in gold.scopes if scope.document == labelled.sha256),
                *(claim for claim in gold.claims if claim.document == labelled.sha256),
            ]
        )
        if hash_text(document.source) != labelled.text_sha256:
            part, lost = relocate_gold(
                part, labelled.sha256, sha256=labelled.sha256, text=document.source, name=labelled.name
            )
            if lost:
                print(f"{labelled.name}: {len(lost)} labels found no place in today's rendition")
        records.extend(part.records())
    return collect_gold(records)


@dataclass(slots=True)
class Counted:
    """Counts over the labelled tables."""

    columns: int = 0
    right: int = 0
    nothing: int = 0
    silent: int = 0


def main() -> None:
    """Print claim scores of each part, column accuracy and the share of silent tables."""
    parser = argparse.ArgumentParser(description="tables of JATS articles against hand labels")
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--gold", type=Path, action="append", help="labels of claims; may be given more than once")
    parser.add_argument("--show", action="store_true", help="show the errors of the development part")
    arguments = parser.parse_args()
    gold = collect_gold([record for path in arguments.gold or [GOLD] for record in load_gold(path).records()])
    labels, vocabulary, settings = read_table_labels(), Vocabulary.load(), Settings()
    wanted = {document.sha256 for document in gold.documents}
    documents: dict[str, Document] = {}
    claims: list[dict[str, Any]] = []
    counted = Counted()
    confused: Counter[tuple[str, str]] = Counter()
    for name, data in read_articles(arguments.corpora):
        sha256 = hash_bytes(data)
        own = labels.get(sha256[:16], [])
        if sha256 in documents or not (own or sha256 in wanted):
            continue
        document = read_bytes(data, name=name, settings=settings)
        documents[sha256] = document
        given = []
        for table in document.tables:
            found = extract_table(document, table, vocabulary=vocabulary, settings=settings)
            given.append(len(found.claims))
            claims.extend(claim_record(claim) for claim in found.claims)
        for label in own:
            if label.nothing:
                counted.nothing += 1
                counted.silent += given[label.place] == 0
                if given[label.place] and arguments.show:
                    print(f"speaks: {name} table {document.tables[label.place].number}, {given[label.place]} claims")
            context = read_context(document, document.tables[label.place], vocabulary=vocabulary)
            kinds = () if context is None else read_column_kinds(context)
            for at, right in enumerate(label.kinds):
                kind: str = kinds[at] if at < len(kinds) else "none"
                counted.columns += 1
                counted.right += kind in right
                if kind not in right:
                    confused["|".join(sorted(right)), kind] += 1
    placed = place_gold(gold, documents)
    records = [document_record(document) for document in documents.values()]
    splits = {scope.split for scope in placed.scopes}
    for split in (split for split in ("dev", "test") if split in splits):
        _print_claims(evaluate(claims, [], records, placed, split=split), split, show=arguments.show and split == "dev")
    print(f"columns right: {counted.right}/{counted.columns} = {counted.right / max(counted.columns, 1):.3f}")
    print(f"silent where nothing is to say: {counted.silent}/{counted.nothing} = "
          f"{counted.silent / max(counted.nothing, 1):.3f}")  # fmt: skip
    if arguments.show:
        for (right_kind, kind), times in confused.most_common(25):
            print(f"  {times} × {right_kind} read as {kind}")


def _print_claims(evaluation: Evaluation, split: str, *, show: bool) -> None:
    scores = evaluation.groups["table"].as_dict()
    for measure in ("claims", "triple"):
        line = scores[measure]
        print(f"{split} {measure}: precision {line['precision']}, recall {line['recall']}, F1 {line['f1']} "
              f"(tp {line['tp']}, fp {line['fp']}, fn {line['fn']})")  # fmt: skip
    if show:
        for row in evaluation.reconciliation_rows():
            if row["status"] in ("missed", "spurious", "differing") and row["kind"] == "table":
                side = "gold" if row["status"] == "missed" else "predicted"
                print(f"  {row['status']}: {row['document']} table {row['table']} row {row['row']} "
                      f"{row[f'intervention_{side}']} / {row[f'outcome_{side}']} / {row[f'direction_{side}']} "
                      f"{row['differs']}")  # fmt: skip


if __name__ == "__main__":
    main()
