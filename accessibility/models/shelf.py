# SPDX-License-Identifier: EUPL-1.2
"""The folder where models stand: one folder each, with a receipt that says what was put there.

The receipt makes :func:`installed` cheap (sizes are compared, nothing is read), and lets :func:`verify` find a change
even in a file whose hash was not known beforehand.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, cast

from accessibility.models.catalogue import Model, ModelFile, catalogue
from accessibility.models.checking import fault_of, sha256_of

RECEIPT = ".receipt.json"
_READABLE, _ENTERED = 0o644, 0o755


@dataclass(frozen=True, slots=True)
class Alteration:
    """One file of an installed model that is not what it should be. ``fault`` is French."""

    path: str
    fault: str


def installed(folder: Path, name: str, model: Model | None = None) -> Path | None:
    """The folder of the model ``name`` in ``folder``; None when it is unknown, absent, or not whole.

    Sizes only are looked at: a file changed in place is found by :func:`verify`.
    """
    model = model or catalogue().models.get(name)
    if model is None:
        return None
    place = folder / model.name
    receipt = _receipt(place)
    if receipt is None or not _as_the_catalogue_says(model, receipt):
        return None
    for file in receipt.values():
        try:
            if (place / file.path).stat().st_size != file.size:
                return None
        except OSError:
            return None
    return place


def has_receipt(folder: Path, name: str) -> bool:
    """False for a model that nobody installed: a folder copied there, or none."""
    return _receipt(folder / name) is not None


def verify(folder: Path, name: str, model: Model | None = None) -> tuple[Alteration, ...]:
    """What is wrong with the model ``name``, every byte read; nothing when it is whole. KeyError if unknown."""
    model = model or catalogue().models[name]
    place = folder / model.name
    receipt = _receipt(place)
    if receipt is None:
        return (Alteration(model.name, "il n'est pas installé"),)
    expected = {**receipt, **{file.path: file for file in model.files}}
    faults = ((path, _fault(file, place / path)) for path, file in expected.items())
    return tuple(Alteration(path, fault) for path, fault in faults if fault)


def _fault(file: ModelFile, path: Path) -> str:
    try:
        return fault_of(file, path)
    except OSError:
        return "il ne se lit pas"


def place_model(folder: Path, model: Model, ready: Path, source: str) -> Path:
    """Put the folder ``ready``, on the same disk, in the place of the model: whole or not at all. Raises OSError.

    What stood there before stays until the new one has its name.
    """
    _settle(ready, model, source)
    place = folder / model.name
    before = folder / f".before-{model.name}"
    _remove(before)
    if place.is_symlink() or place.exists():
        place.rename(before)
    try:
        ready.rename(place)
    except OSError:
        with contextlib.suppress(OSError):
            before.rename(place)
        raise
    _remove(before)
    _write_through(folder)
    return place


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)


def _settle(ready: Path, model: Model, source: str) -> None:
    """Rights, receipt, and everything on the disk: the account of the kiosk reads what another account installed."""
    files: dict[str, dict[str, object]] = {}
    for path in sorted(ready.rglob("*")):
        path.chmod(_ENTERED if path.is_dir() else _READABLE)
        if path.is_file() and path.name != RECEIPT:
            files[path.relative_to(ready).as_posix()] = {"size": path.stat().st_size, "sha256": sha256_of(path)}
            _write_through(path)
    receipt = ready / RECEIPT
    receipt.write_text(json.dumps({"model": model.name, "source": source, "files": files}, indent=1), encoding="utf-8")
    receipt.chmod(_READABLE)
    _write_through(receipt)
    ready.chmod(_ENTERED)
    _write_through(ready)


def _write_through(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _receipt(place: Path) -> Mapping[str, ModelFile] | None:
    """What was put in ``place``, by path; None without a receipt that can be read."""
    try:
        raw = cast(dict[str, Any], json.loads((place / RECEIPT).read_text(encoding="utf-8")))
        files = {
            path: ModelFile(path, int(noted["size"]), str(noted["sha256"]))
            for path, noted in cast(dict[str, Any], raw["files"]).items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    inside = all(not PurePosixPath(path).is_absolute() and ".." not in PurePosixPath(path).parts for path in files)
    return files if inside else None


def _as_the_catalogue_says(model: Model, receipt: Mapping[str, ModelFile]) -> bool:
    """False when the catalogue has changed since: the model is then to be installed again."""
    for file in model.files:
        noted = receipt.get(file.path)
        if noted is None or (file.sha256 and noted.sha256 != file.sha256):
            return False
    return True
