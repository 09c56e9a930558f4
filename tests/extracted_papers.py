"""The papers that the tests of the whole line run over, each extracted once in a test run."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pipeline.ingest import read_bytes
from pipeline.run import Extraction, extract, read
from pipeline.selection import select_documents
from pipeline.settings import Settings

PROJECT = Path(__file__).parent.parent
SAMPLES = PROJECT / "corpus" / "samples"
SEEDS = PROJECT.parent / "shared" / "corpus" / "seeds"

MARKDOWN = """# Canagliflozin and spermidine in ageing mice: an invented study

## Abstract

Canagliflozin at 180 ppm in the diet from 7 months of age extended the median lifespan of male UM-HET3 mice by 14 %
(p < 0.001, n = 42 per group).[3,4] Spermidine did not change the body weight of female C57BL/6J mice.

## Methods

Eight-week-old male C57BL/6J mice received rapamycin (2.5 mg/kg, i.p., three times per week) for 12 weeks.

## Results

Rapamycin (0.3, 1 and 3 mg/kg) reduced tumour volume by 20–35 % (P = 0.02). Metformin 500 mg twice daily for six
months lowered fasting glucose from 8.1 to 6.9 mmol/L in 24 patients. Aspirin halved the incidence of stroke in
women aged ≥65 years. Everolimus 5 mg once weekly increased antibody titres 1.4-fold (95 % CI 1.2 to 1.7) in
volunteers. Acarbose at 1,000 ppm every other day might lengthen the maximum lifespan of rats by about one third.
Survival was longer in mice given resveratrol than in controls (812 vs 745 days, p = 3 × 10−4).
"""

JATS = """<?xml version="1.0"?>
<article><front><article-meta><title-group><article-title>An invented trial of rapamycin in mice</article-title>
</title-group><abstract><p>Rapamycin at 42 ppm extended lifespan in female mice by 26% (p = 0.0005).</p></abstract>
</article-meta></front>
<body><sec><title>Results</title>
<p>Rapamycin (8 mg/kg every other day) decreased body weight by 12.5% in male mice<xref ref-type="bibr"
rid="r1"><sup>1</sup></xref>.</p>
<table-wrap id="t1"><label>Table 1</label><caption><p>Effect of rapamycin on the lifespan of mice</p></caption>
<table><thead><tr><th>Drug</th><th>Dose</th><th>Sex</th><th>Strain</th><th>Median lifespan, control (days)</th>
<th>Median lifespan, treated (days)</th><th>Change (%)</th><th>P</th></tr></thead>
<tbody>
<tr><td>Rapamycin</td><td>14 ppm</td><td>Male</td><td>UM-HET3</td><td>780</td><td>882</td><td>13.1</td>
<td>0.002</td></tr>
<tr><td>Rapamycin</td><td>42 ppm</td><td>Female</td><td>UM-HET3</td><td>887</td><td>1,117</td><td>25.9</td>
<td>&lt;0.0001</td></tr>
<tr><td>Aspirin</td><td>60 mg/kg</td><td>Female</td><td>C57BL/6J</td><td>900</td><td>891</td><td>−1.0</td>
<td>0.64</td></tr>
</tbody></table></table-wrap></sec></body>
<back><ref-list><ref id="r1"><label>1</label><mixed-citation>Example A. An invented paper. 2020.</mixed-citation>
</ref></ref-list></back></article>
"""

HTML = """<!DOCTYPE html><html><head><title>Metformin in invented rats</title></head><body>
<h1>Metformin in invented rats</h1><h2>Results</h2>
<p>Oral metformin (100 mg/kg per day for 4&nbsp;weeks) reduced plasma insulin by 31&#37; in aged Wistar rats
(<i>P</i> &lt; 0.01)<sup>7</sup>. Rapamycin did not affect food intake.</p></body></html>
"""

BROKEN_LINES = """Everolimus in invented mice

RESULTS

Everolimus given to 20-month-old female mice at 10 mg
per kg, 5×/week for 6 weeks, improved grip strength by two-
fold.12,13 Body weight de-
creased by 9.5% after twenty-four weeks of treatment with
everolimus (P<.05). Dasatinib (5 mg/kg) and quercetin (50 mg/kg), once
monthly, had no effect on survival.
"""

INVENTED = {
    "invented/canagliflozin.md": MARKDOWN,
    "invented/everolimus.txt": BROKEN_LINES,
    "invented/metformin.html": HTML,
    "invented/rapamycin.xml": JATS,
}


@cache
def list_papers() -> tuple[str, ...]:
    """Return the names of all papers: the invented ones, the samples, the seeds; what is not there is left out."""
    folders = [folder for folder in (SAMPLES, SEEDS) if folder.is_dir()]
    return (*INVENTED, *(path.as_posix() for path in select_documents(folders).files))


@cache
def extract_paper(name: str) -> Extraction:
    """Return the extraction of one paper; every test of a run shares it."""
    return extract_again(name)


def extract_again(name: str) -> Extraction:
    """Return an extraction of one paper that shares nothing with those made before."""
    if name in INVENTED:
        return extract(read_bytes(INVENTED[name].encode(), name=name, settings=Settings()))
    return extract(read(name))
