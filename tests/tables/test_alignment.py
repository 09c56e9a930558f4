"""The search of flattened tables against plain ones: the cost of every run, and the cheapest path, to the last bit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.tables import alignment, line_breaks, read_table
from pipeline.tables.alignment import PathPiece, align_words
from pipeline.tables.column_lexicon import AGE_WORDS, ROUTES, SEXES
from pipeline.tables.recognisers import cell_cost, count_values
from pipeline.tables.run_costs import BLOCK, LONGEST_RUN, RunCosts
from pipeline.tables.texts import EMPTY
from pipeline.tables.typed import Column, ColumnKind
from pipeline.tables.words import Word
from tests.tables.building import flattened_table

KINDS: tuple[ColumnKind, ...] = get_args(ColumnKind)
TEXTS = (
    "Male", "MF", "male", "and", "female", "8", "months", "20–22", "weeks", "4,", "8,", "12", "1,000", "ppm", "2.5",
    "mg", "mg/kg", "per", "kg", "i.p.", "s.c.", "2×/week,", "3", "once", "a", "day", "for", "60", "d", "until",
    "Ostrow", "et", "al.12", "al.", "Dbx−/−", "−6NS*", "~9a", "≥", "5", "±", "0.4", "to", "(±", "7)", "(", ")", ",",
    "n.s.", "p", "<", "0.05", "no", "yes", "Diet", "gavage", "with", "metformin", "placebo", "+", "Weaning", "Day",
    "–", "12%", "PMID:", "[3]", "every", "other", "1", "on", "/", "off", "μg", "x", "10−3", "E", "17", "lifespan",
    "5mg/kg.", "Lund", "&", "Palme",
)  # fmt: skip
LEXICON = (
    tuple(
        sorted(
            {word for table in (ROUTES, SEXES) for names in table.values() for name in names for word in name.split()}
        )
    )
    + AGE_WORDS
)
RUNS = (*TEXTS, "8 months", "mg per kg")


@st.composite
def drawn_words(draw: st.DrawFn, least: int = 1, most: int = 30) -> tuple[Word, ...]:
    words: list[Word] = []
    for text in draw(st.lists(st.sampled_from(TEXTS) | st.sampled_from(LEXICON), min_size=least, max_size=most)):
        before = draw(st.sampled_from(("word", "word", "word", "word", "gap", "line", "line", "blank", "glue")))
        opens = not words or before in ("line", "blank")
        glued = bool(words) and before == "glue"
        gap = 0 if glued else 4 if before == "gap" else 1
        line = words[-1].line + opens if words else 0
        words.append(Word(text, 10 * len(words), line, opens, not words or before == "blank", glued, gap))
    return tuple(words)


def draw_columns(kinds: Sequence[ColumnKind]) -> list[Column]:
    return [Column(kind, EMPTY) for kind in kinds]


@settings(max_examples=150, deadline=None)
@given(words=drawn_words(), kind=st.sampled_from(KINDS), limit=st.sampled_from((3, 8, 16, LONGEST_RUN)))
def test_every_run_costs_what_it_costs_alone(words: tuple[Word, ...], kind: ColumnKind, limit: int) -> None:
    found = RunCosts(words).find_block(kind, 0, limit)
    for end in range(1, len(words) + 1):
        for length in range(1, limit + 1):
            text = " ".join(word.text for word in words[end - length : end]) if length <= end else None
            assert found[end - 1, limit - length] == (inf if text is None else cell_cost(kind, text))


def test_runs_across_blocks_cost_what_they_cost_alone() -> None:
    texts = [TEXTS[number * 7 % len(TEXTS)] for number in range(BLOCK + 30)]
    words = [Word(text, number, 0, number == 0, number == 0) for number, text in enumerate(texts)]
    costs = RunCosts(words)
    for kind in ("dose", "strain", "change", "unknown"):
        found = costs.find_block(kind, 1, 16)
        for row in range(30):
            for length in range(1, 17):
                end = BLOCK + row + 1
                assert found[row, 16 - length] == cell_cost(kind, " ".join(texts[end - length : end]))


def search_plainly(
    words: Sequence[Word], columns: Sequence[Column], header: Sequence[str], known: Mapping[int, frozenset[str]]
) -> tuple[list[PathPiece], float] | None:
    """Return the cheapest path by trying every step from every place, in the order in which equal ones count."""
    count, width = len(words), len(columns)
    skips = [0.0]
    for column in columns:
        skips.append(skips[-1] + alignment.SKIP.get(column.kind, alignment.SKIP_OTHER))
    rows: list[tuple[float, list[PathPiece]] | None] = [None] * (count + 1)
    cells: list[dict[int, tuple[float, list[PathPiece]]]] = [{} for _ in range(count + 1)]
    rows[0] = (0.0, [])
    for place in range(count + 1):
        for slot in sorted(cells[place]):
            cost, pieces = cells[place][slot]
            offer(rows, place, cost + skips[width] - skips[slot // 2 + 1], pieces)
        if place == count:
            break
        row = rows[place]
        for column in range(width):
            options: list[tuple[float, list[PathPiece]]] = []
            if row is not None:
                opened = row[0] + line_breaks.cost_row(words[place], place)
                options.append((opened + skips[column], [*row[1], PathPiece("row", place, place)]))
            for slot in sorted(cells[place]):
                if slot // 2 < column:
                    wrapped = line_breaks.cost_between(words[place])[1 - slot % 2]
                    cost, pieces = cells[place][slot]
                    options.append((cost + wrapped - skips[slot // 2 + 1] + skips[column], pieces))
            if options:
                entry = min(options, key=lambda option: option[0])
                fill_plainly(words, columns[column], column, place, entry, known.get(column, frozenset()), cells)
        if row is not None and (words[place].starts_line or (place and words[place].glued)):
            set_aside_plainly(words, columns, header, place, row, rows)
    final = rows[count]
    return None if final is None else (final[1], final[0])


def offer(rows: list[tuple[float, list[PathPiece]] | None], place: int, cost: float, pieces: list[PathPiece]) -> None:
    current = rows[place]
    if current is None or cost < current[0]:
        rows[place] = (cost, pieces)


def fill_plainly(
    words: Sequence[Word],
    column: Column,
    index: int,
    place: int,
    entry: tuple[float, list[PathPiece]],
    texts: frozenset[str],
    cells: list[dict[int, tuple[float, list[PathPiece]]]],
) -> None:
    breaks, wrapped = 0.0, 0
    limit = alignment.MAX_CELL_WORDS.get(column.kind, alignment.MAX_OPEN_WORDS)
    for end in range(place + 1, min(place + limit, len(words)) + 1):
        word = words[end - 1]
        if end - 1 > place:
            if word.glued:
                return
            if word.after_blank:
                breaks += line_breaks.BLANK_IN_CELL
            elif word.starts_line:
                breaks += 0.0 if column.kind == "regimen" else line_breaks.BREAK_IN_CELL
            elif word.gap >= line_breaks.WIDE_GAP:
                breaks += line_breaks.GAP_IN_CELL
            wrapped = max(wrapped, int(word.starts_line))
        if breaks > line_breaks.MAX_BREAKS:
            return
        text = " ".join(other.text for other in words[place:end])
        cost = entry[0] + breaks + cell_cost(column.kind, text)
        if text in texts:
            cost += alignment.KNOWN_VALUE
        current = cells[end].get(2 * index + wrapped)
        if current is None or cost < current[0]:
            cells[end][2 * index + wrapped] = (cost, [*entry[1], PathPiece("cell", place, end, index)])


def set_aside_plainly(
    words: Sequence[Word],
    columns: Sequence[Column],
    header: Sequence[str],
    place: int,
    row: tuple[float, list[PathPiece]],
    rows: list[tuple[float, list[PathPiece]] | None],
) -> None:
    def add(end: int, cost: float, piece: PathPiece) -> None:
        offer(rows, end, row[0] + cost, [*row[1], piece])

    if [word.text for word in words[place : place + len(header)]] == list(header):
        add(place + len(header), 0.0, PathPiece("header", place, place + len(header)))
    for end in range(place + 1, min(place + alignment.MAX_SUBHEADER_WORDS, len(words)) + 1):
        if end - 1 > place and words[end - 1].after_blank:
            return
        text = " ".join(word.text for word in words[place:end])
        at_end = end == len(words) or words[end].starts_line
        if (at_end or words[end].glued) and end - place <= alignment.MAX_SHARED_WORDS:
            for index, column in enumerate(columns):
                if column.kind == "reference":
                    add(end, alignment.SHARED + cell_cost("reference", text), PathPiece("shared", place, end, index))
        if at_end and words[place].starts_line:
            cost = alignment.SUBHEADER
            cost += 0.0 if words[place].after_blank or place == 0 else alignment.SUBHEADER_NO_BLANK
            cost += 0.0 if end == len(words) or words[end].after_blank else alignment.SUBHEADER_NO_BLANK
            cost += alignment.SUBHEADER_WITH_VALUE * count_values(text)
            if row[1] and row[1][-1].kind == "subheader":
                cost += alignment.SUBHEADER_AFTER_SUBHEADER
            add(end, cost, PathPiece("subheader", place, end))


@settings(max_examples=120, deadline=None)
@given(
    words=drawn_words(most=40),
    kinds=st.lists(st.sampled_from(KINDS), min_size=2, max_size=6),
    known=st.dictionaries(st.integers(0, 1), st.frozensets(st.sampled_from(RUNS), max_size=9)),
)
def test_the_cheapest_path_is_that_of_a_plain_search(
    words: tuple[Word, ...], kinds: list[ColumnKind], known: dict[int, frozenset[str]]
) -> None:
    columns, header = draw_columns(kinds), ["Male", "8"]
    expected = search_plainly(words, columns, header, known)
    found = align_words(RunCosts(words), columns, header=header, known=known)
    assert (found and ([*found.pieces], found.cost)) == expected


@settings(max_examples=20, deadline=None)
@given(words=drawn_words(least=12, most=40), first=st.integers(1, 5), last=st.integers(8, 45))
def test_words_before_and_behind_are_not_read(words: tuple[Word, ...], first: int, last: int) -> None:
    columns = draw_columns(("strain", "sex", "dose", "change", "reference"))
    part = align_words(RunCosts(words), columns, header=["Sex"], first=first, last=last)
    assert part == align_words(RunCosts(words[first:last]), columns, header=["Sex"])


@settings(max_examples=20, deadline=None)
@given(words=drawn_words(least=12, most=60), share=st.floats(0.1, 2.0))
def test_a_reading_is_given_up_only_where_it_is_too_dear(words: tuple[Word, ...], share: float) -> None:
    columns = draw_columns(("strain", "sex", "dose", "change", "reference"))
    whole = align_words(RunCosts(words), columns, header=["Sex"])
    assert whole is not None
    found = align_words(RunCosts(words), columns, header=["Sex"], dearest=whole.cost * share)
    assert found == whole or (found is None and whole.cost > whole.cost * share)


def test_long_tables_are_read_to_their_end() -> None:
    lines = [
        f"QX-{number % 7} {('Male', 'Female')[number % 2]} {number % 9 + 2} months {number % 40 + 1} mg/kg Diet "
        f"{700 + number % 90} {number % 23} Palme et al.{number % 30 + 1}"
        for number in range(900)
    ]
    body = "\n".join(("Strain Sex Age at start Dose Route Control (d) Δ lifespan (%) Reference", *lines))
    typed = read_table(*flattened_table(body))
    assert typed is not None
    assert len(typed.rows) == 900
    assert [cell.text for cell in typed.rows[-1].cells] == [
        "QX-3", "Female", "10 months", "20 mg/kg", "Diet", "789", "2", "Palme et al.30",
    ]  # fmt: skip


def test_columns_beyond_the_sixty_third_are_read_too() -> None:
    width = 70
    words = [Word(str(number), 10 * number, number // width, not number % width, number == 0) for number in range(140)]
    read = align_words(RunCosts(words), draw_columns(["unknown"] * width), header=())
    assert read is not None
    cells = [piece for piece in read.pieces if piece.kind == "cell"]
    assert [(piece.start, piece.column) for piece in cells] == [(number, number % width) for number in range(140)]
