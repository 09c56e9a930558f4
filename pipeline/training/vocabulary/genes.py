"""Genes: HGNC's approved symbols, aliases and names of genes with a protein product."""

from pathlib import Path

from pipeline.nlp.vocabulary_store import CASED, LINK_ONLY
from pipeline.training.vocabulary.ledger import Ledger
from pipeline.training.vocabulary.sources import read_genes

PRODUCTS = frozenset({"gene with protein product", "RNA, micro"})


def add_genes(ledger: Ledger, directory: Path) -> None:
    """Add the genes to the ledger; symbols count in their own case only."""
    rows = [row for row in read_genes(directory) if row["Status"] == "Approved" and row["Locus type"] in PRODUCTS]
    for row in rows:
        concept = row["HGNC ID"]
        symbol = row["Approved symbol"]
        ledger.add_concept(concept, symbol)
        _add_symbol(ledger, symbol, concept=concept, rank=0)
        ledger.add_name(row["Approved name"], label="GENE", concept=concept, rank=1)
        for column, rank in (("Previous symbols", 2), ("Alias symbols", 3)):
            for alias in row[column].split(", "):
                if alias and " " not in alias:
                    _add_symbol(ledger, alias, concept=concept, rank=rank)


def _add_symbol(ledger: Ledger, symbol: str, *, concept: str, rank: int) -> None:
    """Claim a symbol in its own case; English words and short aliases are linked, never searched for."""
    word = symbol.lower() in ledger.common_words or (symbol.isalpha() and symbol[1:].islower() and rank > 0)
    short = rank > 0 and len(symbol) <= 3 and symbol.isalpha()
    ledger.add_name(symbol, label="GENE", concept=concept, rank=rank, flags=CASED | (LINK_ONLY if word or short else 0))
