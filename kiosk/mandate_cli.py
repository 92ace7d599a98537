# SPDX-License-Identifier: EUPL-1.2
"""``kiosk mandate``: say whether the attestation of a mandate is genuine, with the public key of its site alone."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk.command_line import json_option, print_json, refuse, settings_of
from kiosk.files_given import reason, shown
from kiosk.french_click import FrenchGroup
from kiosk.private_files import keep_private
from kiosk.public_key import MOST, BadKey, head, public_key

if TYPE_CHECKING:
    from assist.desk.attestation import Attestation, Verdict


@click.group(cls=FrenchGroup)
def mandate() -> None:
    """Les mandats : vérifier un papier, connaître les clés publiques du lieu."""


@mandate.command()
@click.argument("source", metavar="FICHIER|TEXTE|-")
@click.option("--key", required=True, metavar="CLÉ", help="Clé publique du lieu (64 signes), ou son fichier.")
@click.option("--last-name", default="", metavar="NOM", help="Vérifier aussi la personne : son nom.")
@click.option("--first-name", default="", metavar="PRÉNOM", help="Le prénom, comme sur la pièce d'identité.")
@click.option("--born", default="", metavar="JJ/MM/AAAA", help="La date de naissance.")
@json_option
@click.pass_context
def verify(
    context: click.Context, source: str, key: str, last_name: str, first_name: str, born: str, as_json: bool
) -> None:
    """Dire si l'attestation d'un mandat est vraie, avec la seule clé publique du lieu, sans réseau.

    Le texte est celui du carré du papier, lu avec un téléphone ; il commence par PAP1. Un mandat que la personne a
    arrêté depuis n'est connu que du lieu : appelez-le.

    Code de sortie : 0 valable ; 1 non.
    """
    from assist.desk import attestation

    person = _person(last_name, first_name, born)
    text = _text(source)
    try:
        verdict = attestation.verify(text, public_key(key), datetime.now(UTC))
    except BadKey as why:
        refuse(str(why))
    found = verdict.attestation
    same = attestation.is_person(found, *person) if found and person else None
    if as_json:
        print_json(_as_json(verdict, same))
    else:
        for line in _said(verdict, same):
            click.echo(line)
    context.exit(0 if verdict.validity is attestation.Validity.VALID and same is not False else 1)


@mandate.command(name="key")
@json_option
@click.pass_context
def key_(context: click.Context, as_json: bool) -> None:
    """Dire les clés publiques du lieu, à donner à qui veut vérifier un papier ou chiffrer une identité.

    Code de sortie : 0 ; 1 si une clé ne peut pas servir.
    """
    from assist.server.mandates.keys import KeyFault, site_keys

    settings = settings_of(context)
    keep_private(settings)
    try:
        keys = site_keys(settings.server.keys)
    except KeyFault as fault:
        refuse(str(fault))
    if as_json:
        print_json({"seal": keys.seal_public.hex(), "sign": keys.sign_public.hex()})
        return
    click.echo(f"Pour vérifier un papier : {keys.sign_public.hex()}")
    click.echo(f"Pour chiffrer une identité : {keys.seal_public.hex()}")


def _text(source: str) -> str:
    """What was read in the square: given as it is, on the standard input, or in a file."""
    if source.startswith("PAP1|"):
        return source
    try:
        content = sys.stdin.buffer.read(MOST) if source == "-" else head(Path(source))
    except OSError as error:
        refuse(f"{shown(source)} : ce fichier ne se lit pas : {reason(error)}.")
    try:
        return content.decode()
    except UnicodeDecodeError:
        refuse(f"{shown(source)} : ce n'est pas du texte. Lisez le carré avec un téléphone, et donnez le texte lu.")


def _person(last_name: str, first_name: str, born: str) -> tuple[str, str, date] | None:
    from assist.desk.sealing import read_date

    if not (last_name or first_name or born):
        return None
    if not (last_name and first_name and born):
        raise click.UsageError("--last-name, --first-name et --born vont ensemble.")
    day = read_date(born)
    if day is None:
        raise click.UsageError("--born : écrivez une date, par exemple 12/03/1950.")
    return last_name, first_name, day


_WORDS = {
    "valid": "Valable : ce mandat est vrai, et en cours.",
    "not_yet": "Pas encore valable : ce mandat est vrai, mais il n'a pas commencé. Vérifiez l'heure de cette machine.",
    "expired": "Terminé : ce mandat est vrai, mais sa date de fin est passée.",
    "forged": "Faux : ce texte n'est pas celui que le lieu a signé.",
    "other_key": "Inconnu : ce papier n'est pas signé avec cette clé. Demandez la clé du lieu qui l'a fait.",
    "unreadable": "Illisible : ce n'est pas l'attestation d'un mandat. Le texte commence par PAP1.",
}


def _said(verdict: Verdict, same: bool | None) -> list[str]:
    from printouts.receipt_code import grouped

    lines = [_WORDS[verdict.validity]]
    found = verdict.attestation
    if found is None:
        return lines
    if same is not None:
        lines.append(
            "La personne est bien celle du mandat."
            if same
            else "Attention : le mandat n'est pas celui de cette personne, ou son nom est écrit autrement."
        )
    lines += [
        f"Mandat {grouped(found.number)}, pour : {', '.join(found.domains)}.",
        f"Du {_moment(found.begins)} au {_moment(found.ends)}.",
        f"Empreinte du texte : {found.text}",
        "Si la personne l'a arrêté depuis, seul le lieu le sait : appelez-le.",
    ]
    return lines


def _moment(moment: datetime) -> str:
    from printouts.typography import full_date

    here = moment.astimezone()
    return f"{full_date(here.date())}, {here.hour} h {here.minute:02}"


def _as_json(verdict: Verdict, same: bool | None) -> dict[str, Any]:
    found: Attestation | None = verdict.attestation
    known: dict[str, Any] = {"validity": verdict.validity.value}
    if found is not None:
        known |= {
            "number": found.number,
            "domains": [domain.value for domain in found.domains],
            "begins": found.begins.isoformat(),
            "ends": found.ends.isoformat(),
            "text": found.text,
            "person": same,
        }
    return known
