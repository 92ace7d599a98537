# SPDX-License-Identifier: EUPL-1.2
"""What is said of a journal, intact or not, and what to do about it, for the technician."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.command_line import count_of

if TYPE_CHECKING:
    from assist.journal.verification import Verdict

NO_JOURNAL_YET = "Il n'y a pas encore de journal : il sera créé au premier démarrage de la borne."
FOLDER = "C'est un dossier, pas un journal."
MOVE_FOLDER = "Déplacez ce dossier, ou changez « path » sous [journal] dans kiosk.toml."


def intact(verdict: Verdict) -> str:
    """What is said of a journal that is intact."""
    return f"Le journal est intact : {count_of(verdict.events, 'événement', 'événements')}."


def next_step(path: Path, verdict: Verdict) -> str:
    """What to do about ``verdict`` on the journal at ``path``; "" when it is intact."""
    from assist.journal.examination import Flaw

    if verdict.intact:
        return ""
    if path.is_dir():
        return MOVE_FOLDER
    if verdict.flaw in (Flaw.MISSING_FILE, Flaw.EMPTY):
        return "Le journal sera créé au premier démarrage de la borne."
    if verdict.flaw is Flaw.LOCKED:
        return "Fermez l'autre programme, puis recommencez."
    if verdict.flaw is Flaw.NEWER:
        return "Mettez Pas à pas à jour, puis recommencez."
    if verdict.flaw is Flaw.UNREADABLE:
        return "Vérifiez que le compte de la borne peut lire ce fichier et son dossier."
    return (
        "Gardez une copie du fichier et appelez le technicien. "
        "Au prochain démarrage, la borne le met de côté et en ouvre un neuf."
    )


def what_is_wrong(path: Path, verdict: Verdict) -> str:
    """The verdict on the journal at ``path`` in French; "" when it is intact."""
    return FOLDER if path.is_dir() else verdict.reason
