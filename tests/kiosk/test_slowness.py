# SPDX-License-Identifier: EUPL-1.2
"""Who asks for slowness has three times as long, whatever the delay: each place that counts seconds has its case."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from accessibility.comfort import SLOWNESS, Comfort
from accessibility.listening.memory import MemoryListener
from accessibility.listening.protocol import Hearing, Sign, Silence, Vocabulary
from assist.session.state import Overlay, Phase, SessionState
from kiosk import dialogue as conversation
from kiosk.config import SessionSettings
from kiosk.idleness import HELD_SECONDS, Due, Presence, due
from kiosk.screens import frame
from kiosk.screens.frame_band import BAND_SECONDS
from kiosk.screens.frame_scanning import SECONDS
from kiosk.screens.items import Band
from kiosk.screens.spoken import SpokenHand
from tests.kiosk.conftest import KioskMaker
from tests.kiosk.scripted_kiosk import make, spin_until
from tests.kiosk.test_hearing import AT_ONCE, LOST, Room
from tests.kiosk.test_modes import at

TIMES = SessionSettings()
SLOW = Comfort(slow=True)
SOMEWHERE = SessionState(phase=Phase.CHOOSING, session="s")


@pytest.mark.clause("PAP 15")
def test_three_times_is_what_is_promised() -> None:
    assert (SLOWNESS, SLOW.patience, Comfort().patience) == (3, 3, 1)


@pytest.mark.clause("PAP 15")
@pytest.mark.parametrize(
    ("overlay", "seconds", "then"),
    [
        (Overlay.NONE, TIMES.idle_seconds, Due.WARNING),
        (Overlay.PAUSE, TIMES.pause_minutes * 60, Due.WARNING),
        (Overlay.IDLE, TIMES.answer_seconds, Due.END),
    ],
)
def test_silence(overlay: Overlay, seconds: float, then: Due) -> None:
    state = replace(SOMEWHERE, overlay=overlay)
    assert due(state, 3 * seconds - 1, TIMES, patience=SLOW.patience, met=True) is Due.NOTHING
    assert due(state, 3 * seconds + 1, TIMES, patience=SLOW.patience, met=True) is then


@pytest.mark.clause("PAP 15")
def test_who_speaks_holds_the_clock() -> None:
    now = [0.0]
    presence = Presence(lambda: now[0])
    presence.certain()
    presence.speech(SLOW.patience)
    now[0] = 3 * HELD_SECONDS
    presence.speech(SLOW.patience)
    assert presence.silence == 0


@pytest.mark.clause("PAP 15")
async def test_the_farewell(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    nap = asyncio.sleep

    async def sleep(seconds: float) -> None:
        waited.append(seconds)
        await nap(0)

    kiosk = make()
    await kiosk.dialogue.start()
    kiosk.dialogue.set_comfort(SLOW)
    kiosk.speaker.finish()
    kiosk.dialogue._settings = replace(kiosk.dialogue._settings, session=SessionSettings(goodbye_seconds=4))
    monkeypatch.setattr(conversation.asyncio, "sleep", sleep)
    await kiosk.dialogue._farewell(False)
    monkeypatch.undo()
    assert 12 in waited
    await kiosk.dialogue.close()


class Ear(MemoryListener):
    """Notes how long it may wait for somebody to speak."""

    def __init__(self) -> None:
        super().__init__()
        self.patiences: list[float] = []

    def listen(
        self,
        vocabulary: Vocabulary,
        cancel: threading.Event,
        sign: Callable[[Sign], None] | None = None,
        *,
        patience: float = 12.0,
    ) -> Hearing:
        self.patiences.append(patience)
        cancel.wait()
        return Silence()


@pytest.mark.clause("PAP 15")
async def test_the_open_ear() -> None:
    room, ear = Room(pace=replace(AT_ONCE, patience=10)), Ear()
    room.comfort = SLOW
    room.offer(LOST)
    life = asyncio.create_task(room.ear.run(ear))
    await spin_until(lambda: bool(ear.patiences))
    await room.ear.close()
    await life
    assert ear.patiences[0] == 30


@pytest.mark.clause("PAP 15")
async def test_what_the_ear_tells() -> None:
    room = Room(pace=replace(AT_ONCE, message=5))
    room.comfort = SLOW
    began = asyncio.get_running_loop().time()
    room.ear.show("Je n’ai pas compris.")
    assert room.ear._message is not None
    assert room.ear._message.when() - began == pytest.approx(15, abs=0.5)
    await room.ear.close()


@pytest.mark.clause("PAP 15")
async def test_the_controls_that_one_switch_is_offered(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin", comfort=replace(SLOW, scanning=True))) as k:
        timer = k.app.frame._scan_timer
        assert timer is not None
        assert timer._interval == 3 * SECONDS
        k.app.frame._restart_timer()
        assert k.app.frame._scan_timer is not None
        assert k.app.frame._scan_timer._interval == 3 * SECONDS


@pytest.mark.clause("PAP 15")
async def test_what_was_understood_and_its_undo(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin", comfort=SLOW)) as k:
        k.app.frame.show_band(Band("Entendu : plus fort."))
        assert k.app.frame._told_timer is not None
        assert k.app.frame._told_timer._interval == 3 * BAND_SECONDS
        undo = SpokenHand(k.app.frame)._soon() - time.monotonic()
        assert undo == pytest.approx(3 * BAND_SECONDS, abs=0.5)


@pytest.mark.clause("PAP 15")
@pytest.mark.parametrize(("comfort", "taken"), [(SLOW, 1), (Comfort(), 2)])
async def test_the_second_tap_of_a_trembling_hand(
    kiosk: KioskMaker, monkeypatch: pytest.MonkeyPatch, comfort: Comfort, taken: int
) -> None:
    """It comes after once and a half the time in which nobody else's is taken."""
    monkeypatch.setattr(frame, "DOUBLE_TAP_SECONDS", 100)
    async with kiosk(at("accueil", comfort=comfort)) as k:
        box = k.target("next").box
        place = (box.x + 2, box.y + 1)
        await k.pilot.click(offset=place)
        await k.settle()
        then, x, y = k.app.frame._last_tap
        k.app.frame._last_tap = (then - 150, x, y)
        k.app.frame._painted_at = then
        target = next(t for t in k.targets if t.item and t.item.button.action is not None)
        k.app.frame._last_tap = (then - 150, target.region.x + 2, target.region.y + 1)
        await k.pilot.click(target, offset=(2, 1))
        await k.settle()
        assert len(k.dialogue.sent) == taken
