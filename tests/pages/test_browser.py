"""The pages in a browser: what a person sees, presses and hears; no complaint, and nothing leaves the machine."""

import csv
import io
import time

import pytest

from pipeline.pages import render_claims_page
from pipeline.review import read_sheet
from tests.pages.building import hostile_paper, many_papers, tabled_paper
from tests.pages.test_report import judged, report_of  # noqa: F401 -- the fixture

TIMED = "(() => { const start = performance.now(); %s; return performance.now() - start })()"


@pytest.fixture(scope="module")
def claims_html():
    decision = {
        "decision": "corrected",
        "values": {"direction": "decrease"},
        "who": "Ada",
        "when": "2026-01-02",
        "why": None,
    }
    hostile = hostile_paper()
    decisions = {hostile[2][1]["claim_id"]: decision}
    return render_claims_page([hostile, tabled_paper()], name="two papers", decisions=decisions)


def rows_of(page):
    return page.locator("#rows .row")


def wait_for_rows(page, count):
    """Wait until as many rows are shown; the page's policy forbids to wait with a script."""
    playwright = pytest.importorskip("playwright.sync_api")
    playwright.expect(rows_of(page)).to_have_count(count)


def find_severe(page):
    """Accessibility findings that are serious or critical."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed: make install")
    found = axe.Axe().run(page).response["violations"]
    return [
        (item["id"], item["impact"], item["nodes"][0]["html"][:200], item["nodes"][0].get("failureSummary", "")[:300])
        for item in found
        if item["impact"] in ("serious", "critical")
    ]


def test_all_claims_are_listed_and_nothing_of_a_paper_runs(open_page, claims_html):
    page = open_page(claims_html)
    assert rows_of(page).count() == 10
    for row in range(3):
        rows_of(page).nth(row).click()
        assert page.evaluate("window.stolen") is None
        assert page.locator("#detail img, #detail script, #detail b:text('wild')").count() == 0
    assert page.evaluate("document.scripts.length") == 2


def test_a_click_opens_the_paragraph_with_every_field_marked_at_its_place(open_page, claims_html):
    page = open_page(claims_html)
    rows_of(page).first.click()
    marks = page.locator("#detail .passage").first.locator("mark")
    shown = [mark.evaluate("m => m.lastChild.textContent") for mark in marks.all()]
    assert shown == ["Quokkin", "5 mg/kg", "survival", "male", "quokkas", "12%"]
    colours = {mark.evaluate("m => getComputedStyle(m).backgroundColor") for mark in marks.all()}
    assert len(colours) == 6
    evidence = page.locator("#detail .evidence").all_text_contents()
    assert "</script><script>window.stolen = 1</script>" in "".join(evidence)
    assert page.locator("#detail .references").inner_text().startswith("[1] Doe J, Roe R. <i>On quokkas</i>")
    assert page.locator("#detail-title").evaluate("h => h === document.activeElement")


def test_offsets_hold_after_characters_beyond_the_first_plane(open_page, claims_html):
    page = open_page(claims_html)
    rows_of(page).nth(2).click()
    marks = page.locator("#detail .passage").first.locator("mark")
    shown = [mark.evaluate("m => m.lastChild.textContent") for mark in marks.all()]
    assert shown == ["zorvex", "وزن الجسم"]
    assert page.locator("#rows .row").nth(2).locator("bdi").count() >= 2


def test_a_row_of_a_table_is_shown_with_its_header_and_the_place_of_its_dose(open_page, claims_html):
    page = open_page(claims_html)
    page.select_option("#f-kind", "table")
    wait_for_rows(page, 6)
    rows_of(page).nth(3).click()
    table = page.locator("#detail .passage table").first
    assert table.locator("th").first.inner_text() == "Strain"
    assert "+21" in table.locator("tr.here").inner_text()
    others = page.locator("#detail .passage").nth(1)
    assert others.locator("mark.f-dose").evaluate("m => m.lastChild.textContent") == "40 ppm"
    hidden = table.locator("tr").count()
    table.locator("button.gap").first.click()
    assert page.locator("#detail .passage table tr").count() > hidden


def test_filters_keep_what_fits_and_stand_in_the_address(open_page, claims_html):
    page = open_page(claims_html)
    for control, value, count in (
        ("drug", "quokkin", 2), ("drug", "quok", 2), ("species", "Setonix", 1), ("outcome", "grip", 1),
        ("dose", "40 ppm", 6),
        ("text", "grip 8%", 1), ("text", "nobody", 0), ("direction", "decrease", 3), ("certainty", "hedged", 1),
        ("kind", "table", 6), ("source", "none", 10), ("decision", "corrected", 1), ("paper", "1", 7),
    ):  # fmt: skip
        if page.locator(f"#f-{control}").evaluate("c => c.tagName") == "SELECT":
            page.select_option(f"#f-{control}", value)
        else:
            page.fill(f"#f-{control}", value)
        page.locator(f"#f-{control}.set").wait_for()
        wait_for_rows(page, count)
        told = page.locator("#count").inner_text()
        assert told.startswith("10 claims" if count == 10 else f"{count} of 10 claims"), control
        assert page.evaluate("new URLSearchParams(location.hash.slice(1)).get('" + control + "')") == value
        page.click("#clear")
        wait_for_rows(page, 10)
    page = open_page(claims_html, "#drug=zorvex&sex=x&direction=increase")
    wait_for_rows(page, 6)
    assert page.input_value("#f-drug") == "zorvex"


def test_columns_sort_both_ways_with_what_is_unknown_last(open_page, claims_html):
    page = open_page(claims_html)
    for first, last in (("−3 %", "–"), ("+21 %", "–")):
        page.click("[data-sort=change]")
        shown = page.locator("#rows td.c-change").all_inner_texts()
        assert (shown[0], shown[-1]) == (first, last)
    assert page.locator("th.c-change").get_attribute("aria-sort") == "descending"


def test_a_link_to_a_claim_opens_it_and_follows_the_address(open_page, claims_html):
    first, second = (hostile_paper()[2][number]["claim_id"] for number in (0, 1))
    page = open_page(claims_html, f"#claim={first}")
    assert "survival" in page.locator("#detail-title").inner_text()
    page.evaluate(f"location.hash = '#claim={second}'")
    page.locator("#detail-title", has_text="body weight").wait_for()
    assert page.locator("#detail .decision").inner_text().startswith("corrected by Ada on 2026-01-02")
    page = open_page(claims_html, "#claim=nowhere%3Cb%3E")
    assert "there is no claim nowhere<b>" in page.locator("#count").inner_text()


def test_everything_can_be_done_with_the_keyboard(open_page, claims_html):
    page = open_page(claims_html)
    page.keyboard.press("j")
    assert "survival" in page.locator("#detail-title").inner_text()
    page.keyboard.press("j")
    assert "body weight" in page.locator("#detail-title").inner_text()
    page.keyboard.press("k")
    assert "survival" in page.locator("#detail-title").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#detail").is_hidden()
    assert page.evaluate("document.activeElement.closest('.row') !== null")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "body weight" in page.locator("#detail-title").inner_text()
    page.keyboard.press("a")
    assert "وزن" in page.locator("#detail-title").inner_text()
    assert "accepted" in rows_of(page).nth(1).inner_text()
    page.keyboard.press("k")
    page.keyboard.press("u")
    assert "accepted" not in rows_of(page).nth(1).inner_text()
    page.keyboard.press("/")
    page.keyboard.type("grip")
    wait_for_rows(page, 1)
    page.keyboard.press("j")
    assert page.input_value("#f-text") == "gripj"


def test_single_keys_can_be_switched_off(open_page, claims_html):
    page = open_page(claims_html)
    page.keyboard.press("?")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.locator("#detail").is_hidden()


def test_the_claims_shown_can_be_taken_away_as_a_table(open_page, claims_html):
    page = open_page(claims_html, "#kind=table")
    with page.expect_download() as waiting:
        page.click("#export")
    rows = list(csv.DictReader(io.StringIO(waiting.value.path().read_text(encoding="utf-8-sig"))))
    assert waiting.value.suggested_filename == "two papers-claims.csv"
    assert [row["change"] for row in rows] == ["+14 %", "−3 %", "+2 %", "+21 %", "+5 %", "+6 %"]
    assert "Potoroo-B" in rows[3]["evidence"]
    assert not any(cell.startswith(("=", "@")) for row in rows for cell in row.values())


def test_decisions_are_kept_and_can_be_imported_where_claims_are_reviewed(open_page, claims_html):
    page = open_page(claims_html)
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.press("r")
    page.keyboard.press("e")
    page.keyboard.type("in")
    page.fill("#judge-changes", "dose_low=3")
    page.fill("#judge-why", '=the "text" says so')
    page.keyboard.press("Enter")
    page.reload()
    assert page.locator("#judged-count").inner_text() == "3 judged here"
    page.fill("#judge-who", "Ada")
    with page.expect_download() as waiting:
        page.click("#export-decisions")
    answers = read_sheet(waiting.value.path())
    assert not answers.bad
    found = [
        (
            judgement.verdict,
            judgement.decided_by,
            judgement.why,
            [(change.name, change.value) for change in judgement.changes],
        )
        for judgement in answers.judgements
    ]
    assert found == [
        ("accepted", "Ada", None, []),
        ("rejected", "Ada", None, []),
        ("corrected", "Ada", '=the "text" says so', [("direction", "increase"), ("dose_low", "3")]),
    ]
    assert [judgement.claim_id for judgement in answers.judgements] == [
        claim["claim_id"] for claim in hostile_paper()[2]
    ]
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("#forget")
    assert page.locator("#judged").is_hidden()


def test_a_claim_is_corrected_field_by_field_in_the_words_of_the_paper(open_page, claims_html):
    page = open_page(claims_html)
    page.keyboard.press("j")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.id") == "new-direction"
    assert page.input_value("#new-dose") == "5 mg/kg" and page.input_value("#new-sex") == "male"
    page.keyboard.press("Enter")
    assert "Nothing is changed" in page.locator("#correction [role=status]").inner_text()
    page.fill("#new-dose", "12%")
    page.fill("#new-sex", "")
    page.locator("#correction summary").click()
    page.fill("#new-route", "diet")
    page.keyboard.press("Enter")
    assert "corrected" in rows_of(page).first.inner_text()
    page.keyboard.press("k")
    told = page.locator("#detail .decision").first.inner_text()
    assert [line for line in told.splitlines() if line] == ["dose: 12%", "sex: not stated", "route: diet"]
    page.keyboard.press("e")
    assert page.input_value("#new-dose") == "12%" and page.input_value("#new-sex") == ""
    page.keyboard.press("Escape")
    assert page.locator("#correction").count() == 0 and page.locator("#detail").is_visible()
    with page.expect_download() as waiting:
        page.click("#export-decisions")
    (judgement,) = read_sheet(waiting.value.path()).judgements
    assert {change.name: change.value for change in judgement.changes} == {"dose": "12%", "route": "diet", "sex": None}


def test_a_claim_is_rejected_with_the_reason_that_was_written(open_page, claims_html):
    page = open_page(claims_html)
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.fill("#new-dose", "12%")
    page.fill("#judge-why", "a hope, not a finding")
    page.click("text=Wrong, for this reason")
    page.keyboard.press("k")
    assert "rejected" in rows_of(page).first.inner_text()
    assert page.locator("#detail .decision").inner_text() == "a hope, not a finding"


def test_confidence_is_shown_and_filtered_only_where_claims_have_it(open_page, claims_html):
    page = open_page(claims_html)
    page.select_option("#f-confidence", "0.7")
    wait_for_rows(page, 1)
    assert page.locator("#rows .c-confidence").last.inner_text() == "0.80"
    page.select_option("#f-confidence", "none")
    wait_for_rows(page, 9)
    page = open_page(render_claims_page([hostile_paper()], name="unrated"))
    assert page.locator("#f-confidence").is_hidden() and page.locator("th.c-confidence").is_hidden()


@pytest.mark.parametrize("width", [1400, pytest.param(420, marks=pytest.mark.slow)])
@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_the_claims_page_has_no_serious_accessibility_finding(open_page, claims_html, width, scheme):
    page = open_page(claims_html, width=width, color_scheme=scheme)
    assert find_severe(page) == []
    for row in (0, 5):
        page.evaluate(f"document.querySelectorAll('#rows .row a')[{row}].click()")
        assert find_severe(page) == []
        page.keyboard.press("e")
        assert find_severe(page) == []


@pytest.mark.parametrize("width", [1400, pytest.param(420, marks=pytest.mark.slow)])
@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_the_report_has_no_serious_accessibility_finding(open_page, judged, width, scheme):  # noqa: F811
    page = open_page(report_of(judged), width=width, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert find_severe(page) == []


@pytest.mark.parametrize("width", [1400, 420])
def test_nothing_stands_beyond_the_side_of_the_page(open_page, claims_html, judged, width):  # noqa: F811
    for html in (claims_html, report_of(judged)):
        page = open_page(html, width=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_itself_does_not_scroll_beside_its_list_and_its_claim(open_page, claims_html):
    page = open_page(claims_html, width=1200, height=420)
    for row in range(10):
        rows_of(page).nth(row).click()
        assert page.evaluate("[scrollY, document.documentElement.scrollHeight - innerHeight]") == [0, 0]


def test_names_of_scores_are_not_torn_on_a_narrow_screen(open_page, judged):  # noqa: F811
    page = open_page(report_of(judged), width=420)
    names = page.locator(".scores th[scope=row]")
    assert names.count() > 5
    for name in names.all():
        if name.is_visible():
            words = name.inner_text().split()
            assert name.bounding_box()["height"] < 24 * (1 + len(words)), words


def test_without_motion_and_on_paper_the_pages_still_show(open_page, claims_html):
    page = open_page(claims_html, "#claim=" + hostile_paper()[2][0]["claim_id"], reduced_motion="reduce")
    assert page.locator("mark").first.evaluate("m => getComputedStyle(m).transitionDuration") == "0s"
    page.emulate_media(media="print")
    assert page.locator("#detail").is_visible() and page.locator("#filters").is_hidden()


@pytest.mark.slow
def test_twenty_thousand_claims_stay_quick(open_page, tmp_path):
    file = tmp_path / "many.html"
    file.write_text(render_claims_page(many_papers(200, claims=100), name="many"), encoding="utf-8")
    page = open_page(file)
    loaded = page.evaluate("performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart")
    assert rows_of(page).count() == 100
    took = {
        "load": loaded,
        "sort": page.evaluate(
            "(() => { const t = performance.now(); sortBy('outcome'); return performance.now() - t })()"
        ),
    }
    for name, filters in {
        "filter": "{ direction: 'increase' }", "drug": "{ drug: 'drug 7' }",
        "first search": "{ text: 'outcome 77' }", "search": "{ text: 'strain 3' }",
    }.items():  # fmt: skip
        took[name] = page.evaluate(TIMED % f"state.filters = {filters}; refresh()")
    print({name: round(value) for name, value in took.items()})
    assert took["load"] < 10_000
    assert all(value < (5_000 if name == "first search" else 2_500) for name, value in took.items() if name != "load")
    start = time.monotonic()
    page.evaluate("state.filters = {}; refresh()")
    for _ in range(50):
        page.keyboard.press("j")
    assert time.monotonic() - start < 10
