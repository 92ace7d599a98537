# SPDX-License-Identifier: EUPL-1.2
"""``kiosk content new``: a procedure that walks to its end; the check refuses only what is left to its author."""

from __future__ import annotations

import json
import os
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from content.model import THEMES
from kiosk.command_line import refuse, settings_of
from kiosk.files_given import reason, shown

if TYPE_CHECKING:
    from content.model import Problem

_HALF_A_YEAR = timedelta(days=183)

_STRUCTURE = """\
#:schema {schema}
# Votre première démarche : remplacez tout ce qui est marqué « À VOUS ». Le guide : docs/auteurs.md.
# Voir à l'écran : kiosk content preview {name}      Vérifier : kiosk content check {path}

id = "{name}"
theme = "{theme}"
pictogram = "{pictogram}"
start = "bienvenue"

[[sources]]                              # À VOUS : la page officielle, et le jour où vous l'avez comparée
title = "Service-Public.fr"
url = "https://www.service-public.gouv.fr/"
checked_on = {today}
check_by = {later}                    # le jour où il faudra comparer encore

[[steps]]
id = "bienvenue"
kind = "say"
pictogram = "{pictogram}"
next = "besoin"

[[steps]]
id = "besoin"                            # À VOUS : la question qui change la suite
kind = "choose"
pictogram = "question"
may_not_know = true                      # ajoute « Je ne sais pas »
next = "pieces"
choices = [
  {{ id = "oui", pictogram = "yes" }},
  {{ id = "non", pictogram = "no" }},
]

[[steps]]
id = "pieces"                            # À VOUS : les pièces à apporter
kind = "checklist"
pictogram = "document"
documents = [
  {{ id = "identite", pictogram = "identity-card" }},
]
next = "fin"

[[steps]]
id = "fin"
kind = "end"
pictogram = "road-map"

[[road_map]]                             # À VOUS : ce que la personne emporte sur son papier
id = "demander"
section = "do"
pictogram = "{pictogram}"
"""
_WORDS = """\
#:schema {schema}
# À VOUS : tous les textes. Une phrase par élément, 12 mots au plus, des mots de tous les jours.

title = {title}
summary = "Nous regardons ensemble ce qu’il faut faire."
also = [                                 # comme les gens le disent : 12 façons au moins
  {title_said},
]

[steps.bienvenue]
title = "Nous commençons"
say = ["Nous avançons une étape à la fois.", "Vous pouvez revenir en arrière."]
explain = ["La borne vous guide.", "Une personne peut vous aider ici."]

[steps.besoin]
title = "Avez-vous un papier d’identité ?"
say = ["Regardez les images.", "Choisissez une réponse."]
explain = ["Une carte d’identité ou un passeport convient."]

[steps.besoin.choices.oui]
label = "Oui"
also = ["oui j’en ai un", "j’ai ma carte", "j’ai mon passeport"]

[steps.besoin.choices.non]
label = "Non"
also = ["non j’en ai pas", "je l’ai perdu", "pas encore"]

[steps.pieces]
title = "Les papiers à préparer"
say = ["Regardons les papiers un par un.", "Dites si vous les avez."]
explain = ["Apportez les vrais papiers."]

[steps.pieces.documents.identite]
name = "Un papier d’identité"
what = ["C’est un papier avec votre photo."]
where = ["Cherchez à la maison.", "Sinon, demandez à la mairie."]

[steps.fin]
title = "Vos prochaines étapes"
say = ["Vous avez fini.", "Voici quoi faire et quoi apporter."]
explain = ["Vous pouvez l’imprimer et l’emporter."]

[road_map.demander]
text = "Demandez de l’aide au guichet."
"""


def _pictogram(context: click.Context, parameter: click.Parameter, value: str) -> str:
    from content import pictograms
    from content.typed_reader import suggestion

    if value not in pictograms.names():
        hint = suggestion(value, pictograms.names()) or " Les noms sont dans content/pictograms/index.toml."
        raise click.BadParameter(f"« {shown(value)} » n'existe pas.{hint}")
    return value


def _identifier(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """Before anything is asked: an answer given for nothing is one too many."""
    from content.typed_reader import bad_identifier, is_identifier

    if not is_identifier(value):
        raise click.BadParameter(bad_identifier(value), param_hint="ID")
    return value


@click.command()
@click.argument("name", metavar="ID", callback=_identifier, is_eager=True)
@click.option("--title", prompt="Titre (ce que la personne vient faire)", help="Titre : 40 signes au plus.")
@click.option("--theme", type=click.Choice(THEMES), prompt="Thème", help="Un des onze thèmes administratifs.")
@click.option(
    "--pictogram",
    prompt="Pictogramme",
    default="form",
    show_default=True,
    callback=_pictogram,
    help="Un nom de content/pictograms/index.toml.",
)
@click.option("--into", type=click.Path(path_type=Path), metavar="DOSSIER", help="Où ; sinon parmi les brouillons.")
@click.pass_context
def new(context: click.Context, name: str, title: str, theme: str, pictogram: str, into: Path | None) -> None:
    """Commencer une démarche : un brouillon qui se parcourt déjà.

    Les valeurs qui manquent sont demandées. Rien n'est jamais écrasé.

    Code de sortie : 0 ; 1 si la démarche existe déjà, ou si elle ne peut pas être écrite.
    """
    folder = (into or settings_of(context).content.drafts) / name
    if folder.exists():
        refuse(f"{shown(str(folder), 200)} existe déjà : rien n'a été changé.")
    try:
        problems = _write(folder, title.strip(), theme, pictogram, date.today())
    except OSError as error:
        refuse(f"{shown(str(folder), 200)} ne peut pas être écrit : {reason(error)}.")
    if problems:
        refuse("\n".join(f"Titre : {problem.message}" for problem in problems))
    click.echo(f"{folder}\n  Écrivez dans procedure.toml et fr.toml, puis :")
    click.echo(f"  kiosk content preview {folder if into else name}\n  kiosk content check {folder}")


def _write(folder: Path, title: str, theme: str, pictogram: str, today: date) -> list[Problem]:
    """Write the files when nothing but the marks « À VOUS » is refused; else what is, and nothing is written."""
    from content import schema
    from kiosk.content_review import review_content

    folder.parent.mkdir(parents=True, exist_ok=True)
    words = {"theme": theme, "pictogram": pictogram, "name": folder.name, "path": os.path.relpath(folder)}
    words |= {"today": today.isoformat(), "later": (today + _HALF_A_YEAR).isoformat()}
    words |= {
        "title": json.dumps(title, ensure_ascii=False),
        "title_said": json.dumps(title.lower(), ensure_ascii=False),
    }
    files = {"procedure.toml": (_STRUCTURE, schema.STRUCTURE), "fr.toml": (_WORDS, schema.WORDS)}
    with tempfile.TemporaryDirectory(prefix=".new-", dir=folder.parent) as aside:
        made = Path(aside) / folder.name
        made.mkdir()
        for file, (text, its_schema) in files.items():
            beside = os.path.relpath(schema.FOLDER / its_schema, folder)
            (made / file).write_text(text.format(**words, schema=beside), "utf-8")
        found = review_content(made, today).problems
        refused = [problem for problem in found if not problem.warning and problem.code != "unfinished"]
        if not refused:
            made.rename(folder)
    return refused
