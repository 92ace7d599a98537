# SPDX-License-Identifier: EUPL-1.2
"""A bug beside the conversation is seen: the words of trouble, everything wiped, a fresh start; no value anywhere."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from accessibility.listening.protocol import Certainty, Expected, Heard, Sign
from assist.session import commands as c
from kiosk import dialogue as conversation
from kiosk.app import TROUBLE_EXIT, KioskApp
from kiosk.conversation import Sayable, Spoken
from kiosk.opening import Opening, welcome_view
from kiosk.trouble_log import note_trouble
from kiosk.view import EarSign
from tests.kiosk.conftest import KioskMaker
from tests.kiosk.scripted_dialogue import ScriptedDialogue
from tests.kiosk.test_dialogue import Kiosk, listening_kiosk, make, spin_until

CANARY = "canari-47"
ONE = (Sayable("next", "Suite", ("suite",)),)


class Broken(Exception):
    """A bug whose message holds what a person said."""


class BrokenHearer:
    def heard(self, spoken: Spoken) -> bool:
        raise Broken(CANARY)

    def doubtful(self, sayable: Sayable, value: str) -> bool:
        raise Broken(CANARY)


def seen_by(kiosk: Kiosk) -> list[Exception]:
    seen: list[Exception] = []
    kiosk.dialogue.watch_trouble(seen.append)
    return seen


@pytest.mark.parametrize("certainty", [Certainty.CLEAR, Certainty.UNSURE])
async def test_a_bug_in_what_a_word_does_is_told(certainty: Certainty) -> None:
    kiosk, listener = listening_kiosk()
    seen = seen_by(kiosk)
    await kiosk.dialogue.start()
    await kiosk.do(c.Begin(""))
    kiosk.speaker.finish()
    kiosk.dialogue.hear(ONE, Expected.NOTHING, BrokenHearer())
    listener.hear(Heard("next", certainty))
    await spin_until(lambda: bool(seen))
    assert isinstance(seen[0], Broken)
    await kiosk.dialogue.close()
    assert len(seen) == 1


async def test_a_bug_in_the_watch_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*words: object, **more: object) -> None:
        raise Broken

    monkeypatch.setattr(conversation, "due", breaks)
    kiosk = make()
    seen = seen_by(kiosk)
    await kiosk.dialogue.start()
    await spin_until(lambda: bool(seen))
    await kiosk.dialogue.close()


async def test_the_end_of_what_is_under_way_is_no_trouble() -> None:
    kiosk, _ = listening_kiosk()
    seen = seen_by(kiosk)
    await kiosk.dialogue.start()
    await kiosk.dialogue.close()
    await asyncio.sleep(0)
    assert seen == []


@pytest.mark.parametrize("early", [True, False])
async def test_the_door_passes_the_watcher_on(early: bool) -> None:
    kiosk = make()
    opening = Opening(welcome_view(), lambda: kiosk.dialogue)
    seen: list[Exception] = []
    if early:
        opening.watch_trouble(seen.append)
    await opening.start()
    if not early:
        opening.watch_trouble(seen.append)

    async def breaks() -> None:
        raise Broken

    kiosk.dialogue._jobs.begin(breaks())
    await spin_until(lambda: bool(seen))
    await opening.close()


def beside(dialogue: ScriptedDialogue) -> None:
    """As :class:`kiosk.dialogue.Dialogue` tells it."""
    dialogue.trouble(Broken(CANARY))


def in_a_call_back(dialogue: ScriptedDialogue) -> None:
    def breaks(sign: object) -> None:
        raise Broken(CANARY)

    asyncio.get_running_loop().call_soon(breaks, Sign(0.5, CANARY))


def in_a_task_of_nobody(dialogue: ScriptedDialogue) -> None:
    async def breaks(sign: EarSign) -> None:
        raise Broken(CANARY)

    tasks = [asyncio.ensure_future(breaks(EarSign(partial=CANARY)))]
    tasks[0].add_done_callback(lambda task: tasks.clear())


@pytest.mark.clause("PAP 17")
@pytest.mark.parametrize("where", [beside, in_a_call_back, in_a_task_of_nobody])
async def test_whatever_breaks_wipes_and_asks_for_a_fresh_app(
    kiosk: KioskMaker,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
    where: Callable[[ScriptedDialogue], None],
) -> None:
    written: list[str] = []
    apps: list[KioskApp] = []
    dialogue = ScriptedDialogue()

    async def fall() -> None:
        async with kiosk(dialogue) as k:
            apps.append(k.app)
            monkeypatch.setattr(k.app._driver, "write", written.append)
            where(dialogue)
            await spin_until(lambda: any("La borne a un problème" in text for text in written))

    with pytest.raises(Broken):
        await fall()
    (app,) = apps
    assert app.return_code == TROUBLE_EXIT
    assert (c.EraseAll(), c.Origin.TIMER) in dialogue.sent
    assert app.trouble is not None
    log = note_trouble(tmp_path, app.trouble, datetime(2026, 11, 22, tzinfo=UTC))
    assert log is not None
    assert "Broken" in log.read_text(encoding="utf-8")
    told = "".join((*written, caplog.text, *capfd.readouterr(), log.read_text(encoding="utf-8")))
    assert CANARY not in told
