"""What several papers say of the same thing: claims grouped, and every paper counted once."""

from pipeline.consensus.groups import Group, Statement, Voice, group_claims
from pipeline.consensus.papers import Library, Paper
from pipeline.consensus.selection import group_store, select_groups
from pipeline.consensus.tables import FORMATS, group_row, write_consensus

__all__ = [
    "FORMATS",
    "Group",
    "Library",
    "Paper",
    "Statement",
    "Voice",
    "group_claims",
    "group_row",
    "group_store",
    "select_groups",
    "write_consensus",
]
