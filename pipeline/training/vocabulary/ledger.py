"""Gathering names and concepts from several vocabularies, and settling which concept a name stands for."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.nlp.vocabulary_names import fold_name, segment_name
from pipeline.nlp.vocabulary_store import (
    AMBIGUOUS,
    CASED,
    CODE,
    GENE_LIKE,
    LABELS,
    LINK_ONLY,
    LONGEST_NAME,
    pack_posting,
    write_vocabulary,
)

LONGEST_CHARACTERS = 60
_LABEL_PLACES = {label: place for place, label in enumerate(LABELS)}


@dataclass(slots=True)
class Ledger:
    """Names claimed by concepts, each with a rank (lower is better) and flags."""

    blocked: frozenset[tuple[str, str]]
    common_words: frozenset[str]
    concepts: dict[str, str] = field(default_factory=dict)
    references: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    claims: dict[tuple[str, str], dict[str, tuple[int, int]]] = field(default_factory=lambda: defaultdict(dict))

    def add_concept(self, identifier: str, name: str, *, references: tuple[str, ...] = ()) -> None:
        """Register a concept; the first preferred name stays."""
        self.concepts.setdefault(identifier, name)
        self.references[identifier].update(references)

    def add_name(self, name: str, *, label: str, concept: str, rank: int, flags: int = 0) -> None:
        """Claim a name for a concept, unless the policy for names drops it."""
        key = segment_name(name) if flags & CASED else fold_name(name)
        if not is_plausible(name, key):
            return
        if (label, key.lower()) in self.blocked:
            flags |= LINK_ONLY
        if " " not in key and key.lower() in self.common_words:
            flags |= LINK_ONLY
        held = self.claims[(key, label)].get(concept)
        claim = (rank, flags)
        if held is None or claim < held:
            self.claims[(key, label)][concept] = claim

    def holds(self, name: str, *, label: str) -> bool:
        """Whether some concept claims this name, in any case."""
        return (fold_name(name), label) in self.claims

    def write(self, path: Path) -> dict[str, int]:
        """Settle each name and write the file.

        Returns: the number of names per label, and of concepts.
        """
        settled: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
        for (key, label), claims in self.claims.items():
            concept, (_, flags) = min(claims.items(), key=lambda item: (item[1], item[0]))
            settled[key][label] = (concept, flags)
        used = sorted({concept for labels in settled.values() for concept, _ in labels.values()})
        places = {concept: place for place, concept in enumerate(used)}
        names: dict[str, list[int]] = {}
        counts: dict[str, int] = defaultdict(int)
        for key, labels in settled.items():
            shared = AMBIGUOUS if len(labels) > 1 else 0
            names[key] = []
            for label in sorted(labels, key=_LABEL_PLACES.__getitem__):
                concept, flags = labels[label]
                if label == "CHEMICAL" and "GENE" in labels:
                    flags |= GENE_LIKE
                if label != "GENE" and flags & (CASED | CODE) and self._is_symbol(settled, key):
                    flags |= LINK_ONLY
                names[key].append(pack_posting(places[concept], _LABEL_PLACES[label], flags | shared))
                counts[label] += 1
        write_vocabulary(
            path,
            names=names,
            concepts=[
                (concept, self.concepts[concept], " ".join(sorted(self.references.get(concept, ()))))
                for concept in used
            ],
        )
        return {**{label: counts[label] for label in sorted(counts)}, "concepts": len(used)}

    @staticmethod
    def _is_symbol(settled: dict[str, dict[str, tuple[str, int]]], key: str) -> bool:
        """Whether a short name or code is also a gene's symbol that is searched for."""
        held = settled.get(key.upper(), {}).get("GENE")
        return held is not None and not held[1] & LINK_ONLY


def is_plausible(name: str, key: str) -> bool:
    """Whether a name could stand in a paper's running text: three characters or more, no systematic monster."""
    letters = sum(character.isalpha() for character in key)
    return (
        len(key.replace(" ", "")) >= 3
        and letters >= 1
        and len(name) <= LONGEST_CHARACTERS
        and key.count(" ") < LONGEST_NAME
        and ";" not in name
    )


def turn_around(name: str) -> str:
    """Undo the inversion of an indexed name: "Diabetes Mellitus, Type 2" is "Type 2 Diabetes Mellitus".

    A comma without a space after it ("2,4-dinitrophenol") is no inversion.
    """
    parts = [part.strip() for part in name.split(", ")]
    if len(parts) == 1:
        return name
    return " ".join(reversed(parts)).replace("- ", "-")


def read_words(path: Path) -> frozenset[str]:
    """Read a file of one word a line; lines that begin with "#" are comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def read_blocked(path: Path) -> frozenset[tuple[str, str]]:
    """Read names that are linked but never searched for: a label, a tab and a name on each line."""
    pairs = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            label, name = line.split("\t")
            pairs.add((label, fold_name(name)))
    return frozenset(pairs)
