"""Abbreviations that end in a period and words that open sentences, for the sentence splitter."""

from __future__ import annotations

_NEVER_FINAL_WORDS = """
e.g i.e eg ie cf vs viz ca approx resp incl excl esp fig figs eq eqs eqn eqns sect chap tab suppl supp ext dr drs
prof mr mrs st mt ft ref refs no nos nr vol vols pp pg ed eds rev dept univ inst assoc proc natl acad sci abbr cat
lot ser var subsp ssp cv f.sp aff str gen col jan feb mar apr jun jul aug sept oct nov dec mol wt avg temp chr corr
calc equiv ident s.l s.s sensu
"""
NEVER_FINAL = frozenset(_NEVER_FINAL_WORDS.split())
"""Tokens, lower-cased and without the last period, after which no sentence ends."""

_SELDOM_FINAL_WORDS = """
al etc i.p s.c i.v i.m p.o i.n i.c i.c.v i.t i.d p.i p.c b.i.d t.i.d q.i.d q.d b.d b.w b.wt s.d s.e s.e.m s.d.s a.m
p.m u.s u.s.a u.k e.u ph.d ph m.d d.v.m b.c a.d inc ltd co corp llc gmbh bros jr sr sp spp n.s n.d n.a w.w v.v w.v
d.f v.s in.vivo subcut ip sc iv im po d.p.i h.p.i
"""
SELDOM_FINAL = frozenset(_SELDOM_FINAL_WORDS.split())
"""Tokens after which a sentence ends only before a word that opens sentences."""

_ADMINISTERED_WORDS = """
i.p s.c i.v i.m p.o i.n i.c i.c.v i.t i.d p.i p.c b.i.d t.i.d q.i.d q.d b.d b.w b.wt s.d s.e s.e.m s.d.s d.p.i h.p.i
ip sc iv im po subcut
"""
ADMINISTERED = frozenset(_ADMINISTERED_WORDS.split())
"""Those of ``SELDOM_FINAL`` that end a statement of how something was given or measured and begin no name."""

_CAPITALS_WORDS = """
fig figs no nr st dr mr mt ref refs vol vols tab suppl ph md inc ltd corp llc us uk eu jr sr jan feb mar apr
"""
CAPITALS = frozenset(_CAPITALS_WORDS.split())
"""Abbreviations that are also set in capitals: a word of capitals like these is no acronym."""

LETTERED = (
    r"vitamin", r"hepatitis", r"group", r"type", r"arm", r"cohort", r"class", r"cyclosporine?", r"amphotericin",
    r"troponin", r"immunoglobulin", r"cytochrome", r"(?:in|id|t|yd|th|er)ase", r"gene", r"site", r"exon", r"toxin",
    r"toxinum", r"protein", r"apolipoprotein", r"influenza", r"ha?emophilia", r"stage", r"series", r"part", r"period",
    r"sequence", r"condition", r"diet", r"regimen", r"treatment", r"coenzyme", r"factor", r"subunit", r"polymyxin",
    r"bleomycin", r"mitomycin", r"coagulase", r"concanavalin", r"lipid", r"bisphenol", r"exotoxin", r"ochratoxin",
    r"isoform", r"experiment", r"model", r"child-pugh",
)  # fmt: skip
"""Ends of words that take a single letter as their name ("vitamin D"), so that the letter is nobody's initial."""

_OPENERS_WORDS = """
a about accordingly additionally after all also although altogether among an and another any are as at based because
before both briefly but by can cells collectively compared consequently consistent consistently control conversely
data despite did do does due during each either even finally first following for from further furthermore given had
has have hence her here his how however if importantly in indeed initially instead interestingly is it its last
lastly later least like many mice more moreover most nevertheless next no none nonetheless not notably note
noteworthy now of on once one only other others our out over overall patients per perhaps previous previously rats
rather recent recently second see several she significant similar similarly since so some specifically statistical
still studies subsequently such surprisingly taken than that the their them then there thereafter therefore these
they third this those though three through thus to together treatment two under unexpectedly unfortunately unless
unlike until upon using we were what when whereas whether which while who why will with within without yet you
"""
OPENERS = frozenset(_OPENERS_WORDS.split())
"""Lower-cased words that, capitalised, open a sentence; they begin no name after an abbreviation."""
