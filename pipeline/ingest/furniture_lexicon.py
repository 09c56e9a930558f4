"""Forms of lines that publishers print around a paper."""

_URL = r"(?:https?://|www\.|mailto:|doi:\s?|orcid\.org)\S*"
_DATE = r"[\w\s.,/()-]{4,40}"

FURNITURE_PATTERNS = (
    rf"(?:{_URL}[\s,;|]*)+",
    r"(?:\S+\s){0,6}?(?:https?://(?:dx\.)?doi\.org/|doi:\s?10\.)\S+(?:\s+\S+){0,3}",
    rf"(?:received|accepted|revised|published(?:\sonline)?|available\sonline|first\spublished|submitted|"
    rf"publication\sdate|epub|in\srevised\sform)\b(?:\s(?:on|date|in))?\s?:?\s{_DATE}(?:[;,|]\s?"
    rf"(?:received|accepted|revised|published(?:\sonline)?)\s?:?\s{_DATE})*",
    r"(?:check\sfor\supdates|open\saccess|free\saccess|original\s(?:article|research|investigation|paper)|"
    r"(?:mini[- ]?)?review(?:\sarticle)?|research\s(?:article|paper|letter|report)|editorial|perspectives?|"
    r"commentary|"
    r"brief\s(?:report|communication)|short\s(?:report|communication)|case\sreport|letter\sto\sthe\seditor|"
    r"article|report|news\s(?:&|and)\sviews|correction|erratum|author\smanuscript|nih[- ]pa\sauthor\smanuscript|"
    r"hhs\spublic\saccess|article\sin\spress|peer[- ]reviewed?|view\sarticle\sonline|crossmark|"
    r"full\slist\sof\sauthor\sinformation\sis\savailable\sat\sthe\send\sof\sthe\sarticle|study\sprotocol|methodology|"
    r"(?:research|methodology|review|study\sprotocol|database|software|case\sreport|debate|commentary|"
    r"short\sreport|letter)\s+open\saccess|"
    r"revised|discuss\sthis\sarticle|comments\s?\(\d+\)|this\sarticle\sis\sincluded\sin\sthe\s.{3,80}|"
    r"click\shere\sfor\sadditional\sdata\sfile\.?)",
    r"(?:e-?mail|correspondence(?:\sto)?|corresponding\sauthors?)\s?:?.{0,160}?\S+@\S+.{0,60}",
    r"(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+[;,\s]*)+",
    r"\W?\s?(?:©|\(c\)|copyright\b).{0,200}",
    r"(?:page\s)?\d{1,4}\s?(?:of|/)\s?\d{1,4}",
    r"page\s\d{1,4}|\d{1,4}\s?\|\s?p\s?a\s?g\s?e|p\.\s?\d{1,4}",
    r"\d{1,5}\s\|\s.{3,100}|.{3,100}\s\|\s\d{1,5}",
    r"(?:www\.)[\w.-]+\.(?:com|org|net|gov|edu)(?:/\S*)?(?:\s+\d{1,5})?(?:\s.{0,60})?",
    r"\d{1,5}\s+(?:www\.)[\w.-]+\.(?:com|org|net)\S*(?:\s.{0,60})?",
    r"(?:downloaded|reprinted|printed)\sfrom\s.{0,160}",
    r"this\sis\san\sopen[- ]access\sarticle.{0,300}",
    r"(?:.{0,80}\s)?et\sal\.?(?:\s.{0,80})?\s(?:page|p\.)\s\d{1,4}(?:\sof\s\d{1,4})?",
    r"(?:doi|issn|e-?issn|pmid|pmcid)\b\s?:?\s?\S+",
    r"vol(?:ume)?\.?\s\d{1,4}\W.{0,60}|volume\s\d+\s?[|,]\s?(?:issue|number)\s\d+.{0,60}",
    r"author\smanuscript;\savailable\sin\spmc.{0,60}",
    r"submit\syour\s(?:next\s)?manuscript(?:\sto\s.{3,60})?(?:\sat)?:?|and\stake\sfull\sadvantage\sof:?|"
    r"•?\s?(?:convenient\sonline\ssubmission|thorough\speer\sreview|immediate\spublication\son\sacceptance|"
    r"no\sspace\sconstraints\sor\scolor\s(?:fi|ﬁ)gure\scharges|inclusion\sin\spubmed,\scas,\sscopus\sand\sgoogle\sscholar|"
    r"research\swhich\sis\sfreely\savailable\sfor\sredistribution)",
    r"published\sin\sfinal\sedited\sform\sas.{0,160}",
)
"""Full matches, case ignored, against a line without the white space around it."""

AFFILIATION_WORDS = (
    "Universit", "Univ\\.", "Department", "Dept\\.", "Institut", "School of", "Hospital", "College", "Faculty",
    "Center for", "Centre for", "Cancer Cent", "Medical Cent", "Laborator", "Division of", "Therapeutics", "Inc\\.",
    "Ltd\\.?", "GmbH", "Academy of", "INSERM", "CNRS", "Research Cent", "Pharmaceuticals", "Clinic",
)  # fmt: skip
"""Words of addresses; a line with one of them, several commas and hardly a function word is an affiliation."""
