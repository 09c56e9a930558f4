"""From glyphs to words and pieces of lines: spaces by gaps, raised and lowered text by size and baseline."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.ingest.markup_runs import Shift
from pipeline.ingest.pdf_glyphs import Glyph
from pipeline.ingest.pdf_words import PackedWords, Style, Word

SMALL: Final = 0.85
"""Raised and lowered characters are smaller than this share of their line's size."""
_WORD_GAP: Final = 0.1
_WORD_GAP_BESIDE_SPACES: Final = 0.2
_PIECE_GAP: Final = 1.1
_OVERPRINT: Final = 0.35


@dataclass(slots=True)
class Piece:
    """Words on one line with no wide gap among them, with the size and baseline that most of its characters have."""

    words: Sequence[Word]
    size: float = 0.0
    base: float = 0.0
    x0: float = 0.0
    x1: float = 0.0
    page: int = 0
    shifts: list[Shift] = field(default_factory=list)
    text: str = ""
    """The words as written, spaces restored."""

    def settle(self) -> Piece:
        """Pack the words; work out text, extent, size, baseline and which are raised or lowered; return self."""
        words = self.words if isinstance(self.words, list) else list(self.words)
        self.words = PackedWords(words)
        self.x0 = min([word.x0 for word in words])
        self.x1 = max([word.x1 for word in words])
        weights: Counter[tuple[float, float]] = Counter()
        for word in words:
            weights[round(word.size, 1), round(word.base, 1)] += len(word.text)
        self.size, self.base = min(weights, key=lambda key: (-weights[key], -key[0], key[1]))
        bigger = [
            key for key in weights if key[0] * SMALL > self.size and weights[key] * 3 >= weights[self.size, self.base]
        ]
        if bigger:
            self.size, self.base = max(bigger)
        self.shifts = [self._judge(word) for word in words]
        self.text = "".join(
            [word.text if word.glued or not number else " " + word.text for number, word in enumerate(words)]
        )
        return self

    def _judge(self, word: Word) -> Shift:
        if word.size >= SMALL * self.size:
            return "sup" if word.base > self.base + 0.25 * self.size and word.size < self.size * 0.98 else ""
        if word.base > self.base + 0.12 * self.size:
            return "sup"
        return "sub" if word.base < self.base - 0.06 * self.size else ""

    @property
    def _style(self) -> Style | None:
        return self.words.style if isinstance(self.words, PackedWords) else None

    @property
    def font(self) -> str:
        """The font of most of its characters."""
        if (style := self._style) is not None:
            return style.font
        weights: Counter[str] = Counter()
        for word in self.words:
            weights[word.font] += len(word.text)
        return min(weights, key=lambda name: (-weights[name], name))

    @property
    def top(self) -> float:
        """The upper edge of its em boxes."""
        return self.base + 0.8 * self.size

    @property
    def bottom(self) -> float:
        """The lower edge of its em boxes."""
        return self.base - 0.2 * self.size

    @property
    def bold(self) -> bool:
        """Whether most of its characters are bold."""
        if (style := self._style) is not None:
            return style.bold
        return 2 * sum(len(word.text) for word in self.words if word.bold) > sum(len(word.text) for word in self.words)

    @property
    def italic(self) -> bool:
        """Whether most of its characters are italic."""
        if (style := self._style) is not None:
            return style.italic
        return 2 * sum(len(word.text) for word in self.words if word.italic) > sum(
            len(word.text) for word in self.words
        )


def make_words(glyphs: Sequence[Glyph]) -> list[Word]:
    """Return the words that glyphs in content order form.

    Where the page writes its spaces, only a clear gap is one; where it leaves them out, smaller gaps are.
    """
    spaces = sum(glyph.text.isspace() for glyph in glyphs)
    limit = _WORD_GAP_BESIDE_SPACES if spaces > 0.07 * len(glyphs) else _WORD_GAP
    words: list[Word] = []
    current: list[Glyph] = []
    spaced = True
    glued = False
    for glyph in glyphs:
        if not glyph.text.strip():
            spaced = True
            continue
        if current:
            last = current[-1]
            gap = glyph.x0 - last.x1
            scale = max(min(last.size, glyph.size), 1.0)
            level = abs(glyph.base - last.base) < 0.05 * scale and abs(glyph.size - last.size) < 0.05 * scale
            if level and abs(glyph.x0 - last.x0) < _OVERPRINT and glyph.text == last.text:
                continue
            adjacent = -0.6 * scale < gap < limit * scale
            if not spaced and level and adjacent:
                current.append(glyph)
                continue
            words.append(_join(current, glued=glued, previous=words[-1] if words else None))
            near = abs(glyph.base - last.base) < max(last.size, glyph.size)
            glued = adjacent and near and not spaced
        current = [glyph] if not current or current[-1] is not glyph else current
        spaced = False
    if current:
        words.append(_join(current, glued=glued, previous=words[-1] if words else None))
    return words


def _join(glyphs: Sequence[Glyph], *, glued: bool, previous: Word | None) -> Word:
    """Return the word of some glyphs; what it shares with the previous word is one object, to save memory."""
    first = glyphs[0]
    level = previous is not None and (previous.base, previous.size, previous.bottom) == first[3:6]
    alike = previous if previous is not None and level else first
    return Word(
        sys.intern("".join(glyph.text for glyph in glyphs).strip()),
        min(glyph.x0 for glyph in glyphs),
        max(glyph.x1 for glyph in glyphs),
        alike.base,
        alike.size,
        alike.bottom,
        first.font,
        glued,
    )


def make_pieces(words: Sequence[Word], *, page: int) -> list[Piece]:
    """Return the pieces that words in content order form; stray raised words are put back into their lines."""
    chains: list[list[Word]] = []
    for word in words:
        if chains and _continues(chains[-1], word):
            chains[-1].append(word)
        else:
            chains.append([word])
    pieces = [Piece(chain, page=page).settle() for chain in chains]
    pieces = _join_level(pieces)
    return _attach_strays(pieces)


def _continues(chain: Sequence[Word], word: Word) -> bool:
    last = chain[-1]
    size = max(last.size, word.size)
    gap = word.x0 - last.x1
    if not -0.6 * size < gap < _PIECE_GAP * size:
        return False
    if abs(word.base - last.base) <= 0.12 * size:
        return True
    if abs(word.base - last.base) > 0.65 * size:
        return False
    small = min(last.size, word.size) < SMALL * size
    home = any(abs(word.base - other.base) <= 0.12 * size for other in chain[-6:])
    return small or home


def _join_level(pieces: Sequence[Piece]) -> list[Piece]:
    """Join neighbours in content order that stand on one baseline with no more than a wide space between them."""
    joined: list[Piece] = []
    for piece in pieces:
        previous = joined[-1] if joined else None
        if previous is not None:
            size = max(previous.size, piece.size)
            gap = piece.x0 - previous.x1
            same = abs(previous.base - piece.base) <= 0.12 * size and abs(previous.size - piece.size) < 0.15 * size
            if same and -0.6 * size < gap < _PIECE_GAP * size:
                previous.words = [*previous.words, *piece.words]
                previous.settle()
                continue
        joined.append(piece)
    return joined


def _attach_strays(pieces: Sequence[Piece]) -> list[Piece]:
    """Put small pieces beside or within a line of larger type, such as marks drawn later, into that line."""
    hosts = sorted((piece for piece in pieces), key=lambda piece: -piece.size)
    gone: set[int] = set()
    for stray in sorted(pieces, key=lambda piece: (piece.size, -piece.base, piece.x0)):
        if len(stray.text) > 12:
            continue
        for host in hosts:
            if host is stray or id(host) in gone or stray.size >= SMALL * host.size:
                continue
            rise = stray.base - host.base
            if not -0.35 * host.size < rise < 0.75 * host.size or len(host.text) < len(stray.text):
                continue
            if host.x0 - 0.3 * host.size < stray.x1 and stray.x0 < host.x1 + 0.3 * host.size:
                _insert(host, stray)
                gone.add(id(stray))
                break
    return [piece for piece in pieces if id(piece) not in gone]


def _insert(host: Piece, stray: Piece) -> None:
    merged = sorted([*host.words, *stray.words], key=lambda word: (word.x0, word.x1))
    regular: list[Word] = []
    for word in merged:
        if regular and word in stray.words:
            gap = word.x0 - regular[-1].x1
            word = word._replace(glued=gap < 0.17 * word.size)
        regular.append(word)
    host.words = regular
    host.settle()


def sort_lines(pieces: Iterable[Piece]) -> list[Piece]:
    """Return pieces from top to bottom; those on one baseline from left to right, joined into one line.

    Args:
        pieces: pieces of one column.
    """
    lines: list[Piece] = []
    for piece in sorted(pieces, key=lambda item: (-item.base, item.x0)):
        if lines:
            size = max(lines[-1].size, piece.size)
            if abs(lines[-1].base - piece.base) <= 0.25 * min(lines[-1].size, piece.size) + 0.01 * size:
                previous = lines[-1]
                if piece.x0 >= previous.x1 - 0.6 * size:
                    lines[-1] = Piece([*previous.words, *piece.words], page=piece.page).settle()
                elif piece.x1 <= previous.x0 + 0.6 * size:
                    lines[-1] = Piece([*piece.words, *previous.words], page=piece.page).settle()
                else:
                    lines.append(piece)
                continue
        lines.append(piece)
    return lines
