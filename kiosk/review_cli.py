# SPDX-License-Identifier: EUPL-1.2
"""``kiosk review``: how it went, in a terminal, for a site without a browser."""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import click

from kiosk.command_line import json_option, print_json, refuse, settings_of
from kiosk.config import Settings
from kiosk.private_files import keep_private

if TYPE_CHECKING:
    from assist.server.review.asked import Asked
    from assist.server.review.source import ReviewSource
    from content.model import Catalogue
    from kiosk.review.reader import Reader


@click.command()
@click.option(
    "--period", default="week", metavar="PÉRIODE", show_default=True,
    help="today, yesterday, week, month, year, des jours (7, 30…), un mois (2026-11), une année, JOUR, DU..AU.",
)  # fmt: skip
@click.option("--kiosk", default="", metavar="BORNE", help="Une borne seulement.")
@click.option("--procedure", default="", metavar="DÉMARCHE", help="Une démarche seulement.")
@click.option("--language", default="", metavar="LANGUE", help="Une langue seulement : fr, en…")
@click.option("--origin", default="", metavar="FAÇON", help="La façon de commencer : touch, key ou voice.")
@click.option("--plain", is_flag=True, help="Écrire du texte, sans écran. Avec --procedure, étape par étape aussi.")
@click.option("--visits", is_flag=True, help="Avec --plain : la liste des passages à la place des chiffres.")
@click.option(
    "--session", default="", metavar="SESSION", help="Avec --plain : un passage de la liste, ligne par ligne."
)
@json_option
@click.pass_context
def review(
    context: click.Context,
    period: str,
    kiosk: str,
    procedure: str,
    language: str,
    origin: str,
    plain: bool,
    visits: bool,
    session: str,
    as_json: bool,
) -> None:
    """Comment ça s'est passé : chiffres, dessins, où les personnes s'arrêtent, passages un par un.

    Lit la base du lieu, sans rien y écrire, pendant que le serveur tourne. Sans base : le journal de cette borne.

    Codes de sortie : 0 ; 1 rien ne peut être lu ; 2 ce qui est demandé n'existe pas.
    """
    from assist.server.desk.catalogue import catalogue_of
    from assist.server.starting import CannotServe
    from kiosk.review.data import data
    from kiosk.review.question import WrongQuestion, asked_of, check
    from kiosk.review.reader import Reader
    from kiosk.review.sheets import titles_of
    from kiosk.serve import site_of

    if not plain and (visits or session):
        raise click.UsageError("--visits et --session vont avec --plain.")
    if plain and as_json:
        raise click.UsageError("--plain et --json ne vont pas ensemble.")
    # The screen is painted on the standard error.
    if not (plain or as_json) and not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        refuse("La revue a besoin d'un terminal. Lancez-la dans un terminal, ou avec --plain.")
    settings = settings_of(context)
    keep_private(settings)
    procedures = catalogue_of(site_of(settings))
    try:
        asked = asked_of(period, datetime.now(UTC), kiosk=kiosk, procedure=procedure, language=language, origin=origin)
        with closing(Reader(partial(_source, settings))) as reader:
            reader.ask_now(partial(check, asked=asked, titles=titles_of(procedures)))
            if as_json:
                print_json(reader.ask_now(partial(data, asked=asked)))
                return
            if plain:
                for line in _lines(reader, asked, procedures, _place(settings, reader), visits=visits, session=session):
                    click.echo(line)
                return
            from kiosk.review.app import ReviewApp

            ReviewApp(reader, asked, procedures, _place(settings, reader)).run()
    except WrongQuestion as wrong:
        raise click.UsageError(str(wrong)) from None
    except CannotServe as fault:
        refuse(str(fault))


def _source(settings: Settings) -> ReviewSource:
    """The database of the site where there is one, else the journal of this kiosk. Raises CannotServe."""
    from assist.server.review.source import of_journal, of_site
    from kiosk.serve import site_of

    default = settings.server.keys.parent / "site.db"
    if settings.server.database or default.exists() or not settings.journal.path.exists():
        return of_site(site_of(settings).database)
    click.echo("Ce lieu n'a pas de base ici : je compte le journal de cette borne…", err=True)
    return of_journal(settings.journal.path, settings.site.kiosk, datetime.now(UTC))


def _place(settings: Settings, reader: Reader) -> str:
    """Of what the figures are."""
    if reader.of_kiosk:
        return f"{settings.site.name} : le journal de la seule borne « {settings.site.kiosk} », six mois au plus"
    return settings.site.name


def _lines(reader: Reader, asked: Asked, procedures: Catalogue, place: str, *, visits: bool, session: str) -> list[str]:
    from kiosk.review import opened, plain, sheets

    if session:
        told = reader.ask_now(partial(opened.session, id_=session, procedures=procedures))
        return [*plain.sheet_lines(told)] if told.lines else refuse(told.empty)
    overview = reader.ask_now(partial(sheets.overview, asked=asked, procedures=procedures))
    if visits:
        return [place, overview.question, "", *plain.sheet_lines(overview.visits, identified=True)]
    lines = [*plain.overview_lines(overview, place)]
    if id_ := asked.wanted.procedure:
        steps = partial(opened.procedure, asked=asked, id_=id_, procedures=procedures)
        lines += ["", *plain.sheet_lines(reader.ask_now(steps))]
    return lines
