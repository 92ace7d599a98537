# SPDX-License-Identifier: EUPL-1.2
"""``kiosk serve``: the server of the site, from the settings, until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import socket
import sys
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.authoring import FilesOfProcedures
from kiosk.config import ServerSettings, Settings
from kiosk.identity import provider_of
from kiosk.linking import Answer, ask
from kiosk.mailing import mail_of

if TYPE_CHECKING:
    from assist.server.database import Database
    from assist.server.site import Mail, Site

_KEYS = "[server] keys : le dossier {} ne peut pas être écrit : {}.\nDonnez-le au compte du serveur."
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(settings: Settings, *, with_kiosk: bool = False) -> int:
    """Serve until SIGTERM; the exit code.

    ``with_kiosk``: until the standard input closes too; not at all when the settings want no server here, or when ours
    answers at this port already.
    """
    from assist.server.starting import CannotServe

    server = settings.server
    if with_kiosk and (server.address or not server.run):
        return 0
    if not server.address and ask(server) is Answer.OURS:
        click.echo(f"Le serveur du lieu tourne déjà, sur le port {server.port}.", err=True)
        return 0 if with_kiosk else 1
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s : %(message)s")
    gc.disable()  # Until it answers: all that a server is made of stays.
    try:
        return 0 if _serve(settings, with_kiosk=with_kiosk) else 1
    except CannotServe as fault:
        click.echo(str(fault), err=True)
        return 1
    finally:
        gc.enable()


def _serve(settings: Settings, *, with_kiosk: bool) -> bool:
    from assist.server.app import make_app
    from assist.server.running import run
    from assist.server.starting import listen

    server = settings.server
    tls = _tls(server)
    site = replace(site_of(settings), provider=provider_of(settings.oidc), mail=_mail(settings))
    _prepare(settings)
    with listen(server.host, server.port) as listening:
        host = f"[{server.host}]" if ":" in server.host else server.host
        said = f"Le serveur du lieu répond : http{'s' if tls else ''}://{host}:{server.port}/"

        def ready() -> None:
            gc.freeze()
            gc.enable()
            click.echo(said)

        until = _until_input_closes if with_kiosk else _until_told
        app = make_app(site, authoring=FilesOfProcedures(settings.content.path))
        return run(app, listening, tls, ready, until)


def _mail(settings: Settings) -> Mail | None:
    """The mail server; without it the rest of the desk serves all the same, and alerts are shown."""
    from assist.server.starting import CannotServe

    try:
        return mail_of(settings.mail)
    except CannotServe as fault:
        click.echo(f"{fault}\nD'ici là, aucune alerte n'est envoyée par courriel.", err=True)
        return None


def _tls(server: ServerSettings) -> tuple[Path, Path] | None:
    """The certificate and its key; None for a server that this machine alone reaches. Raises CannotServe."""
    from assist.server.starting import CannotServe, check_certificate, this_machine_only

    if server.certificate and server.private_key:
        check_certificate(server.certificate, server.private_key)
        return server.certificate, server.private_key
    if not this_machine_only(server.host):
        raise CannotServe(
            f'[server] host = "{server.host}" ouvre le serveur au réseau : il faut un certificat et sa clé.\n'
            'Lancez « kiosk serve --make-certificate », ou écrivez host = "127.0.0.1" (cette machine seulement).'
        )
    if server.certificate or server.private_key:
        missing = "private_key" if server.certificate else "certificate"
        raise CannotServe(f"[server] {missing} manque dans kiosk.toml : un certificat et sa clé vont ensemble.")
    return None


def _prepare(settings: Settings) -> None:
    """The folder, the database, the site's keys, and the key of this machine's own kiosk. Raises CannotServe."""
    from assist.server.kiosks.devices import pair_own
    from assist.server.mandates.keys import KeyFault, site_keys
    from assist.server.starting import CannotServe

    keys = settings.server.keys
    with opened(settings) as database:
        try:
            site_keys(keys)
        except KeyFault as fault:
            # The rest of the desk does not need them.
            click.echo(f"{fault}\nD'ici là, aucun mandat ne peut être donné ni imprimé.", err=True)
        if settings.server.address:
            return
        try:
            with database.begin() as transaction:
                pair_own(transaction, keys, settings.site.kiosk, datetime.now(UTC))
        except OSError as error:
            raise CannotServe(_KEYS.format(keys, error.strerror)) from None


@contextmanager
def opened(settings: Settings) -> Generator[Database]:
    """The site's database, its tables up to date, for the length of a block. Raises CannotServe."""
    from assist.server.starting import CannotServe, bring_up_to_date, open_database

    keys = settings.server.keys
    try:
        keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise CannotServe(_KEYS.format(keys, error.strerror)) from None
    database = open_database(site_of(settings).database)
    try:
        bring_up_to_date(database)
        yield database
    finally:
        database.close()


def site_of(settings: Settings) -> Site:
    """What the server is told of its site."""
    from assist.server.certificate import names_in
    from assist.server.site import Site

    server = settings.server
    names = names_in(server.certificate.read_bytes()) if server.certificate and server.private_key else ()
    return Site(
        settings.site.name,
        server.database or f"sqlite:///{server.keys.parent / 'site.db'}",
        server.keys,
        secure=bool(names),
        hosts=tuple(dict.fromkeys(name.lower() for name in (*_LOOPBACK, server.host, *names))),
        details=settings.site.details,
        content=settings.content.path,
    )


def _until_told(stop: asyncio.Event) -> None:
    """Nothing but a signal ends it."""


def _until_input_closes(stop: asyncio.Event) -> None:
    """The kiosk beside holds the other end: however it dies, this server ends with it."""

    def heard() -> None:
        if not os.read(sys.stdin.fileno(), 4096):
            loop.remove_reader(sys.stdin)
            stop.set()

    loop = asyncio.get_running_loop()
    loop.add_reader(sys.stdin, heard)


def make_certificate(settings: Settings, names: Iterable[str]) -> int:
    """Make the server's certificate, and say how to use it; the exit code."""
    from assist.server.certificate import make
    from kiosk.private_files import write_private

    server = settings.server
    certificate = server.certificate or server.keys / "serveur.crt"
    private_key = server.private_key or server.keys / "serveur.key"
    for file in (certificate, private_key):
        if file.exists():
            click.echo(f"{file} est déjà là. Rangez-le ailleurs, puis relancez cette commande.", err=True)
            return 1
    known = tuple(dict.fromkeys((*names, *_names_of_this_machine(), *_LOOPBACK)))
    try:
        made = make(settings.site.name, known, datetime.now(UTC))
        for file, content in ((private_key, made.private_key), (certificate, made.certificate)):
            write_private(file, content)
    except UnicodeError:
        click.echo("Un des noms donnés par --name n'est pas un nom de machine.", err=True)
        return 1
    except OSError as error:
        click.echo(f"Le certificat ne peut pas être écrit : {error.filename} : {error.strerror}.", err=True)
        return 1
    click.echo(f"""Le certificat est fait, jusqu'au {made.until:%d/%m/%Y}, pour : {", ".join(known)}

Dans kiosk.toml :
    [server]
    certificate = "{certificate}"
    private_key = "{private_key}"

Sur chaque tablette et chaque ordinateur du lieu : copiez {certificate} (jamais {private_key.name}),
ouvrez-le dans les réglages, « Installer un certificat d'autorité ». Avant d'accepter, comparez l'empreinte SHA-256 :
    {made.fingerprint}
Sur une borne d'une autre machine : copiez {certificate}, et écrivez son chemin dans [server] certificate.""")
    return 0


def _names_of_this_machine() -> Iterable[str]:
    """Its host name, and its addresses on the network of the site."""
    import psutil

    name = socket.gethostname()
    yield from (name, f"{name}.local") if "." not in name else (name,)
    for addresses in psutil.net_if_addrs().values():
        for address in addresses:
            if address.family is socket.AF_INET and not address.address.startswith("127."):
                yield address.address
