"""Which agents are given to cause the model, not to treat it."""

from __future__ import annotations

import re

from pipeline.claims.scene import Scene
from pipeline.model import Mention
from pipeline.model.claims import Role

_INDUCER = re.compile(r"\b(?:model|induced|challenge[ds]?|intoxicat|toxicity|lesion)", re.IGNORECASE)
_INDUCERS = frozenset(
    {
        "1-methyl-4-phenyl-1,2,3,6-tetrahydropyridine",
        "6-hydroxydopamine",
        "alloxan",
        "azoxymethane",
        "bleomycin",
        "carbon tetrachloride",
        "carrageenan",
        "complete freund's adjuvant",
        "cuprizone",
        "d-galactose",
        "dextran sulfate sodium",
        "isoproterenol",
        "kainic acid",
        "lipopolysaccharide",
        "paraquat",
        "pentylenetetrazol",
        "rotenone",
        "scopolamine",
        "streptozotocin",
    }
)


def role_of(scene: Scene, mention: Mention, name: str) -> Role:
    """Return whether a drug treats or makes the model, as its name or its sentence tells."""
    if name.lower() in _INDUCERS or (_INDUCER.search(scene.text(scene.span)) and "inducer" in mention.flags):
        return "inducer"
    return "treatment"
