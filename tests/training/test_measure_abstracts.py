"""The labelled abstracts are found again in the corpora by the hash of the file that was labelled."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.evaluation.gold import GoldDocument, collect_gold, load_gold
from pipeline.model import hash_bytes
from pipeline.training.measure_abstracts import ABSTRACTS, KINDS, rebuild_abstract, rebuild_abstracts, select_gold

TRIAL = "Acarbose in adults \nAcarbose lowered glucose in 30 adults.\n"
ANIMAL = ("Metformin in rats.", "Metformin did not change weight.")


def write_corpora(folder: Path) -> Path:
    for name in ("trialsieve", "bc5cdr"):
        (folder / name).mkdir(parents=True)
    rows = [{"text": "Another title\nAnother abstract."}, {"text": TRIAL}]
    (folder / "trialsieve" / "trialsieve_train_validation.json").write_text(json.dumps(rows))
    lines = [f"12|t|{ANIMAL[0]}", f"12|a|{ANIMAL[1]}", "12\t0\t9\tMetformin\tChemical\tD008687", ""]
    (folder / "bc5cdr" / "CDR_DevelopmentSet.PubTator.txt").write_text("\n".join(lines))
    return folder


def document(name: str, data: bytes) -> GoldDocument:
    return GoldDocument(sha256=hash_bytes(data), text_sha256=hash_bytes(data), name=name, characters=len(data))


def test_labelled_files_are_rebuilt_and_missing_ones_named(tmp_path: Path) -> None:
    files = {"trial_00.txt": rebuild_abstract(TRIAL), "animal_00.txt": rebuild_abstract("\n".join(ANIMAL))}
    gold = collect_gold([*(document(name, data) for name, data in files.items()), document("trial_01.txt", b"gone")])
    out = tmp_path / "out"
    out.mkdir()
    assert rebuild_abstracts(gold, write_corpora(tmp_path / "corpora"), out) == ["trial_01.txt"]
    assert {path.name: path.read_bytes() for path in out.iterdir()} == files
    assert files["trial_00.txt"] == b"Acarbose in adults\n\nAcarbose lowered glucose in 30 adults.\n"


def test_gold_of_one_kind_holds_its_documents_alone() -> None:
    gold = load_gold(ABSTRACTS)
    parts = [select_gold(gold, kind) for kind in KINDS]
    assert [len(part.documents) for part in parts] == [20, 20]
    assert sum(len(part.claims) for part in parts) == len(gold.claims) > 300
    assert {scope.split for part in parts for scope in part.scopes} == {"dev", "test"}


def test_every_abstract_is_on_one_side_of_the_split() -> None:
    sides: dict[str, set[str | None]] = {}
    for scope in load_gold(ABSTRACTS).scopes:
        sides.setdefault(scope.document, set()).add(scope.split)
    assert sorted(len(found) for found in sides.values()) == [1] * 40
