"""Words that corpora mark as species and our SPECIES label does not take: people, generic words, lone codes."""

from __future__ import annotations

from typing import Final

# Contract: words for people and for animals at large are POPULATION; "human" and "humans" stay SPECIES.
_PEOPLE = """
adult adults babies baby boy boys child children donor donors father fathers female females girl girls individual
individuals infant infants male males man men mother mothers participant participants patient patients people peoples
person persons schoolchildren subject subjects volunteer volunteers woman women
"""
_GENERIC = """
adenoviral animal animals archaea archaeal bacteria bacterial bacteriophage bacterium baculoviruses chordate chordates
deuterostome deuterostomes eukaryote eukaryotes eukaryotic eutherian fungal fungi fungus genera genus invertebrate
invertebrates lentiviral mammal mammalia mammalian mammals metazoan metazoans offspring organism organismal organisms
phyla phylum plant plants prokaryote prokaryotes prokaryotic protostome protostomes pup pups retroviral retrovirus sp.
species spp. subspecies subspecific taxa taxon taxonomic vertebrate vertebrates viral virus viruses
"""
# Taxa of CRAFT above genus, by NCBI's ranks. "Murine", "bovine", "canine" stay: CRAFT gives them their (sub)family, and
# they mean the common species of a genus.
_ABOVE_GENUS = """
1 2 2157 2759 3193 4751 4892 4894 6040 6073 6101 6142 6231 6462 6656 6960 7147 7586 7625 7711 7712 7735 7742
7745 8088 8292 8342 8782 9255 9263 9347 9443 9527 9604 9989 10239 10442 10508 11118 11632 32443 32523 33208
33213 33317 33511 40674 44295 55153 119825 species subspecies phylum genus kingdom class order family
superfamily subfamily strain taxonomic_rank
"""
ABOVE_GENUS: Final = frozenset(f"NCBITaxon:{item}" for item in _ABOVE_GENUS.split()) | {
    f"NCBITaxon_EXT:{word}" for word in ("fish", "reptile", "bird", "insect", "animal", "plant", "organism")
}
PEOPLE_WORDS: Final = frozenset(_PEOPLE.split())
GENERIC_WORDS: Final = frozenset(_GENERIC.split())


def is_species_mention(text: str) -> bool:
    """Tell whether a corpus's species mention is one for us: a taxon word, not people, a generic word or a code."""
    return len(text) >= 3 and any(word not in PEOPLE_WORDS | GENERIC_WORDS for word in text.lower().split())
