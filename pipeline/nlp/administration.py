"""Words that say a substance was given, not only present: "insulin therapy", "treated with glucose"."""

from __future__ import annotations

import re

_ADMINISTERED_BEFORE = re.compile(
    r"(?:treat(?:ed|ment|ments|ing)|administ(?:ration|ered|ering)|therap(?:y|ies)|inject(?:ed|ion|ions)|infus(?:ed|ion|ions)|"
    r"supplement(?:ed|ation)|given|receiv(?:ed|ing)|fed|dos(?:e|es|ed|ing)|tak(?:ing|en)|exposed|pretreat(?:ed|ment)|exogenous|oral|"
    r"topical|intravenous|plus|adding|(?<!in )addition(?= of)|recombinant|intranasal|inhaled)"
    r"\s+(?:(?:with|of|to|on|by|a|an|the|daily|oral|either)\s+){0,3}$",
    re.IGNORECASE,
)
_ADMINISTERED_AFTER = re.compile(
    r"^(?:[- ](?:treated|treatment|therapy|administration|supplementation|supplements?|infusions?|"
    r"injections?|fed|monotherapy|"
    r"replacement|pretreatment|pre-treatment|group|arm|users?|given|intake))|^\s*\(\s*\d",
    re.IGNORECASE,
)


def words_say_given(before: str, after: str) -> bool:
    """Whether the words right before or right behind a substance say that it was administered.

    Args:
        before: about 60 characters of the sentence before the substance; ``after``: about 40 behind it.
    """
    return bool(_ADMINISTERED_AFTER.match(after) or _ADMINISTERED_BEFORE.search(before))
