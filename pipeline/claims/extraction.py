"""Claims from prose: every sentence of the running text, in order, with what its paragraph and document establish."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pipeline.claims.antecedents import Memory
from pipeline.claims.arm_names import find_arm_names, name_mentions, partners_of
from pipeline.claims.builder import claims_of_scene
from pipeline.claims.facts import DocumentFacts, establish_facts
from pipeline.claims.group_labels import find_group_labels, label_mentions, part_mentions
from pipeline.claims.scene import Scene, build_scenes
from pipeline.claims.titles import find_title, is_title
from pipeline.judge import Judge, load_judge
from pipeline.model import Claim, Document, Mention, ParsedSentence, Span
from pipeline.settings import Settings

_UNREAD_SECTIONS = frozenset({"references", "back", "table"})
_FINITE = frozenset("MD VBD VBP VBZ".split())
_LEGEND = re.compile(r"(?:fig(?:ure)?|table)\b\.?\s*\d", re.IGNORECASE)
_ELIGIBILITY = re.compile(
    r"^(?:the )?(?:main |major )?(?:exclusion|inclusion|eligibility) criteri|"
    r"\b(?:discontinued|excluded|eligible|ineligible|withdrawn) (?:from the (?:study|trial) )?if\b|"
    r"\b(?:participants|patients|subjects|volunteers) (?:(?:had|have) to|were required to|must) "
    r"(?:demonstrate|have|show)\b",
    re.IGNORECASE,
)
_SHORT_FORMS = re.compile(r"(?:[^;,:=]{1,15}[,:=] [^;]{3,80}; ){2}")
_QUERY = re.compile(r"\bAND\b.*\bOR\b|\bOR\b.*\bAND\b")
_UNREAD_BLOCKS = frozenset({"heading", "reference", "note"})


def extract_claims(
    document: Document,
    parsed: Sequence[ParsedSentence],
    mentions: Iterable[Mention],
    *,
    settings: Settings,
    measured: Iterable[Span] = (),
    judge: Judge | None = None,
) -> tuple[Claim, ...]:
    """Return the claims of the document's running text in text order.

    Args:
        parsed: one parsed sentence per sentence of the document.
        mentions: named mentions and quantities of the running text.
        settings: ``max_sentence_characters`` bounds what is read.
        measured: clean places that the language model takes for outcomes.
        judge: what gives claims their confidence; the package's own by default.
    """
    mentions = tuple(mentions)
    arms = find_arm_names(document, mentions)
    named = name_mentions(document, arms, mentions)
    labelled, given_there = label_mentions(document, find_group_labels(document, mentions), (*mentions, *named))
    labelled += part_mentions(document, mentions)
    partners = {**partners_of(arms), **given_there}
    scenes = build_scenes(document, parsed, (*mentions, *named, *labelled), measured)
    readable = [
        scene for scene in scenes if _is_read(document, scene) and len(scene.span) <= settings.max_sentence_characters
    ]
    facts = establish_facts(document, readable, titled=find_title(scenes))
    judge = judge or load_judge()
    memory = _open_memory(facts, partners)
    block = -1
    claims: list[Claim] = []
    for position, scene in enumerate(readable):
        sentence = document.sentences[scene.index]
        if sentence.block != block:
            memory = _open_memory(facts, partners)
            block = sentence.block
        following = readable[position + 1].tree.lowered[:3] if position + 1 < len(readable) else ()
        found = claims_of_scene(scene, facts=facts, memory=memory, following=following, judge=judge)
        if _ELIGIBILITY.search(scene.text(scene.span)):
            continue
        if not (is_title(scene) or _is_legend(scene)) or any(token.tag in _FINITE for token in scene.tree.tokens):
            claims.extend(found)  # a title like "Efficacy of A in preventing X" states nothing
    return tuple(claims)


def _is_legend(scene: Scene) -> bool:
    """Whether a sentence opens as the legend of a figure or table does, lists short forms ("AE, adverse event; …"),
    or asks a database: "A AND (B OR C)".
    """
    text = scene.text(scene.span)
    patterns = (_LEGEND, _SHORT_FORMS)
    return any(one.match(text) for one in patterns) or bool(_QUERY.search(text))


def _open_memory(facts: DocumentFacts, partners: Mapping[str, tuple[Mention, ...]]) -> Memory:
    return Memory(
        main_drug=facts.main_drug,
        study_drug=facts.drug,
        trial_drug=facts.trial,
        controlled=facts.controlled,
        pair=facts.pair,
        together=facts.together,
        partners=partners,
    )


def outcome_mentions(document: Document, claims: Iterable[Claim]) -> tuple[Mention, ...]:
    """Return the outcomes of prose claims as mentions, each place once, the longest of overlapping ones."""
    spans = {
        Span(claim.outcome.start, claim.outcome.end)
        for claim in claims
        if claim.kind == "prose" and claim.outcome.start is not None and claim.outcome.end is not None
    }
    kept: list[Span] = []
    for span in sorted(spans, key=lambda item: (-len(item), item.start)):
        if not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return tuple(
        Mention(label="OUTCOME", span=span, text=document.quote(span), clean=document.clean.to_clean(span))
        for span in sorted(kept)
    )


def _is_read(document: Document, scene: Scene) -> bool:
    """Whether the sentence belongs to text that states findings: no headings but the title, no notes, references or
    back matter.
    """
    if not len(scene.tree):
        return False
    if is_title(scene):
        return True  # also where it is set as a heading or taken for front matter
    sentence = document.sentences[scene.index]
    if document.blocks and document.blocks[sentence.block].kind in _UNREAD_BLOCKS:
        return False
    return not document.sections or document.sections[sentence.section].kind not in _UNREAD_SECTIONS
