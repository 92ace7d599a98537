# SPDX-License-Identifier: EUPL-1.2
"""What a printer complains of, read from its state and its reasons (RFC 8011 §5.4.11 and §5.4.12, CUPS's own)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from printouts.model import JobState

PRINTER_STOPPED = 5
"""``printer-state``: 3 idle, 4 processing, 5 stopped."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why nothing comes out, in a sentence for the technician, and how to mend it."""

    state: JobState
    message: str
    fix: str
    patience: float = 2.5
    """Seconds it must last before it is believed."""


_NO_PAPER = Trouble(JobState.NO_PAPER, "L'imprimante n'a plus de papier.", "Remettez du papier.")
_JAM = Trouble(JobState.FAILED, "Du papier est coincé dans l'imprimante.", "Ouvrez l'imprimante et retirez le papier.")
_OPEN = Trouble(JobState.FAILED, "Un capot de l'imprimante est ouvert.", "Fermez le capot.")
_INK = Trouble(JobState.FAILED, "L'imprimante n'a plus d'encre.", "Changez la cartouche.")
_UNREACHED = Trouble(
    JobState.OFFLINE, "L'imprimante ne répond pas.", "Vérifiez qu'elle est allumée et que son câble est branché."
)
# Connecting takes a moment, even when all is well.
CONNECTING = replace(_UNREACHED, patience=6.0)
_FILTER = Trouble(JobState.FAILED, "Il manque un pilote à cette imprimante.", "Installez son pilote : cups-filters.")
GIVEN_UP = Trouble(
    JobState.FAILED, "L'impression a échoué.", "Imprimez la page d'essai de CUPS, puis lisez son journal."
)
STOPPED = Trouble(JobState.OFFLINE, "L'imprimante est arrêtée.", "Remettez-la en marche : cupsenable {queue}")

# Most telling first: a printer without paper often also says that it is stopped.
_REASONS = (
    (("media-empty", "media-needed", "input-tray-missing"), _NO_PAPER),
    (("media-jam",), _JAM),
    (("cover-open", "door-open", "interlock-open"), _OPEN),
    (("toner-empty", "marker-supply-empty"), _INK),
    (("cups-missing-filter", "cups-insecure-filter"), _FILTER),
    (("offline", "connecting-to-device", "timed-out", "shutdown"), CONNECTING),
)


# What the backends of CUPS (socket, ipp, lpd, usb) say, in English, after some seconds of trying. They clear the reason
# "connecting-to-device" meanwhile, so that their words alone tell it.
_WORDS = re.compile(
    r"may not exist or is unavailable|not responding|is unreachable|unable to (?:locate|connect|find)"
    r"|waiting for printer|printer is offline|not connected",
    re.IGNORECASE,
)
_PROCESSING = 4


def trouble(printer_state: int, reasons: Iterable[str], words: str = "") -> Trouble | None:
    """What stops the printer, or None.

    A warning stops nothing; "offline" counts even as a report, as CUPS gives it. ``words`` is
    ``printer-state-message``: it counts while a job is being printed, and is stale afterwards.
    """
    heard = {_severe(reason) for reason in reasons}
    for names, meaning in _REASONS:
        if heard.intersection(names):
            return meaning
    if printer_state == PRINTER_STOPPED:
        return STOPPED
    return _UNREACHED if printer_state == _PROCESSING and _WORDS.search(words) else None


def _severe(reason: str) -> str:
    if reason.endswith("-warning") or (reason.endswith("-report") and not reason.startswith("offline")):
        return ""
    return reason.removesuffix("-error").removesuffix("-report")
