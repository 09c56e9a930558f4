"""The folder that goes to reviewers: the sheet, and the tasks with their configuration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.errors import SettingsError
from pipeline.export import flatten_claim, keep_claims, matches, parse_condition, read_records, stage_folder
from pipeline.model.records import Record
from pipeline.review.selection import review_store
from pipeline.review.sheets import write_sheet
from pipeline.review.tasks import make_config, write_tasks
from pipeline.settings import Settings
from pipeline.store import Store

OWNED = ("claims.csv", "tasks.json", "config.xml")


def write_review(
    store: Store,
    out: Path,
    *,
    run: Path | None = None,
    papers: Iterable[str] = (),
    where: Iterable[str] = (),
    undecided: bool = False,
    settings: Settings,
) -> int:
    """Write the store's claims for review into a folder and return how many they are.

    Args:
        run: the folder of a run, whose papers' claims are taken; all of the store's by default.
        papers: words of a file's name or of a title, of which each paper that is taken holds one.
        where: conditions such as ``"direction=decrease"``.
        undecided: whether claims that have a decision are left out.

    Raises:
        SettingsError: a condition is wrong, there is no such run or paper, or ``out`` holds files that are not ours.
        SourceError: ``out`` cannot be written.
    """
    selected = list(select_claims(store, run=run, papers=papers, where=where, undecided=undecided, settings=settings))
    with stage_folder(out, owned=OWNED) as folder:
        write_tasks(folder / "tasks.json", selected)
        (folder / "config.xml").write_text(make_config(), encoding="utf-8", newline="\n")
        return write_sheet(folder / "claims.csv", selected)


def select_claims(
    store: Store,
    *,
    run: Path | None,
    papers: Iterable[str] = (),
    where: Iterable[str],
    undecided: bool,
    settings: Settings,
) -> Iterator[tuple[Record, Record, str]]:
    """Yield claims with their document's record and its source text, in path order."""
    conditions = [parse_condition(text) for text in where]
    in_run = None if run is None else _papers(run)
    unseen = dict.fromkeys(_fold(words) for words in papers)
    wanted = tuple(unseen)
    for reviewed in review_store(store):
        document = reviewed.result.record
        if document is None or (in_run is not None and document["doc_id"] not in in_run):
            continue
        name = _fold(f"{Path(document['path']).name}\n{document.get('title') or ''}")
        named = [words for words in wanted if words in name]
        if wanted and not named:
            continue
        for words in named:
            unseen.pop(words, None)
        kept = keep_claims(reviewed.claims, include_hypotheses=settings.include_hypotheses, include_rejected=True)
        for claim in kept:
            if undecided and claim.get("decision"):
                continue
            if matches(flatten_claim(claim, document), conditions):
                yield claim, document, reviewed.result.source or ""
    if unseen:
        raise SettingsError(f"no paper is named {next(iter(unseen))!r}: give words of a file's name or of a title")


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _papers(run: Path) -> frozenset[str]:
    file = run / "documents.jsonl"
    if not file.is_file():
        raise SettingsError(f"there is no run at {run.as_posix()}: see outputs/ for the names of runs")
    return frozenset(record["doc_id"] for record in read_records(file))
