# SPDX-License-Identifier: EUPL-1.2
"""How each kiosk is now, in words: its line, its printer, its disk, its clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from assist.server.alerts.observing import kiosks
from assist.server.alerts.words import since_words
from assist.server.presence import states
from assist.server.presence.states import Part
from assist.server.presence.tables import StateRow
from printouts.typography import NBSP

_PRINTERS = {
    states.READY: "prête",
    states.NO_PRINTER: "aucune, par choix",
    states.UNKNOWN: "ne dit pas",
    "no_printer": "introuvable",
    "no_paper": "plus de papier",
    "offline": "ne répond pas",
    "failed": "en panne",
}
_UNTOLD = "ne dit pas"


@dataclass(frozen=True, slots=True)
class Machine:
    """One kiosk. What it told last stands until it says something else, linked or not."""

    name: str
    linked: bool
    line: str
    printer: str
    disk: str
    clock: str


def machines(transaction: Session, connected: frozenset[str], now: datetime) -> list[Machine]:
    """Each kiosk that may connect and has been linked."""
    told: defaultdict[str, dict[str, StateRow]] = defaultdict(dict)
    for row in states.present(transaction):
        told[row.kiosk][row.part] = row
    return [
        Machine(
            name=kiosk.name,
            linked=kiosk.linked,
            line="reliée" if kiosk.linked else f"pas reliée depuis {since_words(kiosk.heard, now)}",
            printer=_printer(told[kiosk.name]),
            disk=_disk(told[kiosk.name]),
            clock=_clock(told[kiosk.name]),
        )
        for kiosk in kiosks(transaction, connected, now)
    ]


def _printer(told: Mapping[str, StateRow]) -> str:
    row = told.get(Part.PRINTER)
    return _PRINTERS.get(row.state, _UNTOLD) if row else _UNTOLD


def _disk(told: Mapping[str, StateRow]) -> str:
    row = told.get(Part.DISK)
    if row is None or row.detail is None:
        return _UNTOLD
    free = f"{row.detail}{NBSP}Mo" if row.detail < 10_000 else f"{row.detail // 1000}{NBSP}Go"
    return f"{free} libres" + (", presque plein" if row.state == states.LOW else "")


def _clock(told: Mapping[str, StateRow]) -> str:
    row = told.get(Part.CLOCK)
    if row is None:
        return _UNTOLD
    return "comme le serveur" if row.state == states.WELL else "diffère de celle du serveur"
