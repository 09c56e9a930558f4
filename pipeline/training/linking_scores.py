"""Scores the linker on gold spans: is the first concept that it names the one the corpus gives?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pipeline.evaluation.scores import Counts, Tally
from pipeline.ingest import read_bytes
from pipeline.nlp.linking import link_mention
from pipeline.nlp.vocabulary import Vocabulary
from pipeline.settings import Settings
from pipeline.training.concept_corpora import ConceptText, read_bc5cdr_concepts, read_craft_species

# CRAFT gives "mice" the genus and "bovine" the subfamily; our vocabulary gives both the species that is meant.
_MEANT_SPECIES: Final = {
    "NCBITaxon:10088": "NCBITaxon:10090",
    "NCBITaxon:39107": "NCBITaxon:10090",
    "NCBITaxon:10114": "NCBITaxon:10116",
    "NCBITaxon:7215": "NCBITaxon:7227",
    "NCBITaxon:27592": "NCBITaxon:9913",
    "NCBITaxon:9608": "NCBITaxon:9615",
    "NCBITaxon:10140": "NCBITaxon:10141",
    "NCBITaxon:3701": "NCBITaxon:3702",
    "NCBITaxon_EXT:yeast": "NCBITaxon:4932",
    "NCBITaxon_EXT:worm": "NCBITaxon:6239",
    "NCBITaxon_UBERON_EXT:chick": "NCBITaxon:9031",
}


def read_links(corpora: Path, name: str) -> Iterator[ConceptText]:
    """Yield the development texts of a measure of `MEASURES` with the concepts of their mentions."""
    if name == "CRAFT dev species":
        return read_craft_species(corpora / "craft", "dev")
    return read_bc5cdr_concepts(corpora / "bc5cdr", "dev", "Chemical" if "chemicals" in name else "Disease")


MEASURES: Final = {
    "CRAFT dev species": "SPECIES",
    "BC5CDR dev chemicals": "CHEMICAL",
    "BC5CDR dev diseases": "DISEASE",
}


def score_links(texts: Iterable[ConceptText], label: str, wrong: Counter[tuple[str, str, str]] | None = None) -> Tally:
    """Return the counts of "top-1" by document: right, wrong (fp and fn) and unlinked (fn alone).

    Mentions without a concept in the corpus are left out. A link is right where the concept or one of its
    cross-references is among the mention's concepts.

    Args:
        wrong: gets the words, the corpus's concept and ours of each miss, where given.
    """
    vocabulary, settings, tally = Vocabulary.load(), Settings(), Tally()
    for record in texts:
        document = read_bytes(record.text.encode(), name="text.txt", settings=settings)
        abbreviations = {item.short: item.long for item in document.abbreviations}
        for mention in record.mentions:
            if not mention.concepts:
                continue
            words = record.text[mention.start : mention.end]
            concept = link_mention(words, label, vocabulary, abbreviations=abbreviations)
            wanted = {_MEANT_SPECIES.get(item, item) for item in mention.concepts} | set(mention.concepts)
            said = set() if concept is None else {concept.id, *vocabulary.references(concept.id)}
            right = bool(said & wanted)
            tally.add("top-1", record.key, Counts(right, concept is not None and not right, not right))
            if wrong is not None and not right:
                wrong[
                    words, " ".join(mention.concepts), "–" if concept is None else f"{concept.id} {concept.name}"
                ] += 1
    return tally
