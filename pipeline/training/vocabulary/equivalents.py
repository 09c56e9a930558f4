"""Cross-references and names that the build does not bring: ``python -m pipeline.training.vocabulary.equivalents``.

Writes two files beside the packaged vocabulary. ``references.xz`` maps concepts to further MeSH records: those of whose
names most stand for the concept or one is its preferred name, and those that the training parts of BC5CDR and NCBI
Disease give the concept's names, which are often of an older MeSH. ``learned_names.tsv`` holds short names of diseases
to which those parts give a MeSH identifier and our vocabulary none; they are linked, never searched for.
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from pipeline.nlp.linking import link_mention
from pipeline.nlp.vocabulary import DATA_DIRECTORY, Vocabulary
from pipeline.nlp.vocabulary_names import fold_name
from pipeline.training.concept_corpora import read_bc5cdr_concepts, read_ncbi_concepts
from pipeline.training.vocabulary.ledger import turn_around
from pipeline.training.vocabulary.sources import MeshRecord, read_mesh, read_mesh_supplement

_CHEMICAL_TREES: Final = ("D",)
_DISEASE_TREES: Final = ("C", "F")
_NAME: Final = re.compile(r"[A-Za-z][\w'-]{3,}(?: [\w'-]+){0,3}")
_AGREEMENT: Final = 0.8
_FEWEST: Final = 2


def find_references(records: Iterable[MeshRecord], vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Yield (concept, MeSH id) where a record's names stand for a concept that lacks the id."""
    for record in records:
        terms = dict.fromkeys(fold_name(turn_around(name)) for name in (record.name, *record.terms))
        for label in _list_labels(record):
            found: Counter[str] = Counter()
            for term in terms:
                for concept in vocabulary.lookup(term, label=label)[:1]:
                    found[concept.id] += 1
            reference = f"MESH:{record.id}"
            for concept_id, count in sorted(found.items()):
                is_named = fold_name(vocabulary.name_of(concept_id) or "") in terms
                if (is_named or 2 * count > sum(found.values())) and concept_id != reference:
                    if reference not in vocabulary.references(concept_id):
                        yield concept_id, reference


def learn_names(
    marked: Iterable[tuple[str, str]], vocabulary: Vocabulary, label: str, owners: Mapping[str, set[str]]
) -> Iterator[tuple[str, str | None, str, int]]:
    """Yield (name, our concept's id, MeSH identifier, mentions) for names that the corpora link and we link otherwise.

    Args:
        marked: names as they stand, with their MeSH identifier.
        owners: MeSH identifier → the concepts that have it.
    """
    given: dict[str, Counter[str]] = defaultdict(Counter)
    for name, reference in marked:
        given[name.lower() if not name.isupper() else name][reference] += 1
    for name, references in sorted(given.items()):
        reference, count = min(references.items(), key=lambda item: (-item[1], item[0]))
        if not _NAME.fullmatch(name) or name.isupper() or count < _AGREEMENT * references.total():
            continue
        concept = link_mention(name, label, vocabulary, abbreviations={})
        if concept is None or (concept.id != reference and concept.id not in owners.get(reference, ())):
            yield name, None if concept is None else concept.id, reference, count


def _list_labels(record: MeshRecord) -> Iterator[str]:
    if not record.trees or any(tree.startswith(_CHEMICAL_TREES) for tree in record.trees):
        yield "CHEMICAL"
    if not record.trees or any(tree.startswith(_DISEASE_TREES) for tree in record.trees):
        yield "DISEASE"


def write_references(pairs: Iterable[tuple[str, str]], path: Path) -> int:
    """Write the file, one concept a line with its references; return the number of concepts."""
    grouped: dict[str, set[str]] = defaultdict(set)
    for concept, reference in pairs:
        grouped[concept].add(reference)
    lines = [f"{concept}\t{' '.join(sorted(grouped[concept]))}" for concept in sorted(grouped)]
    path.write_bytes(lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME))
    return len(lines)


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, default=Path("outputs/vocabulary-sources"))
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--output", type=Path, default=DATA_DIRECTORY)
    options = parser.parse_args()
    for name, empty in (("references.xz", lzma.compress(b"")), ("learned_names.tsv", b"")):
        (options.output / name).write_bytes(empty)
    vocabulary = Vocabulary.load()
    records = [*read_mesh(options.sources), *read_mesh_supplement(options.sources)]
    pairs = set(find_references(records, vocabulary))
    names = {f"MESH:{record.id}": turn_around(record.name) for record in records}
    owners: dict[str, set[str]] = defaultdict(set)
    for concept, reference in (*vocabulary.list_references(), *pairs):
        owners[reference].add(concept)
    rows = []
    for label, kind in (("CHEMICAL", "Chemical"), ("DISEASE", "Disease")):
        texts = list(read_bc5cdr_concepts(options.corpora / "bc5cdr", "train", kind))
        if label == "DISEASE":
            texts += read_ncbi_concepts(options.corpora / "ncbi_disease", "train")
        marked = [
            (" ".join(text.text[mention.start : mention.end].split()), mention.concepts[0])
            for text in texts
            for mention in text.mentions
            if len(mention.concepts) == 1
        ]
        for name, ours, reference, count in learn_names(marked, vocabulary, label, owners):
            if ours is not None:
                pairs.update([(ours, reference)] if count >= _FEWEST or reference not in names else ())
                continue
            if label == "CHEMICAL":
                continue  # a drug's identity is not learned from single mentions
            concept = min(owners.get(reference, {reference}))
            preferred = vocabulary.name_of(concept) or names.get(concept, name)
            rows.append(f"{label}\t{name}\t{concept}\t{preferred}")
    (options.output / "learned_names.tsv").write_text("\n".join(sorted(rows)) + "\n", encoding="utf-8")
    print("learned names", len(rows))
    print("concepts with further references", write_references(pairs, options.output / "references.xz"))


if __name__ == "__main__":
    main()
