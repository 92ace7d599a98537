# SPDX-License-Identifier: EUPL-1.2
"""``kiosk voice render``: every public sentence in the better voice, made ahead of time.

``python -m kiosk.voice_render JSON PARENT`` is the same while the kiosk is idle: quietly, and never longer than PARENT.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk.command_line import count_of, json_option, print_json, settings_of
from kiosk.config import (
    ContentSettings,
    HelpSettings,
    JournalSettings,
    ListeningSettings,
    SessionSettings,
    Settings,
    VoiceSettings,
)
from kiosk.files_given import shown
from kiosk.private_files import keep_private
from kiosk.words import LANGUAGES

if TYPE_CHECKING:
    from accessibility.speaking.rendering import Rendering, Sentence
    from content.model import Catalogue
    from kiosk.view import Said


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to render: all the kiosk may say (procedure ""), or one procedure; languages in their order."""

    procedure: str = ""
    languages: tuple[str, ...] = tuple(LANGUAGES)


def public_sentences(
    settings: Settings, wanted: Wanted | None = None, served: Catalogue | None = None
) -> list[Sentence] | None:
    """Everything that may be said to anybody, what is met first coming first. None: there is no such procedure.

    ``served``: what is published, where it is known already.
    """
    from kiosk.presenter import Surroundings
    from kiosk.publication import published
    from kiosk.rehearsal import beside, moments, passing, sentences_of

    wanted = wanted or Wanted(languages=_site_first(settings.session.language))
    catalogue = served or published(settings, date.today(), keep=False).catalogue
    who = settings.help
    around = Surroundings(catalogue, who.person, who.wait_minutes, who.phone)
    found: list[tuple[Said, str]] = []
    if not wanted.procedure:
        for language in wanted.languages:
            found += [(line, language) for line in (*moments(around, language), *passing(language, around))]
    elif wanted.procedure not in catalogue.procedures:
        return None
    names = (wanted.procedure,) if wanted.procedure else tuple(catalogue.procedures)
    for language in wanted.languages:
        for name in names:
            if procedure := catalogue.procedures[name].get(language):
                found += [(line, language) for line in sentences_of(procedure, language)]
    for language in wanted.languages:  # What is said less often comes last.
        for name in names:
            if procedure := catalogue.procedures[name].get(language):
                found += [(line, language) for line in beside(procedure, language)]
    return [(line.text, line.language or language) for line, language in found if not line.private]


def _numbers(context: click.Context, option: click.Parameter, values: tuple[float, ...]) -> tuple[float, ...]:
    """A range lets "nan" through: it is neither below nor above."""
    if any(math.isnan(value) for value in values):
        raise click.BadParameter("écrivez un nombre, par exemple 1.2.", context, option)
    return values


@click.command()
@click.argument("procedure", required=False, metavar="[DÉMARCHE]")
@click.option("--all", "everything", is_flag=True, help="Toutes les phrases de la borne.")
@click.option("--language", type=click.Choice(tuple(LANGUAGES)), help="Une seule langue ; sinon toutes.")
@click.option(
    "--rate",
    "rates",
    type=click.FloatRange(0.5, 2.0),
    callback=_numbers,
    multiple=True,
    metavar="NOMBRE",
    help="Vitesse, de 0.5 à 2 ; peut se répéter. Sinon 1 : les autres sont étirées au moment de parler.",
)
@json_option
@click.pass_context
def render(
    context: click.Context,
    procedure: str | None,
    everything: bool,
    language: str | None,
    rates: tuple[float, ...],
    as_json: bool,
) -> None:
    """Préparer d'avance les phrases d'une DÉMARCHE, ou toutes (--all), avec la meilleure voix.

    Ce qui est déjà prêt n'est pas refait : on peut arrêter et reprendre. À lancer avec le compte de la borne.

    Code de sortie : 0 tout est prêt ; 1 il en manque, ou la démarche n'existe pas (avec --json, « error » le dit).
    """
    from accessibility.speaking.rendering import RenderOutcome, all_processors, lines_of

    if everything == bool(procedure):
        raise click.UsageError("Nommez une démarche, ou écrivez --all.")
    settings = settings_of(context)
    keep_private(settings)
    languages = (language,) if language else _site_first(settings.session.language)
    sentences = public_sentences(settings, Wanted(procedure or "", languages))
    if sentences is None:
        unknown = f"La démarche « {shown(procedure or '', 60)} » n'existe pas. Voyez « kiosk list »."
        click.echo(unknown, err=True)
        if as_json:
            print_json(_nothing_made(unknown))
        context.exit(1)
    lines = lines_of(sentences, tuple(dict.fromkeys(rates)) or (1.0,))
    bar = click.progressbar(length=len(lines), label="Phrases", file=sys.stderr, hidden=as_json)
    with bar:
        done = _render(settings, lines, all_processors(), bar.update)
    if as_json:
        print_json(_as_json(done))
    else:
        click.echo(_told(done), err=done.outcome is not RenderOutcome.DONE)
    context.exit(0 if done.outcome is RenderOutcome.DONE and not done.failed else 1)


def _site_first(language: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((language, *LANGUAGES)))


def _render(settings: Settings, lines: Sequence[Any], threads: int, progress: Any = None) -> Rendering:
    from accessibility.speaking.cache import AudioCache
    from accessibility.speaking.rendering import maker_of
    from accessibility.speaking.rendering import render as render_lines
    from kiosk.wiring import cache_folder, rendered_voice_of

    voice = rendered_voice_of(settings)
    cache = AudioCache(cache_folder(settings), settings.voice.cache_mb)
    maker = maker_of(voice, settings.listening.models, threads)
    return render_lines(lines, voice, cache, maker, progress or (lambda steps: None))


def _as_json(done: Rendering) -> dict[str, Any]:
    return {
        "outcome": done.outcome.value,
        "wanted": done.wanted,
        "made": done.made,
        "kept": done.kept,
        "failed": list(done.failed),
        "seconds": round(done.took, 1),
        "sound_seconds": round(done.sound_seconds, 1),
        "megabytes": round(done.size / 1e6, 1),
        "message": done.why,
    }


def _nothing_made(why: str) -> dict[str, Any]:
    """What stands in the place of a rendering that there was no procedure for."""
    counts = dict.fromkeys(("wanted", "made", "kept"), 0)
    sizes = dict.fromkeys(("seconds", "sound_seconds", "megabytes"), 0.0)
    return {"outcome": "unknown", **counts, "failed": [], **sizes, "message": why, "error": why}


def _told(done: Rendering) -> str:
    minutes, seconds = divmod(round(done.took), 60)
    parts = [
        count_of(done.made, "phrase faite", "phrases faites"),
        count_of(done.kept, "déjà prête", "déjà prêtes"),
        count_of(len(done.failed), "impossible", "impossibles"),
    ]
    missing = done.wanted - done.made - done.kept - len(done.failed)
    if missing:
        parts.append(f"{missing} à faire")
    told = f"{', '.join(parts)}. {minutes} min {seconds} s. {done.size / 1e6:.0f} Mo sur le disque."
    failed = [f"Impossible à dire : « {shown(text, 80)} »." for text in done.failed[:10]]
    return "\n".join(filter(None, (told, *failed, done.why)))


# While the kiosk is idle


def idle_command(settings: Settings) -> tuple[str, ...]:
    """The program that renders what is missing; the number of its parent comes after."""
    told = {
        "content": str(settings.content.path),
        "journal": str(settings.journal.path),
        "models": str(settings.listening.models),
        "piper": str(settings.voice.piper or ""),
        "rendered": settings.voice.rendered,
        "cache_mb": settings.voice.cache_mb,
        "language": settings.session.language,
        "person": settings.help.person,
        "wait_minutes": settings.help.wait_minutes,
        "phone": settings.help.phone,
    }
    return (sys.executable, "-P", "-m", "kiosk.voice_render", json.dumps(told))


def render_while_idle(told: dict[str, Any]) -> int:
    """Render all that is missing, with one processor; what stays missing is for the doctor to say."""
    from accessibility.speaking.rendering import lines_of

    settings = Settings(
        content=ContentSettings(Path(told["content"])),
        journal=JournalSettings(Path(told["journal"])),
        listening=ListeningSettings(models=Path(told["models"])),
        voice=VoiceSettings(
            rendered=told["rendered"], piper=Path(told["piper"]) if told["piper"] else None, cache_mb=told["cache_mb"]
        ),
        session=SessionSettings(language=told["language"]),
        help=HelpSettings(told["person"], told["wait_minutes"], told["phone"]),
    )
    sentences = public_sentences(settings)
    _render(settings, lines_of(sentences or ()), threads=1)
    return 0


def _main(told: str, parent: str) -> int:
    from accessibility.processes.child_side import tie_to_parent
    from accessibility.speaking.maker_process import step_aside

    tie_to_parent(int(parent))
    step_aside()
    return render_while_idle(json.loads(told))


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1], sys.argv[2]))
