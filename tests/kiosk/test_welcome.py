# SPDX-License-Identifier: EUPL-1.2
"""The welcome: one thing to press, languages by their own name, comfort shown by doing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

import pytest
from PIL import Image
from rich.color import Color

from accessibility.comfort import Comfort, Contrast, TextSize
from assist.session import commands as c
from assist.session.state import SessionState
from content.model import Catalogue
from kiosk.layout import Box, Size
from kiosk.presenter import Surroundings, present
from kiosk.screens.items import Page, SetComfort, Target, density
from kiosk.screens.prompts import Room
from kiosk.screens.scanning import rows_of
from kiosk.screens.welcome import WelcomeScene
from kiosk.themes.looks import target_look
from kiosk.themes.palettes import PALETTES
from kiosk.widgets import pictogram
from kiosk.widgets.pictogram import Drawn, Wanted, draw
from tests.english_sample import bilingual_sample
from tests.kiosk.conftest import KioskMaker
from tests.kiosk.scripted_dialogue import ScriptedDialogue
from tests.kiosk.test_every_size import StageDouble, glass

AROUND = Surroundings(Catalogue({"essai": bilingual_sample()}), "Nadia", 10)
SIZES = ((100, 32), (80, 24), (60, 20), (200, 60))
SHARES = (0.4, 0.6, 0.8, 1.0)
INK, GROUND = "#101820", "#e8f0f7"


def welcomes(size: tuple[int, int]) -> Iterator[tuple[str, Page]]:
    """The first page in each language, for each size of letters, with pictures and without."""
    for language, text_size, pictures in product(("fr", "en"), TextSize, (True, False)):
        stage = StageDouble(present(SessionState(language=language), AROUND))
        stage.comfort = Comfort(text_size=text_size)
        how = density(text_size, sized_by_display=False)
        pages = WelcomeScene(stage).pages(Room(body(size), glass(*size), how, pictures, language=language))
        assert len(pages) == 1, (language, text_size)
        yield f"{language} {text_size} {pictures}", pages[0]


def body(size: tuple[int, int]) -> Box:
    """All that lies between the header and the line of the wait."""
    screen = glass(*size)
    top = 4 if screen.roomy else 2
    return Box(screen.margin, top, size[0] - 2 * screen.margin, size[1] - (3 if screen.roomy else 2) - top)


def targets_of(page: Page) -> list[Target]:
    return [item for item in page if isinstance(item, Target)]


@pytest.mark.clause("PAP 11", "EN 4.2.10")
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_one_thing_looks_like_the_one_to_press(size: tuple[int, int]) -> None:
    for (name, page), palette in product(welcomes(size), PALETTES.values()):
        targets = targets_of(page)
        solid = [
            t.button.id
            for t in targets
            if target_look(
                palette, t.button.tone, focused=False, resting=False, own=t.button.theme, bordered=t.bordered
            ).ground
            == palette.accent
        ]
        assert solid == ["start"], name
        assert targets[0].button.id == "start", name
        surfaces = [t.box.width * t.box.height for t in targets]
        assert surfaces[0] > max(surfaces[1:]), name


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_comfort_stands_with_the_comfort_choices_and_languages_with_commencer(size: tuple[int, int]) -> None:
    for name, page in welcomes(size):
        buttons = [t.button for t in targets_of(page)]
        assert [isinstance(b.action, c.SetLanguage) for b in buttons[1:3]] == [True, True], name
        assert all(isinstance(b.action, SetComfort) for b in buttons[3:-1]), name
        assert buttons[-1].id == "comfort", name
        assert len(buttons) == 3 + 4 + 4 + 3 + 1, name


@pytest.mark.clause("PAP 5")
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_one_switch_is_offered_what_begins_first(size: tuple[int, int]) -> None:
    for name, page in welcomes(size):
        rows = rows_of([(t.button.id, t.box) for t in targets_of(page)])
        assert rows[0] in (("start",), ("start", "language-fr", "language-en")), name
        assert ("size-normal", "size-large", "size-larger", "size-largest") in rows or "language-en" in rows[1], name


# The letter at four sizes


@pytest.mark.clause("PAP 12")
@pytest.mark.parametrize(("box", "cell"), [((6, 3), (0, 0)), ((9, 3), (10, 20)), ((12, 2), (10, 20))], ids=str)
def test_the_letter_grows(box: tuple[int, int], cell: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    images: list[Image.Image] = []
    monkeypatch.setattr(pictogram, "_sixels", lambda image, ground: str(images.append(image.copy())))
    drawn = [draw(Wanted("A", Size(*box), GROUND, cell, INK, share=share)) for share in SHARES]
    heights = [_height(image) for image in images] or [_dots(one) for one in drawn]
    assert heights == sorted(set(heights)), heights
    assert len(heights) == len(SHARES)
    assert all(one and [line.cell_length for line in one.lines] == [box[0]] * box[1] for one in drawn)


def _height(image: Image.Image) -> int:
    dark = image.convert("L").point(lambda light: 255 * (light < 128)).getbbox()
    assert dark is not None
    assert 0 < dark[0] < dark[2] < image.width, "it is cut"
    return dark[3] - dark[1]


def _dots(drawn: Drawn | None) -> int:
    """Rows of dots with ink; the foot of the letter is the foot of its box."""
    assert drawn is not None
    rows = [line.text for line in drawn.lines]
    assert rows[-1].strip()
    return sum(2 if set(row) & set("▘▝▀▌▐▛▜▞▚▙▟█") else 1 if row.strip() else 0 for row in rows)


async def test_the_sizes_are_drawn_where_pictures_are_and_written_elsewhere(kiosk: KioskMaker) -> None:
    async with kiosk(ScriptedDialogue(around=AROUND)) as k:
        async with asyncio.timeout(30):
            while "A\u00a0+++" in k.text:
                await k.settle()
        assert "█" in k.text
        await k.tap("size-largest")
        assert k.dialogue.comfort.text_size is TextSize.LARGEST
        box = k.target("size-largest").box
        async with asyncio.timeout(30):
            while "A\u00a0+++" in k.text:
                await k.settle()
        shown = "".join(line[box.x : box.right] for line in k.text.split("\n")[box.y : box.bottom])
        assert "✓" in shown
        k.app.pictures.drawing = "text"
        await k.tap("size-normal")
        assert "A\u00a0+++" in k.text


def test_an_arrow_takes_the_colour_of_the_words_and_a_hand_keeps_its_plate() -> None:
    plate, ground = "#ffffff", PALETTES[Contrast.DAY].accent
    for name, on_ground in (("next", True), ("hand", False)):
        drawn = draw(Wanted(name, Size(8, 4), plate, lines=("#ffffff", ground)))
        assert drawn is not None
        first = next(iter(drawn.lines[0])).style
        assert first is not None
        assert first.bgcolor is not None
        distances = [
            _apart(first.bgcolor.get_truecolor(), Color.parse(other).get_truecolor()) for other in (ground, plate)
        ]
        assert (distances[0] < distances[1]) is on_ground


def _apart(one: Sequence[int], other: Sequence[int]) -> int:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


async def test_keys_begin_and_find_every_choice(kiosk: KioskMaker) -> None:
    async with kiosk(ScriptedDialogue(around=AROUND)) as k:
        reached: list[str] = []
        for _ in range(15):
            await k.press("right")
            reached.append(k.focused)
        assert reached[:3] == ["start", "language-fr", "language-en"]
        assert reached[-1] == "comfort"
        assert len(set(reached)) == 15
    async with kiosk(ScriptedDialogue(replace(SessionState(), language="en"), around=AROUND)) as k:
        await k.press("1")
        assert [type(intent) for intent, _ in k.dialogue.sent] == [c.Begin]
