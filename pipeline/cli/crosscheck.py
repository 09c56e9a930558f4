"""``litclaims crosscheck``: our rows beside a database that curators filled."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.exits import explain_errors
from pipeline.cli.options import StoreOption, use_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.export.crosscheck import Crosscheck
    from pipeline.model.records import Record

_OWNERS = {
    "ours": "ours: our source prints what DrugAge says",
    "theirs": "theirs: our source prints something else than DrugAge (a slip there, or between the works)",
    "definition": "definition: rounding, mean or median, spelling, what a source marks or leaves out",
}


@explain_errors
def crosscheck(
    database: Annotated[str, typer.Argument(metavar="DATABASE", help="drugage.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The database's file: DrugAge build 5 as CSV.")],
    run: Annotated[
        Path | None, typer.Option("--run", metavar="DIR", help="The files of a run; the store by default.")
    ] = None,
    all_rows: Annotated[bool, typer.Option("--all", help="List every row that only we have.")] = False,
    store: StoreOption = None,
) -> None:
    """Compare our lifespan rows with DrugAge: agreements, differences by field, rows that only one side has.

    Rows of one paper are compared where its PubMed id is known: the document's own, that of its reference list, or
    that which corpus/manifest.toml gives for a marker. All others are marked "paper unresolved".

    **Examples**

        litclaims crosscheck drugage drugage.csv

        litclaims crosscheck drugage drugage.csv --run results
    """
    from pipeline.errors import SettingsError
    from pipeline.export.columns import flatten_claim
    from pipeline.export.crosscheck import compare_drugage, read_drugage
    from pipeline.export.drugage import drugage_rows, read_markers

    if database != "drugage":
        raise SettingsError(f"there is no database {database!r} to compare with: write drugage")
    theirs = read_drugage(file)
    pairs = list(_read_run(run) if run is not None else _read_store(store))
    rows = drugage_rows(((claim, flatten_claim(claim, document)) for claim, document in pairs), markers=read_markers())
    evidence = {claim["claim_id"]: claim["evidence"]["text"] for claim, _ in pairs}
    _print_crosscheck(compare_drugage(rows, theirs, evidence=evidence), all_rows=all_rows)


def _read_run(folder: Path) -> Iterator[tuple[Record, Record]]:
    from pipeline.errors import SettingsError
    from pipeline.export import read_records

    for name in ("documents.jsonl", "claims.jsonl"):
        if not (folder / name).is_file():
            raise SettingsError(f"{folder} holds no run of litclaims: {name} is not there")
    documents = {record["doc_id"]: record for record in read_records(folder / "documents.jsonl")}
    for claim in read_records(folder / "claims.jsonl"):
        yield claim, documents[claim["doc_id"]]


def _read_store(url: str | None) -> Iterator[tuple[Record, Record]]:
    from pipeline.review import review_store
    from pipeline.settings import Places
    from pipeline.store import Store

    use_store(url)
    opened = Store.open(Places().store, create=False)
    try:
        for reviewed in review_store(opened):
            if reviewed.result.record is not None:
                for claim in reviewed.claims:
                    yield claim, reviewed.result.record
    finally:
        opened.close()


def _print_crosscheck(found: Crosscheck, *, all_rows: bool) -> None:
    resolved = sum(match.resolved for match in found.matches)
    agreeing = [match for match in found.matches if all(item.owner == "definition" for item in match.differences)]
    print(f"{len(found.matches)} rows on both sides ({resolved} of known papers, {len(found.matches) - resolved} paper "
          f"unresolved), {len(found.only_ours)} only ours, {len(found.only_theirs)} only theirs")  # fmt: skip
    print(f"{len(agreeing)} of {len(found.matches)} agree but for definitions, "
          f"{sum(not match.differences for match in found.matches)} in every field")  # fmt: skip
    differences = [(match, item) for match in found.matches for item in match.differences]
    for owner, title in _OWNERS.items():
        own = [(match, item) for match, item in differences if item.owner == owner]
        print(f"\n{title}: {len(own)}")
        if owner == "definition":
            for (field, why), times in sorted(Counter((item.field, item.why) for _, item in own).items()):
                print(f"  {times} × {field}: {why}")
        else:
            for match, item in own:
                print(f"  {item.field}: ours {item.ours or '–'}, theirs {item.theirs or '–'}; {item.why}")
                print(f"    {_place(match.ours)} · PMID {match.theirs['pubmed_id']}"
                      f"{'' if match.resolved else ' · paper unresolved'}")  # fmt: skip
    print("\nonly ours:")
    for why, times in Counter(reason for _, reason in found.only_ours).most_common():
        print(f"  {times} × {why}")
    for row, why in found.only_ours:
        if all_rows or why.startswith("DrugAge has the paper"):
            arm = ", ".join(row[name] or "–" for name in ("compound_name", "strain", "dosage", "gender"))
            print(f"    {arm} · {_place(row)}")
    print("\nonly theirs, of papers that we have:")
    for other in found.only_theirs:
        print(f"  {other['compound_name']}, {other['strain']}, {other['dosage']}, {other['age_at_initiation']}, "
              f"{other['gender']} · PMID {other['pubmed_id']}")  # fmt: skip
    if not found.only_theirs:
        print("  none")


def _place(row: Mapping[str, Any]) -> str:
    table = f"table {row['table']}, row {row['row']}" if row["table"] is not None else "prose"
    first = (row["claim_ids"] or "").split(" ")[0]
    return f"{row['document']} · {table} · litclaims show {first[:12]}"
