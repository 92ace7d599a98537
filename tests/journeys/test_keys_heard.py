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
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
import soundfile

from accessibility.listening.closeness import instead, missing
from accessibility.listening.phonemes import phonemes
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
LISTENINGS = ((7.0, 0.2), (4.0, 0.2), (7.0, 0.1), (7.0, 0.4))
"""Seconds of sound that the engine writes at a time, and of silence about them, in the order of trying: it writes
"à pied" or "papier" of one and the same sound, as it is cut."""
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
ALIKE = 0.75
"""From which sounds are those of the words that were said: « gelé » is « Je l’ai », for an engine that writes words."""
GOES_ON = 8.0
"""Seconds of silence after which what was not said will not be: a busy machine is slow between two sentences."""


@dataclass
class Listener:
    """Somebody at the keys who looks at nothing."""

    terminal: Terminal
    heard: Recording
    engine: WhisperRecogniser
    pressed: float = 0.0
    spoke: tuple[float, float] = (0.0, 0.0)
    """From when to when the kiosk spoke last."""
    writings: list[str] = field(default_factory=list[str])
    """What the engine wrote of that, as often as it was asked."""
    told: list[str] = field(default_factory=list[str])
    """The same of the whole walk."""
    alike: list[float] = field(default_factory=list[float])

    def hears(self, words: str, *, alone: bool = False) -> bool:
        """Whether ``words`` were said, and nothing else where they were said ``alone``."""
        most = 0.0
        for number, (longest, breath) in enumerate(LISTENINGS):
            if number == len(self.writings):
                began, ended = self.spoke
                self.writings.append(" ".join(self._writes(began - breath, ended + breath, longest)))
                self.told += self.writings[-1:]
            written = self.writings[number]
            if not alone or len(sounds(written)) < 2 * len(sounds(words)):
                most = max(most, likeness(words, written))
            if most >= ALIKE:
                self.alike.append(most)
                return True
        return False

    def presses(self, key: str, *needed: str) -> None:
        """Press a key and listen until the kiosk has finished, and has said all that is ``needed``."""
        while time.monotonic() < self.pressed + READING_SECONDS:
            self.heard.wait_until(time.monotonic() + 0.1)
        self.terminal.keys(key)
        self.pressed = time.monotonic() + HUSHED
        began = ended = self.heard.wait_for_sound(self.pressed, 10)
        while True:
            ended = self.heard.silent_from(ended, quiet=PAUSE, limit=60)
            self.pressed = time.monotonic()
            self.spoke, self.writings = (began, ended), []
            missed = [words for words in needed if not self.hears(words)]
            if not missed:
                break
            assert self._goes_on(ended), f"{key}: {missed} not heard in {self.writings}"

    def reaches(self, label: str, *keys: str) -> None:
        """Move from control to control until this one is named; ``keys`` first, then always the last of them."""
        for move in range(MOST_MOVES):
            self.presses(keys[min(move, len(keys) - 1)])
            if self.hears(label, alone=True):
                return
        raise AssertionError(f"« {label} » is never reached: {self.told}")

    def number_of(self, label: str, *others: str) -> str:
        """The key of an answer: its place among those that were read."""
        orders = permutations((label, *others))
        order = max(orders, key=lambda order: max(in_order(order, written) for written in self.writings))
        return str(order.index(label) + 1)

    def _goes_on(self, ended: float) -> bool:
        """Whether the kiosk had not finished."""
        self.heard.wait_for(
            lambda: self.heard.first_sound(ended) is not None or self.heard.now > ended + GOES_ON,
            2 * GOES_ON,
            "the recorder stopped",
        )
        return self.heard.first_sound(ended) is not None

    def _writes(self, began: float, ended: float, longest: float) -> Iterator[str]:
        """What was said, a few sentences at a time."""
        recogniser = self.engine
        start = [recogniser.token(f"<|{name}|>") for name in ("startoftranscript", "fr", "transcribe", "notimestamps")]
        for first, last in self._pieces(began, ended, longest):
            sound = self.heard.samples(first, last)
            sound = sound[: len(sound) // 3 * 3].reshape(-1, HERTZ // EAR_HERTZ).mean(axis=1).astype(np.float32)
            yield recogniser.decode(recogniser.encode(sound), start).texts[0]

    def _pieces(self, began: float, ended: float, longest: float) -> Iterator[tuple[float, float]]:
        """Cut in the longest pauses, each piece as long as the engine takes."""
        levels = self.heard.levels(began, ended)
        while ended - began > longest:
            pauses, quiet = [(0.0, began + longest)], 0
            for at, level in levels:
                if began + longest / 3 < at < began + longest:
                    quiet = quiet + 1 if level < AUDIBLE else 0
                    pauses.append((quiet, at))
            pause, at = max(pauses)
            cut = at - pause / 200  # The middle of it, in chunks of 10 ms.
            yield began, cut
            began = cut
        yield began, ended


@dataclass(frozen=True, order=True)
class Piece:
    """Some of the sounds that were heard, from ``first`` to before ``last``, and how alike they are to some words."""

    likeness: float
    first: int
    last: int


def sounds(text: str) -> tuple[str, ...]:
    return phonemes(text, "fr")


def pieces(words: str, said: str) -> list[Piece]:
    """For each place in ``said``, the piece that ends there and sounds most like ``words``: 1, nobody hears any
    difference; 0, nothing of it."""
    wanted, heard = sounds(words), sounds(said)
    row = [(0.0, at) for at in range(len(heard) + 1)]  # What it costs, and where the piece begins.
    for sound in wanted:
        above, row = row, [(row[0][0] + missing(sound), 0)]
        for at, other in enumerate(heard):
            row.append(
                min(
                    (above[at][0] + instead(sound, other), above[at][1]),
                    (above[at + 1][0] + missing(sound), above[at + 1][1]),
                    (row[at][0] + missing(other), row[at][1]),
                )
            )
    return [Piece(1 - cost / len(wanted), first, last) for last, (cost, first) in enumerate(row)]


def likeness(words: str, said: str) -> float:
    """How much of ``words`` was heard in ``said``: 0 to 1."""
    return max(pieces(words, said)).likeness


def in_order(labels: Sequence[str], said: str) -> float:
    """How alike ``said`` is to these labels, one after the other: the sum of what each is."""
    best = {0: 0.0}  # Where the last label ended, and the sum so far.
    for label in labels:
        found: dict[int, float] = {}
        for piece in pieces(label, said):
            before = max((total for last, total in best.items() if last <= piece.first), default=0.0)
            found[piece.last] = before + piece.likeness
        best = found
    return max(best.values())


@contextmanager
def kept(heard: Recording, one: Listener, file: Path) -> Iterator[None]:
    """The sound of a walk that fails is left in the test's folder, with what was understood of it."""
    try:
        yield
    except AssertionError as failure:
        soundfile.write(file, heard.samples(0, heard.now), HERTZ)
        failure.add_note(f"{file}: {one.told}")
        raise


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
    """The sounds of the walk, made by the kiosk's own renderer."""
    folder = tmp_path_factory.mktemp("rendered")
    voice = rendered_voice("kokoro")
    said = walked(load_catalogue(write_short_procedure(folder / "p")))
    lines = lines_of((one.text, one.language or "fr") for one in said)
    KEPT.mkdir(mode=0o700, exist_ok=True)
    done = render(lines, voice, AudioCache(KEPT, 100), maker_of(voice, speech.MODELS, 2), lambda steps: None)
    assert done.outcome is RenderOutcome.DONE, done
    shutil.copytree(KEPT, folder / "voice")
    return folder / "voice"


@pytest.mark.clause("EN 4.2.1", "EN 5.1.3.1", "PAP 4")
def test_a_procedure_by_keys_alone_and_the_screen_ignored(
    tmp_path: Path, rendered: Path, engine: WhisperRecogniser, record_property: Callable[[str, object], None]
) -> None:
    content = write_short_procedure(tmp_path / "p")
    disk = tmp_path / "var"  # Its own: a second try would find the journal and the paper of the first.
    shutil.copytree(rendered, disk / "voice")
    with sound_server(tmp_path) as server:
        site = make_site(tmp_path / "site", disk=disk, voice="pyttsx3", content=content, env=server.env)
        with server.record() as heard, person_at(site) as person:
            one = Listener(person.terminal, heard, engine)
            with kept(heard, one, tmp_path / "heard.wav"):
                walks(one)
            record_property("heard", one.told)
            record_property("sure", round(min(one.alike), 2))
            person.leaves()
    assert site.endings() == ["done"]
    assert len(site.papers) == 1


def walks(one: Listener) -> None:
    """The whole procedure."""
    one.presses("Right", "Je vous aide pour vos démarches", "Touchez Commencer")
    one.presses("Enter", "Que voulez-vous faire", "Papiers")
    one.reaches("Papiers", "Right", "Left")
    one.presses("Enter", "Refaire ma carte")
    one.presses("1", "Pourquoi refaire la carte", "Choisissez une réponse", "Perdue", "Abîmée")
    one.reaches("Abîmée", "Right")
    one.presses("Enter", "Une photo d’identité", "Avez-vous ce papier", "Je l’ai", "Je ne l’ai pas")
    mine = one.number_of("Je l’ai", "Je ne l’ai pas")
    one.presses(mine, "Voici votre feuille de route", "Demandez la carte à la mairie", "Imprimer", "Écouter encore")
    assert not one.hears("Combien d’enfants avez-vous"), "anything would do"
    one.presses(one.number_of("Imprimer", "Écouter encore"), "votre papier")
    one.reaches("Finir", "Right")
    one.presses("Enter", "Cela vous a-t-il aidé", "Touchez un visage", "Un peu")
    one.presses("1", "Merci de votre visite", "Prenez votre papier")
