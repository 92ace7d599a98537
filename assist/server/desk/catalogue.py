# SPDX-License-Identifier: EUPL-1.2
"""The procedures as this server has them: for their titles, and for what may help."""

from __future__ import annotations

from functools import lru_cache
from os import stat_result
from pathlib import Path
from threading import Lock

import content
from assist.server.site import Site
from content.loader import load_catalogue
from content.model import Catalogue

_Stamp = tuple[tuple[str, int, int], ...]
"""Each file, when it was changed, its size."""
_ALONE = Lock()
"""Reading them takes a while: whoever asks meanwhile waits for it, rather than reading them too."""

_FIRST: dict[Path, Catalogue] = {}
"""What each folder held when it was first read."""


def catalogue_of(site: Site) -> Catalogue:
    """The procedures of ``site``, read once. A kiosk may serve others: what is not here is told by its own words."""
    folder = _folder(site)
    if (known := _FIRST.get(folder)) is not None:
        return known
    with _ALONE:
        if folder not in _FIRST:
            _FIRST[folder] = _read(folder, _stamp(folder))
        return _FIRST[folder]


def catalogue_now(site: Site) -> Catalogue:
    """The same as the files are now: read again when one of them has changed."""
    folder = _folder(site)
    with _ALONE:
        return _read(folder, _stamp(folder))


def _folder(site: Site) -> Path:
    return site.content or Path(content.__file__).parent / "procedures"


@lru_cache(maxsize=2)
def _read(folder: Path, stamp: _Stamp) -> Catalogue:
    return load_catalogue(folder)


def _stamp(folder: Path) -> _Stamp:
    files = (file for file in sorted(folder.glob("*/*.toml")) if not file.name.startswith("."))
    states = ((str(file), state) for file in files if (state := _state(file)) is not None)
    return tuple((name, state.st_mtime_ns, state.st_size) for name, state in states)


def _state(file: Path) -> stat_result | None:
    """None when it is not there any more: an editor renames, and leaves names that lead nowhere."""
    try:
        return file.stat()
    except OSError:
        return None
