# SPDX-License-Identifier: EUPL-1.2
"""A small valid procedure with every kind of step, for the tests of all rooms.

``sample_procedure()`` is the object; ``sample_files()`` the TOML files that give the same object once loaded
(``tests/content/test_loader.py`` proves it), and ``write_procedure`` puts such files in a folder.

Its walk: accueil (say) → besoin (choose) → [perdue: perte (say) | explication (say) if not known] → naissance (ask,
date, private) → [minor: enfants (ask, number)] → pieces (checklist) → mairie (place) → demande (act) →
[stuck: surnom (ask, text)] → fin (end).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from content.model import (
    AnswerFormat,
    AnswerIs,
    Choice,
    DeadlineRule,
    Document,
    Lacks,
    NumberIs,
    Place,
    Procedure,
    Question,
    RoadMapLine,
    Route,
    Section,
    Source,
    Step,
    StepKind,
    YearsSince,
)

TODAY = date(2026, 11, 21)
"""A day on which the sample holds; give it to whatever asks for today."""

MAIRIE = Place(
    name="La mairie",
    pictogram="town-hall",
    phone="01 23 45 67 89",
    phone_note="Appel gratuit.",
    url="https://www.example.fr/mairie",
    hours="Du lundi au vendredi, de 9 heures à 17 heures.",
)
LOST = AnswerIs("besoin", ("perdue",))

_STEPS = (
    Step(
        id="accueil",
        kind=StepKind.SAY,
        pictogram="identity-card",
        title="Votre carte",
        say=("Nous allons refaire votre carte.", "Cela prend cinq minutes."),
        explain=("La borne vous guide.",),
        routes=(Route("besoin"),),
    ),
    Step(
        id="besoin",
        kind=StepKind.CHOOSE,
        pictogram="question",
        title="Pourquoi la refaire\u00a0?",
        say=("Regardez les images.", "Choisissez une réponse."),
        explain=("Perdue\u00a0: vous ne la trouvez plus.",),
        routes=(Route("naissance"),),
        choices=(
            Choice("perdue", "Perdue", "lost-card", ("je l'ai perdue",), to="perte"),
            Choice("abimee", "Abîmée", "broken-card", also=("elle est cassée",)),
        ),
        may_not_know=True,
        unknown_to="explication",
    ),
    Step(
        id="perte",
        kind=StepKind.SAY,
        pictogram="police",
        title="Déclarez la perte",
        say=("Vous déclarez la perte à la mairie.",),
        routes=(Route("naissance"),),
    ),
    Step(
        id="explication",
        kind=StepKind.SAY,
        pictogram="information",
        title="Ce n'est pas grave",
        say=("Quelqu'un peut vous aider.",),
        routes=(Route("naissance"),),
    ),
    Step(
        id="naissance",
        kind=StepKind.ASK,
        pictogram="birthday",
        title="Votre date de naissance",
        say=("Tapez votre date de naissance.",),
        explain=("Le jour, le mois, puis l'année.",),
        routes=(Route("enfants", YearsSince("naissance", at_most=17)), Route("pieces")),
        may_not_know=True,
        question=Question(AnswerFormat.DATE, at_least=date(1900, 1, 1), past_only=True),
        sensitive=True,
    ),
    Step(
        id="enfants",
        kind=StepKind.ASK,
        pictogram="family",
        title="Votre famille",
        say=("Combien êtes-vous à la maison\u00a0?",),
        routes=(Route("pieces"),),
        question=Question(AnswerFormat.NUMBER, at_least=1, at_most=20, unit="personnes"),
    ),
    Step(
        id="pieces",
        kind=StepKind.CHECKLIST,
        pictogram="checklist",
        title="Les papiers à apporter",
        say=("Voici les papiers à apporter.",),
        routes=(Route("mairie"),),
        documents=(
            Document(
                "photo",
                "Une photo d'identité",
                "portrait",
                what=("C'est une petite photo de votre visage.",),
                where=("Allez chez un photographe.",),
            ),
            Document(
                "declaration",
                "La déclaration de perte",
                "police-report",
                what=("C'est un papier de la mairie.",),
                where=("Demandez-la à la mairie.",),
                when=LOST,
            ),
        ),
    ),
    Step(
        id="mairie",
        kind=StepKind.PLACE,
        pictogram="town-hall",
        title="Où aller",
        say=("Allez à la mairie.",),
        routes=(Route("demande"),),
        place=MAIRIE,
    ),
    Step(
        id="demande",
        kind=StepKind.ACT,
        pictogram="online-form",
        title="La demande en ligne",
        say=("Ouvrez le site.", "Touchez «\u00a0Commencer\u00a0»."),
        explain=("Le site est gratuit.",),
        routes=(Route("surnom", AnswerIs("demande", ("stuck",))), Route("fin")),
        url="https://www.example.fr/demande",
    ),
    Step(
        id="surnom",
        kind=StepKind.ASK,
        pictogram="form",
        title="Un mot pour nous",
        say=("Tapez un mot pour vous souvenir.",),
        routes=(Route("fin"),),
        question=Question(AnswerFormat.TEXT, max_length=20),
    ),
    Step(
        id="fin",
        kind=StepKind.END,
        pictogram="road-map",
        title="C'est prêt",
        say=("Voici votre feuille de route.",),
    ),
)

_ROAD_MAP = (
    RoadMapLine("rendez-vous", Section.DO, "Prenez un rendez-vous à la mairie.", "appointment"),
    RoadMapLine("carte", Section.BRING, "Votre ancienne carte", "identity-card", when=AnswerIs("besoin", ("abimee",))),
    RoadMapLine("ou", Section.WHERE, "Allez à la mairie.", "town-hall", place=MAIRIE),
    RoadMapLine("quand", Section.WHEN, "Venez le matin.", "clock"),
    RoadMapLine("prix", Section.COST, "La carte coûte 25 euros.", "euro", when=LOST),
    RoadMapLine(
        "photo-avant",
        Section.DEADLINE,
        "Faites la photo avant cette date.",
        "photo",
        when=Lacks("pieces", "photo"),
        deadline=DeadlineRule(after="today", days=15),
    ),
    RoadMapLine(
        "grande-famille",
        Section.DEADLINE,
        "Revenez avec votre famille avant cette date.",
        "family",
        when=NumberIs("enfants", at_least=3),
        deadline=DeadlineRule(on=date(2027, 5, 31)),
    ),
    RoadMapLine("appel", Section.CONTACT, "Appelez la mairie.", "telephone-call", place=MAIRIE),
)


def sample_procedure(**changes: Any) -> Procedure:
    """The sample, with fields of :class:`content.model.Procedure` replaced as asked."""
    sample = Procedure(
        id="essai",
        language="fr",
        languages=("fr",),
        theme="papiers_elections_citoyennete",
        pictogram="identity-card",
        title="Refaire ma carte d'essai",
        summary="Carte perdue ou abîmée.",
        also=("je n'ai plus ma carte", "refaire mes papiers"),
        start="accueil",
        steps={step.id: step for step in _STEPS},
        road_map=_ROAD_MAP,
        sources=(
            Source("Carte d'essai", "https://www.example.fr/carte", date(2026, 11, 20), date(2027, 5, 20)),
            Source(
                "Prix de la carte",
                "https://www.example.fr/prix",
                date(2026, 10, 1),
                date(2027, 4, 1),
                AnswerIs("besoin", ("perdue",)),
            ),
        ),
        content_hash="0" * 64,
    )
    return replace(sample, **changes)


def sample_files() -> dict[str, str]:
    """File name -> text: the same procedure as an author writes it."""
    return {"procedure.toml": _STRUCTURE, "fr.toml": _WORDS}


def write_procedure(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """Write the files (the sample's when not given) in ``folder``, which is made; returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (sample_files() if files is None else files).items():
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


_STRUCTURE = """\
id = "essai"
theme = "papiers_elections_citoyennete"
pictogram = "identity-card"
start = "accueil"

[[sources]]
title = "Carte d'essai"
url = "https://www.example.fr/carte"
checked_on = 2026-11-20
check_by = 2027-05-20

[[sources]]
title = "Prix de la carte"
url = "https://www.example.fr/prix"
checked_on = 2026-10-01
check_by = 2027-04-01
when = { answer = "besoin", is = ["perdue"] }

[places.mairie]
pictogram = "town-hall"
phone = "01 23 45 67 89"
url = "https://www.example.fr/mairie"

[[steps]]
id = "accueil"
kind = "say"
pictogram = "identity-card"
next = "besoin"

[[steps]]
id = "besoin"
kind = "choose"
pictogram = "question"
may_not_know = true
unknown_to = "explication"
next = "naissance"
choices = [
  { id = "perdue", pictogram = "lost-card", to = "perte" },
  { id = "abimee", pictogram = "broken-card" },
]

[[steps]]
id = "perte"
kind = "say"
pictogram = "police"
next = "naissance"

[[steps]]
id = "explication"
kind = "say"
pictogram = "information"
next = "naissance"

[[steps]]
id = "naissance"
kind = "ask"
pictogram = "birthday"
sensitive = true
may_not_know = true
question = { format = "date", at_least = 1900-01-01, past_only = true }
next = [
  { to = "enfants", when = { years_since = "naissance", at_most = 17 } },
  { to = "pieces" },
]

[[steps]]
id = "enfants"
kind = "ask"
pictogram = "family"
question = { format = "number", at_least = 1, at_most = 20 }
next = "pieces"

[[steps]]
id = "pieces"
kind = "checklist"
pictogram = "checklist"
next = "mairie"
documents = [
  { id = "photo", pictogram = "portrait" },
  { id = "declaration", pictogram = "police-report", when = { answer = "besoin", is = ["perdue"] } },
]

[[steps]]
id = "mairie"
kind = "place"
pictogram = "town-hall"
place = "mairie"
next = "demande"

[[steps]]
id = "demande"
kind = "act"
pictogram = "online-form"
url = "https://www.example.fr/demande"
next = [
  { to = "surnom", when = { answer = "demande", is = ["stuck"] } },
  { to = "fin" },
]

[[steps]]
id = "surnom"
kind = "ask"
pictogram = "form"
question = { format = "text", max_length = 20 }
next = "fin"

[[steps]]
id = "fin"
kind = "end"
pictogram = "road-map"

[[road_map]]
id = "rendez-vous"
section = "do"
pictogram = "appointment"

[[road_map]]
id = "carte"
section = "bring"
pictogram = "identity-card"
when = { answer = "besoin", is = ["abimee"] }

[[road_map]]
id = "ou"
section = "where"
pictogram = "town-hall"
place = "mairie"

[[road_map]]
id = "quand"
section = "when"
pictogram = "clock"

[[road_map]]
id = "prix"
section = "cost"
pictogram = "euro"
when = { answer = "besoin", is = ["perdue"] }

[[road_map]]
id = "photo-avant"
section = "deadline"
pictogram = "photo"
when = { lacks = "pieces", document = "photo" }
deadline = { after = "today", days = 15 }

[[road_map]]
id = "grande-famille"
section = "deadline"
pictogram = "family"
when = { number = "enfants", at_least = 3 }
deadline = { on = 2027-05-31 }

[[road_map]]
id = "appel"
section = "contact"
pictogram = "telephone-call"
place = "mairie"
"""

_WORDS = """\
title = "Refaire ma carte d'essai"
summary = "Carte perdue ou abîmée."
also = ["je n'ai plus ma carte", "refaire mes papiers"]

[steps.accueil]
title = "Votre carte"
say = ["Nous allons refaire votre carte.", "Cela prend cinq minutes."]
explain = ["La borne vous guide."]

[steps.besoin]
title = "Pourquoi la refaire ?"
say = ["Regardez les images.", "Choisissez une réponse."]
explain = ["Perdue : vous ne la trouvez plus."]

[steps.besoin.choices.perdue]
label = "Perdue"
also = ["je l'ai perdue"]

[steps.besoin.choices.abimee]
label = "Abîmée"
also = ["elle est cassée"]

[steps.perte]
title = "Déclarez la perte"
say = ["Vous déclarez la perte à la mairie."]

[steps.explication]
title = "Ce n'est pas grave"
say = ["Quelqu'un peut vous aider."]

[steps.naissance]
title = "Votre date de naissance"
say = ["Tapez votre date de naissance."]
explain = ["Le jour, le mois, puis l'année."]

[steps.enfants]
title = "Votre famille"
say = ["Combien êtes-vous à la maison ?"]
unit = "personnes"

[steps.pieces]
title = "Les papiers à apporter"
say = ["Voici les papiers à apporter."]

[steps.pieces.documents.photo]
name = "Une photo d'identité"
what = ["C'est une petite photo de votre visage."]
where = ["Allez chez un photographe."]

[steps.pieces.documents.declaration]
name = "La déclaration de perte"
what = ["C'est un papier de la mairie."]
where = ["Demandez-la à la mairie."]

[steps.mairie]
title = "Où aller"
say = ["Allez à la mairie."]

[steps.demande]
title = "La demande en ligne"
say = ["Ouvrez le site.", "Touchez « Commencer »."]
explain = ["Le site est gratuit."]

[steps.surnom]
title = "Un mot pour nous"
say = ["Tapez un mot pour vous souvenir."]

[steps.fin]
title = "C'est prêt"
say = ["Voici votre feuille de route."]

[places.mairie]
name = "La mairie"
hours = "Du lundi au vendredi, de 9 heures à 17 heures."
phone_note = "Appel gratuit."

[road_map.rendez-vous]
text = "Prenez un rendez-vous à la mairie."

[road_map.carte]
text = "Votre ancienne carte"

[road_map.ou]
text = "Allez à la mairie."

[road_map.quand]
text = "Venez le matin."

[road_map.prix]
text = "La carte coûte 25 euros."

[road_map.photo-avant]
text = "Faites la photo avant cette date."

[road_map.grande-famille]
text = "Revenez avec votre famille avant cette date."

[road_map.appel]
text = "Appelez la mairie."
"""
