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
    from accessibility.models.diagnosis import Damage
    from accessibility.models.installing import Installed, NotInstalled

_USES = {"listening": "écouter", "speaking": "parler", "tests": "essais seulement"}
_SAID_EVERY = 10.0
"""Seconds between two lines of progress where there is no terminal to paint a bar on."""


@click.command(name="list")
@click.option("--verify", is_flag=True, help="Lire chaque octet des modèles qui sont là, et dire ceux qui sont abîmés.")
@json_option
@click.pass_context
def list_(context: click.Context, verify: bool, as_json: bool) -> None:
    """Les modèles de la voix et de l'écoute : ceux qui existent, ceux qui sont installés.

    Code de sortie : 0 ; avec --verify, 1 si un modèle qui est là n'est pas entier, ou a changé.
    """
    from accessibility.models import catalogue, installed
    from accessibility.models.diagnosis import damage_of

    folder = settings_of(context).listening.models
    known = catalogue()
    damaged = False
    rows: list[dict[str, Any]] = []
    for model in known.models.values():
        row = _row(model, known, installed(folder, model.name))
        there = (folder / model.name).exists()
        damage = damage_of(folder, model) if verify and there else None
        damaged = damaged or damage is not None
        rows.append(row | (_verified(there, damage) if verify else {}))
        if not as_json:
            state = "abîmé" if damage else "installé" if row["installed"] else "à refaire" if there else "absent"
            default = ", par défaut" if row["default"] else ""
            click.echo(f"{model.name:<26} {state:<9} {_megabytes(model.told):>6}  {_USES[row['use']]}{default}")
            click.echo(f"    {model.what} ({model.licence}).")
            if damage:
                click.echo(f"    {damage.message}")
                click.echo(f"    {damage.fix}")
    if as_json:
        print_json(rows)
    else:
        click.echo(f"Dossier des modèles : {folder}")
    context.exit(1 if damaged else 0)


def _verified(there: bool, damage: Damage | None) -> dict[str, Any]:
    """What ``--verify`` adds to a row."""
    altered = [{"path": one.path, "fault": one.fault} for one in damage.altered] if damage else []
    return {
        "whole": damage is None if there else None,
        "altered": altered,
        "message": damage.message if damage else "",
        "fix": damage.fix if damage else "",
    }


def _row(model: Model, known: Catalogue, place: Path | None) -> dict[str, Any]:
    return {
        "name": model.name,
        "what": model.what,
        "use": str(model.use),
        "languages": list(model.languages),
        "licence": model.licence,
        "bytes": model.told,
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

    Codes de sortie : 0 tous les modèles demandés sont là ; 1 l'un d'eux n'a pas pu être installé ; 2 un nom n'existe
    pas, et rien n'est installé.
    """
    from accessibility.models import catalogue
    from accessibility.models.installing import install as install_model

    known = catalogue()
    asked = tuple(dict.fromkeys([known.default, *names] if default else names))
    if not asked:
        raise click.UsageError("Écrivez le nom d'un modèle, ou --default.", context)
    unknown = {name: _unknown(known, name) for name in asked if name not in known.models}
    if unknown:
        if as_json:
            print_json([_not_installed(shown(name), (why,)) for name, why in unknown.items()])
        raise click.UsageError(next(iter(unknown.values())), context)
    folder = settings_of(context).listening.models
    results: list[dict[str, Any]] = []
    for model in (known.models[name] for name in asked):
        with _Telling(model.name, quiet=as_json) as telling:
            done = install_model(folder, model, telling.progress, given=given, trusting=if_missing)
        results.append(_result(model, done))
        if not (as_json or (if_missing and results[-1]["already"])):
            _say(model, done)
    if as_json:
        print_json(results)
    context.exit(0 if all(result["installed"] for result in results) else 1)


def _unknown(known: Catalogue, name: str) -> str:
    near = known.near(name)
    others = f"Vouliez-vous écrire : {', '.join(near)} ?" if near else f"Modèles : {', '.join(known.models)}."
    return f"Le modèle « {shown(name)} » n'existe pas. {others}"


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
    return _not_installed(model.name, done.reasons)


def _not_installed(name: str, reasons: tuple[str, ...]) -> dict[str, Any]:
    nowhere = {"installed": False, "already": False, "source": None, "path": None}
    return {"name": name, **nowhere, "reasons": list(reasons)}


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
