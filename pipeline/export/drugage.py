"""Lifespan claims as DrugAge writes them: build 5's columns in their order and manner, then what DrugAge leaves out.

One row for each arm: compound × dose × strain × sex × age at start × paper, with the average (median or mean) and the
maximum lifespan and the body weight as changes in percent against the control, each with S, NS or NA.
Source: DrugAge build 5, columns as in its file of 2024-11-29.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any, Literal

from pipeline.corpus import read_manifest
from pipeline.export.cells import format_cell, format_number
from pipeline.model.records import Record

DRUGAGE_COLUMNS = (
    "compound_name", "species", "strain", "dosage", "age_at_initiation", "treatment_duration",
    "avg_lifespan_change_percent", "avg_lifespan_significance", "max_lifespan_change_percent",
    "max_lifespan_significance", "gender", "weight_change_percent", "weight_change_significance", "ITP", "pubmed_id",
)  # fmt: skip
OWN_COLUMNS = (
    "combined_with", "route", "schedule", "population", "direction", "statistic", "change_as_written", "relation",
    "control_lifespan", "control_unit", "p_value", "sample_size", "compound_id", "strain_id", "species_id",
    "certainty", "citation_markers", "document", "document_pmid", "table", "row", "evidence_start", "evidence_end",
    "confidence", "claim_ids",
)  # fmt: skip
Metric = Literal["avg_lifespan", "max_lifespan", "weight"]

_LIFESPAN = re.compile(r"\b(?:lifespan|life[- ]span|longevity|length of life)\b", re.IGNORECASE)
_WEIGHT = re.compile(r"^(?:body ?weights?|weights?)$", re.IGNORECASE)
_MAXIMUM = re.compile(r"\bmax(?:imum|imal)?\b", re.IGNORECASE)
_NO_LIFESPAN = re.compile(r"\b(?:health|replicative|remaining) ?-?(?:span|life)", re.IGNORECASE)
_GENDERS = {"male": "Male", "female": "Female", "both": "Pooled", "hermaphrodite": "Hermaphrodite"}
_INJECTED = {
    "intraperitoneal": "intraperitoneal injection",
    "subcutaneous": "subcutaneous injection",
    "intravenous": "intravenous injection",
    "intramuscular": "intramuscular injection",
}
_PARTS_PER_MILLION = {"mg/kg": 1.0, "ug/kg": 0.001, "g/kg": 1000.0, "mg/L": 1.0, "ug/mL": 1.0, "mg/mL": 1000.0}
_MOLAR = {"mmol/L": "mM", "umol/L": "µM", "nmol/L": "nM"}
_MONTH = 30.4375
_LEAST_DAYS = 28.0
_MAMMALS = frozenset({"Mus musculus", "Rattus norvegicus", "Cavia porcellus", "Canis lupus familiaris"})


def write_drugage(path: Path, pairs: Iterable[tuple[Record, Record]]) -> None:
    """Write the lifespan arms among the claims (each with its flat row) as CSV."""
    with path.open("w", encoding="utf-8", newline="", errors="backslashreplace") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow((*DRUGAGE_COLUMNS, *OWN_COLUMNS))
        for row in drugage_rows(pairs, markers=read_markers()):
            writer.writerow([format_cell(row[name]) for name in (*DRUGAGE_COLUMNS, *OWN_COLUMNS)])


def read_markers() -> dict[str, Mapping[str, str]]:
    """Return, by file name, the PubMed ids that the manifest gives for the markers of a paper's references."""
    return {PurePath(paper.file).name: paper.markers for paper in read_manifest().paper if paper.markers}


def drugage_rows(
    pairs: Iterable[tuple[Record, Record]], *, markers: Mapping[str, Mapping[str, str]]
) -> Iterator[Record]:
    """Yield one row for each arm whose lifespan the claims tell, in the order of the claims.

    Args:
        pairs: each claim's record with its flat row, of which the document's columns are read.
        markers: PubMed ids of cited works by file name and marker, where the document's own list does not resolve them.
    """
    arms: dict[tuple[object, ...], Record] = {}
    for claim, flat in pairs:
        metric = _metric_of(claim)
        if metric is None or not _is_curated(claim):
            continue
        key: tuple[object, ...] = (
            claim["doc_id"],
            claim.get("arm_id") or claim["claim_id"],
            claim["intervention"]["name"],
        )
        row = arms.get(key)
        if row is None or row[f"{metric}_significance" if metric != "weight" else "weight_change_significance"]:
            key = key if row is None else (*key, claim["claim_id"])
            row = arms.setdefault(key, _describe_arm(claim, flat, markers))
        _fill_metric(row, metric, claim)
    for row in arms.values():
        if row["avg_lifespan_significance"] or row["max_lifespan_significance"]:
            for name in ("avg_lifespan_significance", "max_lifespan_significance", "weight_change_significance"):
                row[name] = row[name] or "NA"
            yield row


def _metric_of(claim: Mapping[str, Any]) -> Metric | None:
    outcome = claim["outcome"]
    words = f"{outcome['name']} {outcome['text']}"
    if _LIFESPAN.search(words) and not _NO_LIFESPAN.search(words):
        return "max_lifespan" if outcome.get("statistic") == "maximum" or _MAXIMUM.search(words) else "avg_lifespan"
    return "weight" if _WEIGHT.match(outcome["name"]) else None


def _is_curated(claim: Mapping[str, Any]) -> bool:
    """Whether a curator would enter it: a finding on a drug in a named species, with a number or a test."""
    effect, significance = claim.get("effect") or {}, claim.get("significance") or {}
    told = effect.get("change_percent") is not None or significance.get("significant") is not None
    return (
        claim["certainty"] == "asserted"
        and claim["intervention"]["kind"] == "drug"
        and claim.get("species") is not None
        and told
    )


def _describe_arm(
    claim: Mapping[str, Any], flat: Mapping[str, Any], markers: Mapping[str, Mapping[str, str]]
) -> Record:
    def name(field: str, key: str = "name") -> Any:
        return (claim.get(field) or {}).get(key)

    evidence = claim["evidence"]
    compound = claim["intervention"]["name"]
    row: Record = dict.fromkeys((*DRUGAGE_COLUMNS, *OWN_COLUMNS))
    row |= {
        "compound_name": compound[:1].upper() + compound[1:],
        "species": name("species") or name("species", "text"),
        "strain": _one_line(name("strain", "text")),
        "dosage": write_dosage(claim),
        "age_at_initiation": _write_age(claim),
        "treatment_duration": _write_duration(claim),
        "gender": _GENDERS.get(name("sex", "value") or "", "Unknown"),
        "pubmed_id": find_pmid(claim, flat, markers),
        "combined_with": " + ".join(partner["name"] or partner["text"] for partner in claim.get("combined_with") or ())
        or None,
        "route": name("route"),
        "schedule": _one_line(name("schedule", "text")),
        "population": _one_line(name("population", "text")),
        "sample_size": name("sample_size", "value"),
        "compound_id": claim["intervention"].get("id"),
        "strain_id": name("strain", "id"),
        "species_id": name("species", "id"),
        "certainty": claim["certainty"],
        "citation_markers": ", ".join(item["marker"] for item in claim.get("citations") or ()) or None,
        "document": flat.get("document_path"),
        "document_pmid": flat.get("document_pmid"),
        "table": evidence.get("table"),
        "row": evidence.get("row"),
        "evidence_start": evidence["spans"][0][0],
        "evidence_end": evidence["spans"][-1][1],
    }
    return row


def _fill_metric(row: Record, metric: Metric, claim: Mapping[str, Any]) -> None:
    effect, significance = claim.get("effect") or {}, (claim.get("significance") or {}).get("significant")
    stem = "weight_change" if metric == "weight" else f"{metric}_change"
    row[f"{stem}_percent"] = effect.get("change_percent")
    row["weight_change_significance" if metric == "weight" else f"{metric}_significance"] = (
        "NA" if significance is None else "S" if significance else "NS"
    )
    row["claim_ids"] = " ".join(filter(None, (row["claim_ids"], claim["claim_id"])))
    if metric == "avg_lifespan" or row["direction"] is None:
        control = effect.get("control") or {}
        row |= {
            "direction": claim["direction"],
            "statistic": claim["outcome"].get("statistic"),
            "change_as_written": _one_line(effect.get("text")),
            "relation": effect.get("relation"),
            "control_lifespan": _one_line(control.get("text")),
            "control_unit": control.get("unit"),
            "p_value": (claim.get("significance") or {}).get("p"),
            "confidence": claim.get("confidence"),
        }


def write_dosage(claim: Mapping[str, Any]) -> str | None:
    """Return the dose as DrugAge writes it: "14 ppm food", "8 ppm/day bodyweight intraperitoneal injection"."""
    dose, route, schedule = (claim.get(name) or {} for name in ("dose", "route", "schedule"))
    if not dose:
        return None
    place = route.get("name") or ""
    medium = {"dietary": "food", "diet": "food", "drinking water": "water"}.get(place)
    daily = "day" in (dose.get("per") or ()) or (schedule.get("times") == 1 and schedule.get("period_days") == 1)
    amount = _write_amount(dose, medium, "/day" if daily else "")
    words = [amount]
    if medium and medium not in amount.split():
        words.append(medium)
    elif place and not medium:
        words.append(_INJECTED.get(place, place))
    if schedule and not (schedule.get("times") == 1 and schedule.get("period_days") == 1):
        words.append(" ".join(schedule["text"].split()))
    return " ".join(words)


def _write_amount(dose: Mapping[str, Any], medium: str | None, daily: str) -> str:
    numbers = dose.get("values") or [
        value for value in dict.fromkeys((dose.get("low"), dose.get("high"))) if value is not None
    ]
    unit, per = dose.get("unit") or "", dose.get("per") or ()
    if not numbers or not unit:
        return " ".join(dose["text"].split())
    joiner = ", " if dose.get("values") else "-"
    if unit in _PARTS_PER_MILLION:
        numbers = [round(number * _PARTS_PER_MILLION[unit], 6) for number in numbers]
        body = " bodyweight" if "body weight" in per else " food" if "diet" in per else ""
        return f"{joiner.join(map(format_number, numbers))} ppm{daily}{body}"
    if unit == "[ppm]":
        return f"{joiner.join(map(format_number, numbers))} ppm {medium or ''}".strip()
    if unit == "%" and medium:
        return f"{joiner.join(format_number(number * 10_000) for number in numbers)} ppm {medium}"
    return f"{joiner.join(map(format_number, numbers))} {_MOLAR.get(unit, unit.strip('[]'))}{daily}"


def _write_age(claim: Mapping[str, Any]) -> str | None:
    age = claim.get("age") or {}
    low, high = age.get("low_days"), age.get("high_days")
    species = (claim.get("species") or {}).get("name")
    if low is None or species not in _MAMMALS or low < _LEAST_DAYS:
        return _one_line(age.get("text"))
    return _write_months(low, high)


def _write_duration(claim: Mapping[str, Any]) -> str | None:
    duration = claim.get("duration") or {}
    low = duration.get("low_days")
    if low is None or (claim.get("species") or {}).get("name") not in _MAMMALS or low < _LEAST_DAYS:
        return _one_line(duration.get("text"))
    return _write_months(low, duration.get("high_days"))


def _write_months(low: float, high: float | None) -> str:
    first = format_number(round(low / _MONTH, 1))
    last = first if high is None else format_number(round(high / _MONTH, 1))
    if first == last:
        return f"{first} month" if first == "1" else f"{first} months"
    return f"{first}-{last} months"


def find_pmid(
    claim: Mapping[str, Any], flat: Mapping[str, Any], markers: Mapping[str, Mapping[str, str]]
) -> str | None:
    """Return the PubMed id of the work that reports the finding: the one cited, else the document's own.

    A cited work is known by the document's reference list or by the manifest's table of its markers.
    """
    if claim.get("source_kind") != "cited":
        return flat.get("document_pmid")
    known = markers.get(PurePath(flat.get("document_path") or "").name, {})
    found = [item.get("pmid") or known.get(item["marker"]) for item in claim.get("citations") or ()]
    return found[0] if len(set(found)) == 1 else None


def _one_line(text: str | None) -> str | None:
    return None if text is None else " ".join(text.split())
