"""What the judge looks at in a claim of prose: the frame, the drug's binding, the outcome's words, the sentence.

Each feature is named by what is so where it is 1; a few are shares of a bound. The names are shown to readers.
"""

from __future__ import annotations

import re

from pipeline.claims import cue_lexicon as cues
from pipeline.claims.antecedents import Agent
from pipeline.claims.effect_lexicon import word_at
from pipeline.claims.frame import Frame
from pipeline.claims.outcomes import OutcomePhrase
from pipeline.claims.scene import Scene, is_bracketed, key_of
from pipeline.claims.valence import is_harm
from pipeline.model import Claim, Mention

_QUOTED = re.compile(r"\s*“[^”]*”\s*")
_LONG_SENTENCE = 60
_FAR = 25
_MANY = 6


def describe_statement(
    scene: Scene, frame: Frame, phrase: OutcomePhrase, agent: Agent, *, given: list[Mention], statements: int
) -> dict[str, float]:
    """Return the features that a statement's claims share.

    Args:
        given: the substances of the sentence that may be interventions.
        statements: how many statements the sentence gave.
    """
    features = {
        **_describe_frame(scene, frame),
        **_describe_agent(scene, frame, phrase, agent, given),
        **_describe_outcome(scene, frame, phrase),
        **_describe_sentence(scene, statements),
    }
    return {name: round(float(value), 4) for name, value in features.items() if value}


def describe_claim(claim: Claim, *, arms: int) -> dict[str, float]:
    """Return the features of what was bound to a claim, one of ``arms`` of its statement."""
    significance = claim.significance
    features = {
        f"the direction is {claim.direction.replace('_', ' ')}": True,
        f"the statement is {claim.certainty}": claim.certainty != "asserted",
        "the effect is denied": claim.negated,
        "no effect without a word of negation": claim.direction == "no_change" and not claim.negated,
        "an amount belongs to it": claim.effect is not None,
        "it is called significant": significance is not None and significance.significant is True,
        "it is called not significant": significance is not None and significance.significant is False,
        "it names a comparator": claim.comparator is not None,
        "the dose stands in the sentence": claim.dose is not None and claim.dose.source == "sentence",
        "the species stands in the sentence": claim.species is not None and claim.species.source == "sentence",
        "the species is not known": claim.species is None,
        "it was measured in vitro": claim.setting == "in_vitro",
        "the sentence cites others": claim.source_kind == "cited",
        "the drug made the disease model": claim.intervention.role == "inducer",
        "the drug was given with others": bool(claim.combined_with),
        "the statement has several arms": arms > 1,
    }
    return {name: 1.0 for name, value in features.items() if value}


def _describe_frame(scene: Scene, frame: Frame) -> dict[str, float]:
    tree = scene.tree
    trigger = tree[frame.trigger]
    word = word_at(tree, frame.trigger)
    return {
        f"pattern: {frame.rule}": True,
        f"the effect word is of the class {word.kind}" if word else "the effect word is in no lexicon": True,
        "the effect word is a participle": trigger.tag in ("VBG", "VBN"),
        "the effect word's place in the parse is uncertain": trigger.dep in ("dep", "appos", "npadvmod", "parataxis"),
        "the effect stands in a side clause": trigger.dep in ("relcl", "acl", "advcl", "ccomp", "pcomp", "csubj"),
        "the effect is coordinated with another": trigger.dep == "conj" or bool(tree.conjuncts(frame.trigger)),
        "the effect word is the sentence's main word": trigger.dep in ("ROOT", "root"),
        "several phrases may name the cause": len(frame.causes) > 1,
        "no phrase names the cause": not frame.causes,
    }


def _describe_agent(
    scene: Scene, frame: Frame, phrase: OutcomePhrase, agent: Agent, given: list[Mention]
) -> dict[str, float]:
    tree = scene.tree
    mention = agent.mention
    features: dict[str, float] = {
        f"the drug was bound as: {_QUOTED.sub(' … ', agent.rule).strip()}": True,
        f"the drug stands in the {agent.source}": agent.source != "sentence",
        "the drug is referred to, not named": agent.anaphor is not None,
        "the drug is not in the vocabulary": mention.concept is None or not mention.concept.id,
        "the drug is excepted by “but not”": agent.excepted,
        "the drug's words are short": len(mention.text) <= 3,
    }
    features |= {f"the drug is flagged {flag.replace('_', ' ')}": True for flag in mention.flags}
    others = {key_of(other) for other in given} - {key_of(mention)}
    features["another drug stands in the sentence"] = bool(others)
    features["drugs in the sentence, of six"] = min(len(others), _MANY) / _MANY
    node = scene.node(mention) if agent.source == "sentence" else None
    if agent.anaphor is not None and node is None:
        node = tree.node_at(agent.anaphor.start)
    if node is None:
        return features
    ancestors = set(tree.ancestors(node))
    between = range(min(node, frame.trigger) + 1, max(node, frame.trigger))
    features |= {
        "words from drug to effect, of 25": min(abs(node - frame.trigger), _FAR) / _FAR,
        "the drug stands behind the effect word": node > frame.trigger,
        "the drug hangs below the effect word": frame.trigger in ancestors,
        "the drug stands in another clause": tree.clause_head(node) != tree.clause_head(frame.trigger),
        "the drug is the subject's own word": tree[node].dep in ("nsubj", "nsubjpass"),
        "another drug stands between drug and effect": any(
            other is not mention and scene.node(other) in between for other in given
        ),
        "a comma stands between drug and effect": any(tree[i].text in (",", ";", ":") for i in between),
        "the drug stands in brackets": mention.clean is not None and is_bracketed(scene, mention.clean.start)
        if agent.source == "sentence"
        else False,
        "the outcome stands between drug and effect": phrase.head in between,
        "the drug is near the outcome only": abs(node - phrase.head) < 3 < abs(node - frame.trigger),
    }
    return features


def _describe_outcome(scene: Scene, frame: Frame, phrase: OutcomePhrase) -> dict[str, float]:
    tree = scene.tree
    head = tree[phrase.head]
    words = {tree.lowered[node] for node in phrase.nodes}
    labels = {
        mention.label
        for mention in scene.of("DISEASE", "GENE", "CHEMICAL", "SPECIES", "POPULATION")
        if mention.clean is not None and mention.clean.start <= head.start < mention.clean.end
    }
    inside = {
        mention.label
        for mention in scene.of("CHEMICAL", "DOSE", "DURATION", "AGE")
        if mention.clean is not None and phrase.span.overlaps(mention.clean)
    }
    measured = any(span.start <= head.start < span.end for span in scene.measured)
    exact = phrase.span in scene.measured
    between = range(min(phrase.head, frame.trigger) + 1, max(phrase.head, frame.trigger))
    return {
        "the model sees an outcome there": measured,
        "the model sees the very same outcome": exact,
        "the outcome is a disease": "DISEASE" in labels,
        "the outcome is a gene or protein": "GENE" in labels,
        "the outcome is a substance": "CHEMICAL" in labels,
        "the outcome names subjects": bool(labels & {"SPECIES", "POPULATION"}),
        "neither model nor vocabulary knows the outcome": not measured and not labels,
        "the outcome holds a substance": "CHEMICAL" in inside,
        "the outcome holds a quantity": bool(inside & {"DOSE", "DURATION", "AGE"}),
        "the outcome's head is an adjective or participle": head.tag.startswith(("JJ", "VB")),
        "the outcome's head is a name": head.tag in ("NNP", "NNPS"),
        "the outcome holds a verb": any(tree[node].tag in ("VB", "VBD", "VBP", "VBZ", "MD") for node in phrase.nodes),
        "the outcome is plural": head.tag == "NNS",
        "the outcome is one word": len(phrase.nodes) == 1,
        "the outcome is longer than six words": len(phrase.nodes) > _MANY,
        "the outcome holds “and” or “or”": bool(words & {"and", "or"}),
        "the outcome holds “of” or “in”": bool(words & {"of", "in"}),
        "the outcome holds another effect word": any(
            (word := word_at(tree, node)) is not None and bool(word.direction)
            for node in phrase.nodes
            if node != frame.trigger
        ),
        "the outcome is what the verb says": frame.outcome_is_verb,
        "the outcome is bad in itself": is_harm(scene, phrase),
        "the outcome is a vague word": tree.lowered[phrase.head] in cues.HOLLOW_OUTCOMES,
        "the outcome is coordinated with others": head.dep == "conj" or bool(tree.conjuncts(phrase.head)),
        "words from effect to outcome, of 25": min(abs(phrase.head - frame.trigger), _FAR) / _FAR,
        "the outcome stands before the effect word": phrase.head < frame.trigger,
        "a comma stands between effect and outcome": any(tree[i].text in (",", ";", ":") for i in between),
    }


def _describe_sentence(scene: Scene, statements: int) -> dict[str, float]:
    tree = scene.tree
    document = scene.document
    sentence = document.sentences[scene.index]
    text = scene.text(scene.span)
    kind = document.sections[sentence.section].kind if document.sections else "body"
    block = document.blocks[sentence.block].kind if document.blocks else "paragraph"
    roots = [node for node in range(len(tree)) if tree[node].head == node]
    main = tree[roots[0]] if roots else None
    return {
        f"section: {kind}": True,
        "it stands in a title": block == "title",
        "words in the sentence, of 60": min(len(tree), _LONG_SENTENCE) / _LONG_SENTENCE,
        "commas in the sentence, of six": min(text.count(","), _MANY) / _MANY,
        "brackets in the sentence, of six": min(text.count("(") + text.count("["), _MANY) / _MANY,
        "the sentence holds a semicolon or colon": ";" in text or ":" in text,
        "the sentence has several roots": len(roots) > 1,
        "the sentence's main word is no verb": main is not None and not main.tag.startswith(("VB", "MD")),
        "words of the parse without a known place, of six": min(sum(t.dep == "dep" for t in tree.tokens), _MANY)
        / _MANY,
        "the sentence gives several statements": statements > 1,
        "statements of the sentence, of six": min(statements - 1, _MANY) / _MANY,
        "the sentence says “respectively”": "respectively" in tree.lowered,
        "the sentence compares by “than” or “versus”": bool({"than", "versus", "vs", "vs."} & set(tree.lowered)),
        "the sentence says “respond”, “model” or “induced”": bool({"induced", "model", "response"} & set(tree.lowered)),
    }
