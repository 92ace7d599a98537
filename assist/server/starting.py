# SPDX-License-Identifier: EUPL-1.2
"""What must be right before the server answers: its address, its certificate, its database. Faults are in French."""

from __future__ import annotations

import errno
import os
import socket
import ssl
from ipaddress import ip_address
from pathlib import Path

from alembic.script.revision import ResolutionError
from alembic.util import CommandError
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from assist.server.database import NO_DATABASE, Database

_NEWER = (
    "La base de données vient d'une version plus récente de Pas à pas.\nMettez ce serveur à jour. Rien n'a été changé."
)
_DAMAGED = (
    "La base de données n'a pas été mise à jour : les fichiers de cette installation ne vont pas ensemble.\n"
    "Installez Pas à pas de nouveau. Rien n'a été changé dans la base.\n{}"
)


class CannotServe(Exception):
    """What is wrong, and what to do: French, for the technician."""


def this_machine_only(host: str) -> bool:
    """Whether nobody else can reach this address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen(host: str, port: int) -> socket.socket:
    """The socket where the server answers. Raises CannotServe."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=128)
    except socket.gaierror:
        raise CannotServe(
            f"[server] host : « {host} » n'est pas une adresse de cette machine. Écrivez 127.0.0.1 ou 0.0.0.0."
        ) from None
    except OSError as error:
        raise CannotServe(_why_not(error, host, port)) from None


def _why_not(error: OSError, host: str, port: int) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return (
                f"Le port {port} est déjà pris par un autre programme.\n"
                "Arrêtez-le, ou changez [server] port dans kiosk.toml."
            )
        case errno.EADDRNOTAVAIL:
            return f"[server] host : cette machine n'a pas l'adresse {host}. Écrivez 127.0.0.1 ou 0.0.0.0."
        case errno.EACCES:
            return f"Ce compte ne peut pas ouvrir le port {port}. Changez [server] port dans kiosk.toml."
        case _:
            return f"Le serveur ne peut pas s'ouvrir sur {host}, port {port} : {error.strerror}."


def check_certificate(certificate: Path, private_key: Path) -> None:
    """Raises CannotServe when these files are not a certificate and its key."""
    for name, path in (("certificate", certificate), ("private_key", private_key)):
        if not os.access(path, os.R_OK) or path.is_dir():
            raise CannotServe(
                f"[server] {name} : {path} ne se lit pas.\n"
                "Lancez « kiosk serve --make-certificate », ou corrigez ce chemin dans kiosk.toml."
            )
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, private_key, password=lambda: b"")
    except ssl.SSLError:
        raise CannotServe(
            f"{certificate} et {private_key} ne vont pas ensemble, ou ne sont pas un certificat et sa clé (PEM).\n"
            "Lancez « kiosk serve --make-certificate » pour en faire d'autres."
        ) from None


def bring_up_to_date(database: Database) -> None:
    """Make or change the tables. Raises CannotServe."""
    try:
        database.upgrade()
    except CommandError as refusal:
        unknown_revision = isinstance(refusal.__cause__, ResolutionError)
        raise CannotServe(_NEWER if unknown_revision else _DAMAGED.format(refusal)) from None
    except (*NO_DATABASE, OSError):
        raise CannotServe(
            f"La base de données ne répond pas, ou ne peut pas être écrite : {database.shown}\n"
            "Vérifiez [server] database dans kiosk.toml, et que cette base est démarrée."
        ) from None


def open_database(address: str) -> Database:
    """The database at this address, not reached yet. Raises CannotServe for what is no address."""
    try:
        return Database(address)
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError):
        raise CannotServe(
            "[server] database : ce n'est pas l'adresse d'une base de données.\n"
            "Laissez vide (SQLite), ou écrivez « postgresql+psycopg://compte@machine/base »."
        ) from None
