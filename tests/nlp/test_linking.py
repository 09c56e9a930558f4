"""Linking mentions to concepts."""

import pytest

from pipeline.nlp.linking import is_one_edit_away, link_mention
from pipeline.nlp.spellings import spell_american
from pipeline.nlp.strains import find_strains
from pipeline.nlp.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


def link(vocabulary: Vocabulary, text: str, label: str, **abbreviations: str) -> str | None:
    concept = link_mention(text, label, vocabulary, abbreviations=abbreviations)
    return None if concept is None else concept.name


def test_exact_name_has_no_score(vocabulary: Vocabulary) -> None:
    concept = link_mention("rapamycin", "CHEMICAL", vocabulary, abbreviations={})
    assert concept is not None
    assert (concept.id, concept.name, concept.score) == ("UNII:W36ZG6FT64", "sirolimus", None)


@pytest.mark.parametrize(
    ("text", "label", "name"),
    [
        ("metformin tablets", "CHEMICAL", "metformin"),
        ("Alzheimer’s disease", "DISEASE", "Alzheimer disease"),
        ("breast cancers", "DISEASE", "breast cancer"),
        ("severe asthma", "DISEASE", "asthma"),
        ("everolimus (RAD001)", "CHEMICAL", "everolimus"),
        ("haemolytic anaemia", "DISEASE", "hemolytic anemia"),
        ("postoperative gout", "DISEASE", "gout"),
        ("zanamine-induced hepatitis", "DISEASE", "hepatitis"),
        ("hepatic cancers", "DISEASE", "liver cancer"),
    ],
)
def test_variants_link_with_a_lower_score(vocabulary: Vocabulary, text: str, label: str, name: str) -> None:
    concept = link_mention(text, label, vocabulary, abbreviations={})
    plain = link_mention(name, label, vocabulary, abbreviations={})
    assert concept is not None
    assert plain is not None
    assert concept.id == plain.id


def test_abbreviation_counts_where_the_document_defines_it(vocabulary: Vocabulary) -> None:
    assert link(vocabulary, "DX", "CHEMICAL") is None
    assert link(vocabulary, "DX", "CHEMICAL", DX="doxorubicin") == "doxorubicin"


def test_definition_in_the_document_beats_the_vocabulary(vocabulary: Vocabulary) -> None:
    assert link(vocabulary, "ASA", "CHEMICAL", ASA="rapamycin") == "sirolimus"


def test_misspelled_drug_links_with_a_flag(vocabulary: Vocabulary) -> None:
    concept = link_mention("temserolimus", "CHEMICAL", vocabulary, abbreviations={})
    assert concept is not None
    assert concept.name == "temsirolimus"
    assert concept.score is not None
    assert concept.score < 1


def test_short_or_distant_names_are_not_guessed(vocabulary: Vocabulary) -> None:
    assert link(vocabulary, "aspirn", "CHEMICAL") is None
    assert link(vocabulary, "zzyrapamycinol", "CHEMICAL") is None
    assert link(vocabulary, "", "CHEMICAL") is None


def test_label_is_never_left(vocabulary: Vocabulary) -> None:
    assert link(vocabulary, "mice", "GENE") is None
    assert link(vocabulary, "rapamycin", "DISEASE") is None


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("abcdefgh", "abcdefg", True),
        ("abcdefgh", "abcdxfgh", True),
        ("abcdefgh", "abcdfegh", True),
        ("abcdefgh", "abcdefghi", True),
        ("abcdefgh", "abcdefgh", False),
        ("abcdefgh", "abxdxfgh", False),
        ("abcdefgh", "abcdef", False),
    ],
)
def test_edit_distance_of_one(one: str, other: str, near: bool) -> None:
    assert is_one_edit_away(one, other) is near
    assert is_one_edit_away(other, one) is near


@pytest.mark.parametrize(
    ("text", "strains"),
    [
        ("Male UM-HET3 and C57BL/6NCrl mice", ["UM-HET3", "C57BL/6NCrl"]),
        ("Trp53−/− and Tsc2+/- mice", ["Trp53−/−", "Tsc2+/-"]),
        ("db/db mice beside ob/ob mice", ["db/db", "ob/ob"]),
        ("Alb-Cre;Atg5flox/flox mice", ["Alb-Cre;Atg5flox/flox"]),
        ("daf-2(e1370) worms and w1118 flies", ["daf-2(e1370)", "w1118"]),
        ("APP/PS1 or FVB/N HER-2/neu mice", ["APP/PS1", "FVB/N HER-2/neu"]),
        ("Sprague Dawley and Fischer 344 rats", ["Sprague Dawley", "Fischer 344"]),
        ("values are mean +/- SEM and/or SD, he/she, in/on, Na+/K+-ATPase, CD4+/CD8+ cells", []),
    ],
)
def test_strains_and_genotypes_by_grammar(text: str, strains: list[str]) -> None:
    assert [text[start:end] for start, end in find_strains(text)] == strains


def test_links_tell_what_made_them(vocabulary: Vocabulary) -> None:
    reasons = {
        ("rapamycin", "name"),
        ("metformin tablets", "variant"),
        ("DX", "abbreviation"),
        ("temserolimus", "misspelling"),
    }
    for text, reason in sorted(reasons):
        concept = link_mention(text, "CHEMICAL", vocabulary, abbreviations={"DX": "doxorubicin"})
        assert concept is not None
        assert concept.reason == reason


@pytest.mark.parametrize(
    ("british", "american", "label"),
    [
        ("zinc sulphate", "zinc sulfate", "CHEMICAL"),
        ("oestradiol", "estradiol", "CHEMICAL"),
        ("barium sulphate", "barium sulfate", "CHEMICAL"),
        ("paraesthesia", "paresthesia", "DISEASE"),
    ],
)
def test_british_spellings_name_the_same(vocabulary: Vocabulary, british: str, american: str, label: str) -> None:
    assert vocabulary.lookup(british, label=label) == vocabulary.lookup(american, label=label) != ()


def test_spelling_keeps_what_is_not_british() -> None:
    for name in ("thromboembolism", "gastroenteritis", "gi aes", "sirolimus"):
        assert spell_american(name) == name
