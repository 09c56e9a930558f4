"""Words of routes that only say where in the body something is: "oral mucosa", "intracranial pressure"."""

from __future__ import annotations

import re

_PLACE = re.compile(
    r"[\s-]+(?:(?:mucosal?|lichen|squamous|mass|soft|white|venous|arterial|adipose) )?"
    r"(?:adipose|bleeding|bleeds?|candid\w+|carcinomas?|cavity|changes|contraceptives?|coronary|disease|edema|emphysema|"
    r"fat|flora|glucose tolerance|graves|ha?ematomas?|ha?emorrhages?|health|hygiene|hypertension|lesions?|lump|mass|"
    r"metastas[ei]s|microbiome|microbiota|mucosa|mucositis|nodules?|oedema|pathogens?|planus|pressures?|sites?|tests?|"
    r"tissues?|thrush|tumou?rs?|ulcers?|veins?|xenografts?|(?:fibro|osteo|lipo)?sarcomas?|gliomas?)\b",
    re.IGNORECASE,
)
_FED = re.compile(r"enteral(?:ly)?\Z", re.IGNORECASE)


def is_place(text: str, start: int, end: int) -> bool:
    """Whether the route's words at [start, end) are followed by what they describe, or say how somebody was fed."""
    if _FED.match(text, start, end) and re.match(r"[\s-]+(?:fed|feeding|nutrition)\b", text[end : end + 12]):
        return True
    return _PLACE.match(text, end) is not None
