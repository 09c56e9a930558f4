"""Text of papers inside a page: JSON in a script element, and the page's own policy on what may run and load.

A paper may hold anything: markup, ``</script>``, line separators, half a surrogate pair. None of it may end the
element that it stands in, and nothing but our own script may run.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_UNSAFE_PATTERN = re.compile("[<>&\u2028\u2029]")
_ENVIRONMENT = Environment(
    loader=PackageLoader("pipeline.pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

_ENVIRONMENT.tests["match_side"] = lambda mark, side: mark.startswith(side + " ")
_ENVIRONMENT.filters["field_of"] = lambda mark: mark.split(" ", 1)[1]


def scrub_text(text: str) -> str:
    """Return the text with each half of a torn surrogate pair replaced, so that it can be written as UTF-8.

    The number of code points stays, and with it every offset.
    """
    return _SURROGATE.sub("\ufffd", text)


def embed_json(value: Any) -> str:
    """Return a value as JSON that can stand inside a ``<script>`` element of a UTF-8 page."""
    text = scrub_text(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))
    return _UNSAFE_PATTERN.sub(lambda match: _UNSAFE[match[0]], text)


def render_page(template: str, *, styles: tuple[str, ...], scripts: tuple[str, ...], **values: Any) -> str:
    """Return a template of ``templates/`` as one self-contained page that may load nothing and run only its script.

    Args:
        styles, scripts: names of files of ``static/``, put into the page in this order.
        values: what the template shows; escaped wherever it is text.
    """
    style = "\n".join(_read_static(name) for name in styles)
    script = "\n".join(_read_static(name) for name in scripts)
    policy = "; ".join(
        [
            "default-src 'none'",
            f"style-src '{_digest(style)}'",
            f"script-src '{_digest(script)}'" if script else "script-src 'none'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    text: str = _ENVIRONMENT.get_template(template).render(
        policy=policy, style=Markup(style), script=Markup(script), **values
    )
    return scrub_text(text)


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _read_static(name: str) -> str:
    return resources.files("pipeline.pages").joinpath("static", name).read_text(encoding="utf-8").strip()
