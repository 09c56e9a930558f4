"""The small spaCy component of the `en_litclaims` pipeline that keeps the sentences it is given."""

from __future__ import annotations

import numpy
from spacy.language import Language
from spacy.tokens import Doc


@Language.component("litclaims_sentence_keeper")  # type: ignore[untyped-decorator]
def keep_sentences(doc: Doc) -> Doc:
    """Fix the sentence boundaries before the parser runs, so that it adds none.

    Boundaries already set are kept and every other token is marked as inside a sentence; a document without any is
    one sentence.
    """
    if not len(doc):
        return doc
    starts = doc.to_array(["SENT_START"]).astype("int64")  # set at once: spaCy scans the document for each single one
    marks = numpy.where(starts == 1, 1, -1)
    marks[0] = 1
    return doc.from_array(["SENT_START"], marks.astype("uint64"))
