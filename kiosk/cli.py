# SPDX-License-Identifier: EUPL-1.2
"""The ``kiosk`` command. Each command prints text for people, or JSON with ``--json``; exit codes stand in its help."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk.backup_cli import backup, restore
from kiosk.command_line import config_path, json_option, print_json, settings_of
from kiosk.config import Settings, load_settings
from kiosk.content_cli import content
from kiosk.files_given import OutFile, UnreadableAnswers, answer_lines, reason, shown
from kiosk.french_click import FrenchGroup
from kiosk.journal_cli import journal
from kiosk.mandate_cli import mandate
from kiosk.private_files import keep_private
from kiosk.review_cli import review
from kiosk.server_cli import device, serve
from kiosk.staff_cli import staff
from kiosk.voice_cli import voice

if TYPE_CHECKING:
    from content.model import Procedure


@click.group(cls=FrenchGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--config", type=click.Path(path_type=Path), metavar="FICHIER", help="Fichier de réglages (kiosk.toml).")
@click.version_option(package_name="pas-a-pas", prog_name="kiosk")
@click.pass_context
def cli(context: click.Context, config: Path | None) -> None:
    """Pas à pas : la borne qui guide une démarche, une étape à la fois.

    Codes de sortie communs : 0 tout va bien ; 1 la commande n'a pas pu servir ; 2 la commande est mal écrite.
    """
    context.obj = config_path(config)


@cli.command()
@click.option("--page", is_flag=True, help="Servir la page tactile, sur cette machine seulement.")
@click.option("--lab", is_flag=True, help="Essayer les brouillons ([content] drafts) avec des volontaires.")
@click.pass_context
def run(context: click.Context, page: bool, lab: bool) -> None:
    """Démarrer la borne, dans ce terminal ou sur une page tactile (--page).

    Code de sortie : 0 arrêt demandé ; 1 la borne n'a pas pu démarrer.
    """
    settings = settings_of(context)
    if lab and not _has_drafts(settings.content.drafts):
        click.echo(f"{settings.content.drafts} : aucun brouillon à essayer.", err=True)
        click.echo("Copiez-y le dossier d'une démarche, puis lancez « kiosk content check » sur lui.", err=True)
        context.exit(1)
    keep_private(settings)
    if page:
        from kiosk.page.server import serve

        command = [sys.executable, "-m", "kiosk", "--config", str(context.obj), "run", *(["--lab"] if lab else [])]
        context.exit(serve(command, settings.page.port))
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        click.echo("La borne a besoin d'un terminal. Lancez-la dans un terminal, ou avec --page.", err=True)
        context.exit(1)
    from kiosk.running import run_kiosk

    context.exit(run_kiosk(settings, lab=lab))


def _has_drafts(folder: Path) -> bool:
    from content.loader import load_catalogue

    return bool(load_catalogue(folder).procedures)


@cli.command(name="list")
@json_option
@click.pass_context
def list_(context: click.Context, as_json: bool) -> None:
    """Les démarches que la borne sert : celles que « kiosk content check » ne refuse pas.

    Code de sortie : 0 ; 1 si une démarche a été retenue.
    """
    from kiosk.catalogue import and_official
    from kiosk.publication import published

    settings = settings_of(context)
    found = published(settings, date.today(), keep=False)
    procedures = and_official(found.catalogue, settings).titles()
    if as_json:
        print_json([_listed(procedure) for procedure in procedures])
    else:
        for procedure in procedures:
            when = "fiche officielle du" if procedure.official else "vérifié le"
            click.echo(f"{procedure.id:<22} {procedure.title}  ({when} {_checked_on(procedure):%d/%m/%Y})")
    for held in found.held_back:
        click.echo(held.said, err=True)
    _tell_official(settings)
    context.exit(1 if found.held_back else 0)


def _tell_official(settings: Settings) -> None:
    """Sheets were imported, and cannot be read. Where none was, nothing is missing from the list."""
    from kiosk.official_diagnosis import is_empty, official_fault

    folder = settings.content.official
    if folder is None or not folder.exists() or is_empty(folder):
        return
    if fault := official_fault(folder):
        click.echo(f"{fault.message}\n{fault.fix}", err=True)


def _listed(procedure: Procedure) -> dict[str, Any]:
    from content.sources import general

    return {
        "id": procedure.id,
        "title": procedure.title,
        "theme": procedure.theme,
        "languages": list(procedure.languages),
        "official": procedure.official.number if procedure.official else None,
        "source": general(procedure).url,
        "checked_on": _checked_on(procedure).isoformat(),
    }


def _checked_on(procedure: Procedure) -> date:
    return min(source.checked_on for source in procedure.sources)


@cli.command()
@click.argument("procedure")
@click.option(
    "--answers",
    type=click.Path(dir_okay=False, allow_dash=True),
    metavar="FICHIER|-",
    help="Fichier de réponses, une par ligne, ou - pour l'entrée standard.",
)
@click.option("--receipt", type=OutFile(), metavar="FICHIER.pdf", help="Écrire le papier dans ce PDF.")
@click.option("--paper", type=click.Choice(["a4", "ticket"]), help="Format du papier (celui de kiosk.toml sinon).")
@click.option("--language", default="fr", metavar="LANGUE", show_default=True, help="Langue des textes.")
@click.option("--no-journal", is_flag=True, help="Ne rien noter dans le journal.")
@json_option
@click.pass_context
def walk(
    context: click.Context,
    procedure: str,
    answers: str | None,
    receipt: Path | None,
    paper: str | None,
    language: str,
    no_journal: bool,
    as_json: bool,
) -> None:
    """Marcher dans une démarche sans écran.

    Chaque étape est écrite comme la personne la rencontre. Une réponse est un identifiant ou un libellé. Une ligne
    vide ou qui commence par # est passée. Sans --answers, les réponses sont lues au clavier.

    Codes de sortie : 0 fin atteinte ; 1 démarche inconnue ou papier impossible ; 3 les réponses s'arrêtent avant la
    fin ; 4 une réponse du fichier n'est pas possible.
    """
    from kiosk.walking import WalkOptions, run_walk

    settings = settings_of(context)
    options = WalkOptions(procedure, language, receipt, paper or settings.printer.paper, not no_journal, as_json)
    keep_private(settings)
    if answers is None or answers == "-":
        # sys.stdin is None when the program was started with its standard input closed.
        typed = answer_lines(sys.stdin.buffer, "Entrée standard") if sys.stdin else iter(())
        context.exit(run_walk(settings, options, typed, strict=answers == "-"))
    context.exit(run_walk(settings, options, _answers_of(context, answers), strict=True))


def _answers_of(context: click.Context, answers: str) -> list[str]:
    """The lines of an answers file, all of it read before the walk begins."""
    try:
        with Path(answers).open("rb") as file:
            return list(answer_lines(file, shown(answers, 200)))
    except UnreadableAnswers as unreadable:
        click.echo(str(unreadable), err=True)
    except OSError as error:
        click.echo(f"{shown(answers, 200)} : ce fichier de réponses ne se lit pas : {reason(error)}.", err=True)
    raise context.exit(1)


@cli.command()
@json_option
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Dire ce qui va et ce qui ne va pas : écran, son, voix, imprimante, journal, disque, horloge.

    Code de sortie : 0 la borne peut servir ; 1 elle ne peut pas.
    """
    from kiosk.doctor import diagnose, diagnose_settings

    loaded = load_settings(context.obj)
    findings = diagnose(loaded) if isinstance(loaded, Settings) else diagnose_settings(loaded)
    if as_json:
        print_json([{"check": f.check, "ok": f.ok, "message": f.message, "fix": f.fix} for f in findings])
    else:
        for f in findings:
            click.echo(f"{'✔' if f.ok else '✖'} {f.name} : {f.message}" + (f"\n    → {f.fix}" if f.fix else ""))
    context.exit(1 if any(f.blocking and not f.ok for f in findings) else 0)


for _group in (backup, content, device, journal, mandate, restore, review, serve, staff, voice):
    cli.add_command(_group)
