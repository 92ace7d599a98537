# SPDX-License-Identifier: EUPL-1.2
"""An author sees each save on the kiosk's screen; a mistake is a line, and the last good content stays."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from accessibility.speaking.null import NullSpeaker
from assist.session import commands as c
from kiosk.config import Settings
from kiosk.preview import PreviewApp, PreviewDialogue, read_draft, settings_for_preview
from kiosk.wiring import make_dialogue
from tests.sample_procedures import sample_files, write_procedure
from tests.terminal import Terminal, open_terminal

FIRST, SECOND = "Nous allons refaire votre carte.", "Prenez votre temps."
OLD_TITLE = 'title = "Pourquoi la refaire ?"'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_procedure(tmp_path / "procedures" / "essai")


def save(folder: Path, old: str, new: str, file: str = "fr.toml") -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


class Author:
    """The app in a test, and what its author sees."""

    def __init__(self, app: PreviewApp, dialogue: PreviewDialogue) -> None:
        self.app, self.dialogue = app, dialogue

    @property
    def text(self) -> str:
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    async def sees(self, text: str) -> None:
        async with asyncio.timeout(20):
            while text not in self.text:
                await asyncio.sleep(0.02)

    async def does(self, intent: c.Intent) -> None:
        await self.dialogue.send(intent, c.Origin.TOUCH)

    @property
    def step(self) -> str:
        here = self.dialogue._state.here
        return here.step if here else ""


@pytest.fixture
def preview(folder: Path, tmp_path: Path):
    @asynccontextmanager
    async def open_preview() -> AsyncIterator[Author]:
        base = Settings()
        settings = replace(base, screen=replace(base.screen, pictograms="blocks"))
        private = settings_for_preview(settings, tmp_path / "traces")
        make = partial(PreviewDialogue, folder=folder, draft=read_draft(folder), language="fr")
        dialogue = make_dialogue(private, make=make, make_speaker=NullSpeaker)
        assert isinstance(dialogue, PreviewDialogue)
        app = PreviewApp(dialogue, private)
        async with app.run_test(size=(100, 32)):
            author = Author(app, dialogue)
            await author.sees(FIRST)
            yield author

    return open_preview


async def test_it_opens_at_the_procedure_and_a_save_is_on_the_screen(preview, folder: Path) -> None:
    async with preview() as author:
        save(folder, FIRST, SECOND)
        await author.sees(SECOND)
        assert author.step == "accueil"


async def test_the_step_and_the_answers_stay(preview, folder: Path) -> None:
    async with preview() as author:
        await author.does(c.Continue())
        await author.does(c.Choose("perdue"))
        await author.does(c.Continue())
        assert author.step == "naissance"
        save(folder, "Tapez votre date de naissance.", SECOND)
        await author.sees(SECOND)
        assert author.step == "naissance"
        assert dict(author.dialogue._state.answers) == {"besoin": "perdue"}
        await author.does(c.Back())
        assert author.step == "perte"


async def test_a_mistake_is_a_line_with_file_and_line_and_goes_when_mended(preview, folder: Path) -> None:
    async with preview() as author:
        save(folder, OLD_TITLE, 'title = "Pourquoi')
        line = (folder / "fr.toml").read_text("utf-8").split('title = "Pourquoi')[0].count("\n") + 1
        await author.sees(f"fr.toml, ligne {line}")
        assert FIRST in author.text, "the last good content stays"
        save(folder, 'title = "Pourquoi', OLD_TITLE)
        async with asyncio.timeout(20):
            while "fr.toml" in author.text:
                await asyncio.sleep(0.02)
        assert FIRST in author.text


async def test_a_sentence_that_is_refused_is_shown_and_said(preview, folder: Path) -> None:
    async with preview() as author:
        save(folder, FIRST, "Votre carte est PRÊTE.")
        await author.sees("est en capitales")
        assert "PRÊTE" in author.text


async def test_a_step_that_is_gone_begins_again(preview, folder: Path) -> None:
    async with preview() as author:
        await author.does(c.Continue())
        assert author.step == "besoin"
        for file in ("procedure.toml", "fr.toml"):
            text = (folder / file).read_text("utf-8").replace("besoin", "raison")
            (folder / file).write_text(text, "utf-8")
        async with asyncio.timeout(20):
            while author.step != "accueil":
                await asyncio.sleep(0.02)
        await author.sees(FIRST)


async def test_traces_stay_apart(preview, tmp_path: Path) -> None:
    async with preview():
        assert (tmp_path / "traces" / "journal.db").exists()
    assert not (tmp_path / "var").exists()


_CONFIG = '[voice]\nengine = "none"\n[screen]\npictograms = "blocks"\n[content]\npath = "procedures"\n'


@pytest.fixture
def terminal(folder: Path, tmp_path: Path) -> Iterator[Terminal]:
    (tmp_path / "kiosk.toml").write_text(_CONFIG, encoding="utf-8")
    words = ["--config", str(tmp_path / "kiosk.toml"), "content", "preview", "essai"]
    with open_terminal([sys.executable, "-m", "kiosk", *words]) as opened:
        opened.wait_for(FIRST, 30)
        yield opened


def test_in_a_real_terminal(terminal: Terminal, folder: Path, tmp_path: Path) -> None:
    save(folder, FIRST, SECOND)
    terminal.wait_for(SECOND, 20)
    save(folder, 'next = "besoin"', 'next = "besoins"', "procedure.toml")
    terminal.wait_for("procedure.toml, ligne", 20)
    assert SECOND in terminal.screen()
    terminal.keys("C-c")
    assert terminal.wait_exit() == 0
    assert not list(tmp_path.rglob("journal.db*")), "the real journal was not touched"


def test_a_broken_procedure_is_said_before_anything_is_shown(folder: Path) -> None:
    save(folder, 'start = "accueil"', "start = 3", "procedure.toml")
    draft = read_draft(folder)
    assert draft.texts == {}
    assert draft.said.startswith("procedure.toml, ligne ")
    assert sample_files()["fr.toml"] == (folder / "fr.toml").read_text("utf-8")
