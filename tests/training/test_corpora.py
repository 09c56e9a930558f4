"""The corpus readers, on fixtures written for these tests."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import pytest

from pipeline.training import craft
from pipeline.training.concept_corpora import parse_concepts, parse_knowtator
from pipeline.training.mention_corpora import (
    choose_part,
    keep_longest,
    parse_pubtator,
    read_evidence_outcomes,
    read_linnaeus,
    read_trialsieve,
)
from pipeline.training.records import LabelledSpan
from pipeline.training.species_lexicon import is_species_mention

PUBTATOR = """7|t|Zinc and fever.
7|a|Zinc lowers fever.
7\t0\t4\tZinc\tChemical\tD1
7\t9\t14\tfever\tDisease\tD2
7\t28\t33\tfever\tModifier\tD2
7\tCID\tD1\tD2

8|t|Nothing here.
8|a|
"""

CONLLU = """# text = Zinc lowers fever [3, 4].
1\tZinc\tzinc\tNOUN\tNN\t_\t2\tnsubj\t_\t_
2\tlowers\tlower\tVERB\tVBZ\t_\t0\troot\t_\t_
3\tfever\tfever\tNOUN\tNN\t_\t2\tdobj\t_\t_
4\t[\t[\tPUNCT\t-LRB-\t_\t5\tpunct\t_\tSpaceAfter=No
5\t3\t0\tNUM\tCD\t_\t2\tparataxis\t_\tSpaceAfter=No
6\t,\t,\tPUNCT\t,\t_\t5\tpunct\t_\t_
7\t4\t0\tNUM\tCD\t_\t5\tconj\t_\tSpaceAfter=No
8\t]\t]\tPUNCT\t-RRB-\t_\t5\tpunct\t_\tSpaceAfter=No
9\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_
"""


def write_archive(path: Path, members: dict[str, str]) -> None:
    with tarfile.open(path, "w:xz") as archive:
        for name, content in members.items():
            data = content.encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))


def test_pubtator_mentions_show_their_words() -> None:
    first, second = parse_pubtator(PUBTATOR)
    assert [(first.text[s.start : s.end], s.label) for s in first.spans] == [
        ("Zinc", "CHEMICAL"),
        ("fever", "DISEASE"),
        ("fever", "DISEASE"),
    ]
    assert second.spans == ()


def test_shifted_offsets_are_refused() -> None:
    with pytest.raises(ValueError, match="offsets 1-5"):
        list(parse_pubtator(PUBTATOR.replace("\t0\t4\tZinc", "\t1\t5\tZinc")))


def test_linnaeus_leaves_people_out(tmp_path: Path) -> None:
    (tmp_path / "split").mkdir()
    (tmp_path / "split" / "train.txt").write_text("d1\n")
    header = "#species id\tdocument\tstart\tend\ttext\tcode\n"
    rows = "species:ncbi:9606\td1\t0\t8\tPatients\t\nspecies:ncbi:10090\td1\t13\t17\tmice\t\n"
    (tmp_path / "tags.tsv").write_text(header + rows)
    write_archive(tmp_path / "txt.tar.xz", {"txt/d1.txt": "Patients and mice"})
    (document,) = read_linnaeus(tmp_path, "train")
    assert document.spans == (LabelledSpan(13, 17, "SPECIES"),)


def test_outcomes_start_at_the_annotated_sections(tmp_path: Path) -> None:
    text = "Methods: weight was taken.\nResults: weight fell."
    key = next(str(number) for number in range(100) if choose_part(str(number)) == "train")
    members = {f"c/{key}.txt": text, f"c/{key}.ann": "T1\tOutcome 36 42\tweight\n"}
    write_archive(tmp_path / "consensus.tar.xz", members)
    (document,) = read_evidence_outcomes(tmp_path, "train")
    assert document.text == "Results: weight fell."
    assert [document.text[s.start : s.end] for s in document.spans] == ["weight"]


def test_trialsieve_keeps_outcomes_only(tmp_path: Path) -> None:
    spans = [
        {"start": 0, "end": 4, "tag": "Drug Intervention", "text": "Zinc"},
        {"start": 13, "end": 18, "tag": "Outcome (Study Endpoint)", "text": "fever"},
    ]
    rows = [{"text": "Zinc lowered fever", "spans": spans, "pmid": 1, "split": "train"}]
    (tmp_path / "trialsieve_train_validation.json").write_text(json.dumps(rows))
    (document,) = read_trialsieve(tmp_path, "train")
    assert document.spans == (LabelledSpan(13, 18, "OUTCOME"),)
    assert list(read_trialsieve(tmp_path, "dev")) == []


def test_longer_mention_wins_an_overlap() -> None:
    inner, outer, apart = LabelledSpan(2, 4, "A"), LabelledSpan(0, 5, "A"), LabelledSpan(5, 6, "A")
    assert keep_longest([inner, outer, apart]) == (outer, apart)


@pytest.mark.parametrize("word", ["mice", "Rattus norvegicus", "human", "E. coli", "killifish"])
def test_taxon_words_are_species(word: str) -> None:
    assert is_species_mention(word)


@pytest.mark.parametrize("word", ["patients", "Animals", "women", "organism", "mm", "bacteria"])
def test_people_generic_words_and_codes_are_not(word: str) -> None:
    assert not is_species_mention(word)


def test_conllu_text_is_rebuilt_and_masked_digits_mended() -> None:
    (sentence,) = craft.parse_conllu("x", CONLLU)
    assert sentence.text == "Zinc lowers fever [3, 4]."
    assert sentence.words[1] == "lowers" and sentence.heads[1] == 1 and sentence.deps[1] == "ROOT"
    assert sentence.lemmas[4] == "3"


def test_citation_marks_leave_sentence_and_tree() -> None:
    sentence = craft.drop_citations(next(iter(craft.parse_conllu("x", CONLLU))))
    assert sentence.text == "Zinc lowers fever."
    assert sentence.words == ("Zinc", "lowers", "fever", ".")
    assert sentence.heads == (1, 1, 1, 1)


def test_discontinuous_taxa_are_left_out() -> None:
    span = '<span start="{}" end="{}"/>'
    whole, broken = span.format(0, 4), span.format(5, 6) + span.format(8, 9)
    annotations = "".join(f'<annotation><mention id="m"/>{spans}</annotation>' for spans in (whole, broken))
    content = f"<annotations>{annotations}</annotations>"
    assert [(mention.start, mention.end) for mention in parse_knowtator(content)] == [(0, 4)]


def test_concepts_are_read_with_their_mentions() -> None:
    content = (
        '<annotations><annotation><mention id="a1"/><span start="3" end="7"/></annotation>'
        '<classMention id="a1"><mentionClass id="NCBITaxon:10088">Mus</mentionClass></classMention></annotations>'
    )
    (mention,) = parse_knowtator(content)
    assert (mention.start, mention.end, mention.concepts) == (3, 7, ("NCBITaxon:10088",))


def test_composite_mentions_have_several_concepts_and_unknown_ones_none() -> None:
    lines = [
        "7|t|Fever and rash.",
        "7|a|Zanamine caused both.",
        "7\t0\t14\tFever and rash\tDisease\tD005334|D005076",
        "7\t16\t24\tZanamine\tDisease\t-1",
    ]
    (text,) = parse_concepts("\n".join(lines), frozenset({"Disease"}))
    assert [mention.concepts for mention in text.mentions] == [("MESH:D005334", "MESH:D005076"), ()]
