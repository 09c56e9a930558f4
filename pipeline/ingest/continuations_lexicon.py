"""Word classes that tell whether one word may follow another across a torn line."""

_DETERMINERS = """
a an the this that these those its their our his her each every some any no such both all another either neither
"""
_CONNECTIVES = """
of in on at by for with from to and or but nor whereas while which who whom whose than as via into onto between
among through under over during after before because if when where whether is are was were be been being has have
had can may could might will would should must not also using versus within without toward towards against upon
about per since although though unless until both we they it did does do
"""
DETERMINERS = frozenset(_DETERMINERS.split())
CONNECTIVES = frozenset(_CONNECTIVES.split())
"""Words after which a sentence cannot end: prepositions, conjunctions, auxiliaries, subject pronouns."""
