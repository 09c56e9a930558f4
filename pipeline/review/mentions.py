"""Mentions that came back from an annotation tool, as gold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import SettingsError
from pipeline.evaluation.anchors import anchor_view, hash_places
from pipeline.evaluation.gold import (
    Gold,
    GoldDocument,
    GoldEntity,
    GoldRecord,
    GoldScope,
    Split,
    collect_gold,
    load_gold,
    save_gold,
)
from pipeline.evaluation.lint import lint_gold
from pipeline.export import stage_file
from pipeline.export.mentions import AnnotatedText, Annotation, BadAnnotation, read_bioc, read_brat, read_pubtator
from pipeline.export.mentions.annotations import LABELS, check_annotation
from pipeline.store import Store, StoredResult

SECTION = "Document"
"""The section of a stretch that is a whole document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionImport:
    """What became gold of a file of mentions, and what could not."""

    documents: int
    entities: int
    bad: tuple[BadAnnotation, ...]


def read_mentions(path: Path) -> list[AnnotatedText]:
    """Return the texts of a file or folder: brat (a folder or ``.ann``), BioC (XML) or else PubTator.

    Raises:
        SettingsError: there is nothing, or nothing of these formats.
    """
    if not path.exists():
        raise SettingsError(f"{path} is not there: name a folder of brat, or a file of PubTator or BioC")
    if path.is_dir() or path.suffix.casefold() == ".ann":
        texts = read_brat(path)
    elif path.suffix.casefold() == ".xml" or _is_markup(path):
        texts = read_bioc(path)
    else:
        texts = read_pubtator(path)
    if not texts:
        raise SettingsError(f"{path} holds no annotated text of brat, PubTator or BioC")
    return texts


def _is_markup(path: Path) -> bool:
    """Whether a file begins as markup does, whatever its name says."""
    with path.open("rb") as file:
        return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def import_mentions(
    store: Store, texts: Sequence[AnnotatedText], target: Path, *, split: Split = "dev", labels: Iterable[str] = ()
) -> MentionImport:
    """Make mentions gold: each document a stretch that was labelled completely; twice is once.

    A document is one of the store, by its id; offsets must fit its source. What an earlier import made of the same
    document is replaced.

    Args:
        labels: those that were looked for; all that occur by default.

    Raises:
        SettingsError: the target is no gold, or the result would not pass the lint.
        SourceError: the target cannot be written.
    """
    unknown = sorted(set(labels) - set(LABELS))
    if unknown:
        raise SettingsError(f"there is no label {unknown[0]!r}: choose of {', '.join(LABELS)}")
    former = load_gold(target) if target.is_file() else Gold()
    stored = _find(store, {text.key for text in texts})
    wanted = tuple(sorted(set(labels) or {item.label for text in texts for item in text.annotations}))
    made: list[GoldRecord] = []
    bad: list[BadAnnotation] = []
    sources: dict[str, str] = {}
    documents = 0
    for text in texts:
        bad += text.bad
        result = stored.get(text.key)
        if result is None or result.record is None or result.source is None:
            bad.append(BadAnnotation(text.key, "the store has no such document: name its file by the document's id"))
            continue
        document = GoldDocument(
            sha256=result.record["sha256"],
            text_sha256=result.record["text_sha256"],
            name=str(result.record["path"]).rsplit("/", 1)[-1],
            characters=len(result.source),
        )
        if reason := _refuse(document, former):
            bad.append(BadAnnotation(text.key, reason))
            continue
        entities, refused = _label(text, document, result.source)
        bad += refused
        view = anchor_view(result.source)
        hashes = hash_places(view, [(0, len(result.source))])
        scope = {
            "document": document.sha256,
            "start": 0,
            "end": len(result.source),
            "covers": ("entities",),
            "section": SECTION,
            "labels": wanted,
            **{key: hashes[key] for key in ("length", "head", "tail")},
            "split": split,
        }
        made += [document, GoldScope.model_validate(scope), *entities]
        sources[document.sha256] = result.source
        documents += 1
    kept = [record for record in former.records() if not _is_replaced(record, sources)]
    gold = collect_gold([*kept, *made])
    errors = [item for item in lint_gold(gold, texts=sources) if item.severity == "error"]
    if errors:
        raise SettingsError(f"{target} was not written, it would not pass the lint: {errors[0]}")
    if made:
        with stage_file(target) as path:
            save_gold(gold, path)
    entities_made = sum(isinstance(record, GoldEntity) for record in made)
    return MentionImport(documents=documents, entities=entities_made, bad=tuple(bad))


def _find(store: Store, keys: set[str]) -> dict[str, StoredResult]:
    return {result.doc_id: result for result in store.results() if result.doc_id in keys}


def _refuse(document: GoldDocument, former: Gold) -> str:
    for known in former.documents:
        if known.sha256 == document.sha256 and known.text_sha256 != document.text_sha256:
            return "the gold labels another reading of this document"
    for scope in former.scopes_of(document.sha256, ["entities"]):
        if scope.section != SECTION:
            return f"the gold labels the mentions of {scope.section!r} of this document already"
    return ""


def _is_replaced(record: GoldRecord, sources: dict[str, str]) -> bool:
    """Whether a record of the former gold is of a document whose mentions came anew."""
    if isinstance(record, GoldDocument):
        return record.sha256 in sources
    if isinstance(record, GoldEntity):
        return record.document in sources
    return isinstance(record, GoldScope) and record.document in sources and record.covers == ("entities",)


def _label(text: AnnotatedText, document: GoldDocument, source: str) -> tuple[list[GoldEntity], list[BadAnnotation]]:
    view = anchor_view(source)
    entities: list[GoldEntity] = []
    bad: list[BadAnnotation] = []
    ends: dict[str, int] = {}
    for item in sorted(text.annotations, key=lambda item: (item.start, -item.end, item.label)):
        where = f"{text.key}, {item.label} at {item.start}"
        cause = check_annotation(item, source)
        if not cause and item.start < ends.get(item.label, 0):
            cause = "it overlaps another mention of its label"
        if cause:
            bad.append(BadAnnotation(where, cause))
            continue
        ends[item.label] = item.end
        entities.append(_entity(item, document, source, hash_places(view, [(item.start, item.end)])))
    return entities, bad


def _entity(item: Annotation, document: GoldDocument, source: str, hashes: dict[str, str | int]) -> GoldEntity:
    value = {
        "type": "entity",
        "document": document.sha256,
        "label": item.label,
        "start": item.start,
        "end": item.end,
        "text": source[item.start : item.end],
        "before": hashes["before"],
        "after": hashes["after"],
    }
    given = {"role": item.role, "id": item.id, "name": item.name}
    return GoldEntity.model_validate(value | {key: text for key, text in given.items() if text is not None})
