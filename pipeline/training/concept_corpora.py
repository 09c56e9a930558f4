"""Readers of mentions with concepts: CRAFT's taxa and chemicals, BC5CDR's MeSH identifiers."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.training.mention_corpora import Part, read_archive, split_pubtator
from pipeline.training.species_lexicon import ABOVE_GENUS, is_species_mention

# Words that CRAFT marks as chemicals and that name no substance: what it does, or stuff at large.
_NO_SUBSTANCE: Final = frozenset(
    """
    acid acids agent agents agonist agonists aggregate anesthesia anesthetic anesthetized antagonist
    antagonists antibiotic antibiotics antigen antigenic antigens antioxidant antioxidants aqueous base bases
    biochemical biochemically biological biomarker buffer buffers carrier chemical chemically chemicals chow
    cocktail cofactor colorimetric compound compounds detergent diet drug drugs dye dyes electron electrons
    elements enzyme enzymes fixative fixatives fluorescent fluorochrome fluorophore fluorophores food foods
    fuel gas gel group groups histone histones hormonal hormone hormones indicator inhibitor inhibitors
    inorganic ion ions ligand ligands liquid macromolecules marker markers metabolite metabolites metal metals
    mitogen mixture molecular molecule molecules mutagen neurotransmitter neurotransmitters nuclear nutrient
    nutrients organic oil particles pharmacological phospho pigment pigmentation pigmented poly polymer probe
    probes protein proteins reagent reagents residue residues salt salts signaling small solution solutions
    solvent stain substance substances substrate substrates toxic toxicity toxin toxins tracer vehicle vitamin
    vitamins water
    """.split()
)


@dataclass(frozen=True, slots=True)
class ConceptMention:
    """A mention at code points `[start, end)` and the concepts that its corpus gives it."""

    start: int
    end: int
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConceptText:
    """A text with its mentions of one kind, in text order."""

    key: str
    text: str
    mentions: tuple[ConceptMention, ...]


def read_craft(folder: Path, part: Part, ontology: str) -> Iterator[ConceptText]:
    """Yield the articles of one part with the mentions of an ontology ("NCBITaxon", "CHEBI") that are in one piece."""
    texts = read_archive(folder / "articles_txt.tar.xz", suffix=".txt")
    annotations = read_archive(folder / f"concept_{ontology}.tar.xz", suffix=".txt.knowtator.xml")
    for key in (folder / f"craft-ids-{part}.txt").read_text(encoding="utf-8").split():
        yield ConceptText(key, texts[key], tuple(sorted(set(parse_knowtator(annotations[key])), key=_place)))


def parse_knowtator(content: str) -> Iterator[ConceptMention]:
    """Yield the mentions of a Knowtator 1 file that consist of one span, each with its class."""
    root = ElementTree.fromstring(content)
    classes = {}
    for mention in root.iter("classMention"):
        named = mention.find("mentionClass")
        if named is not None:
            classes[mention.attrib["id"]] = named.attrib["id"]
    for annotation in root.iter("annotation"):
        spans, mention_of = annotation.findall("span"), annotation.find("mention")
        if len(spans) == 1 and mention_of is not None:
            concept = classes.get(mention_of.attrib["id"])
            concepts = () if concept is None else (concept,)
            yield ConceptMention(int(spans[0].attrib["start"]), int(spans[0].attrib["end"]), concepts)


def read_craft_species(folder: Path, part: Part) -> Iterator[ConceptText]:
    """Yield CRAFT with the taxa that are species for us: at or below genus, people and generic words left out."""
    for record in read_craft(folder, part, "NCBITaxon"):
        kept = (
            mention
            for mention in record.mentions
            if not ABOVE_GENUS.intersection(mention.concepts)
            and is_species_mention(record.text[mention.start : mention.end])
        )
        yield ConceptText(record.key, record.text, tuple(kept))


def read_craft_chemicals(folder: Path, part: Part) -> Iterator[ConceptText]:
    """Yield CRAFT with its substances.

    Classes that CRAFT shares with ontologies of genes, proteins, sequences and methods (DNA, "protein", "marker") and
    words for no substance ("drug", "water", "solution", "molecule") are left out, as are names of one letter.
    """
    for record in read_craft(folder, part, "CHEBI"):
        kept = (
            mention
            for mention in record.mentions
            if all(concept.startswith(("CHEBI:", "CHEBI_EXT:")) for concept in mention.concepts)
            and mention.end - mention.start > 1
            and not _NO_SUBSTANCE.issuperset(record.text[mention.start : mention.end].lower().split())
        )
        yield ConceptText(record.key, record.text, tuple(kept))


def read_bc5cdr_concepts(folder: Path, part: Part, label: str) -> Iterator[ConceptText]:
    """Yield BC5CDR with the mentions of one label ("Chemical" or "Disease") and their MeSH identifiers."""
    name = {"train": "CDR_Train500.PubTator.txt", "dev": "CDR_DevelopmentSet.PubTator.txt"}[part]
    yield from parse_concepts((folder / name).read_text(encoding="utf-8"), frozenset({label}))


def read_ncbi_concepts(folder: Path, part: Part) -> Iterator[ConceptText]:
    """Yield NCBI Disease with its mentions and their MeSH identifiers; OMIM's are left out."""
    name = {"train": "train/NCBItrainset_corpus.txt", "dev": "devel/NCBIdevelopset_corpus.txt"}[part]
    labels = frozenset({"SpecificDisease", "DiseaseClass", "Modifier", "CompositeMention"})
    yield from parse_concepts((folder / name).read_text(encoding="utf-8"), labels)


def parse_concepts(content: str, labels: frozenset[str]) -> Iterator[ConceptText]:
    """Yield the documents of a PubTator file with the mentions of some labels.

    A composite mention has several identifiers; one that MeSH lacks has none.
    """
    for block in split_pubtator(content):
        mentions = []
        for fields in block.rows:
            if len(fields) >= 6 and fields[4] in labels:
                items = [item.strip().removeprefix("MESH:") for item in re.split(r"[|+]", fields[5])]
                concepts = tuple(f"MESH:{item}" for item in items if re.fullmatch(r"[CD]\d+", item))
                mentions.append(ConceptMention(int(fields[1]), int(fields[2]), concepts))
        yield ConceptText(block.key, block.text, tuple(mentions))


def _place(mention: ConceptMention) -> tuple[int, int, tuple[str, ...]]:
    return mention.start, mention.end, mention.concepts
