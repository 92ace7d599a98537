# SPDX-License-Identifier: EUPL-1.2
"""A whole procedure by voice alone: nothing is pressed, from the welcome to the paper and the goodbye."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.aloud import NEEDS, UNDERSTOOD, VOICES, Came, Says, aloud, files_with, voice_of
from tests.journeys.person import GOODBYE, RATE, ROAD_MAP, THEMES, WELCOME
from tests.journeys.site import Site

pytestmark = [NEEDS, pytest.mark.timeout(450)]  # Under a minute, where nobody else takes the processors.

NONSENSE = "il fait beau aujourd'hui et je vais au marché"
CANARIES = ("marché", "fait beau", "égarée", "parlez plus fort", "effacez tout")
"""Words said, that the kiosk never says itself: its sounds are kept under the words they say."""
ANSWERED = 5.0
"""Median seconds from the end of speech to the next screen, on a machine that others keep busy; 0.75 on a quiet one."""

BEGINS: tuple[Says, ...] = (
    ("commencer", THEMES, ""),
    ("j'ai perdu ma carte vitale", "Voici ce que j’ai trouvé", ""),
    ("carte vitale et compte ameli", "Que vous faut-il", "Carte Vitale et compte ameli"),
    ("refaire la carte", "Qu’est-il arrivé", ""),
)
ON_THE_WAY: tuple[Says, ...] = (
    ("volée", "D’abord, déclarez le vol", ""),
    ("annuler", "Qu’est-il arrivé", ""),
    ("elle est égarée", "Qui rembourse", "Perdue"),
    ("parlez plus fort", f"{UNDERSTOOD} : Plus fort", ""),
    ("effacez tout", "Vos réponses seront effacées", "Tout effacer"),
    ("non", "Qui rembourse", ""),
)
ENDS: tuple[Says, ...] = (
    ("caisse agricole", "Une photo d’identité", ""),
    ("oui", "Une pièce d’identité", "Je l’ai"),
    ("je ne l'ai pas", "Le numéro de Sécurité sociale", ""),
    ("je l'ai", "Allez à la caisse agricole", ""),
    ("suivant", "Des soins bientôt", ""),
    ("non", "La carte Vitale sur téléphone", ""),
    ("suivant", ROAD_MAP, ""),
    ("imprimer", "Votre papier est prêt", ""),
    ("finir", RATE, ""),
    ("oui", GOODBYE, ""),
)


@pytest.mark.clause("EN 4.2.1", "EN 4.2.7", "PAP 3", "PAP 17", "PAP 18")
def test_a_procedure_by_voice_alone(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    """With headphones, as a person who does not see; she does not wait for the voice to finish."""
    said = lines(*BEGINS, *ON_THE_WAY, *ENDS)
    with aloud(tmp_path, says=said, headphones=True) as one:
        one.follows(BEGINS)
        assert "Qu’est-il arrivé" in one.is_not_understood(NONSENSE)
        one.follows(ON_THE_WAY)
        one.follows(ENDS)
        one.person.sees(WELCOME)
        one.tells(record_property)
        one.person.leaves()
    assert one.count(Came.ASKED) >= 2, "« Imprimer », and how it was, are always asked about"
    assert one.answer_seconds <= ANSWERED
    check_what_is_kept(one.site)


def lines(*walk: Says) -> dict[str, tuple[str, ...]]:
    """All that is said on a walk, and who says it."""
    words = dict.fromkeys((*(words for words, *_ in walk), "oui", "non", NONSENSE))
    return {voice: tuple(said for said in words if voice_of(said) == voice) for voice in VOICES}


def check_what_is_kept(site: Site) -> None:
    """The journal knows that somebody spoke, how it ended, and not a word of what was said; nor does any file."""
    events = site.events()
    (started,) = (event for event in events if event["type"] == "session.started")
    assert started["payload"]["origin"] == "voice"
    assert site.endings() == ["done"]
    # A sound server that is itself kept waiting for a second is a microphone, or a voice, that is gone for a moment.
    failed = {event["payload"]["device"] for event in events if event["type"] == "device.failed"}
    assert failed <= {"microphone", "voice"}
    assert len(site.papers) == 1
    assert site.intact
    assert files_with(site.folder, *CANARIES) == []
