"""Words around digits that tell a citation mark from a number."""

from __future__ import annotations

_NO_MARK_AFTER_WORDS = """
fig figs figure figures table tables eq eqs no nos vol ref refs ca approx vs pp ed ph log ln exp miR mir let sect
sec chap suppl day week p n r
"""
NO_MARK_AFTER = frozenset(_NO_MARK_AFTER_WORDS.split())
"""Words before glued digits, lower-cased, after which they are no mark."""

_NUMBERED_NAMES_WORDS = """
caspase sestrin sirtuin cyclin interleukin integrin caveolin claudin connexin galectin semaphorin neuropilin subunit
syntaxin tenascin beclin kinesin myosin vitamin omega alpha beta gamma delta epsilon kappa lambda sigma theta zeta
factor chromosome exon exons intron introns residue residues position positions phase type types grade stage complex
"""
NUMBERED_NAMES = frozenset(_NUMBERED_NAMES_WORDS.split())
"""Words whose number is a part of a name: digits glued to them are a mark only as a list, or where one is due."""

_COUNTED_WORDS_WORDS = """
phases stages class group groups cohort cohorts step steps model models version level levels part parts line lines
lane lanes panel panels study studies trial trials aim aims box case cases site sites form channel month year hour
minute second age aged visit wave score index
"""
COUNTED_WORDS = frozenset(_COUNTED_WORDS_WORDS.split())
"""Words that are often numbered themselves: digits glued to them are a mark only on other evidence."""

UNITS = (
    r"(?:%|mg|kg|g|µg|μg|ug|ng|pg|ml|mL|µl|μl|µL|μL|dl|dL|l|L|mm|cm|µm|μm|nm|km|m|M|mM|µM|μM|nM|pM|mol|mmol|"
    r"h|hr|hrs|hours?|min|mins?|minutes?|s|sec|seconds?|d|days?|wk|wks|weeks?|mo|months?|yr|yrs|years?|fold|ppm|"
    r"IU|U|kDa|bp|kb|Mb|Hz|kHz|MHz|°C|rpm|x|×|Gy)"
)
"""Units of a quantity; no citation mark stands before or after one."""

COUNTED_NOUNS = r"(?:mice|rats|patients|animals|participants|subjects|adults|women|men|children|times|other|more|of)"
"""What follows a number that counts, and so no citation mark."""
