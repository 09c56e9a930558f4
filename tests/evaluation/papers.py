"""An invented paper and its labels, for the tests of the evaluation library."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PAPER = """Acarbose in old mice

Abstract
Acarbose (1,000 ppm) lowered fasting glu-
cose by 14 % in male but not in female UM-HET3 mice (p < 0.01)7.
It may also delay cataract5–6. Miglitol might
follow.

Results
Miglitol at 0.3, 1 and 3 mg/kg attenuated weight loss in rats.
Miglitol at 0.3, 1 and 3 mg/kg did not change sleep.

Table 1 | The effect of acarbose on the lifespan of mice
Strain Sex Dose Control (d) Δ lifespan (%)
Given in the diet
C57BL/6J Male 1,000 ppm 954 −3.5NS
C57BL/6J Female 1,000 ppm 874 5
UM-HET3 Male 2,500 ppm
in pellets 807 12

The impact on median lifespan is shown. NS, not significant.
"""

GLUCOSE = "Acarbose (1,000 ppm) lowered fasting glucose by 14 % in male but not in female UM-HET3 mice (p < 0.01)7."


def glucose_label(**changes: Any) -> dict[str, Any]:
    """Return the label of the first finding, in males."""
    label = {
        "type": "claim",
        "doc": "paper.txt",
        "evidence": GLUCOSE,
        "intervention": {"text": "Acarbose", "name": "acarbose"},
        "dose": {"text": "1,000 ppm", "low": 1000, "high": 1000, "unit": "[ppm]", "per": ["diet"]},
        "species": {"text": "mice", "name": "Mus musculus", "id": "NCBITaxon:10090"},
        "strain": {"text": "UM-HET3"},
        "setting": "in_vivo",
        "sex": {"text": "male", "value": "male"},
        "outcome": {"text": "fasting glucose", "name": "fasting glucose"},
        "direction": "decrease",
        "effect": {"text": "14 %", "value": 14, "unit": "%", "type": "percent_change", "change_percent": -14},
        "significance": {"text": "p < 0.01", "p": 0.01, "p_relation": "<", "significant": True},
        "citations": ["7"],
    }
    return {**label, **changes}


def write_labels(folder: Path, *labels: dict[str, Any]) -> Path:
    """Write the paper and its labels into a folder and return the labels file."""
    (folder / "paper.txt").write_text(PAPER, encoding="utf-8", newline="\n")
    path = folder / "labels.jsonl"
    path.write_text("".join(json.dumps(label, ensure_ascii=False) + "\n" for label in labels), encoding="utf-8")
    return path
