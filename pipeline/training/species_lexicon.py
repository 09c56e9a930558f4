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
PEOPLE_WORDS: Final = frozenset(_PEOPLE.split())
GENERIC_WORDS: Final = frozenset(_GENERIC.split())


def is_species_mention(text: str) -> bool:
    """Tell whether a corpus's species mention is one for us: a taxon word, not people, a generic word or a code."""
    return len(text) >= 3 and any(word not in PEOPLE_WORDS | GENERIC_WORDS for word in text.lower().split())
