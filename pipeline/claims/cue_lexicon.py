"""Cue words of modality, comparison, groups and the like; each set says which decision it serves."""

from __future__ import annotations

from typing import Final

# Modality (contract, "Certainty").
HEDGE_MODALS: Final = frozenset({"may", "might", "could", "would", "should"})
HEDGE_ADVERBS: Final = frozenset(
    {"possibly", "perhaps", "probably", "likely", "potentially", "presumably", "apparently", "seemingly", "maybe",
     "conceivably", "arguably", "putatively", "reportedly", "supposedly"}
)  # fmt: skip
HEDGE_GOVERNORS: Final = frozenset(
    {"suggest", "appear", "seem", "tend", "expect", "predict", "think", "believe", "propose", "postulate",
     "speculate", "assume", "presume", "suspect", "anticipate", "imply", "likely", "unlikely", "possible", "probable", "plausible",
     "conceivable", "potential", "possibility", "predictable", "hope", "consider", "theorize", "theorise", "promise"}
)  # fmt: skip
HYPOTHESIS_GOVERNORS: Final = frozenset(
    {"test", "investigate", "examine", "assess", "evaluate", "determine", "explore", "study", "ask", "aim", "seek",
     "hypothesize", "hypothesise", "hypothesis", "question", "wonder", "unknown", "unclear", "compare", "design", "plan",
     "objective", "goal", "purpose", "intend", "address", "elucidate", "verify", "establish_whether", "attempt", "try", "want", "need", "verify"}
)  # fmt: skip
HYPOTHESIS_MARKS: Final = frozenset({"whether", "if", "unless"})
INDICATION_GOVERNORS: Final = frozenset(
    {"approve", "license", "indicate", "use", "prescribe", "recommend", "register", "employ", "propose"}
)
BELIEF_NOUNS: Final = frozenset(
    {
        "warning",
        "concern",
        "concerns",
        "notion",
        "idea",
        "belief",
        "assumption",
        "fear",
        "claim",
        "misconception",
        "hypothesis",
        "view",
    }
)
REFUTED_GOVERNORS: Final = frozenset({"expect", "assume", "think", "suppose", "anticipate", "predict", "believe"})
REFUTING_OPENERS: Final = frozenset(
    {"nonetheless", "nevertheless", "however", "unexpectedly", "surprisingly", "instead", "contrary", "yet", "but"}
)

# Words that refer to a treatment named elsewhere.
ANAPHORS: Final = frozenset({"it", "this", "they", "which", "that", "these", "both", "latter", "former"})
TREATMENT_NOUNS: Final = frozenset(
    {"treatment", "therapy", "drug", "drugs", "compound", "compounds", "agent", "agents", "supplementation", "administration",
     "regimen", "medication", "medications", "treatments", "intervention", "dosing", "dose", "doses", "injection", "injections",
     "infusion", "combination", "monotherapy", "pretreatment", "pre-treatment", "exposure", "inhibitor", "inhibitors"}
)  # fmt: skip
GROUP_NOUNS: Final = frozenset(
    {"group", "groups", "arm", "arms", "mice", "rats", "animals", "patients", "subjects", "participants", "individuals",
     "recipients", "cells", "volunteers", "adults", "women", "men", "children", "worms", "flies", "dogs", "rodents", "cohort",
     "users", "controls", "humans", "people", "infants", "neonates", "rabbits", "pigs", "monkeys"}
)  # fmt: skip
TREATED_WORDS: Final = frozenset({"treated", "receiving", "received", "given", "fed", "taking", "administered", "supplemented",
                                  "injected", "exposed", "assigned", "randomized", "randomised", "allocated"})  # fmt: skip
STUDY_WORDS: Final = TREATED_WORDS | {
    "treatment",
    "active",
    "drug",
    "intervention",
    "experimental",
    "study",
    "verum",
    "test",
}
COMPARED_GROUPS: Final = frozenset({"groups", "arms", "treatments", "cohorts"})
ADMINISTRATION_NOUNS: Final = frozenset(
    {"treatment", "therapy", "administration", "supplementation", "infusion", "injection", "injections", "monotherapy",
     "pretreatment", "dosing", "intake", "feeding", "group", "arm", "replacement", "prophylaxis", "pre-treatment", "diet", "cream",
     "ointment", "gel", "tablet", "tablets", "capsule", "capsules", "supplement", "supplements", "chemotherapy", "regimen", "use", "users"}
)  # fmt: skip

# A substance before these nouns or adjectives is no intervention: its level, receptor, fate or a state of resistance is meant.
NOT_GIVEN_HEADS: Final = frozenset(
    {"level", "levels", "concentration", "concentrations", "receptor", "receptors", "resistance", "sensitivity", "deficiency",
     "metabolism", "signaling", "signalling", "pathway", "pathways", "transporter", "transporters", "synthesis", "secretion", "exposure",
     "production", "release", "uptake", "clearance", "pharmacokinetics", "absorption", "bioavailability", "tolerance", "toxicity", "kinase",
     "synthase", "oxidase", "reductase", "homeostasis", "transport", "channel", "channels", "status", "content", "balance", "excretion",
     "turnover", "binding", "withdrawal", "discontinuation", "cessation", "restriction", "deprivation", "depletion", "analogs", "discovery", "field", "research", "study", "studies", "trial", "trials", "story"}
)  # fmt: skip
BARE_MODIFIERS: Final = frozenset({"induced", "resistant", "sensitive", "free", "naive", "naïve", "dependent", "independent", "responsive",
                                   "deficient", "evoked", "refractory", "tolerant", "intolerant", "mediated", "driven", "insensitive",
                                   "associated", "related", "stimulated", "activated", "elicited", "provoked", "producing"})  # fmt: skip

# Comparison.
COMPARISON_PREPOSITIONS: Final = frozenset(
    {"than", "versus", "vs", "vs.", "compared", "relative", "comparison", "over", "against"}
)

# Heads of noun phrases that are no outcome of an intervention.
NO_OUTCOMES: Final = frozenset(
    {"role", "roles", "use", "interest", "concern", "concerns", "question", "questions", "study", "studies", "trial", "trials", "attention",
     "evidence", "data", "result", "results", "approach", "approaches", "way", "ways", "understanding", "hypothesis", "possibility",
     "target", "targets", "method", "methods", "it", "them", "this", "that", "which", "these", "those", "they", "one", "some", "us",
     "debate", "work", "analysis", "model", "models", "paper", "article", "review", "report", "finding", "findings", "idea",
     "need", "dose", "doses", "dosage", "treatment", "therapy", "drug", "drugs", "thing", "things", "case", "cases", "example", "time",
     "who", "what", "group", "groups", "he", "she", "we", "i", "you", "opportunity", "option", "options", "strategy", "strategies",
     "information", "insight", "insights", "mechanism", "mechanisms", "administration", "placebo", "control", "controls", "agent",
     "agents", "compound", "compounds", "protocol", "protocols", "experiment", "experiments", "there", "view", "argument", "potential",
     "recommendation", "implications", "development", "class", "combination", "regimen", "regimens", "intervention", "interventions",
     "parameter", "statement", "ability", "capacity", "outcome", "outcomes", "indication", "indications", "scientist", "scientists"}
)  # fmt: skip
# Nouns that are an outcome only with what they are of.
HOLLOW_OUTCOMES: Final = frozenset(
    {"level", "levels", "rate", "rates", "number", "numbers", "amount", "risk", "incidence", "frequency", "proportion", "percentage",
     "degree", "extent", "onset", "development", "progression", "expression", "activity", "duration", "severity", "prevalence",
     "likelihood", "probability", "odds", "size", "volume", "function", "response", "responses", "effect", "effects", "improvement", "change",
     "changes", "increase", "decrease", "reduction", "loss", "concentration", "concentrations", "production", "formation", "accumulation",
     "score", "scores", "value", "values", "index", "occurrence", "majority", "variety", "range", "series", "series", "ratio", "percent"}
)  # fmt: skip
COMPLEMENT_PREPOSITIONS: Final = {
    "response": {"to"}, "responses": {"to"}, "resistance": {"to", "against"}, "sensitivity": {"to"}, "tolerance": {"to"},
    "exposure": {"to"}, "risk": {"of", "for"}, "time": {"to"}, "susceptibility": {"to"}, "adherence": {"to"}, "capacity": {"to", "for"},
    "damage": {"to"}, "binding": {"to"}, "need": {"for"}, "demand": {"for"}, "adhesion": {"to"}, "conversion": {"to"},
    "death": {"from"}, "deaths": {"from"}, "mortality": {"from"}, "immunity": {"to", "against"}, "hospitalization": {"for"},
    "hospitalisation": {"for"}, "ratio": {"to"}, "relapse": {"to"}, "reactivity": {"to"}, "responsiveness": {"to"},
}  # fmt: skip
# A change in a thing that is bad in itself: "improved arthritis" is less of it.
HARM_HEADS: Final = frozenset(
    {"damage", "injury", "deficit", "deficits", "impairment", "impairments", "dysfunction", "loss", "decline", "symptom", "symptoms",
     "disease", "disorder", "pain", "lesion", "lesions", "toxicity", "inflammation", "fibrosis", "atrophy", "resistance", "hypertrophy",
     "pathology", "abnormalities", "abnormality", "defect", "defects", "complications", "degeneration", "syndrome", "stress",
     "depression", "anxiety", "fatigue", "wrinkles", "hyperglycemia", "hypertension", "retinopathy", "nephropathy", "neuropathy",
     "consequences", "events", "reactions", "cataracts", "mortality", "death", "deaths", "edema", "oedema", "infection", "infections", "intolerance", "insomnia", "nausea", "vomiting", "frailty", "weakness"}
)  # fmt: skip
HARM_ENDINGS: Final = ("itis", "osis", "emia", "aemia", "pathy", "oma", "algia", "trophy", "plegia", "ectasia")
