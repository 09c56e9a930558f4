"""Words that mean the same when two labels are compared, and words that carry nothing."""

from __future__ import annotations

UNITS = {
    "ppm": "[ppm]", "mg per kg": "mg/kg", "mg kg-1": "mg/kg", "mg.kg-1": "mg/kg", "mg/kg bw": "mg/kg",
    "ug per kg": "ug/kg", "g per kg": "g/kg", "mg per l": "mg/l", "mg per ml": "mg/ml", "mg per m2": "mg/m2",
    "mg/m^2": "mg/m2", "iu": "[iu]", "u": "[iu]",
    "iu/kg": "[iu]/kg", "percent": "%", "per cent": "%", "mcg": "ug", "mcg/kg": "ug/kg", "days": "d", "day": "d",
    "weeks": "wk", "week": "wk", "months": "mo", "month": "mo", "years": "a", "year": "a", "fold": "", "1": "",
    "{fold}": "", "[degf]": "[degf]",
}  # fmt: skip
"""Ways to write a unit (after folding; ``µ`` as ``u``) to the one that is compared."""

MOLAR = {"M": "mol/l", "mM": "mmol/l", "uM": "umol/l", "nM": "nmol/l", "pM": "pmol/l"}
"""Molar units, told by their capital from metres (``mM``, ``mm``); looked up before folding."""

ROUTES = {
    "ip": "intraperitoneal", "intraperitoneally": "intraperitoneal", "sc": "subcutaneous",
    "subcutaneously": "subcutaneous", "iv": "intravenous", "intravenously": "intravenous", "im": "intramuscular",
    "intramuscularly": "intramuscular", "po": "oral", "orally": "oral", "by mouth": "oral", "per os": "oral",
    "in diet": "diet", "dietary": "diet", "in chow": "diet", "chow": "diet", "in food": "diet", "food": "diet",
    "feed": "diet", "in feed": "diet", "via diet": "diet", "water": "drinking water", "in water": "drinking water",
    "in drinking water": "drinking water", "oral gavage": "gavage", "by gavage": "gavage", "by oral gavage": "gavage",
    "topically": "topical", "cream": "topical", "ointment": "topical", "systemically": "systemic",
    "inhaled": "inhalation", "intranasally": "intranasal",
}  # fmt: skip

SPECIES = {
    "mouse": "mus musculus", "murine": "mus musculus", "rat": "rattus norvegicus", "human": "homo sapiens",
    "patient": "homo sapiens", "people": "homo sapiens", "person": "homo sapiens", "adult": "homo sapiens",
    "volunteer": "homo sapiens", "man": "homo sapiens", "woman": "homo sapiens", "child": "homo sapiens",
    "participant": "homo sapiens", "dog": "canis lupus familiaris", "canis familiaris": "canis lupus familiaris",
    "c elegans": "caenorhabditis elegans", "worm": "caenorhabditis elegans", "nematode": "caenorhabditis elegans",
    "fly": "drosophila melanogaster", "fruit fly": "drosophila melanogaster", "drosophila": "drosophila melanogaster",
    "d melanogaster": "drosophila melanogaster", "yeast": "saccharomyces cerevisiae",
    "s cerevisiae": "saccharomyces cerevisiae", "budding yeast": "saccharomyces cerevisiae",
    "zebrafish": "danio rerio", "marmoset": "callithrix jacchus", "rhesus": "macaca mulatta",
    "rhesus monkey": "macaca mulatta", "rhesus macaque": "macaca mulatta",
}  # fmt: skip

IRREGULAR_PLURALS = {
    "mice": "mouse", "men": "man", "women": "woman", "children": "child", "flies": "fly", "lives": "life",
    "mitochondria": "mitochondrion", "metastases": "metastasis", "bodies": "body",
}  # fmt: skip

SPELLINGS = {
    "ageing": "aging", "tumour": "tumor", "anaemia": "anemia", "oedema": "edema", "haemoglobin": "hemoglobin",
    "oestrogen": "estrogen", "oesophageal": "esophageal", "diarrhoea": "diarrhea", "behaviour": "behavior",
    "fibre": "fiber", "leukaemia": "leukemia", "ischaemia": "ischemia", "glycaemia": "glycemia",
    "hyperglycaemia": "hyperglycemia", "longevity": "lifespan", "tumorigenesis": "tumorigenesis",
}  # fmt: skip

PHRASES = {
    "life span": "lifespan",
    "life expectancy": "lifespan",
    "body weight": "bodyweight",
    "health span": "healthspan",
}

EMPTY_WORDS = frozenset(
    {
        "a", "an", "the", "of", "in", "on", "at", "by", "for", "to", "from", "with", "and", "or", "both", "their",
        "its", "his", "her", "this", "that", "these", "those", "all", "any", "some", "level", "levels", "rate",
        "rates", "value", "values", "amount", "amounts", "overall", "total", "median", "mean", "average",
    }
)  # fmt: skip
"""Words of an outcome that its ``statistic`` or nothing else carries, so that they neither help nor harm a match."""

POINTING_WORDS = frozenset(
    {"it", "its", "they", "them", "this", "that", "these", "those", "the", "such", "both", "former", "latter"}
)
"""First words of a phrase that points to a drug instead of naming one."""
