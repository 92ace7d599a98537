# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with the imported official sheets, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from content.model import OfficialSheet
from content.official_model import OLD_MONTHS
from kiosk.command_line import count_of
from kiosk.diagnosis import Check

if TYPE_CHECKING:
    from content.importers.vosdroits.store import Index


def official_fault(folder: Path) -> Check | None:
    """Why no official sheet can be served from ``folder``; None when they can."""
    from content.importers.vosdroits.store import read_index

    again = f"« kiosk content import-vosdroits SOURCE --into {folder} »"
    if read_index(folder) is not None:
        return None
    if not folder.exists():
        said = f"{folder} n'existe pas : aucune fiche officielle n'est servie."
        # Nobody has to import them: this is said, and nothing is wrong.
        return Check("official", True, said, f"Pour en avoir : {again}.")
    if not folder.is_dir():
        return Check("official", False, f"{folder} n'est pas un dossier.", "Corrigez [content] official.")
    if is_empty(folder):
        said = f"{folder} est vide : aucune fiche officielle n'est servie."
        return Check("official", False, said, f"Importez-les : {again}.")
    return Check(
        "official", False, f"{folder} : les fiches officielles ne se lisent pas.", f"Importez-les de nouveau : {again}."
    )


def is_empty(folder: Path) -> bool:
    """True for a folder that holds nothing."""
    try:
        return not any(folder.iterdir())
    except OSError:  # It holds what this account may not see.
        return False


def official_check(folder: Path | None, today: date) -> Iterator[Check]:
    """What was looked at of the folder ``[content] official``, where there is one."""
    from content.importers.vosdroits.store import read_index

    if folder is None:
        return
    index = read_index(folder)
    if index is None:
        fault = official_fault(folder)
        if fault is not None:
            yield fault
        return
    walkable = sum(entry.walkable for entry in index.entries.values())
    count = count_of(walkable, "démarche officielle, importée", "démarches officielles, importées")
    yield Check("official", True, f"{count} le {index.made[:10]}.")
    old, shown = _old(index, today)
    if old:
        many = count_of(old, "fiche officielle a", "fiches officielles ont")
        said = f"{many} plus de {OLD_MONTHS} mois, sur {shown} : la borne le dit sur leur premier écran."
        fix = f"Conseil : importez le dernier flux : « kiosk content import-vosdroits SOURCE --into {folder} »."
        yield Check("official", True, said, fix)


def _old(index: Index, today: date) -> tuple[int, int]:
    """How many of the sheets that somebody may be shown are old, and how many may be shown."""
    walkable = [entry for entry in index.entries.values() if entry.walkable]
    names = {entry.number for entry in walkable} | {number for entry in walkable for number in entry.leads}
    sheets = [
        OfficialSheet(one.number, one.title, one.url, date.fromisoformat(one.modified) if one.modified else None)
        for name in names
        if (one := index.entries.get(name)) is not None
    ]
    return sum(sheet.is_old(today) for sheet in sheets), len(sheets)
