"""A table's arms taken together: which one the others are compared with, and what each of the others was given.

A label alone often says neither: "HFD", "AE100", "T2". The notes name the comparator ("vs. the HFD group"), the model's
own arm is known by its name, and what was given by the words of a substance, by the doses beside it, or because notes,
caption, title or text say so of its code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.tables.context import TableContext
from pipeline.tables.described import name_substance
from pipeline.tables.explained_codes import CODE, find_explained
from pipeline.tables.labels import CONTROL, HEALTHY, ArmLabel
from pipeline.tables.model_arms import is_challenged, is_short_model
from pipeline.tables.naming import FoundName
from pipeline.tables.pairing import is_carrier, pair_arms
from pipeline.tables.respective_lists import read_respective
from pipeline.tables.result_lexicon import CODED_CONTROL, MODEL, MODEL_ARM, NO_DRUG, NORMAL_ARM, SUBSTANCE_LABEL
from pipeline.tables.studied import JOINER, SIZE, find_given, is_inducer
from pipeline.tables.texts import CellText
from pipeline.tables.values import read_doses

_MOST = 24
"""More arms than these are a list."""
_AGAINST = re.compile(
    r"(?:\bvs\.?|\bversus|\bcompared (?:with|to)|\bdiffer\w* (?:significantly )?from|\bdifference\w* (?:from|to)"
    r"|\brelative to|\bagainst|\bcomparison (?:with|to)|\bthan)\s+(?:the |that of (?:the )?)?"
    r"(?P<who>[^;,]{1,50}?)(?=\s?(?:[;,)]|\.(?!\d)|\band\b|\bat\b|\bin\b|$))",
    re.IGNORECASE,
)
_TESTED = re.compile(r"\bp\s?[<≤=]|\bsignifican\w+ (?:different|difference|compared|from)|[*†#]", re.IGNORECASE)
"""Words of a caption that tell of tests; "A versus B" alone does not say which is the reference."""
_SIGN = re.compile(r"\s*\(\s?(?P<sign>[+−–-])[^()]{0,14}\)\s*$")
_UNTREATED = re.compile(
    r"\b(?:without|unmedicated|unsupplemented|untreated)\b(?!.*\b(?:into which|plus|with)\b)"
    r"|^(?:(?:basal|standard|control) (?:diet|feed|ration)|water)(?: group| only| alone)?$",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\b(?:alone|only|per se)\b", re.IGNORECASE)
_GROUP_NUMBER = re.compile(r"\(?\b(?:group|gr\.?)[\s-]?(?:[IVX]+|[A-H]|\d+)\b\)?\s?[:.-]?", re.IGNORECASE)
_NO_NAME = re.compile(
    r"^\W*(?:groups?|gr|arm|cohort|low\w*|high\w*|med(?:ium)?|middle|mid|male|female|dos(?:e|ed|age)|day|week|month|treat\w*|test"
    r"|experiment\w*|standard|reference|positive|negative|young|old|aged|adult|satellite|recovery|rats?|mice|mouse|WT|KO|total"
    r"|mean|unit|batch|sample|trial|phase|period|before|after|initial|final|SEM?|SD|n)\b",
    re.IGNORECASE,
)
"""First words of labels that name no substance, whatever dose stands beside them."""
_FILLER = re.compile(
    r"\b(?:the|groups?|rats?|mice|animals?|corresponding|respective|values?|of|same|own|treated|arm|diet|fed|alone)\b",
    re.IGNORECASE,
)
_INDUCED = re.compile(
    r"\b(?:induced|model|diabetic|toxicity of|intoxicated|injur\w+|hyperlipid\w+|obes\w+)\b", re.IGNORECASE
)
_SPOKEN_OF = (
    r"(?i:\b(?:effects?|efficacy|impact|influence|activity|activities|role|toxicity|safety|administration|treatment"
    r"|supplementation|evaluation|assessment|potential)\b)[^.;]{0,60}?(?<![\w-])%s(?![\w-])"
)
_SAID_GIVEN = (
    r"(?i:\b(?:treated|administered|given|fed|supplemented|received|receiving|injected|gavaged|treatment|administration"
    r"|doses?))\s(?:orally\s|daily\s)?(?:with\s|of\s)?(?:[\w-]+\s){0,3}%s(?![\w-])|(?<![\w-])%s\s?\(?(?:at\s)?\d+(?:\.\d+)?\s?"
    r"(?:[mµμn]?g|[mµμ]?l|[mµμ]?mol|ppm|%%|IU)\b"
)
_CUT = re.compile(r".*\b(?:with|contain(?:s|ing)?|of|plus|received|and|diet|group)\b\s|.*[+&]\s?", re.IGNORECASE)
_NOUN_PHRASE = re.compile(rf"(?:[A-Za-z][\w.'-]*\s){{0,5}}{SUBSTANCE_LABEL.pattern}", re.IGNORECASE)


def settle_arms(
    context: TableContext, labels: Sequence[ArmLabel | None], *, dosed: Sequence[bool] = ()
) -> list[ArmLabel | None]:
    """Return the labels with their roles, drugs and comparator as the whole set tells them.

    They come back as they are where nothing tells which arm the others are compared with.

    Args:
        labels: of columns or rows that may be arms; ``dosed``: whether a row gives a dose beside the label.
    """
    if not 2 <= len({label.text.text for label in labels if label is not None}) <= _MOST:
        return list(labels)
    signs = [None if label is None else _read_sign(label) for label in labels]
    if {"+", "-"} == {sign for sign, label in zip(signs, labels, strict=True) if label is not None}:
        return _settle_signed(context, labels, signs, dosed)
    listed = _read_listed(context, labels)
    explained = [
        listed[at] if label is None or listed[at] is not label else _explain(context, label)
        for at, label in enumerate(labels)
    ]
    known = [label for label in explained if label is not None]
    challenged = {label.text.text: is_challenged(context, label) for label in known}
    ill = [label for label in known if label.role != "treated" and challenged[label.text.text]]
    treated = {challenged[label.text.text] for label in known if label.role == "treated"}
    if (ill or True in treated) and (len(ill) != 1 or False in treated):
        return list(labels)  # whom those with the challenge are compared with nothing says
    base = ill[0] if ill else _find_base(context, known)
    if base is None:
        return list(labels)
    firm = base if base.drugs or base.role == "control" else replace(base, role="control", control=_whole(base))
    pair = len(known) == 2 and _is_placebo(firm)
    given = [
        None if label is None else firm if label is base
        else _give(context, label, dosed=at < len(dosed) and dosed[at], pair=pair) for at, label in enumerate(explained)
    ]  # fmt: skip
    arms = [label for label in given if label is not None]
    crossed = bool(base.drugs) and any(base.names < label.names for label in arms)
    if crossed:
        return given
    return [label if label is None or label is firm else _aim(context, label, firm, arms) for label in given]


def _is_placebo(label: ArmLabel) -> bool:
    start, end = label.control or (0, 0)
    return label.text.text[start:end].lower() in ("placebo", "vehicle", "sham")


def _read_listed(context: TableContext, labels: Sequence[ArmLabel | None]) -> list[ArmLabel | None]:
    """Return plain codes as arms where a sentence lists them with their doses, as they are where none does."""
    codes = [label.text.text for label in labels if label is not None and label.role == "plain" and not label.drugs]
    found = read_respective(context, [code for code in dict.fromkeys(codes) if CODE.match(code)])
    if found is None:
        return list(labels)
    source, drug, amounts = found
    return [
        label if label is None or label.text.text not in amounts
        else replace(label, role="control", control=_whole(label)) if amounts[label.text.text] == 0
        else replace(label, role="treated", drugs=(replace(drug, start=0, end=len(label.text.text)),), source=source)
        for label in labels
    ]  # fmt: skip


def _settle_signed(
    context: TableContext, labels: Sequence[ArmLabel | None], signs: Sequence[str | None], dosed: Sequence[bool]
) -> list[ArmLabel | None]:
    """Return labels that all end in "(+)" or "(−)", with and without the model, settled among those of their sign."""
    settled = list(labels)
    for sign in ("+", "-"):
        places = [at for at, own in enumerate(signs) if own == sign]
        bare = [replace(label, text=_unsign(label)) for at in places if (label := labels[at]) is not None]
        part = settle_arms(context, bare, dosed=[at < len(dosed) and dosed[at] for at in places])
        arms = [label for label in part if label is not None]
        for at, label in zip(places, part, strict=True):
            whole = labels[at]
            if label is None or whole is None:
                continue
            found = pair_arms(context, label, arms) if label.drugs else None
            settled[at] = replace(label, text=whole.text, against=None if found is None else found[0].text)
    texts = {_unsign(label).offsets: label.text for label in labels if label is not None}
    return [
        label if label is None or label.against is None else replace(label, against=texts[label.against.offsets])
        for label in settled
    ]  # fmt: skip


def _read_sign(label: ArmLabel) -> str | None:
    match = _SIGN.search(label.text.text)
    return None if match is None else "+" if match["sign"] == "+" else "-"


def share_sign(label: ArmLabel, labels: Sequence[ArmLabel]) -> tuple[ArmLabel, ...]:
    """Return the labels that end in the same sign as a label does, all where it has none."""
    sign = _read_sign(label)
    return tuple(labels) if sign is None else tuple(other for other in labels if _read_sign(other) == sign)


def _unsign(label: ArmLabel) -> CellText:
    match = _SIGN.search(label.text.text)
    return label.text if match is None else label.text.part(0, match.start())


def _whole(label: ArmLabel) -> tuple[int, int]:
    return 0, len(label.text.text)


def _aim(context: TableContext, label: ArmLabel, base: ArmLabel, arms: Sequence[ArmLabel]) -> ArmLabel:
    """Return a treated label with the comparator that the set gives it, where its own words lead to none or past it."""
    if label.role != "treated" or not label.names - base.names or _is_model(context, label):
        return label
    plain = [arm for arm in arms if arm.role in ("control", "healthy") and not arm.drugs and arm is not base]
    if _is_model(context, base) and _stands_without(label, base, arms):
        return replace(label, against=plain[0].text) if len(plain) == 1 else replace(label, role="plain", drugs=())
    found = pair_arms(context, label, arms)
    past = found is not None and found[0] is not base and found[0].role in ("control", "healthy") and not found[0].drugs
    joined = _count_active(label) > max(1, len(label.drugs)) or (past and JOINER.search(label.text.text) is not None)
    if joined and (found is not None or label.source in ("header", "row")):
        return label
    if _ALONE.search(label.text.text) and _is_model(context, base):
        return replace(label, against=plain[0].text) if len(plain) == 1 else label
    return replace(label, against=base.text) if found is None or past else label


def _stands_without(label: ArmLabel, base: ArmLabel, arms: Sequence[ArmLabel]) -> bool:
    """Whether a drug was given without the model: "Quercetin" beside "HFD" and "HFD + quercetin"."""
    model = _words(base.text.text)
    if not model or model <= _words(label.text.text):
        return False
    return any(
        arm is not label and arm.role == "treated" and arm.names & label.names and model <= _words(arm.text.text)
        for arm in arms
    )


def _count_active(label: ArmLabel) -> int:
    """Return how many things a label joins that may have been given: of "diabetes + X" one."""
    return sum(bool(part.strip()) and not MODEL_ARM.match(part) for part in JOINER.split(label.text.text))


def _find_base(context: TableContext, labels: Sequence[ArmLabel]) -> ArmLabel | None:
    """Return the arm that the treated ones are compared with: whom the notes name, the model's own, the one control."""
    named = _find_referred(context, labels)
    referred = [
        label for label in named
        if label.role != "healthy" and not NORMAL_ARM.match(label.text.text)
        and (not label.drugs or _is_model(context, label))
    ]  # fmt: skip
    if len(referred) == 1:
        return referred[0]
    models = [label for label in labels if _is_model(context, label)]
    if models:
        return models[0] if len(models) == 1 else None
    words = f"{context.typed.caption.text} {context.title().text}"
    if len(named) == 1 and named[0].role == "healthy" and not named[0].drugs and not _INDUCED.search(words):
        return named[0]
    controls = [label for label in labels if label.role == "control"]
    if controls:
        return controls[0] if len(controls) == 1 else None
    healthy = [label for label in labels if label.role == "healthy"]
    return healthy[0] if len(healthy) == 1 and not _INDUCED.search(words) else None


def _is_model(context: TableContext, label: ArmLabel) -> bool:
    """Whether a label names the untreated arm of a model: "HFD group", "Diabetic control", "CCl4"."""
    text = SIZE.sub("", label.text.text).strip()
    if label.drugs:
        parts = [part for part in JOINER.split(text) if part.strip() and not is_carrier(context, part)]
        alone = len(parts) <= len(label.drugs) and not SUBSTANCE_LABEL.search(text)
        return alone and all(is_inducer(context, drug) for drug in label.drugs)
    if label.role == "healthy":
        return False
    return (
        MODEL_ARM.match(text) is not None
        or is_short_model(context, text)
        or (label.role == "control" and MODEL.search(text) is not None)
    )


def _find_referred(context: TableContext, labels: Sequence[ArmLabel]) -> list[ArmLabel]:
    """Return the arms that the notes say others were compared with, each named by words of its own label alone."""
    found: list[ArmLabel] = []
    caption = context.typed.caption
    tested = (caption,) if _TESTED.search(caption.text) else ()
    for text in (*context.notes.legend, *tested):
        for match in _AGAINST.finditer(text.text):
            label = _match_label(match["who"], labels)
            if label is not None and not any(label is other for other in found):
                found.append(label)
    return found


def _match_label(phrase: str, labels: Sequence[ArmLabel]) -> ArmLabel | None:
    said = _words(phrase)
    if not said:
        return None
    same = [label for label in labels if _words(SIZE.sub("", label.text.text)) == said]
    if len(same) == 1:
        return same[0]
    shared = [len(said & _words(SIZE.sub("", label.text.text))) for label in labels]
    best = max(shared, default=0)
    return labels[shared.index(best)] if best and shared.count(best) == 1 else None


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", _FILLER.sub(" ", text.lower())))


def _explain(context: TableContext, label: ArmLabel) -> ArmLabel:
    """Return a plain code with what notes, caption or text say that it stands for."""
    match = CODE.match(label.text.text)
    if label.role != "plain" or match is None or MODEL_ARM.match(label.text.text):
        return label
    found = find_explained(context, match["code"])
    if found is None:
        short = CODED_CONTROL.match(label.text.text)
        return label if short is None else replace(label, role="control", control=_whole(label))
    source, meaning = found
    if _UNTREATED.search(meaning.text):
        return replace(label, role="control", control=_whole(label))
    drugs = tuple(
        replace(drug, start=0, end=len(label.text.text)) for drug in find_given(context, meaning)
        if not CONTROL.fullmatch(drug.text)
    )  # fmt: skip
    treating = tuple(drug for drug in drugs if not is_inducer(context, drug)) or drugs
    if drugs:
        return replace(label, role="treated", drugs=treating, source=source)
    name = _name_meaning(label, meaning)
    if name is not None:
        return replace(label, role="treated", drugs=(name,), source=source)
    if HEALTHY.search(meaning.text):
        return replace(label, role="healthy")
    if CONTROL.search(meaning.text):
        return replace(label, role="control", control=_whole(label))
    return label


def _name_meaning(label: ArmLabel, meaning: CellText) -> FoundName | None:
    """Return the substance that a meaning names: "high-fat diet + 2 % grape seed extract", "diabetic + JY-1"."""
    phrase = _NOUN_PHRASE.search(meaning.text)
    if phrase is not None:
        cut = _CUT.match(phrase.group())
        start = phrase.start() + (0 if cut is None else cut.end())
        name = meaning.part(start, phrase.end())
    else:
        parts = list(JOINER.finditer(meaning.text))
        if not parts:
            return None
        doses = read_doses(meaning.text[parts[-1].end() :])
        name = meaning.part(parts[-1].end(), parts[-1].end() + doses[0].start if doses else len(meaning.text))
        if not re.fullmatch(r"[A-Z][A-Za-z]{0,7}[\s-]?\d{0,5}\s?\(?", name.text):
            return None
    trimmed = re.match(r"[\s(]*(.*?)[\s(,]*$", name.text)
    name = name if trimmed is None else name.part(*trimmed.span(1))
    span = name.locate(0, len(name.text)) if name.text else None
    if span is None or NO_DRUG.search(name.text) or CONTROL.search(name.text):
        return None
    return FoundName(0, len(label.text.text), name.text, "CHEMICAL", None, span)


def _give(context: TableContext, label: ArmLabel, *, dosed: bool, pair: bool) -> ArmLabel:
    """Return a plain label as that of an arm that was given what it names, where something says that this was given.

    ``dosed`` says that its row gives a dose, ``pair`` that it stands alone beside a placebo.
    """
    text = _GROUP_NUMBER.sub("", SIZE.sub("", label.text.text)).strip()
    if label.role != "plain" or MODEL_ARM.match(text) or NORMAL_ARM.match(text) or NO_DRUG.search(text):
        return label
    if not text or _NO_NAME.match(text):
        return label
    name = name_substance(label.text) or _name_code(context, label, dosed or pair)
    return label if name is None else replace(label, role="treated", drugs=(name,))


def _name_code(context: TableContext, label: ArmLabel, dosed: bool) -> FoundName | None:
    """Return a code without its dose, where caption, title or text speak of giving it, or its row gives a dose."""
    match = re.match(
        r"(?P<name>[A-Z][A-Za-z-]{1,14}?(?P<number>[\s_-]?\d{1,4})?)(?=-?\d+(?:\.\d+)?\s?%|[\s(]+(?:group|arm|\d|\(|[nN]\s?=)|\s*$|_)",
        label.text.text,
    )
    if match is None or len(match["name"]) < 2:
        return None
    name = match["name"]
    letters = name[: len(name) - len(match["number"] or "")].rstrip("-_ ")
    if len(letters) > 1 and match["number"] and _says_given(context, letters):
        name = letters
    elif not (_says_given(context, name) or dosed):
        return None
    span = label.text.locate(0, len(name))
    return None if span is None else FoundName(0, len(name), name, "CHEMICAL", None, span)


def _says_given(context: TableContext, name: str) -> bool:
    """Whether caption, title or text speak of giving what a name stands for."""
    return context.remember(("says given", name), lambda: _find_saying(context, name))


def _find_saying(context: TableContext, name: str) -> bool:
    code = re.escape(name)
    for text in (context.typed.caption.text, context.title().text):
        aim = re.search(r"\son\s", text)
        head = text[: len(text) if aim is None else aim.start()]
        if name in head and re.search(_SPOKEN_OF % code, head):
            return True
    texts = (context.typed.caption.text, *(note.text for note in context.notes.legend), context.document.clean.text)
    return any(name in text and re.search(_SAID_GIVEN % (code, code), text) for text in texts)
