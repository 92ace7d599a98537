# SPDX-License-Identifier: EUPL-1.2
"""Signed extracts named on the command line: one file with its signature beside it, or all those of a zip; in words."""

from __future__ import annotations

import struct
import zlib
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, is_zipfile

from kiosk.files_given import shown

if TYPE_CHECKING:
    from assist.journal.extract.checking import Judged

SUFFIX = ".sig"
_LONGEST_SIGNATURE = 1 << 16
_MOST_FILES = 1000
_MOST_TIMES = 100
"""How many times its place in the zip a file may be once out of it: its hashes keep an extract to about 8 times."""
_NAME = 100
"""Signs of a name that are shown."""
_BROKEN = (BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError)
"""What reading a damaged zip may raise: a name that is no UTF-8, a length below zero, an encrypted file…"""


class CannotJudge(Exception):
    """Nothing can be said of this file; the text says why, in French."""


@dataclass(frozen=True, slots=True)
class Named:
    """An extract, by the name of its file."""

    name: str
    judged: Judged


def judged(file: Path, signature: Path | None, key: bytes) -> list[Named]:
    """Every extract of ``file``, judged with the public key ``key``. Raises CannotJudge, OSError."""
    if is_zipfile(file):
        if signature is not None:
            raise CannotJudge("--signature va avec un extrait seul : dans un zip, chaque signature est à côté.")
        return _in_zip(file, key)
    from assist.journal.extract.checking import judge

    beside = signature or file.with_name(file.name + SUFFIX)
    if not beside.is_file():
        raise CannotJudge(f"La signature manque : {_shown(beside.name)} n'est pas à côté. Donnez-la avec --signature.")
    with file.open("rb") as content, beside.open("rb") as signed:
        return [Named(file.name, judge(content, signed.read(_LONGEST_SIGNATURE), key))]


def _in_zip(file: Path, key: bytes) -> list[Named]:
    from assist.journal.extract.checking import judge

    found: list[Named] = []
    try:
        with ZipFile(file) as archive:
            _refuse_what_is_no_extract(archive, file.stat().st_size)
            names = set(archive.namelist())
            for name in sorted(name for name in names if name.endswith(".json")):
                if name + SUFFIX not in names:
                    raise CannotJudge(f"La signature manque : {_shown(name)}{SUFFIX} n'est pas dans ce zip.")
                with ExitStack() as opened:
                    content, signed = (opened.enter_context(archive.open(each)) for each in (name, name + SUFFIX))
                    found.append(Named(name, judge(content, signed.read(_LONGEST_SIGNATURE), key)))
    except _BROKEN as error:
        raise CannotJudge("Ce zip est abîmé : il ne se lit pas.") from error
    if not found:
        raise CannotJudge("Il n'y a pas d'extrait dans ce zip.")
    return found


def _refuse_what_is_no_extract(archive: ZipFile, size: int) -> None:
    """Raises CannotJudge before anything is taken out: each name once, and no more to read than the zip can hold."""
    files = archive.infolist()
    if len({file.filename for file in files}) != len(files):
        raise CannotJudge("Dans ce zip, deux fichiers ont le même nom : l'un cache l'autre. Ce n'est pas un extrait.")
    if (
        len(files) > _MOST_FILES
        or any(file.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for file in files)
        or sum(file.compress_size for file in files) > size
        or any(file.file_size > file.compress_size * _MOST_TIMES for file in files)
    ):
        raise CannotJudge("Ce zip n'est pas fait comme ceux de Pas à pas : il n'a pas été ouvert.")


def said(named: Named) -> list[str]:
    """What came of it, in sentences. What stands in the file is shown without what could move the cursor."""
    found, name = named.judged, _shown(named.name)
    about = found.about
    if about is None:
        return [f"{name} n'est pas intact. {found.wrong}"]
    kiosk = f"borne «\u00a0{_shown(about.kiosk)}\u00a0»"
    who = f"la {kiosk}, du {_day(about.first_day)} au {_day(about.last_day)}"
    if found.wrong:
        lines = [f"{name} n'est pas intact : {who}.", found.wrong]
        if found.first_bad is not None:
            start = "" if found.boot is None else f", démarrage {found.boot}"
            lines.append(f"Première ligne en cause : {kiosk}{start}, ligne {found.first_bad}.")
        return lines
    first = about.start.seq + 1
    site = f"«\u00a0{_shown(about.site)}\u00a0»"
    lines = [f"{name} est intact : {who}, lignes {first} à {found.last}, signées par {site}."]
    if found.covered < found.last:
        lines.append(
            f"La borne a signé jusqu'à la ligne {found.covered} ; après, il n'y a que la signature de l'extrait."
            if found.covered >= first
            else "La borne n'avait encore rien signé de ces lignes : il n'y a que la signature de l'extrait."
        )
    return lines


def as_json_of(found: list[Named]) -> dict[str, Any]:
    """The same as data: of all of them, then of each."""
    each = [_one(named) for named in found]
    bad = next((one for one in each if not one["intact"]), None)
    return {
        "intact": bad is None,
        "events": sum(one["events"] for one in each),
        "first_bad": bad["first_bad"] if bad else None,
        "extracts": each,
    }


def _one(named: Named) -> dict[str, Any]:
    found = named.judged
    about = found.about
    return {
        "name": _shown(named.name),
        "intact": not found.wrong,
        "reason": found.wrong,
        "events": found.rows,
        "first_bad": found.first_bad,
        "boot": found.boot,
        "kiosk": _shown(about.kiosk) if about else None,
        "journal": _shown(about.journal) if about else None,
        "site": _shown(about.site) if about else None,
        "since": _shown(about.first_day) if about else None,
        "until": _shown(about.last_day) if about else None,
        "covered": found.covered,
    }


def _day(text: str) -> str:
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return shown(text, 10)


def _shown(text: str) -> str:
    return shown(text, _NAME)
