# SPDX-License-Identifier: EUPL-1.2
"""``kiosk content import-vosdroits``: the official sheets of Service-Public.fr, brought in by a technician."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from kiosk.command_line import json_option, print_json, refuse
from kiosk.files_given import reason, shown

if TYPE_CHECKING:
    from content.importers.vosdroits.importing import Summary
    from content.importers.vosdroits.sources import Progress

_NAMED = 20
"""Broken files and unknown elements named one by one; ``--json`` has more."""


@click.command(name="import-vosdroits")
@click.argument("source", metavar="SOURCE")
@click.option(
    "--into",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DOSSIER",
    help="Dossier des fiches importées, le même que [content] official dans kiosk.toml.",
)
@json_option
@click.pass_context
def import_vosdroits(context: click.Context, source: str, folder: Path, as_json: bool) -> None:
    """Importer les fiches officielles de Service-Public.fr (flux « vosdroits »).

    SOURCE est le dossier du flux, son zip, ou son adresse. Seul ce qui a changé est relu. Un fichier abîmé est nommé
    et passé. Un import interrompu laisse l'import d'avant en place.

    Codes de sortie : 0 tout est importé ; 1 rien n'a pu l'être ; 3 importé, sauf des fichiers abîmés.
    """
    from content.importers.vosdroits.importing import import_feed
    from content.importers.vosdroits.sources import NoSource

    try:
        with _telling(quiet=as_json) as (downloading, reading):
            summary = import_feed(source, folder, datetime.now().astimezone(), downloading=downloading, reading=reading)
    except NoSource as fault:
        _refuse(str(fault), as_json=as_json)
    except OSError as error:
        _refuse(f"{shown(str(folder), 200)} ne peut pas être écrit : {reason(error)}.", as_json=as_json)
    else:
        print_json(_as_json(summary, folder)) if as_json else _say(summary, folder)
        context.exit(3 if summary.broken else 0)


def _refuse(why: str, *, as_json: bool) -> NoReturn:
    if as_json:
        print_json({"imported": False, "reason": why})
    refuse(why)


def _as_json(summary: Summary, folder: Path) -> dict[str, Any]:
    return {
        "imported": True,
        "into": str(folder),
        "files": summary.files,
        "publications": sum(summary.kinds.values()),
        "read": summary.read,
        "unchanged": summary.unchanged,
        "removed": summary.removed,
        "procedures": summary.walkable,
        "kinds": dict(summary.kinds.most_common()),
        "other_files": dict(summary.other.most_common()),
        "unknown_elements": dict(summary.unknown.most_common()),
        "broken": summary.broken,
        "kept_from_before": summary.kept,
        "problems": [{"file": p.file, "line": p.line, "message": p.message} for p in summary.problems],
    }


def _say(summary: Summary, folder: Path) -> None:
    for problem in summary.problems[:_NAMED]:
        click.echo(f"{problem.file}:{problem.line} : {problem.message}", err=True)
    if summary.broken > _NAMED:
        click.echo(f"… et {summary.broken - _NAMED} autres fichiers abîmés (--json les nomme).", err=True)
    click.echo(f"{summary.files} fichiers lus dans la source.")
    click.echo(f"{sum(summary.kinds.values())} publications dans {shown(str(folder), 200)} :")
    for kind, count in summary.kinds.most_common():
        click.echo(f"  {count:>6}  {kind}")
    click.echo(
        f"{summary.read} nouvelles ou changées, {summary.unchanged} sans changement, {summary.removed} retirées."
    )
    click.echo(f"{summary.walkable} démarches officielles à parcourir (« kiosk list »).")
    if summary.other:
        count = sum(summary.other.values())
        click.echo(f"{count} fichiers qui ne sont pas des publications : {_counted(summary.other)}.")
    if summary.unknown:
        click.echo(f"Éléments que cette version ne connaît pas (leur texte est gardé) : {_counted(summary.unknown)}.")
    if summary.broken:
        kept = f", dont {summary.kept} gardés de l'import d'avant" if summary.kept else ""
        click.echo(f"{summary.broken} fichiers abîmés{kept}.")


def _counted(names: Any) -> str:
    return ", ".join(f"{shown(name)} ({count})" for name, count in names.most_common(_NAMED))


@contextmanager
def _telling(*, quiet: bool) -> Generator[tuple[Progress, Progress]]:
    """A bar on a terminal; nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield (lambda done, whole: None), (lambda done, whole: None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        fetched = bar.add_task("Téléchargement (octets)", total=None, visible=False)
        read = bar.add_task("Fiches", total=None)
        yield (
            lambda done, whole: bar.update(fetched, completed=done, total=whole or None, visible=True),
            lambda done, whole: bar.update(read, completed=done, total=whole or None),
        )
