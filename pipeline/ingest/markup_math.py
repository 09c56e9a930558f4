"""Formulae as one line of text: MathML read in order, fractions and powers written out; TeX as it stands."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

_TEX_BODY: Final = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)
_TOKENS: Final = frozenset({"mi", "mn", "mo", "mtext", "ms"})


def local_name(element: etree._Element) -> str:
    """Return the element's name without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag if tag[0] != "{" else tag.rpartition("}")[2]


def read_formula(element: etree._Element) -> str:
    """Return a MathML, TeX or wrapper element as one line of text."""
    if local_name(element) == "tex-math":
        text = "".join(element.itertext())
        body = _TEX_BODY.search(text)
        return " ".join((body[1] if body else text).replace("$$", " ").split())
    return " ".join(_read_node(element).split())


def _read_node(element: etree._Element) -> str:
    name = local_name(element)
    if name in _TOKENS:
        return "".join(element.itertext()).strip()
    children = [_read_node(child) for child in element if local_name(child)]
    if name == "mfrac" and len(children) == 2:
        return "/".join(part if re.fullmatch(r"[\w.]+", part) else f"({part})" for part in children)
    if name == "msup" and len(children) == 2:
        return f"{children[0]}^{children[1]}"
    if name in {"msub", "munder"} and len(children) == 2:
        return f"{children[0]}_{children[1]}"
    if name in {"msubsup", "munderover"} and len(children) == 3:
        return f"{children[0]}_{children[1]}^{children[2]}"
    if name in {"msqrt", "mroot"}:
        return f"√({children[0] if children else ''})"
    if name == "mfenced":
        return f"{element.get('open', '(')}{', '.join(children)}{element.get('close', ')')}"
    if name in {"mspace", "mtable", "mtr"}:
        return " ".join(children) + " "
    if name in {"annotation", "annotation-xml"}:
        return ""
    return "".join(children)
