"""Answers into the store: each judgement checked against its claim, kept as a decision or recorded as a failure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.evaluation.anchors import anchor_view, hash_places
from pipeline.evaluation.folding import FoldedText
from pipeline.model import Failure, hash_text
from pipeline.model.decisions import VERDICTS, Decision, restore_extracted
from pipeline.model.records import failure_record
from pipeline.review.corrections import correct_claim
from pipeline.review.judgements import Answers, BadAnswer, ReviewError
from pipeline.review.sheets import read_sheet
from pipeline.review.task_answers import read_tasks
from pipeline.store import Store

_CONTENT = ("verdict", "values", "decided_by", "why")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What came of a file of answers.

    Attributes:
        added: decisions that are new to the store; ``known`` those it held already.
        verdicts: how many of the answers that were taken accept, correct and reject.
        failures: the answers that could not be taken.
        unanswered: claims of the file that nobody judged.
    """

    added: int
    known: int
    verdicts: dict[str, int]
    failures: tuple[Failure, ...]
    unanswered: int

    def as_dict(self) -> dict[str, Any]:
        """Return the counts and the failures, ready for JSON."""
        return {
            "added": self.added,
            "known": self.known,
            **self.verdicts,
            "unanswered": self.unanswered,
            "failures": [failure_record(failure) for failure in self.failures],
        }


def read_answers(path: Path) -> Answers:
    """Return what a file of answers holds: a sheet, or Label Studio's JSON.

    Raises:
        SettingsError: the file cannot be read, or is neither.
    """
    return read_tasks(path) if path.suffix.casefold() == ".json" else read_sheet(path)


def import_answers(
    store: Store, answers: Answers, *, path: str, imported_at: str, decided_by: str | None = None
) -> ImportReport:
    """Keep the decisions of a file of answers, and note in the store the failures of those that cannot be taken.

    The same file twice adds nothing: an answer without a time of its own is known if the decision that holds says it.

    Args:
        path: the file's, for its failures.
        imported_at: when an answer was given that does not say so, ISO 8601.
        decided_by: who gave an answer that does not say so.
    """
    judged = store.find_judged(sorted({judgement.claim_id for judgement in answers.judgements}))
    held = {(decision.sha256, decision.claim_id): decision for decision in store.decisions()}
    views: dict[str, FoldedText] = {}
    decisions: list[Decision] = []
    bad = list(answers.bad)
    known = 0
    verdicts = dict.fromkeys(VERDICTS, 0)
    for judgement in answers.judgements:
        try:
            if judgement.claim_id not in judged:
                raise ReviewError(
                    f"there is no claim {judgement.claim_id} in the store",
                    remedy="bring the file back into the store that it was exported from",
                )
            claim, document, source = judged[judgement.claim_id]
            text_sha256 = hash_text(source)
            if text_sha256 not in views:
                views[text_sha256] = anchor_view(source)
            changes = judgement.changes
            if judgement.text_sha256 not in (None, text_sha256):
                # The places are those of another reading of the document; the words find their own.
                changes = tuple(replace(change, place=None) for change in changes)
            decision = Decision(
                sha256=document["sha256"],
                claim=restore_extracted(claim),
                text_sha256=text_sha256,
                place=hash_places(views[text_sha256], [(start, end) for start, end in claim["evidence"]["spans"]]),
                verdict=judgement.verdict,
                values=correct_claim(claim, changes, source=source) if changes else {},
                decided_by=judgement.decided_by or decided_by,
                decided_at=judgement.decided_at or imported_at,
                why=judgement.why,
            )
        except ReviewError as error:
            bad.append(BadAnswer(judgement.where, error))
            continue
        verdicts[decision.verdict] += 1
        former = held.get((decision.sha256, decision.claim_id))
        if judgement.decided_at is None and former is not None and _is_same(decision, former):
            known += 1
        else:
            decisions.append(decision)
    added = store.save_decisions(decisions)
    failures = tuple(_failure(answer, path) for answer in bad)
    store.settle_failures(path)
    store.note_failures([failure_record(failure) for failure in failures])
    return ImportReport(
        added=added,
        known=known + len(decisions) - added,
        verdicts=verdicts,
        failures=failures,
        unanswered=answers.unanswered,
    )


def _is_same(one: Decision, other: Decision) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in _CONTENT)


def _failure(answer: BadAnswer, path: str) -> Failure:
    return Failure(path, "review", f"{answer.where}: {answer.error.cause}", answer.error.remedy, survivable=True)
