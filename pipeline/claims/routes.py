"""Which mentions of a route say how a drug was given, and which a place, a form or what the subjects lived on."""

from __future__ import annotations

import re

from pipeline.claims.scene import Scene
from pipeline.model import Mention, Span

_FORM = re.compile(r"(?:tablets?|capsules?|sachets?|pills?|lozenges?|granules|powders?)", re.IGNORECASE)
_PLACE = re.compile(
    r"\s+(?:mucosa|cavity|hygiene|health|flora|fat|tissue|adipose|glucose|contraceptives?|coronary|pressure|changes|lesions?|"
    r"metastas[ei]s|ha?emorrhage|ulcers?)\b",
    re.IGNORECASE,
)


def is_delivery(scene: Scene, route: Mention) -> bool:
    """Whether a route's words say how the drug was given: no place in the body, no pharmaceutical form, no food
    that the subjects lived on ("on a high-fat diet").
    """
    if _names_place(scene, route) or _FORM.fullmatch(route.text):
        return False
    if route.clean is None or route.text.lower() not in ("diet", "food", "chow", "water", "feed"):
        return True
    before = scene.document.clean.text[max(scene.span.start, route.clean.start - 24) : route.clean.start].lower()
    return bool(
        re.search(r"\b(?:in|via|through|by|with|into)\s+(?:the|their|a)?\s*(?:drinking|standard|normal)?\s*$", before)
    )


def _names_place(scene: Scene, route: Mention) -> bool:
    """Whether a route's adjective says where in the body something is: "oral mucositis", "subcutaneous fat"."""
    if route.clean is None:
        return False
    after = scene.text(Span(route.clean.end, scene.span.end))
    if _PLACE.match(after):
        return True
    return any(
        disease.clean is not None and disease.clean.start <= route.clean.end + 1 < disease.clean.end
        for disease in scene.of("DISEASE")
    )
