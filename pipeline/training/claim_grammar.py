"""Writes parsed sentences about effects of treatments, which CRAFT's gene articles seldom hold.

The trees follow CRAFT's own conventions; the same seed gives the same sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.training.noun_grammar import NounGrammar
from pipeline.training.phrases import Phrase, bracket, comma, hyphen, join, word, write_sentence
from pipeline.training.records import ParsedSentence

_AUXILIARIES: Final = ("may", "can", "could", "might", "will")
_FINDING_VERBS: Final = {"found": "find", "observed": "observe", "seen": "see", "detected": "detect"}


class ClaimGrammar(NounGrammar):
    """Makes random claim sentences with their trees."""

    def write_sentences(self, count: int) -> Iterator[ParsedSentence]:
        """Yield `count` sentences."""
        for number in range(count):
            yield write_sentence(self._sentence(), key=f"grammar-{number}")

    def _statistics(self) -> Phrase:
        value = word(f"0.{self._random.randint(1, 99):02d}", "CD", glue="left" if self._chance(0.3) else "none")
        glue = value.glue
        sign = word(self._random.choice("<=>"), "SYM", glue=glue)
        return bracket(value.before("punct", sign).before("nsubj", word(self._random.choice("pP"), "NN")))

    def _percent(self) -> Phrase:
        glued = word("%", "NN", glue="left" if self._chance(0.7) else "none")
        return self._prep("by", glued.before("nummod", self._number()))

    def _comparison(self) -> Phrase:
        text, tag, lemma = self._pick("groups")
        start = word("compared", "VBN", "compare")
        return start.after("prep", self._prep(self._random.choice(["with", "to"]), word(text, tag, lemma)))

    def _finish(self, verb: Phrase) -> Phrase:
        """Add what may follow a verb and its object: where, by how much, against what, how sure."""
        if self._chance(0.55):
            verb = verb.after("prep", self._prep("in", self._subjects()))
        if self._chance(0.15):
            verb = verb.after("prep", self._percent())
        if self._chance(0.15):
            verb = verb.after("prep", self._duration())
        if self._chance(0.2):
            if self._chance(0.5):
                verb = verb.after("punct", comma())
            verb = verb.after("prep", self._comparison())
        if self._chance(0.2):
            verb = verb.after("parataxis", self._statistics())
        return verb

    def _negate(self, lemma: str) -> Phrase:
        verb = word(lemma, "VB", lemma)
        if self._chance(0.3):
            verb = verb.before("advmod", word(self._random.choice(["significantly", "further", "consistently"]), "RB"))
        auxiliary = word("did", "VBD", "do") if self._chance(0.7) else word("does", "VBZ", "do")
        return verb.before("neg", word("not", "RB")).before("aux", auxiliary)

    def _verb(self, name: str, *, plural: bool, form: float | None = None) -> Phrase:
        """Return a verb of the lexicon; `form` (0–1) sets negation, modality and tense, else chance does."""
        lemma, third, past, participle, _ = self._pick(name)
        draw = self._random.random() if form is None else form
        if draw < 0.12:
            return self._negate(lemma)
        if draw < 0.2:
            return word(lemma, "VB", lemma).before("aux", word(self._random.choice(_AUXILIARIES), "MD"))
        if draw < 0.25:
            perfect = word("have", "VBP", "have") if plural else word("has", "VBZ", "have")
            return word(participle, "VBN", lemma).before("aux", perfect)
        if draw < 0.5:
            verb = word(lemma, "VBP", lemma) if plural else word(third, "VBZ", lemma)
        else:
            verb = word(past, "VBD", lemma)
        if self._chance(0.3):
            verb = verb.before("advmod", self._compound(str(self._pick("adverbs")), "RB"))
        return verb

    def _effect(self, *, plural: bool) -> Phrase:
        """Return a verb phrase with an outcome as its object."""
        draw = self._random.random()
        if draw < 0.68:
            verb = self._verb("verbs", plural=plural).after("dobj", self._outcomes())
        elif draw < 0.76:
            verb = word("failed", "VBD", "fail").after("xcomp", self._infinitive())
        elif draw < 0.86:
            effect = word("effect", "NN").before("det", word(self._random.choice(["no", "an", "a"]), "DT"))
            if self._chance(0.5):
                effect = word("effect", "NN").before("amod", word("significant", "JJ")).before("det", word("no", "DT"))
            effect = effect.after("prep", self._prep("on", self._outcomes()))
            verb = word("had", "VBD", "have").after("dobj", effect)
        else:
            noun, preposition = self._pick("change_nouns")
            change = word(noun, "NN").after("prep", self._prep(preposition, self._outcomes()))
            if self._chance(0.6):
                change = change.before("amod", self._compound(str(self._pick("change_modifiers")), "JJ"))
            change = change.before("det", word("a", "DT"))
            if self._chance(0.5):
                verb = word("resulted", "VBD", "result").after("prep", self._prep("in", change))
            else:
                verb = word("caused", "VBD", "cause").after("dobj", change)
        return verb

    def _infinitive(self) -> Phrase:
        lemma = self._pick("verbs")[0]
        return word(lemma, "VB", lemma).after("dobj", self._outcomes()).before("aux", word("to", "TO"))

    def _active(self) -> Phrase:
        subject = self._treatment()
        plural = any(dep == "conj" for dep, _ in subject.right)
        verb = self._effect(plural=plural)
        if self._chance(0.35):
            form = 0.5 + self._random.random() / 2
            verb = (
                self._verb("verbs", plural=plural, form=form).after("dobj", self._outcome())
                if self._chance(0.7)
                else verb
            )
            second = self._verb("verbs", plural=plural, form=form).after("dobj", self._outcomes())
            second = self._finish(second if self._chance(0.7) else self._effect(plural=plural))
            conjunction = self._random.choice(["and", "and", "and", "but"])
            if conjunction == "but":
                verb = verb.after("punct", comma())
            verb = verb.after("cc", word(conjunction, "CC")).after("conj", second)
        else:
            verb = self._finish(verb)
        return verb.before("nsubj", subject)

    def _passive(self) -> Phrase:
        subject = self._outcomes()
        plural = subject.tag == "NNS" or any(dep == "conj" for dep, _ in subject.right)
        lemma, _, _, participle, _ = self._pick("verbs")
        verb = word(participle, "VBN", lemma)
        if self._chance(0.35):
            verb = verb.before("advmod", self._compound(str(self._pick("adverbs")), "RB"))
        if self._chance(0.2):
            verb = verb.before("neg", word("not", "RB"))
        be = self._random.choice(["were", "are"] if plural else ["was", "is"])
        verb = verb.before("auxpass", word(be, "VBD" if be.startswith("w") else "VBP" if plural else "VBZ", "be"))
        verb = verb.before("nsubjpass", subject)
        if self._chance(0.7):
            verb = verb.after("agent", self._prep("by", self._treatment()))
        return self._finish(verb)

    def _intransitive(self) -> Phrase:
        subject = self._outcome()
        verb = self._verb("intransitives", plural=subject.tag == "NNS").before("nsubj", subject)
        if self._chance(0.5):
            verb = verb.after("prep", self._prep("after", self._treatment()))
        return self._finish(verb)

    def _no_difference(self) -> Phrase:
        difference = word("difference", "NN") if self._chance(0.5) else word("differences", "NNS", "difference")
        if self._chance(0.5):
            difference = difference.before("amod", word("significant", "JJ"))
        difference = difference.before("det", word("no", "DT")).after("prep", self._prep("in", self._outcomes()))
        groups = join([self._drug(), self._arm()])
        plural = difference.tag == "NNS"
        if self._chance(0.5):
            participle = self._random.choice(list(_FINDING_VERBS))
            verb = word(participle, "VBN", _FINDING_VERBS[participle])
            verb = verb.before("auxpass", word("were" if plural else "was", "VBD", "be"))
            return verb.before("nsubjpass", difference).after("prep", self._prep("between", groups))
        verb = word("were" if plural else "was", "VBD", "be")
        difference = difference.after("prep", self._prep("between", groups))
        return verb.after("attr", difference).before("expl", word("there", "EX"))

    def _arm(self) -> Phrase:
        text, tag, lemma = self._pick("groups")
        return word(text, tag, lemma)

    def _comparative(self) -> Phrase:
        subject = self._outcome()
        text, lemma = self._pick("comparatives")
        quality = word(text, "JJR", lemma)
        if self._chance(0.4):
            quality = quality.before("advmod", word("significantly", "RB"))
        if self._chance(0.5):
            than = word("than", "IN").after("prep", self._prep("in", self._arm()))
            quality = quality.after("prep", self._prep("in", self._treated_group())).after("prep", than)
        else:
            quality = quality.after("prep", self._prep("with", self._drug()))
            quality = quality.after("prep", word("than", "IN").after("prep", self._prep("with", self._arm())))
        verb = word("were" if subject.tag == "NNS" else "was", "VBD", "be").after("acomp", quality)
        if self._chance(0.25):
            verb = verb.after("parataxis", self._statistics())
        return verb.before("nsubj", subject)

    def _treated_group(self) -> Phrase:
        """Return "X-treated mice" or "mice treated with X"."""
        group = self._subjects()
        if self._chance(0.5):
            name = self._compound(self.name_drug())
            treated = word("treated", "VBN", "treat", glue="left").before("punct", hyphen()).before("npadvmod", name)
            return group.before("amod", treated)
        treated = word("treated", "VBN", "treat") if self._chance(0.6) else word("given", "VBN", "give")
        if treated.word == "given":
            treated = treated.after("dobj", self._drug())
        else:
            treated = treated.after("prep", self._prep("with", self._drug()))
        if self._chance(0.4):
            treated = self._schedule(treated)
        return group.after("acl", treated)

    def _schedule(self, verb: Phrase) -> Phrase:
        """Return the verb with how often and how long."""
        if self._chance(0.5):
            verb = verb.after("advmod", self._adverbs(str(self._pick("schedules"))))
        else:
            number = self._random.choice(["two", "three", "four", "other", "6", "8", "12"])
            unit = word("day", "NN") if number == "other" else word("weeks", "NNS", "week")
            unit = unit.before(
                "amod" if number == "other" else "nummod", word(number, "JJ" if number == "other" else "CD")
            )
            verb = verb.after("npadvmod", unit.before("det", word("every", "DT")))
        return verb.after("prep", self._duration()) if self._chance(0.3) else verb

    def _other_group(self) -> Phrase:
        """Return the group a comparison is made with: "controls" or "those given placebo"."""
        if self._chance(0.6):
            return self._arm()
        verb = word("given", "VBN", "give") if self._chance(0.5) else word("receiving", "VBG", "receive")
        return word("those", "DT").after("acl", verb.after("dobj", self._arm()))

    def _group_subject(self) -> Phrase:
        verb = word("had", "VBD", "have") if self._chance(0.6) else word("showed", "VBD", "show")
        outcome = self._outcome()
        if self._chance(0.5):
            text, lemma = self._pick("comparatives")
            outcome = outcome.before("amod", word(text, "JJR", lemma))
            verb = verb.after("dobj", outcome).after("prep", self._prep("than", self._other_group()))
        else:
            verb = self._finish(verb.after("dobj", outcome.before("amod", word("increased", "VBN", "increase"))))
        return verb.before("nsubj", self._treated_group())

    def _association(self) -> Phrase:
        verb = word("associated", "VBN", "associate").before("auxpass", word("was", "VBD", "be"))
        verb = verb.after("prep", self._prep("with", self._outcomes()))
        return self._finish(verb.before("nsubjpass", self._treatment()))

    def _clause(self) -> Phrase:
        makers = (
            (self._active, 48),
            (self._passive, 12),
            (self._intransitive, 9),
            (self._no_difference, 7),
            (self._comparative, 9),
            (self._group_subject, 9),
            (self._association, 6),
        )
        maker = self._random.choices([maker for maker, _ in makers], [weight for _, weight in makers])[0]
        return maker()

    def _sentence(self) -> Phrase:
        root = self._clause()
        draw = self._random.random()
        if draw < 0.1:
            contrast = self._clause().before("mark", word(self._random.choice(["whereas", "while", "although"]), "IN"))
            root = root.after("punct", comma()).after("advcl", contrast)
        elif draw < 0.18:
            text, lemma = self._pick("reports")
            tag = "VBP" if text == lemma else "VBD"
            report = word(text, tag, lemma).after("ccomp", root.before("mark", word("that", "IN")))
            root = report.before("nsubj", word("we", "PRP"))
        elif draw < 0.28:
            start = word("in", "IN").after("pobj", self._subjects())
            root = root.before("punct", comma()).before("prep", start)
        elif draw < 0.34:
            root = root.before("punct", comma()).before(
                "advmod",
                word(self._random.choice(["however", "moreover", "furthermore", "thus", "interestingly"]), "RB"),
            )
        return root if self._chance(0.12) else root.after("punct", word(".", ".", glue="left"))
