"""Parts that are usually written with a hyphen, for words that a document spells only once, at a line's end."""

COMPOUND_HEADS = frozenset(
    """
    age all body case cell cross cryo dose double drug early ex fast first follow free full gene half health heart high
    ill insulin intention knock late life light line long low meta mid middle mouse non one open organ placebo
    population post pre quasi real right second self semi sex short side single site six small so steady tail ten
    three time tissue top tumor tumour two up vehicle wash water week weight well whole wide wild year
    """.split()
) - {"post", "pre", "up"}  # fmt: skip
"""Words before a hyphen; prefixes that are as often written without one are left to the document."""

COMPOUND_TAILS = frozenset(
    """
    activated adjusted aged associated based bearing binding blind centric containing controlled dependent deficient
    derived driven effect efficient enriched expressing fed fold free group growth induced infected inducing inhibited
    inhibiting initiating knockout label level like linked lived mediated minute month month-old naive null old only
    out positive negative point producing prone promoting protein quality range reactive regulated related coupled activating resistant response
    rich risk scale selective sensing sensitive sized specific standing stimulated stimulating targeted targeting term
    tolerated trained transgenic treated treatment type up virus vs week year
    """.split()
) - {"protein", "virus", "out", "only", "old"}  # fmt: skip
"""Words after a hyphen."""
