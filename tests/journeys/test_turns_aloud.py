# SPDX-License-Identifier: EUPL-1.2
"""Whose turn it is: the kiosk never takes its own voice for a person's.

That speaking over the voice hushes it is heard in ``test_parts_fail_aloud.py``, at the kiosk that is there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser import open_browser
from tests.journeys.aloud import (
    ASKED,
    FAILED,
    ITS_TURN,
    NEEDS,
    SIGN,
    UNDERSTOOD,
    VOICES,
    Aloud,
    Came,
    Says,
    aloud,
    voice_of,
    waits_to_read,
)
from tests.journeys.person import GOODBYE, RATE, THEMES, WELCOME, Person
from tests.journeys.short_procedure import write_short_procedure
from tests.journeys.site import Site
from tests.journeys.touch_page import person_at_page
from tests.sound import SoundServer

pytestmark = NEEDS

LATE = 1.0
"""The ear has been open for so long: what it took for speech would have shown."""
KEYS = (
    ("Enter", THEMES),
    ("1", "Refaire ma carte"),
    ("1", "Pourquoi refaire"),
    ("1", "Une photo d’identité"),
    ("1", "votre feuille de route"),
    ("3", RATE),
)
WALK: tuple[Says, ...] = (
    ("commencer", THEMES, ""),
    ("refaire ma carte", "Pourquoi refaire", "Refaire ma carte"),
    ("perdue", "Une photo d’identité", "Perdue"),
    ("je l'ai", "votre feuille de route", "Je l’ai"),
    ("imprimer", "Votre papier est prêt", ""),
    ("finir", RATE, ""),
    ("oui", GOODBYE, ""),
)
"""By voice, the procedure asked for by its name."""


@contextmanager
def echo(server: SoundServer) -> Iterator[None]:
    """What the kiosk plays comes back into its microphone, as loud."""
    loop = ("load-module", "module-loopback", "source=speaker.monitor", "sink=room", "latency_msec=60")
    number = server.control(*loop)
    assert number.isdigit(), number
    try:
        yield
    finally:
        server.control("unload-module", number)


@pytest.mark.clause("PAP 23")
@pytest.mark.parametrize(
    ("pages", "picked", "shown"), [(2, 0, 0), pytest.param(len(KEYS), 1, 3, marks=pytest.mark.long)]
)
def test_the_kiosk_never_hears_itself(tmp_path: Path, pages: int, picked: int, shown: int) -> None:
    """By keys, the loudspeaker before the microphone: nothing but the keys does anything.

    The second page reads the name of a procedure, which would open it, were it heard.
    """
    with aloud(tmp_path, content=write_short_procedure(tmp_path / "p")) as one, echo(one.server):
        began = time.monotonic()
        for key, then in KEYS[:pages]:
            waits_to_read()
            one.terminal.keys(key)
            one.person.sees(then)
            its_turn(one)
        assert one.room.seconds_of_sound(began, one.room.now) > ECHOED, "there is no echo"
        if pages == len(KEYS):
            one.terminal.keys("1")
            one.person.sees(GOODBYE)
        one.person.leaves()
    types = one.site.types()
    assert (types.count("procedure.picked"), types.count("step.shown")) == (picked, shown)
    (started,) = (event for event in one.site.events() if event["type"] == "session.started")
    assert started["payload"]["origin"] == "key"


ECHOED = 3.0
"""Seconds of its own voice, at least, that came back."""


def its_turn(one: Aloud) -> None:
    """Until the kiosk has spoken and has listened for a moment: it heard nobody."""
    end = 0.0
    until = time.monotonic() + ITS_TURN
    while end == 0.0 or time.monotonic() < end:
        screen = one.terminal.screen()
        assert UNDERSTOOD not in screen
        assert not FAILED.search(screen)
        assert not ASKED.search(screen)
        if end == 0.0 and SIGN in screen:
            end = time.monotonic() + LATE
        assert time.monotonic() < until
        waits_to_read(0.05)


@pytest.mark.timeout(450)  # A minute and a half, where nobody else takes the processors.
@pytest.mark.clause("EN 4.2.1", "PAP 23")
def test_a_procedure_by_voice_alone_before_the_loudspeaker(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """As in a room: the microphone hears the kiosk as loud as the person, and it is not listened to meanwhile."""
    said = {voice: tuple(words for words, *_ in WALK if voice_of(words) == voice) for voice in VOICES}
    with aloud(tmp_path, says=said, content=write_short_procedure(tmp_path / "p")) as one, echo(one.server):
        one.follows(WALK)
        one.person.sees(WELCOME)
        one.tells(record_property)
        one.person.leaves()
    assert one.count(Came.WRONG, Came.ASKED_WRONG) == 0
    assert one.site.endings() == ["done"]
    assert len(one.site.papers) == 1
    (started,) = (event for event in one.site.events() if event["type"] == "session.started")
    assert started["payload"]["origin"] == "voice"


@pytest.mark.long
def test_an_answer_aloud_at_the_touch_page(tmp_path: Path) -> None:
    """The sign is on the page, and the step moves."""

    @contextmanager
    def at_the_page(site: Site) -> Iterator[Person]:
        with open_browser("about:blank") as browser, person_at_page(site, browser) as person:
            yield person

    says = {VOICES[0]: ("commencer", "j'ai perdu ma carte vitale")}
    with aloud(tmp_path, says=says, before=at_the_page, headphones=True) as one:
        assert SIGN in one.waits_for_the_sign()
        one.says("commencer", THEMES, voice=VOICES[0])
        one.says("j'ai perdu ma carte vitale", "Voici ce que j’ai trouvé", voice=VOICES[0])
