"""Label Studio's exported JSON, back into judgements: what differs between a task and its annotation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pipeline.errors import SettingsError
from pipeline.review.fields import PLACED, PLAIN
from pipeline.review.judgements import (
    Answers,
    BadAnswer,
    Change,
    Judgement,
    ReviewError,
    read_claim_id,
    read_time,
    read_verdict,
)
from pipeline.review.passages import Passage
from pipeline.review.sheets import read_assignments

_FIELDS: Final = {name.upper(): name for name in PLACED}
Place = tuple[int, int]


def read_tasks(path: Path) -> Answers:
    """Return what annotators answered; a task or annotation that cannot be read is among ``bad``.

    Both of Label Studio's forms are read, ``JSON`` and ``JSON-MIN``. Cancelled annotations are no answers. Several
    annotations of a task are several judgements.

    Raises:
        SettingsError: the file cannot be read or is no export of Label Studio.
    """
    try:
        tasks = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{path} is no JSON: {error}") from error
    if not isinstance(tasks, list):
        raise SettingsError(f"{path} is no export of Label Studio: expected a list of tasks")
    judgements: list[Judgement] = []
    bad: list[BadAnswer] = []
    unanswered = 0
    for number, task in enumerate(tasks, start=1):
        answered = False
        for where, annotation in _annotations(task, f"task {number}"):
            try:
                judgement = _judge(task, annotation, where)
            except ReviewError as error:
                bad.append(BadAnswer(where, error))
                answered = True
                continue
            except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
                cause = f"the annotation is not as Label Studio writes it ({type(error).__name__}: {error})"
                bad.append(BadAnswer(where, ReviewError(cause, remedy="export the project again, as JSON")))
                answered = True
                continue
            if judgement is not None:
                judgements.append(judgement)
                answered = True
        unanswered += not answered
    return Answers(tuple(judgements), tuple(bad), unanswered)


def _annotations(task: Any, where: str) -> list[tuple[str, Any]]:
    if not isinstance(task, Mapping):
        return [(where, task)]
    if "data" not in task:  # JSON-MIN: a task with its one annotation, flat
        return [(where, task)]
    listed = task.get("annotations", task.get("completions")) or []
    if not isinstance(listed, list):
        return [(where, listed)]
    numbered = enumerate(listed, start=1)
    return [
        (f"{where}, annotation {number}", annotation)
        for number, annotation in numbered
        if not (isinstance(annotation, Mapping) and annotation.get("was_cancelled"))
    ]


def _judge(task: Mapping[str, Any], annotation: Mapping[str, Any], where: str) -> Judgement | None:
    data = task.get("data", task)
    answer = _Answer(data)
    if "result" in annotation:
        for item in annotation["result"]:
            answer.add(item)
    else:
        answer.add_flat(annotation)
    changes = answer.changes()
    verdict = read_verdict(answer.verdict, changed=bool(changes))
    if verdict is None:
        return None
    return Judgement(
        where=where,
        claim_id=read_claim_id(str(data["claim_id"])),
        verdict=verdict,
        changes=tuple(changes),
        decided_by=_annotator(annotation),
        decided_at=read_time(str(annotation.get("updated_at") or annotation.get("created_at") or "")),
        why=answer.why.strip() or None,
        text_sha256=data.get("text_sha256"),
    )


class _Answer:
    """Collects the results of one annotation."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._text: str = data["text"]
        self._passage = Passage(self._text, tuple((one, two, three) for one, two, three in data["pieces"]))
        self._extracted: Mapping[str, Any] = data["extracted"]
        self._regions: dict[str, set[Place]] = {}
        self._choices: dict[str, str] = {}
        self._corrections = ""
        self.verdict = ""
        self.why = ""

    def add(self, item: Mapping[str, Any]) -> None:
        """Take one result: a region, a choice or a text; relations say nothing that a claim keeps."""
        if item["type"] == "labels":
            for label in item["value"]["labels"]:
                self._add_region(label, item["value"])
        elif item["type"] == "choices":
            self._add_choice(item["from_name"], item["value"]["choices"])
        elif item["type"] == "textarea":
            self._add_text(item["from_name"], item["value"]["text"])

    def add_flat(self, annotation: Mapping[str, Any]) -> None:
        """Take the results of a task of JSON-MIN, which stand under their controls' names."""
        for region in annotation.get("fields", ()) if isinstance(annotation.get("fields"), list) else ():
            for label in region.get("labels", ()):
                self._add_region(label, region)
        for name in (*PLAIN, "decision"):
            if annotation.get(name) is not None:
                chosen = annotation[name]
                self._add_choice(name, chosen["choices"] if isinstance(chosen, Mapping) else [chosen])
        for name in ("corrections", "why"):
            if annotation.get(name) is not None:
                text = annotation[name]
                self._add_text(name, text["text"] if isinstance(text, Mapping) else text)

    def changes(self) -> list[Change]:
        """Return what the annotator changed of what the task held."""
        found: list[Change] = []
        former = {name: (start, end) for name, (start, end) in self._extracted["regions"].items()}
        for name in PLACED if self._regions else ():
            now = self._regions.get(name, set())
            if former.get(name) in now and len(now) == 1:
                continue
            if len(now) > 1:
                raise ReviewError(
                    f"{len(now)} places are labelled {name.upper()}, a claim has one", remedy="leave the right one"
                )
            if now:
                found.append(self._move(name, next(iter(now))))
            elif name in former:
                found.append(Change(name, None))
        for name, value in self._choices.items():
            if value != self._extracted["choices"].get(name):
                found.append(Change(name, value))
        return found + read_assignments(self._corrections)

    def _move(self, name: str, place: Place) -> Change:
        start, end = place
        while start < end and self._text[start].isspace():
            start += 1
        while start < end and self._text[end - 1].isspace():
            end -= 1
        source = self._passage.to_source(start, end)
        if source is None:
            raise ReviewError(
                f"the place labelled {name.upper()} runs over an ellipsis", remedy="label words on one side of it"
            )
        return Change(name, self._text[start:end], source)

    def _add_region(self, label: str, value: Mapping[str, Any]) -> None:
        name = _FIELDS.get(label)
        if name is None:
            raise ReviewError(f"{label!r} is no label of a claim's field", remedy="use the configuration as exported")
        self._regions.setdefault(name, set()).add(self._locate(value))

    def _locate(self, value: Mapping[str, Any]) -> Place:
        """Return a region's code points; older versions of Label Studio count UTF-16 units instead."""
        start, end = int(value["start"]), int(value["end"])
        quoted = value.get("text")
        readings = [(start, end), (_from_utf16(self._text, start), _from_utf16(self._text, end))]
        for low, high in readings:
            if quoted is None or self._text[low:high].split() == str(quoted).split():
                if 0 <= low < high <= len(self._text):
                    return low, high
        raise ReviewError(
            f"offsets {start}–{end} do not show {str(quoted)[:40]!r}", remedy="export the project again, as JSON"
        )

    def _add_choice(self, name: str, chosen: Any) -> None:
        if len(chosen) != 1:
            raise ReviewError(f"{len(chosen)} values are chosen for {name}, expected one", remedy="choose one")
        if name == "decision":
            self.verdict = str(chosen[0])
        elif name in PLAIN:
            self._choices[name] = str(chosen[0])

    def _add_text(self, name: str, text: Any) -> None:
        joined = "\n".join(text) if isinstance(text, list) else str(text)
        if name == "corrections":
            self._corrections += joined + "\n"
        elif name == "why":
            self.why += joined + "\n"


def _from_utf16(text: str, offset: int) -> int:
    """Return the code point at which a count of UTF-16 units ends."""
    units = 0
    for place, character in enumerate(text):
        if units >= offset:
            return place
        units += 2 if ord(character) > 0xFFFF else 1
    return len(text)


def _annotator(annotation: Mapping[str, Any]) -> str | None:
    """Return who annotated: an address, a name, or else the number that Label Studio gives."""
    person = annotation.get("completed_by", annotation.get("annotator"))
    if isinstance(person, Mapping):
        named = " ".join(str(person[key]) for key in ("first_name", "last_name") if person.get(key))
        return (
            person.get("email") or named or (None if person.get("id") is None else f"Label Studio user {person['id']}")
        )
    if isinstance(person, str):
        return person.strip() or None
    return None if person is None else f"Label Studio user {person}"
