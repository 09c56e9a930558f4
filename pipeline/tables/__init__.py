"""Tables to typed rows to claims."""

from pipeline.tables.extraction import TableExtraction, extract_table, read_table

__all__ = ["TableExtraction", "extract_table", "read_table"]
