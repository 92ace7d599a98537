# SPDX-License-Identifier: EUPL-1.2
"""Is an extract what the site signed, and does its chain hold? With the public key alone, line by line."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import IO, Any

from assist.journal.chain import Break, Checked, Link, check, genesis
from assist.journal.checkpoints import countersigned_bytes, holds
from assist.journal.extract.layout import (
    CHECKPOINTS,
    END,
    LONGEST,
    ROWS,
    SIGNATURE_FORMAT,
    About,
    NotAnExtract,
    Witnessed,
    canonical,
    raw,
    read_about,
    read_checkpoint,
    read_row,
    signed_bytes,
)

_BROKEN = {
    Break.ALTERED: "La ligne {} a été modifiée.",
    Break.MISSING: "La ligne {} manque.",
    Break.ERASED: "Le contenu de la ligne {} a été effacé hors délai.",
}
_UNREADABLE = "Ce fichier n'est pas un extrait de Pas à pas, ou il a été réécrit : sa ligne {} ne se lit pas."
_CUT = "L'extrait est coupé : il ne va pas jusqu'à sa fin."
_UNSIGNED = "Le point de contrôle n° {} n'est pas signé par la clé de la borne."
_NOT_SEEN = "Le point de contrôle n° {} n'est pas celui que le lieu a contresigné."
_OTHER = "Le point de contrôle n° {} dit autre chose que la ligne {}."
_BEGINNING = "Le début de l'extrait n'est pas celui du journal de cette borne."
_OTHER_KEY = "L'extrait est signé avec une autre clé que celle que vous avez donnée."
_FORGED = "La signature n'est pas celle de cet extrait : l'un des deux a été modifié."
_NO_SIGNATURE = "Le fichier de la signature n'en est pas un."


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of an extract. ``wrong`` is a French sentence, "" when all of it holds."""

    wrong: str
    about: About | None = None
    rows: int = 0
    first_bad: int | None = None
    """The number of the first bad row, when a row can be named."""
    boot: int | None = None
    """At which start of the kiosk that row was written."""
    covered: int = 0
    """The last row that a signature of the kiosk covers; those after it have the signature of the extract alone."""
    last: int = 0


@dataclass(slots=True)
class _Lines:
    """The lines of a file, one after the other, and the digest of all of them."""

    file: IO[bytes]
    number: int = 0
    digest: Any = field(default_factory=sha256)

    def next(self) -> bytes:
        """The next line, with its end. Raises NotAnExtract when it is too long, or the file has no more."""
        line = self.file.readline(LONGEST)
        self.number += 1
        self.digest.update(line)
        if not line.endswith(b"\n"):
            raise NotAnExtract
        return line

    def rest(self) -> bytes:
        """The digest of the whole file."""
        while more := self.file.read(LONGEST):
            self.digest.update(more)
        return self.digest.digest()


@dataclass(slots=True)
class _Walked:
    """What is met along the rows."""

    boots: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """(first row, start of the kiosk)"""
    closing: Any = None


def judge(file: IO[bytes], signature: bytes, key: bytes) -> Judged:
    """Judge the extract in ``file`` with the content of its signature file and a public key (raw)."""
    lines = _Lines(file)
    try:
        judged = _judge_lines(lines)
    except NotAnExtract:
        judged = Judged(_UNREADABLE.format(lines.number))
    forged = _forged(signature, key, lines.rest(), judged.about)
    if not forged or judged.first_bad is not None:
        return judged
    # What is signed decides; a sentence about the layout says less.
    return Judged(forged, judged.about, judged.rows, covered=judged.covered, last=judged.last)


def _forged(signature: bytes, key: bytes, digest: bytes, about: About | None) -> str:
    """What is wrong with the signature; "" when it is this key's, of this file."""
    try:
        told: Any = json.loads(signature[:LONGEST])
        if told["format"] != SIGNATURE_FORMAT:
            return _NO_SIGNATURE
        signer, signed = raw(told["key"]), raw(told["signature"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return _NO_SIGNATURE
    if signer != key or (about is not None and about.signer != key):
        return _OTHER_KEY
    return "" if holds(key, signed, signed_bytes(digest)) else _FORGED


def _judge_lines(lines: _Lines) -> Judged:
    about = read_about(_parsed(lines.next(), CHECKPOINTS, b"}"))
    walked = _Walked()
    vouched, wrong, first_bad = _vouched(about, _checkpoints(lines, about))
    if about.start.seq == 0 and about.start != genesis(about.journal.encode(), about.key):
        wrong, first_bad = _BEGINNING, 1
    erased = {type_.encode(): through for type_, through in about.erased.items()}
    checked = check(_rows(lines, walked), about.start, vouched, erased)
    if checked.broken is not None and checked.first_bad is not None:
        wrong, first_bad = _BROKEN[checked.broken].format(checked.first_bad), checked.first_bad
    elif not wrong and not _ends(walked.closing, checked):
        wrong, first_bad = _CUT, checked.head.seq + 1
    covered = max((seq for seq in vouched if seq <= checked.head.seq), default=about.start.seq)
    boot = _boot(walked, first_bad)
    return Judged(wrong, about, checked.count, first_bad, boot, covered, checked.head.seq)


def _ends(closing: Any, checked: Checked) -> bool:
    return closing == {"rows": checked.count, "hash": checked.head.hash.hex()}


def _boot(walked: _Walked, seq: int | None) -> int | None:
    if seq is None or not walked.boots:
        return None
    at = bisect_right(walked.boots, (seq, 2**63)) - 1
    return walked.boots[max(at, 0)][1]


def _vouched(about: About, checkpoints: Iterator[Witnessed]) -> tuple[Mapping[int, bytes], str, int | None]:
    """What the checkpoints whose signatures hold vouch for, and the first that is wrong."""
    vouched: dict[int, bytes] = {}
    wrong, first_bad = "", None
    for witnessed in checkpoints:
        point = witnessed.checkpoint
        fault = ""
        if not holds(about.key, point.signature, point.signed_bytes()):
            fault = _UNSIGNED.format(point.number)
        elif witnessed.countersignature and not holds(
            about.signer, witnessed.countersignature, countersigned_bytes(point, witnessed.came)
        ):
            fault = _NOT_SEEN.format(point.number)
        elif vouched.setdefault(point.seq, point.hash) != point.hash:
            fault = _OTHER.format(point.number, point.seq)
        if fault and not wrong:
            wrong, first_bad = fault, point.seq
    return vouched, wrong, first_bad


def _checkpoints(lines: _Lines, about: About) -> Iterator[Witnessed]:
    while (line := lines.next()) != ROWS:
        yield read_checkpoint(_parsed(line), about)


def _rows(lines: _Lines, walked: _Walked) -> Iterator[Link]:
    while not (line := lines.next()).startswith(END):
        link = read_row(_parsed(line))
        if not walked.boots or walked.boots[-1][1] != link.boot:
            walked.boots.append((link.seq, link.boot))
        yield link
    walked.closing = _parsed(line[len(END) :], b"}\n", b"")


def _parsed(line: bytes, ending: bytes = b"", instead: bytes = b"") -> Any:
    """What a line says, if it is written as it must be. Raises NotAnExtract."""
    if ending and not line.endswith(ending):
        raise NotAnExtract
    content = line.removesuffix(ending) + instead if ending else line.removesuffix(b"\n").removesuffix(b",")
    try:
        data: Any = json.loads(content)
        written = canonical(data)
    except (ValueError, RecursionError) as error:
        raise NotAnExtract from error
    if written != content:
        raise NotAnExtract
    return data
