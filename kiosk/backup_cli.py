# SPDX-License-Identifier: EUPL-1.2
"""``kiosk backup`` and ``kiosk restore``: everything of a site in one file that one key opens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.command_line import count_of, refuse, settings_of
from kiosk.config import Settings
from kiosk.files_given import reason, shown
from kiosk.private_files import keep_private, write_private

if TYPE_CHECKING:
    from assist.backup.keeping import Base, Done, Parts


@click.command()
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--key", default="", metavar="CLÉ", help="La clé publique (age1…), ou le fichier qui la contient.")
@click.option("--new-key", is_flag=True, help="Faire une paire de clés : la secrète dans FICHIER. Ne rien sauvegarder.")
@click.pass_context
def backup(context: click.Context, file: Path, key: str, new_key: bool) -> None:
    """Sauvegarder le journal, la base et les clés du lieu, pendant qu'ils servent.

    FICHIER ne s'ouvre qu'avec la clé secrète : gardez-la sur une autre machine. Faites-la avec --new-key.

    Code de sortie : 0 la sauvegarde est entière et relue ; 1 rien n'a été gardé.
    """
    from assist.backup import keeping
    from assist.backup.sealed_folder import BadKey, new_pair

    settings = settings_of(context)
    keep_private(settings)
    if new_key:
        pair = new_pair()
        try:
            write_private(file, f"# Clé publique : {pair.public}\n{pair.secret}\n".encode())
        except OSError as error:
            refuse(f"{shown(str(file), 200)} : la clé n'a pas pu être écrite : {reason(error)}.")
        click.echo(f"La clé secrète est dans {shown(str(file), 200)}. Mettez-la ailleurs : qui l'a, lit tout.")
        click.echo(f"La clé publique, à donner à --key : {pair.public}")
        return
    if not key:
        raise click.UsageError("Donnez la clé publique avec --key. Pour en faire une : kiosk backup CLÉ.txt --new-key.")
    try:
        done = keeping.make(_parts(settings), file, _public(key), _prepared)
    except BadKey:
        refuse("Ce n'est pas une clé publique : elle commence par « age1 ». Faites-en une avec --new-key.")
    except keeping.Refused as why:
        refuse(f"{why} Rien n'a été sauvegardé.")
    except keeping.FAULTS as error:
        refuse(f"La sauvegarde s'est arrêtée : {_why(error)}. Rien n'a été gardé.")
    click.echo(f"Sauvegardé et relu : {_told(done)}.")
    click.echo(f"Empreinte (SHA-256) : {done.digest}")


@click.command()
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--key", "key_file", required=True, metavar="FICHIER", help="Le fichier de la clé secrète.",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
)  # fmt: skip
@click.pass_context
def restore(context: click.Context, file: Path, key_file: Path) -> None:
    """Remettre une sauvegarde en place, là où kiosk.toml le dit. Rien n'est jamais remplacé.

    Arrêtez la borne et le serveur avant.

    Code de sortie : 0 tout est en place et vérifié ; 1 rien n'a changé, ou la raison est dite.
    """
    from assist.backup import keeping
    from assist.backup.sealed_folder import BadKey, NotOpened

    settings = settings_of(context)
    keep_private(settings)
    try:
        done = keeping.restore(file, _parts(settings), _secret(key_file), _prepared)
    except BadKey:
        refuse(f"{shown(str(key_file), 200)} n'est pas une clé secrète de Pas à pas.")
    except NotOpened:
        refuse("Cette sauvegarde ne s'ouvre pas : elle est pour une autre clé, ou elle est abîmée. Rien n'a changé.")
    except keeping.Refused as why:
        refuse(f"{why} Rien n'a changé.")
    except keeping.FAULTS as error:
        refuse(f"La remise en place s'est arrêtée : {_why(error)}.")
    click.echo(f"Remis en place et vérifié : {_told(done)}.")


def _parts(settings: Settings) -> Parts:
    from assist.backup.keeping import Parts
    from kiosk.serve import site_of

    return Parts(settings.journal.path, site_of(settings).database, settings.server.keys)


def _prepared(address: str) -> Base:
    from assist.server.database import Database

    database = Database(address)
    database.upgrade()
    return database.engine


def _public(key: str) -> str:
    """The key itself, or the first of the file that is named."""
    if key.startswith("age1"):
        return key
    try:
        words = Path(key).read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError):
        return key
    return next((word for word in words if word.startswith("age1")), key)


def _secret(file: Path) -> str:
    try:
        words = file.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError):
        return ""
    return next((word for word in words if word.startswith("AGE-SECRET-KEY-")), "")


def _why(error: Exception) -> str:
    return reason(error) if isinstance(error, OSError) else type(error).__name__


def _told(done: Done) -> str:
    parts = [
        *([] if done.events is None else [f"le journal ({count_of(done.events, 'événement', 'événements')})"]),
        *(["la base du lieu"] if done.site else []),
        *(["les clés"] if done.keys else []),
    ]
    return ", ".join(parts)
