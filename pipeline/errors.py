"""Errors, one class for each decision a caller can take."""

from __future__ import annotations


class LitclaimsError(Exception):
    """Base of every error that litclaims raises on purpose."""


class DocumentError(LitclaimsError):
    """This document cannot be processed: record it and go on with the next.

    Args:
        cause: what was found, and what was expected.
        remedy: what the user can do about it.
        stage: the step that failed, such as ``"read"`` or ``"claims"``.
        page: 1-based page, where the failure has one.
        table: the table's number as printed, where the failure has one.
    """

    def __init__(
        self, cause: str, *, remedy: str, stage: str = "read", page: int | None = None, table: str | None = None
    ) -> None:
        super().__init__(cause)
        self.cause = cause
        self.remedy = remedy
        self.stage = stage
        self.page = page
        self.table = table

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild_document_error, (self.cause, self.remedy, self.stage, self.page, self.table)


def _rebuild_document_error(cause: str, remedy: str, stage: str, page: int | None, table: str | None) -> DocumentError:
    return DocumentError(cause, remedy=remedy, stage=stage, page=page, table=table)


class SettingsError(LitclaimsError):
    """The settings, arguments or installation are wrong: mend them and start again."""


class SourceError(LitclaimsError):
    """Something outside failed (a busy database, a full disk): the same call may succeed later."""
