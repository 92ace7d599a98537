# SPDX-License-Identifier: EUPL-1.2
"""Why a model cannot be had, in French, for the technician."""

from __future__ import annotations

import errno
from pathlib import Path

MB = 1_000_000

_REASONS = {
    errno.EACCES: "vous n'avez pas le droit d'y accéder",
    errno.EPERM: "vous n'avez pas le droit d'y accéder",
    errno.EROFS: "ce disque ne peut pas être écrit",
    errno.ENOTDIR: "un dossier du chemin est en fait un fichier",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.EIO: "le disque est abîmé",
}
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Unavailable(Exception):
    """One source does not have it, or has something else: the next may. Its text is a French sentence."""


class NotGiven(Unavailable):
    """The folder that somebody gave does not have it."""


class Impossible(Exception):
    """No source can help: the disk is full, or may not be written. Its text is a French sentence."""


def disk_fault(error: OSError, folder: Path, needed: int = 0) -> Impossible:
    """What the system said about writing in ``folder``; ``needed`` in bytes, when known."""
    if error.errno in NO_ROOM:
        return no_room(folder, needed)
    reason = _REASONS.get(error.errno or 0, f"le système a refusé, erreur {error.errno}")
    return Impossible(f"{folder} : {reason}.")


def no_room(folder: Path, needed: int = 0) -> Impossible:
    """The disk of ``folder`` is full."""
    enough = f" Il faut {megabytes(needed)} libres." if needed else ""
    return Impossible(f"Le disque de {folder} est plein.{enough} Libérez de la place, puis recommencez.")


def megabytes(size: int) -> str:
    """A size as it is said: "148 Mo"."""
    return f"{max(1, round(size / MB))} Mo"
