# SPDX-License-Identifier: EUPL-1.2
"""``kiosk voice say``: any text in a sound file, as the kiosk would say it now."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.command_line import json_option, print_json, settings_of
from kiosk.config import Settings
from kiosk.files_given import OutFile, shown, unwritable
from kiosk.words import LANGUAGES

if TYPE_CHECKING:
    from accessibility.speaking.protocol import Manner
    from accessibility.speaking.to_file import SpokenFile

VOICES = ("auto", "kokoro", "pyttsx3", "piper")


def _a_number(context: click.Context, option: click.Parameter, value: float) -> float:
    """A range lets "nan" through: it is neither below nor above."""
    if math.isnan(value):
        raise click.BadParameter("écrivez un nombre, par exemple 1.2.", context, option)
    return value


@click.command()
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
@click.option("--language", type=click.Choice(tuple(LANGUAGES)), help="Langue du texte ; sinon celle de la borne.")
@click.option(
    "--voice",
    type=click.Choice(VOICES),
    default="auto",
    show_default=True,
    help="auto : celle que la borne prendrait maintenant pour ce texte.",
)
@json_option
@click.pass_context
def say(
    context: click.Context, text: str, out: Path, rate: float, language: str | None, voice: str, as_json: bool
) -> None:
    """Dire TEXT dans un fichier WAV, avec la voix de la borne ; la voix qui a parlé est nommée.

    Code de sortie : 0 ; 1 si la voix n'a pas pu le dire (avec --json, « error » dit alors pourquoi) ; 2 si le nom ne
    finit pas par .wav.
    """
    from accessibility.speaking.protocol import Manner
    from accessibility.speaking.to_file import FileOutcome

    settings = settings_of(context)
    manner = Manner(language or settings.session.language, rate)
    if fault := unwritable(out):
        fault = f"{shown(str(out), 200)} : le fichier ne peut pas être écrit : {fault}."
    elif out.suffix.casefold() != ".wav":
        raise click.BadParameter("le nom du fichier doit finir par .wav.", context, param_hint="--out")
    spoken = fault or _spoken(settings, text, out, manner, voice)
    if not isinstance(spoken, str) and spoken.outcome is FileOutcome.WRITTEN:
        if as_json:
            print_json(_as_json(spoken, out, manner))
        else:
            click.echo(spoken.message)
        return
    why = spoken if isinstance(spoken, str) else spoken.message
    click.echo(why, err=True)
    if as_json:
        nothing = {"file": None, "engine": None, "voice": None, "language": manner.language, "seconds": 0.0}
        print_json(nothing | {"error": why})
    context.exit(1)


def _as_json(spoken: SpokenFile, out: Path, manner: Manner) -> dict[str, object]:
    return {
        "file": str(out),
        "engine": spoken.engine.split()[0].split("-")[0],
        "voice": spoken.voice,
        "language": manner.language,
        "seconds": round(spoken.seconds, 3),
    }


def _spoken(settings: Settings, text: str, out: Path, manner: Manner, voice: str) -> SpokenFile | str:
    """What became of it; a French sentence when this voice cannot be had."""
    from accessibility.speaking.cache import AudioCache
    from accessibility.speaking.rendered import rendered_voice
    from accessibility.speaking.rendering import CannotRender, all_processors, maker_of
    from accessibility.speaking.supervised import SupervisedEngine
    from accessibility.speaking.to_file import Shelf, say_to_file
    from kiosk.wiring import cache_folder, rendered_voice_of

    if voice == "auto":
        cache = AudioCache(cache_folder(settings), settings.voice.cache_mb)
        return say_to_file(text, out, manner, shelf=Shelf(cache, rendered_voice_of(settings)))
    if voice == "pyttsx3":
        return say_to_file(text, out, manner)
    asked = rendered_voice("piper" if voice == "piper" else "kokoro", settings.voice.piper)
    maker = maker_of(asked, settings.listening.models, all_processors(), awaited=True)
    if isinstance(maker, CannotRender):
        return str(maker)
    if not asked.name(manner.language):
        return f"La voix {voice} ne parle pas cette langue : {manner.language}."
    engine = SupervisedEngine(maker)
    try:
        return say_to_file(text, out, manner, engine)
    finally:
        engine.close()
