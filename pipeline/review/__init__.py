"""The way back: claims to reviewers as sheets and tasks, and their decisions over every later extraction."""

from pipeline.review.attachment import Attached, Attachment, Orphan, attach_decisions
from pipeline.review.importing import ImportReport, import_answers, read_answers
from pipeline.review.judgements import Answers, ReviewError
from pipeline.review.promotion import Promotion, promote_decisions
from pipeline.review.selection import (
    Decisions,
    Reviewed,
    count_reviews,
    list_orphans,
    map_decisions,
    review_store,
)
from pipeline.review.sheets import read_sheet, write_sheet

__all__ = [
    "Answers",
    "Attached",
    "Attachment",
    "Decisions",
    "ImportReport",
    "Orphan",
    "Promotion",
    "ReviewError",
    "Reviewed",
    "attach_decisions",
    "count_reviews",
    "import_answers",
    "list_orphans",
    "map_decisions",
    "promote_decisions",
    "read_answers",
    "read_sheet",
    "review_store",
    "write_sheet",
]
