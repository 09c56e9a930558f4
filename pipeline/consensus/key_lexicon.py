"""Words that name a salt, and words of an outcome that leave it the same outcome."""

from __future__ import annotations

import re
from typing import Final

SALT: Final = re.compile(
    r"[ -](?:(?:di|mono|tri|hemi|sesqui)?(?:hydrochloride|hydrobromide|chloride|bromide|iodide|"
    r"sul(?:f|ph)ate|phosphate|maleate|fumarate|tartrate|bitartrate|citrate|succinate|acetate|mesylate|mesilate|besylate|besilate|tosylate|"
    r"malate|lactate|gluconate|oxalate|orotate|carbonate|nitrate|hydrate|monohydrate|dihydrate|sodium|potassium|"
    r"calcium|magnesium|hcl|salt))+$",
    re.IGNORECASE,
)
"""What stands behind the active part in the name of a salt or hydrate."""
IONS: Final = frozenset(
    "sodium potassium calcium magnesium ammonium hydrogen iron ferrous ferric zinc copper silver cobalt nickel "
    "manganese cadmium mercury mercuric lead aluminium aluminum barium strontium methyl ethyl vinyl choline".split()
)
"""Names that are no drug without what follows: "sodium chloride" is no salt of a drug called sodium."""
FORMS: Final = re.compile(
    r"^(?:oral|dietary|systemic|topical|chronic|acute|low[- ]dose|high[- ]dose|extended[- ]release) | "
    r"(?:treatment|therapy|administration|supplementation|monotherapy|tablets?|capsules?|injections?)$",
    re.IGNORECASE,
)
"""What is said around a drug's name and is not part of it."""
OTHER_NAMES: Final = {"life": "lifespan", "length of life": "lifespan", "duration of life": "lifespan"}
"""Outcomes that are named by a word which means something else elsewhere: what lengthens life lengthens lifespan."""
QUALIFIERS: Final = frozenset(
    "median mean average maximum maximal minimum overall total serum plasma blood circulating concentration "
    "concentrations content contents significantly relative absolute baseline measured".split()
)
"""Words of an outcome that say how or where it was measured; they count only where nothing else is left."""
