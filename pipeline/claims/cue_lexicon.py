"""Cue words of modality, comparison, groups and the like; each set says which decision it serves."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Modality (contract, "Certainty").
HEDGE_MODALS: Final = _words(
    """
    could may might should would
    """
)
HEDGE_ADVERBS: Final = _words(
    """
    apparently arguably conceivably likely maybe perhaps possibly potentially presumably probably putatively
    reportedly seemingly supposedly
    """
)
HEDGE_GOVERNORS: Final = _words(
    """
    anticipate appear assume believe conceivable consider expect hope imply likely plausible possibility
    possible postulate potential predict predictable presume probable promise propose seem speculate suggest
    suspect tend theorise theorize think unlikely
    """
)
HYPOTHESIS_GOVERNORS: Final = _words(
    """
    address aim ask assess attempt compare design determine elucidate establish_whether evaluate examine
    explore goal hypothesis hypothesise hypothesize intend investigate need objective plan purpose question
    seek study test try unclear unknown verify want wonder
    """
)
HYPOTHESIS_MARKS: Final = _words(
    """
    if unless whether
    """
)
INDICATION_GOVERNORS: Final = _words(
    """
    approve employ indicate license prescribe propose recommend register use
    """
)
# Verbs and nouns whose infinitive says what something is for.
PURPOSE_GOVERNORS: Final = _words(
    """
    administer aim approach attempt design develop give initiate need plan propose seek start strategy treat
    try use want way
    """
)
BELIEF_NOUNS: Final = _words(
    """
    assumption belief claim concern concerns fear hypothesis idea misconception notion view warning
    """
)
REFUTED_GOVERNORS: Final = _words(
    """
    anticipate assume believe expect predict suppose think
    """
)
REFUTING_OPENERS: Final = _words(
    """
    but contrary however instead nevertheless nonetheless surprisingly unexpectedly yet
    """
)

# Words that refer to a treatment named elsewhere.
ANAPHORS: Final = _words(
    """
    both former it latter these they this
    """
)
# Verbs by which a pronoun for the whole sentence before introduces what follows from it.
SUGGESTING_VERBS: Final = _words("confirm demonstrate imply indicate mean reflect reveal show suggest support")
# Words by which a sentence without an agent goes on with the treatment of the sentence before.
CONTINUING: Final = _words(
    """
    additionally also furthermore likewise moreover similarly
    """
)
TREATMENT_NOUNS: Final = _words(
    """
    administration agent agents combination compound compounds dose doses dosing drug drugs exposure infusion
    inhibitor inhibitors injection injections intervention medication medications monotherapy pre-treatment
    pretreatment regimen supplementation therapy treatment treatments supplement supplements extract vaccine antibody
    """
)
GROUP_NOUNS: Final = _words(
    """
    adults animals arm arms cells children cohort controls dogs flies group groups humans individuals infants
    men mice monkeys neonates participants patients people pigs rabbits rats recipients rodents subjects users
    volunteers women worms
    """
)
TREATED_WORDS: Final = _words(
    """
    administered allocated assigned co-treated dosed exposed fed given immunised immunized injected incubated infused
    pre-treated pretreated randomised randomized received receiving supplemented taking treated vaccinated
    """
)
STUDY_WORDS: Final = TREATED_WORDS | _words(
    """
    active dose dosed drug experimental intervention medication study supplementation test therapy treatment users verum
    """
)
# Words that alone say which of a trial's arms is meant: that of the drug it studies.
STUDIED_ARM: Final = _words("active drug experimental intervention study verum")
# What something may happen after without having happened by it.
TIME_NOUNS: Final = _words(
    """
    baseline day days end follow-up hour hours min minutes month months period phase course randomisation randomization
    study time trial visit visits week weeks year years
    """
)
# How a preparation looks, which says how a trial was blinded.
LOOKS: Final = _words("appearance color colour odor odour shape size smell taste")
# Words that may stand before "groups" where the arms of a trial are meant.
ARM_WORDS: Final = STUDY_WORDS | _words(
    """
        all allocation both comparison control different dose dosing experimental five four groups individual
        intervention interventional main parallel parallel-group patient placebo randomisation randomization
        respective same sham similar subject study supplement supplementation three treated treatment two various
        """
)
# Nouns by which "these changes", "this effect" points back to the outcomes of the sentence before.
POINTING_BACK: Final = _words(
    """
    abnormalities alteration alterations change changes decrease decreases decline deficit deficits disturbances effect
    effects elevation elevations impairment impairments increase increases reduction reductions response responses rise
    """
)
# Words that make a sentence speak of other contrasts than that of the trial's arms.
OTHER_CONTRASTS: Final = _words(
    """
    associated baseline both cohort correlated correlation groups placebo predicted predictor subgroup than women men
    younger older
    """
)
# What a course of treatment may end in, counted in shares of those treated.
ENDPOINTS: Final = _words(
    """
    clearance closure conversion cure eradication healing mortality palliation recurrence relapse remission remissions
    resolution response responses seroconversion success survival
    """
)
CONTROL_WORDS: Final = _words("control controls observation placebo saline sham untreated vehicle")
COMPARED_DRUGS: Final = _words(
    """
    agents arms compounds drug drugs formulations groups medications regimens substances therapies treatment treatments
    """
)
COMPARED_GROUPS: Final = _words(
    """
    arms cohorts groups treatments
    """
)

# A substance before these nouns or adjectives is no intervention: its level, receptor, fate or a state of
# resistance is meant.
NOT_GIVEN_HEADS: Final = _words(
    """
    absorption analogs availability balance binding bioavailability cessation channel channels clearance
    concentration concentrations consumption content deficiency depletion deprivation discontinuation
    discovery excretion field homeostasis kinase level levels metabolism oxidase pathway pathways
    pharmacokinetics production receptor receptors reductase release requirement requirements research
    resistance restriction reuptake secretion sensitivity signaling signalling status story studies study
    suppression synthase synthesis tolerance toxicity transport transporter transporters trial trials turnover
    uptake withdrawal
    """
)
# What is done with a drug, and is no effect of it: "anaesthesia was induced with A".
PROCEDURES: Final = _words("anaesthesia anesthesia decontamination euthanasia narcosis premedication sterilization")
BARE_MODIFIERS: Final = _words(
    """
    activated anaesthetised anaesthetized anesthetised anesthetized
    associated binding deficient dependent driven guided elicited evoked free independent induced insensitive
    intolerant mediated naive naïve producing provoked refractory related resistant responsive sensitive
    stimulated tolerant
    """
)

# Heads of noun phrases that are no outcome of an intervention.
NO_OUTCOMES: Final = _words(
    """
    ability administration agent agents aim aims arm arms goal goals objective objectives purpose
    analysis approach approaches argument article case
    challenge challenges co-administration coadministration difference differences extract extracts indicator indicators
    infusion infusions inhibitor inhibitors injection injections
    microinjection microinjections medication medications monotherapy pre-treatment
    pretreatment supplementation vaccine
    cases class combination compound compounds concern concerns control controls data debate development
    dosage dose doses drug drugs evidence example experiment experiments finding findings group groups half he
    analyses hypothesis i idea implications indication indications information insight insights interest intervention
    interventions it mechanism mechanisms method methods model models need one opportunity option options
    outcome outcomes paper parameter placebo possibility potential protocol protocols question questions
    recommendation regimen regimens report result results review role roles scientist scientists she some
    statement strategies strategy studies study target targets that them therapy there these they thing things
    this those time treatment trial trials understanding us use view way ways we what which who work you
    ethnicity first former gender latter race second sex third
    sitting standing supine upright
    context contexts others setting settings subgroup subgroups era field line lines
    belief beliefs notion claim warning assumption theory concept expectation suggestion conclusion powers
    """
)
# Nouns that are an outcome only with what they are of.
HOLLOW_OUTCOMES: Final = _words(
    """
    accumulation activities activity amount amounts area change capacity changes concentration concentrations
    decrease degree development
    contents duration effect effects expression expressions extent formation fraction fractions frequencies frequency
    function
    improvement incidence increase intensities
    index level levels likelihood loss majority means measurement measurements
    number numbers occurrence odds onset percent percentage
    presence prevalence probability production progression quality proportion range rate rates ratio reduction response
    responses risk score scores series severity size value values variety volume parameters measures markers
    indices variables endpoints cell cells tissue tissues organ organs
    """
)
# What a thing is measured in, and which alone says of nothing that it rose or fell.
FLUIDS: Final = _words("blood csf faeces feces plasma saliva serum sputum urine")
# What subjects are put to: an "impairment in the maze" is of what the maze measures.
TESTS: Final = _words("arena assay maze paradigm session sessions task tasks test tests trial trials")
# Nouns among those of no outcome that are one with this preposition behind them.
COMPLETED_OUTCOMES: Final = {
    "cases": "of",
    "control": "of",
    "development": "of",
    "need": "for",
    "potential": "",
    "time": "to",
}
# What makes "outcomes" something measured: "functional outcomes", where "outcomes" alone say nothing.
KINDS_OF_OUTCOME: Final = _words(
    """
    adverse birth cardiovascular clinical cognitive fetal functional maternal metabolic motor neonatal neurological
    obstetric oncological pregnancy psychological renal reproductive respiratory surgical survival visual
    """
)
COMPLEMENT_PREPOSITIONS: Final = {
    "area": {"under"},
    "response": {"to"},
    "responses": {"to"},
    "resistance": {"to", "against"},
    "sensitivity": {"to"},
    "tolerance": {"to"},
    "exposure": {"to"},
    "risk": {"of", "for"},
    "time": {"to"},
    "susceptibility": {"to"},
    "adherence": {"to"},
    "capacity": {"to", "for"},
    "damage": {"to"},
    "binding": {"to"},
    "need": {"for"},
    "demand": {"for"},
    "adhesion": {"to"},
    "conversion": {"to"},
    "death": {"from"},
    "deaths": {"from"},
    "mortality": {"from"},
    "immunity": {"to", "against"},
    "hospitalization": {"for"},
    "hospitalisation": {"for"},
    "ratio": {"to"},
    "relapse": {"to"},
    "reactivity": {"to"},
    "responsiveness": {"to"},
}
# A change in a thing that is bad in itself: "improved arthritis" is less of it.
HARM_HEADS: Final = _words(
    """
    abnormalities abnormality anxiety atrophy cataracts complications consequences damage death deaths decline
    defect defects deficit deficits degeneration depression disease disorder dysfunction edema erythema events fatigue
    fibrosis frailty hyperglycemia hypertension hypertrophy impairment impairments induration infection infections
    inflammation injury insomnia intolerance lesion lesions loss mortality nausea nephropathy neuropathy
    oedema pain pathology reactions resistance retinopathy scaling stress symptom symptoms syndrome toxicity vomiting
    swelling weakness wheal wrinkles
    """
)
# Nouns that say how many of a group: "the proportion of patients with X".
COUNT_NOUNS: Final = _words("fraction number numbers percentage proportion rate share")
RISKS: Final = _words(
    "frequency hazard incidence likelihood number occurrence odds prevalence probability rate rates risk risks"
)
COUNTS_OF_HARM: Final = RISKS | _words(
    "activity burden events grade grades index indices intensity scale scales score scores severity status vas"
)
# Measures of which less is better: who says that they improved says that they fell.
BETTER_LOWER: Final = _words(
    """
    adiposity albuminuria alt ast bilirubin cholesterol circumference creatinine crp c-reactive
    glucose glycaemia glycemia hba1c homa-ir ldl
    ldl-c low-density proteinuria transaminases triglyceride triglycerides
    """
)
# What to ameliorate is to raise.
GOODS: Final = _words(
    """
    ability acuity capacity cognition compliance endurance function functions health healing learning memory mobility
    outcome outcomes performance quality recovery sensitivity strength survival tolerance
    """
)
HARM_ENDINGS: Final = ("itis", "osis", "emia", "aemia", "pathy", "oma", "algia", "trophy", "plegia", "ectasia")
