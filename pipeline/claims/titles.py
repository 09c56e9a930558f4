"""Where in the document a sentence stands: its section, and whether it is the title."""

from __future__ import annotations

from pipeline.claims.scene import Scene
from pipeline.model import Document


def section_kind(document: Document, scene: Scene) -> str:
    """Return the kind of the section a sentence stands in; "body" where the document has none."""
    sentence = document.sentences[scene.index]
    return document.sections[sentence.section].kind if document.sections else "body"


def is_title(scene: Scene) -> bool:
    """Whether a sentence is the document's title, or its first where no section is the title."""
    kinds = {section.kind for section in scene.document.sections}
    return section_kind(scene.document, scene) == "title" or (scene.span.start == 0 and "title" not in kinds)
