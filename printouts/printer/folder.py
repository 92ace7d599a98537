# SPDX-License-Identifier: EUPL-1.2
"""A folder that receives one PDF a receipt: the printer of a kiosk being set up, or of a site that prints elsewhere."""

from __future__ import annotations

import errno
import os
import secrets
import tempfile
from pathlib import Path

from printouts.model import Job, JobState, Paper, PrinterStatus
from printouts.printer.settled import SettledJob

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class FolderPrinter:
    """Writes each receipt whole or not at all, under a random name (``pas-a-pas-….pdf``).

    The folder stands for the paper: what was written stays, as paper does. It is made when it is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def submit(self, pdf: bytes, paper: Paper) -> Job:
        """DONE once the file is safe on the disk; NO_PRINTER, NO_PAPER (the disk is full) or FAILED otherwise."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._write(self._folder / f"pas-a-pas-{secrets.token_hex(6)}.pdf", pdf)
        except OSError as problem:
            return SettledJob(_state_of(problem))
        return SettledJob(JobState.DONE)

    def status(self) -> PrinterStatus:
        """Tries to write a small file, then removes it."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self._folder) as trial:
                trial.write(b"x")
                trial.flush()
        except OSError as problem:
            state = _state_of(problem)
            message, fix = {
                JobState.NO_PRINTER: (
                    f"Le dossier des reçus n'existe pas : {self._folder}",
                    f"Créez-le : mkdir -p {self._folder}",
                ),
                JobState.NO_PAPER: (
                    f"Le disque du dossier des reçus est plein : {self._folder}",
                    "Libérez de la place sur ce disque.",
                ),
            }.get(
                state,
                (
                    f"La borne ne peut pas écrire dans le dossier des reçus : {self._folder}",
                    f"Donnez-lui le droit d'écrire : chown -R $(id -un) {self._folder}",
                ),
            )
            return PrinterStatus(False, state, message, fix)
        return PrinterStatus(True, JobState.DONE, f"Les reçus s'écrivent dans {self._folder}")

    def _write(self, path: Path, pdf: bytes) -> None:
        handle, draft = tempfile.mkstemp(dir=self._folder, prefix=".pas-a-pas-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(pdf)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(path)
        except OSError:
            Path(draft).unlink(missing_ok=True)
            raise


def _state_of(problem: OSError) -> JobState:
    if problem.errno in _FULL:
        return JobState.NO_PAPER
    if problem.errno in {errno.ENOENT, errno.ENOTDIR, errno.EEXIST}:
        return JobState.NO_PRINTER
    return JobState.FAILED
