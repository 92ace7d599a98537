# SPDX-License-Identifier: EUPL-1.2
"""``kiosk voice hear``: what the kiosk would understand of a sound file."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from kiosk.command_line import json_option, print_json, settings_of
from kiosk.files_given import shown
from kiosk.words import LANGUAGES

if TYPE_CHECKING:
    from accessibility.listening.from_file import FileHearing
    from accessibility.listening.protocol import Phrase
    from kiosk.config import Settings

_SURE = {"clear": "compris clairement", "unsure": "compris sans certitude", "rejected": "pas compris"}
MOST_CHOICES = 500
LONGEST_CHOICE = 300


def _choices_of(_context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Every choice, once, as it is written, on one line or on several; quotes keep a comma inside one."""
    lines = [line for words in given for line in words.splitlines()]
    try:
        found = [choice.strip() for row in csv.reader(lines, skipinitialspace=True, strict=True) for choice in row]
    except csv.Error as fault:
        raise click.BadParameter('un guillemet n\'est pas fermé. Exemple : "oui, tout",non.', param=option) from fault
    choices = tuple(dict.fromkeys(choice for choice in found if choice))
    if given and not choices:
        raise click.BadParameter("écrivez au moins un choix, par exemple oui,non.", param=option)
    if len(choices) > MOST_CHOICES or any(len(choice) > LONGEST_CHOICE for choice in choices):
        limit = f"au plus {MOST_CHOICES} choix, de {LONGEST_CHOICE} signes chacun."
        raise click.BadParameter(limit, param=option)
    return choices


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--choices",
    multiple=True,
    callback=_choices_of,
    metavar="A,B,C",
    help="Ce qui peut être dit, entre des virgules ou à la ligne ; l'option peut se répéter. Entre guillemets s'il y a "
    "une virgule. Sans cette option : les commandes de toujours.",
)
@click.option("--engine", type=click.Choice(["auto", "vosk", "whisper"]), help="Le moteur ; sinon celui des réglages.")
@click.option("--language", type=click.Choice(list(LANGUAGES)), help="La langue parlée ; sinon celle des réglages.")
@json_option
@click.pass_context
def hear(
    context: click.Context,
    file: Path,
    choices: tuple[str, ...],
    engine: Literal["auto", "vosk", "whisper"] | None,
    language: str | None,
    as_json: bool,
) -> None:
    """Écouter le fichier de son FILE, et dire ce que la borne en comprend.

    « ms » est le temps qu'attend la personne, de la fin de sa phrase à la réponse.

    Code de sortie : 0, même si rien n'est compris ; 1 si le fichier ne peut pas être écouté, ou s'il manque un modèle
    (avec --json, « error » dit alors pourquoi).
    """
    from accessibility.listening.sound_files import UnusableFile

    settings = settings_of(context)
    language = language or settings.session.language
    try:
        heard = _hear(settings, engine or settings.listening.engine, file, _phrases(choices, language), language)
    except UnusableFile as fault:
        heard = f"{shown(str(file), 200)} : le fichier ne peut pas être écouté : {fault}."
    if isinstance(heard, str):
        click.echo(heard, err=True)
        if as_json:
            nothing = {"text": "", "accepted": None, "certainty": "rejected", "ms": 0, "engine": None}
            print_json(nothing | {"error": heard})
        context.exit(1)
    accepted = _accepted(heard, choices)
    if as_json:
        milliseconds = round(1000 * heard.seconds)
        about = {"certainty": str(heard.certainty), "ms": milliseconds, "engine": heard.engine}
        print_json({"text": heard.text, "accepted": accepted, **about})
        return
    click.echo(f"Entendu : « {heard.text} »" if heard.text else "Entendu : rien")
    named = f" : {accepted}" if accepted is not None else ""
    click.echo(f"{_SURE[heard.certainty].capitalize()}{named}")


def _hear(settings: Settings, engine: str, file: Path, phrases: tuple[Phrase, ...], language: str) -> FileHearing | str:
    """What was heard; why not, when nothing here can listen. Raises ``UnusableFile``."""
    from accessibility.listening.engines import VOSK_MODELS, choose
    from accessibility.listening.from_file import FileEar
    from accessibility.listening.protocol import Vocabulary
    from accessibility.listening.recogniser import EngineFault
    from accessibility.listening.sound_files import check

    check(file)
    # A command asked for by hand listens even where the kiosk itself does not.
    wanted, meaning = "auto" if engine == "none" else engine, settings.finding.meaning == "auto"
    choice = choose(wanted, settings.listening.models, language, meaning=meaning)  # type: ignore[arg-type]
    if choice is None:
        missing = VOSK_MODELS.get(language) if engine == "vosk" else "--default"
        advice = (
            f"Installez-le : « kiosk voice install {missing} »."
            if missing
            else f"{engine} n'écoute pas « {language} »."
        )
        return f"Il n'y a pas de modèle pour écouter. {advice}"
    try:
        heard = FileEar(choice).hear(file, Vocabulary(phrases, language))
    except EngineFault as fault:
        named = choice.model.name if choice.engine == "vosk" and choice.instead is None else "--default"
        return (
            f"Le moteur d'écoute ne marche pas : {shown(str(fault), 300)}.\n"
            f"Réinstallez son modèle : « kiosk voice install {named} »."
        )
    if heard.engine != choice.engine:
        other = f"Le modèle {choice.model.name} ne peut pas servir : {heard.engine} a écouté à sa place."
        click.echo(f"{other}\nRéinstallez-le : « kiosk voice install {choice.model.name} ».", err=True)
    return heard


def _phrases(choices: tuple[str, ...], language: str) -> tuple[Phrase, ...]:
    from accessibility.listening.commands import commands
    from accessibility.listening.protocol import Phrase

    if not choices:
        return commands(language)
    return tuple(Phrase(str(number), (choice,)) for number, choice in enumerate(choices))


def _accepted(heard: FileHearing, choices: tuple[str, ...]) -> str | None:
    if not heard.phrase:
        return None
    return choices[int(heard.phrase)] if choices else heard.phrase
