"""Which chemical mentions of a sentence may be interventions: given, not only present or part of another name."""

from __future__ import annotations

import re

from pipeline.claims import cue_lexicon as cues
from pipeline.claims.scene import Scene, key_of
from pipeline.model import Mention
from pipeline.nlp.administration import words_say_given

_BRACKETED = re.compile(r"^\s*\([^()]{1,12}\)")
# Proteins that are markers first: drugs only where the text says that they were given.
_MEASURED = re.compile(
    r"\b(?:antigens?$|apo[A-E]|apolipoprotein|h(?:a)?emoglobin|(?:plasma|serum|total) proteins?$)", re.IGNORECASE
)
_BRACKET = re.compile(r"\s\(")
_PROTEIN = re.compile(
    r"\b(?:antigen|receptor|kinase|microbiota|reductase|synthase|transporter)(?: [\w-]{1,3})?$", re.IGNORECASE
)
_ENZYME = re.compile(
    r"[ -](?:amino|carboxy|acyl|glycosyl)?(?:carboxylase|cyclase|deaminase|dehydrogenase|esterase|hydrolase|"
    r"hydroxylase|isomerase|kinase|ligase|lipase|lyase|mutase|oxidase|oxygenase|peptidase|phosphatase|phosphorylase|protease|"
    r"reductase|synthase|synthetase|transferase|transpeptidase)s?\b",
    re.IGNORECASE,
)
_GENOTYPE = re.compile(r"\s?\(?[-–−+]/[-–−+]\)?|\s+(?:knock-?outs?|null|transgenic|deficient) ", re.IGNORECASE)
_LABELLED = re.compile(r"(?:\[\(?\d{1,3}m?\)?[A-Z][a-z]?\]-?|\b\d{2,3}m?Tc[- ])\S*$")
_NOT_GIVEN = re.compile(
    r"\b(?:not|never) (?:be |been )?(?:exposed to|given|on|receiv\w+|tak\w+|treated with|us\w+) (?:the )?$"
)
_KIND_OF_IT = re.compile(
    r"\+?\s+(?:receptor )?(?:agonist|analog(?:ue)?|antagonist|blocker|booster|derivative|donor|inhibitor|mimetic"
    r"|precursor|prodrug)s?[,:]?\s+"
)
_EXPOSED = re.compile(r"\b(?:exposure|exposed|exposing) to (?:[\w-]+ ){0,3}$", re.IGNORECASE)


def given_substances(scene: Scene, administered: frozenset[str]) -> list[Mention]:
    """Return the chemical mentions of a sentence that may be interventions there.

    Args:
        administered: keys (see :func:`key_of`) of substances that the document somewhere says were given.
    """
    kept = []
    for mention in scene.of("CHEMICAL"):
        if is_modifier_only(scene, mention):
            continue
        measured = bool(_MEASURED.search(mention.text) or _PROTEIN.search(mention.name or ""))
        if (
            (mention.role == "drug" and not ({"endogenous", "gene_like"} & set(mention.flags) or measured))
            or is_administered(scene, mention)
            or ("endogenous" in mention.flags and _extends_life(scene, mention))
            or ({"unlinked", "endogenous"} & set(mention.flags) and key_of(mention) in administered)
        ):
            kept.append(mention)
    return kept


def _extends_life(scene: Scene, mention: Mention) -> bool:
    """Whether a substance of the body is said by its own name to lengthen life, as only one that is given does."""
    tree = scene.tree
    node = scene.node(mention)
    if node is None or tree[node].dep != "nsubj" or "gene_like" in mention.flags or tree.children(node):
        return False
    verb = tree[node].head
    return tree[verb].lemma in ("extend", "prolong") and any(
        tree.lowered[thing] in ("healthspan", "life", "lifespan", "lifespans", "longevity", "survival")
        for thing in tree.children(verb, "dobj")
    )


def is_administered(scene: Scene, mention: Mention) -> bool:
    """Whether the words around a substance say that it was given."""
    if mention.clean is None:
        return False
    text = scene.document.clean.text
    before = text[max(scene.span.start, mention.clean.start - 60) : mention.clean.start]
    after = text[mention.clean.end : min(scene.span.end, mention.clean.end + 40)]
    if words_say_given(before, after):
        return True
    doses = [dose for dose in scene.of("DOSE") if dose.clean is not None]
    if _BRACKET.match(after) and any(
        dose.clean is not None and 2 <= dose.clean.start - mention.clean.end <= 3 and _is_by_weight(dose)
        for dose in doses
    ):
        return True  # "vehicle or XY-12 (2.5 mg/kg)"
    return any(0 <= mention.clean.start - dose.clean.end <= 4 for dose in doses if dose.clean is not None)


def _is_by_weight(dose: Mention) -> bool:
    return dose.quantity is not None and "body weight" in dose.quantity.per


def is_modifier_only(scene: Scene, mention: Mention) -> bool:
    """Whether the substance only modifies: its level, its receptor, "X-induced", "X-resistant"."""
    if mention.clean is None:
        return True
    text = scene.document.clean.text
    after = _BRACKETED.sub("", text[mention.clean.end : scene.span.end])
    if _LABELLED.search(text[max(0, mention.clean.start - 8) : mention.clean.end]):
        return True  # "[3H]saxitoxin", "99mTc-glucarate" show where something is, and do nothing
    opening = text[max(scene.span.start, mention.clean.start - 13) : mention.clean.start].lower()
    if re.search(r"\b(?:circulating |plasma |serum |urinary |v?[hil]dl[- ]|total )$", opening):
        return True
    if _ENZYME.match(after) or _GENOTYPE.match(after) or opening.endswith("endogenous "):
        return True
    hyphen = re.match(r"[-–‐]\s?([A-Za-zï]+)", after)
    if hyphen:
        return hyphen.group(1).lower() in cues.BARE_MODIFIERS
    if "class" in mention.flags and any(
        gene.clean is not None and 0 <= gene.clean.start - mention.clean.end <= 2 for gene in scene.of("GENE")
    ):
        return True
    kind = _KIND_OF_IT.match(after)
    behind = 0 if kind is None else scene.span.end - len(after) + kind.end()
    if kind and any(other.clean is not None and other.clean.start == behind for other in scene.of("CHEMICAL")):
        return True  # "the NAD+ precursor nicotinamide riboside"
    word = re.match(r"\s+([A-Za-z-]+)(?:\s+([A-Za-z-]+))?", after)
    if (
        word
        and word[1] in ("induced", "mediated")
        and re.search(r"\b(?:after|against|during|from|in|of|to) $", opening)
    ):
        return True  # "during doxorubicin induced cardiomyopathy", without its hyphen
    if "class" in mention.flags and re.match(
        r"\s+(?:(?:and|or) [\w-]+ )?(?:effects?|activit(?:y|ies)|actions?|properties|responses?|agents)\b", after
    ):
        return True
    exposed = _EXPOSED.search(text[max(scene.span.start, mention.clean.start - 40) : mention.clean.start])
    if exposed and word and word.group(1).lower() in ("concentration", "concentrations", "levels"):
        return False
    if word and (
        word.group(1).lower() in cues.NOT_GIVEN_HEADS or (word.group(2) or "").lower() in {"receptor", "receptors"}
    ):
        return True
    if re.match(r"\s+(?:and|or|,)\s+[\w-]+ receptors?\b", after):
        return True
    before = text[max(scene.span.start, mention.clean.start - 40) : mention.clean.start].lower()
    return bool(
        re.search(
            r"(?:non-?users?|targets?|(?<!dose )levels?|concentrations?|resistance|sensitivity|intolerance|allergy|"
            r"(?<!in )response|resistant|refractory|naive|deficiency|"
            r"restriction|deprivation|depletion|withdrawal|removal|blockade|inhibition|antagonism|discontinuation|cessation|"
            r"metabolism|synthesis|secretion|production|release|uptake|accumulation|absence|lack|instead|independent|absorption|"
            r"exposure to endogenous|sum) (?:of|to|in) (?:the )?$|"
            r"\bloss(?:es)? \([\w\s,-]*$|\bderived from (?:the )?$",
            before,
        )
        or _NOT_GIVEN.search(before)
    )
