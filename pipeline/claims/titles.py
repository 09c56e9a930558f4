"""Where in the document a sentence stands: its section, and whether it is the title."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.claims.scene import Scene
from pipeline.model import Document

_LABEL = 3  # tokens of a line that is no title: "TITLE:"


def section_kind(document: Document, scene: Scene) -> str:
    """Return the kind of the section a sentence stands in; "body" where the document has none."""
    sentence = document.sentences[scene.index]
    return document.sections[sentence.section].kind if document.sections else "body"


def find_title(scenes: Sequence[Scene]) -> list[Scene]:
    """Return the sentences of a document's title: those of the section so named, else the first with four words, which
    may be set as a heading.
    """
    titled = [scene for scene in scenes if section_kind(scene.document, scene) == "title"]
    return titled or [scene for scene in scenes if len(scene.tree) > _LABEL][:1]


def is_title(scene: Scene) -> bool:
    """Whether a sentence is the document's title, or its first where no section is the title."""
    kinds = {section.kind for section in scene.document.sections}
    return section_kind(scene.document, scene) == "title" or (scene.span.start == 0 and "title" not in kinds)
