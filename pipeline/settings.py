"""Settings that a person may write by hand: arguments, environment (``LITCLAIMS_…``) or defaults."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an extraction depends on, apart from code, model and vocabulary.

    Every field can be set by an environment variable with the prefix ``LITCLAIMS_``.
    """

    model_config = SettingsConfigDict(env_prefix="LITCLAIMS_", frozen=True, extra="forbid")

    max_bytes: int = Field(200_000_000, gt=0, description="larger files are recorded as failures, in bytes")
    max_characters: int = Field(5_000_000, gt=0, description="longer texts are recorded as failures")
    max_pages: int = Field(2_000, gt=0, description="pages of a PDF beyond this one are recorded as a failure")
    max_seconds: float = Field(300.0, gt=0, description="pages of a PDF not read after this time are a failure")
    max_sentence_characters: int = Field(2_000, gt=0, description="longer sentences are not read for claims")
    model: str = Field(
        "en_litclaims", min_length=1, description="an installed spaCy package that recognises names in place of ours"
    )
    include_hypotheses: bool = Field(False, description="whether exports hold claims of certainty 'hypothesis'")


class Places(BaseSettings):
    """Where things are kept on this machine; never part of a result's identity."""

    model_config = SettingsConfigDict(env_prefix="LITCLAIMS_", frozen=True, extra="ignore")

    store: str = Field("sqlite:///outputs/litclaims.sqlite", description="SQLAlchemy URL of the store")
    outputs: Path = Path("outputs")
    corpus: Path | None = Field(None, description="a directory searched for the manifest's papers")
