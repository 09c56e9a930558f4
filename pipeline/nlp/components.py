"""The small spaCy component of the `en_litclaims` pipeline that keeps the sentences it is given."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("litclaims_sentence_keeper")  # type: ignore[untyped-decorator]
def keep_sentences(doc: Doc) -> Doc:
    """Fix the sentence boundaries before the parser runs, so that it adds none.

    Boundaries already set are kept and every other token is marked as inside a sentence; a document without any is
    one sentence.
    """
    for token in doc:
        token.is_sent_start = token.i == 0 or token.is_sent_start is True
    return doc
