"""The clean view: every character has its way back, and nothing stands twice."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import read_bytes
from pipeline.ingest.assembly import assemble_document
from pipeline.ingest.layout import Fragment, KnownMark, RawBlock
from pipeline.model.documents import Document
from pipeline.model.spans import Span, read_spans
from pipeline.settings import Settings

WORDS = st.sampled_from(
    ["mice", "rats5,6", "lifespan1–3.", "immuno-", "suppression", "age-", "related", "[3]", "(ref. 4)", "The", "dose",
     "0.15", "mg/kg", "S6K1", "weeks.", "Table 1 |"
     " Doses", "Figure 1.", "and", "whereas", "the", "Results", "References",
     "1. Moss E. Diets. Rodents. 2018; 4:55.", "https://doi.org/10.9999/x", "\u00ad", "\u200b", "\ufeff", "é", "𝛼"]
)  # fmt: skip
GAPS = st.sampled_from([" ", " ", " ", "  ", "\n", "\n", "\n\n", "\r\n", "\f", "\t", " \n "])


def check(document: Document) -> None:
    view = document.clean
    seen: list[tuple[int, int]] = []
    end = 0
    for piece in view.pieces:
        assert piece.clean >= end and piece.length > 0
        end = piece.clean + piece.length
        clean = view.text[piece.clean : end]
        source = document.source[piece.source : piece.source + piece.length]
        assert all(
            a == b or (a == " " and b.isspace()) or (a == "-" and b in "\x02\ufffe")
            for a, b in zip(clean, source, strict=True)
        )
        seen.append((piece.source, piece.source + piece.length))
        assert view.to_clean(Span(piece.source, piece.source + piece.length)) == Span(piece.clean, end)
    seen.sort()
    assert all(first[1] <= second[0] for first, second in pairwise(seen))
    for sentence in document.sentences:
        text = view.text[sentence.clean.start : sentence.clean.end]
        spans = view.to_source(sentence.clean.start, sentence.clean.end)
        assert read_spans(view, spans) == " ".join(text.split())
        block = document.blocks[sentence.block]
        assert block.clean.covers(sentence.clean) and block.section == sentence.section
    for section in document.sections:
        assert section.clean.end <= len(view.text)
    for citation in document.citations:
        assert citation.text and citation.clean <= len(view.text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(WORDS, GAPS), min_size=1, max_size=60))
def test_every_kept_character_leads_back(parts: list[tuple[str, str]]) -> None:
    text = "A paper" + "".join(word + gap for word, gap in parts)
    for name in ("paper.txt", "paper.md"):
        check(read_bytes(text.encode(), name=name, settings=Settings()))


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=200), st.data())
def test_any_fragments_keep_the_invariants(text: str, data: st.DataObject) -> None:
    source = text + " end of it"
    place = st.integers(0, len(source))
    blocks = []
    for _ in range(data.draw(st.integers(1, 4))):
        fragments = []
        for _ in range(data.draw(st.integers(1, 3))):
            low, high = sorted((data.draw(place), data.draw(place)))
            fragments.append(Fragment(Span(low, high), data.draw(st.booleans())))
        low, high = sorted((data.draw(place), data.draw(place)))
        marks = (KnownMark(Span(low, high), ("1",)),) if low < high and data.draw(st.booleans()) else ()
        blocks.append(RawBlock("paragraph", tuple(fragments), marks=marks, marks_complete=True))
    check(assemble(source, blocks))


def assemble(source: str, blocks: list[RawBlock]) -> Document:
    return assemble_document(
        name="x", sha256="0", reader="text", reader_version="1", source=source, blocks=blocks, settings=Settings()
    )


def test_fragments_with_only_markup_between_are_glued() -> None:
    source = "grown *in vitro* for a week"
    spans = [Span(0, 6), Span(7, 15), Span(16, 27)]
    document = assemble(source, [RawBlock("paragraph", tuple(Fragment(span) for span in spans))])
    assert document.clean.text == "grown in vitro for a week"


def test_known_mark_is_lifted_and_others_stay_where_marks_are_complete() -> None:
    source = "Found in mice4 and cohort7 again."
    mark = KnownMark(Span(13, 14), ("4",))
    block = RawBlock("paragraph", (Fragment(Span(0, len(source))),), marks=(mark,), marks_complete=True)
    document = assemble(source, [block])
    assert document.clean.text == "Found in mice and cohort7 again."
    assert [(c.text, c.markers, c.clean) for c in document.citations] == [("4", ("4",), 13)]


def test_word_torn_by_a_page_reads_whole() -> None:
    source = "The effect was inter-\n\nPage 3\n\nmittent in most intermittent trials."
    fragments = (Fragment(Span(0, 21)), Fragment(Span(31, len(source)), break_before=True))
    document = assemble(source, [RawBlock("paragraph", fragments)])
    assert document.clean.text.startswith("The effect was intermittent in")
    check(document)


def test_caption_inside_a_section_is_a_section_of_its_own() -> None:
    source = "Results\nIt fell.\nFigure 1. Curves.\nIt rose."
    pieces = [("heading", 0, 7), ("paragraph", 8, 16), ("caption", 17, 34), ("paragraph", 35, 43)]
    blocks = [RawBlock(kind, (Fragment(Span(low, high)),)) for kind, low, high in pieces]  # type: ignore[arg-type]
    document = assemble(source, blocks)
    assert [document.sections[block.section].kind for block in document.blocks] == [
        "results", "results", "caption", "results"
    ]  # fmt: skip
