"""Measure claims on labelled abstracts of public corpora: ``python -m pipeline.training.measure_abstracts``.

``corpus/gold/abstracts.jsonl`` holds blind labels of twenty trial abstracts of TrialSieve and twenty animal studies of
BC5CDR's development part, of 700 to 2,200 characters, the first by the sha256 of their text; every second one is of the
test split. The gold names each by the sha256 of the file that ``rebuild_abstracts`` makes of it, since the texts
themselves stay in the corpora. ``--gold corpus/gold/later_abstracts.jsonl`` scores sixteen more, labelled when the
rules for these stood; those of its test split have not been read beside the output. Prints the table of
``litclaims evaluate`` for each split, and for trials and animal studies apart. Single errors are written for
the development split alone (``--out``).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pipeline.accuracy import GOLD, evaluate_folder, write_reconciliation
from pipeline.evaluation.gold import Gold, GoldDocument, collect_gold, load_gold, save_gold
from pipeline.model import hash_bytes
from pipeline.runs import extract_to_folder
from pipeline.training.mention_corpora import split_pubtator
from pipeline.training.records import DEFAULT_CORPORA

ABSTRACTS = GOLD / "abstracts.jsonl"
KINDS = ("trial", "animal")


def read_texts(corpora: Path) -> Iterator[str]:
    """Yield the title and abstract of every text of both corpora, the title on its first line."""
    trials = json.loads((corpora / "trialsieve" / "trialsieve_train_validation.json").read_text(encoding="utf-8"))
    yield from (row["text"] for row in trials)
    for path in sorted((corpora / "bc5cdr").glob("CDR_*.PubTator.txt")):
        if "Test" not in path.name:
            yield from (block.text for block in split_pubtator(path.read_text(encoding="utf-8")))


def rebuild_abstract(text: str) -> bytes:
    """Return the file that was labelled: the title, an empty line, the abstract."""
    title, _, rest = text.partition("\n")
    return f"{title.strip()}\n\n{rest.strip()}\n".encode()


def rebuild_abstracts(gold: Gold, corpora: Path, folder: Path) -> list[str]:
    """Write the labelled abstracts into a folder under their names, and return the names of those not found."""
    wanted = {document.sha256: document.name for document in gold.documents}
    for text in read_texts(corpora):
        data = rebuild_abstract(text)
        name = wanted.pop(hash_bytes(data), None)
        if name is not None:
            (folder / name).write_bytes(data)
    return sorted(wanted.values())


def select_gold(gold: Gold, kind: str) -> Gold:
    """Return the gold of the documents whose names begin with a kind."""
    kept = {document.sha256 for document in gold.documents if document.name.startswith(kind)}
    return collect_gold(
        item for item in gold.records() if (item.sha256 if isinstance(item, GoldDocument) else item.document) in kept
    )


def main() -> None:
    """Rebuild, extract and score the abstracts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=DEFAULT_CORPORA)
    parser.add_argument("--gold", type=Path, default=ABSTRACTS)
    parser.add_argument("--split", choices=("dev", "test"), help="one split only")
    parser.add_argument("--out", type=Path, help="write the reconciliation of the development split as CSV and Parquet")
    options = parser.parse_args()
    gold = load_gold(options.gold)
    with tempfile.TemporaryDirectory(prefix="litclaims-abstracts-") as place:
        papers, run = Path(place) / "papers", Path(place) / "run"
        papers.mkdir()
        for name in rebuild_abstracts(gold, options.corpora, papers):
            print(f"not in the corpora: {name}")
        extract_to_folder([papers], run)
        for kind in ("", *KINDS):
            path = Path(place) / f"gold-{kind or 'all'}.jsonl"
            save_gold(select_gold(gold, kind), path)
            for split in ("dev", "test") if options.split is None else (options.split,):
                evaluation = evaluate_folder(run, gold=path, split=split)
                print(f"== {kind or 'all abstracts'}")
                print("\n".join(evaluation.summary_lines()))
                if options.out is not None and not kind and split == "dev":
                    write_reconciliation(options.out, evaluation)


if __name__ == "__main__":
    main()
