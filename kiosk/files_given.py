# SPDX-License-Identifier: EUPL-1.2
"""Files named on the command line: what may be read, what may be written, and why not, in French."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click

from content.text_rules import DIRECTION_CHANGES

MOST_ANSWERS = 256 * 1024
"""Bytes of answers read for one walk: a thousand times what the longest procedure asks."""
_SHOWN = 60

_REASONS = {
    errno.ENOENT: "ce fichier ou ce dossier n'existe pas",
    errno.EACCES: "vous n'avez pas le droit d'y accéder",
    errno.EPERM: "vous n'avez pas le droit d'y accéder",
    errno.EISDIR: "c'est un dossier",
    errno.ENOTDIR: "un dossier du chemin est en fait un fichier",
    errno.EROFS: "ce disque ne peut pas être écrit",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "la place permise est pleine",
    errno.EFBIG: "le fichier devient trop gros",
    errno.ENAMETOOLONG: "ce nom est trop long",
    errno.ELOOP: "ce lien tourne en rond",
    errno.ETXTBSY: "un autre programme l'occupe",
}


class UnreadableAnswers(Exception):
    """The answers cannot be read any further; its text says why, in French."""


class OutFile(click.ParamType[Path]):
    """The name of a file to write. "-" is refused: it would make a file of that name."""

    name = "fichier"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """A path; a usage error for "-" or nothing."""
        if str(value) in ("", "-"):
            self.fail("écrivez le nom d'un fichier, par exemple ./resultat.", param, ctx)
        return Path(value)


def reason(error: OSError) -> str:
    """Why the system refused, in French, without a capital nor a full stop."""
    return _REASONS.get(error.errno or 0, f"le système a refusé, erreur {error.errno}")


def unwritable(path: Path) -> str:
    """Why no file can be written at ``path``, in French; "" when one can."""
    try:
        if path.is_dir():
            return "c'est un dossier"
        if not path.parent.exists():
            return f"le dossier « {shown(str(path.parent))} » n'existe pas"
        if not path.parent.is_dir():
            return _REASONS[errno.ENOTDIR]
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            return _REASONS[errno.EACCES]
    except OSError as error:
        return reason(error)
    return ""


def shown(text: str, limit: int = _SHOWN) -> str:
    """What somebody wrote, as it may be shown: only what prints, and not too much of it."""
    clean = "".join(
        c for c in text[: limit * 4] if (c.isprintable() or c in "\u00a0\u202f") and c not in DIRECTION_CHANGES
    )
    return clean if len(clean) <= limit and len(text) <= limit * 4 else clean[:limit] + "…"


def answer_lines(source: BinaryIO, name: str) -> Iterator[str]:
    """The lines of ``source``, as they come. Raises UnreadableAnswers when it is no UTF-8, too long or unreadable."""
    left = MOST_ANSWERS
    number = 0
    while True:
        try:
            raw = source.readline(left + 1)
        except OSError as error:
            raise UnreadableAnswers(f"{name} : les réponses ne se lisent pas : {reason(error)}.") from error
        if not raw:
            return
        number += 1
        left -= len(raw)
        if left < 0:
            raise UnreadableAnswers(f"{name} : il y a trop de réponses ({MOST_ANSWERS // 1024} Ko au plus).")
        try:
            line = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            message = f"{name}, ligne {number} : ce n'est pas de l'UTF-8. Enregistrez les réponses en UTF-8."
            raise UnreadableAnswers(message) from error
        yield line.removeprefix("\ufeff") if number == 1 else line
