"""Where a claim comes from: whose finding it is, its section, its arm, and the works cited for it."""

from __future__ import annotations

import re

from pipeline.claims.antecedents import Agent, StudyContext
from pipeline.claims.facts import DocumentFacts
from pipeline.claims.frame import Frame
from pipeline.claims.outcomes import OutcomePhrase
from pipeline.claims.regimens import Regimen
from pipeline.claims.scene import Scene, key_of
from pipeline.claims.subjects import Subjects
from pipeline.model import CitedWork, make_id
from pipeline.model.claims import SourceKind

_REPORTED = re.compile(
    r"\b(?:et al\.?|previous(?:ly)?|earlier|prior|other|others|several|numerous|recent) (?:stud(?:y|ies)|"
    r"reports?|work|trials?|groups?|"
    r"authors|papers|shown|reported|found|demonstrated)|\b(?:it (?:has|was) (?:been )?(?:shown|reported|"
    r"demonstrated)|et al\.)",
    re.IGNORECASE,
)


def source_kind_of(
    scene: Scene, facts: DocumentFacts, subjects: Subjects, study: StudyContext | None
) -> SourceKind | None:
    if any(scene.span.start < mark.clean <= scene.span.end for mark in scene.document.citations):
        return "cited"
    if _REPORTED.search(scene.text(scene.span)):
        return "cited"
    if study is not None and study.markers and subjects.species is not None and subjects.species.source == "paragraph":
        return "cited"
    return "own" if facts.reports_own else None


def section_of(scene: Scene) -> str | None:
    document = scene.document
    if not document.sections:
        return None
    section = document.sections[document.sentences[scene.index].section]
    return section.title or section.kind


def arm_id_of(scene: Scene, agent: Agent, regimen: Regimen, subjects: Subjects) -> str:
    block = scene.document.sentences[scene.index].block
    return make_id(
        "arm",
        scene.document.doc_id,
        block,
        key_of(agent.mention),
        None if regimen.dose is None else " ".join(regimen.dose.text.split()),
        None if regimen.schedule is None else " ".join(regimen.schedule.text.split()),
        None if subjects.species is None else subjects.species.id,
        None if subjects.sex is None else subjects.sex.value,
    )


def citations_of(scene: Scene, frame: Frame, phrase: OutcomePhrase) -> tuple[CitedWork, ...]:
    """Return the works whose mark stands on the statement: the first mark behind it, else the last of the sentence."""
    document = scene.document
    marks = [mark for mark in document.citations if scene.span.start < mark.clean <= scene.span.end]
    if not marks:
        return ()
    statement_end = max(scene.tree[node].end for node in (frame.trigger, *phrase.nodes))
    behind = [mark for mark in marks if mark.clean >= statement_end]
    chosen = behind[0].clean if behind else marks[-1].clean
    markers = [marker for mark in marks if abs(mark.clean - chosen) <= 1 for marker in mark.markers]
    listed = {reference.marker: reference for reference in document.references}
    works = []
    for marker in dict.fromkeys(markers):
        reference = listed.get(marker)
        works.append(
            CitedWork(
                marker=marker,
                text=reference.text if reference else None,
                doi=reference.doi if reference else None,
                pmid=reference.pmid if reference else None,
            )
        )
    return tuple(works)
