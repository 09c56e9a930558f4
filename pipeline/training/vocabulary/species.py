"""Species: the organisms that MeSH indexes papers by, mammals, birds and fishes with common names, by NCBI's taxa."""

from pipeline.nlp.vocabulary_names import fold_name
from pipeline.nlp.vocabulary_store import LINK_ONLY
from pipeline.training.vocabulary.ledger import Ledger, turn_around
from pipeline.training.vocabulary.sources import MeshRecord
from pipeline.training.vocabulary.taxonomy import Taxonomy

MAMMALS = 40674
GENERIC = frozenset({1, 2, 10239, 2759, 33208, 33090, 4751, 131567})


def add_species(ledger: Ledger, taxonomy: Taxonomy, descriptors: list[MeshRecord], wanted: frozenset[str]) -> None:
    """Add the species that papers are likely to name.

    Args:
        descriptors: MeSH's organisms, each with taxa of NCBI in ``taxa``.
        wanted: scientific names to add besides.
    """
    for record in descriptors:
        taxa = [taxon for taxon in record.taxa if taxon in taxonomy]
        own = taxonomy.find(turn_around(record.name)) or next(
            (taxon for taxon in map(taxonomy.find, record.terms) if taxon is not None), None
        )
        taxon = own if own is not None else (taxa[0] if taxa else None)
        if taxon is None or taxon in GENERIC:
            continue
        _add_taxon(ledger, taxonomy, taxon)
        for term in (record.name, *record.terms):
            name = turn_around(term)
            ledger.add_name(name, label="SPECIES", concept=f"NCBITaxon:{taxon}", rank=3)
            ledger.references[f"NCBITaxon:{taxon}"].add(f"MESH:{record.id}")
    for taxon in taxonomy.species_below(MAMMALS):
        if taxonomy.common_name(taxon) is not None:
            _add_taxon(ledger, taxonomy, taxon)
    for name in sorted(wanted):
        taxon = taxonomy.find(name)
        if taxon is not None:
            _add_taxon(ledger, taxonomy, taxon)


def _add_taxon(ledger: Ledger, taxonomy: Taxonomy, taxon: int) -> None:
    concept = f"NCBITaxon:{taxon}"
    if concept in ledger.concepts:
        return
    name = taxonomy.scientific_name(taxon)
    ledger.add_concept(concept, name)
    ledger.add_name(name, label="SPECIES", concept=concept, rank=0 if " " in name else 1)
    genus, _, species = name.partition(" ")
    if species and " " not in species and len(species) > 3 and species.isalpha():
        ledger.add_name(f"{genus[0]}. {species}", label="SPECIES", concept=concept, rank=7)
    common = taxonomy.common_name(taxon)
    if common is not None and fold_name(common) != fold_name(name):
        ledger.add_name(common, label="SPECIES", concept=concept, rank=2, flags=LINK_ONLY * (" " not in common))
