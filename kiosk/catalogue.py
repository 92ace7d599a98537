# SPDX-License-Identifier: EUPL-1.2
"""What this kiosk may serve: the procedures we wrote, then the official ones that were imported."""

from __future__ import annotations

from content.model import Catalogue
from kiosk.config import Settings


def and_official(ours: Catalogue, settings: Settings) -> Catalogue:
    """``ours``, then the imported ones. An official one costs its title only, until somebody picks it."""
    folder = settings.content.official
    if folder is None or not folder.is_dir():
        return ours
    from content.importers.vosdroits.serving import with_official

    return with_official(ours, folder)


def named(catalogue: Catalogue, name: str) -> str:
    """The identifier of the procedure that ``name`` means: itself, or the number of an official sheet ("F34300")."""
    if name in catalogue.procedures:
        return name
    wanted = name.upper()
    by_number = (
        known
        for known, languages in catalogue.procedures.items()
        for procedure in languages.values()
        if procedure.official is not None and procedure.official.number.upper() == wanted
    )
    return next(by_number, name)
