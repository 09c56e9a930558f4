"""Words by which a column's header tells what the column holds, and words that its cells are made of."""

from __future__ import annotations

HEADERS: tuple[tuple[str, str], ...] = (
    ("met", r"(end ?-?points?|outcomes?|objectives?)\b.*\b(met|achieved|reached)\b|^(met|achieved)\b"),
    (
        "p",
        r"^p$|^p[ -]?values?\b|\bp[ -]?value|\bsignifican(ce|t)\b|^p ?\(|^p for"
        r"|^p (?:vs|versus|compared|between|among|within|across|over|trend)\b|\b(?:vs|versus)\b.*\bp$"
        r"|\b(?:groups?|between|interaction|trend|anova|test) p$"
        r"|^q[ -]?value|\blog-?rank\b|^sig\.?$",
    ),
    (
        "reference",
        r"^ref(s|erences?|\.)*$|\breferences?$|^citations?$|^pmid$|^pubmed|^first author|^authors?\b|^source$"
        r"|^(study|studies|publication)( \(?(reference|year|author).*)?$|^doi$|^\(?refs?\.?\)?$",
    ),
    (
        "n",
        r"^\(?n\)?$|^n ?[=(]|\bsample size\b|^(no|number|nr)\b\.? ?(of|\()?.*(animals"
        r"|mice|rats|patients|participants|subjects|worms|flies|pups|embryos|cases|offspring|donors)"
        r"|^(no|number)\.?$|^cohort size$|^#$",
    ),
    ("regimen", r"\bregimens?\b|\bdosing arms?\b|^(treatment )?arms?$|\btreatment groups?$"),
    ("schedule", r"\bschedules?$|\bfrequency$|\bdosing intervals?$"),
    ("route", r"\broutes?\b|\badministration\b|\bdelivery\b|\bapplication mode\b"),
    (
        "duration",
        r"\bdurations?\b|\blength of (treatment|study|trial|follow)"
        r"|\btreatment (time|period|length)\b|\bfollow-?up\b",
    ),
    ("dose", r"\bdos(e|es|age|ages|ing)\b|^concentrations?$|\bconcentration \("),
    (
        "age",
        r"\bage\b(?![- ](?:and|adjusted|stratified|standardi[sz]ed|at death|of death"
        r"|at onset))|\bstart of treatment\b|\btreatment start\b"
        r"|\btreatment onset\b|\bonset of treatment\b|^ages\b",
    ),
    ("sex", r"^(sex|gender)e?s?\b|\bsex$|\bgender$"),
    (
        "change",
        r"[δ∆]|\bdelta\b|\b(percent(age)?|per cent|%) (change|increase|decrease|extension|reduction|difference)\b"
        r"|\bchange[sd]?\b|\bextension\b|\bincrease\b|\bdecrease\b|\breduction\b"
        r"|\bdifference\b|\b(vs|versus)\.? control"
        r"|\brelative to control|% of (?:control|wild[- ]type|vehicle|untreated)|\bfold[ -]change\b"
        r"|^effects?\b|\beffects?$",
    ),
    ("control", r"\bcontrols?\b|\bplacebo\b|\bvehicle\b|\buntreated\b|\bsham\b"),
    ("treated", r"\btreated\b|\bexperimental( group)?\b"),
    ("endpoint", r"\b(end ?-?points?)\b|^primary outcomes?$"),
    (
        "strain",
        r"\bstrains?\b|\bgenotypes?\b|\bmouse (model|line)s?\b|\bstocks?$|^(genetic )?background$|^animal models?$",
    ),
    ("species", r"^species\b|^organisms?\b|^animals?$|^model organisms?$"),
    (
        "population",
        r"\bpopulations?\b|^(study )?(participants|patients|subjects)$|^(disease )?models?$|^diseases?( model)?$",
    ),
    (
        "drug",
        r"^(drug|compound|intervention|agent|medication|supplement|substance|geroprotector|molecule|inhibitor)"
        r"(s|\(s\))?( name)?$|^treatments?$|^\w+ (drug|compound|intervention|agent)s?$",
    ),
    (
        "outcome",
        r"^(outcome|parameter|variable|measure|measurement|phenotype|marker|biomarker|trait|characteristic|item"
        r"|tests?$|end ?point)s?( measures?)?\b|\boutcomes?$",
    ),
)
"""Column kind and the pattern of its header, in the order in which they are tried on the lower-cased header."""

ROUTES: dict[str, tuple[str, ...]] = {
    "dietary": ("diet", "in diet", "dietary", "in food", "food", "chow", "feed", "in feed", "in chow"),
    "drinking water": ("drinking water", "in water", "water"),
    "oral": ("oral", "orally", "p.o.", "po", "per os", "gavage", "oral gavage", "by mouth"),
    "intraperitoneal": ("i.p.", "ip", "intraperitoneal", "intraperitoneally"),
    "intravenous": ("i.v.", "iv", "intravenous", "intravenously"),
    "subcutaneous": ("s.c.", "sc", "subcutaneous", "subcutaneously"),
    "intramuscular": ("i.m.", "im", "intramuscular", "intramuscularly"),
    "topical": ("topical", "topically", "cream"),
    "inhaled": ("inhaled", "inhalation", "aerosol"),
    "intranasal": ("intranasal", "intranasally", "i.n."),
    "intracerebroventricular": ("i.c.v.", "icv", "intracerebroventricular"),
    "culture medium": ("culture medium", "medium", "agar", "in agar"),
    "transdermal": ("transdermal", "patch"),
    "intravitreal": ("intravitreal", "intravitreally"),
    "intrathecal": ("intrathecal", "intrathecally"),
}

SEXES: dict[str, tuple[str, ...]] = {
    "both": (
        "male and female",
        "males and females",
        "male/female",
        "female/male",
        "female and male",
        "females and males",
        "male + female",
        "male & female",
        "mf",
        "fm",
        "m/f",
        "f/m",
        "m + f",
        "m+f",
        "m and f",
        "both",
        "both sexes",
        "mixed",
        "pooled",
    ),
    "female": ("female", "females", "f", "♀"),
    "male": ("male", "males", "m", "♂"),
    "hermaphrodite": ("hermaphrodite", "hermaphrodites"),
}

AGE_WORDS = (
    "birth", "weaning", "weanling", "neonatal", "newborn", "prenatal", "postnatal", "conception", "gestation",
    "adult",
    "young", "old", "aged", "middle-aged", "middle age", "juvenile", "hatching", "eclosion", "larval", "midlife",
)  # fmt: skip

DAYS_PER_UNIT: dict[str, float] = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}
"""Days in a unit of time; months and years are mean Gregorian ones."""

TIME_WORDS: dict[str, str] = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "hour"),
    **dict.fromkeys(("d", "day", "days"), "day"),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), "week"),
    **dict.fromkeys(("m", "mo", "mos", "mth", "mths", "month", "months"), "month"),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), "year"),
}
