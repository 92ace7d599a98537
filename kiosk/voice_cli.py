# SPDX-License-Identifier: EUPL-1.2
"""``kiosk voice``: what the kiosk says, hears, and the models it needs for that.

Each command of the group has a module of its own: it is light to import, what is heavy comes when the command runs.
"""

from __future__ import annotations

import math
from pathlib import Path

import click

from kiosk.command_line import json_option, print_json, settings_of
from kiosk.files_given import OutFile, shown, unwritable
from kiosk.french_click import FrenchGroup
from kiosk.voice_hear import hear
from kiosk.voice_install import install, list_


@click.group(cls=FrenchGroup)
def voice() -> None:
    """La voix et l'écoute de la borne."""


def _a_number(context: click.Context, option: click.Parameter, value: float) -> float:
    """A range lets "nan" through: it is neither below nor above."""
    if math.isnan(value):
        raise click.BadParameter("écrivez un nombre, par exemple 1.2.", context, option)
    return value


@voice.command()
@click.argument("text")
@click.option("--out", type=OutFile(), metavar="FICHIER.wav", required=True, help="Fichier WAV à écrire.")
@click.option(
    "--rate",
    type=click.FloatRange(0.5, 2.0),
    callback=_a_number,
    metavar="NOMBRE",
    default=1.0,
    show_default=True,
    help="Vitesse, de 0.5 à 2.",
)
@json_option
@click.pass_context
def say(context: click.Context, text: str, out: Path, rate: float, as_json: bool) -> None:
    """Dire TEXT dans un fichier WAV, avec la voix de la borne.

    Code de sortie : 0 ; 1 si la voix n'a pas pu le dire.
    """
    from accessibility.speaking.protocol import Manner
    from accessibility.speaking.to_file import FileOutcome, say_to_file

    if fault := unwritable(out):
        click.echo(f"{shown(str(out), 200)} : le fichier ne peut pas être écrit : {fault}.", err=True)
        context.exit(1)
    spoken = say_to_file(text, out, Manner(settings_of(context).session.language, rate))
    written = spoken.outcome is FileOutcome.WRITTEN
    if as_json and written:
        print_json({"file": str(out), "voice": spoken.voice, "seconds": round(spoken.seconds, 3)})
    else:
        click.echo(spoken.message, err=not written)
    context.exit(0 if written else 1)


for _command in (install, list_, hear):
    voice.add_command(_command)
