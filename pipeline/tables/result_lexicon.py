"""Words of result tables: what a header, a row name or a note says that is neither an arm nor an outcome."""

from __future__ import annotations

import re

NO_VALUE = re.compile(
    r"(?<!from )(?<!over )(?<!versus )(?<!vs )\b(baseline|before|pre-?(?:treatment|test|dose|injury"
    r"|intervention)?|screening"
    r"|initial|day 0|week 0|entry|on admission|total|all|overall)\b(?!-? ?(?:doses|adjusted|corrected"
    r"|cholesterol|cause|score))"
    r"|\br[- ]values?\b",
    re.IGNORECASE,
)
BASELINE = re.compile(
    r"^\W*(?:at )?(?:baseline|before(?! discharge)|pre-?(?:treatment|op(?:erative(?:ly)?)?|intervention|test|dose)"
    r"|screening|on admission|initial)\b(?! (?:and|to)\b|[- ]adjusted)",
    re.IGNORECASE,
)
SPREAD = re.compile(
    r"^(?!n\s?\(%\)|no\.?\s?\(%\))\W*(?:sd|sem?|s\.d\.?|s\.e\.(?:m\.?)?|range|iqr|n|%"
    r"|standard (?:deviation|error))\W*$",
    re.IGNORECASE,
)
ESTIMATE = re.compile(
    r"(?i:\b(?:differences?|ratios?|odds|hazard|relative risk|treatment effect|effect size|coefficient|estimates?)\b"
    r"(?!.*\bbaseline\b))|\b(?:OR|HR|RR|ET[DR]|LSMD|MD)\b"
)
INTERVAL = re.compile(
    r"\W*(?:95|90|99) ?% ?(?:c\.?\s?i\b\.?|confidence)|\W*confidence interval|\W*c\.?i\.?\W*$", re.IGNORECASE
)
MODEL = re.compile(
    r"\b(model|diabetic|disease|injur\w+|induced|toxic\w*|infected|obese|hfd|high[- ]fat|negative|positive"
    r"|ischa?emi\w+"
    r"|tumou?r|aged|old|ovx|stz|lesion\w*)\b",
    re.IGNORECASE,
)
TIMEPOINT = re.compile(
    r"^(?:at |after |post |by )?(?:(?:week|day|month|year|visit|hour|cycle|min(?:ute)?)s?\.?\s*\d+"
    r"(?:[^A-Za-z]{0,12}|\W{1,3}(?:post|visit|locf|after|of|n|follow|p\.?i|end|pre|weeks?|days?|months?)\b.{0,12})"
    r"|visit \d+[a-z]?:.{0,60}"
    r"|[dDwW]\s?\d{1,3}"
    r"|\d+(?:\.\d+)?(?:\s?(?:[–-]|to)\s?\d+)?\s*-?(?:weeks?|wks?|w|days?|d|months?|mo|years?|h|hr|hours?|min(?:utes?)?)"
    r"|end of (?:study|treatment|trial|follow-?up|intervention|experiment)|end(?:line|point)?|follow-?up|final"
    r"|post[- ]?(?:treatment|test|dose|intervention|operation|surgery|supplementation|therapy)?"
    r"|after(?: (?:the )?(?:treatment|intervention|therapy|supplementation|surgery|operation|training|trial))?)"
    r"(?:\s*\([^)]*\))?$",
    re.IGNORECASE,
)
STATISTIC_LABEL = re.compile(
    r"^\W*(?:adjusted )?(?:mean|median|number|no\.?|n|average|maxim(?:um|al)"
    r"|minim(?:um|al)|χ|x̄)\b[^a-z]*(?:(?:score|change|of patients|n"
    r"|sd|se|sem|s\.d\.|s\.e\.(?:m\.)?|iqr|range"
    r"|percent|median|min|max|no|days|weeks|months|years)\W*)*$",
    re.IGNORECASE,
)
TIME_HEAD = re.compile(r"\b(?:time|hours?|days?|weeks?|months?|minutes?)\b", re.IGNORECASE)
NOT_AN_OUTCOME = re.compile(
    r"^\W*(?:groups?|study|trial|visit|cohort|means?|n|values?|results?|patients?|participants|subjects|animals"
    r"|treatments?|variables?|parameters?|outcomes?|measures?|study end|control|placebo|active|total|all"
    r"|other|any|yes|no|p|t|f|df"
    r"|low|high|age|sex|gender|males?|females?|race|ethnicity|baseline|before|pre-?treatment|number|dose|doses)"
    r"s?(?:\s(?!AE)[\dA-Z]{1,2})?\W*$|^\W*(?:number|no\.?) of (?:patients|subjects|participants|animals|mice|rats"
    r"|cases)\W*$"
    r"|^\W*(?:(?:groups?|variables?|parameters?|treatments?|times?|study|outcomes?|measures?)[\s/\\]*){2,}\W*$"
    r"|\b(?:p[- ]?value|statistic\w*|difference between|test of|95 ?%|cmax|tmax|auc0|auc\(0|half-life|t1/2"
    r"|clearance)\b|^age\b(?! (?:at|of) (?:death|onset))"
    r"|^(?:mean |median )?(?:age(?! (?:at|of) (?:death|onset))|sex|gender)\b|\b(?:study|trial)$",
    re.IGNORECASE,
)
RELATIVE_CHANGE = re.compile(
    r"^\W*(?:(?:%|percent(?:age)?|relative|adjusted|ls|least[- ]squares?|mean|median|absolute|net"
    r"|log(?:10|₁₀)?)\s*)*(?:changes?|increases?|decreases?|reductions?|inhibition"
    r"|differences?|extension|improvements?|protection)"
    r"(?:\s?\((?:±? ?s\.?[de]\.?m?\.?|95 ?% ?ci|iqr)\))?(?:\s?\(?(?:%|(?:vs\.?|versus|from|over|of"
    r"|relative to|compared (?:with|to)) (?:(?!\bin\b)[^()]){3,25})\)?)?\W*$",
    re.IGNORECASE,
)
"""A header that names no outcome, only that the numbers below it are changes."""
P_ROW = re.compile(r"^\W*p(?:[- ]?values?)?\b\W*.{0,25}$", re.IGNORECASE)
WITHIN = re.compile(r"\b(within|for (?:the )?change|baseline|before|paired|trend|interaction|pre)\b", re.IGNORECASE)
INVERSE = re.compile(
    r"(?:%|percent(?:age)?|mean|median|log(?:10|₁₀)?)\s+(?:reduction|decrease|inhibition|decline|loss)\b", re.IGNORECASE
)
CHANGE = re.compile(r"\b(changes?|difference|reduction|increase|decrease|decline|gain|loss)\b|[Δ∆]", re.IGNORECASE)
SAFETY = re.compile(r"\b(adverse|side[- ]effects?|safety|tolerab\w+|toxicit\w+|complaints)\b", re.IGNORECASE)
INDUCERS = frozenset(
    "lipopolysaccharide streptozocin streptozotocin alloxan carrageenan scopolamine bleomycin monocrotaline"
    " thioacetamide paraquat"
    " rotenone pentetrazol pentylenetetrazol pilocarpine zymosan ovalbumin"
    " formaldehyde galactose mptp oxidopamine azoxymethane".split()
) | {"oleic acid", "carbon tetrachloride", "dextran sulfate sodium", "kainic acid", "trinitrobenzenesulfonic acid"}
"""Substances given to cause a model of disease."""
NO_DRUG = re.compile(
    r"\b(exercise|training|acupuncture|therapy|surg\w+|device|massage|education|care|program\w*|light|group [A-Z\d]"
    r"|stimulation|laser|counsel\w*|mean|change|effect|value|score|study|diet|vehicle|control|placebo|model|music|yoga"
    r"|intervention|school|web\w*|internet|online|app|mobile|telephone|behaviou?ral|cognitive|walking|physical|nurs\w+"
    r"|screening|ventilation|position\w*|technique|catheter|stent|implant\w*|radiotherapy|irradiation|cooling|heat\w*)\b",
    re.IGNORECASE,
)
"""Words of labels and titles that are no substance's name."""
DEMOGRAPHIC = re.compile(
    r"^(?:mean |median )?(?:age|sex|gender|males?|females?|men|women|race|ethnicity|height|education"
    r"|smok\w+|marital|bmi|body mass index)\b",
    re.IGNORECASE,
)
ENROLLED = re.compile(
    r"^(?:mean |median )?(?:age(?! (?:at|of) (?!baseline|entry|enrol|inclusion|diagnosis|randomi))"
    r"|sex|gender|males?|females?|men|women|race|ethnicity|education|smok\w+|marital)\b",
    re.IGNORECASE,
)
"""Rows that say who was enrolled and never what happened; weight and height may be outcomes."""
SEX_WORD = re.compile(r"^(?:fe)?males?$|^(?:wo)?men$|^boys$|^girls$|^[♀♂]$", re.IGNORECASE)
ARM_NAME = re.compile(
    r"^\W*(?:placebo|vehicle|sham|untreated|non-?treated|controls?|saline|pbs|ctrl|usual care)\b"
    r"(?! (?:rates?|scores?|of|status|levels?|index)\b)",
    re.IGNORECASE,
)
"""Words that name the comparator where an outcome should stand; "disease control rate" is an outcome."""
RATIO = re.compile(r"(?i:\b(?:ratios?|odds|hazard|relative risk)\b)|\b(?:OR|HR|RR)\b")
ESTIMATE_HEAD = re.compile(
    r"^\W*(?:adjusted |crude |un-?adjusted |pooled |estimated |least[- ]squares? |ls |mean |median "
    r"|absolute |relative |risk )*"
    r"(?:ORs?|HRs?|RRs?|odds ratios?|hazards? ratios?|(?:relative )?risks?|(?:risk|rate) ratios?|ratios?|differences?"
    r"|estimates?|effect sizes?|treatment effects?|β)\b\W{0,3}(?:[(\[].{0,40}|,? ?\d\d ?% ?(?:CI|confidence.{0,10}))?$",
    re.IGNORECASE,
)
"""Header levels that say how two arms are compared, not what was measured."""
ANALYSIS_SET = re.compile(
    r"^\W*(?:(?:modified )?intent(?:ion)?[- ]to[- ]treat|m?itt|per[- ]protocol|pp|fas|locf|full analysis set|evaluable"
    r"|observed cases?|completers?|as[- ]treated)\b(?: (?:analysis|population|set|patients|sample|cohort))*\W*"
    r"(?:\(.{0,20}\)\W*)?$",
    re.IGNORECASE,
)
"""Row names that say whose values were analysed, not what was measured."""
SUBGROUP = re.compile(r"^\W*(?:patient |pre-?specified )?sub-?(?:groups?|sets?|populations?)\b", re.IGNORECASE)
CHARACTERISTIC = re.compile(
    r"^\W*(?:(?:baseline|patients?|participants?|subjects?)\W{1,2})*(?:characteristics?|factors?)(?: at baseline)?\W*$",
    re.IGNORECASE,
)
RATE_HEAD = re.compile(
    r"^\W*(?:(?:n|no\.?|number|events?|patients)\b.{0,25}\(?%\)?|(?:annual(?:ized)? |event |incidence )?rates?\b.{0,40}"
    r"|%\s?(?:per|/)\s?(?:yr|years?|patient.{0,12})|(?:n|no\.?|events?)(?: per .{0,30})?)\W*$",
    re.IGNORECASE,
)
"""Heads of columns that count the same events in another way."""
SITE = re.compile(
    r"^\W*(?:(?:the|left|right|whole|total) )?(?:liver|kidneys?|heart|brain|lungs?|spleen|muscles?|testis|testes"
    r"|serum|plasma|blood"
    r"|urine|colon|ileum|jejunum|duodenum|stomach|hippocampus|(?:cerebral |frontal |prefrontal )?cortex|striatum"
    r"|cerebellum|hypothalamus|thymus|adrenals?|ovary|ovaries|uterus|skin|aorta|retina|bone|pancreas|adipose tissue"
    r"|tissue|homogenate)\W*$",
    re.IGNORECASE,
)
"""Where something was measured; the measure is named beside it."""
SCHEDULE = re.compile(
    r"^\W*(?:once|twice|thrice|(?:two|three|four) times|every|daily|weekly|monthly"
    r"|q\.?\s?\d|[bt]\.?i\.?d\b)[\w\s./-]{0,25}\W*$",
    re.IGNORECASE,
)
"""Heads that say how often something was given."""
DESCRIPTION = re.compile(
    r"\b(?:titles?|descriptions?|full names?|definitions?|annotations?|accession\w*|functions?)\b|^\W*units?\W*$",
    re.IGNORECASE,
)
"""Heads of columns that tell more of what the first column names."""
TIME_ONLY = re.compile(r"^(?:study |treatment )?(?:time|period|hours?|days?|weeks?|months?)\b.{0,60}$", re.IGNORECASE)
ELEMENTS = {
    "Li": "lithium", "Na": "sodium", "Mg": "magnesium", "Al": "aluminum", "Ca": "calcium", "Cr": "chromium",
    "Mn": "manganese", "Fe": "iron", "Co": "cobalt", "Ni": "nickel", "Cu": "copper", "Zn": "zinc", "Se": "selenium",
    "Ag": "silver", "Cd": "cadmium", "Au": "gold", "Hg": "mercury", "Pb": "lead",
}  # fmt: skip
"""Symbols of elements that are given or that organisms are exposed to."""
MODEL_ARM = re.compile(
    r"^\W*(?:(?:high|hi)[- ]?(?:fat|cholesterol|fructose|sucrose|sugar|salt)(?:[- ]?(?:high[- ]?\w+|diet|fed))*"
    r"|HFHSD?|HFHC|HFCD?|HFD|HCD|western diet|model|diabet(?:ic|es)|T[12]DM|OVX|ovariectomi[sz]ed"
    r"|MCAO|I/?R|IRI|AIA|EAE"
    r"|CUMS|UCMS|toxic|positive model|negative model)"
    r"(?:[- ](?:control|group|rats?|mice|animals|model|untreated|alone|only|diet|vehicle))*\W*$",
    re.IGNORECASE,
)
"""Labels of a model's untreated arm, which those that were treated are compared with."""
NORMAL_ARM = re.compile(
    r"^\W*(?:normal|healthy|na[iï]ve|intact|sham|NC|NCD?|ND|NFD|NOR|SD|STD|LFD|CD|chow|standard|low[- ]?fat|lean|blank"
    r"|control|con|ctrl|ctl)(?:[- ](?:control|group|rats?|mice|animals|diet|fed|operated))*\W*$",
    re.IGNORECASE,
)
"""Labels of the arm without the model."""
SUBSTANCE_LABEL = re.compile(
    r"\b(?:extracts?|fractions?|fr\.|oils?|powder|juice|decoction|infusion|tea|polysaccharides?|polyphenols?|flavonoids?"
    r"|saponins?|peptides?|hydrolysates?|nanoparticles?|honey|propolis|probiotics?|synbiotics?|pectin|inulin|glucan"
    r"|molasses|vinegar|(?:phyto)?sterols?|stanols?|esters?|seeds?|leaves|leaf|root|bark|pomace|husk)(?!\w)",
    re.IGNORECASE,
)
"""Words by which a label names something that is given though no vocabulary holds it."""
CODED_CONTROL = re.compile(r"^(?:CONT?|Con|CTRL?|Ctrl|CTL|CNT|CK)(?:[- ]?(?:group|diet))?$")
"""Short forms of the control that need no explanation."""
