"""Words the tokenizer must know: abbreviations that keep their full stops, and units that part from a number."""

from __future__ import annotations

from typing import Final

# Abbreviation → norm: routes and schedules as in the prescribing convention, then scholarly Latin and captions.
ABBREVIATIONS: Final[dict[str, str]] = {
    "i.p.": "ip", "i.v.": "iv", "s.c.": "sc", "p.o.": "po", "i.m.": "im", "i.c.v.": "icv", "i.n.": "in",
    "i.t.": "it", "i.d.": "id", "i.g.": "ig", "i.a.": "ia", "i.c.": "ic", "p.r.": "pr", "s.l.": "sl",
    "i.p": "ip", "i.v": "iv", "s.c": "sc", "p.o": "po", "i.m": "im", "b.i.d.": "bid", "t.i.d.": "tid",
    "q.i.d.": "qid", "q.d.": "qd", "o.d.": "od", "b.d.": "bd", "t.d.s.": "tds", "q.o.d.": "qod",
    "p.r.n.": "prn", "b.i.d": "bid", "t.i.d": "tid", "q.d": "qd", "t.d.s": "tds", "q.w.": "qw", "b.w.": "bw",
    "b.wt.": "bw", "wt.": "wt", "a.m.": "am", "p.m.": "pm", "e.g.": "eg", "i.e.": "ie", "e.g": "eg",
    "i.e": "ie", "vs.": "versus", "al.": "al", "cf.": "cf", "viz.": "viz", "etc.": "etc", "ca.": "circa",
    "c.f.": "cf", "approx.": "approximately", "resp.": "respectively", "fig.": "figure", "figs.": "figures",
    "ref.": "reference", "refs.": "references", "tab.": "table", "eq.": "equation", "suppl.": "supplementary",
    "vol.": "volume", "st.": "saint", "dr.": "doctor", "prof.": "professor", "inc.": "incorporated",
    "ltd.": "limited", "corp.": "corporation", "co.": "company", "u.s.": "us", "u.k.": "uk", "sp.": "sp",
    "spp.": "spp", "ssp.": "ssp", "subsp.": "subsp", "var.": "var", "s.d.": "sd", "s.e.": "se",
    "s.e.m.": "sem", "s.e.m": "sem", "n.s.": "ns", "w/v": "w/v", "v/v": "v/v", "w/w": "w/w",
}

# Regular expressions; letters that would swallow names when written in either case stand apart.
CASE_SENSITIVE_UNITS: Final[tuple[str, ...]] = (
    "g", "h", "L", "l", "M", "m", "d", "s", "Hz", "Da", "kDa", "IU", "U", "Gy", "min", "mol", "Pa",
)
UNITS: Final[tuple[str, ...]] = (
    "mg", "kg", "[µμ]g", "ug", "ng", "pg", "mcg", "ppm", "ppb", "ml", "mL", "[µμ]l", "[µμ]L", "ul", "uL",
    "dl", "dL", "mM", "[µμ]M", "uM", "nM", "pM", "mmol", "[µμ]mol", "umol", "nmol", "pmol", "mm", "cm", "km",
    "nm", "[µμ]m", "days?", "weeks?", "wks?", "months?", "mos?", "years?", "yrs?", "hours?", "hrs?", "mins?",
    "minutes?", "secs?", "fold", "kcal", "cal", "kJ", "mmHg", "mEq", "kb", "bp", "kbp", "rpm", "mV", "kV",
    "mA", "kHz", "MHz", "°C", "ºC", "bpm", "mGy", "cGy", "kPa", "mOsm",
)
