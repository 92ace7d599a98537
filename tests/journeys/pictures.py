# SPDX-License-Identifier: EUPL-1.2
"""Take the pictures of ``docs/pictures`` again: the real touch page, its voice and its ear at work.

    script/pictures

Needs what the journeys need: Chromium, PulseAudio, the model of the ear.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from tests import speech
from tests.browser import open_browser
from tests.journeys.alert_pictures import take_alerts
from tests.journeys.aloud import SIGN
from tests.journeys.desk_pictures import take_desk
from tests.journeys.person import ROAD_MAP, THEMES, WELCOME
from tests.journeys.report_pictures import take_report
from tests.journeys.review_pictures import take_review
from tests.journeys.site import make_site
from tests.journeys.touch_page import PagePerson, person_at_page
from tests.microphone import microphone
from tests.sound import sound_server

PICTURES = Path(__file__).parents[2] / "docs/pictures"
LAST_PAGE = "Plus de détails"
"""Stands on the last page of the road map: the voice turns to it, as it reads."""
LISTENS_SECONDS = 90.0
"""The kiosk speaks first; then it listens."""
WAY = (
    ("Commencer", THEMES, ""),
    ("Papiers", "Refaire ma carte", ""),
    ("Refaire ma carte", "La carte est pour qui", ""),
    ("Un adulte", "Pourquoi refaire", "choix"),
    ("Perdue", "Vous déclarez la perte", ""),
    ("Suite", "Y a-t-il un passeport", ""),
    ("Non", "Une photo d’identité", "piece"),
    ("Je l’ai", "Un papier avec l’adresse", ""),
    ("Je l’ai", "Un timbre fiscal", ""),
    ("Je l’ai", "L’acte de naissance", ""),
    ("Je l’ai", "Remplir la demande", ""),
    ("Sur internet", "Ouvrez le site", ""),
    ("C’est fait", "Connectez-vous", ""),
    ("C’est fait", "Gardez le numéro", ""),
    ("C’est fait", "Prenez rendez-vous", ""),
    ("Suite", ROAD_MAP, ""),
)
"""What is touched, what then comes, and the name of its picture."""


@contextmanager
def person() -> Iterator[PagePerson]:
    """Somebody at a kiosk that speaks and listens."""
    with tempfile.TemporaryDirectory() as aside, sound_server(Path(aside)) as server, microphone(server):
        site = make_site(Path(aside) / "site", voice="pyttsx3", models=speech.MODELS, env=server.env)
        with open_browser("about:blank") as browser, person_at_page(site, browser) as somebody:
            yield somebody


def take(somebody: PagePerson, name: str) -> None:
    """Once the kiosk listens: nothing moves but the level of the microphone."""
    somebody.sees(SIGN, LISTENS_SECONDS)
    shot = somebody.browser.screenshot(PICTURES / f"{name}.png")
    with Image.open(shot) as picture:
        picture.convert("RGB").save(shot, optimize=True)


def main() -> None:
    """Walk, and take a picture of each page that has a name; then those of the desk."""
    with person() as somebody:
        somebody.sees(WELCOME)
        take(somebody, "accueil")
        for label, then, name in WAY:
            somebody.presses(label, then)
            if name:
                take(somebody, name)
        somebody.sees(LAST_PAGE, LISTENS_SECONDS)
        take(somebody, "feuille-de-route")
    take_desk(PICTURES)
    take_report(PICTURES)
    take_alerts(PICTURES)
    take_review(PICTURES)


if __name__ == "__main__":
    main()
