"""The corpus: the papers that the manifest names, and where they are on this machine."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from pipeline.errors import SettingsError
from pipeline.settings import Places

MANIFEST = Path("corpus/manifest.toml")
DOCUMENTS = Path("corpus/documents")
SAMPLES = Path("corpus/samples")


class Paper(BaseModel):
    """A paper of the manifest. What is not known stays ``None``; the text is never part of the project."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str = Field(description="its file's name in the folder of documents")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="of the file's bytes")
    title: str | None = None
    authors: tuple[str, ...] = ()
    journal: str | None = None
    year: int | None = Field(None, ge=1600, le=2200)
    doi: str | None = Field(None, pattern=r"^10\.\d{4,9}/\S+$")
    pmid: str | None = Field(None, pattern=r"^\d{1,9}$")
    pmcid: str | None = Field(None, pattern=r"^PMC\d{1,9}$")
    license: str | None = None
    where: str | None = Field(None, description="how a reader gets it")
    markers: dict[str, Annotated[str, Field(pattern=r"^\d{1,9}$")]] = Field(
        default_factory=dict, description="PubMed ids of works that it cites, by their markers in its reference list"
    )

    @field_validator("file")
    @classmethod
    def _check_file(cls, value: str) -> str:
        for path in (PurePosixPath(value), PureWindowsPath(value)):
            if path.is_absolute() or path.drive or ".." in path.parts or not path.parts:
                raise ValueError(f"{value!r} points outside the folder of documents: name a file in it")
        return value

    def facts(self) -> dict[str, Any]:
        """Return what the manifest knows of the paper, for telling which work it is."""
        return self.model_dump(include={"title", "year", "journal", "doi", "pmid", "pmcid"}, exclude_none=True)


class Manifest(BaseModel):
    """The papers of the corpus."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    paper: tuple[Paper, ...] = ()

    def facts(self) -> dict[str, dict[str, Any]]:
        """Return, by sha256, what is known of each paper."""
        return {paper.sha256: paper.facts() for paper in self.paper}


def read_manifest(path: Path = MANIFEST) -> Manifest:
    """Return the manifest; an empty one where there is none.

    Raises:
        SettingsError: it is no TOML, an entry is wrong, or an entry points outside its folder.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Manifest()
    except OSError as error:
        raise SettingsError(f"the manifest {path} cannot be read: {error.strerror}") from error
    try:
        return Manifest.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"the manifest {path} is no TOML: {error}") from error
    except ValidationError as error:
        found = error.errors()[0]
        place = ".".join(str(part) for part in found["loc"])
        raise SettingsError(f"the manifest {path} is wrong at {place}: {found['msg']}") from error


def find_papers(manifest: Manifest, folders: Iterable[Path]) -> tuple[Path, ...]:
    """Return the papers of the manifest that are in one of the folders, the first folder first.

    Raises:
        SettingsError: a paper's file is a link that leads outside its folder.
    """
    found: list[Path] = []
    listed = tuple(folders)
    for paper in manifest.paper:
        for folder in listed:
            file = folder / paper.file
            if file.is_file():
                if not file.resolve().is_relative_to(folder.resolve()):
                    raise SettingsError(f"{file} leads outside {folder}: put the file itself there")
                found.append(file)
                break
    return tuple(found)


def default_paths(places: Places, *, manifest: Manifest) -> tuple[Path, ...]:
    """Return what ``litclaims run`` reads when it is told nothing: own documents, samples, papers of the manifest.

    Papers of the manifest are looked for in ``corpus/documents`` and then in ``places.corpus``.
    """
    paths = [path for path in (DOCUMENTS, SAMPLES) if path.is_dir()]
    if places.corpus is not None:
        here = {file.name for file in DOCUMENTS.glob("*")} if DOCUMENTS.is_dir() else set()
        paths.extend(file for file in find_papers(manifest, [places.corpus]) if file.name not in here)
    return tuple(paths)
