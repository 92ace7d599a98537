# SPDX-License-Identifier: EUPL-1.2
"""``kiosk content check``: everything wrong in procedures, for their authors."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kiosk.command_line import json_option, print_json, settings_of


@click.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--sarif", is_flag=True, help="Écrire du SARIF 2.1.0, pour un éditeur ou une forge.")
@click.option("--rules", is_flag=True, help="Dire les règles, sans rien vérifier.")
@json_option
@click.pass_context
def check(context: click.Context, path: Path | None, sarif: bool, rules: bool, as_json: bool) -> None:
    """Vérifier les démarches de PATH (ou celles de la borne) : structure, mots, pictogrammes, langue simple.

    Pour chaque problème : le fichier et la ligne, la règle, pourquoi elle est là, et comment mieux écrire.

    Code de sortie : 0 aucun refus ; 1 au moins un refus.
    """
    from content.importers.vosdroits.serving import is_store
    from kiosk import content_report
    from kiosk.content_review import review_content
    from kiosk.official_review import review_official

    if sarif and as_json:
        raise click.UsageError("--sarif et --json ne vont pas ensemble.")
    if rules:
        if as_json:
            print_json(content_report.rules_as_json())
        else:
            click.echo("\n".join(content_report.all_rules()))
        return
    folder = path or settings_of(context).content.path
    review = review_official(folder) if is_store(folder) else review_content(folder, date.today())
    if as_json:
        print_json(content_report.as_json(review.problems))
    elif sarif:
        from kiosk.wiring import version

        print_json(content_report.as_sarif(review, version()))
    else:
        for line in content_report.for_people(review):
            click.echo(line)
        _say_what_was_not_checked()
    context.exit(1 if review.refused else 0)


def _say_what_was_not_checked() -> None:
    from accessibility.sentence_checks import zipf

    if zipf() is None:
        click.echo(
            "Les mots rares n'ont pas été regardés : wordfreq n'est pas installé (script/bootstrap --dev).", err=True
        )
