"""How paragraphs about the making of a paper begin."""

ASIDE_LABELS = (
    r"key\s?words(?:\sand\sphrases)?", r"index\sterms", r"edited\sby", r"reviewed\sby", r"handling\seditor",
    r"academic\seditor", r"editor", r"reviewing\seditor", r"citation", r"cite\sthis\sarticle(?:\sas)?",
    r"how\sto\scite(?:\sthis\s(?:article|paper))?", r"correspond(?:ence|ing\sauthors?)(?:\sto)?",
    r"e-?mail(?:s|\saddress)?", r"copyright", r"funding", r"financial\s(?:support|disclosure)",
    r"competing\s(?:interests?|financial\sinterests?)", r"conflicts?", r"disclosures?",
    r"data\savailability(?:\sstatement)?", r"author\scontributions", r"abbreviations", r"present\saddress",
    r"these\sauthors\scontributed", r"trial\sregistration\snumber", r"pmid", r"pmcid", r"doi",
    r"subject\s(?:category|areas?)", r"specialty\ssection", r"electronic\ssupplementary\smaterial",
    r"author\sfor\scorrespondence", r"received", r"accepted", r"published", r"twitter",
    r"grant\s(?:support|information)",
    r"provenance", r"licen[cs]e",
)  # fmt: skip
"""Words before a colon, case ignored."""

LICENCE_OPENINGS = (
    r"(?:this\sis\san\s)?open[- ]access\sarticle\b", r"(?:©\s?)?(?:19|20)\d\d\s(?:the\s)?authors?[.,(\s]",
    r"the\sfunders?\shad\sno\srole",
    r"this\sarticle\sis\s(?:published\sunder\slicen[cs]e|distributed|licensed)", r"this\swork\sis\slicensed",
    r"(?:©|\(c\)|copyright)\s", r"the\sauthors?\(?s?\)?[.,]?\s(?:published|licensee)", r"published\sby\sthe\s",
    r"licensee\s\w+", r"reprints\sand\spermissions", r"all\srights\sreserved", r"permission\sto\smake\sdigital",
    r"creative\scommons\s", r"distributed\sunder\s(?:the\s)?creative",
)  # fmt: skip
"""First words of licence paragraphs, case ignored."""
