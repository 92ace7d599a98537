# SPDX-License-Identifier: EUPL-1.2
"""Every pair of text and ground at 7:1 or better, in true colours and in 256 of them."""

from __future__ import annotations

from itertools import product

import pytest
from rich.color import Color, ColorSystem

from accessibility.comfort import Contrast
from kiosk.screens.items import Role, Tone
from kiosk.themes.looks import Look, target_look, words_look
from kiosk.themes.palettes import LIGHT_ENOUGH, PALETTES, TEXT_PAIRS, Palette, contrast, plate_on

ENOUGH = 7.0
NOT_TEXT = 3.0
"""WCAG 2.2, 1.4.11: borders that carry meaning."""


def in_256(colour: str) -> str:
    return Color.parse(colour).downgrade(ColorSystem.EIGHT_BIT).get_truecolor().hex


@pytest.fixture(params=list(Contrast), ids=str)
def palette(request: pytest.FixtureRequest) -> Palette:
    return PALETTES[request.param]


def looks(palette: Palette) -> list[Look]:
    return [
        target_look(palette, tone, focused=focused, resting=resting, own=own, bordered=bordered, shown=shown)
        for tone, focused, resting, own, bordered, shown in product(
            Tone, (False, True), (False, True), ("", *(c.value for c in Contrast)), (False, True), (False, True)
        )
    ]


def test_known_contrasts() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == 1
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.clause("PAP 10", "WCAG 1.4.3", "EN 4.2.2")
def test_every_pair_of_the_palette(palette: Palette) -> None:
    for ink, ground in TEXT_PAIRS:
        pair = getattr(palette, ink), getattr(palette, ground)
        assert contrast(*pair) >= ENOUGH, (ink, ground)
        assert contrast(*map(in_256, pair)) >= ENOUGH, (ink, ground, "in 256 colours")


@pytest.mark.clause("PAP 10", "WCAG 1.4.3")
def test_every_look_of_a_target(palette: Palette) -> None:
    for look in looks(palette):
        assert contrast(look.ink, look.ground) >= ENOUGH, look


@pytest.mark.clause("WCAG 1.4.11")
def test_borders_are_seen(palette: Palette) -> None:
    for look in looks(palette):
        if look.line != look.around:
            assert max(contrast(look.line, look.around), contrast(look.line, look.ground)) >= NOT_TEXT, look


@pytest.mark.clause("PAP 10", "WCAG 1.4.3")
def test_every_role_of_words(palette: Palette) -> None:
    for role, notice in product(Role, (False, True)):
        style = words_look(palette, role, notice=notice)
        assert style.color is not None
        assert style.bgcolor is not None
        assert contrast(style.color.get_truecolor().hex, style.bgcolor.get_truecolor().hex) >= ENOUGH


@pytest.mark.clause("WCAG 1.4.1", "WCAG 1.4.11", "WCAG 2.4.7", "EN 4.2.3")
def test_the_focus_differs_by_more_than_colour(palette: Palette) -> None:
    for tone in Tone:
        focused = target_look(palette, tone, focused=True, resting=False)
        calm = target_look(palette, tone, focused=False, resting=False)
        assert focused.thick
        assert not calm.thick
        assert contrast(focused.ground, calm.ground) >= NOT_TEXT


def test_pictures_lie_on_a_light_ground_that_sixel_can_say(palette: Palette) -> None:
    for ground in {look.ground for look in looks(palette)} | {palette.band}:
        plate = plate_on(palette, ground)
        assert contrast(plate, "#000000") >= LIGHT_ENOUGH
        channels = [int(plate[i : i + 2], 16) for i in (1, 3, 5)]
        assert [round(round(c * 100 / 255) * 255 / 100) for c in channels] == channels
