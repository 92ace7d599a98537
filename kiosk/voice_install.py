# SPDX-License-Identifier: EUPL-1.2
"""``kiosk voice list`` and ``kiosk voice install``: the models of the voice and of the ear."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk.command_line import json_option, print_json, settings_of
from kiosk.files_given import shown

if TYPE_CHECKING:
    from accessibility.models.catalogue import Catalogue, Model
    from accessibility.models.installing import Installed, NotInstalled

_USES = {"listening": "écouter", "speaking": "parler", "tests": "essais seulement"}
_SAID_EVERY = 10.0
"""Seconds between two lines of progress where there is no terminal to paint a bar on."""


@click.command(name="list")
@json_option
@click.pass_context
def list_(context: click.Context, as_json: bool) -> None:
    """Les modèles de la voix et de l'écoute : ceux qui existent, ceux qui sont installés.

    Code de sortie : 0.
    """
    from accessibility.models import catalogue, installed

    folder = settings_of(context).listening.models
    known = catalogue()
    rows = [_row(model, known, installed(folder, model.name)) for model in known.models.values()]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        state = "installé" if row["installed"] else "absent"
        default = ", par défaut" if row["default"] else ""
        click.echo(f"{row['name']:<26} {state:<9} {_megabytes(row['bytes']):>6}  {_USES[row['use']]}{default}")
        click.echo(f"    {row['what']} ({row['licence']}).")
    click.echo(f"Dossier des modèles : {folder}")


def _row(model: Model, known: Catalogue, place: Path | None) -> dict[str, Any]:
    return {
        "name": model.name,
        "what": model.what,
        "use": str(model.use),
        "languages": list(model.languages),
        "licence": model.licence,
        "bytes": model.size,
        "default": model.name == known.default,
        "installed": place is not None,
        "path": str(place) if place else None,
    }


@click.command()
@click.argument("names", metavar="[NOM]…", nargs=-1)
@click.option("--default", "default", is_flag=True, help="Le modèle d'écoute conseillé.")
@click.option(
    "--from",
    "given",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DOSSIER",
    help="Sans réseau : prendre le modèle, ou ses paquets, dans ce dossier.",
)
@click.option("--if-missing", is_flag=True, help="Aller vite et sans bruit : un modèle déjà là n'est pas relu.")
@json_option
@click.pass_context
def install(
    context: click.Context, names: tuple[str, ...], default: bool, given: Path | None, if_missing: bool, as_json: bool
) -> None:
    """Installer des modèles de la voix ou de l'écoute, par leur NOM (« kiosk voice list » les donne).

    Chaque fichier vient de son éditeur, ou d'un registre de paquets, ou du dossier de --from. Un fichier dont
    l'empreinte n'est pas la bonne est refusé, et ce qui était là reste. Une installation coupée reprend où elle en
    était.

    Codes de sortie : 0 tous les modèles demandés sont là ; 1 l'un d'eux n'a pas pu être installé.
    """
    from accessibility.models import catalogue
    from accessibility.models.installing import install as install_model

    known = catalogue()
    wanted = [_model(known, name, context) for name in (*([known.default] if default else []), *names)]
    if not wanted:
        raise click.UsageError("Écrivez le nom d'un modèle, ou --default.", context)
    folder = settings_of(context).listening.models
    results: list[dict[str, Any]] = []
    for model in dict.fromkeys(wanted):
        with _Telling(model.name, quiet=as_json) as telling:
            done = install_model(folder, model, telling.progress, given=given, trusting=if_missing)
        results.append(_result(model, done))
        if not (as_json or (if_missing and results[-1]["already"])):
            _say(model, done)
    if as_json:
        print_json(results)
    context.exit(0 if all(result["installed"] for result in results) else 1)


def _model(known: Catalogue, name: str, context: click.Context) -> Model:
    if model := known.models.get(name):
        return model
    near = known.near(name)
    others = f"Vouliez-vous écrire : {', '.join(near)} ?" if near else f"Modèles : {', '.join(known.models)}."
    raise click.UsageError(f"Le modèle « {shown(name)} » n'existe pas. {others}", context)


def _result(model: Model, done: Installed | NotInstalled) -> dict[str, Any]:
    from accessibility.models.installing import Installed

    if isinstance(done, Installed):
        return {
            "name": model.name,
            "installed": True,
            "already": done.already,
            "source": done.source or None,
            "path": str(done.path),
            "reasons": [],
        }
    reasons = list(done.reasons)
    return {"name": model.name, "installed": False, "already": False, "source": None, "path": None, "reasons": reasons}


def _say(model: Model, done: Installed | NotInstalled) -> None:
    from accessibility.models.installing import Installed

    if isinstance(done, Installed):
        how = "est déjà là" if done.already else f"est installé ; il vient de : {done.source}"
        click.echo(f"{model.name} {how}.")
        return
    click.echo(f"{model.name} n'a pas pu être installé :", err=True)
    for reason in done.reasons:
        click.echo(f"  - {reason}", err=True)
    click.echo(
        "Sans réseau : copiez le modèle ou ses paquets dans un dossier, puis "
        f"« kiosk voice install {model.name} --from DOSSIER » (docs/installer.md).",
        err=True,
    )


def _megabytes(size: int) -> str:
    from accessibility.models.faults import megabytes

    return megabytes(size)


class _Telling:
    """How far it is, on the standard error: a bar on a terminal, else a line now and then; nothing when ``quiet``."""

    def __init__(self, model: str, *, quiet: bool) -> None:
        self.model = model
        self.quiet = quiet
        self.on_terminal = sys.stderr.isatty()
        self.what = ""
        self.said = 0.0
        self.bar: Any = None

    def __enter__(self) -> _Telling:
        return self

    def __exit__(self, *_: object) -> None:
        self._end_bar()

    def progress(self, what: str, done: int, whole: int) -> None:
        """One more block of ``what``."""
        if self.quiet:
            return
        now = time.monotonic()
        fresh = what != self.what
        if fresh:
            self._end_bar()
        self.what = what
        if self.on_terminal and whole:
            self._paint(what, done, whole)
        elif fresh or now - self.said >= _SAID_EVERY:
            self.said = now
            far = f" : {_megabytes(done)} sur {_megabytes(whole)}" if whole and done else ""
            click.echo(f"{self.model} : {what}{far}", err=True)

    def _paint(self, what: str, done: int, whole: int) -> None:
        if self.bar is None or self.bar.length != whole:
            self._end_bar()
            self.bar = click.progressbar(length=whole, label=f"{self.model} : {what}", file=sys.stderr, width=24)
            self.bar.__enter__()
        self.bar.update(done - self.bar.pos)

    def _end_bar(self) -> None:
        if self.bar is not None:
            self.bar.__exit__(None, None, None)
            self.bar = None
