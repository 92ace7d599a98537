# SPDX-License-Identifier: EUPL-1.2
"""What a printer complains of, read from its state and its reasons (RFC 8011 §5.4.11 and §5.4.12, CUPS's own)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from printouts.model import JobState

PRINTER_STOPPED = 5
"""``printer-state``: 3 idle, 4 processing, 5 stopped."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why nothing comes out, in a sentence for the technician, and how to mend it."""

    state: JobState
    message: str
    fix: str


_NO_PAPER = Trouble(JobState.NO_PAPER, "L'imprimante n'a plus de papier.", "Remettez du papier.")
_JAM = Trouble(JobState.FAILED, "Du papier est coincé dans l'imprimante.", "Ouvrez l'imprimante et retirez le papier.")
_OPEN = Trouble(JobState.FAILED, "Un capot de l'imprimante est ouvert.", "Fermez le capot.")
_INK = Trouble(JobState.FAILED, "L'imprimante n'a plus d'encre.", "Changez la cartouche.")
_OFFLINE = Trouble(
    JobState.OFFLINE, "L'imprimante ne répond pas.", "Vérifiez qu'elle est allumée et que son câble est branché."
)
_FILTER = Trouble(JobState.FAILED, "Il manque un pilote à cette imprimante.", "Installez son pilote : cups-filters.")
STOPPED = Trouble(JobState.OFFLINE, "L'imprimante est arrêtée.", "Remettez-la en marche : cupsenable {queue}")

# Most telling first: a printer without paper often also says that it is stopped.
_REASONS = (
    (("media-empty", "media-needed", "input-tray-missing"), _NO_PAPER),
    (("media-jam",), _JAM),
    (("cover-open", "door-open", "interlock-open"), _OPEN),
    (("toner-empty", "marker-supply-empty"), _INK),
    (("cups-missing-filter", "cups-insecure-filter"), _FILTER),
    (("offline", "connecting-to-device", "timed-out", "shutdown"), _OFFLINE),
)


def trouble(printer_state: int, reasons: Iterable[str]) -> Trouble | None:
    """What stops the printer, or None. A warning stops nothing; "offline" counts even as a report, as CUPS gives it."""
    heard = {_severe(reason) for reason in reasons}
    for names, meaning in _REASONS:
        if heard.intersection(names):
            return meaning
    return STOPPED if printer_state == PRINTER_STOPPED else None


def _severe(reason: str) -> str:
    if reason.endswith("-warning") or (reason.endswith("-report") and not reason.startswith("offline")):
        return ""
    return reason.removesuffix("-error").removesuffix("-report")
