"""Arms by their names: what a document calls its arms stands for the drugs that it says were given there."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model import Claim
from pipeline.run import extract, read


def claim(text: str, folder: Path) -> list[Claim]:
    path = folder / "paper.txt"
    path.write_text(text, encoding="utf-8")
    return list(extract(read(path)).claims)


@pytest.mark.parametrize(
    ("definition", "name", "drug", "partners"),
    [
        ("Patients received cisplatin and docetaxel (CD) or radiation.", "CD", "cisplatin", ["docetaxel"]),
        ("Patients received ranitidine 300 mg b.d. (RCM group) or radiation.", "RCM", "ranitidine", []),
        ("We gave ABV (doxorubicin, bleomycin, and vinblastine).", "ABV", "doxorubicin", ["bleomycin", "vinblastine"]),
        ("Rats got fimasartan 3 mg/rosuvastatin 2 mg (FMS/RSV).", "FMS/RSV", "fimasartan", ["rosuvastatin"]),
    ],
)
def test_an_arm_s_name_stands_for_its_drugs(
    definition: str, name: str, drug: str, partners: list[str], tmp_path: Path
) -> None:
    found = claim(
        f"{definition}\n\nOverall survival was longer in the {name} group than in the control group.", tmp_path
    )
    assert [(c.intervention.name, [p.name for p in c.combined_with], c.intervention.text) for c in found] == [
        (drug, partners, name)
    ]


@pytest.mark.parametrize(
    "definition",
    [
        "Mice were given metformin in the water maze (WMT).",
        "Patients on metformin in intensive care (ICU) were seen.",
        "Patients received cisplatin or docetaxel (CD).",
    ],
)
def test_other_short_forms_name_no_arm(definition: str, tmp_path: Path) -> None:
    name = definition.rpartition("(")[2].partition(")")[0]
    assert claim(f"{definition}\n\nOverall survival was longer in the {name} group.", tmp_path) == []


def test_a_group_with_an_unexplained_name_is_not_the_study_drug_s(tmp_path: Path) -> None:
    text = "Effects of metformin in mice. We treated mice with metformin.\n\nThe QRX treatment group had lower weight."
    assert claim(text, tmp_path) == []
