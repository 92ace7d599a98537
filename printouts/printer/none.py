# SPDX-License-Identifier: EUPL-1.2
"""A kiosk without a printer: it says so, and the rest works."""

from __future__ import annotations

from printouts.model import Job, JobState, Paper, PrinterStatus
from printouts.printer.settled import SettledJob


class NoPrinter:
    """The printer of a site that has none (``kind = "none"``)."""

    def submit(self, pdf: bytes, paper: Paper) -> Job:
        """A job that ends as NO_PRINTER."""
        return SettledJob(JobState.NO_PRINTER)

    def status(self) -> PrinterStatus:
        """Not ready, by choice."""
        return PrinterStatus(
            False,
            JobState.NO_PRINTER,
            "Aucune imprimante n'est réglée.",
            'Dans kiosk.toml, à [printer], mettez kind = "cups" ou kind = "folder".',
        )
