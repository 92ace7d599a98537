# SPDX-License-Identifier: EUPL-1.2
"""The real kiosk in a real terminal: nothing leads out, floods are cut, a technician's signal ends it cleanly."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sample_procedures import write_procedure
from tests.terminal import Terminal, open_terminal

_CONFIG = """
[voice]
engine = "none"
[screen]
pictograms = "blocks"
[content]
path = "procedures"
"""


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    write_procedure(tmp_path / "procedures" / "essai")
    (tmp_path / "kiosk.toml").write_text(_CONFIG, encoding="utf-8")
    command = [sys.executable, "-m", "kiosk", "--config", str(tmp_path / "kiosk.toml"), "run"]
    with open_terminal(command) as opened:
        opened.wait_for("Lettres", 20)
        yield opened


def to_the_themes(terminal: Terminal) -> None:
    terminal.keys("Right")
    terminal.wait_for("█▀▀")
    terminal.keys("Enter")
    terminal.wait_for("Touchez une image")


def presses_again(terminal: Terminal, key: str, then: str) -> None:
    """Press ``key``, and once more when nothing comes of it."""
    terminal.keys(key)
    try:
        terminal.wait_for(then, 2)
    except AssertionError:
        terminal.keys(key)
        terminal.wait_for(then)


def test_no_keyboard_escape(terminal: Terminal) -> None:
    to_the_themes(terminal)
    for key in ("C-c", "C-q", "C-z", "C-d", "C-p", "C-\\", "C-s", "M-x", "F12"):
        terminal.keys(key)
    terminal.wait_for("Touchez une image")
    assert terminal.exit_code is None
    presses_again(terminal, "1", "Refaire")  # The first may come too soon after the themes.


def test_a_paste_of_ten_megabytes_is_cut(terminal: Terminal, tmp_path: Path) -> None:
    """A second at most, or two where the terminal is slow to pass it on; read whole, it would take minutes."""
    to_the_themes(terminal)
    flood = tmp_path / "flood"
    flood.write_text("zk" * 5_000_000, encoding="utf-8")
    terminal.paste(flood)
    terminal.wait_for("Que cherchez-vous")
    terminal.keys("F1")  # It waits behind whatever is still to be read.
    terminal.wait_for("Touchez une image")
    assert terminal.exit_code is None


def test_sigterm_ends_cleanly(terminal: Terminal) -> None:
    to_the_themes(terminal)
    terminal.kill(signal.SIGTERM)
    assert terminal.wait_exit() == 0
    assert "Que voulez-vous" not in terminal.screen()


def test_every_sign_takes_one_cell(terminal: Terminal) -> None:
    to_the_themes(terminal)
    bar = next(line for line in terminal.screen().split("\n") if "Tout effacer" in line)
    places = [bar.index(word) for word in ("Retour", "Répéter", "Aide", "C’est difficile", "Tout effacer", "Aa")]
    assert places == sorted(places)
    column, row = terminal.place_of("Tout effacer")
    terminal.tap(column, row)
    terminal.wait_for("Vos réponses seront effacées.")
