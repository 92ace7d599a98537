# SPDX-License-Identifier: EUPL-1.2
"""A person who speaks to the kiosk: waits for « Je vous écoute », speaks into the microphone, looks at what comes.

    with aloud(tmp_path) as person:
        person.says("commencer", then=THEMES)
        person.says("elle est égarée", then="Qui rembourse", means="Perdue")

The kiosk is the real one, in a real terminal: its voice goes to the speaker of a private sound server, its ear is the
real engine behind the microphone of that server. Nothing is pressed.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from statistics import median

import psutil
import pytest

from accessibility.models import installed as model_installed
from tests import sound, speech
from tests.journeys.person import PATIENCE, READING_SECONDS, Person, pattern, person_at
from tests.journeys.site import Site, make_site
from tests.microphone import Microphone, microphone
from tests.sound import SoundServer, sound_server
from tests.terminal import POLL_SECONDS, NotSeen, Terminal

NEEDS = pytest.mark.skipif(
    not sound.installed() or not speech.installed() or model_installed(speech.MODELS, "whisper-base") is None,
    reason="needs pulseaudio, pulseaudio-utils, « kiosk voice install --default kokoro-test-voices »",
)
SIGN = "Je vous écoute"
EAR = "listening.ear_process"
THINKS = "Je réfléchis"
UNDERSTOOD = "J’ai compris"
ASKED = re.compile(r"Vous\s+avez\s+dit\s+«\s*(?P<label>.+?)\s*»", re.DOTALL)
FAILED = re.compile(
    r"Je\s+n’ai\s+pas\s+compris\.|Touchez\s+une\s+image,\s+ou\s+demandez|Il\s+y\s+a\s+trop\s+de\s+bruit"
)
VOICES = ("ff_siwis", "pm_alex")
"""The French one, and one who speaks French with an accent."""
UNDERSTOOD_WITH_AN_ACCENT = frozenset(
    {
        *("j'ai perdu ma carte vitale", "volée", "parlez plus fort", "effacez tout", "caisse agricole"),
        *("je l'ai", "je ne l'ai pas", "suivant", "finir"),
    }
)
"""Four times of four, on their pages. Other words said so are often heard as others ("Profère la carte", "Ways"):
see ADR 0132."""
ITS_TURN = 60.0
"""Seconds that the kiosk may speak before it listens."""
ANSWER = 15.0
"""Seconds in which something comes of what was said, on the busiest machine; what is usual is measured."""
TRIES = 4
TAKES_BREATH = 0.4
"""Nobody begins to speak at the very moment when a page comes."""

AUTHORED = frozenset({"procedures", "published"})
"""Folders of a site that hold what authors wrote."""

Says = tuple[str, str, str]
"""What is said, what then comes, and the label that the kiosk may ask about ("" when it is what is said)."""


class Came(StrEnum):
    """What came of something said."""

    RIGHT = "right"
    ASKED = "asked"
    """« Vous avez dit … ? », about what was meant."""
    ASKED_WRONG = "asked about something else"
    AGAIN = "again"
    """Not understood, or not heard: to be said again."""
    WRONG = "wrong"
    """Something else was done."""


@dataclass(frozen=True)
class Told:
    """One thing said, and what came of it; ``seconds`` from the end of speech to what was then painted."""

    words: str
    voice: str
    came: Came
    seconds: float


@dataclass
class Aloud:
    """Somebody who never touches anything. Made by :func:`aloud`."""

    person: Person
    server: SoundServer
    microphone: Microphone
    recorders: ExitStack
    told: list[Told] = field(default_factory=list[Told])
    steps: list[float] = field(default_factory=list[float])
    """Seconds from one thing understood to the next."""
    language: str = "fr"
    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    _since: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.hears_anew()

    def hears_anew(self) -> None:
        """Record what the microphone hears (``room``) and what the kiosk plays (``heard``) from now on.

        Whoever records from the microphone loses it when it is pulled out; a new one is taken for everybody's.
        """
        self.recorders.close()
        self.room = self.recorders.enter_context(self.microphone.record())
        self.heard = self.recorders.enter_context(self.server.record())

    @property
    def terminal(self) -> Terminal:
        return self.person.terminal

    @property
    def site(self) -> Site:
        return self.person.site

    def says(self, words: str, then: str, *, means: str = "", voice: str = "") -> str:
        """Say ``words`` in turn, again while they are not understood, and wait for ``then``; the screen.

        ``means`` is the label that the kiosk would ask about (« Vous avez dit … ? »), ``words`` itself by default.
        """
        voice = voice or voice_of(words)
        for _ in range(TRIES):
            self.waits_for_the_sign()
            complaint = FAILED.search(self.terminal.screen())
            ended = self.speaks_at_once(words, voice)
            came, screen, at = self._what_comes(then, means or words, ended, complaint[0] if complaint else "")
            self.told.append(Told(words, voice, came, at - ended))
            if came is Came.WRONG:
                raise NotSeen(f"« {words} » did something else:\n{screen}")
            if came in (Came.ASKED, Came.ASKED_WRONG):
                yes = came is Came.ASKED
                screen = self._answers("oui" if yes else "non", then if yes else "")
                if not yes:
                    continue
            if came is not Came.AGAIN:
                self.steps.append(time.monotonic() - self._since)
                self._since = time.monotonic()
                return screen
        raise NotSeen(f"« {words} » was not understood {TRIES} times:\n{self.terminal.screen()}")

    def follows(self, walk: Sequence[Says]) -> None:
        """Say all of it, one after the other."""
        for words, then, means in walk:
            self.says(words, then, means=means)

    def is_not_understood(self, words: str, voice: str = "") -> str:
        """Say something that means nothing here, again while nothing at all comes of it; the screen that says so."""
        voice = voice or voice_of(words)
        for _ in range(TRIES):
            ended = self.speaks(words, voice)
            with suppress(NotSeen):
                screen = self.terminal.wait_for(FAILED, ANSWER)
                self.told.append(Told(words, voice, Came.RIGHT, time.monotonic() - ended))
                return screen
            self.told.append(Told(words, voice, Came.AGAIN, ANSWER))
        raise NotSeen(f"nothing comes of « {words} »:\n{self.terminal.screen()}")

    def speaks(self, words: str, voice: str = "", *, volume: float = 1.0) -> float:
        """Speak once the sign is there, and no complaint of before; when the last sound was heard."""
        self.terminal.wait_until(lambda screen: not FAILED.search(screen), "the end of a complaint", PATIENCE)
        self.waits_for_the_sign()
        return self.speaks_at_once(words, voice, volume=volume)

    def speaks_at_once(self, words: str, voice: str = "", *, volume: float = 1.0) -> float:
        """Speak, whether the kiosk listens or not; when the last sound was heard."""
        began = time.monotonic()
        self.microphone.speak(speech.said(words, voice or voice_of(words), self.language), volume)
        self.room.wait_until(time.monotonic())
        ended = self.room.last_sound(began)
        assert ended is not None, "the microphone hears nothing"
        return ended

    def waits_for_the_sign(self, timeout: float = ITS_TURN) -> str:
        """Until the kiosk shows that it listens, and a breath later still does."""
        end = time.monotonic() + timeout
        while True:
            self.person.sees(self.word(SIGN), max(0.1, end - time.monotonic()))
            breath = time.monotonic() + TAKES_BREATH
            while self.word(SIGN) in (screen := self.terminal.screen()):
                if time.monotonic() > breath:
                    return screen
                time.sleep(POLL_SECONDS)

    def part(self, module: str) -> psutil.Process | None:
        """The process of a part of the kiosk, when it runs."""
        for child in self.person.process.children():
            try:
                if any(module in word for word in child.cmdline()):
                    return child
            except psutil.NoSuchProcess:
                continue
        return None

    @property
    def is_recorded(self) -> bool:
        """True while the kiosk's ear is open, whatever the screen shows."""
        ear = self.part(EAR)
        return ear is not None and f'"{ear.pid}"' in self.server.control("list", "source-outputs")

    def speaks_unseen(self, words: str) -> None:
        """Speak once the ear is open, and wait until it has made up its mind."""
        waits(lambda: self.is_recorded, ITS_TURN, "it never listens")
        waits_to_read(TAKES_BREATH)
        self.speaks_at_once(words)
        with suppress(AssertionError):
            waits(lambda: not self.is_recorded, ANSWER)

    def word(self, french: str) -> str:
        """What the screen says in the language of this walk."""
        return self.texts.get(french, french)

    def _what_comes(self, then: str, means: str, ended: float, complaint: str) -> tuple[Came, str, float]:
        """``complaint`` was there before: it says nothing, until it has gone or changed."""
        wanted, silence = pattern(then), ended + ANSWER
        said = pattern(f"{self.word(UNDERSTOOD)} :")
        while True:
            screen = self.terminal.screen()
            now = time.monotonic()
            if wanted.search(screen):
                return Came.RIGHT, screen, now
            if asked := ASKED.search(screen):
                right = _letters(means) in _letters(asked["label"])
                return (Came.ASKED if right else Came.ASKED_WRONG), screen, now
            failed = FAILED.search(screen)
            if failed and failed[0] != complaint:
                return Came.AGAIN, screen, now
            complaint = complaint if failed else ""
            if now > silence:
                return (Came.WRONG if said.search(screen) else Came.AGAIN), screen, now
            time.sleep(POLL_SECONDS)

    def _answers(self, words: str, then: str) -> str:
        """Oui or non to the question, again while it stands."""

        def answered(screen: str) -> bool:
            return bool(pattern(then).search(screen)) and not ASKED.search(screen)

        for _ in range(TRIES):
            voice = voice_of(words)
            ended = self.speaks(words, voice)
            with suppress(NotSeen):
                screen = self.terminal.wait_until(
                    lambda seen: answered(seen) or bool(FAILED.search(seen)), f"« {then} »", ANSWER
                )
                if answered(screen):
                    self.told.append(Told(words, voice, Came.RIGHT, time.monotonic() - ended))
                    return screen
            self.told.append(Told(words, voice, Came.AGAIN, time.monotonic() - ended))
        raise NotSeen(f"« {words} » does not answer the question:\n{self.terminal.screen()}")

    # What is learnt of it

    def count(self, *came: Came) -> int:
        """How many things said came to this."""
        return sum(told.came in came for told in self.told)

    @property
    def answer_seconds(self) -> float:
        """From the end of speech to the next screen, median of what was understood."""
        return median(told.seconds for told in self.told if told.came in (Came.RIGHT, Came.ASKED))

    def tells(self, record: Callable[[str, object], None]) -> None:
        """Write the figures into the results."""
        record("said", len(self.told))
        for came in Came:
            record(came.name.lower(), self.count(came))
        record(
            "not_at_once", [f"{told.words} ({told.voice}): {told.came}" for told in self.told if told.came != "right"]
        )
        record("answer_ms", round(self.answer_seconds * 1000))
        record("answer_worst_ms", round(max(told.seconds for told in self.told) * 1000))
        record("step_s", round(median(self.steps), 1))


def voice_of(words: str) -> str:
    """Who says it, unless a test says who."""
    return VOICES[words in UNDERSTOOD_WITH_AN_ACCENT]


def _letters(text: str) -> str:
    """What tells a label from another, however its spaces and apostrophes are written."""
    return "".join(sign for sign in text.lower() if sign.isalnum())


@contextmanager
def aloud(
    folder: Path,
    *,
    says: Mapping[str, tuple[str, ...]] | None = None,
    headphones: bool = False,
    content: Path | None = None,
    before: Callable[[Site], AbstractContextManager[Person]] = person_at,
) -> Iterator[Aloud]:
    """A kiosk that listens and speaks, and somebody before it. ``says``: voice -> sentences, made before it starts."""
    lines = [speech.Line(words, name) for name, sentences in (says or {}).items() for words in sentences]
    speech.all_said(lines)
    with sound_server(folder) as server, microphone(server) as mic, ExitStack() as recorders:
        site = make_site(
            folder / "site",
            voice="pyttsx3",
            models=speech.MODELS,
            content=content,
            headphones=headphones,
            env=server.env,
        )
        with before(site) as person:
            yield Aloud(person, server, mic, recorders)


def files_with(folder: Path, *canaries: str) -> list[str]:
    """Files below ``folder`` that hold one of these words, in either way of writing text.

    Sockets are passed over, and what authors wrote: the procedures, and the copies of the published ones.
    """
    written = [(word, word.encode(code)) for word in canaries for code in ("utf-8", "utf-16-le")]
    return [
        f"{word}: {file}"
        for file in sorted(folder.rglob("*"))
        if file.is_file() and AUTHORED.isdisjoint(file.relative_to(folder).parts)
        for word, data in written
        if data.lower() in file.read_bytes().lower()
    ]


def waits(condition: Callable[[], bool], limit: float = PATIENCE, complaint: str = "it never happens") -> float:
    """Wait for ``condition``; when it came."""
    end = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < end, complaint
        time.sleep(POLL_SECONDS)
    return time.monotonic()


def waits_to_read(seconds: float = READING_SECONDS) -> None:
    """Keys answer a page that has been there for a moment."""
    end = time.monotonic() + seconds
    waits(lambda: time.monotonic() > end)
