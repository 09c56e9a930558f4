"""Measure what becomes of claims when their drug is new: ``python -m pipeline.training.measure_new_names``.

In abstracts of TrialSieve and BC5CDR that carry no labels of ours, by the sha256 of their text, the drug with most
claims is called by an invented name instead: of a nonproprietary form, a code, a brand, an extract, a short form, or a
word that looks like nothing. A claim is kept when it is still there, of that drug, in the same direction, and for the
same outcome.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pipeline.ingest.text import read_text
from pipeline.model import Claim, hash_bytes
from pipeline.run import extract
from pipeline.settings import Settings
from pipeline.training.measure_abstracts import ABSTRACTS, read_texts, rebuild_abstract
from pipeline.training.records import DEFAULT_CORPORA

NAMES: Final = {
    "nonproprietary": ("zelutamib", "morvastrel", "tipracetol", "quexatinib"),
    "code": ("KX-2113", "ZR4471", "TNV-88"),
    "brand": ("Zorbivan", "Neurolax®", "Calmexin"),
    "extract": ("Fictus robusta extract", "aqueous extract of Fictus robusta", "Zorbel leaf extract"),
    "short form": ("FRZ", "QTP", "ZLB"),
    "plain word": ("morvin", "zortol", "tepran", "lucin"),
}
_REPLACED: Final = re.compile(r"[A-Za-z][a-z]{4,}[a-rt-z]")
_SAME_OUTCOME: Final = 12


def rename_drug(text: str, drug: str, name: str) -> str:
    """Return the text with a drug called by another name, whatever the case of its letters."""
    return re.sub(rf"\b{re.escape(drug)}\b", lambda _: name, text, flags=re.IGNORECASE)


def choose_drug(claims: tuple[Claim, ...]) -> str | None:
    """Return the drug of one word with most claims in its own sentence, ``None`` where no drug has two."""
    names = Counter(
        claim.intervention.text.lower()
        for claim in claims
        if claim.intervention.source == "sentence" and _REPLACED.fullmatch(claim.intervention.text)
    )
    name, count = max(names.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return name if count > 1 else None


def count_kept(before: tuple[Claim, ...], after: tuple[Claim, ...], drug: str, name: str) -> tuple[int, int]:
    """Return how many claims of a drug are there under its new name, and how many there were."""
    had = Counter(_key(claim) for claim in before if claim.intervention.text.lower() == drug)
    written = name.lower()
    has = Counter(
        _key(claim)
        for claim in after
        if written in claim.intervention.text.lower() or claim.intervention.text.lower() in written
    )
    return sum((had & has).values()), sum(had.values())


def _key(claim: Claim) -> tuple[str, str]:
    return claim.direction, claim.outcome.text.lower()[:_SAME_OUTCOME]


def _read_claims(text: str) -> tuple[Claim, ...]:
    data = text.encode()
    return extract(read_text(data, name="abstract.txt", sha256=hash_bytes(data), settings=Settings())).claims


def _texts(corpora: Path) -> Iterator[str]:
    labelled = "".join(path.read_text(encoding="utf-8") for path in sorted(ABSTRACTS.parent.glob("*abstracts.jsonl")))
    files = sorted({rebuild_abstract(text) for text in read_texts(corpora)}, key=hash_bytes)
    yield from (data.decode() for data in files if hash_bytes(data) not in labelled)


def main() -> None:
    """Print the share of claims kept, by kind of name."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=DEFAULT_CORPORA)
    parser.add_argument("--abstracts", type=int, default=60, help="how many abstracts to read")
    options = parser.parse_args()
    counts = {kind: [0, 0] for kind in NAMES}
    read = 0
    for text in _texts(options.corpora):
        if read == options.abstracts:
            break
        before = _read_claims(text)
        drug = choose_drug(before)
        if drug is None:
            continue
        read += 1
        for kind, names in NAMES.items():
            name = random.Random(text).choice(names)
            kept, there = count_kept(before, _read_claims(rename_drug(text, drug, name)), drug, name)
            counts[kind][0] += kept
            counts[kind][1] += there
    print(f"abstracts {read}")
    for kind, (kept, there) in counts.items():
        print(f"{kind}: {kept} of {there} claims kept ({kept / max(there, 1):.2f})")


if __name__ == "__main__":
    main()
