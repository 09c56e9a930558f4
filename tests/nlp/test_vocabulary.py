"""The packaged vocabulary: what names stand for, and which names a text holds."""

import re
from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.nlp.vocabulary import DATA_DIRECTORY, Vocabulary
from pipeline.nlp.vocabulary_names import fold_name, joins_name
from pipeline.nlp.vocabulary_store import pack_posting, read_vocabulary, unpack_posting, write_vocabulary
from pipeline.nlp.vocabulary_tables import TABLES, read_table


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


def find(vocabulary: Vocabulary, text: str) -> set[tuple[str, str]]:
    tokens = [match.span() for match in re.finditer(r"[^\W\d_]+|\d+|[^\w\s]", text)]
    return {(text[match.start : match.end], match.label) for match in vocabulary.find(text, tokens)}


@pytest.mark.parametrize(
    "names",
    [
        ("rapamycin", "sirolimus", "Rapamune", "Rapamycin"),
        ("everolimus", "RAD001", "RAD-001", "Afinitor"),
        ("metformin", "metformin hydrochloride", "Metformin"),
        ("aspirin", "acetylsalicylic acid"),
        ("dactolisib", "BEZ235", "NVP-BEZ235"),
        ("5-fluorouracil", "fluorouracil", "5-FU"),
        ("N-acetylcysteine", "acetylcysteine", "NAC"),
        ("paracetamol", "acetaminophen"),
    ],
)
def test_names_of_one_drug_share_one_concept(vocabulary: Vocabulary, names: tuple[str, ...]) -> None:
    ids = {name: [concept.id for concept in vocabulary.lookup(name, label="CHEMICAL")[:1]] for name in names}
    assert all(ids.values())
    assert len({tuple(found) for found in ids.values()}) == 1


def test_mirror_images_of_estradiol_stay_apart(vocabulary: Vocabulary) -> None:
    alpha = vocabulary.lookup("17α-estradiol", label="CHEMICAL")[0]
    beta = vocabulary.lookup("17β-estradiol", label="CHEMICAL")[0]
    assert alpha.id != beta.id


@pytest.mark.parametrize(
    ("word", "taxon"),
    [
        ("mice", 10090),
        ("mouse", 10090),
        ("rats", 10116),
        ("worms", 6239),
        ("C. elegans", 6239),
        ("flies", 7227),
        ("yeast", 4932),
        ("zebrafish", 7955),
        ("humans", 9606),
        ("dogs", 9615),
        ("marmosets", 9483),
    ],
)
def test_model_organisms_win(vocabulary: Vocabulary, word: str, taxon: int) -> None:
    assert vocabulary.lookup(word, label="SPECIES")[0].id == f"NCBITaxon:{taxon}"


def test_label_decides_what_a_name_stands_for(vocabulary: Vocabulary) -> None:
    assert vocabulary.lookup("mice", label="GENE") == ()
    assert vocabulary.lookup("patients", label="POPULATION")[0].id == "NCBITaxon:9606"
    assert vocabulary.lookup("i.p.", label="ROUTE")[0].name == "intraperitoneal"
    assert vocabulary.lookup("ovariectomized", label="SEX")[0].name == "female"


def test_insulin_resistance_is_not_diabetes(vocabulary: Vocabulary) -> None:
    diabetes = vocabulary.lookup("type 2 diabetes mellitus", label="DISEASE")[0]
    assert diabetes.id not in {c.id for c in vocabulary.lookup("insulin resistance", label="DISEASE")}


def test_common_words_are_not_searched_for(vocabulary: Vocabulary) -> None:
    text = "The lead author can rest; the impact of this set was a common case and men ran for the cat."
    labels = {label for _, label in find(vocabulary, text)}
    assert not labels & {"CHEMICAL", "GENE", "DISEASE"}


def test_a_row_that_only_links_bars_the_packed_name_from_the_search(vocabulary: Vocabulary) -> None:
    assert next(concept.name for concept in vocabulary.lookup("ulcer", label="DISEASE")) == "ulcer"
    assert ("ulcer", "DISEASE") not in find(vocabulary, "The ulcer healed, but gastric ulcer came back.")
    assert ("gastric ulcer", "DISEASE") in find(vocabulary, "The ulcer healed, but gastric ulcer came back.")


def test_genes_are_found_in_their_own_case(vocabulary: Vocabulary) -> None:
    found = find(vocabulary, "Levels of MTOR and Trp53 rose, but mtor in a sentence of words did not.")
    assert {("MTOR", "GENE")} <= found
    assert ("mtor", "GENE") not in found


def test_mentions_of_an_invented_abstract(vocabulary: Vocabulary) -> None:
    text = "Rapamycin given i.p. to female C57BL/6J mice with breast cancer extended lifespan; RAD-001 did not."
    assert {
        ("Rapamycin", "CHEMICAL"),
        ("female", "SEX"),
        ("C57BL/6J", "STRAIN"),
        ("mice", "SPECIES"),
        ("breast cancer", "DISEASE"),
        ("lifespan", "OUTCOME"),
        ("RAD-001", "CHEMICAL"),
    } <= find(vocabulary, text)


def test_longest_name_wins_under_one_label_and_labels_may_overlap(vocabulary: Vocabulary) -> None:
    found = find(vocabulary, "They measured fasting plasma glucose in older women.")
    assert ("fasting plasma glucose", "OUTCOME") in found
    assert ("plasma glucose", "OUTCOME") not in found
    assert ("older women", "POPULATION") in found
    assert ("women", "SEX") in found


def test_matches_begin_and_end_with_tokens(vocabulary: Vocabulary) -> None:
    text = "rapamycin-treated"
    assert vocabulary.find(text, [(0, 17)]) == ()
    assert [match.label for match in vocabulary.find(text, [(0, 9), (9, 10), (10, 17)])] == ["CHEMICAL"]


def test_point_of_an_abbreviated_route_belongs_to_it(vocabulary: Vocabulary) -> None:
    text = "10 mg i.p. daily"
    routes = [m for m in vocabulary.find(text, [(0, 2), (3, 5), (6, 10), (11, 16)]) if m.label == "ROUTE"]
    assert [text[m.start : m.end] for m in routes] == ["i.p."]


def test_numeral_is_no_route(vocabulary: Vocabulary) -> None:
    assert ("IV", "ROUTE") not in find(vocabulary, "Patients with stage IV disease were excluded.")
    assert ("IV", "ROUTE") in find(vocabulary, "Saline was given IV before surgery.")


def test_flags_tell_classes_and_substances_of_the_body(vocabulary: Vocabulary) -> None:
    text = "Statins lowered glucose."
    flags = {
        text[match.start : match.end]: match.flags
        for match in vocabulary.find(text, [(0, 7), (8, 15), (16, 23)])
        if match.label == "CHEMICAL"
    }
    assert "class" in flags["Statins"]
    assert "endogenous" in flags["glucose"]


def test_search_is_deterministic_and_sorted(vocabulary: Vocabulary) -> None:
    text = "Everolimus and metformin in aged rats reduced tumor growth, body weight and mortality."
    tokens = [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]
    first = vocabulary.find(text, tokens)
    assert first == vocabulary.find(text, tokens)
    assert list(first) == sorted(first, key=lambda match: (match.start, match.end, match.label))


def test_version_is_a_content_hash(vocabulary: Vocabulary) -> None:
    assert re.fullmatch(r"[0-9a-f]{16}", vocabulary.version)
    assert Vocabulary.load() is vocabulary


def test_references_lead_to_other_vocabularies(vocabulary: Vocabulary) -> None:
    sirolimus = vocabulary.lookup("sirolimus", label="CHEMICAL")[0]
    assert any(reference.startswith("MESH:") for reference in vocabulary.references(sirolimus.id))
    assert any(reference.startswith("CHEBI:") for reference in vocabulary.references(sirolimus.id))


def test_spellings_of_a_name_fold_together() -> None:
    assert fold_name("RAD-001") == fold_name("rad001") == "rad 001"
    assert fold_name("17β-Estradiol") == fold_name("17 beta estradiol")
    assert fold_name("as a") != fold_name("ASA")


def test_names_do_not_reach_over_commas() -> None:
    assert joins_name("-")
    assert joins_name(" ")
    assert not joins_name(", ")
    assert not joins_name(". ")


@pytest.mark.parametrize(("file", "label"), sorted(TABLES.items()))
def test_table_rows_are_well_formed(file: str, label: str) -> None:
    entries = list(read_table(DATA_DIRECTORY / file, label=label))
    assert entries
    assert all(":" in entry.id and (entry.spellings or entry.cased) for entry in entries)


def test_outcome_lexicon_is_broad(vocabulary: Vocabulary) -> None:
    for name in ("systolic blood pressure", "tumor growth", "HbA1c", "apoptosis", "pain score", "adverse events"):
        assert vocabulary.lookup(name, label="OUTCOME"), name


def test_postings_survive_packing() -> None:
    assert unpack_posting(pack_posting(123_456, 8, 255)) == (123_456, 8, 255)
    with pytest.raises(ValueError, match="do not fit"):
        pack_posting(1 << 20, 0, 0)


def test_written_vocabulary_reads_back_with_equal_bytes(tmp_path: Path) -> None:
    names = {"zeta": [pack_posting(0, 0, 0)], "alpha beta": [pack_posting(1, 1, 8), pack_posting(0, 0, 8)]}
    concepts = [("X:1", "zeta", "Y:1 Y:2"), ("X:2", "alpha", "")]
    for name in ("one.xz", "two.xz"):
        write_vocabulary(tmp_path / name, names=names, concepts=concepts)
    assert (tmp_path / "one.xz").read_bytes() == (tmp_path / "two.xz").read_bytes()
    stored = read_vocabulary(tmp_path / "one.xz")
    assert stored.keys == ["alpha beta", "zeta"]
    assert list(stored.counts) == [2, 1]
    assert stored.heads == ["alpha"]
    assert list(stored.masks) == [1 << 2]
    assert stored.references == ["Y:1 Y:2", ""]


def test_damaged_file_is_a_settings_error(tmp_path: Path) -> None:
    (tmp_path / "broken.xz").write_bytes(b"no vocabulary")
    with pytest.raises(SettingsError, match="reinstall"):
        read_vocabulary(tmp_path / "broken.xz")
