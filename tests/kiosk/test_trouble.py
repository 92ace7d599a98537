# SPDX-License-Identifier: EUPL-1.2
"""A bug beside the conversation is seen: the words of trouble, everything wiped, a fresh start; no value anywhere."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from accessibility.listening.protocol import Certainty, Expected, Heard, Sign
from assist.session import commands as c
from kiosk import dialogue as conversation
from kiosk import running
from kiosk.app import TROUBLE_EXIT, KioskApp
from kiosk.config import JournalSettings, Settings
from kiosk.conversation import Sayable, Spoken
from kiosk.opening import Opening, welcome_view
from kiosk.trouble_log import note_trouble, trouble_check
from kiosk.view import EarSign
from tests.kiosk.conftest import KioskMaker
from tests.kiosk.scripted_dialogue import ScriptedDialogue
from tests.kiosk.scripted_kiosk import Kiosk, listening_kiosk, make, spin_until

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


def in_a_thread(dialogue: ScriptedDialogue) -> None:
    def breaks(said: str) -> None:
        raise Broken(said)

    threading.Thread(target=breaks, args=[CANARY]).start()


@pytest.mark.clause("PAP 17")
@pytest.mark.parametrize("where", [beside, in_a_call_back, in_a_task_of_nobody, in_a_thread])
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


async def test_the_log_names_the_places_of_all_that_broke_at_once(tmp_path: Path) -> None:
    async def breaks() -> None:
        try:
            raise Broken(CANARY)
        except Broken as error:
            raise ValueError(CANARY) from error

    with pytest.raises(ExceptionGroup) as group:
        async with asyncio.TaskGroup() as together:
            together.create_task(breaks())
    log = note_trouble(tmp_path, group.value, datetime(2026, 11, 22, tzinfo=UTC))
    assert log is not None
    told = log.read_text(encoding="utf-8")
    assert told.count(" breaks\n") == 2
    assert told.index("ExceptionGroup") < told.index("of builtins.ValueError") < told.index(f"after {__name__}.Broken")
    assert CANARY not in told


def test_what_falls_in_a_process_of_the_kiosk_is_in_the_same_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rooms = [logging.getLogger(name) for name in ("accessibility", "printouts", "kiosk")]
    settings = replace(Settings(), journal=JournalSettings(tmp_path / "journal.db"))

    class Runs:
        trouble = None
        return_code = 0

        def run(self) -> None:
            for room in rooms:
                room.getChild("part").error("%s fell: %s", room.name, "builtins.ValueError")

    monkeypatch.setattr(running, "make_app", lambda settings, lab: Runs())
    monkeypatch.setattr(running.resource, "setrlimit", lambda *limit: None)
    for room in rooms:
        monkeypatch.setattr(room, "handlers", [])
    assert running.run_kiosk(settings) == 0
    told = (tmp_path / "trouble.log").read_text(encoding="utf-8")
    assert all(f"{room.name} fell: builtins.ValueError\n" in told for room in rooms)


def test_the_doctor_tells_of_recent_falls_and_where_to_read_them(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    assert list(trouble_check(tmp_path, now)) == []
    log = note_trouble(tmp_path, Broken(CANARY), now)
    assert log is not None
    (found,) = trouble_check(tmp_path, now)
    assert not found.ok
    assert not found.blocking
    assert str(log) in found.fix
    assert list(trouble_check(tmp_path, now + timedelta(days=8))) == []


def test_a_folder_that_cannot_be_read_is_no_fall(tmp_path: Path) -> None:
    (tmp_path / "journal").write_text("no folder")
    assert list(trouble_check(tmp_path / "journal", datetime.now(UTC))) == []
