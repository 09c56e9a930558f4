"""Small spaCy components of the `en_litclaims` pipeline: what keeps its recognisers and its parser apart.

spaCy's entity recognisers all write `doc.ents` and treat what stands there as fixed, so each is followed by a
component that moves its entities to a span group of their own; overlap between groups is then allowed.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup


@dataclass(frozen=True, slots=True)
class EntityShelf:
    """Moves `doc.ents` to `doc.spans[key]` and leaves the document without entities, each token's state unknown."""

    key: str

    def __call__(self, doc: Doc) -> Doc:
        """Move the entities of one document, in text order."""
        doc.spans[self.key] = SpanGroup(doc, name=self.key, spans=sorted(doc.ents, key=lambda span: span.start))
        doc.set_ents([], default="missing")
        return doc


@Language.factory("litclaims_entity_shelf", default_config={"key": "entities"})  # type: ignore[untyped-decorator]
def create_entity_shelf(nlp: Language, name: str, key: str) -> EntityShelf:
    """Return the component that moves entities to `doc.spans[key]`."""
    return EntityShelf(key)


@Language.component("litclaims_sentence_keeper")  # type: ignore[untyped-decorator]
def keep_sentences(doc: Doc) -> Doc:
    """Fix the sentence boundaries before the parser runs, so that it adds none.

    Boundaries already set are kept and every other token is marked as inside a sentence; a document without any is
    one sentence.
    """
    for token in doc:
        token.is_sent_start = token.i == 0 or token.is_sent_start is True
    return doc
