"""Citation marks: the document's own style learnt first, then each mark told from the numbers around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.ingest.author_years import find_author_years, list_cited
from pipeline.ingest.citations_lexicon import COUNTED_NOUNS, COUNTED_WORDS, NO_MARK_AFTER, NUMBERED_NAMES, UNITS
from pipeline.ingest.clean import Strand
from pipeline.ingest.layout import RawBlock
from pipeline.ingest.sentences_lexicon import OPENERS
from pipeline.model.documents import Reference

_DASH = r"[-\u2010-\u2015\u2212]"
_NUMBERS = rf"\d{{1,4}}[a-z]?(?:\s?(?:,|;|{_DASH}|\band\b|&)\s?\d{{1,4}}[a-z]?)*"
_BRACKET = re.compile(rf"\[\s?({_NUMBERS})\s?,?\]")
_PAREN = re.compile(rf"\(({_NUMBERS})\)")
_REFS = re.compile(rf"[(\[]\s?(?:see\s|e\.g\.,?\s|reviewed in\s)?(?:[Rr]efs?|[Rr]eferences?)\.?\s({_NUMBERS})\s?[)\]]")
_GLUED = re.compile(
    r"(?:(?<=[^\W\d_])|(?<=\d)(?=\))|(?<=%)(?=[.,;]?\d)|(?<=\s[12]\d{3})(?=\.\d)|(?<=\s\d)(?=\.\d)|(?<=\s\d\d)(?=\.\d))(?P<punct>[.,;:!?]?[”’\"')\]]*[.,;:]?)"
    rf"(?P<numbers>\d{{1,3}}(?:(?:,\s?|{_DASH})\d{{1,3}})*)"
    r"(?![\w%°/+]|[.,:]\d|\s?[×±%°])"
)
_DIGITS = re.compile(r"\d+")
_CLOSING = ".,;:!?”’\"')]"
_SPLIT = re.compile(rf"(\d+)[a-z]?|({_DASH})")
_WORD_BEFORE = re.compile(r"[\w’'/-]*$")
_MAX_RANGE = 60


@dataclass(frozen=True, slots=True)
class LiftedMark:
    """A mark found in a strand: ``[start, end)`` leaves the text; ``mark`` is the mark itself within it."""

    start: int
    end: int
    mark: tuple[int, int]
    markers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitationStyle:
    """How a document cites.

    Attributes:
        brackets: "[3, 8]" are marks.
        parentheses: "(3, 8)" are marks.
        glued: superscript digits glued to the word or point before them are marks.
        author_years: "(Name et al., 2009)" are marks.
        spaced: lists of glued digits have a space after the comma.
        limit: no mark has a higher number.
        words: how often each glued token ("sestrin2") stands in the document.
        bases: how often each word that a glued token could end in stands alone.
        cited: surnames and years of the reference list, where it answers the marks by author and year.
    """

    brackets: bool = False
    parentheses: bool = False
    glued: bool = False
    author_years: bool = False
    spaced: bool = False
    limit: int = 0
    words: Counter[str] = field(default_factory=Counter)
    bases: Counter[str] = field(default_factory=Counter)
    cited: frozenset[tuple[str, str]] = frozenset()


def learn_style(texts: Sequence[str], *, references: Sequence[Reference] = ()) -> CitationStyle:
    """Return how a document cites, learnt from the texts of its blocks and its reference list."""
    whole = "\n".join(texts)
    listed = max((int(reference.marker) for reference in references if reference.marker.isdigit()), default=0)
    brackets = [match for match in _BRACKET.finditer(whole) if max(expand_numbers(match[1])) <= 2000]
    parens = [match for match in _PAREN.finditer(whole) if not _is_year(match[1])]
    glued = [m for m in _find_glued(whole) if _grade_glued(whole, m) == 2]
    names = [name for text in texts for name in find_author_years(text)]
    cited = list_cited(references)
    answered = [name for text in texts for name in find_author_years(text, cited=cited)] if cited else []
    if len(answered) < max(3, len(names) / 2):
        # Brackets cite by number: names with years that the list does not know are species' authorities.
        cited, names = frozenset(), [] if len(brackets) >= 3 and listed else names
    spaced = sum(", " in m["numbers"] for m in glued) > sum(bool(re.search(r",\d", m["numbers"])) for m in glued)
    uses_brackets = len(brackets) >= 3 and len(brackets) >= len(glued) / 2
    in_series = _follow_series(glued) if glued else 0
    uses_glued = not uses_brackets and in_series >= 3 and len(glued) > len(names)
    numbers = [n for m in (brackets if uses_brackets else glued) for n in expand_numbers(m[m.re.groups])]
    limit = listed or _estimate_limit(numbers)
    uses_parens = (
        not uses_brackets and not uses_glued and len(parens) >= 5 and len(names) < len(parens) / 2
        and _rises([expand_numbers(m[1])[0] for m in parens])
    )  # fmt: skip
    if uses_parens:
        limit = listed or _estimate_limit([n for m in parens for n in expand_numbers(m[1])])
    tokens = Counter(re.findall(r"(?<![\w/-])[^\W\d_][\w/-]{0,40}\d(?![\w])", whole)) if uses_glued else Counter()
    bases = Counter(re.findall(r"(?<![^\W\d_])[^\W\d_]+(?![\w-])", whole)) if uses_glued else Counter()
    return CitationStyle(
        brackets=uses_brackets,
        parentheses=uses_parens,
        glued=uses_glued,
        author_years=(len(names) >= 3 or bool(cited)) and not uses_glued,
        spaced=spaced,
        limit=limit,
        words=tokens,
        bases=bases,
        cited=cited,
    )


def find_marks(
    block: RawBlock, strand: Strand, *, style: CitationStyle, highest: int
) -> tuple[tuple[LiftedMark, ...], int]:
    """Return the marks of a block, in order and apart, and the highest number cited so far.

    Marks that the reader knows are taken as they are; others are looked for unless ``block.marks_complete``.
    """
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for known in block.marks:
        place = strand.locate(known.span)
        if place is not None:
            markers = known.markers or tuple(map(str, expand_numbers(strand.text[slice(*place)])))
            found.append((*place, markers))
    if not block.marks_complete and block.kind not in ("title", "heading"):
        found.extend(_search_marks(strand.text, style, highest))
    marks: list[LiftedMark] = []
    for start, end, markers in sorted(found):
        if marks and start < marks[-1].end:
            continue
        highest = max([highest, *(int(marker) for marker in markers if marker.isdigit() and int(marker) < 3000)])
        low, high = _widen(strand.text, start, end, marks[-1].end if marks else 0)
        marks.append(LiftedMark(low, high, (start, end), markers))
    return tuple(marks), highest


def expand_numbers(text: str) -> list[int]:
    """Return the numbers of a list with its ranges expanded; a range that runs backwards gives its two ends."""
    numbers: list[int] = []
    dash = False
    for match in _SPLIT.finditer(text):
        if match[2]:
            dash = bool(numbers)
            continue
        number = int(match[1])
        if dash and 0 < number - numbers[-1] <= _MAX_RANGE:
            numbers.extend(range(numbers[-1] + 1, number + 1))
        else:
            numbers.append(number)
        dash = False
    return numbers


def _search_marks(text: str, style: CitationStyle, highest: int) -> list[tuple[int, int, tuple[str, ...]]]:
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for pattern, wanted in ((_REFS, True), (_BRACKET, style.brackets), (_PAREN, style.parentheses)):
        if not wanted:
            continue
        for match in pattern.finditer(text):
            numbers = expand_numbers(match[1])
            too_high = bool(style.limit) and max(numbers) > style.limit + 20
            if too_high or _is_year(match[1]) or min(numbers) == 0:
                continue
            if re.match(r"\s?[=<>]", text[match.end() : match.end() + 2]):
                continue
            if pattern is _PAREN and (match.start() == 0 or text[match.start() - 1] != " "):
                continue
            found.append((match.start(), match.end(), tuple(map(str, numbers))))
    if style.glued:
        found.extend(_search_glued(text, style, highest))
    if style.author_years:
        found.extend(find_author_years(text, cited=style.cited))
    return found


def _search_glued(text: str, style: CitationStyle, highest: int) -> list[tuple[int, int, tuple[str, ...]]]:
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for match in _find_glued(text):
        low, high = match.span("numbers")
        high = _cut_list(text, low, high, style)
        numbers = expand_numbers(text[low:high])
        if not numbers or min(numbers) == 0 or max(numbers) > style.limit:
            continue
        grade = _grade_glued(text, match)
        several = len(numbers) > 1
        expected = numbers[0] == highest + 1
        before = _WORD_BEFORE.search(text, max(0, match.start("punct") - 40), match.start("punct"))
        word = before.group() if before else ""
        token = word + text[low : low + len(str(numbers[0]))]
        if not grade or (grade == 3 and not expected):
            continue
        plain = re.split(r"[-/’']", word)[-1]
        if grade == 1 and not match["punct"]:
            lower = plain.islower()
            known = style.bases[plain] >= 1 or plain in COUNTED_WORDS or plain.capitalize() in style.bases or several
            likely = expected or several or (lower and numbers[0] >= 10 and plain not in NUMBERED_NAMES)
            once = style.words[token] <= 1 or several or (plain in COUNTED_WORDS and numbers[0] >= 10)
            if not (known and likely and once):
                continue
        elif not match["punct"] and style.words[token] >= 2 and not several and not expected and numbers[0] < 10:
            continue
        if not several and not expected and numbers[0] > highest + 60 and highest > 0:
            continue
        highest = max(highest, *numbers)
        found.append((low, high, tuple(map(str, numbers))))
    return found


def _find_glued(text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of ``_GLUED`` in order; each is sought back from its digits, which are rarer than letters."""
    at = 0
    for digits in _DIGITS.finditer(text):
        start = digits.start()
        if start < at:
            continue
        while start > at and text[start - 1] in _CLOSING:
            start -= 1
        if start and (text[start - 1].isalnum() or text[start - 1] == "%"):
            match = _GLUED.match(text, start)
            if match is not None:
                yield match
                at = match.end()


def _cut_list(text: str, low: int, high: int, style: CitationStyle) -> int:
    """Return where a glued list really ends: a spaced number is taken only in a style that spaces its lists."""
    spaced = re.search(r",\s", text[low:high])
    if spaced and not style.spaced:
        return low + spaced.start()
    while spaced:
        tail = re.match(rf"[\s-]*({UNITS}|{COUNTED_NOUNS})\b", text[high : high + 24])
        if tail is None:
            break
        cut = text.rfind(", ", low, high)
        if cut < 0:
            break
        high = cut
        spaced = re.search(r",\s", text[low:high])
        break
    return high


def _grade_glued(text: str, match: re.Match[str]) -> int:
    """Return 2 for digits where only a mark can stand, 1 for a doubtful place, 0 for no mark.

    3 stands for digits that read like decimals before a new sentence ("protein 10.79 Thus"): a mark only if due.
    """
    punct = match["punct"]
    at = match.start("punct")
    window = _WORD_BEFORE.search(text, max(0, at - 40), at)
    word = window.group() if window else ""
    plain = re.split(r"[-/’']", word)[-1]
    following = text[match.end() : match.end() + 12]
    if text[at - 1].isdigit() and punct == ".":
        opening = re.match(r"\s([A-Z][a-z]*)\s", following)
        if re.search(r"\s(?:19|20)\d\d$", text[max(0, at - 5) : at]):
            return 2 if opening else 0
        return 3 if opening and opening[1].lower() in OPENERS else 0
    if text[at - 1] == "%":
        return 2
    if re.match(rf"[\s-]*(?:{UNITS})\b", following) and not punct.startswith((".", "!", "?")):
        return 0
    if punct:
        if word.lower() in NO_MARK_AFTER and punct == ".":
            return 0
        if punct[0] in ")]" or punct[-1] in ")]":
            opened = text.rfind("(" if ")" in punct else "[", max(0, at - 200), at)
            if opened > 0 and not text[opened - 1].isspace():
                return 0
            return 2 if opened >= 0 else 1
        if re.fullmatch(r"[’']", punct):
            return 1
        return 2 if len(plain) >= 2 else 1
    if plain == "al" and text[max(0, at - 5) : at].endswith("et al"):
        return 2
    if len(plain) < 3 or not plain.isalpha():
        return 1 if len(plain) >= 2 else 0
    if not plain.islower():
        return 2 if re.search(r"[a-z]{5,}$", plain) else 1
    if plain in NO_MARK_AFTER:
        return 0
    if re.fullmatch(UNITS, plain) and not plain.endswith(("ays", "eeks", "onths", "ears", "ours", "utes", "onds")):
        return 1 if len(plain) > 3 else 0
    if plain in COUNTED_WORDS or plain in NUMBERED_NAMES or len(plain) < 4:
        return 1
    return 2


def _follow_series(glued: Sequence[re.Match[str]]) -> int:
    """Return how many glued numbers continue the series of numbers seen before them."""
    highest, count = 0, 0
    for match in glued:
        numbers = expand_numbers(match["numbers"])
        if 0 < numbers[0] <= highest + 12:
            count += 1
            highest = max(highest, *(n for n in numbers if n <= highest + 60), 0)
    return count


def _estimate_limit(numbers: Sequence[int]) -> int:
    """Return the highest number that a list of cited numbers, which leaves few gaps, makes believable."""
    limit = 0
    for number in sorted(set(numbers)):
        if 0 < number - limit <= 12 + limit // 3:
            limit = number
    return limit + 10 if limit else 0


def _rises(firsts: Sequence[int]) -> bool:
    """Whether numbers appear in about the order of a reference list: most new ones are the next."""
    highest, steps, jumps = 0, 0, 0
    for number in firsts:
        if number > highest:
            steps += number - highest <= 3
            jumps += number - highest > 3
            highest = number
    return highest >= 5 and steps >= 4 and steps > 2 * jumps


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"(?:1[89]|20)\d\d[a-z]?", text.strip()))


def _widen(text: str, start: int, end: int, floor: int) -> tuple[int, int]:
    """Take the white space before a mark along, so that no double space or space before a point is left."""
    low = start
    while low > floor and text[low - 1] == " ":
        low -= 1
    if low == 0:
        while end < len(text) and text[end] == " ":
            end += 1
        return low, end
    following = text[end : end + 1]
    if low < start and following and (following.isalnum() or following in "([“‘\"'"):
        # "(3) showed" after "in": one space must stay; without any after the mark, the one before does.
        low = start
    return low, end
