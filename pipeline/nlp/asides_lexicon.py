"""Words that may stand beside the figures of an aside: statistics, units, times, routes, references to figures."""

from __future__ import annotations

_STATISTICS = """
    a adjusted all an and anova approximately at average between by change chi ci confidence correlation corrected
    d df difference due each effect eq equal error estimate f fisher fold for from greater hazard hr i in
    interval intervals iqr k least less log lower mean median min minimum max maximum more mwu n none nonsignificant not
    ns num number odds of on only or out over p pairwise patients per percent percentage percentile post power r
    rank range ratio ratios reduction relative respectively risk rr s score sd se sem significant size smd square
    standard standardized statistic student t than test the to total trend tukey two unadjusted upper v vs versus value
    values was were wilcoxon with wmd x z α β χ η ρ μ κ ± mm hg cochran mantel haenszel arr nnt nnh rd md chi-square
    animals rats mice rat mouse subjects eyes cells men women males females group groups arm arms both
"""
_UNITS = """
    mg g kg µg μg ug mcg ng pg gram grams milligram milligrams microg microgram micrograms nanogram kcal cal kj
    iu u unit units miu mol mmol µmol μmol umol nmol pmol mm µm μm um nm pm mole moles millimolar micromolar
    ml l dl µl μl ul litre liter cc cm cm2 m m2 mmhg bpm beats hz khz w wt vol bw body weight wt/vol ppm ppb
    per cent percent °c c ph rpm gy
    s sec second seconds min mins minute minutes h hr hrs hour hours d day days wk wks week weeks mo month months yr yrs
    year years annum old age aged
"""
_GIVING = """
    ip iv po sc im i p v o s c m icv intraperitoneal intraperitoneally intravenous intravenously oral orally
    subcutaneous subcutaneously intramuscular intramuscularly topical topically daily twice once thrice times weekly
    bid tid qid qd qod dose doses single low high medium every other
"""
_POINTERS = """
    fig figs figure figures table tables supplementary suppl supplemental ref refs see also panel panels b c e f
"""
FIGURE_WORDS = frozenset(" ".join((_STATISTICS, _UNITS, _GIVING, _POINTERS)).split())
