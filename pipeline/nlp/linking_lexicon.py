"""Words that may change in a disease's name without changing what it names, and words that may go."""

from __future__ import annotations

import re
from typing import Final

# Words that stand for each other in names of diseases; each is tried in place of each other of its group.
SYNONYMS: Final = (
    ("renal", "kidney"),
    ("hepatic", "liver"),
    ("cardiac", "heart", "myocardial"),
    ("pulmonary", "lung"),
    ("gastric", "stomach"),
    ("cerebral", "brain"),
    ("dermal", "skin", "cutaneous"),
    ("ocular", "eye"),
    ("mammary", "breast"),
    ("cancer", "carcinoma", "neoplasm", "tumor", "neoplasms", "cancers"),
    ("disease", "disorder", "disorders", "diseases"),
    ("failure", "insufficiency", "impairment", "dysfunction"),
    ("injury", "damage", "toxicity"),
    ("visual", "vision"),
    ("arrhythmia", "arrhythmias", "tachyarrhythmia", "dysrhythmia", "tachyarrhythmias"),
    ("hypertrophy", "enlargement"),
    ("hemorrhage", "bleeding", "hemorrhages"),
    ("deficit", "deficits", "disturbance", "disturbances"),
    ("thrombosis", "thromboses", "thrombus"),
    ("mental", "cognitive", "psychiatric"),
    ("urinary", "bladder"),
    ("fits", "seizures"),
    ("neuropathy", "neuropathies"),
    ("stenosis", "narrowing", "constriction"),
    ("congenital", "hereditary", "inherited", "familial"),
)
# "postoperative delirium", "levodopa-induced dyskinesia": what is said of a disease before its name.
MODIFIER: Final = re.compile(
    r"^(?:(?:[\w,'-]+-(?:induced|related|associated|dependent|like|type)|acute|subacute|chronic|severe|"
    r"mild|moderate|progressive|transient|sporadic|recurrent|persistent|postoperative|preoperative|"
    r"perioperative|post-operative|intraoperative|early|late|delayed|new-onset|fatal|life-threatening|"
    r"refractory|intractable|generali[sz]ed|bilateral|unilateral|contralateral|ipsilateral|idiopathic|"
    r"symptomatic|asymptomatic|spontaneous|primary|secondary|reversible|irreversible|isolated|marked|"
    r"subclinical|clinical|massive|diffuse|focal|local|systemic|advanced|metastatic|invasive|experimental|"
    r"induced|increased|worsening|painful|painless|common|overt|occult|frequent|prolonged|sudden|major|"
    r"minor|first|classic|classical|typical|atypical|human|adult|childhood|neonatal|infantile|juvenile|"
    r"maternal|fetal|familial|hereditary|inherited|congenital) )+",
    re.IGNORECASE,
)
# "syncopal attacks", "parkinsonian symptoms": what is counted of a disease behind its name.
COUNTED: Final = re.compile(
    r" (?:attacks?|episodes?|symptoms?|signs?|events?|complications?|reactions?|problems?|lesions?|states?|features?|"
    r"manifestations?|syndromes?|diseases?|disorders?|conditions?|patients?|side effects?|effects?)$",
    re.IGNORECASE,
)
