# SPDX-License-Identifier: EUPL-1.2
"""The painters and what is behind them: pictures, titles, the QR code, the header, the sieve, the terminal."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from accessibility.comfort import Comfort, Contrast
from content import pictograms
from kiosk.config import HelpSettings
from kiosk.layout import Box, Glass, Size
from kiosk.screens.items import Button, Line, Role, Target
from kiosk.screens.prompts import Room, title_lines
from kiosk.screens.qr import modules
from kiosk.screens.trouble import painting, sentences
from kiosk.themes.palettes import PALETTES
from kiosk.widgets.code import strips
from kiosk.widgets.header import progress, voice
from kiosk.widgets.kiosk_driver import Sieve
from kiosk.widgets.pictogram import Drawn, Pictures, Wanted, draw
from kiosk.widgets.target import TargetView
from kiosk.widgets.terminal import cell_pixels, drawing_for, draws_sixel
from kiosk.widgets.words import large_titles
from kiosk.words import words_in

CARD = "#e8f0f7"
FRENCH = words_in("fr")


# Pictures


def test_half_blocks_fill_their_box() -> None:
    drawn = draw(Wanted("identity-card", Size(14, 8), CARD))
    assert drawn is not None
    assert [line.cell_length for line in drawn.lines] == [14] * 8
    assert drawn.sixel == ""
    assert len({segment.style for line in drawn.lines for segment in line}) > 5


def test_sixel_is_whole_bands_on_the_exact_ground() -> None:
    drawn = draw(Wanted("identity-card", Size(14, 8), CARD, (10, 21)))
    assert drawn is not None
    header = re.match(r'\x1bP0;0;0q"1;1;(\d+);(\d+)', drawn.sixel)
    assert header is not None
    width, height = map(int, header.groups())
    assert width == 140
    assert height % 6 == 0
    assert 8 * 21 - 6 < height <= 8 * 21
    red, green, blue = (round(int(CARD[i : i + 2], 16) * 100 / 255) for i in (1, 3, 5))
    assert f";2;{red};{green};{blue}" in drawn.sixel


def test_the_picture_is_painted_with_its_last_line_only() -> None:
    drawn = draw(Wanted("identity-card", Size(14, 8), CARD, (10, 21)))
    assert drawn is not None
    lines = [drawn.line(y, (5, 3)) for y in range(8)]
    assert ["\x1bP" in "".join(segment.text for segment in line) for line in lines] == [False] * 7 + [True]
    assert lines[-1].cell_length == 14
    assert "\x1b[4;6H" in "".join(segment.text for segment in lines[-1])


@pytest.mark.parametrize("name", ["no-such-picture", "../../etc/passwd", ""])
def test_an_unknown_picture_is_none(name: str) -> None:
    assert draw(Wanted(name, Size(4, 2), CARD)) is None


def test_every_pictogram_can_be_drawn_both_ways() -> None:
    for name in sorted(pictograms.names()):
        assert draw(Wanted(name, Size(6, 3), CARD)), name
    for name in sorted(pictograms.names())[:8]:
        assert draw(Wanted(name, Size(6, 3), CARD, (10, 20))), name


def test_a_large_title_is_drawn_within_its_box_or_not_at_all() -> None:
    wanted = Wanted("Pourquoi refaire la carte\u00a0?", Size(40, 2), "#ffffff", (10, 20), "#0a3f87")
    drawn = draw(wanted)
    assert drawn is not None
    size = re.match(r'\x1bP0;0;0q"1;1;(\d+);(\d+)', drawn.sixel)
    assert size is not None
    assert int(size[1]) <= 400
    assert int(size[2]) <= 40
    heard = draw(Wanted(wanted.name, wanted.size, "#ffffff", (10, 20), "#0a3f87", (9, 16)))
    assert heard is not None
    assert heard.sixel != drawn.sixel, "the word that is heard is drawn in the colours changed about"
    assert draw(Wanted("Ваша карта", Size(40, 2), "#ffffff", (10, 20), "#0a3f87")) is None


def test_large_titles_take_two_rows_where_there_is_room() -> None:
    glass = Glass(100, 32, 527, 296)
    room = Room(Box(4, 4, 92, 20), glass, large_titles=True)
    lines = title_lines("Pourquoi refaire la carte ?", 92, room)
    assert lines == [Line("Pourquoi refaire la carte ?", Role.TITLE, "title"), Line("", Role.TITLE, "title")]
    assert large_titles(lines) == [0]
    small = Room(Box(1, 2, 58, 14), Glass(60, 20, 527, 296), large_titles=True)
    assert large_titles(title_lines("Pourquoi refaire la carte ?", 58, small)) == []


# The QR code


def test_the_code_on_the_screen_is_read_by_a_telephone() -> None:
    url = "https://www.service-public.gouv.fr/particuliers/vosdroits/N358"
    lines = strips(url)
    module = 8
    picture = Image.new("RGB", (lines[0].cell_length * module, len(lines) * 2 * module), "white")
    for y, line in enumerate(lines):
        x = 0
        for segment in line:
            assert segment.style is not None
            assert segment.style.color is not None
            assert segment.style.bgcolor is not None
            for _ in segment.text:
                for half, colour in ((0, segment.style.color), (1, segment.style.bgcolor)):
                    place = (x * module, (2 * y + half) * module)
                    picture.paste(tuple(colour.get_truecolor()), (*place, place[0] + module, place[1] + module))
                x += 1
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == url
    assert len(modules(url)) + 4 == lines[0].cell_length


# The header


def test_progress() -> None:
    assert progress(2, 5, 40, FRENCH) == "● ● ○ ○ ○"
    assert progress(2, 30, 40, FRENCH) == "3 sur 30"
    assert progress(0, 0, 40, FRENCH) == ""
    assert progress(3, -1, 40, FRENCH) == "Étape\u00a04", "nobody knows how many there are"
    assert progress(9, 5, 40, FRENCH) == "● ● ● ● ●"


def test_voice() -> None:
    assert voice(Comfort(volume=60), True, FRENCH) == "♪ Je parle  ▮▮▮▯▯"
    assert voice(Comfort(volume=100), False, FRENCH) == "♪ ▮▮▮▮▮"
    assert voice(Comfort(voice=False), False, FRENCH) == "Sans voix"


# Trouble


@pytest.mark.parametrize("size", [(60, 20), (100, 32), (20, 8)])
def test_trouble_is_plain_words_on_a_clean_screen(size: tuple[int, int]) -> None:
    for palette in PALETTES.values():
        painted = painting(HelpSettings(person="Nadia", phone="01 23 45 67 89"), palette, *size)
        assert "\x1b[2J" in painted
        rows = [int(row) for row in re.findall(r"\x1b\[(\d+);\d+H", painted)]
        assert rows
        assert max(rows) <= size[1]
        words = re.sub(r"\x1b\[[\d;]*[A-Za-z]", " ", painted)
        assert "problème" in words


def test_trouble_says_whom_to_ask() -> None:
    said = " ".join(sentences(HelpSettings(person="Nadia", phone="01 23")))
    assert "Nadia" in said
    assert "01\u00a023" in said
    assert "accueil" in " ".join(sentences(HelpSettings()))


# What comes in


def test_ten_megabytes_are_sifted_in_less_than_a_second() -> None:
    sieve = Sieve()
    flood = "\x1b[200~" + "a" * 10_000_000 + "\x1b[201~"
    began = time.process_time()
    kept = "".join(sieve.sift(flood[i : i + 65_536], 1.0) for i in range(0, len(flood), 65_536))
    assert time.process_time() - began < 1
    assert kept.startswith("\x1b[200~")
    assert kept.endswith("\x1b[201~")
    assert len(kept) < 1000


def test_a_flood_of_sequences_is_cut_too() -> None:
    sieve = Sieve()
    began = time.process_time()
    kept = "".join(sieve.sift("\x1b[<35;10;10M" * 5000, 1.0) for _ in range(20))
    assert time.process_time() - began < 1
    assert len(kept) <= 1024 * len("\x1b[<35;10;10M")


@given(st.lists(st.sampled_from(["\x1b[A", "\x1b[<0;12;5M", "\x1b[<0;12;5m", "a", "é", "\r", "\x1bOP"]), max_size=60),
       st.integers(1, 7))  # fmt: skip
def test_what_a_person_does_passes_whole_however_it_is_cut(pieces: list[str], size: int) -> None:
    sent = "".join(pieces)
    sieve = Sieve()
    kept = "".join(sieve.sift(sent[i : i + size], i / 100) for i in range(0, len(sent), size)) + sieve.rest()
    assert kept == sent


def test_alt_and_answers_are_left_out() -> None:
    assert Sieve().sift("a\x1bx\x1b[Bb", 1.0) == "a\x1b[Bb"
    assert Sieve().sift("a\x1b]11;rgb:0000/0000/0000\x07b", 1.0) == "ab"
    assert Sieve().sift("a\x1bP1$r0m\x1b\\b", 1.0) == "ab"


def test_the_escape_key_alone_comes_after_a_moment() -> None:
    sieve = Sieve()
    assert sieve.sift("\x1b", 1.0) == ""
    assert sieve.rest() == "\x1b"


# The terminal


def test_without_a_terminal_there_is_no_sixel(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/null").open() as nothing:
        monkeypatch.setattr("sys.__stdin__", nothing)
        assert not draws_sixel()
        assert drawing_for("auto") == "blocks"
    assert drawing_for("sixel") == "sixel"
    assert drawing_for("text") == "text"
    assert all(pixels > 0 for pixels in cell_pixels())


def test_a_drawn_picture_without_sixel_gives_its_own_lines() -> None:
    drawn = draw(Wanted("photo", Size(6, 3), CARD))
    assert isinstance(drawn, Drawn)
    assert drawn.line(1, (0, 0)) is drawn.lines[1]


def test_a_target_that_is_not_yet_in_its_place_is_painted_empty() -> None:
    """Between a new page and its layout a tap asks what is painted there: the box is still the former one."""
    view = TargetView(Pictures("blocks"))
    view.item = Target(Box(0, 0, 20, 9), Button("b", "Trois lignes", None, "hand"), ("a", "b", "c"), Size(8, 4))
    for height in range(9):
        assert [strip.text.strip() for strip in view.paint(20, height, PALETTES[Contrast.DAY])] == [""] * height
