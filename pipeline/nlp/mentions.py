"""Named mentions of the running text: vocabulary, grammar and model put together.

Quantities are found a layer above; outcomes are what claims measure and are added where claims are found.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipeline.model import Document, Label, Mention, Span
from pipeline.nlp.administration import words_say_given
from pipeline.nlp.aliases import spread_aliases
from pipeline.nlp.candidates import Candidate, choose, drop_nested, drop_redefined, labels_by_place
from pipeline.nlp.class_members import NamedPlace, find_listed
from pipeline.nlp.drug_classes import BY_ACTION, find_classes, name_analogs
from pipeline.nlp.extracts import find_extracts
from pipeline.nlp.given_names import find_given_names
from pipeline.nlp.isomers import widen_isomer
from pipeline.nlp.language import ModelMatch, Parse
from pipeline.nlp.linking import is_one_edit_away, link_mention, list_near
from pipeline.nlp.organisms import find_short_names, is_latin_name, is_plant_matter, list_plants
from pipeline.nlp.people import find_animal_attributes
from pipeline.nlp.route_places import is_place
from pipeline.nlp.strains import find_strains
from pipeline.nlp.substance_forms import COLOURS, find_code_names, find_stem_names, has_drug_stem, list_reagents
from pipeline.nlp.vocabulary import Vocabulary, VocabularyMatch
from pipeline.nlp.vocabulary_names import fold_name

_NAMED: tuple[Label, ...] = ("CHEMICAL", "DISEASE", "SPECIES", "POPULATION", "STRAIN", "SEX", "ROUTE", "GENE")
_GENOTYPE = re.compile(
    r"(?<![\w-])[A-Za-z][\w]*[0-9A-Z][\w]*[-–](?:deficient|null|mutant|knock-?out|transgenic|haploinsufficient)(?= )"
)
_NO_DRUG = re.compile(r"\bvirus\b|\bherpesvirus|\bbacteri|\breceptor$", re.IGNORECASE)
# Endings of international nonproprietary names (WHO stems), for drugs that no vocabulary has yet.
_STEREO = re.compile(r"^(?:\([+/±−-]{1,3}\)|\((?:rac|[RSEZ](?:,[RSEZ])*)\)|dl|rac)-", re.IGNORECASE)
_MANKIND = re.compile(r"\b(?:and|by|for|from|in|of|on|or|than|to|with)\s+$", re.IGNORECASE)
_RADICAL = re.compile(r"(?:\bnon|[a-z]{3,}(?:yl|oxy|amino|hydro|thio|oxo|fluoro|chloro|bromo))-$", re.IGNORECASE)
_TRIM = " \t\n.,;:()[]{}\"'“”‘’"


def find_mentions(document: Document, parse: Parse, *, vocabulary: Vocabulary) -> tuple[Mention, ...]:
    """Return the named mentions of the running text, sorted by clean place; within one label none overlap."""
    text = document.clean.text
    abbreviations = {item.short: item.long for item in document.abbreviations}
    candidates: list[Candidate] = []
    for sentence in parse.sentences:
        if not sentence.tokens:
            continue
        base = sentence.clean.start
        piece = text[base : sentence.clean.end]
        tokens = [(token.start - base, token.end - base) for token in sentence.tokens]
        candidates.extend(_from_vocabulary(base, piece, vocabulary.find(piece, tokens)))
        candidates.extend(_from_strains(base, piece))
        candidates.extend(find_classes(base, piece, vocabulary))
    named = {(c.start, c.end): c for c in candidates}
    known = labels_by_place(candidates)
    for match in parse.matches:
        candidate = _from_model(text, match, known, vocabulary, abbreviations)
        if candidate is not None:
            candidates.append(candidate)
    candidates = drop_redefined(document, candidates, kept=list_reagents())
    candidates.extend(_from_abbreviations(document, named, vocabulary))
    candidates.extend(_from_short_names(text, candidates))
    candidates.extend(Candidate(*place, "CHEMICAL", None, frozenset(), 1) for place in find_extracts(text))
    known = labels_by_place(candidates)
    for place in find_given_names(text, known, abbreviations=abbreviations):
        candidates.append(Candidate(*place, "CHEMICAL", None, frozenset(), 1))
    for place in find_code_names(text, known):
        candidates.append(Candidate(*place, "CHEMICAL", None, frozenset({"unlinked"}), 1))
    for start, end in find_stem_names(text, known):
        concept = link_mention(text[start:end], "CHEMICAL", vocabulary, abbreviations=abbreviations)
        candidates.append(Candidate(start, end, "CHEMICAL", concept, frozenset(), 1))
    candidates = [c for c in candidates if c.label != "CHEMICAL" or not _is_fragment(text, c.start, c.end)]
    candidates = [widen_isomer(text, c, vocabulary) for c in candidates if not _is_organism(c, vocabulary)]
    candidates = spread_aliases(text, candidates)
    listed = _from_lists(text, parse, candidates, vocabulary)
    candidates.extend(candidate for candidate in listed if candidate.weight)
    supported = {(m.start, m.end) for m in parse.matches if m.label == "CHEMICAL"}
    supported |= {(c.start, c.end) for c in listed}
    candidates = [name_analogs(c, candidates, vocabulary) for c in candidates]
    organisms = {(c.start, c.end) for c in candidates if c.label == "SPECIES" and not _is_plant(c)}
    candidates = [c for c in candidates if c.label not in ("CHEMICAL", "GENE") or (c.start, c.end) not in organisms]
    people = [(c.start, c.end) for c in candidates if c.label == "POPULATION" and c.concept is not None]
    attributes = find_animal_attributes(text, people, organisms)
    candidates = [c for c in candidates if c.label != "POPULATION" or (c.start, c.end) not in attributes]
    candidates = _settle_hormones(text, [_clear_endogenous(c, vocabulary) for c in candidates])
    kept = drop_nested([c for c in candidates if not _is_doubtful(c, supported, text)])
    mentions = []
    for label in _NAMED:
        for chosen in choose(c for c in kept if c.label == label):
            mention = _ground(document, chosen)
            if mention is not None:
                mentions.append(mention)
    named_as_written = _name_as_written(mentions)
    return tuple(sorted(named_as_written, key=lambda m: (m.clean.start if m.clean else 0, m.span.end, m.label)))


def _from_vocabulary(base: int, piece: str, matches: Iterable[VocabularyMatch]) -> list[Candidate]:
    found = []
    for match in matches:
        if match.label == "SPECIES" and match.concept is not None and match.concept.id in list_plants():
            if is_plant_matter(piece, match.start, match.end, sentence=piece):
                continue
        label = next((name for name in _NAMED if name == match.label), None)
        is_both = match.concept is not None and match.concept.name == "both"
        if label == "SEX" and is_both and match.end - match.start == 4:
            continue  # "both" without "sexes"
        if label == "ROUTE" and is_place(piece, match.start, match.end):
            continue
        if label == "SEX" and piece[match.start : match.end] == "man" and _MANKIND.search(piece[: match.start]):
            continue  # "in rats and in man" means people
        if label == "CHEMICAL" and match.concept is not None and _NO_DRUG.search(match.concept.name):
            continue
        if label == "CHEMICAL" and piece[match.start : match.end].startswith(("a ", "an ", "the ")):
            continue
        if label is not None:
            found.append(Candidate(base + match.start, base + match.end, label, match.concept, match.flags, 2))
    return found


def _is_organism(candidate: Candidate, vocabulary: Vocabulary) -> bool:
    """Whether a substance of the vocabulary is an organism that extracts are made of, and no plant."""
    if candidate.label != "CHEMICAL" or candidate.concept is None:
        return False
    taxa = vocabulary.lookup(candidate.concept.name, label="SPECIES")
    return bool(taxa) and not any(taxon.id in list_plants() for taxon in taxa)


def _is_fragment(text: str, start: int, end: int) -> bool:
    """Whether a substance's name is only a part of another's: "non-steroid", "4-DAMP", "phenylacetoxy-N-methyl…"."""
    before = text[max(0, start - 24) : start]
    code = end - start <= 5 and text[start:end].isupper() and re.search(r"(?<!\w)\d-$", before)
    return bool(code or _RADICAL.search(before))


def _from_strains(base: int, piece: str) -> list[Candidate]:
    spans = [*find_strains(piece), *(match.span() for match in _GENOTYPE.finditer(piece))]
    return [Candidate(base + start, base + end, "STRAIN", None, frozenset(), 3) for start, end in spans]


def _from_model(
    text: str,
    match: ModelMatch,
    known: Mapping[int, set[str]],
    vocabulary: Vocabulary,
    abbreviations: Mapping[str, str],
) -> Candidate | None:
    start, end = match.start, match.end
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    surface = text[start:end]
    if end - start < 3 or not any(character.isalpha() for character in surface):
        return None
    there = set[str]().union(*(known.get(offset, set()) for offset in range(start, end)))
    if match.label == "CHEMICAL":
        if there & {"GENE", "SPECIES", "STRAIN", "DISEASE", "ROUTE", "POPULATION", "SEX"} and "CHEMICAL" not in there:
            return None
        if "CHEMICAL" in there or surface.lower() in COLOURS:
            return None
        concept = link_mention(surface, "CHEMICAL", vocabulary, abbreviations=abbreviations)
        if concept is None and not has_drug_stem(surface):
            if len(surface) == 3 and surface.islower():
                return None  # "pen", "gel"
            return Candidate(start, end, "CHEMICAL", None, frozenset({"unlinked"}), 1)
        return Candidate(start, end, "CHEMICAL", concept, vocabulary.lookup_flags(surface, label="CHEMICAL"), 1)
    if match.label == "DISEASE":
        concept = link_mention(surface, "DISEASE", vocabulary, abbreviations=abbreviations)
        opens_sentence = start == 0 or text[start - 1] == "\n" or text[max(0, start - 2) : start] in (". ", ": ")
        if concept is None and (there & {"GENE", "CHEMICAL"} or (" " not in surface and opens_sentence)):
            return None
        return Candidate(start, end, "DISEASE", concept, frozenset(), 1)
    if match.label == "SPECIES" and not there:
        concept = link_mention(surface, "SPECIES", vocabulary, abbreviations=abbreviations)
        if concept is None and not is_latin_name(surface):
            return None
        flags = frozenset[str]() if concept is not None else frozenset({"unlinked"})
        return Candidate(start, end, "SPECIES", concept, flags, 1)
    return None


def _is_plant(candidate: Candidate) -> bool:
    return candidate.concept is not None and candidate.concept.id in list_plants()


def _from_short_names(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """Find the species that the document names in full where their genus is cut to its initial."""
    named = [(text[c.start : c.end], c.concept) for c in candidates if c.label == "SPECIES"]
    return [
        Candidate(start, end, "SPECIES", concept, frozenset() if concept is not None else frozenset({"unlinked"}), 3)
        for start, end, concept in find_short_names(text, named)
    ]


def _from_abbreviations(
    document: Document, named: Mapping[tuple[int, int], Candidate], vocabulary: Vocabulary
) -> list[Candidate]:
    """Find the document's own short forms whose long form is a known substance, disease or species."""
    text = document.clean.text
    found = []
    for short, long in dict.fromkeys((item.short, item.long) for item in document.abbreviations):
        for label in ("CHEMICAL", "DISEASE", "SPECIES", "GENE"):
            concepts = vocabulary.lookup(long, label=label)
            if not concepts or (label == "CHEMICAL" and _NO_DRUG.search(concepts[0].name + " " + long)):
                continue
            flags = vocabulary.lookup_flags(long, label=label)
            concept = replace(concepts[0], reason="abbreviation") if short != long else concepts[0]
            for match in re.finditer(rf"(?<!\w){re.escape(short)}(?!\w)", text):
                found.append(Candidate(match.start(), match.end(), label, concept, flags, 3))
            break
    return found


def _from_lists(text: str, parse: Parse, candidates: list[Candidate], vocabulary: Vocabulary) -> list[Candidate]:
    """Return what is listed among substances: names known already, of no weight, and words no vocabulary has.

    A word that is given as an example of a class is a substance; in any other list it must be a drug misspelt.
    """
    taken = labels_by_place(candidates)
    substances = [c for c in candidates if c.label == "CHEMICAL" and not {"endogenous", "unlinked"} & c.flags]
    starts = sorted((c.start, c.end, position) for position, c in enumerate(substances))
    found: dict[tuple[int, int], Candidate] = {}
    for sentence in parse.sentences:
        low = bisect_left(starts, (sentence.clean.start, 0, 0))
        high = bisect_left(starts, (sentence.clean.end, 0, 0))
        named = [substances[position] for _, _, position in starts[low:high]]
        places = [NamedPlace(c.start, c.end, c.concept, "class" in c.flags) for c in named]
        for item in find_listed(text, sentence.tokens, places, taken=taken):
            place = (item.start, item.end)
            if item.known:
                found[place] = Candidate(*place, "CHEMICAL", None, frozenset(), 0)
                continue
            words = fold_name(text[item.start : item.end])
            near = list_near(words, "CHEMICAL", vocabulary)
            near = tuple(concept for concept in near if is_one_edit_away(words, fold_name(concept.name)))
            if item.group is None and len(near) != 1:
                continue
            concept = near[0] if len(near) == 1 else None
            group = item.group.concept if item.group is not None else None
            classes = (replace(group, reason="class"),) if group is not None and group.id else ()
            found[place] = Candidate(*place, "CHEMICAL", concept, frozenset(), 1, near + classes if not concept else ())
    return list(found.values())


def _is_doubtful(candidate: Candidate, supported: set[tuple[int, int]], text: str) -> bool:
    """A vocabulary's short or ambiguous substance name counts only where the model sees a substance too."""
    if candidate.label != "CHEMICAL" or candidate.weight != 2:
        return False
    code = re.fullmatch(r"[A-Z]\d{1,4}", text[candidate.start : candidate.end])
    if "ambiguous" not in candidate.flags and code is None:
        return False
    return not any(start < candidate.end and candidate.start < end for start, end in supported)


def _clear_endogenous(candidate: Candidate, vocabulary: Vocabulary) -> Candidate:
    """Drop "endogenous" from a spelling whose concept is a drug by its preferred name ("cyclosporin A")."""
    if candidate.label != "CHEMICAL" or candidate.concept is None or "endogenous" not in candidate.flags:
        return candidate
    name = candidate.concept.name
    preferred = vocabulary.lookup_flags(name, label="CHEMICAL") if vocabulary.lookup(name, label="CHEMICAL") else None
    if preferred is None or "endogenous" in preferred:
        return candidate
    return replace(candidate, flags=candidate.flags - {"endogenous"})


def _settle_hormones(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """Read a name that is both a substance and a gene product ("insulin") as the one where given, else as the other."""
    genes = {(c.start, c.end) for c in candidates if c.label == "GENE"}
    both = {(c.start, c.end) for c in candidates if c.label == "CHEMICAL" and (c.start, c.end) in genes}
    given = {
        place
        for place in both
        if words_say_given(text[max(0, place[0] - 60) : place[0]], text[place[1] : place[1] + 40])
    }
    reagents = {(c.start, c.end) for c in candidates if c.concept is not None and c.concept.id in list_reagents()}
    kept = []
    for candidate in candidates:
        place = (candidate.start, candidate.end)
        if place in both and "class" not in candidate.flags:
            doubtful = bool({"endogenous", "gene_like", "unlinked"} & candidate.flags)
            if candidate.label == "CHEMICAL" and place not in given | reagents and doubtful:
                continue
            if candidate.label == "GENE" and place in reagents:
                continue
            if candidate.label == "GENE" and place in given:
                continue
        kept.append(candidate)
    return kept


def _name_as_written(mentions: list[Mention]) -> list[Mention]:
    """Give each substance the generic name that the document uses most, such as "rapamycin" for sirolimus.

    Generic names are written in lower case; brand names and codes are not, and keep the vocabulary's preferred name, of
    which a stereochemical prefix that the document does not write is dropped.
    """
    written: dict[str, Counter[str]] = {}
    for mention in mentions:
        if mention.label == "CHEMICAL" and mention.concept is not None and len(mention.text) >= 5:
            words = " ".join(mention.text.split())
            if "\n" not in mention.text and words == words.lower() and "class" not in mention.flags:
                written.setdefault(mention.concept.id, Counter())[words] += 1
    names = {key: min(counts, key=lambda word: (-counts[word], word)) for key, counts in written.items()}
    renamed = []
    for mention in mentions:
        if mention.label != "CHEMICAL" or mention.concept is None or "class" in mention.flags:
            renamed.append(mention)
            continue
        preferred = _STEREO.sub("", mention.concept.name)
        renamed.append(replace(mention, name=names.get(mention.concept.id, preferred)))
    return renamed


def _singular(name: str) -> str:
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


def _ground(document: Document, candidate: Candidate) -> Mention | None:
    spans = document.clean.to_source(candidate.start, candidate.end)
    if len(spans) != 1:
        return None
    name = candidate.concept.name if candidate.concept else None
    if "class" in candidate.flags and (candidate.concept is None or candidate.weight == BY_ACTION):
        name = _singular(" ".join(document.clean.text[candidate.start : candidate.end].replace("-", " ").split()))
    mention = Mention(
        label=candidate.label,
        span=spans[0],
        text=document.quote(spans[0]),
        clean=Span(candidate.start, candidate.end),
        concept=candidate.concept,
        name=name,
        flags=tuple(sorted(candidate.flags)),
        candidates=candidate.suggestions if candidate.concept is None else (),
    )
    if mention.label == "CHEMICAL" and not {"endogenous", "unlinked"} & candidate.flags:
        return replace(mention, role="drug")
    return mention
