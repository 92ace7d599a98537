# SPDX-License-Identifier: EUPL-1.2
"""``kiosk staff``: the accounts of those who help, from the machine of the server."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from content.model import THEMES
from kiosk.command_line import count_of, json_option, print_json, refuse, settings_of
from kiosk.files_given import shown
from kiosk.french_click import FrenchGroup
from kiosk.private_files import keep_private

if TYPE_CHECKING:
    from assist.server.staff.accounts import Listed

_ROLES = ("mediator", "manager", "author", "technician")
_MOST_TYPED = 4096
_password_option = click.option(
    "--password-stdin", is_flag=True, help="Lire le mot de passe sur l'entrée standard (sa première ligne)."
)
_login_argument = click.argument("login", metavar="IDENTIFIANT")


@click.group(cls=FrenchGroup)
def staff() -> None:
    """Les comptes de l'équipe : qui peut entrer sur le serveur du lieu, et ce que chacun a fait."""


@staff.command()
@_login_argument
@click.option("--name", required=True, metavar="PRÉNOM", help="Prénom, comme sur le badge : la personne le lit.")
@click.option("--role", "roles", type=click.Choice(_ROLES), multiple=True, required=True, help="Rôle ; à répéter.")
@click.option(
    "--language", "languages", multiple=True, default=("fr",), metavar="LANGUE", help="Langue parlée (fr, en…)."
)
@click.option("--skill", "skills", type=click.Choice(THEMES), multiple=True, help="Thème bien connu ; à répéter.")
@click.option(
    "--oidc-email", default="", metavar="ADRESSE", help="Adresse chez le fournisseur d'identité (ProConnect)."
)
@_password_option
@click.pass_context
def add(
    context: click.Context,
    login: str,
    name: str,
    roles: tuple[str, ...],
    languages: tuple[str, ...],
    skills: tuple[str, ...],
    oidc_email: str,
    password_stdin: bool,
) -> None:
    """Créer un compte.

    Le mot de passe (8 signes au moins) ou le code (6 chiffres au moins) est demandé deux fois. Avec --oidc-email et
    sans --password-stdin, le compte n'a pas de mot de passe : la personne entre par le fournisseur d'identité.

    Code de sortie : 0 ; 1 si le compte existe, ou si quelque chose est refusé.
    """
    from assist.server.staff.accounts import NewAccount, add_account
    from assist.server.staff.passwords import Passwords
    from assist.server.staff_member import Role

    new = NewAccount(
        login,
        name,
        frozenset(Role(role) for role in roles),
        tuple(dict.fromkeys(languages)),
        frozenset(skills),
        oidc_email,
    )
    password = None if oidc_email and not password_stdin else _password(password_stdin)
    with _accounts(context) as transaction:
        account = add_account(transaction, new, password, Passwords(), datetime.now(UTC))
        created = account.login
    click.echo(f"Le compte « {created} » est créé.")


@staff.command(name="list")
@json_option
@click.pass_context
def list_(context: click.Context, as_json: bool) -> None:
    """Montrer les comptes. Rien de ce qui ouvre n'est montré."""
    from assist.server.staff.accounts import listed

    with _accounts(context) as transaction:
        accounts = listed(transaction)
    if as_json:
        print_json([asdict(account) for account in accounts])
        return
    for account in accounts:
        click.echo(_line(account))
    if not accounts:
        click.echo("Aucun compte. « kiosk staff add » en crée un.")


def _line(account: Listed) -> str:
    from assist.server.staff_member import ROLE_LABELS, Role

    notes = [", ".join(ROLE_LABELS[Role(role)] for role in account.roles), f"langues : {', '.join(account.languages)}"]
    notes += [f"connaît : {', '.join(account.skills)}"] if account.skills else []
    notes += ["code à six chiffres"] if account.second_factor else []
    notes += [f"fournisseur d'identité : {account.oidc_email}"] if account.oidc_email else []
    notes += ["désactivé"] if account.disabled else []
    if account.locked:
        notes.append("bloqué")
    elif account.wrong_attempts:
        notes.append(count_of(account.wrong_attempts, "essai manqué", "essais manqués"))
    return f"{account.login:<20} {account.name:<20} {' ; '.join(notes)}"


@staff.command()
@_login_argument
@click.pass_context
def disable(context: click.Context, login: str) -> None:
    """Fermer un compte : la personne est déconnectée aussitôt, et n'entre plus. « reset » le rouvre.

    Code de sortie : 0 ; 1 si le compte n'existe pas.
    """
    from assist.server.staff.accounts import disable as disable_account

    with _accounts(context) as transaction:
        disable_account(transaction, login, datetime.now(UTC))
    click.echo(f"Le compte « {shown(login)} » est fermé.")


@staff.command()
@_login_argument
@click.option("--unlock", is_flag=True, help="Garder le mot de passe : oublier seulement les essais manqués.")
@_password_option
@click.pass_context
def reset(context: click.Context, login: str, unlock: bool, password_stdin: bool) -> None:
    """Rendre l'accès : un nouveau mot de passe, sans code à six chiffres, sans essais manqués, compte ouvert.

    Code de sortie : 0 ; 1 si le compte n'existe pas, ou si le mot de passe est refusé.
    """
    from assist.server.staff.accounts import reset as reset_account
    from assist.server.staff.passwords import Passwords

    password = None if unlock else _password(password_stdin)
    with _accounts(context) as transaction:
        reset_account(transaction, login, password, Passwords(), datetime.now(UTC))
    click.echo(f"L'accès du compte « {shown(login)} » est rendu.")


@staff.command()
@click.option("--last", type=click.IntRange(1, 100_000), default=50, show_default=True, help="Combien, les derniers.")
@json_option
@click.pass_context
def acts(context: click.Context, last: int, as_json: bool) -> None:
    """Ce que l'équipe a fait, et si cette liste est intacte.

    Code de sortie : 0 la liste est intacte ; 1 une ligne a été modifiée ou enlevée.
    """
    from assist.server.acts import last_acts, verify_acts

    with _accounts(context) as transaction:
        checked = verify_acts(transaction)
        rows = last_acts(transaction, last)
    if as_json:
        print_json(
            {"intact": checked.broken is None, "first_bad": checked.first_bad, "acts": [asdict(r) for r in rows]}
        )
    else:
        for row in rows:
            click.echo(f"{row.seq:>6}  {row.when}  {row.who}  {row.label}  {row.subject}")
        said = "La liste est intacte." if checked.broken is None else f"La ligne {checked.first_bad} a été modifiée."
        click.echo(said, err=checked.broken is not None)
    context.exit(0 if checked.broken is None else 1)


@contextmanager
def _accounts(context: click.Context) -> Generator[Any]:
    """One transaction on the site's database; what cannot be done is said, and the command ends with 1."""
    from assist.server.staff.accounts import AccountFault
    from assist.server.starting import CannotServe
    from kiosk.serve import opened

    settings = settings_of(context)
    keep_private(settings)
    try:
        with opened(settings) as database, database.begin() as transaction:
            yield transaction
    except (AccountFault, CannotServe) as fault:
        refuse(str(fault))


def _password(from_stdin: bool) -> str:
    """What was typed twice, unseen; or the first line of the standard input."""
    if from_stdin:
        line = sys.stdin.buffer.readline(_MOST_TYPED) if sys.stdin else b""
        try:
            return line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            refuse("Le mot de passe lu sur l'entrée standard n'est pas de l'UTF-8.")
    if not sys.stdin or not sys.stdin.isatty():
        refuse("Le mot de passe se tape dans un terminal. Sinon, donnez-le avec --password-stdin.")
    while True:
        first = click.prompt("Mot de passe ou code", hide_input=True)
        if first == click.prompt("Encore une fois", hide_input=True):
            return first
        click.echo("Les deux sont différents. Recommencez.", err=True)
