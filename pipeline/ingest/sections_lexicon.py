"""Words of section titles and the kind of section they open, in the order in which they are tried."""

from __future__ import annotations

from pipeline.model.documents import SectionKind

SECTION_PATTERNS: tuple[tuple[str, SectionKind], ...] = (
    (r"abstract|summary|synopsis|précis", "abstract"),
    (r"author summary|graphical abstract|structured abstract|lay summary|plain[- ]language summary", "abstract"),
    (r"references?( cited)?|bibliography|literature( cited)?|works cited|reference list|cited literature|"
     r"references and notes|citations", "references"),
    (r"introduction|background|preface|rationale|aims?|objectives?|purpose|overview|"
     r"introduction and (background|objectives|aims?)|background and (objectives|aims?|purpose)", "introduction"),
    (r"introduction: .*|background: .*", "introduction"),
    (r"(materials?|subjects?|patients?|animals?|participants?|experimental)"
     r"( and|,| &)( the)? (methods?|materials?|procedures?|subjects?|patients?|design)", "methods"),
    (r"(research design and |detailed |online |star |study |experimental |extended |supplementa(l|ry) )?"
     r"(methods?|methodology|methodologies)( summary| and materials?| section| details"
     r"|( ?/ ?| and | & )design)?", "methods"),
    (r"experimental (procedures?|section|design|protocols?|methods?)|study design.*|"
     r"methods?( and materials?| and patients?|, materials? and .*| & materials?)|"
     r"research design and methods|statistical (analys[ei]s|methods)|statistics|"
     r"(patients?|subjects?|participants|animals|study population|materials|mice|reagents|"
     r"data (collection|analysis))",
     "methods"),
    (r"results?|findings|main results?|results? (and|&) (data )?analys[ei]s|experimental results", "results"),
    (r"(results?|findings)( and|/| &) (discussions?|conclusions?)", "results"),
    (r"(general )?discussions?|discussion( and|/| &) (conclusions?|perspectives?|outlook)|"
     r"(strengths and )?limitations( of (the|this) study)?|interpretation|comments?", "discussion"),
    (r"conclusions?|concluding remarks?|conclusions?( and|/|,| &) .*|summary and .*|perspectives?|"
     r"(future )?(perspectives?|directions?|outlook)( and .*)?|outlook|closing remarks|final remarks", "conclusion"),
    (r"acknowledge?ments?( and .*)?|acknowledge?ments?|funding( .*)?|financial (support|disclosures?)|"
     r"(conflicts?|competing|declaration|disclosures?|statement)( of| and)? ?(financial |potential )?"
     r"(conflicts? of )?(interests?|conflicts?|disclosures?)?( statement| declaration)?|"
     r"conflicts? of interests?.*|disclosures?.*|declarations?.*|authors?['’]?s?['’]? "
     r"(contributions?|information|notes?|details|affiliations|disclosures).*|"
     r"(contributions?|contributors)|abbreviations?( used)?|nomenclature|glossary|appendix.*|appendices|"
     r"supplement(ary|al) (materials?|information|data|figures?|tables?|methods?|files?)?.*|supplement(al|ary)?|"
     r"supporting information.*|additional (files?|information)|data (and code )?availability.*|"
     r"availability( of .*| and requirements.*)?|code availability|ethic(s|al) (statement|approval|declarations?).*|"
     r"ethics( .*)?|consent( .*)?|institutional review board statement|informed consent statement|"
     r"open access|pre-?publication history|publisher['’]s notes?.*|reporting summary|correspondence.*|"
     r"(web|electronic) (resources?|supplementary material)|patents?|footnotes?|notes?|endnotes|"
     r"(peer )?review(er)? information.*|sponsorship.*|grants?( and .*)?|duality of interest|"
     r"provenance and peer review|copyright.*|licen[cs]e.*|keywords?|key words|"
     r"editor['’]s (note|summary)|about the authors?|highlights?|key (points?|messages?|findings)|"
     r"additional resources|orcid.*|dedication|author notes?|biograph(y|ies)|(box|key concept) \d+.*|trial status|"
     r"amendments from version \d+|see referee reports|invited referees", "back"),
    (r"(figure|fig\.?) (legends?|captions?)|legends? (to|for) (the )?figures?|figures?( and tables?)?|captions?",
     "caption"),
    (r"tables?( and figures?)?", "table"),
)  # fmt: skip
"""Full matches against a lower-cased title without number and final colon."""
