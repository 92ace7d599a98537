# SPDX-License-Identifier: EUPL-1.2
"""Signed extracts named on the command line: one file with its signature beside it, or all those of a zip; in words."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile, is_zipfile

if TYPE_CHECKING:
    from assist.journal.extract.checking import Judged

SUFFIX = ".sig"
_LONGEST_SIGNATURE = 1 << 16


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
        raise CannotJudge(f"La signature manque : {beside.name} n'est pas à côté. Donnez-la avec --signature.")
    with file.open("rb") as content, beside.open("rb") as signed:
        return [Named(file.name, judge(content, signed.read(_LONGEST_SIGNATURE), key))]


def _in_zip(file: Path, key: bytes) -> list[Named]:
    from assist.journal.extract.checking import judge

    found: list[Named] = []
    try:
        with ZipFile(file) as archive:
            names = set(archive.namelist())
            for name in sorted(name for name in names if name.endswith(".json")):
                if name + SUFFIX not in names:
                    raise CannotJudge(f"La signature manque : {name}{SUFFIX} n'est pas dans ce zip.")
                with ExitStack() as opened:
                    content, signed = (opened.enter_context(archive.open(each)) for each in (name, name + SUFFIX))
                    found.append(Named(name, judge(content, signed.read(_LONGEST_SIGNATURE), key)))
    except (BadZipFile, NotImplementedError, RuntimeError) as error:
        raise CannotJudge("Ce zip est abîmé : il ne se lit pas.") from error
    if not found:
        raise CannotJudge("Il n'y a pas d'extrait dans ce zip.")
    return found


def said(named: Named) -> list[str]:
    """What came of it, in sentences."""
    found = named.judged
    about = found.about
    if about is None:
        return [f"{named.name} n'est pas intact. {found.wrong}"]
    who = f"la borne «\u00a0{about.kiosk}\u00a0», du {_day(about.first_day)} au {_day(about.last_day)}"
    if found.wrong:
        lines = [f"{named.name} n'est pas intact : {who}.", found.wrong]
        if found.first_bad is not None:
            start = "" if found.boot is None else f", démarrage {found.boot}"
            lines.append(
                f"Première ligne en cause : borne «\u00a0{about.kiosk}\u00a0»{start}, ligne {found.first_bad}."
            )
        return lines
    first = about.start.seq + 1
    lines = [f"{named.name} est intact : {who}, lignes {first} à {found.last}, signées par «\u00a0{about.site}\u00a0»."]
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
        "name": named.name,
        "intact": not found.wrong,
        "reason": found.wrong,
        "events": found.rows,
        "first_bad": found.first_bad,
        "boot": found.boot,
        "kiosk": about.kiosk if about else None,
        "journal": about.journal if about else None,
        "site": about.site if about else None,
        "since": about.first_day if about else None,
        "until": about.last_day if about else None,
        "covered": found.covered,
    }


def _day(text: str) -> str:
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return text[:10]
