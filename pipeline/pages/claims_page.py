"""The claims page: all claims of a run in one file, each checkable at its place in the paper.

The page's script builds everything that it shows out of text nodes; the papers' text reaches it as data only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from pipeline.model import Document
from pipeline.model.decisions import apply_decision
from pipeline.model.records import Record
from pipeline.pages.embedding import embed_json, render_page
from pipeline.pages.fields import CORRECTED, FIELDS, describe_change, describe_value, list_choices, list_fields
from pipeline.pages.passages import PassageBook, passage_value

Decision = Mapping[str, Any]
"""What a person decided of a claim: ``decision``, ``values``, ``who``, ``when``, ``why``."""

STYLES = ("base.css", "claims.css")
SCRIPTS = ("model.js", "passage.js", "detail.js", "judge.js", "table.js")


def render_claims_page(
    papers: Iterable[tuple[Record, Document, Iterable[Record]]],
    *,
    name: str,
    decisions: Mapping[str, Decision] | None = None,
) -> str:
    """Return the claims page of a run.

    Args:
        papers: each document's record, the document as it was read, and its claims' records, in the order to show.
        name: the run's name.
        decisions: by claim id, what people decided, laid over the claims; by default what the records hold already.
    """
    value = claims_value(papers, name=name, decisions=decisions)
    return render_page(
        "claims.html.j2",
        styles=STYLES,
        scripts=SCRIPTS,
        name=name,
        claims=len(value["claims"]),
        papers=len(value["papers"]),
        data=Markup(embed_json(value)),
    )


def claims_value(
    papers: Iterable[tuple[Record, Document, Iterable[Record]]], *, name: str, decisions: Mapping[str, Decision] | None
) -> dict[str, Any]:
    """Return what the page's script reads: papers, their passages, and claims that point into both."""
    listed: list[dict[str, Any]] = []
    passages: list[dict[str, Any]] = []
    claims: list[dict[str, Any]] = []
    for record, document, records in papers:
        book = PassageBook(document)
        first = len(passages)
        number = len(listed)
        shown = (
            list(records)
            if decisions is None
            else [apply_decision(claim, decisions.get(claim["claim_id"])) for claim in records]
        )
        own = [_claim_value(claim, book, paper=number, first=first) for claim in shown]
        claims += own
        passages += [passage_value(passage, book) for passage in book.passages]
        markers = {marker for claim in own for marker in claim.get("cited", ())}
        listed.append(_paper_value(record, document, markers))
    return {
        "name": name,
        "fields": dict(FIELDS),
        "choices": list_choices(),
        "words": list(CORRECTED),
        "papers": listed,
        "passages": passages,
        "claims": claims,
    }


def _claim_value(claim: Record, book: PassageBook, *, paper: int, first: int) -> dict[str, Any]:
    evidence = claim["evidence"]
    start, end = evidence["spans"][0]
    fields = []
    for key, field, words in list_fields(claim):
        place = None if field.get("start") is None else first + book.find(field["start"], field["end"])
        text = " ".join(str(field.get("text") or "").split())
        fields.append([key, field.get("start"), field.get("end"), field.get("source"), text, words, place])
    cited = [item["marker"] for item in claim.get("citations") or ()]
    value = {
        "id": claim["claim_id"],
        "paper": paper,
        "kind": claim["kind"],
        "passage": first + book.find(start, end),
        "evidence": evidence["spans"],
        "section": claim.get("section"),
        "table": evidence.get("table"),
        "row": evidence.get("row"),
        "page": evidence["boxes"][0]["page"] if evidence.get("boxes") else book.page(start),
        "drug": claim["intervention"]["name"],
        "outcome": claim["outcome"]["name"],
        "direction": claim["direction"],
        "negated": claim["negated"] or None,
        "certainty": claim["certainty"],
        "confidence": claim.get("confidence"),
        "source": claim.get("source_kind"),
        "species": _name(claim.get("species")),
        "strain": _name(claim.get("strain")),
        "sex": (claim.get("sex") or {}).get("value"),
        "setting": (claim.get("setting") or "").replace("_", " ") or None,
        "dose": _dose(claim.get("dose")),
        "change": describe_change(claim.get("effect")) or None,
        "size": (claim.get("effect") or {}).get("change_percent"),
        "fields": fields,
        "cited": cited,
        "why": list(claim.get("why") or ()),
        "decision": _decision_value(claim),
    }
    return {key: item for key, item in value.items() if item is not None and item != []}


def _dose(field: Mapping[str, Any] | None) -> str | None:
    """Return a dose's words, or what they were read as where they are a bare number."""
    words = _text(field)
    if field is None or words is None or any(character.isalpha() or character == "%" for character in words):
        return words
    read = describe_value("dose", {key: value for key, value in field.items() if key != "per"})
    return read or words


def _decision_value(claim: Record) -> dict[str, Any] | None:
    """Return what somebody decided of the claim, and what stood there before where it was corrected."""
    if not claim.get("decision"):
        return None
    was = {name: _shown(name, value) for name, value in (claim.get("extracted") or {}).items()}
    value = {
        "decision": claim["decision"],
        "who": claim.get("decided_by"),
        "when": claim.get("decided_at"),
        "why": claim.get("decision_why"),
        "was": was,
    }
    return {key: item for key, item in value.items() if item not in (None, "", {})}


def _shown(name: str, value: Any) -> str:
    if isinstance(value, Mapping):
        words = describe_value(name, value) if name in FIELDS else ""
        return " · ".join(filter(None, [_text(value), words]))
    if isinstance(value, list):
        return "; ".join(_shown(name, item) for item in value)
    return "" if value is None else str(value).replace("_", " ")


def _paper_value(record: Record, document: Document, markers: set[str]) -> dict[str, Any]:
    references = {
        reference.marker: {
            key: item
            for key, item in (
                ("text", " ".join((reference.text or reference.title or "").split()) or None),
                ("doi", reference.doi),
                ("pmid", reference.pmid),
            )
            if item
        }
        for reference in document.references
        if reference.marker in markers
    }
    file = str(record["path"]).rsplit("/", 1)[-1]
    authors = [str(author) for author in record.get("authors") or ()]
    value = {
        "id": record["doc_id"],
        "file": file,
        "title": record.get("title"),
        "authors": (authors[0] + (" et al." if len(authors) > 1 else "")) if authors else None,
        "year": record.get("year"),
        "journal": record.get("journal"),
        "doi": record.get("doi"),
        "pmid": record.get("pmid"),
        "pages": record.get("pages"),
        "reader": record.get("reader"),
        "references": references,
    }
    return {key: item for key, item in value.items() if item not in (None, {}, "")}


def _name(field: Mapping[str, Any] | None) -> str | None:
    return None if field is None else field.get("name") or _text(field)


def _text(field: Mapping[str, Any] | None) -> str | None:
    return None if field is None else " ".join(str(field.get("text") or "").split()) or None
