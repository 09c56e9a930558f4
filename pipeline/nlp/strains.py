"""Strains, stocks and genotypes in a text: by the table of stocks and by the grammar of genotypes.

The grammar follows the nomenclature of laboratory animals: a gene's symbol with its alleles ("Trp53−/−",
"Atg5flox/flox"), transgenes ("Tg(APPswe)85Dbo"), drivers ("Alb-Cre", "UAS-…", "da-GAL4"), worm alleles
("daf-2(e1370)"), fly and yeast deletions ("rpl20bΔ"), and a stock's name with its substrain ("C57BL/6NCrl").
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from pipeline.nlp.vocabulary import DATA_DIRECTORY
from pipeline.nlp.vocabulary_tables import read_table

_MINUS: Final = r"[-−–‐]"
_ALLELE: Final = (
    rf"(?:\+|{_MINUS}|[Tt]m\d+\w*|[Ff]lox|[Ff]l|fx|loxP|[Tt]g|ko|KO|wt|WT|null|GOF|LOF|Δ|∆|[A-Z]\d+[A-Z]|[mMyY]|neo|"
    rf"lacZ|GFP|Cre|ERT2?)"
)
_SYMBOL: Final = r"(?<![\w/])[A-Za-z][A-Za-z0-9]{1,9}(?:[-.][A-Za-z0-9]{1,5})?"
_PARENT: Final = (
    r"(?:C57BL/6[JN]?|B6|BALB/c(?:ByJ)?|DBA/2J?|C3H(?:/HeJ)?|FVB(?:/NJ?)?|129S?\w{0,5}|CBA(?:/J)?|F344|BN|SJL/?J?)"
)
_GRAMMAR: Final = (
    rf"{_SYMBOL}{_ALLELE}/{_ALLELE}(?![\w/])",
    rf"{_SYMBOL}\((?:[a-z]{{1,5}})?{_ALLELE}/{_ALLELE}\)",
    rf"{_SYMBOL} ?(?:\((?:\+|{_MINUS})/{_MINUS}\)|[−–]/[−–](?![\w/])|(?:flox/flox|fl/fl|null/null)(?!\w))",
    r"(?<![\w/])[a-z]{2}/[a-z]{2}(?![\w/])",
    r"(?<!\w)Tg\([A-Za-z0-9*,./\- ]+\)(?:\w*\d+\w*(?:/\w+)?)?",
    r"(?<!\w)[A-Za-z][A-Za-z0-9]{1,9}-(?:Cre(?:ER(?:T2?)?)?|cre|GAL4|Gal4|rtTA|tTA)"
    r"(?:[-;:+][A-Za-z0-9+]{1,12}(?:/[A-Za-z0-9+]{1,5})?)*(?!\w)",
    r"(?<!\w)UAS-[A-Za-z][A-Za-z0-9.\-]{1,15}(?!\w)",
    r"(?<!\w)(?!mi[rR]-)[a-z]{3,4}-\d{1,3}\s?\((?:[a-z]{1,3}\d{1,5}|RNAi|null|lf|gf)\)(?:\s?[IVX]{1,3}(?!\w))?",
    r"(?<!\w)[a-z]{3,5}\d{0,3}[A-Za-z]?[Δ∆](?:\s?[a-z]{3,5}\d{0,3}[A-Za-z]?[Δ∆])*",
    r"(?<!\w)[A-Z][a-z0-9]{2,7}tm\d+(?:\.\d+)?(?:\([^()\s]+\))?[A-Z][A-Za-z]*(?:/[A-Z]\w*)?",
    r"(?<!\w)C57BL/\d{1,2}[A-Z][A-Za-z]{0,8}(?!\w)",
    r"(?<!\w)(?:BALB/c|DBA/[12]|FVB/N|C3H/He|129S\d|129/Sv|CBA|SJL|AKR)[A-Z][A-Za-z]{0,8}(?!\w)",
    r"(?<!\w)(?:Crl|Hsd|Tac|Jcl|Slc|Rcc|Han|HsdHan|CrlOri|RjHan|Kwl|Iar|BomTac|NTac):"
    r"\s?[A-Z][A-Za-z0-9]*(?:\([A-Za-z0-9]+\))?",
    rf"\({_PARENT}\s?[x×X]\s?{_PARENT}\)\s?(?:F[12])?(?!\w)",
    rf"(?<![\w/(]){_PARENT}\s?[x×X]\s?{_PARENT}(?:\s?F[12])?(?!\w)",
)
_PATTERN: Final = re.compile("|".join(f"(?:{rule})" for rule in _GRAMMAR))
# A number's spread is written like a genotype: "SEM+/-".
_NO_GENE: Final = re.compile(
    r"(?:mean|means|SEM|SD|SE|s\.?e\.?m|s\.?d|median|CI|about|approximately|and|or|mice|mouse|rats?|animals|"
    r"cells|with|was|were|of|in|for)\W",
    re.I,
)
_ANIMALS: Final = re.compile(
    r"\s(?:mice|mouse|rats?|rabbits?|pigs?|swine|cows|worms|minipigs|strains?|lines|broilers)$"
)


def find_strains(text: str) -> list[tuple[int, int]]:
    """Give the half-open offsets of strains, stocks and genotypes, in order, without overlaps, the longest first.

    Case counts: "scid" beside a stock is found, "wistar" at large only where the table spells it so.
    """
    found = [match.span() for match in _PATTERN.finditer(text) if _is_genotype(match.group())]
    for match in _compile_table().finditer(text):
        animals = _ANIMALS.search(match.group())
        found.append((match.start(), match.start() + animals.start() if animals else match.end()))
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(found), key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= other_start or start >= other_end for other_start, other_end in kept):
            kept.append((start, end))
    return sorted(kept)


def _is_genotype(text: str) -> bool:
    """Whether it is no spread of a number and, if two lower-case pairs, an equal one: "ob/ob", not "in/on"."""
    if _NO_GENE.match(text):
        return False
    pair = re.fullmatch(r"([a-z]{2})/([a-z]{2})", text)
    return pair is None or pair.group(1) == pair.group(2)


def is_microbe(text: str) -> bool:
    """Whether a stock's name is that of a bacterium, which animals eat or are infected with: "OP50"."""
    return text in _read_microbes()


@lru_cache(maxsize=1)
def _read_microbes() -> frozenset[str]:
    table = read_table(DATA_DIRECTORY / "stocks.tsv", label="STRAIN")
    return frozenset(name for entry in table if "microbe" in entry.flags for name in (*entry.spellings, *entry.cased))


@lru_cache(maxsize=1)
def _compile_table() -> re.Pattern[str]:
    """One pattern of every spelling of the table, the longest first; a space may be any white space."""
    spellings: set[str] = set()
    for entry in read_table(DATA_DIRECTORY / "stocks.tsv", label="STRAIN"):
        if "link_only" not in entry.flags:
            spellings.update(entry.spellings)
            spellings.update(entry.cased)
    ordered = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
    joined = "|".join(re.escape(spelling).replace(r"\ ", r"\s") for spelling in ordered)
    return re.compile(rf"(?<![\w/])(?:{joined})(?![\w/])(?!-\w*\d)")
