# SPDX-License-Identifier: EUPL-1.2
"""``kiosk content check``: everything wrong in procedures, for their authors."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kiosk.command_line import json_option, print_json, settings_of


@click.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@json_option
@click.pass_context
def check(context: click.Context, path: Path | None, as_json: bool) -> None:
    """Vérifier les démarches de PATH (ou celles de la borne) : structure, mots, pictogrammes, langue simple.

    Code de sortie : 0 aucun refus ; 1 au moins un refus.
    """
    from kiosk.content_review import review_content

    problems = review_content(path or settings_of(context).content.path, date.today()).problems
    if as_json:
        print_json(
            [
                {"file": p.file, "line": p.line, "code": p.code, "message": p.message, "warning": p.warning}
                for p in problems
            ]
        )
    else:
        for p in problems:
            click.echo(f"{p.file}:{p.line} : {'conseil' if p.warning else 'refus'} {p.code} : {p.message}")
        refused = sum(not p.warning for p in problems)
        click.echo(f"{refused} refus, {len(problems) - refused} conseils")
    context.exit(1 if any(not p.warning for p in problems) else 0)
