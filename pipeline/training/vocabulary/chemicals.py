"""Drugs and chemicals: UNII substances, with MeSH's terms and ChEBI's names laid over them."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.nlp.vocabulary_names import fold_name
from pipeline.nlp.vocabulary_store import CAPITAL, CASED, CLASS, CODE, ENDOGENOUS, LINK_ONLY
from pipeline.training.vocabulary.chemicals_lexicon import (
    ANY_CODE,
    ELEMENTS,
    ENDOGENOUS_TREES,
    KNOWN_TAGS,
    MATERIAL,
    NO_CODE,
    NO_NAME,
    RESEARCH_CODE,
    SALTS,
    SUBSTANCE_TREES,
)
from pipeline.training.vocabulary.ledger import Ledger, turn_around
from pipeline.training.vocabulary.sources import (
    MeshRecord,
    read_english,
    read_mesh,
    read_mesh_supplement,
    read_ontology,
    read_unii,
)

# Substances of ChEBI that no list of drugs has are linked, not searched for, if their names have fewer gaps.
LONGEST_LOOSE = 3
_TAG = re.compile(r" \[([^\]]+)\]$")
_NAME_RANKS = {"of": 1, "cn": 3, "bn": 4, "cd": 5}


@dataclass(slots=True)
class Substance:
    """A UNII substance: its display name and (name, kind) pairs, with the tags of the lists that know it."""

    unii: str
    display: str
    names: dict[str, str] = field(default_factory=dict)
    tags: set[str] = field(default_factory=set)


def add_chemicals(ledger: Ledger, directory: Path) -> None:
    """Add every drug and chemical of the sources to the ledger."""
    descriptors = [record for record in read_mesh(directory) if _stands_under(record, SUBSTANCE_TREES)]
    supplement = list(read_mesh_supplement(directory))
    chebi = [(str(record["id"]), str(record["name"])) for record in read_ontology(directory, "chebi")]
    known = {fold_name(record.name) for record in (*descriptors, *supplement)}
    terms = {fold_name(term) for record in (*descriptors, *supplement) for term in (record.name, *record.terms)}
    chebi_names = {fold_name(name) for _, name in chebi}
    terms |= chebi_names
    english = read_english(directory)
    known |= chebi_names
    substances = [substance for substance in _read_substances(directory) if _is_wanted(substance, known)]
    parents = _find_parents(substances)
    owners = _find_owners(substances, parents)
    for substance in substances:
        _add_substance(ledger, substance, parent=parents.get(substance.unii, substance.unii), terms=terms,
                       english=english)  # fmt: skip
    for substance in substances:
        if substance.unii not in parents:
            ledger.add_concept(f"UNII:{substance.unii}", write_preferred(substance.display))
    for record in descriptors:
        _add_descriptor(ledger, record, owners)
    for record in supplement:
        owner = owners.get(fold_name(record.name))
        if owner is not None:
            _add_terms(ledger, record, concept=f"UNII:{owner}", flags=0)
            ledger.references[f"UNII:{owner}"].add(f"MESH:{record.id}")
    for identifier, name in chebi:
        owner = owners.get(fold_name(name))
        if owner is not None:
            ledger.references[f"UNII:{owner}"].add(identifier)
        elif fold_name(name).count(" ") < LONGEST_LOOSE and not ledger.holds(name, label="CHEMICAL"):
            ledger.add_concept(identifier, name)
            ledger.add_name(name, label="CHEMICAL", concept=identifier, rank=9, flags=LINK_ONLY)


def write_preferred(display: str) -> str:
    """Turn a display name in capitals into the form of running text: lower case unless it is a code."""
    name = turn_around(display.replace(".ALPHA.", "alpha").replace(".BETA.", "beta").replace(".GAMMA.", "gamma"))
    name = re.sub(r"\.(DELTA|OMEGA|KAPPA|EPSILON|LAMBDA|MU|TAU)\.", lambda match: match.group(1).lower(), name)
    if RESEARCH_CODE.fullmatch(name):
        return name
    lower = name.lower()
    lower = re.sub(r"(?<![a-z])[nrsdlezo](?=-|\))", lambda match: match.group().upper(), lower)
    return re.sub(r"\b(vitamin|coenzyme|factor|toxin) ([a-z]\d*)\b", lambda m: f"{m[1]} {m[2].upper()}", lower)


def _read_substances(directory: Path) -> list[Substance]:
    substances: dict[str, Substance] = {}
    for row in read_unii(directory):
        substance = substances.setdefault(row.unii, Substance(row.unii, row.display))
        name, kind = row.name, row.kind
        tag = _TAG.search(name)
        if tag is not None:
            substance.tags.add(tag.group(1))
            name = name[: tag.start()]
        if NO_NAME.search(name):
            continue
        held = substance.names.get(name)
        if held is None or _NAME_RANKS.get(kind, 9) < _NAME_RANKS.get(held, 9):
            substance.names[name] = kind
    return [substances[unii] for unii in sorted(substances)]


def _is_wanted(substance: Substance, known: set[str]) -> bool:
    """Whether papers are likely to name it: a list of drugs knows it, or it has a brand, a code or a record."""
    if MATERIAL.search(substance.display):
        return False
    return (
        bool(substance.tags & KNOWN_TAGS)
        or "bn" in substance.names.values()
        or fold_name(turn_around(substance.display)) in known
        or any(RESEARCH_CODE.fullmatch(name) for name in substance.names)
    )


def _find_parents(substances: list[Substance]) -> dict[str, str]:
    """Map salts, hydrates and ions to the substance they carry: "METFORMIN HYDROCHLORIDE" to metformin."""
    by_name: dict[str, str] = {}
    for rank in ("display", "of", "cn"):
        for substance in substances:
            names = [substance.display] if rank == "display" else substance.names
            for name in names:
                if rank == "display" or substance.names[name] == rank:
                    by_name.setdefault(name, substance.unii)
    parents = {}
    for substance in substances:
        base = _strip_salt(substance.display)
        parent = by_name.get(base)
        if base != substance.display and parent is not None and parent != substance.unii:
            parents[substance.unii] = parent
    return {unii: _follow(unii, parents) for unii in parents}


def _strip_salt(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[-1].rstrip(",") in SALTS:
        words.pop()
    base = " ".join(words)
    return name if base in ELEMENTS or len(base) < 4 else base


def _follow(unii: str, parents: dict[str, str]) -> str:
    seen = {unii}
    while unii in parents and parents[unii] not in seen:
        unii = parents[unii]
        seen.add(unii)
    return unii


def _find_owners(substances: list[Substance], parents: dict[str, str]) -> dict[str, str]:
    """Map each folded name to the substance that holds it best, through its parent."""
    best: dict[str, tuple[int, int, str]] = {}
    for substance in substances:
        for name, kind in {**substance.names, substance.display: "display"}.items():
            rank = 0 if kind == "display" else _NAME_RANKS.get(kind, 9)
            if kind in ("cd", "sys"):
                continue
            claim = (rank, substance.unii in parents, substance.unii)
            key = fold_name(turn_around(name))
            if key not in best or claim < best[key]:
                best[key] = claim
    return {key: parents.get(unii, unii) for key, (_, _, unii) in best.items()}


def _add_substance(
    ledger: Ledger, substance: Substance, *, parent: str, terms: set[str], english: frozenset[str]
) -> None:
    concept = f"UNII:{parent}"
    grouped = parent != substance.unii
    for name, kind in {**substance.names, substance.display: "display"}.items():
        written = turn_around(name)
        key = fold_name(written)
        rank = (0 if kind == "display" else _NAME_RANKS.get(kind, 9)) * 2 + grouped
        flags = 0
        if kind == "sys" and key not in terms:
            continue
        if ANY_CODE.fullmatch(name):
            if not RESEARCH_CODE.fullmatch(name) or NO_CODE.fullmatch(name):
                if key not in terms:
                    continue
                flags = LINK_ONLY
            else:
                flags = CODE
        elif kind == "cd":
            continue
        elif kind == "bn":
            flags = CAPITAL if key not in terms else 0
        if key in english and key not in terms and kind not in ("display", "of"):
            flags |= LINK_ONLY
        if " " not in key and len(key) <= 4 and key not in terms and kind != "display":
            ledger.add_name(written.upper(), label="CHEMICAL", concept=concept, rank=rank + 4,
                            flags=CASED | (LINK_ONLY if len(key) == 3 else 0))  # fmt: skip
            continue
        ledger.add_name(written, label="CHEMICAL", concept=concept, rank=rank, flags=flags)


def _add_descriptor(ledger: Ledger, record: MeshRecord, owners: dict[str, str]) -> None:
    owner = owners.get(fold_name(turn_around(record.name)))
    flags = ENDOGENOUS if _stands_under(record, ENDOGENOUS_TREES) else 0
    if owner is not None:
        concept = f"UNII:{owner}"
        ledger.references[concept].add(f"MESH:{record.id}")
    elif any(tree.startswith(("D08", "D12", "D23", "D27.720", "D13.444")) for tree in record.trees):
        return
    else:
        concept = f"MESH:{record.id}"
        name = turn_around(record.name)
        ledger.add_concept(concept, name[:1].lower() + name[1:] if name[1:2].islower() else name)
        if any(tree.startswith("D27") for tree in record.trees):
            flags |= CLASS
    _add_terms(ledger, record, concept=concept, flags=flags)


def _add_terms(ledger: Ledger, record: MeshRecord, *, concept: str, flags: int) -> None:
    for term in (record.name, *record.terms):
        if re.search(r"\b(brand|cpd|trademark|preparation)\b", term, re.I):
            continue
        if ", " in term and not flags & CLASS:
            continue
        name = turn_around(term)
        key = fold_name(name)
        short = " " not in key and len(key) <= 4 and name[1:].upper() == name[1:]
        rank = 2 if term == record.name else 5
        coded = CODE if ANY_CODE.fullmatch(name) else 0
        if short:
            ledger.add_name(name, label="CHEMICAL", concept=concept, rank=rank, flags=flags | CASED)
        else:
            ledger.add_name(name, label="CHEMICAL", concept=concept, rank=rank, flags=flags | coded)


def _stands_under(record: MeshRecord, trees: tuple[str, ...]) -> bool:
    return any(tree.startswith(trees) for tree in record.trees)
