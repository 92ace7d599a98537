# SPDX-License-Identifier: EUPL-1.2
"""``kiosk content preview``: a procedure on the kiosk's screen while it is being written."""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path

import click

from kiosk.command_line import refuse, settings_of
from kiosk.config import ContentSettings
from kiosk.files_given import shown


@click.command()
@click.argument("procedure", metavar="ID")
@click.option("--language", default="fr", metavar="LANGUE", show_default=True, help="Langue des textes.")
@click.pass_context
def preview(context: click.Context, procedure: str, language: str) -> None:
    """Voir la démarche ID à l'écran de la borne, et chaque changement dès qu'il est enregistré.

    ID est un brouillon, une démarche de la borne, ou le chemin d'un dossier. Une erreur s'affiche en bas, avec le
    fichier et la ligne ; le dernier bon texte reste. Rien n'est noté dans le journal. Ctrl+C pour quitter.

    Code de sortie : 0 ; 1 si la démarche n'existe pas ou ne peut pas être montrée.
    """
    settings = settings_of(context)
    folder = folder_of(procedure, settings.content)
    if folder is None:
        refuse(f"« {shown(procedure)} » : il n'y a pas de démarche de ce nom. Voyez « kiosk list ».")
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        refuse("L'aperçu a besoin d'un terminal : lancez-le dans une fenêtre de commandes, sans redirection.")
    from kiosk.preview import PreviewApp, PreviewDialogue, read_draft, settings_for_preview
    from kiosk.wiring import make_dialogue

    draft = read_draft(folder)
    if not draft.texts:
        refuse("\n".join(f"{problem.file}:{problem.line} : {problem.message}" for problem in draft.problems))
    with tempfile.TemporaryDirectory(prefix="pas-a-pas-preview-") as traces:
        private = settings_for_preview(settings, Path(traces))
        make = partial(PreviewDialogue, folder=folder, draft=draft, language=language)
        app = PreviewApp(make_dialogue(private, make=make), private)
        app.run()
    if app.trouble is not None:
        refuse(f"L'aperçu s'est arrêté : {type(app.trouble).__name__}. Lancez « kiosk doctor ».")


def folder_of(procedure: str, content: ContentSettings) -> Path | None:
    """The folder of a procedure: a path, else a draft, else one that the kiosk serves."""
    given = Path(procedure)
    places = (given, content.drafts / procedure, content.path / procedure)
    return next((place.resolve() for place in places if (place / "procedure.toml").is_file()), None)
