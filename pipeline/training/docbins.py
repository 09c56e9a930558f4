"""Turns corpus records into spaCy training files, tokenised by our tokenizer."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, DocBin, SpanGroup
from spacy.util import filter_spans

from pipeline.training.mention_corpora import keep_longest
from pipeline.training.records import AnnotatedText, LabelledSpan, ParsedSentence
from pipeline.training.trees import project_tree

_SENTENCE_END: Final = re.compile(r"\n+|(?<=[a-z0-9)\]%][.!?])\s+(?=[A-Z0-9(])")


def build_tree_docs(nlp: Language, sentences: Iterable[ParsedSentence]) -> Iterator[Doc]:
    """Yield one document a sentence with tags, lemmas and tree, without those whose tree breaks on our tokens."""
    for sentence in sentences:
        bare = nlp.tokenizer(sentence.text)
        if not len(bare) or any(token.is_space for token in bare):
            continue
        projected = project_tree(sentence, [(token.idx, token.idx + len(token)) for token in bare])
        if not _is_tree(projected.heads):
            continue
        yield Doc(
            nlp.vocab,
            words=[token.text for token in bare],
            spaces=[bool(token.whitespace_) for token in bare],
            tags=list(projected.tags),
            lemmas=list(projected.lemmas),
            heads=list(projected.heads),
            deps=list(projected.deps),
        )


def build_span_docs(nlp: Language, texts: Iterable[AnnotatedText], labels: Iterable[str]) -> Iterator[Doc]:
    """Yield documents with a span group for each of the labels, empty where the text has no such mention.

    The longest of overlapping mentions of one label is kept; one off token boundaries widens to whole tokens.
    """
    known = sorted(labels)
    for record in texts:
        doc = nlp.tokenizer(record.text)
        for label in known:
            wanted = keep_longest(span for span in record.spans if span.label == label)
            spans = [doc.char_span(span.start, span.end, label=label, alignment_mode="expand") for span in wanted]
            kept = filter_spans(span for span in spans if span is not None)
            doc.spans[label] = SpanGroup(doc, name=label, spans=sorted(kept, key=lambda span: span.start))
        yield doc


def cut_passages(texts: Iterable[AnnotatedText], *, most: int, seed: int) -> Iterator[AnnotatedText]:
    """Yield each text in passages of one to `most` sentences, so that the models see starts and ends as at run time.

    Sentences end roughly, at a full stop before a capital, and never inside a mention.
    """
    chooser = random.Random(seed)
    for record in texts:
        cuts = [0]
        for match in _SENTENCE_END.finditer(record.text):
            if not any(span.start < match.end() and match.start() < span.end for span in record.spans):
                cuts.append(match.end())
        cuts.append(len(record.text))
        place = 0
        while place < len(cuts) - 1:
            stop = min(place + chooser.randint(1, most), len(cuts) - 1)
            start, end = cuts[place], cuts[stop]
            text = record.text[start:end].rstrip()
            spans = tuple(
                LabelledSpan(span.start - start, span.end - start, span.label)
                for span in record.spans
                if start <= span.start and span.end <= start + len(text)
            )
            if text.strip():
                yield AnnotatedText(f"{record.key}-{start}", text, spans)
            place = stop


def pack(docs: Iterable[Doc]) -> DocBin:
    """Return the documents as a spaCy training file."""
    return DocBin(docs=docs, store_user_data=False)


def _is_tree(heads: tuple[int, ...]) -> bool:
    """Tell whether every token reaches the one root."""
    roots = [index for index, head in enumerate(heads) if head == index]
    if len(roots) != 1:
        return False
    for index in range(len(heads)):
        node, steps = index, 0
        while heads[node] != node and steps <= len(heads):
            node, steps = heads[node], steps + 1
        if node != roots[0]:
            return False
    return True
