# SPDX-License-Identifier: EUPL-1.2
"""The sample procedure in English too: its files, and the procedure as it is loaded in both languages."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from content.loader import load_procedure
from content.model import Catalogue, Procedure
from tests.sample_procedures import sample_files, write_procedure


def bilingual_files() -> dict[str, str]:
    """File name -> text, with ``en.toml``."""
    return {**sample_files(), "en.toml": _ENGLISH}


@cache
def bilingual_sample() -> dict[str, Procedure]:
    """Language -> the sample procedure."""
    with tempfile.TemporaryDirectory() as folder:
        languages, problems = load_procedure(write_procedure(Path(folder, "essai"), bilingual_files()))
    assert set(languages) == {"fr", "en"}, problems
    return languages


def bilingual_catalogue() -> Catalogue:
    """A catalogue of the sample procedure in both languages."""
    return Catalogue({"essai": bilingual_sample()})


_ENGLISH = """\
title = "Renew my test card"
summary = "Card lost or damaged."
also = ["I lost my card", "renew my papers"]

[steps.accueil]
title = "Your card"
say = ["We will renew your card.", "It takes five minutes."]
explain = ["The kiosk guides you."]

[steps.besoin]
title = "Why renew it?"
say = ["Look at the pictures.", "Choose an answer."]
explain = ["Lost: you cannot find it any more."]

[steps.besoin.choices.perdue]
label = "Lost"
also = ["I lost it"]

[steps.besoin.choices.abimee]
label = "Damaged"

[steps.perte]
title = "Report the loss"
say = ["You report the loss at the town hall."]

[steps.explication]
title = "That is all right"
say = ["Someone can help you."]

[steps.naissance]
title = "Your date of birth"
say = ["Type your date of birth."]
explain = ["The day, the month, then the year."]

[steps.enfants]
title = "Your family"
say = ["How many people live at home?"]
unit = "people"

[steps.pieces]
title = "The papers to bring"
say = ["Here are the papers to bring."]

[steps.pieces.documents.photo]
name = "An identity photo"
what = ["It is a small photo of your face."]
where = ["Go to a photographer."]

[steps.pieces.documents.declaration]
name = "The loss report"
what = ["It is a paper from the town hall."]
where = ["Ask for it at the town hall."]

[steps.mairie]
title = "Where to go"
say = ["Go to the town hall."]

[steps.demande]
title = "The online form"
say = ["Open the website.", "Touch “Start”."]
explain = ["The website is free."]

[steps.surnom]
title = "A word for us"
say = ["Type a word to remember."]

[steps.fin]
title = "All set"
say = ["Here are your next steps."]

[places.mairie]
name = "The town hall"
hours = "Monday to Friday, 9 am to 5 pm."
phone_note = "Free call."

[road_map.rendez-vous]
text = "Make an appointment at the town hall."

[road_map.carte]
text = "Your old card"

[road_map.ou]
text = "Go to the town hall."

[road_map.quand]
text = "Come in the morning."

[road_map.prix]
text = "The card costs 25 euros."

[road_map.photo-avant]
text = "Have the photo taken before this date."

[road_map.grande-famille]
text = "Come back with your family before this date."

[road_map.appel]
text = "Call the town hall."
"""
