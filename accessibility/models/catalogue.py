# SPDX-License-Identifier: EUPL-1.2
"""What ``accessibility/models.toml`` says, typed. The file is ours: a mistake in it is a bug, and raises ValueError."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

CATALOGUE = Path(__file__).resolve().parent.parent / "models.toml"


class Use(StrEnum):
    """What a model serves."""

    LISTENING = "listening"
    SPEAKING = "speaking"
    TESTS = "tests"
    """Only the tests of Pas à pas need it; a kiosk does not."""


class Keeper(StrEnum):
    """Who keeps a package, and so which program knows where it is."""

    ADDRESS = "url"
    PYTHON = "pypi"
    NODE = "npm"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model. ``size`` in bytes, 0 when unknown; one of the two hashes is known, in hexadecimal."""

    path: str
    size: int = 0
    sha256: str = ""
    git_blob_sha1: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Something to fetch whole: an https address, "name==version" for pip, or "name@version" for npm."""

    keeper: Keeper
    name: str

    @property
    def host(self) -> str:
        """The host of an address; "" for a package, whose keeper decides."""
        return urlsplit(self.name).hostname or "" if self.keeper is Keeper.ADDRESS else ""

    def known_as(self, file_name: str) -> bool:
        """Whether a file of this name is this origin, once downloaded."""
        if self.keeper is Keeper.ADDRESS:
            return file_name == PurePosixPath(urlsplit(self.name).path).name
        if self.keeper is Keeper.PYTHON:
            name, _, version = self.name.partition("==")
            return file_name.lower().startswith(f"{name.replace('-', '_')}-{version}-") and file_name.endswith(".whl")
        return file_name == f"{self.name.removeprefix('@').replace('/', '-').replace('@', '-')}.tgz"


@dataclass(frozen=True, slots=True)
class Piece:
    """What makes one file of a model, or a part of it.

    ``member`` is the file inside the origin, "" when the origin is itself the file. With ``file`` "", everything below
    ``member`` (which ends with "/") is taken as it is.
    """

    origin: Origin
    member: str
    file: str


@dataclass(frozen=True, slots=True)
class Source:
    """One place where a model, or a part of it, can be had. ``label`` names it to the technician."""

    label: str
    pieces: tuple[Piece, ...]

    def pieces_of(self, file: str) -> tuple[Piece, ...]:
        """The pieces that make ``file``, one after the other; none when this source does not have it."""
        return tuple(piece for piece in self.pieces if piece.file == file)


@dataclass(frozen=True, slots=True)
class Model:
    """One model: what it is, what its folder must hold, and where it can be had, the publisher first.

    ``engine`` is what opens it: "whisper", "vosk" or "kokoro".
    """

    name: str
    what: str
    use: Use
    engine: str
    languages: tuple[str, ...]
    licence: str
    files: tuple[ModelFile, ...]
    sources: tuple[Source, ...]
    at_most: int = 0
    published: int = 0
    """Bytes, by its publisher, where not every file is known beforehand."""

    @property
    def whole_trees(self) -> bool:
        """True when a source gives a folder of which not every file is known beforehand."""
        return any(not piece.file for source in self.sources for piece in source.pieces)

    @property
    def size(self) -> int:
        """Bytes once installed, at most."""
        return self.at_most or sum(file.size for file in self.files)

    @property
    def told(self) -> int:
        """Bytes, as a technician is told of them."""
        return self.published or self.size


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every model by name, in the order of the file, and the one that a kiosk gets when nobody chooses."""

    models: Mapping[str, Model]
    default: str

    def listening(self, language: str, engine: str = "") -> tuple[Model, ...]:
        """The models that understand ``language``, for one engine or, with "", for any."""
        return tuple(
            model
            for model in self.models.values()
            if model.use is Use.LISTENING and language in model.languages and engine in ("", model.engine)
        )

    def near(self, name: str) -> list[str]:
        """Names that somebody who wrote ``name`` may have meant, the nearest first."""
        low = {known.lower(): known for known in self.models}
        close = difflib.get_close_matches(name.lower(), low, 3, 0.45)
        within = [known for known in low if name and name.lower() in known and known not in close]
        return [low[found] for found in (*close, *within)]


@cache
def catalogue(path: Path = CATALOGUE) -> Catalogue:
    """The catalogue in ``path``, read once."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    default = data.pop("default")
    models = {name: _model(name, table) for name, table in data.items()}
    if default not in models:
        raise ValueError(f"{path}: the default model {default!r} is not there")
    return Catalogue(models, default)


def _model(name: str, table: Mapping[str, Any]) -> Model:
    files = tuple(_file(name, entry) for entry in table["files"])
    model = Model(
        name,
        table["what"],
        Use(table["use"]),
        table["engine"],
        tuple(table["languages"]),
        table["licence"],
        files,
        tuple(_source(entry, files) for entry in table["sources"]),
        table.get("at_most", 0),
        table.get("published", 0),
    )
    if {model.whole_trees} != {model.at_most > 0, model.published > 0}:
        raise ValueError(f"{name}: at_most and published go with sources that give whole folders, and only with them")
    if not model.whole_trees and not all(file.size and file.sha256 for file in files):
        raise ValueError(f"{name}: a file without size or sha256")
    return model


def _file(name: str, entry: Mapping[str, Any]) -> ModelFile:
    file = ModelFile(**entry)
    path = PurePosixPath(file.path)
    if path.is_absolute() or ".." in path.parts or str(path) != file.path:
        raise ValueError(f"{name}: {file.path!r} is no place inside a folder")
    if not (file.sha256 or file.git_blob_sha1):
        raise ValueError(f"{name}: {file.path} has no hash")
    return file


def _source(entry: Mapping[str, Any], files: tuple[ModelFile, ...]) -> Source:
    pieces = [_piece(piece, piece["file"]) for piece in entry.get("pieces", ())]
    if every := entry.get("every"):
        made = {piece.file for piece in pieces}
        pieces += [_piece(every, file.path, file.path) for file in files if file.path not in made]
    return Source(entry["label"], tuple(pieces))


def _piece(entry: Mapping[str, Any], file: str, below: str = "") -> Piece:
    keeper = next(keeper for keeper in Keeper if keeper in entry)
    name, member = entry[keeper], entry.get("member", "")
    if below and member:
        member += below
    elif below:
        name += below
    return Piece(Origin(keeper, name), member, file)
