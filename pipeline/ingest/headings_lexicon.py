"""Labels of structured abstracts."""

RUN_IN_LABELS = (
    r"background(?:\s(?:and|&)\s(?:aims?|objectives?|purpose))?", r"introduction", r"context",
    r"importance", r"rationale",
    r"aims?(?:\s(?:and|&)\sobjectives?)?", r"objectives?", r"purpose", r"hypothesis", r"design", r"study\sdesign",
    r"trial\sdesign", r"setting(?:\sand\sparticipants)?", r"participants", r"patients", r"subjects", r"interventions?",
    r"exposures?", r"measurements", r"(?:main\s|primary\s)?outcomes?(?:\smeasures?)?",
    r"(?:materials?\s(?:and|&)\s|patients\s(?:and|&)\s)?"
    r"methods?(?:(?:\s?/\s?|\sand\s)(?:design|principal\sfindings|results))?",
    r"methodology(?:\s?/\s?principal\sfindings)?", r"(?:principal\s|main\s|key\s)?(?:results?|findings)",
    r"results?\s(?:and|&)\sdiscussion", r"discussion", r"interpretation",
    r"(?:main\s)?conclusions?"
    r"(?:\s?(?:/|and)\s?(?:significance|relevance|interpretation|implications))?",
    r"limitations", r"significance", r"editorial\scommentary", r"sample", r"methods?\sand\sfindings",
    r"(?:patients|subjects|participants|materials)\s(?:and|&)\smethods",
    r"trial\sregistration", r"clinical\strial\sregistration",
)  # fmt: skip
"""Words before a colon or point at the beginning of a paragraph, case ignored."""
