# SPDX-License-Identifier: EUPL-1.2
"""What a begun procedure still lacks before anybody meets it: its author's own words, whom to ask, ways of asking.

The loader gives such a draft: it can be seen and tried while it is written. Only the publication refuses it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from content.loader import STRUCTURE_FILE, load_procedure
from content.model import Problem, Section
from content.text_rules import shown
from content.toml_source import TomlDocument, read

MARK = "À VOUS"
"""What stands, in a new procedure, wherever its author has to write."""
FEWEST_WAYS = 12
"""Ways of asking for a procedure under which people are often not understood."""


def check_finished(folder: Path) -> tuple[Problem, ...]:
    """The marks that are left in the files of one procedure, comments too: a refusal each."""
    message = f"La marque « {MARK} » est encore là. Écrivez vos mots, puis retirez-la."
    found: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        document = read(path, within=folder, shown_as=shown(str(path), 200))
        if isinstance(document, TomlDocument):
            lines = enumerate(document.text.splitlines(), start=1)
            found += [Problem(document.file, line, "unfinished", message) for line, text in lines if MARK in text]
    return tuple(found)


def advise(folder: Path) -> Iterator[Problem]:
    """Advice on what the French of one procedure lacks."""
    procedure = load_procedure(folder)[0].get("fr")
    if procedure is None:
        return
    if not any(line.section in (Section.WHERE, Section.CONTACT) for line in procedure.road_map):
        message = "Le papier ne dit à personne où aller, ni qui appeler. Ajoutez une ligne « where » ou « contact »."
        yield Problem(shown(str(folder / STRUCTURE_FILE), 200), 1, "nobody-to-ask", message, warning=True)
    if (ways := len(procedure.also)) < FEWEST_WAYS:
        message = f"« also » donne {ways} façons de demander cette démarche. Écrivez-en {FEWEST_WAYS} au moins."
        yield Problem(shown(str(folder / "fr.toml"), 200), 1, "few-ways", message, warning=True)
