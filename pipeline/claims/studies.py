"""The study that a paragraph reports: who took part is said once and holds for the sentences that follow."""

from __future__ import annotations

import re

from pipeline.claims.antecedents import StudyContext
from pipeline.claims.populations import find_population, is_subject
from pipeline.claims.scene import Scene
from pipeline.model import Mention

_STUDY = re.compile(r"\b(?:trials?|stud(?:y|ies)|experiments?|cohorts?|meta-analysis)\b", re.IGNORECASE)


def read_study(scene: Scene, before: StudyContext | None) -> StudyContext | None:
    """Return the study context after a sentence: a new one where it introduces a study with its subjects, else the old.

    A sentence that cites other work, or that names other subjects, ends the context.
    """
    markers = frozenset(
        marker
        for mark in scene.document.citations
        if scene.span.start < mark.clean <= scene.span.end
        for marker in mark.markers
    )
    subjects = [mention for mention in scene.of("SPECIES", "POPULATION") if is_subject(scene, mention)]
    sizes = scene.of("SAMPLE_SIZE")
    if subjects and (sizes or markers):
        taxa = {mention.concept.id for mention in subjects if mention.concept is not None}
        introduces = bool(_STUDY.search(scene.text(scene.span))) and bool(sizes)
        if len(taxa) == 1 and (introduces or markers):
            subject = _chief(subjects)
            ages = scene.of("AGE")
            return StudyContext(
                subject=subject,
                population=find_population(scene, [subject]),
                sample_size=sizes[0] if introduces and len(sizes) == 1 else None,
                age=ages[0] if introduces and len(ages) == 1 else None,
                markers=markers,
            )
        return None
    if before is None:
        return None
    if markers and markers != before.markers:
        return before if not before.markers else None
    return before


def _chief(subjects: list[Mention]) -> Mention:
    return min(subjects, key=lambda mention: (mention.concept is None, mention.span.start))
