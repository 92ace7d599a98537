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

from kiosk.command_line import count_of, json_option, print_json, refuse
from kiosk.files_given import reason, shown

if TYPE_CHECKING:
    from content.importers.vosdroits.importing import Summary, TooManyRemovals
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
@click.option(
    "--accept-removals", is_flag=True, help="Accepter que plus de la moitié des fiches de DOSSIER s'en aille."
)
@json_option
@click.pass_context
def import_vosdroits(context: click.Context, source: str, folder: Path, accept_removals: bool, as_json: bool) -> None:
    """Importer les fiches officielles de Service-Public.fr (flux « vosdroits »).

    SOURCE est le dossier du flux, son zip, ou son adresse. Seul ce qui a changé est relu. Un fichier abîmé est nommé
    et passé. Un import interrompu laisse l'import d'avant en place. Un import qui retirerait plus de la moitié des
    fiches est refusé.

    Codes de sortie : 0 tout est importé ; 1 rien n'a pu l'être ; 3 importé, sauf des fichiers abîmés.
    """
    from content.importers.vosdroits.importing import TooManyRemovals, import_feed
    from content.importers.vosdroits.sources import NoSource

    try:
        with _telling(quiet=as_json) as (downloading, reading):
            now = datetime.now().astimezone()
            summary = import_feed(
                source, folder, now, downloading=downloading, reading=reading, accept_removals=accept_removals
            )
    except NoSource as fault:
        _refuse(str(fault), as_json=as_json)
    except TooManyRemovals as fault:
        _refuse(_too_many(fault), as_json=as_json)
    except OSError as error:
        _refuse(f"{shown(str(folder), 200)} ne peut pas être écrit : {reason(error)}.", as_json=as_json)
    else:
        print_json(_as_json(summary, folder)) if as_json else _say(summary, folder)
        context.exit(3 if summary.broken else 0)


def _too_many(fault: TooManyRemovals) -> str:
    gone = count_of(fault.removed, "fiche s'en irait", "fiches s'en iraient")
    return (
        f"{gone}, sur {fault.known}\u00a0: ce flux est peut-être incomplet. Rien n'a changé.\n"
        "Vérifiez SOURCE. Si c'est voulu, lancez la même commande avec --accept-removals."
    )


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
        "other_files": summary.other,
        "unknown_elements": dict(summary.unknown.most_common()),
        "broken": summary.broken,
        "kept_from_before": summary.kept,
        "problems": [{"file": p.file, "line": p.line, "message": p.message} for p in summary.problems],
    }


def _say(summary: Summary, folder: Path) -> None:
    for problem in summary.problems[:_NAMED]:
        click.echo(f"{problem.file}:{problem.line} : {problem.message}", err=True)
    if summary.broken > _NAMED:
        more = count_of(summary.broken - _NAMED, "autre fichier abîmé", "autres fichiers abîmés")
        click.echo(f"… et {more} (--json a les noms).", err=True)
    click.echo(f"{count_of(summary.files, 'fichier lu', 'fichiers lus')} dans la source.")
    held = count_of(sum(summary.kinds.values()), "publication", "publications")
    click.echo(f"{held} dans {shown(str(folder), 200)} :")
    for kind, count in summary.kinds.most_common():
        click.echo(f"  {count:>6}  {kind}")
    click.echo(
        f"{count_of(summary.read, 'nouvelle ou changée', 'nouvelles ou changées')}, "
        f"{summary.unchanged} sans changement, {count_of(summary.removed, 'retirée', 'retirées')}."
    )
    walks = count_of(summary.walkable, "démarche officielle", "démarches officielles")
    click.echo(f"{walks} à parcourir (« kiosk list »).")
    if summary.other:
        count = count_of(
            len(summary.other), "fichier qui n'est pas une publication", "fichiers qui ne sont pas des publications"
        )
        more = ", …" if len(summary.other) > _NAMED else ""
        click.echo(f"{count} : {', '.join(summary.other[:_NAMED])}{more}.")
    if summary.unknown:
        click.echo(f"Éléments que cette version ne connaît pas (leur texte est gardé) : {_counted(summary.unknown)}.")
    if summary.broken:
        kept = f", dont {count_of(summary.kept, 'gardé', 'gardés')} de l'import d'avant" if summary.kept else ""
        click.echo(f"{count_of(summary.broken, 'fichier abîmé', 'fichiers abîmés')}{kept}.")


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
