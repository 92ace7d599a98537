# SPDX-License-Identifier: EUPL-1.2
"""While somebody listens and speaks, each part is killed, frozen or pulled out: the screen goes on, the part returns.

The person wears headphones here, so that the ear is open all the time and what it lacks is seen at once. She may speak
over the voice.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median

import pytest

from accessibility.listening.supervised import HANG_LIMIT
from tests.journeys.aloud import EAR, NEEDS, SIGN, VOICES, Aloud, aloud, waits, waits_to_read
from tests.journeys.person import THEMES, numbers_of
from tests.sound import HERTZ

pytestmark = NEEDS

VOICE, PLAYER = "speaking.engine_process", "speaking.player_process"
BACK = 3.0
"""Seconds in which a part that is killed or frozen works again; an ear, which loads a model, may take more where one
that was killed takes more than 1 s to start, on a machine that others keep busy."""
SLOW_START = 15.0
"""Seconds beyond which a killed ear has not come back, however busy the machine."""
TOLD = 2.0
"""Seconds in which a microphone that is gone is said to be so."""
REPLUGGED = 6.0
"""Seconds in which a microphone that is plugged in again is listened to; it is tried every 4 s."""
OVER, HUSH = 1.0, 0.4
"""Seconds from speech over the voice to silence, and those that make one: there is less between two words."""
HUSHED = 0.3
"""Seconds after a key in which the former page may still be heard."""
NEW_PAGE = 0.6
"""The same for a key that brings another page: it is written into the journal first."""
AT_ONCE = 0.2
"""Seconds that the screen may take to answer a key, whatever is broken."""
USUAL = 0.1
"""Seconds that it takes before anything is broken, where nobody else takes the processors. Where it takes longer, all
that is measured may take as many times longer."""
NOISE = "Il y a trop de bruit"
NOISE_TOLD = 3.0
"""Seconds in which a noise through which nobody is understood is said."""
CROWD = 0.12
"""RMS: -18 dB of full scale."""
DEAF = "Je n’entends pas"
DEAF_TOLD = "Je n’entends plus"
BACKS = 6
QUESTION = "Qu’est-il arrivé"
FROZEN = pytest.mark.parametrize(
    "number",
    [pytest.param(signal.SIGKILL, id="killed", marks=pytest.mark.long), pytest.param(signal.SIGSTOP, id="frozen")],
)
"""A player that is killed is heard to come back in every run of ``tests/accessibility/test_voice_heard.py``."""


@dataclass
class Faults:
    """A kiosk whose parts fail, and how long each took to come back."""

    one: Aloud
    figures: dict[str, float] = field(default_factory=dict[str, float])
    usual: float = USUAL
    struck: int = 0
    """The process that was killed or frozen last."""

    @property
    def another_ear(self) -> bool:
        """True when the microphone is open to another process than the one that was struck."""
        ear = self.one.part(EAR)
        return ear is not None and ear.pid != self.struck and self.one.is_recorded

    def strikes(self, module: str, number: signal.Signals) -> float:
        """Kill or freeze the part; when."""
        part = self.one.part(module)
        assert part is not None, module
        self.struck = part.pid
        part.send_signal(number)
        return time.monotonic()

    def moves(self, key: str = "Right") -> float:
        """Press a key that moves the focus; seconds to the next screen."""
        before = self.one.terminal.screen()
        pressed = time.monotonic()
        self.one.terminal.keys(key)
        return waits(lambda: self.one.terminal.screen() != before, complaint="the screen is frozen") - pressed

    def note(self, name: str, seconds: float, limit: float) -> None:
        self.figures[name] = round(seconds, 2)
        assert seconds <= limit * max(1, self.usual / USUAL), f"{name}: {seconds:.2f} s; a key takes {self.usual:.2f} s"

    def speaks(self, since: float) -> float:
        """When the kiosk is heard, after ``since``."""
        return self.one.heard.wait_for_sound(since, 10)

    def opens(self, theme: str, listed: str) -> None:
        """The procedures of a theme, by its number, wherever the person is."""
        terminal = self.one.terminal
        for _ in range(BACKS):
            waits_to_read()
            screen = " ".join(terminal.screen().split())
            if THEMES in screen:
                terminal.keys(theme)
                self.one.person.sees(listed)
                waits_to_read()
                return
            terminal.keys("F1")
            terminal.wait_until(lambda seen, before=screen: " ".join(seen.split()) != before, "another page")
        raise AssertionError(terminal.screen())

    def asks(self) -> None:
        """The question about a lost card."""
        if QUESTION not in " ".join(self.one.terminal.screen().split()):
            theme, number = numbers_of("carte-vitale")
            self.opens(theme, "Carte Vitale")
            self.one.terminal.keys(number)
            self.one.person.sees("Que vous faut-il")
            waits_to_read()
            self.one.terminal.keys("1")
            self.one.person.sees(QUESTION)
        waits_to_read()
        self.usual = median(self.moves(key) for key in ("Right", "Left", "Right"))


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faults]:
    """At the first question of a procedure."""
    folder = tmp_path_factory.mktemp("faults")
    with aloud(folder, says={VOICES[0]: ("oui", "non"), VOICES[1]: ("volée",)}, headphones=True) as one:
        one.person.presses("Commencer", THEMES)
        yield Faults(one)
        one.person.leaves()


@pytest.fixture(autouse=True)
def figures(faults: Faults, record_property: Callable[[str, object], None]) -> Iterator[None]:
    faults.figures.clear()
    yield
    for name, seconds in faults.figures.items():
        record_property(name, seconds)


@pytest.mark.clause("EN 5.1.3.5")
def test_speaking_over_the_voice(faults: Faults) -> None:
    """Nothing fails: the voice falls silent for who speaks."""
    one = faults.one
    faults.asks()
    one.terminal.keys("F2")
    faults.speaks(time.monotonic())
    said = time.monotonic()
    one.says("volée", "D’abord, déclarez le vol")
    spoke = one.room.wait_for_sound(said)
    faults.note("hushed_s", one.heard.first_silence(spoke, HUSH) - spoke, OVER)


@pytest.mark.clause("PAP 21")
def test_the_ear(faults: Faults) -> None:
    """Killed, then frozen."""
    one = faults.one
    faults.asks()
    one.waits_for_the_sign()
    killed = faults.strikes(EAR, signal.SIGKILL)
    start = waits(lambda: faults.another_ear, complaint="the ear does not come back") - killed
    faults.note("ear_starts_s", start, SLOW_START)
    one.waits_for_the_sign()
    struck = faults.strikes(EAR, signal.SIGSTOP)
    waits(lambda: SIGN not in one.terminal.screen(), complaint="a dead ear is shown as open")
    back = waits(lambda: SIGN in one.terminal.screen(), complaint="the ear does not come back")
    faults.note("ear_back_s", back - struck, max(BACK, HANG_LIMIT + 2 * start))
    one.says("volée", "D’abord, déclarez le vol")
    faults.strikes(EAR, signal.SIGSTOP)
    faults.note("key_s", faults.moves(), AT_ONCE)


@pytest.mark.clause("PAP 20")
@pytest.mark.parametrize(
    ("number", "name", "listed", "title"),
    [
        pytest.param(
            *(signal.SIGKILL, "carte-identite", "Refaire ma carte", "La carte est pour qui"),
            id="killed",
            marks=pytest.mark.long,
        ),
        pytest.param(signal.SIGSTOP, "changer-adresse", "Je déménage", "Quand déménagez-vous", id="frozen"),
    ],
)
def test_the_voice(faults: Faults, number: signal.Signals, name: str, listed: str, title: str) -> None:
    """Struck just before a page that was never said."""
    theme, key = numbers_of(name)
    faults.opens(theme, listed)
    struck = faults.strikes(VOICE, number)
    faults.one.terminal.keys(key)
    pressed = time.monotonic()
    faults.one.person.sees(title)
    faults.note("page_s", time.monotonic() - pressed, NEW_PAGE)
    faults.note("voice_back_s", faults.speaks(pressed + HUSHED) - struck, BACK)


@pytest.mark.clause("PAP 20")
@FROZEN
def test_the_player(faults: Faults, number: signal.Signals) -> None:
    """Struck in the middle of a sentence, which is asked for again."""
    one = faults.one
    faults.asks()
    one.terminal.keys("F2")
    faults.speaks(time.monotonic())
    struck = faults.strikes(PLAYER, number)
    one.heard.silent_from(struck, quiet=0.3)
    faults.note("key_s", faults.moves(), AT_ONCE)
    one.terminal.keys("F2")
    faults.note("player_back_s", faults.speaks(time.monotonic()) - struck, BACK)


@pytest.mark.clause("PAP 19")
def test_the_microphone_is_unplugged(faults: Faults) -> None:
    one = faults.one
    faults.asks()
    one.waits_for_the_sign()
    one.microphone.unplug()
    gone = time.monotonic()
    try:
        told = waits(lambda: DEAF_TOLD in one.terminal.screen(), complaint="nobody is told")
        faults.note("told_s", told - gone, TOLD)
        faults.note("key_s", faults.moves(), AT_ONCE)
        one.person.sees(DEAF)
    finally:  # The other tests have the same kiosk.
        one.microphone.plug()
    plugged = time.monotonic()
    back = waits(lambda: SIGN in one.terminal.screen(), complaint="the microphone is not heard again")
    faults.note("microphone_back_s", back - plugged, REPLUGGED)
    one.hears_anew()
    one.says("volée", "D’abord, déclarez le vol")


@pytest.mark.clause("PAP 20")
def test_the_loudspeaker_is_unplugged(faults: Faults) -> None:
    one = faults.one
    faults.asks()
    listed = one.server.control("list", "short", "modules").splitlines()
    (number,) = (line.split()[0] for line in listed if "sink_name=speaker" in line)
    one.server.control("unload-module", number)
    try:
        faults.note("key_s", faults.moves(), AT_ONCE)
    finally:
        one.server.control("load-module", "module-null-sink", "sink_name=speaker", f"rate={HERTZ}")
        one.server.control("set-default-sink", "speaker")
    plugged = time.monotonic()
    one.hears_anew()
    one.terminal.keys("F2")
    faults.note("loudspeaker_back_s", faults.speaks(plugged) - plugged, REPLUGGED)


@pytest.mark.clause("PAP 19")
def test_noise(faults: Faults) -> None:
    """A crowd: it is said, nothing is done, and touching goes on."""
    one = faults.one
    faults.asks()
    one.waits_for_the_sign()
    with one.microphone.noise(CROWD, pink=True):
        began = time.monotonic()
        told = waits(lambda: NOISE in one.terminal.screen(), complaint="nobody is told")
        faults.note("noise_told_s", told - began, NOISE_TOLD)
        waits_to_read()
        assert QUESTION in " ".join(one.terminal.screen().split())
        faults.note("key_s", faults.moves(), AT_ONCE)
    one.person.sees(SIGN)
