# SPDX-License-Identifier: EUPL-1.2
"""Writes ``docs/evenements.md`` from the event types: ``python -m assist.journal.catalogue``."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from assist.session.events import EVENT_TYPES, Event, Privacy, journalled_fields

PAGE = Path(__file__).resolve().parents[2] / "docs" / "evenements.md"

_PRIVACY = {
    Privacy.TECHNICAL: "technique : ne dit rien d'une personne",
    Privacy.ANONYMOUS: "anonyme : rien ne relie la session à une personne",
}
_INTRODUCTION = """\
# Les événements du journal

Cette page est écrite par `python -m assist.journal.catalogue`. Ne la modifiez pas à la main.

Chaque événement garde : son numéro, son identifiant, la borne, le numéro du démarrage, l'identifiant
aléatoire de la session, l'heure, le type, et les champs de la colonne « Gardé ». Les champs de la colonne
« En mémoire » ne quittent jamais la mémoire de la borne. À la fin de la durée de conservation, les champs
gardés sont effacés. Le type et l'heure restent : la chaîne peut encore être vérifiée.

| Type | Ce qui se passe | Gardé | En mémoire | Confidentialité | Conservation |
|---|---|---|---|---|---|
"""


def page() -> str:
    """The whole page, in Markdown."""
    return _INTRODUCTION.replace(" :", "\u00a0:").replace(" ;", "\u00a0;").replace("« ", "«\u00a0").replace(
        " »", "\u00a0»"
    ) + "".join(_row(cls) for cls in EVENT_TYPES.values())


def _row(cls: type[Event]) -> str:
    description = cls.description
    kept = journalled_fields(cls)
    private = [field.name for field in fields(cls) if field.name not in kept]
    cells = (
        f"`{description.type}`",
        description.label,
        _names(kept),
        _names(private),
        _PRIVACY[description.privacy].replace(" :", "\u00a0:"),
        f"{description.retention_days} jours",
    )
    return f"| {' | '.join(cells)} |\n"


def _names(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "rien"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
