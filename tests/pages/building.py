"""Invented papers for the pages, and claims that say what their words say, each field at its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.ingest import read_bytes
from pipeline.model import Document, Span, read_spans
from pipeline.model.ids import make_id
from pipeline.model.records import Record, document_record
from pipeline.pages import read_text_only
from pipeline.settings import Settings

HOSTILE = """The <b>wild</b> & hairy title of "Quokka" papers

Abstract

Quokkin (5 mg/kg) extended survival </script><script>window.stolen = 1</script> in male quokkas by 12% [1].
The compound <img src=x onerror="window.stolen = 2"> did not change body weight {{ 7 * 7 }} ${7 * 7}.
In the 🧪🐨 group, zorvex lowered \u202bوزن الجسم\u202c in \u05d0\u05d1\u05d2 animals; a line\u2028ends\u2029here -->.

References

1. Doe J, Roe R. <i>On quokkas</i> & their drugs. J Invented Biol. 2019;1:1-9. doi:10.5555/invented.1
"""
TABLED = """# Zorvex in small marsupials

## Methods

All animals got zorvex at 40 ppm in the diet from 9 months of age.

## Results

**Table 1.** Effect of zorvex on lifespan.

| Strain | Sex | Change of median lifespan (%) | p |
|---|---|---|---|
| Potoroo-A | Male | +14 | 0.01 |
| Potoroo-A | Female | -3 | 0.40 |
| Potoroo-B | Male | +2 | 0.70 |
| Potoroo-B | Female | +21 | 0.001 |
| Potoroo-C | Male | +5 | 0.20 |
| Potoroo-C | Female | +6 | 0.15 |

Zorvex raised grip strength of potoroos by 8% (p = 0.03).
"""


def read_text(text: str, name: str) -> Document:
    """Return an invented paper as its reader reads it."""
    return read_bytes(text.encode("utf-8", "surrogatepass"), name=name, settings=Settings())


def ground(document: Document, words: str, *, within: str | None = None, source: str = "sentence") -> Record:
    """Return a field: its words and where they stand, the first time inside ``within`` or else in the document."""
    low = document.source.index(within) if within is not None else 0
    start = document.source.index(words, low)
    return {"text": words, "start": start, "end": start + len(words), "source": source}


def state(document: Document, quote: str, *, drug: str, outcome: str, direction: str, **fields: Any) -> Record:
    """Return a claim's record whose evidence is ``quote``; a field given as words is found inside the quote."""
    start = document.source.index(quote)
    spans = [[start, start + len(quote)]]
    placed = {
        name: ground(document, value, within=quote) if isinstance(value, str) and name in GROUNDED else value
        for name, value in fields.items()
    }
    evidence = {"text": read_spans(document.clean, [Span(*spans[0])]), "spans": spans, "boxes": []}
    evidence |= placed.pop("table", {})
    return {
        "schema_version": 1,
        "claim_id": make_id("claim", document.doc_id, quote, drug, outcome, direction),
        "doc_id": document.doc_id,
        "kind": "table" if evidence.get("table") else "prose",
        "evidence": evidence,
        "intervention": {"name": drug.casefold(), "kind": "drug"} | _place(document, drug, quote),
        "outcome": {"name": outcome} | _place(document, outcome, quote),
        "direction": direction,
        "certainty": "asserted",
        "negated": False,
        "confidence": None,
        "citations": [],
        **placed,
    }


GROUNDED = frozenset({"dose", "species", "strain", "sex", "effect", "significance", "population"})


def _place(document: Document, words: str, quote: str) -> Record:
    within = quote if words in quote else None
    return ground(document, words, within=within, source="sentence" if within else "paragraph")


def hostile_paper() -> tuple[Record, Document, list[Record]]:
    """Return a paper that holds markup, scripts, right-to-left text, emoji and line separators, and three claims."""
    document = read_text(HOSTILE, "hostile <b>.txt")
    lines = HOSTILE.split("\n")
    claims = [
        state(
            document, lines[4], drug="Quokkin", outcome="survival", direction="increase", dose="5 mg/kg", sex="male",
            species="quokkas", citations=[{"marker": "1", "text": None, "doi": None, "pmid": None}],
            effect=ground(document, "12%", within=lines[4])
            | {"value": 12.0, "type": "percent_change", "unit": "%", "change_percent": 12.0},
        ),
        state(document, lines[5], drug="Quokkin", outcome="body weight", direction="no_change", certainty="hedged"),
        state(document, lines[6].split(";")[0], drug="zorvex", outcome="وزن الجسم", direction="decrease"),
    ]  # fmt: skip
    claims[0]["sex"]["value"] = "male"
    claims[0]["species"] |= {"name": "Setonix brachyurus", "id": "NCBITaxon:30670"}
    claims[0]["why"] = ["cue <b>extended</b>"]
    return document_record(document), document, claims


def tabled_paper() -> tuple[Record, Document, list[Record]]:
    """Return a paper with a table of lifespans by strain and sex, and a claim of each row and of a sentence."""
    document = read_text(TABLED, "tables.md")
    claims = []
    for row, line in enumerate(line for line in TABLED.split("\n") if line.startswith("| Potoroo")):
        strain, sex, change, p = (cell.strip() for cell in line.strip("|").split("|"))
        value = float(change)
        claim = state(
            document, line, drug="zorvex", outcome="lifespan", direction="increase" if value > 0 else "decrease",
            table={"table": "1", "row": row}, strain=strain, sex=sex,
            dose=ground(document, "40 ppm", source="document") | {"low": 40.0, "high": 40.0, "unit": "[ppm]"},
            effect=ground(document, change, within=line)
            | {"value": value, "type": "percent_change", "unit": "%", "change_percent": value},
            significance=ground(document, p, within=line) | {"p": float(p), "p_relation": "="},
            species={"text": "marsupials", "start": None, "end": None, "source": "inferred", "name": "Potorous"},
        )  # fmt: skip
        claim["sex"]["value"] = sex.casefold()
        claim["strain"]["name"] = strain
        claims.append(claim)
    quote = "Zorvex raised grip strength of potoroos by 8% (p = 0.03)."
    claims.append(state(document, quote, drug="Zorvex", outcome="grip strength", direction="increase", confidence=0.8))
    return document_record(document), document, claims


def many_papers(count: int, *, claims: int) -> Iterator[tuple[Record, Document, list[Record]]]:
    """Yield generated papers with claims, each of a paragraph of its own."""
    for number in range(count):
        lines = [
            f"Drug {(number * 7 + at) % 41} at {at} mg/kg raised outcome {at % 97} in strain {at % 13} mice by {at}%."
            for at in range(claims)
        ]
        source = "\n\n".join(f"{line} " + "Nothing else was seen in that year, nor later. " * 6 for line in lines)
        record = {"doc_id": f"{number:020x}", "path": f"paper-{number}.txt", "sha256": "0" * 64}
        document = read_text_only(record | {"reader": "text", "reader_version": "1"}, source)
        found = []
        for at, line in enumerate(lines):
            words = line.split(" raised ")[1].split(" in ")[0]
            claim = state(
                document, line, drug=line.split(" at ")[0], outcome=words,
                direction=("increase", "decrease", "no_change")[at % 3], strain=f"strain {at % 13}",
            )  # fmt: skip
            claim["strain"]["name"] = f"strain {at % 13}"
            claim["why"] = ["direction: increase (“raised”)", "certainty: asserted (no hedge found)"]
            found.append(claim)
        yield record, document, found
