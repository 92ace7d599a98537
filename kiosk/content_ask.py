# SPDX-License-Identifier: EUPL-1.2
"""``kiosk content ask``: what the kiosk proposes to a person who says a sentence."""

from __future__ import annotations

import click

from kiosk.command_line import json_option, print_json, settings_of


@click.command()
@click.argument("phrase")
@click.option("--heard", is_flag=True, help="PHRASE vient d'une reconnaissance vocale : elle a pu mal entendre.")
@json_option
@click.pass_context
def ask(context: click.Context, phrase: str, heard: bool, as_json: bool) -> None:
    """Ce que la borne propose à une personne qui dit PHRASE : trois démarches au plus, ou quelqu'un, ou rien.

    Code de sortie : 0 ; 1 si aucune démarche ne peut être lue.
    """
    from content.search import Finder
    from kiosk.finding import reason_of
    from kiosk.meaning import catalogue_of, looking_twice
    from kiosk.words.hearing import hearing_words_in

    settings = settings_of(context)
    catalogue = catalogue_of(settings)
    finder = Finder(catalogue)
    with looking_twice(finder, settings):
        answer = finder.ask(phrase, heard=() if heard else None)
    rows = [
        {"id": m.procedure.id, "title": m.procedure.title, "score": m.score, "reason": reason_of(m, "fr")}
        for m in answer.matches
    ]
    if as_json:
        print_json({"kind": answer.kind.value, "procedures": rows})
        context.exit(0 if catalogue.procedures else 1)
    if answer.urgent:
        click.echo(hearing_words_in("fr").urgent[answer.urgent])
    if rows:
        for row in rows:
            click.echo(f"{row['id']:<22} {row['score']:>5.1f}  {row['title']}\n{'':<22}        {row['reason']}")
    else:
        _tell_what_else(answer.kind.value, [procedure.title for procedure in catalogue.titles()])
    context.exit(0 if catalogue.procedures else 1)


def _tell_what_else(kind: str, titles: list[str]) -> None:
    if kind == "mediator":
        click.echo("Cette phrase demande une personne : la borne propose d'appeler quelqu'un.")
        return
    click.echo("Aucune démarche ne correspond. La borne propose quelqu'un, et montre ce qu'elle sait faire :")
    for title in titles:
        click.echo(f"  {title}")
