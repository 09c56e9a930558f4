"""Words around digits that tell a citation mark from a number."""

from __future__ import annotations

NO_MARK_AFTER = frozenset(
    """
    fig figs figure figures table tables eq eqs no nos vol ref refs ca approx vs pp ed ph log ln exp miR mir let
    sect sec chap suppl day days week weeks p n r
    """.split()
)
"""Words before glued digits, lower-cased, after which they are no mark."""

COUNTED_WORDS = frozenset(
    """
    type types phase phases grade stage stages class group groups cohort cohorts step steps exon exons intron introns
    chromosome residue residues position positions model models version level levels part parts line lines lane lanes
    panel panels study studies trial trials aim aims box case cases site sites subunit factor form complex channel
    caspase sestrin sirtuin cyclin interleukin integrin caveolin claudin connexin galectin semaphorin neuropilin
    syntaxin tenascin beclin kinesin myosin vitamin omega month months year years hour hours age aged visit wave
    """.split()
)
"""Words that are often numbered themselves: digits glued to them are a mark only on other evidence."""

UNITS = (
    r"(?:%|mg|kg|g|µg|μg|ug|ng|pg|ml|mL|µl|μl|µL|μL|dl|dL|l|L|mm|cm|µm|μm|nm|km|m|M|mM|µM|μM|nM|pM|mol|mmol|"
    r"h|hr|hrs|hours?|min|mins?|minutes?|s|sec|seconds?|d|days?|wk|wks|weeks?|mo|months?|yr|yrs|years?|fold|ppm|"
    r"IU|U|kDa|bp|kb|Mb|Hz|kHz|MHz|°C|rpm|x|×|Gy|mice|rats|patients|animals|participants|subjects|women|men)"
)
"""What follows a quantity but no citation mark."""
