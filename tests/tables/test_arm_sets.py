"""Arms that a table's labels do not tell one by one: the model's own, codes, doses listed in a sentence, signs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest

from pipeline.ingest import read_bytes
from pipeline.model import Claim, Document, Table
from pipeline.settings import Settings
from pipeline.tables import TableExtraction

Extract = Callable[[tuple[Document, Table]], TableExtraction]
LETTERS = "Means with different letters differ significantly, p < 0.05."


def _article(
    rows: Sequence[str], *, caption: str, notes: Sequence[str] = (), heads: int = 1, title: str = "", text: str = "."
) -> tuple[Document, Table]:
    """Return an article with one table; rows have "|" between cells, "^x" raises x."""

    def cell(words: str, tag: str) -> str:
        raised = re.sub(r"\^([a-z*#]+)", r"<sup>\1</sup>", words.strip().replace("<", "&lt;"))
        return f"<{tag}>{raised}</{tag}>"

    lines = [
        "<tr>" + "".join(cell(words, "th" if at < heads else "td") for words in row.split("|")) + "</tr>"
        for at, row in enumerate(rows)
    ]
    foot = "".join(f"<fn><p>{cell(note, 'italic')}</p></fn>" for note in notes)
    source = (
        "<article><front><article-meta><title-group><article-title>" + title + "</article-title></title-group>"
        f"</article-meta></front><body><sec><title>Methods</title><p>{text}</p><table-wrap><label>Table 1</label>"
        f"<caption><p>{caption}</p></caption><table><thead>{''.join(lines[:heads])}</thead>"
        f"<tbody>{''.join(lines[heads:])}</tbody></table><table-wrap-foot>{foot}</table-wrap-foot></table-wrap>"
        "</sec></body></article>"
    )
    document = read_bytes(source.encode(), name="article.xml", settings=Settings())
    return document, document.tables[0]


def _told(claims: Sequence[Claim]) -> list[tuple[str, str | None, str]]:
    return [
        (claim.intervention.name, None if claim.comparator is None else claim.comparator.text, claim.direction)
        for claim in claims
    ]


def test_the_arm_that_the_notes_name_is_the_comparator(extract: Extract) -> None:
    rows = [
        "|LFD group|HFD group|RL extract group",
        "Liver fat, mg/g|41 ± 3^b|96 ± 7|70 ± 6^a",
        "ALT, U/L|22 ± 2|30 ± 4|29 ± 4",
    ]
    found = extract(
        _article(rows, caption="Liver of mice", notes=["^a p < 0.05, ^b p < 0.01 vs. the HFD group"])
    ).claims
    assert _told(found) == [("RL extract", "HFD group", "decrease"), ("RL extract", "HFD group", "no_change")]


def test_codes_with_a_dose_are_what_the_caption_says_was_tried(extract: Extract) -> None:
    rows = ["Marker|ND|HFD|QX100|QX300", "Glucose (mg/dL)|98 ± 4^c|171 ± 9^a|164 ± 8^a|128 ± 7^b"]
    found = extract(_article(rows, caption="Effect of QX on serum of obese mice", notes=[LETTERS])).claims
    assert _told(found) == [("QX", "HFD", "no_change"), ("QX", "HFD", "decrease")]


def test_codes_that_nothing_speaks_of_give_nothing(extract: Extract) -> None:
    rows = ["Marker|ND|HFD|QX100|QX300", "Glucose (mg/dL)|98 ± 4^c|171 ± 9^a|164 ± 8^a|128 ± 7^b"]
    assert extract(_article(rows, caption="Serum of obese mice", notes=[LETTERS])).claims == ()


def test_genotypes_and_diets_beside_a_model_are_not_given(extract: Extract) -> None:
    rows = ["Marker|ND|HFD|KO7|Low protein diet", "Glucose (mg/dL)|98 ± 4^c|171 ± 9^a|164 ± 8^a|128 ± 7^b"]
    notes = [LETTERS, "KO7, mice without the receptor."]
    assert extract(_article(rows, caption="Serum of mice with a receptor deletion", notes=notes)).claims == ()


def test_codes_are_what_notes_say_they_stand_for(extract: Extract) -> None:
    rows = ["Group|Body weight (g)", "G1|31 ± 1^a", "G2|42 ± 2^c", "G3|36 ± 2^b"]
    notes = [LETTERS, "G1: normal control; G2: diabetic control; G3: diabetic + ZK-4 (20 mg/kg)."]
    found = extract(_article(rows, caption="Weight of rats", notes=notes)).claims
    assert _told(found) == [("ZK-4", "G2", "decrease")]


def test_doses_that_a_sentence_lists_go_to_their_arms_one_by_one(extract: Extract) -> None:
    rows = ["Item|T1|T2|T3|SEM", "Weight gain (g)|40^b|47^a|41^b|1.1"]
    text = "Birds of T1, T2 and T3 received 0, 0.5 and 1.0% of thyme oil in the feed, respectively."
    found = extract(_article(rows, caption="Growth of chicks", notes=[LETTERS], text=text)).claims
    assert _told(found) == [("thyme oil", "T1", "increase"), ("thyme oil", "T1", "no_change")]
    longer = "Birds of T1, T2 and T3 received 0 and 1.0% of thyme oil in the feed, respectively."
    assert extract(_article(rows, caption="Growth of chicks", notes=[LETTERS], text=longer)).claims == ()


def test_arms_with_the_model_are_compared_with_the_control_that_has_it(extract: Extract) -> None:
    rows = [
        "Group|Dose (mg/kg)|Glucose (mg/dL)", "Vehicle (-alloxan)|0|92 ± 4", "BR22 (-)|50|93 ± 5",
        "Vehicle (+alloxan)|0|410 ± 20", "BR22 (+)|50|290 ± 18*",
    ]  # fmt: skip
    found = extract(_article(rows, caption="Glucose of mice", notes=["* p < 0.05."])).claims
    assert [(claim.evidence.row, claim.direction) for claim in found] == [(1, "no_change"), (3, "decrease")]
    places = [claim.comparator.start for claim in found if claim.comparator is not None]
    assert len(set(places)) == 2


def test_what_a_solvent_drew_out_is_given_and_not_the_solvent(extract: Extract) -> None:
    rows = ["Organ|Control|Hexane extract|Aqueous extract", "Kidney (g)|0.59 ± 0.01|0.52 ± 0.01*|0.58 ± 0.02"]
    found = extract(_article(rows, caption="Organs of rats", notes=["* p < 0.05 compared with control"])).claims
    assert [(claim.intervention.name, claim.direction) for claim in found] == [
        ("Hexane extract", "decrease"), ("Aqueous extract", "no_change"),
    ]  # fmt: skip


def test_each_of_two_toxic_substances_made_the_model(extract: Extract) -> None:
    rows = ["Marker|Control|Cd|Cd + quercetin", "ALT (U/L)|20 ± 2^a|61 ± 4^b|33 ± 3^c"]
    title = "Quercetin against cadmium and arsenic induced toxicity in rats"
    found = extract(_article(rows, caption="Enzymes", notes=[LETTERS, "Cd: cadmium"], title=title)).claims
    assert ("quercetin", "cadmium", "decrease") in [
        (claim.intervention.name, claim.comparator.name if claim.comparator else None, claim.direction)
        for claim in found
    ]
    assert all(claim.intervention.role == "inducer" for claim in found if claim.intervention.name == "cadmium")


@pytest.mark.parametrize("head", ["L", "Quadratic", "Linear trend"])
def test_a_trend_over_doses_compares_no_two_arms(extract: Extract, head: str) -> None:
    rows = [f"Item|CON|MOS1|MOS2|{head} P-value", "Weight gain (g)|40|44|47|0.03", "Intake (g)|80|81|80|0.61"]
    notes = [
        "MOS1, basal diet with 1 g/kg mannan-oligosaccharides; MOS2, basal diet with 2 g/kg mannan-oligosaccharides."
    ]
    assert extract(_article(rows, caption="Effects on growth of chicks", notes=notes)).claims == ()


def test_letters_stand_above_the_p_value_of_all_arms_together(extract: Extract) -> None:
    rows = ["Item|CON|Inulin 1%|Inulin 2%|P-value", "Weight gain (g)|40^b|41^b|47^a|0.15", "Intake (g)|80|81|80|0.61"]
    found = extract(_article(rows, caption="Effects on growth of chicks", notes=[LETTERS])).claims
    assert [claim.direction for claim in found] == ["no_change", "increase", "no_change", "no_change"]


def test_raised_letters_without_a_note_silence_a_comparison(extract: Extract) -> None:
    rows = ["Effects|Placebo (n = 9)|Metformin (n = 9)", "Weight after 4 weeks (kg)|80 ± 3|76 ± 3^c"]
    assert extract(_article(rows, caption="Effects after 4 weeks")).claims == ()
    plain = ["Effects|Placebo (n = 9)|Metformin (n = 9)", "Weight after 4 weeks (kg)|80 ± 3|76 ± 3"]
    assert len(extract(_article(plain, caption="Effects after 4 weeks")).claims) == 1


def test_a_value_without_its_spread_was_not_tested(extract: Extract) -> None:
    rows = [
        "Marker|Vehicle|Metformin|Acarbose", "ALT (U/L)|40 ± 2|31 ± 2*|39 ± 2", "AST (U/L)|40 ± 2|38 ± 2|39 ± 2",
        "Food eaten (g)|119|125|120",
    ]  # fmt: skip
    found = extract(_article(rows, caption="Effects in mice", notes=["* p < 0.05 vs vehicle"])).claims
    assert {claim.outcome.text for claim in found} == {"ALT", "AST"}


def test_rows_of_sizes_head_the_rows_below_them(extract: Extract) -> None:
    rows = [
        "|Sitagliptin (n = 40)|Placebo (n = 41)||P value", "Change in HbA1c (%)|n = 38|n = 39|ETD (95% CI)|",
        "Week 12|-0.8|-0.1|-0.7 (-1.0, -0.4)|0.001", "Change in body weight (kg)|n = 38|n = 39|ETD (95% CI)|",
        "Week 12|-0.2|-0.1|-0.1 (-0.6, 0.4)|0.71",
    ]  # fmt: skip
    found = extract(_article(rows, caption="Outcomes")).claims
    assert [(claim.outcome.text, claim.direction) for claim in found] == [
        ("Change in HbA1c", "decrease"), ("Change in body weight", "no_change"),
    ]  # fmt: skip
    assert [claim.outcome.timepoint and claim.outcome.timepoint.text for claim in found] == ["Week 12", "Week 12"]


def test_two_names_in_a_caption_do_not_say_which_is_the_reference(extract: Extract) -> None:
    rows = ["Outcome|SF (n = 15)|NF (n = 20)|P-value", "Stools a day|4.9 ± 2.5|5.6 ± 2.8|0.36"]
    text = "Infants received SF or NF for 4 weeks."
    assert extract(_article(rows, caption="Efficacy of SF versus NF", text=text)).claims == ()


def test_codes_of_several_doses_may_share_one_explanation(extract: Extract) -> None:
    rows = ["Treatment|Latency (s)", "SCO + DW|14 ± 2", "SCO + B30|9 ± 1*", "SCO + B90|13 ± 2"]
    codes = "SCO: scopolamine; DW: distilled water; B30 and B90: extracts of lemon balm at 30 and 90 mg/kg."
    notes = [f"* p < 0.05 vs. SCO + DW. {codes}"]
    found = extract(_article(rows, caption="Latency of mice", notes=notes)).claims
    assert [(claim.intervention.text, claim.direction) for claim in found] == [
        ("B30", "decrease"),
        ("B90", "no_change"),
    ]


def test_what_is_given_alone_is_compared_with_the_arm_without_the_model(extract: Extract) -> None:
    rows = [
        "Group|Glucose (mg/dL)", "Control|96 ± 1^a", "Diabetic control|221 ± 2^b",
        "Diabetes + P. minor extract|116 ± 1^c",
        "P. minor extract treated alone (Group V)|95 ± 1^a",
    ]  # fmt: skip
    found = extract(_article(rows, caption="Glucose of rats", notes=[LETTERS])).claims
    assert [(claim.intervention.name, claim.direction, claim.evidence.row) for claim in found] == [
        ("P. minor extract", "decrease", 2), ("P. minor extract", "no_change", 3),
    ]  # fmt: skip
    starts = [claim.comparator.start for claim in found if claim.comparator is not None]
    assert len(set(starts)) == 2


def test_the_last_brackets_are_a_p_value_where_the_rows_name_says_so(extract: Extract) -> None:
    rows = [
        "|Placebo (N = 36)|Etanercept 10 mg (N = 20)|Etanercept 50 mg (N = 24)",
        "Responders, n (%) (p)|16 (44.4)|9 (45.0) (0.594)|17 (70.8) (0.039)",
    ]  # fmt: skip
    found = extract(_article(rows, caption="Response at week 12")).claims
    assert [(claim.direction, claim.significance and claim.significance.p) for claim in found] == [
        ("no_change", 0.594), ("increase", 0.039),
    ]  # fmt: skip


def test_a_placebo_controlled_phase_is_no_arm(extract: Extract) -> None:
    rows = [
        "|Placebo-controlled phase|Placebo-controlled phase|Placebo-controlled phase",
        "Endpoint|ZX22 (n = 103)|Placebo (n = 51)|p value", "Fatigue score|4.1 (0.8)|4.6 (0.7)|0.001",
    ]  # fmt: skip
    found = extract(_article(rows, caption="Endpoints", heads=2)).claims
    assert _told(found) == [("ZX22", "Placebo", "decrease")]


@pytest.mark.parametrize("name", ["Group 2", "Low", "Male 2", "WT", "Satellite"])
def test_a_dose_beside_a_word_that_names_no_substance_gives_nothing(extract: Extract, name: str) -> None:
    rows = ["Group|Dose (mg/kg)|Liver weight (g)", "Control|0|9.2 ± 0.4", f"{name}|50|7.3 ± 0.5*"]
    assert extract(_article(rows, caption="Liver weight of rats", notes=["* p < 0.05 vs. control."])).claims == ()
