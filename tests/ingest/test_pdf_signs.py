"""Signs of symbol fonts, degree rings, and what long documents are packed into."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field

import pytest
from pdfminer.encodingdb import name2unicode
from pdfminer.pdffont import PDFUnicodeNotDefined

from pipeline.ingest.pdf_accents import mend_degrees
from pipeline.ingest.pdf_fonts import FontReader
from pipeline.ingest.pdf_furniture import find_furniture
from pipeline.ingest.pdf_glyphs import Glyph
from pipeline.ingest.pdf_lines import Piece
from pipeline.ingest.pdf_words import PackedWords, Word
from pipeline.model import CharacterBox, PackedBoxes, Span


@dataclass
class SymbolFont:
    """A font of one byte a character, whose codes say that they are digits and points."""

    widths: dict[int, float] = field(default_factory=dict)
    fontname: str = "ABCDEF+AdvSign"

    def is_multibyte(self) -> bool:
        return False

    def to_unichr(self, code: int) -> str:
        if code not in self.widths:
            raise PDFUnicodeNotDefined(None, code)
        return chr(code)

    def char_width(self, code: int) -> float:
        return self.widths[code]


def draw_glyphs(text: str) -> list[Glyph]:
    return [Glyph(sign, 5.0 * at, 5.0 * at + 5, 0.0, 10.0, -2.0, "Body", True, False) for at, sign in enumerate(text)]


def make_words() -> list[Word]:
    first = Word("given", 1.5, 20.25, 100.0, 9.0, 98.0, "Body", False)
    return [first, first._replace(text="daily", x0=22.0, x1=40.0), first._replace(text="3", base=103.0, glued=True)]


def test_wide_comma_beside_other_signs_is_less_than() -> None:
    font = SymbolFont({ord(","): 0.833, ord("5"): 0.833})
    assert FontReader().read_character(font, ord(",")) == "<"


def test_wide_comma_alone_is_not_guessed() -> None:
    assert FontReader().read_character(SymbolFont({ord(","): 0.833}), ord(",")) is None


def test_comma_of_a_text_font_stays() -> None:
    assert FontReader().read_character(SymbolFont({ord(","): 0.25, ord("5"): 0.5}), ord(",")) == ","


@pytest.mark.parametrize(("name", "sign"), [("prime", "′"), ("H11005", "="), ("H9251", "α"), ("alpha", "α")])
def test_glyph_names_of_symbol_fonts_are_read(name: str, sign: str) -> None:
    assert name2unicode(name) == sign


@pytest.mark.parametrize(
    ("drawn", "read"),
    [("80◦C", "80°C"), ("4 ◦C.", "4 °C."), ("12∘N", "12°N"), ("◦ Care", "◦ Care"), ("2 ◦Care", "2 ◦Care")],
)
def test_ring_between_a_digit_and_a_scale_is_a_degree_sign(drawn: str, read: str) -> None:
    assert "".join(glyph.text for glyph in mend_degrees(draw_glyphs(drawn))) == read


def test_ring_is_a_degree_sign_where_the_page_writes_no_spaces() -> None:
    drawn = draw_glyphs("4◦Cfor")
    glyphs = [*drawn[:3], *(glyph._replace(x0=glyph.x0 + 3, x1=glyph.x1 + 3) for glyph in drawn[3:])]
    assert "".join(glyph.text for glyph in mend_degrees(glyphs)) == "4°Cfor"


@pytest.mark.parametrize(
    ("text", "furniture"),
    [
        ("doi:10.1000/journal.test.0000001.g002", True),
        ("https://doi.org/10.1000/test.77/fig-3", True),
        ("The data are at doi:10.1000/journal.test.0000001.g002", False),
        ("doi:10.1000/journal.test.0000001", False),
    ],
)
def test_figures_own_identifier_is_no_text(text: str, furniture: bool) -> None:
    piece = Piece([Word(text, 60.0, 300.0, 400.0, 8.0, 398.0, "Body", False)], page=1).settle()
    assert (id(piece) in find_furniture([([piece], 595.0, 842.0)])) is furniture


def test_packed_words_are_the_words() -> None:
    words = make_words()
    packed = PackedWords(words)
    assert list(packed) == words and packed[-1] == words[-1] and packed[1:] == words[1:]
    assert packed.style is None and PackedWords(words[:2]).style == words[0].style
    with pytest.raises(IndexError):
        packed[3]


def test_packed_boxes_are_the_boxes_and_cross_processes() -> None:
    boxes = [CharacterBox(Span(at, at + 3), 1 + at // 8, at + 0.1, 2.0, at + 3.07, 11.5) for at in range(0, 20, 4)]
    packed = PackedBoxes(boxes)
    assert list(packed) == boxes and packed[2] == boxes[2] and packed[-1] == boxes[-1]
    assert packed[1:3] == tuple(boxes[1:3])
    assert pickle.loads(pickle.dumps(packed)) == packed == PackedBoxes(boxes)
    assert hash(packed) == hash(PackedBoxes(boxes)) and packed != PackedBoxes(boxes[1:])
    with pytest.raises(IndexError):
        packed[5]
