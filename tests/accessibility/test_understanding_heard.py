# SPDX-License-Identifier: EUPL-1.2
"""A handful of recordings made on the spot, through the real detector, engine and understanding.

The whole set, with its noises, is ``benchmarks.listening``; these sentences belong to neither of its halves.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from accessibility.listening.commands import commands
from accessibility.listening.engines import choose
from accessibility.listening.from_file import FileEar, FileHearing
from accessibility.listening.numbering import with_numbers
from accessibility.listening.protocol import Certainty, Expected, Phrase, Vocabulary
from accessibility.listening.recogniser import FRAME
from benchmarks import listening_sounds as sounds
from tests import speech

COMMANDS = {
    "oui, tout à fait": "yes",
    "non merci monsieur": "no",
    "je ne sais pas du tout": "unknown",
    "vous pouvez répéter la question ?": "repeat",
    "plus fort s’il vous plaît": "louder",
    "parlez plus lentement": "slower",
    "effacez mes réponses": "erase",
}
WITH_AN_ACCENT = ("em_alex", ("oui, tout à fait", "vous pouvez répéter la question ?", "effacez mes réponses"))
OTHERS = ("le train de Marseille a du retard", "mettez les tomates dans le panier")
REQUEST = "je voudrais refaire ma carte d’identité"
CARD = with_numbers([Phrase("have", ("Je l’ai", "oui")), Phrase("missing", ("Je ne l’ai pas", "non"))], "fr")
SCREEN = Vocabulary((*CARD, *commands("fr")))
Hear = Callable[[str, str, Vocabulary, str], FileHearing]


@pytest.fixture(scope="module")
def hear() -> Hear:
    """Whoever says a sentence, what may be said, and the noise around → what was heard."""
    choice = choose("whisper", speech.MODELS, "fr")
    if choice is None:
        pytest.skip("no model: « kiosk voice install --default »")
    everything = [*COMMANDS, *OTHERS, REQUEST, "je l’ai", "je ne l’ai pas", "le deuxième"]
    voice, with_an_accent = WITH_AN_ACCENT
    speech.all_said([*map(speech.Line, everything), *(speech.Line(text, voice) for text in with_an_accent)])
    ear = FileEar(choice)

    def heard(text: str, voice: str, vocabulary: Vocabulary, noise: str = "clean") -> FileHearing:
        sound = sounds.among(sounds.said(f"kokoro:{voice}", text), noise, text)
        return ear.hear_frames(np.split(sound[: sound.size // FRAME * FRAME], sound.size // FRAME), vocabulary)

    return heard


def test_commands_are_understood(hear: Hear) -> None:
    found = {text: hear(text, "ff_siwis", Vocabulary(commands("fr")), "clean").phrase for text in COMMANDS}
    assert found == COMMANDS


def test_an_accent_may_be_lost_but_is_not_taken_for_something_else(hear: Hear) -> None:
    voice, texts = WITH_AN_ACCENT
    found = {text: hear(text, voice, Vocabulary(commands("fr")), "clean").phrase for text in texts}
    assert {text: phrase for text, phrase in found.items() if phrase not in {COMMANDS[text], ""}} == {}
    assert any(found.values())


def test_in_noise_nothing_is_taken_for_something_else(hear: Hear) -> None:
    vocabulary = Vocabulary(commands("fr"))
    found = {text: hear(text, "ff_siwis", vocabulary, "pink 10").phrase for text in COMMANDS}
    assert {text: phrase for text, phrase in found.items() if phrase not in {COMMANDS[text], ""}} == {}
    assert sum(bool(phrase) for phrase in found.values()) >= 4


def test_other_sentences_are_refused(hear: Hear) -> None:
    for vocabulary in (Vocabulary(commands("fr")), SCREEN, Vocabulary((Phrase("0", ("oui",)), Phrase("1", ("non",))))):
        assert [hear(text, "ff_siwis", vocabulary, "clean").phrase for text in OTHERS] == ["", ""]


def test_a_card_is_answered_and_a_denial_is_not_lost(hear: Hear) -> None:
    assert hear("je l’ai", "ff_siwis", SCREEN, "clean").phrase in {"have", ""}
    assert hear("je ne l’ai pas", "ff_siwis", SCREEN, "clean").phrase == "missing"
    assert hear("le deuxième", "ff_siwis", SCREEN, "clean").phrase == "missing"


def test_a_request_is_handed_over(hear: Hear) -> None:
    found = hear(REQUEST, "ff_siwis", Vocabulary(commands("fr"), expected=Expected.REQUEST), "clean")
    assert (found.phrase, found.certainty) == ("", Certainty.CLEAR)
    assert "carte d'identité" in found.value.replace("’", "'").lower()
