"""Gold for the renditions that a run has read: labels move where the labelled file or its text is another one.

A run may hold the same paper in another format, or the labelled file as a newer reader reads it. Such a document is
known by the hashed windows at the ends of the labelled evidence: half of them stand in no other paper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from pipeline.evaluation.anchors import WINDOW, anchor_view, hash_window
from pipeline.evaluation.gold import Gold, GoldDocument, collect_gold
from pipeline.evaluation.relocation import Lost, relocate_gold
from pipeline.model.ids import hash_text

LEAST_SHARE = 0.5
"""Part of a document's labelled evidence whose first or last window must stand in a rendition of it."""
LEAST_CLAIMS = 3
"""Fewer claims than this do not identify a paper."""
MAX_UNKNOWN = 200
"""Where a run holds more unlabelled documents than this, only those with a labelled file's name are looked into."""

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Moved:
    """Labels that were moved: from which file to which, how many claims found a place, and what did not."""

    labelled: str
    rendition: str
    claims: int
    of: int
    lost: tuple[Lost, ...]

    def __str__(self) -> str:
        kinds = Counter(item.kind for item in self.lost)
        told = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        without = f"; without a place: {told}" if told else ""
        return f"{self.labelled} is scored on {self.rendition}: {self.claims} of {self.of} claims placed{without}"

    def as_dict(self) -> dict[str, Any]:
        """Return the same as plain values; ``lost`` by kind, with the offset at which each was labelled."""
        lost = [{"kind": item.kind, "start": item.start, "reason": item.reason} for item in self.lost]
        return {
            "labelled": self.labelled, "rendition": self.rendition, "claims": self.claims, "of": self.of, "lost": lost,
        }  # fmt: skip


def fit_gold(
    gold: Gold, documents: Sequence[Record], read_text: Callable[[Record], str | None]
) -> tuple[Gold, tuple[Moved, ...]]:
    """Return gold whose labels point into what a run has read, and which labels were moved for it.

    Documents whose labelled text the run holds stay as they are, and so do those of which it holds no rendition.

    Args:
        documents: records of ``documents.jsonl``.
        read_text: gives a document's source text, ``None`` where it cannot be had.
    """
    texts = {str(item["sha256"]): item for item in reversed(documents) if item.get("status") != "failed"}
    labelled = {item.sha256: item for item in gold.documents}
    astray = [
        item
        for item in gold.documents
        if item.sha256 not in texts or texts[item.sha256]["text_sha256"] != item.text_sha256
    ]
    unknown = {sha256: item for sha256, item in texts.items() if sha256 not in labelled or labelled[sha256] in astray}
    if not astray or not unknown:
        return gold, ()
    if len(unknown) > MAX_UNKNOWN:
        stems = {PurePosixPath(item.name).stem for item in astray}
        unknown = {sha256: item for sha256, item in unknown.items() if PurePosixPath(str(item["path"])).stem in stems}
    pairs = _pair_documents(gold, astray, unknown, read_text)
    moved: list[Moved] = []
    parts = [gold]
    for document, (record, text) in pairs.items():
        name = PurePosixPath(str(record["path"])).name
        part, lost = relocate_gold(gold, document.sha256, sha256=str(record["sha256"]), text=text, name=name)
        of = sum(claim.document == document.sha256 for claim in gold.claims)
        moved.append(Moved(document.name, name, len(part.claims), of, tuple(lost)))
        parts[0] = _without(parts[0], document.sha256)
        parts.append(part)
    return collect_gold(record for part in parts for record in part.records()), tuple(moved)


def _without(gold: Gold, sha256: str) -> Gold:
    return collect_gold(
        item for item in gold.records() if (item.sha256 if isinstance(item, GoldDocument) else item.document) != sha256
    )


def _pair_documents(
    gold: Gold,
    astray: Sequence[GoldDocument],
    unknown: Mapping[str, Record],
    read_text: Callable[[Record], str | None],
) -> dict[GoldDocument, tuple[Record, str]]:
    """Return, for labelled documents that the run holds in another rendition, the one that has most of the evidence."""
    ends: dict[str, list[tuple[str, str]]] = {}
    for claim in gold.claims:
        if claim.evidence.length >= WINDOW:
            ends.setdefault(claim.document, []).append((claim.evidence.head, claim.evidence.tail))
    found: list[tuple[float, str, str]] = []
    read: dict[str, str] = {}
    for sha256, record in sorted(unknown.items()):
        text = read_text(record)
        if text is None or hash_text(text) != record["text_sha256"]:
            continue
        read[sha256] = text
        windows = _hash_windows(text)
        for document in astray:
            pairs = ends.get(document.sha256, [])
            share = sum(head in windows or tail in windows for head, tail in pairs) / max(len(pairs), LEAST_CLAIMS)
            if share >= LEAST_SHARE and len(pairs) >= LEAST_CLAIMS:
                found.append((-share, document.sha256, sha256))
    by_sha = {document.sha256: document for document in astray}
    pairs_found: dict[GoldDocument, tuple[Record, str]] = {}
    taken: set[str] = set()
    for _, document_sha, sha256 in sorted(found):
        if by_sha[document_sha] not in pairs_found and sha256 not in taken:
            pairs_found[by_sha[document_sha]] = unknown[sha256], read[sha256]
            taken.add(sha256)
    return pairs_found


def _hash_windows(text: str) -> frozenset[str]:
    view = anchor_view(text).text
    return frozenset(hash_window(view[start : start + WINDOW]) for start in range(len(view) - WINDOW + 1))
