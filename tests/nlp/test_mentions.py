"""Named mentions of the running text: sentences with every mention of the labels marked."""

from __future__ import annotations

import re

import pytest

from pipeline.model import Mention
from pipeline.nlp.language import parse_document
from pipeline.nlp.mentions import find_mentions
from pipeline.nlp.vocabulary import Vocabulary
from pipeline.run import read

_MARK = re.compile(r"\[([^\[\]]+)\]\{(\w+)\}")

CHEMICALS = [
    "[Rapamycin]{chemical} and [metformin]{chemical} were given to mice.",
    "[mTOR inhibitors]{chemical} and [statins]{chemical} are old drugs.",
    "Mice received [Rapamune]{chemical} or [sirolimus]{chemical}.",
    "The mammalian target of rapamycin was blocked.",
    "[Rapamycin]{chemical}-treated mice lived on.",
    "Insulin resistance was common.",
]
SPECIES = [
    "[Mice]{species}, [rats]{species} and [zebrafish]{species} were kept.",
    "[C. elegans]{species} and [yeast]{species} age quickly.",
    "The mammalian target of rapamycin was blocked.",
    "Unlike plants, [dogs]{species} and [monkeys]{species} were kept in pairs.",
]
POPULATIONS = [
    "[Patients]{population} and [volunteers]{population} took part.",
    "[Children]{population} were excluded.",
]
STRAINS = [
    "[C57BL/6J]{strain} mice and [UM-HET3]{strain} mice were bred.",
    "[Wistar]{strain} rats were bought.",
]
SEXES = [
    "[Male]{sex} mice and [female]{sex} rats were used.",
]
DISEASES = [
    "People with [Alzheimer's disease]{disease} or [type 2 diabetes]{disease} took part.",
    "[Cataract]{disease} and [osteoporosis]{disease} come with age.",
]
GENES = [
    "[AMPK]{gene} and [p53]{gene} were measured.",
    "Mice were given chow.",
]
ROUTES = [
    "It was given [intraperitoneally]{route} or [by gavage]{route}.",
    "[Topical]{route} use was common, [subcutaneous]{route} use was rare.",
    "The topic of the oration was old.",
]
LABELS = {
    "CHEMICAL": CHEMICALS, "SPECIES": SPECIES, "POPULATION": POPULATIONS, "STRAIN": STRAINS, "SEX": SEXES,
    "DISEASE": DISEASES, "GENE": GENES, "ROUTE": ROUTES,
}  # fmt: skip
NOT_YET = [
    (
        "CHEMICAL",
        "Cats with lymphoma were treated with [vexotinib]{chemical}.",
        "the stem of a new name needs the model",
    ),
    ("SEX", "Mice were of [both sexes]{sex}.", "the words of the sex take 'of' with them"),
    ("DISEASE", "[Insulin resistance]{disease} was common.", "only the hormone is found, as a gene"),
    ("GENE", "[mTORC1]{gene}, [AMPK]{gene} and [p53]{gene} were measured.", "the complex has no entry of its own"),
]
NAMES = "Sirolimus (Rapamune) slowed it. Then rapamycin was given. Advil was given, and Glucophage."


@pytest.fixture(scope="module")
def mentions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Mention]]:
    """The mentions by marked-up sentence, all read as one document."""
    path = tmp_path_factory.mktemp("mentions") / "paper.txt"
    text = "This review tells what is known."
    places: dict[str, tuple[int, int]] = {}
    cases = [sentence for sentences in LABELS.values() for sentence in sentences]
    for sentence in [*cases, *(sentence for _, sentence, _ in NOT_YET), NAMES]:
        start = len(text) + 2
        text += "\n\n" + _MARK.sub(r"\1", sentence)
        places[sentence] = (start, len(text))
    path.write_text(text + "\n", encoding="utf-8")
    document = read(path)
    found = find_mentions(document, parse_document(document, max_characters=2_000), vocabulary=Vocabulary.load())
    return {
        sentence: [mention for mention in found if start <= mention.span.start < end]
        for sentence, (start, end) in places.items()
    }


@pytest.mark.parametrize(
    ("label", "sentence"),
    [
        *((label, sentence) for label, sentences in LABELS.items() for sentence in sentences),
        *(pytest.param(*case, marks=pytest.mark.xfail(reason=reason, strict=False)) for *case, reason in NOT_YET),
    ],
)
def test_marked_names_and_no_others_are_found(label: str, sentence: str, mentions: dict[str, list[Mention]]) -> None:
    marked = {words for words, name in _MARK.findall(sentence) if name == label.lower()}
    assert {mention.text for mention in mentions[sentence] if mention.label == label} == marked


def test_names_of_one_substance_have_one_concept(mentions: dict[str, list[Mention]]) -> None:
    drugs = {mention.text: mention.concept for mention in mentions[NAMES] if mention.label == "CHEMICAL"}
    assert drugs["Sirolimus"] is not None
    assert drugs["Sirolimus"] == drugs["rapamycin"] == drugs["Rapamune"]


def test_class_named_by_its_action_is_a_class_of_drugs(mentions: dict[str, list[Mention]]) -> None:
    (inhibitors, _) = [mention for mention in mentions[CHEMICALS[1]] if mention.label == "CHEMICAL"]
    assert "class" in inhibitors.flags
    assert (inhibitors.name, inhibitors.role) == ("mTOR inhibitor", "drug")


def test_words_of_a_mention_stand_in_the_source(mentions: dict[str, list[Mention]]) -> None:
    for sentence, found in mentions.items():
        plain = _MARK.sub(r"\1", sentence)
        assert all(mention.text in plain for mention in found)
