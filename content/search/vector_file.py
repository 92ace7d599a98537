# SPDX-License-Identifier: EUPL-1.2
"""The vectors of all ways, kept on the disk: only those of new ways are made.

A file that is damaged, of another model or of another time is an empty one: what it lacks is made again.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from content.search.vectors import SentenceVectors, Vectors, key_of

NAME = "vectors.npz"
AT_ONCE = 16
"""Sentences asked for together."""
SAVED_EVERY = 512
Rows = Mapping[str, Vectors]
"""Key of a sentence → its vector."""


def read_rows(file: Path, model: str) -> dict[str, Vectors]:
    """What ``file`` holds of ``model``; nothing when it cannot be trusted."""
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as kept:
            if str(kept["model"]) != model:
                return {}
            keys, vectors = kept["keys"].tolist(), kept["vectors"].astype(np.float32)
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        EOFError,
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
    ):
        return {}
    if vectors.ndim != 2 or len(keys) != len(vectors) or not np.isfinite(vectors).all():
        return {}
    return dict(zip(keys, vectors, strict=True))


def write_rows(file: Path, model: str, rows: Rows) -> None:
    """Put ``rows`` in the place of what ``file`` held, all at once. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        with beside.open("wb") as opened:
            keys, vectors = np.array(list(rows)), np.array(list(rows.values()), np.float16)
            np.savez(opened, model=np.array(model), keys=keys, vectors=vectors)
        beside.replace(file)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def missing(sentences: Iterable[str], rows: Rows) -> list[str]:
    """Those that have no vector yet, each once."""
    return list({key: one for one in sentences if (key := key_of(one)) not in rows}.values())


def complete(
    sentences: Sequence[str], vectors: SentenceVectors, file: Path, made: Callable[[int], None] = lambda count: None
) -> bool:
    """Make what ``file`` lacks of ``sentences``; False when it cannot be.

    It can be stopped at any time: what was saved stays. ``made`` is told how many are made. Raises OSError.
    What nobody says any more is left out once it is most of the file: a procedure that is held back comes again.
    """
    rows = read_rows(file, vectors.model)
    wanted = {key_of(one) for one in sentences}
    if len(rows) > 2 * len(wanted):
        rows = {key: row for key, row in rows.items() if key in wanted}
    todo, unsaved = missing(sentences, rows), False
    for start in range(0, len(todo), AT_ONCE):
        some = todo[start : start + AT_ONCE]
        found = vectors.of(some)
        if found is None:
            return False
        rows |= dict(zip(map(key_of, some), found, strict=True))
        made(len(some))
        unsaved = (start + AT_ONCE) % SAVED_EVERY != 0
        if not unsaved:
            write_rows(file, vectors.model, rows)
    if unsaved:
        write_rows(file, vectors.model, rows)
    return True
