"""Random noun phrases of treatment studies with their trees: drugs with doses, outcomes, groups of subjects.

Words come from `data/claim_lexicon.json`, invented names, and whatever phrases the caller brings.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from pipeline.training.phrases import Phrase, bracket, comma, hyphen, join, word

LEXICON_FILE: Final = Path(__file__).parent / "data" / "claim_lexicon.json"


class NounGrammar:
    """Makes random noun phrases; the same seed gives the same phrases in the same order.

    `noun_phrases` are further outcomes (trees headed by a noun) and `drug_names` further names, both optional.
    """

    def __init__(self, *, seed: int, noun_phrases: Sequence[Phrase] = (), drug_names: Sequence[str] = ()) -> None:
        self._random = random.Random(seed)
        self._lexicon: dict[str, Any] = json.loads(LEXICON_FILE.read_text(encoding="utf-8"))
        self._noun_phrases = noun_phrases
        self._drug_names = [*self._lexicon["drugs"], *drug_names]

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _pick(self, name: str) -> Any:
        return self._random.choice(self._lexicon[name])

    def _compound(self, text: str, tag: str = "NN") -> Phrase:
        """Return a word whose hyphened or slashed parts hang on the last part."""
        for sign in "-/":
            if sign in text:
                first, last = text.split(sign, 1)
                label = "amod" if tag == "JJ" else "compound"
                if last in {"related", "induced", "dependent", "treated", "fed"}:
                    label = "npadvmod"
                head = self._compound(last, "VBN" if last.endswith("ed") else tag)
                return head.before("punct", hyphen(sign)).before(label, word(first, "NN", glue="right"))
        if " " in text:
            first, last = text.split(" ", 1)
            return self._compound(last, tag).before("compound", word(first, "NN"))
        return word(text, tag)

    def name_drug(self) -> str:
        """Return the name of a real drug, one the caller brought, an invented name or a code."""
        draw = self._random.random()
        if draw < 0.6:
            return str(self._random.choice(self._drug_names))
        if draw < 0.9:
            return "".join(self._pick("syllables") for _ in range(self._random.randint(1, 3))) + str(
                self._pick("drug_endings")
            )
        return f"{self._pick('code_letters')}{self._random.choice(['', '-'])}{self._random.randint(10, 99999)}"

    def _number(self) -> Phrase:
        value = self._random.choice([str(self._random.randint(1, 500)), f"{self._random.uniform(0.1, 30):.1f}"])
        return word(value, "CD")

    def _amount(self) -> Phrase:
        if self._chance(0.6):
            unit, per = self._pick("per_units")
            amount = word(unit, "NN").before("nummod", self._number()).after("punct", word("/", "SYM", glue="both"))
            return amount.after("prep", word(per, "NN"))
        unit = str(self._pick("units"))
        return word(unit, "NN", glue="left" if unit == "%" or self._chance(0.25) else "none").before(
            "nummod", self._number()
        )

    def _prep(self, preposition: str, phrase: Phrase) -> Phrase:
        return word(preposition, "IN").after("pobj", phrase)

    def _duration(self) -> Phrase:
        return self._prep("for", word(str(self._pick("durations")), "NNS").before("nummod", self._number()))

    def _adverbs(self, text: str) -> Phrase:
        *first, last = text.split(" ")
        phrase = word(last, "RB")
        for item in reversed(first):
            phrase = phrase.before("advmod", word(item, "RB"))
        return phrase

    def _drug(self) -> Phrase:
        """Return the name of a drug with, perhaps, its dose and manner."""
        drug = self._compound(self.name_drug())
        if self._chance(0.25):
            drug = drug.before("amod", self._compound(str(self._pick("regimen_modifiers")), "JJ"))
        draw = self._random.random()
        if draw < 0.3:
            drug = drug.after("prep", self._prep("at", self._amount()))
        elif draw < 0.5:
            dose = self._amount()
            if self._chance(0.5):
                dose = dose.after("punct", comma()).after("advmod", word(str(self._pick("routes")), "RB"))
            drug = drug.after("parataxis", bracket(dose))
        elif draw < 0.6:
            drug = drug.before("nmod", self._amount())
        return drug

    def _treatment(self) -> Phrase:
        """Return a subject: drugs, a treatment with a drug, or a dose of it."""
        draw = self._random.random()
        if draw < 0.45:
            return self._drug()
        if draw < 0.6:
            return join([self._drug() for _ in range(self._random.randint(2, 3))], serial_comma=self._chance(0.5))
        noun = str(self._pick("treatment_nouns"))
        if draw < 0.8:
            phrase = word(noun, "NN").before("compound", self._compound(self.name_drug()))
        else:
            phrase = word(noun, "NN").after(
                "prep", self._prep("with" if noun != "administration" else "of", self._drug())
            )
        if self._chance(0.4):
            phrase = phrase.before("amod", self._compound(str(self._pick("regimen_modifiers")), "JJ"))
        if draw < 0.8 and self._chance(0.4):
            phrase = phrase.after("prep", self._prep("at", self._amount()))
        return phrase

    def _outcome(self) -> Phrase:
        if self._noun_phrases and self._chance(0.4):
            return self._random.choice(self._noun_phrases)
        text, tag = self._pick("outcome_heads")
        phrase = word(text, tag, text[:-1] if tag == "NNS" else text)
        if self._chance(0.45):
            phrase = phrase.before("compound", self._compound(str(self._pick("outcome_compounds"))))
        if self._chance(0.4):
            phrase = phrase.before("amod", self._compound(str(self._pick("outcome_modifiers")), "JJ"))
        if self._chance(0.12):
            phrase = phrase.before("det", word("the", "DT"))
        if self._chance(0.12):
            other = word(str(self._pick("outcome_heads")[0]), "NN")
            phrase = phrase.after(
                "prep",
                self._prep(
                    "of", other.before("compound", word(str(self._pick("outcome_compounds")).split("-")[0], "NN"))
                ),
            )
        return phrase

    def _outcomes(self) -> Phrase:
        if self._chance(0.7):
            return self._outcome()
        items = [self._outcome() for _ in range(self._random.randint(2, 4))]
        return join(items, self._random.choice(["and", "and", "or"]), serial_comma=self._chance(0.6))

    def _subjects(self) -> Phrase:
        text, tag, lemma = self._pick("animals")
        phrase = word(text, tag, lemma)
        if lemma not in {"patient", "woman", "man", "adult", "volunteer"} and self._chance(0.4):
            phrase = phrase.before("compound", self._compound(str(self._pick("strains"))))
        if self._chance(0.6):
            phrase = phrase.before("amod", self._compound(str(self._pick("animal_modifiers")), "JJ"))
        if self._chance(0.15):
            age = word("old", "JJ").before("punct", hyphen()).before("npadvmod", self._age())
            phrase = phrase.before("amod", age)
        if self._chance(0.12):
            diet = join([word("male", "JJ"), word("female", "JJ")])
            phrase = phrase.before("amod", diet)
        if self._chance(0.1):
            phrase = phrase.after("prep", self._prep("with", self._outcome()))
        return phrase

    def _age(self) -> Phrase:
        unit = word(self._random.choice(["month", "week", "day", "year"]), "NN", glue="right")
        return unit.before("punct", hyphen()).before("nummod", word(str(self._random.randint(2, 30)), "CD"))
