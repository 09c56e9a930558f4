"""Where a statement was found: in the living, in tissue taken out, or in cells in a dish."""

from __future__ import annotations

import re

from pipeline.claims.scene import Scene
from pipeline.model import Mention
from pipeline.model.claims import Setting

IN_VITRO_STRONG = re.compile(r"\bin\s+vitro\b|\bcell lines?\b|\bcultured\b|\bin (?:cell )?culture\b", re.IGNORECASE)
_CELLS_BEHIND = re.compile(
    r"^\W{0,2}(?:[\w-]+\s+){0,5}?(?:cells?|fibroblasts|myotubes|hepatocytes|keratinocytes|neurons|cultures|monocytes|lymphocytes|"
    r"adipocytes|macrophages|osteoblasts|cardiomyocytes|chondrocytes)\b",
    re.IGNORECASE,
)
_NAMED_CELLS = re.compile(r"\b(?:[A-Z][\w-]*\d[\w/-]*|[A-Z]{3,}[\w-]*) (?:[a-z]+ )?cells?\b")
_MICROMOLAR = re.compile(r"\b\d+(?:\.\d+)? ?[µμn]M\b")
# Names with a number, and the commonest without; cells told by a marker ("CD8", "Th17", "CA1") live in the body.
_CELL_LINE = re.compile(
    r"\b(?!(?:CD|Th|CA|IL-?|Ig|PD-|Ki-?|F|Gr-?|NG|D|G|S|P|LGR|SOX|PAX|BMI|c?p)\d)"
    r"(?:[A-Z]{1,5}[a-z]{0,3}-?\d{1,4}[\w/-]*|3T3[\w-]*|HeLa|HEK|HUVECs?|Jurkat|CHO|Vero|COS|MDCK|BV-2|LNCaP)"
    r" (?:[a-z]+ )?(?:cells?|fibroblasts|myoblasts|myotubes|adipocytes|macrophages)\b"
)
_TAKEN_OUT = re.compile(
    r"\b(?:HUVECs|organoids?|explants?|(?:brain|hippocampal|kidney|liver|lung) slices|"
    r"(?:isolated|primary) (?:[a-z-]+ ){0,3}(?:[a-z]+cytes|fibroblasts|macrophages|neurons|astrocytes|microglia))\b"
)
_EX_VIVO = re.compile(r"\bex\s+vivo\b", re.IGNORECASE)
_DOSED_IN_MEDIUM = frozenset({"NCBITaxon:4932", "NCBITaxon:6239", "NCBITaxon:7227", "NCBITaxon:7955"})
"""Yeast, worms, flies and zebrafish, which are given micromolar concentrations alive."""


def is_in_vitro(scene: Scene, species: Mention | None) -> bool:
    """Whether a sentence speaks of cells in a dish, not of the experiment's living ``species``."""
    text = scene.text(scene.span)
    if any(pattern.search(text) for pattern in (IN_VITRO_STRONG, _NAMED_CELLS, _CELL_LINE, _TAKEN_OUT)):
        return True
    alive = species is not None and species.concept is not None and species.concept.id in _DOSED_IN_MEDIUM
    return not alive and _MICROMOLAR.search(text) is not None


def read_setting(text: str, *, has_species: bool, after: str = "") -> Setting | None:
    """Return where a statement was found.

    Args:
        text: the sentence; ``after``: what stands behind the name of the species, if it names one.
    """
    if _EX_VIVO.search(text):
        return "ex_vivo"
    if re.search(r"\bin\s+vivo\b", text, re.IGNORECASE):
        return None if IN_VITRO_STRONG.search(text) else "in_vivo"
    if IN_VITRO_STRONG.search(text) or (not has_species and _CELL_LINE.search(text)):
        return "in_vitro"
    if _CELLS_BEHIND.match(after):
        return "in_vitro"
    return "in_vivo" if has_species else None
