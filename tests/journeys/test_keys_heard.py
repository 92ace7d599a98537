# SPDX-License-Identifier: EUPL-1.2
"""A procedure by keys alone by a person who does not look: what the kiosk says is all that she goes by.

The voice is the rendered one, made beforehand by ``kiosk voice render``; a listening engine writes what it said. Each
key is chosen from that, and from nothing on the screen.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pytest

from accessibility.listening.recogniser import HERTZ as EAR_HERTZ
from accessibility.listening.whisper import WhisperRecogniser
from accessibility.speaking.cache import AudioCache
from accessibility.speaking.rendered import rendered_voice
from accessibility.speaking.rendering import RenderOutcome, lines_of, maker_of, render
from assist.session.events import Ending
from assist.session.state import Phase, SessionState
from content.loader import load_catalogue
from content.model import Catalogue
from kiosk.presenter import Surroundings, present
from kiosk.rehearsal import beside, passing, sentences_of
from kiosk.screens.sayable import plain
from kiosk.view import Said
from tests import speech
from tests.journeys.aloud import NEEDS
from tests.journeys.person import READING_SECONDS, person_at
from tests.journeys.short_procedure import write_short_procedure
from tests.journeys.site import make_site
from tests.sound import AUDIBLE, HERTZ, Recording, sound_server
from tests.terminal import Terminal

pytestmark = [NEEDS, pytest.mark.timeout(300), pytest.mark.long]  # A minute and a half, after a minute of rendering.

KEPT = Path(tempfile.gettempdir()) / f"pas-a-pas-voice-{os.getuid()}"
"""What was rendered is kept from one run to the next: a minute the first time."""
PAUSE = 0.9
"""Seconds of silence after which the kiosk has finished: between two sentences it pauses less."""
HUSHED = 0.25
BREATH = 0.2
LONGEST = 7.0
"""Seconds of sound that the engine writes at a time."""
MOST_MOVES = 12
CONTROLS = (
    *("Commencer.", "Papiers.", "Refaire ma carte.", "1\u00a0: Refaire ma carte.", "Quelqu’un.", "Perdue.", "Abîmée."),
    *("Je l’ai.", "Je ne l’ai pas.", "C’est quoi\u00a0?", "Imprimer.", "Imprimer encore.", "Écouter encore.", "Finir."),
    *(
        "Voici votre feuille de route.",
        "J’imprime votre papier.",
        "Votre papier est prêt.",
        "Oui.",
        "Un peu.",
        "Non.",
        "Passer.",
        "Tout effacer.",
    ),
    *("Retour.", "Répéter.", "Aide.", "C’est difficile."),
)
ALIKE = 0.62
"""From which words written by a small engine are those that were said: « abimer » is « Abîmée »."""


@dataclass
class Listener:
    """Somebody at the keys who looks at nothing."""

    terminal: Terminal
    heard: Recording
    engine: WhisperRecogniser
    pressed: float = 0.0
    told: list[str] = field(default_factory=list[str])
    likeness: list[float] = field(default_factory=list[float])

    @property
    def said(self) -> str:
        """What was said last."""
        return self.told[-1]

    def presses(self, key: str, *needed: str) -> str:
        """Press a key and listen until the kiosk has finished; what it said, in which all that is ``needed`` was."""
        while time.monotonic() < self.pressed + READING_SECONDS:
            self.heard.wait_until(time.monotonic() + 0.1)
        self.terminal.keys(key)
        self.pressed = time.monotonic() + HUSHED
        began = self.heard.wait_for_sound(self.pressed, 10)
        ended = self.heard.silent_from(began, quiet=PAUSE, limit=60)
        self.pressed = time.monotonic()
        said = plain(" ".join(self._writes(began - BREATH, ended + BREATH)))
        self.told.append(said)
        missing = [words for words in needed if position(words, said) is None]
        assert not missing, f"{key}: {missing} not heard in « {said} »"
        self.likeness += [max(likenesses(words, said)) for words in needed]
        return said

    def reaches(self, label: str, *keys: str) -> None:
        """Move from control to control until this one is named; ``keys`` first, then always the last of them."""
        for move in range(MOST_MOVES):
            said = self.presses(keys[min(move, len(keys) - 1)])
            if position(label, said) is not None and len(letters(said)) < 2 * len(letters(label)):
                return
        raise AssertionError(f"« {label} » is never reached: {self.told[-MOST_MOVES:]}")

    def number_of(self, label: str, *others: str) -> str:
        """The key of an answer: its place among those that were read."""
        heard = {one: likenesses(one, self.said) for one in (label, *others)}
        places = sorted((found.index(max(found)), one) for one, found in heard.items())
        return str([one for _, one in places].index(label) + 1)

    def _writes(self, began: float, ended: float) -> Iterator[str]:
        """What was said, a few sentences at a time."""
        recogniser = self.engine
        start = [recogniser.token(f"<|{name}|>") for name in ("startoftranscript", "fr", "transcribe", "notimestamps")]
        for first, last in self._pieces(began, ended):
            sound = self.heard.samples(first, last)
            sound = sound[: len(sound) // 3 * 3].reshape(-1, HERTZ // EAR_HERTZ).mean(axis=1).astype(np.float32)
            yield recogniser.decode(recogniser.encode(sound), start).texts[0]

    def _pieces(self, began: float, ended: float) -> Iterator[tuple[float, float]]:
        """Cut in the longest pauses, each piece as long as the engine takes."""
        levels = self.heard.levels(began, ended)
        while ended - began > LONGEST:
            pauses, quiet = [(0.0, began + LONGEST)], 0
            for at, level in levels:
                if began + LONGEST / 3 < at < began + LONGEST:
                    quiet = quiet + 1 if level < AUDIBLE else 0
                    pauses.append((quiet, at))
            longest, at = max(pauses)
            cut = at - longest / 200  # The middle of it, in chunks of 10 ms.
            yield began, cut
            began = cut
        yield began, ended


def letters(text: str) -> str:
    return plain(text).replace(" ", "")


def likenesses(words: str, said: str) -> list[float]:
    """How alike ``words`` and each piece of ``said`` of their length are: 0 to 1."""
    wanted, whole = letters(words), letters(said)
    pieces = [whole[at : at + len(wanted)] for at in range(max(1, len(whole) - len(wanted) + 1))]
    return [SequenceMatcher(None, wanted, piece, autojunk=False).ratio() for piece in pieces]


def position(words: str, said: str) -> int | None:
    """Where ``words`` were heard best in ``said``; None when they were not."""
    found = likenesses(words, said)
    return found.index(max(found)) if max(found) >= ALIKE else None


@pytest.fixture(scope="module")
def engine() -> WhisperRecogniser:
    return WhisperRecogniser(speech.MODELS / "whisper-base")


def walked(catalogue: Catalogue) -> tuple[Said, ...]:
    """All that is said on the way: the pages, and the controls that the keys reach there. Nothing else is rendered."""
    procedure = catalogue.get("essai", "fr")
    assert procedure is not None
    around = Surroundings(catalogue)
    anywhere = {said.text for said in passing("fr", around)}
    states = (
        *(SessionState(phase=phase) for phase in (Phase.WELCOME, Phase.CHOOSING, Phase.RATING, Phase.OVER)),
        SessionState(phase=Phase.OVER, ending=Ending.DONE, prints=1),
    )
    return (
        *(said for state in states for said in present(state, around).speech),
        *sentences_of(procedure, "fr"),
        *(said for said in beside(procedure, "fr") if said.text not in anywhere and "Vous avez dit" not in said.text),
        *map(Said, CONTROLS),
    )


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A disk with the sounds of the walk, made by the kiosk's own renderer."""
    folder = tmp_path_factory.mktemp("rendered")
    voice = rendered_voice("kokoro")
    said = walked(load_catalogue(write_short_procedure(folder / "p")))
    lines = lines_of((one.text, one.language or "fr") for one in said)
    KEPT.mkdir(mode=0o700, exist_ok=True)
    done = render(lines, voice, AudioCache(KEPT, 100), maker_of(voice, speech.MODELS, 2), lambda steps: None)
    assert done.outcome is RenderOutcome.DONE, done
    shutil.copytree(KEPT, folder / "var/voice")
    return folder / "var"


@pytest.mark.clause("EN 4.2.1", "EN 5.1.3.1", "PAP 4")
def test_a_procedure_by_keys_alone_and_the_screen_ignored(
    tmp_path: Path, rendered: Path, engine: WhisperRecogniser, record_property: Callable[[str, object], None]
) -> None:
    content = write_short_procedure(tmp_path / "p")
    with sound_server(tmp_path) as server:
        site = make_site(tmp_path / "site", disk=rendered, voice="pyttsx3", content=content, env=server.env)
        with server.record() as heard, person_at(site) as person:
            one = Listener(person.terminal, heard, engine)
            one.presses("Right", "Je vous aide pour vos démarches", "Touchez Commencer")
            one.presses("Enter", "Que voulez-vous faire", "Papiers")
            one.reaches("Papiers", "Right", "Left")
            one.presses("Enter", "Refaire ma carte")
            one.presses("1", "Pourquoi refaire la carte", "Choisissez une réponse", "Perdue", "Abîmée")
            one.reaches("Abîmée", "Right")
            one.presses("Enter", "Une photo d’identité", "Avez-vous ce papier", "Je l’ai", "Je ne l’ai pas")
            mine = one.number_of("Je l’ai", "Je ne l’ai pas")
            one.presses(mine, "Voici votre feuille de route", "Demandez la carte à la mairie")
            assert position("Combien d’enfants avez-vous", one.said) is None, "anything would do"
            one.presses(one.number_of("Imprimer", "Écouter encore"), "votre papier")
            one.reaches("Finir", "Right")
            one.presses("Enter", "Cela vous a-t-il aidé", "Oui")
            one.presses("1", "Merci de votre visite", "Prenez votre papier")
            record_property("heard", one.told)
            record_property("sure", round(min(one.likeness), 2))
            person.leaves()
    assert site.endings() == ["done"]
    assert len(site.papers) == 1
