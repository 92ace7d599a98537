# SPDX-License-Identifier: EUPL-1.2
"""Printers behind one protocol (:class:`printouts.model.Printer`): CUPS, a folder, memory, none."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from printouts.model import Printer
from printouts.printer.cups import CupsPrinter, wipe_for_good
from printouts.printer.folder import FolderPrinter
from printouts.printer.memory import MemoryPrinter
from printouts.printer.none import NoPrinter


class Diagnosis(NamedTuple):
    """One line of ``kiosk doctor``: what was looked at, whether it is well, what is seen, how to mend it."""

    check: str
    ok: bool
    message: str
    fix: str


def make_printer(kind: str, queue: str = "", folder: Path = Path("var/receipts")) -> Printer:
    """The printer of the configuration: ``kind`` is "cups", "folder" or "none".

    Raises:
        ValueError: for another kind.
    """
    if kind == "cups":
        return CupsPrinter(queue)
    if kind == "folder":
        return FolderPrinter(folder)
    if kind == "none":
        return NoPrinter()
    raise ValueError(f"unknown kind of printer: {kind}")


def diagnose(printer: Printer) -> Diagnosis:
    """What ``kiosk doctor`` says of a printer. A kiosk without one serves all the same."""
    status = printer.status()
    return Diagnosis("printer", status.ready, status.message, status.fix)


__all__ = [
    "CupsPrinter",
    "Diagnosis",
    "FolderPrinter",
    "MemoryPrinter",
    "NoPrinter",
    "diagnose",
    "make_printer",
    "wipe_for_good",
]
