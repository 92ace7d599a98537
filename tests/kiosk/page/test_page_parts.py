# SPDX-License-Identifier: EUPL-1.2
"""The pure parts of the page's server, and what is shipped with it."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from kiosk.page import blocks_font
from kiosk.page.guard import Guard
from kiosk.page.input_limit import BURST, PER_SECOND, InputLimit
from kiosk.page.program import app_environment
from kiosk.page.restarts import TROUBLE_DELAY_SECONDS, Restarts
from kiosk.page.screen_modes import ScreenModes
from kiosk.page.server import STATIC

VENDOR = STATIC / "vendor"

# Modes


def feed_all(pieces: list[str]) -> tuple[str, int, str]:
    modes = ScreenModes()
    passed, queries = "", 0
    for piece in pieces:
        text, asked = modes.feed(piece)
        passed, queries = passed + text, queries + asked
    return passed, queries, modes.replay()


def test_modes_are_kept_in_the_order_of_their_last_setting() -> None:
    text = "\x1b[?1049h\x1b[?1000h\x1b[?1003;1006hé\x1b[?25l\x1b[?1000l\x1b[31mrouge"
    passed, queries, replay = feed_all([text])
    assert passed == text
    assert queries == 0
    assert replay == "\x1b[?1049h\x1b[?1003h\x1b[?1006h\x1b[?25l\x1b[?1000l"


def test_a_frame_s_own_mode_is_not_kept() -> None:
    assert feed_all(["\x1b[?2026hx\x1b[?2026l"])[2] == ""


def test_questions_are_taken_out_and_counted() -> None:
    assert feed_all(["a\x1b[cb\x1b[0cd\x1b[>c"])[:2] == ("abd\x1b[>c", 2)


@given(st.data())
def test_cuts_change_nothing(data: st.DataObject) -> None:
    parts = st.sampled_from(
        ["é", "a", "\x1b", "\x1b[?1003h", "\x1b[?25l", "\x1b[c", "\x1b[0c", "\x1b[0m", "\x1b[?2026h", "0"]
    )
    text = "".join(data.draw(st.lists(parts, max_size=30))) + "."
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=10)))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert feed_all(pieces) == feed_all([text])


# Deaths and floods


def test_the_fifth_death_within_a_minute_is_trouble() -> None:
    restarts = Restarts()
    waits = [restarts.died(now) for now in (0, 5, 10, 20, 40)]
    assert [wait.delay for wait in waits] == [0.25, 0.5, 1, 2, TROUBLE_DELAY_SECONDS]
    assert [wait.trouble for wait in waits] == [False, False, False, False, True]
    assert not restarts.died(300).trouble


@given(st.lists(st.floats(1, 1000), min_size=1, max_size=60))
def test_trouble_only_when_it_dies_often(gaps: list[float]) -> None:
    restarts, now, times = Restarts(), 0.0, []
    for gap in gaps:
        now += gap
        times.append(now)
        recent = [at for at in times if now - at <= 60]
        assert restarts.died(now).trouble == (len(recent) >= 5)


@given(st.lists(st.tuples(st.integers(0, 400), st.floats(0, 2)), max_size=100))
def test_no_more_passes_than_the_limit(messages: list[tuple[int, float]]) -> None:
    limit, now, passed = InputLimit(), 0.0, 0
    for length, wait in messages:
        now += wait
        if limit.allows(length, now):
            passed += length
    assert passed <= BURST + PER_SECOND * now + 1


def test_typing_is_never_limited() -> None:
    limit = InputLimit()
    assert all(limit.allows(12, i / 60) for i in range(3600)), "a mouse moved for a minute"


# Who may speak


def test_the_page_s_own_origin_alone() -> None:
    guard = Guard(8137)
    assert guard.knows_origin("http://127.0.0.1:8137", "127.0.0.1:8137")
    assert guard.knows_origin("http://localhost:8137", "localhost:8137")
    assert not guard.knows_origin("http://localhost:8137", "127.0.0.1:8137")
    assert not guard.knows_origin("http://evil.example:8137", "evil.example:8137")
    assert not guard.knows_origin(None, "127.0.0.1:8137")
    assert not guard.knows_token("")
    assert not guard.knows_token("é")


def test_the_app_s_environment() -> None:
    seen = app_environment({"COLUMNS": "80", "LINES": "24", "TERM": "linux", "TMUX": "x", "LANG": "fr_FR.UTF-8"})
    expected = {"LANG": "fr_FR.UTF-8", "TERM": "xterm-256color", "COLORTERM": "truecolor", "PAS_A_PAS_DISPLAY": "page"}
    assert seen == expected


# What is shipped


def vendored() -> dict[str, dict[str, object]]:
    return tomllib.loads((VENDOR / "VENDORED.toml").read_text())


@pytest.mark.parametrize("folder", sorted(vendored()))
def test_vendored_files_are_as_published(folder: str) -> None:
    entry = vendored()[folder]
    sums = entry["sha256"]
    assert isinstance(sums, dict)
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (VENDOR / folder).iterdir()}
    assert found == sums
    assert str(entry["licence_file"]) in found
    assert entry["version"]
    assert entry["licence"] in ("MIT", "OFL-1.1")


def test_every_vendored_folder_is_declared() -> None:
    assert {path.name for path in VENDOR.iterdir() if path.is_dir()} == set(vendored())


def test_our_files_name_no_address() -> None:
    ours = [path for path in STATIC.iterdir() if path.suffix in (".js", ".css", ".html")]
    assert len(ours) >= 8
    for path in ours:
        text = path.read_text()
        assert "SPDX-License-Identifier: EUPL-1.2" in text, path
        assert "http://" not in text, path
        assert "https://" not in text, path


def test_the_font_of_blocks_is_what_its_program_makes(tmp_path: Path) -> None:
    blocks_font.build(tmp_path / "again.woff2")
    assert (tmp_path / "again.woff2").read_bytes() == blocks_font.FILE.read_bytes()


def test_blocks_have_the_cell_of_the_letters() -> None:
    letters = TTFont(VENDOR / "atkinson-hyperlegible-mono" / "latin-400.woff2")
    blocks = TTFont(blocks_font.FILE)
    for font in (letters, blocks):
        assert font["head"].unitsPerEm == blocks_font.EM
        assert (font["hhea"].ascent, font["hhea"].descent) == (blocks_font.TOP, blocks_font.BOTTOM)
    assert letters["hmtx"][letters.getBestCmap()[ord("W")]][0] == blocks_font.WIDTH
    assert {blocks["hmtx"][name][0] for name in blocks.getBestCmap().values()} == {blocks_font.WIDTH}
    assert set(blocks.getBestCmap()) == set(range(0x2500, 0x25A0))


@pytest.mark.parametrize(
    ("character", "edges"),
    [
        ("─", "lr"),
        ("│", "bt"),
        ("┼", "blrt"),
        ("╔", "br"),
        ("╯", "lt"),
        ("╸", "l"),
        ("█", "blrt"),
        ("▀", "lrt"),
        ("▗", "br"),
    ],
)
def test_a_shape_reaches_the_edges_it_must(character: str, edges: str) -> None:
    points = [point for polygon in blocks_font.glyphs()[character].polygons for point in polygon]
    across, along = [round(x) for x, _ in points], [round(y) for _, y in points]
    reached = {
        "b": min(along) <= blocks_font.BOTTOM,
        "l": min(across) <= 0,
        "r": max(across) >= blocks_font.WIDTH,
        "t": max(along) >= blocks_font.TOP,
    }
    assert "".join(edge for edge, touches in reached.items() if touches) == edges
