"""Diseases, signs and symptoms: MONDO, with the terms of DOID and MeSH laid over it by their cross-references."""

import re
from pathlib import Path
from typing import Any

from pipeline.nlp.vocabulary_names import fold_name
from pipeline.nlp.vocabulary_store import CASED, LINK_ONLY
from pipeline.training.vocabulary.ledger import Ledger, turn_around
from pipeline.training.vocabulary.sources import MeshRecord, read_mesh, read_ontology

DISEASE_TREES = ("C", "F03", "F01.145.126", "G07.690.773.937", "F01.700")
NOT_DISEASES = ("C22",)
_SUSCEPTIBILITY = re.compile(r"susceptib|, autosomal|\btype [A-Z0-9]{3,}|non-human|\bobsolete\b", re.I)


def add_diseases(ledger: Ledger, directory: Path) -> None:
    """Add every disease of the sources to the ledger."""
    owners: dict[str, str] = {}
    for record in read_ontology(directory, "mondo"):
        if _SUSCEPTIBILITY.search(record["name"]):
            continue
        concept = f"MONDO:{record['id']}"
        ledger.add_concept(concept, record["name"], references=_read_references(record))
        for reference in _read_references(record):
            owners.setdefault(reference, concept)
        _add_names(ledger, [record["name"]], concept=concept, rank=0)
        _add_names(ledger, record.get("synonyms", []), concept=concept, rank=4, is_loose=True)
        owners.setdefault(fold_name(record["name"]), concept)
    for record in read_ontology(directory, "doid"):
        concept = owners.get(record["id"]) or owners.get(fold_name(record["name"]), record["id"])
        ledger.add_concept(concept, record["name"], references=(record["id"],))
        _add_names(ledger, [record["name"]], concept=concept, rank=2)
        _add_names(ledger, record.get("synonyms", []), concept=concept, rank=5, is_loose=True)
    for descriptor in read_mesh(directory):
        if _is_disease(descriptor):
            _add_descriptor(ledger, descriptor, owners)


def _add_descriptor(ledger: Ledger, record: MeshRecord, owners: dict[str, str]) -> None:
    name = turn_around(record.name)
    concept = (
        owners.get(f"MESH:{record.id}")
        or owners.get(fold_name(name))
        or next((owners[key] for key in map(fold_name, record.terms) if key in owners), f"MESH:{record.id}")
    )
    ledger.add_concept(concept, name[:1].lower() + name[1:], references=(f"MESH:{record.id}",))
    _add_names(ledger, [name], concept=concept, rank=1)
    terms = [term for term in record.terms if ", " not in term]
    _add_names(ledger, terms, concept=concept, rank=3)
    _add_names(ledger, [turn_around(term) for term in record.terms if ", " in term], concept=concept, rank=6)


def _add_names(ledger: Ledger, names: list[str], *, concept: str, rank: int, is_loose: bool = False) -> None:
    """Claim names; loose ones come from a list without capitals, where a short word is likely an acronym."""
    for name in names:
        written = turn_around(name) if re.search(r", (type|familial|acute|chronic|primary)\b", name, re.I) else name
        if ", " in written or "[" in written:
            continue
        if is_loose and _is_loose_acronym(written):
            ledger.add_name(written.upper(), label="DISEASE", concept=concept, rank=rank + 3,
                            flags=CASED | LINK_ONLY * (len(written) <= 3))  # fmt: skip
        elif _is_acronym(written):
            ledger.add_name(written, label="DISEASE", concept=concept, rank=rank, flags=CASED)
        else:
            ledger.add_name(written, label="DISEASE", concept=concept, rank=rank)
            for spelled in _spell_british(written):
                ledger.add_name(spelled, label="DISEASE", concept=concept, rank=rank + 1)


def _spell_british(name: str) -> list[str]:
    """Give the other spelling of "tumor", "anemia", "edema", … where the name has one."""
    lower = name.lower()
    pairs = (
        ("tumor", "tumour"), ("anemia", "anaemia"), ("edema", "oedema"), ("hemorrhage", "haemorrhage"),
        ("leukemia", "leukaemia"), ("diarrhea", "diarrhoea"), ("ischemia", "ischaemia"), ("esophag", "oesophag"),
        ("hypoglycemia", "hypoglycaemia"), ("hyperglycemia", "hyperglycaemia"), ("lipidemia", "lipidaemia"),
        ("hyperkalemia", "hyperkalaemia"), ("hypokalemia", "hypokalaemia"), ("hemo", "haemo"),
        ("dyskinesia", "dyskinesias"), ("disease", "disorder"),
    )  # fmt: skip
    return [lower.replace(one, other) for one, other in pairs if one in lower and other not in lower]


def _is_acronym(name: str) -> bool:
    """Whether a name counts only in its own case: short, without spaces and not in lower case."""
    return " " not in name and len(name) <= 5 and name != name.lower() and not name.istitle()


def _is_loose_acronym(name: str) -> bool:
    """Whether a synonym is a short word or holds digits: in these lists mostly an acronym or a gene's symbol."""
    return re.fullmatch(r"[A-Za-z0-9-]{2,5}", name) is not None or (
        re.fullmatch(r"[A-Za-z0-9-]{2,8}", name) is not None and re.search(r"\d", name) is not None
    )


def _is_disease(record: MeshRecord) -> bool:
    return any(tree.startswith(DISEASE_TREES) and not tree.startswith(NOT_DISEASES) for tree in record.trees)


def _read_references(record: dict[str, Any]) -> tuple[str, ...]:
    references = []
    for reference in record.get("xrefs", []):
        if reference["namespace"] in ("MESH", "DOID"):
            references.append(f"{reference['namespace']}:{reference['id'].removeprefix('DOID:')}")
    return tuple(references)
