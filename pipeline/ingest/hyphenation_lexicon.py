"""Parts that are usually written with a hyphen, for words that a document spells only once, at a line's end."""

_COMPOUND_HEADS_WORDS = """
age all body case cell cross cryo dose double drug early ex fast first follow free full gene half health heart high
ill insulin intention knock late life light line long low meta mid middle mouse non one open organ placebo
population quasi real right second self semi sex short side single site six small so steady tail ten three time
tissue top tumor tumour two vehicle wash water week weight well whole wide wild year
"""
COMPOUND_HEADS = frozenset(_COMPOUND_HEADS_WORDS.split())
"""Words before a hyphen; prefixes that are as often written without one are left to the document."""

_COMPOUND_TAILS_WORDS = """
activated adjusted aged associated based bearing binding blind centric containing controlled dependent deficient
derived driven effect efficient enriched expressing fed fold free group growth induced infected inducing inhibited
inhibiting initiating knockout label level like linked lived mediated minute month month-old naive null positive
negative point producing prone promoting quality range reactive regulated related coupled activating resistant
response rich risk scale selective sensing sensitive sized specific standing stimulated stimulating targeted
targeting term tolerated trained transgenic treated treatment type up vs week year
"""
COMPOUND_TAILS = frozenset(_COMPOUND_TAILS_WORDS.split())
"""Words after a hyphen."""
