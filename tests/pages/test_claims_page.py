"""The claims page as text and data; what a browser makes of it is in test_browser.py."""

import json
import re
from dataclasses import replace

from pipeline.model import Span
from pipeline.model.documents import CharacterBox
from pipeline.pages import read_text_only, render_claims_page
from pipeline.review.fields import REVIEWED, list_choices
from tests.pages.building import hostile_paper, tabled_paper


def data_of(page):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)[1])


def words_at(data, claim, field):
    """The characters that the page highlights for a field."""
    return "".join(
        text[max(field[1] - start, 0) : max(field[2] - start, 0)]
        for start, text, *_ in data["passages"][field[6]]["parts"]
        if field[1] < start + len(text) and start < field[2]
    )


def test_every_field_is_highlighted_at_its_own_words():
    data = data_of(render_claims_page([hostile_paper(), tabled_paper()], name="both"))
    placed = [(claim, field) for claim in data["claims"] for field in claim["fields"] if field[1] is not None]
    assert len(placed) > 40
    for claim, field in placed:
        assert words_at(data, claim, field) == field[4]


def test_the_page_asks_for_the_fields_that_an_imported_sheet_may_correct():
    data = data_of(render_claims_page([], name="x"))
    assert {*data["choices"], *data["words"], "negated"} == set(REVIEWED)
    assert all(data["choices"][name] == list(list_choices(name)) for name in data["choices"])


def test_markup_of_a_paper_reaches_the_page_as_data_only():
    page = render_claims_page([hostile_paper()], name="a </title><script>alert(1)</script>")
    assert page.count("<script") == 2 and page.count("</script>") == 2
    assert "<img" not in page and "alert(1)</script" not in page
    assert "\u2028" not in page and "\u2029" not in page
    texts = [part[1] for passage in data_of(page)["passages"] for part in passage["parts"]]
    assert any("</script><script>window.stolen = 1</script>" in text for text in texts)


def test_the_same_records_give_the_same_page():
    assert render_claims_page([hostile_paper()], name="x") == render_claims_page([hostile_paper()], name="x")


def test_a_claim_of_a_row_is_shown_in_its_table_and_its_dose_where_it_stands():
    data = data_of(render_claims_page([tabled_paper()], name="x"))
    claim = data["claims"][0]
    table = data["passages"][claim["passage"]]
    assert table["kind"] == "grid" and table["title"] == "Table 1"
    dose = next(field for field in claim["fields"] if field[0] == "dose")
    assert dose[6] != claim["passage"] and dose[5] == "40 ppm"
    assert data["passages"][dose[6]]["title"] == "Methods"


def test_a_field_that_is_inferred_has_no_place():
    data = data_of(render_claims_page([tabled_paper()], name="x"))
    species = next(field for field in data["claims"][0]["fields"] if field[0] == "species")
    assert species[1] is None and species[6] is None


def test_a_citation_is_resolved_to_its_reference():
    data = data_of(render_claims_page([hostile_paper()], name="x"))
    assert data["claims"][0]["cited"] == ["1"]
    assert "On quokkas" in data["papers"][0]["references"]["1"]["text"]


def test_a_page_number_is_shown_where_the_format_has_pages():
    record, document, claims = hostile_paper()
    middle = document.source.index("In the 🧪")
    boxes = tuple(CharacterBox(Span(start, start + 1), page, 0, 0, 1, 1) for start, page in ((0, 1), (middle, 7)))
    data = data_of(render_claims_page([(record, replace(document, boxes=boxes), claims)], name="x"))
    assert [claim["page"] for claim in data["claims"]] == [1, 1, 7]


def test_a_paragraph_of_great_length_is_shown_in_parts():
    record, _, claims = hostile_paper()
    text = "Nothing much happened here. " * 1000 + "Quokkin extended survival. " + "And so on. " * 1000
    record["text_sha256"] = "0" * 64
    start = text.index("Quokkin")
    claim = claims[0] | {"evidence": {"text": "", "spans": [[start, start + 26]], "boxes": []}}
    claim = {key: value for key, value in claim.items() if not isinstance(value, dict) or "start" not in value}
    claim |= {
        "intervention": {"text": "Quokkin", "start": start, "end": start + 7, "name": "quokkin", "kind": "drug"},
        "outcome": {"text": "survival", "start": start + 17, "end": start + 25, "name": "survival"},
    }
    data = data_of(render_claims_page([(record, read_text_only(record, text), [claim])], name="x"))
    shown = data["passages"][data["claims"][0]["passage"]]["parts"]
    assert sum(len(part[1]) for part in shown) < 10_000
    assert any("Quokkin extended" in part[1] for part in shown)


def test_a_decision_is_shown_with_its_claim():
    record, document, claims = hostile_paper()
    decision = {"decision": "rejected", "values": {}, "who": "Ada", "when": "2026-01-02", "why": "a <b>wrong</b> drug"}
    page = render_claims_page([(record, document, claims)], name="x", decisions={claims[1]["claim_id"]: decision})
    shown = [claim.get("decision") for claim in data_of(page)["claims"]]
    assert shown == [None, {key: decision[key] for key in ("decision", "who", "when", "why")}, None]
    assert "<b>wrong" not in page


def test_a_correction_shows_its_value_and_what_was_read_before():
    record, document, claims = hostile_paper()
    values = {"direction": "decrease", "dose": None}
    decision = {"decision": "corrected", "values": values, "who": None, "when": "2026-01-02", "why": None}
    page = render_claims_page([(record, document, claims)], name="x", decisions={claims[0]["claim_id"]: decision})
    claim = data_of(page)["claims"][0]
    assert claim["direction"] == "decrease" and "dose" not in claim
    assert claim["decision"] == {
        "decision": "corrected",
        "when": "2026-01-02",
        "was": {"direction": "increase", "dose": "5 mg/kg"},
    }


def test_a_run_without_claims_has_a_page():
    record, document, _ = tabled_paper()
    assert data_of(render_claims_page([(record, document, [])], name="x"))["claims"] == []
    assert data_of(render_claims_page([], name="x"))["papers"] == []
