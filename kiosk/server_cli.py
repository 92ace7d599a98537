# SPDX-License-Identifier: EUPL-1.2
"""``kiosk serve`` and ``kiosk device``: the server of the site, and the kiosks that may reach it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from kiosk.command_line import json_option, print_json, refuse, settings_of
from kiosk.config import Settings
from kiosk.french_click import FrenchGroup
from kiosk.private_files import keep_private

if TYPE_CHECKING:
    from assist.server.database import Database


@click.command()
@click.option("--make-certificate", is_flag=True, help="Faire le certificat du serveur, et ne pas servir.")
@click.option("--name", "names", multiple=True, metavar="NOM", help="Un nom de plus dans le certificat.")
@click.option(
    "--with-kiosk",
    is_flag=True,
    help="Pour script/run : s'arrêter avec la borne ; ne rien faire si aucun serveur n'est voulu ici.",
)
@click.pass_context
def serve(context: click.Context, make_certificate: bool, names: tuple[str, ...], with_kiosk: bool) -> None:
    """Démarrer le serveur du lieu : les bornes s'y relient, les médiateurs ouvrent sa page.

    Code de sortie : 0 arrêt demandé ; 1 le serveur n'a pas pu démarrer.
    """
    from kiosk import serve as server

    settings = settings_of(context)
    if names and not make_certificate:
        raise click.UsageError("--name va avec --make-certificate.")
    keep_private(settings)
    if make_certificate:
        context.exit(server.make_certificate(settings, names))
    context.exit(server.serve(settings, with_kiosk=with_kiosk))


@click.group(cls=FrenchGroup)
def device() -> None:
    """Les bornes qui peuvent se relier au serveur du lieu."""


@device.command()
@click.argument("name", metavar="NOM")
@click.pass_context
def add(context: click.Context, name: str) -> None:
    """Faire la clé d'une borne. NOM est son [site] kiosk ; une clé d'avant n'ouvre plus rien.

    Code de sortie : 0 ; 1 si la clé n'a pas pu être faite.
    """
    from assist.link.device_key import key_file, write_key
    from assist.server.kiosks import devices

    settings = _settings(context)
    file = key_file(settings.server.keys, name)
    with _database(settings) as database, database.begin() as transaction:
        key = devices.add(transaction, name, datetime.now(UTC))
    try:
        write_key(file, key)
    except OSError as error:
        refuse(f"{file} ne peut pas être écrit : {error.strerror}. Corrigez cela, puis relancez cette commande.")
    click.echo(f"La clé de « {name} » est dans {file}.")
    if name != settings.site.kiosk or settings.server.address:
        click.echo("Sur la borne : mettez ce fichier dans le dossier de [server] keys, écrivez [server] address,")
        click.echo("et donnez le fichier au compte de la borne. Effacez-le ensuite ici.")


@device.command(name="list")
@json_option
@click.pass_context
def list_(context: click.Context, as_json: bool) -> None:
    """Les bornes connues, et quand elles ont été vues.

    Code de sortie : 0 ; 1 si la base de données ne répond pas.
    """
    from assist.server.kiosks import devices

    with _database(_settings(context)) as database, database.begin() as transaction:
        found = devices.listed(transaction)
    if as_json:
        times = ("added_at", "seen_at", "revoked_at", "doubled_at")
        print_json(
            [
                {"name": each.name, "version": each.version, "doubled": each.doubled}
                | {name: at.isoformat() if (at := getattr(each, name)) else None for name in times}
                for each in found
            ]
        )
        return
    if not found:
        click.echo("Aucune borne. Celle de cette machine s'ajoute seule au démarrage de « kiosk serve ».")
    for each in found:
        if each.revoked_at:
            click.echo(f"{each.name:<22} retirée le {_text(each.revoked_at)}")
            continue
        click.echo(f"{each.name:<22} " + (f"vue le {_text(each.seen_at)}" if each.seen_at else "jamais vue"))
        if each.doubled_at:
            click.echo(f"    Deux bornes prennent ce nom tour à tour (dernière fois : {_text(each.doubled_at)}).")
            click.echo("    Donnez à chacune son nom ([site] kiosk) et sa clé (« kiosk device add »).")


@device.command()
@click.argument("name", metavar="NOM")
@click.pass_context
def revoke(context: click.Context, name: str) -> None:
    """Retirer la clé d'une borne : elle ne se relie plus, et sa liaison est coupée en moins d'une minute.

    Code de sortie : 0 ; 1 si aucune borne de ce nom ne pouvait se relier.
    """
    from assist.server.kiosks import devices

    settings = _settings(context)
    with _database(settings) as database, database.begin() as transaction:
        revoked = devices.revoke(transaction, name, datetime.now(UTC))
    if not revoked:
        refuse(f"Aucune borne « {name} » ne peut se relier. Voyez « kiosk device list ».")
    click.echo(f"La clé de « {name} » est retirée.")


def _settings(context: click.Context) -> Settings:
    settings = settings_of(context)
    keep_private(settings)
    return settings


@contextmanager
def _database(settings: Settings) -> Generator[Database]:
    """The site's database; what is wrong with it is said, and the command ends with 1."""
    from assist.server.starting import CannotServe
    from kiosk.serve import opened

    try:
        with opened(settings) as database:
            yield database
    except CannotServe as fault:
        refuse(str(fault))


def _text(at: datetime) -> str:
    return at.astimezone().strftime("%d/%m/%Y %H:%M")
