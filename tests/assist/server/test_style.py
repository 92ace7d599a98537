# SPDX-License-Identifier: EUPL-1.2
"""The one style of the pages: its colours by daylight and by night, and what others gave us."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from assist.server import bell
from assist.server.pages import STATIC
from kiosk.themes.palettes import contrast

VENDOR = STATIC / "vendor"
TEXT = 7.0
TEMPLATES = STATIC.parent / "templates"
NOT_TEXT = 3.0
"""WCAG 2.2, 1.4.11: edges that tell where a control is."""
PAIRS = (
    ("ink", "paper"),
    ("ink", "sheet"),
    ("ink", "tint"),
    ("soft", "sheet"),
    ("soft", "paper"),
    ("accent", "sheet"),
    ("accent", "paper"),
    ("accent", "tint"),
    ("on-accent", "accent"),
    ("on-call", "call"),
    ("wrong", "sheet"),
    ("wrong", "tint-wrong"),
)


def colours(scheme: str) -> dict[str, str]:
    """The colours of a scheme, from the style itself: the first block of them is light, the second dark."""
    blocks = re.findall(r":root \{(.*?)\}", (STATIC / "desk.css").read_text(encoding="utf-8"), re.DOTALL)
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", blocks[["light", "dark"].index(scheme)]))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_are_read_by_everyone(scheme: str) -> None:
    known = colours(scheme)
    assert {pair: round(c, 2) for pair in PAIRS if (c := contrast(known[pair[0]], known[pair[1]])) < TEXT} == {}
    assert contrast(known["line"], known["sheet"]) >= NOT_TEXT


def vendored() -> dict[str, dict[str, object]]:
    return tomllib.loads((VENDOR / "VENDORED.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", sorted(vendored()))
def test_vendored_files_are_as_published(folder: str) -> None:
    entry = vendored()[folder]
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (VENDOR / folder).iterdir()}
    assert found == entry["sha256"]
    assert entry["licence_file"] in found
    assert entry["version"]
    assert entry["licence"] == "0BSD"


def test_every_vendored_folder_is_declared() -> None:
    assert {path.name for path in VENDOR.iterdir() if path.is_dir()} == set(vendored())


def test_our_files_name_no_address() -> None:
    for path in STATIC.iterdir():
        if path.suffix in (".js", ".css"):
            assert re.search(r"https?://", path.read_text(encoding="utf-8")) is None, path


def test_the_bell_is_what_its_program_makes(tmp_path: Path) -> None:
    bell.build(tmp_path / "again.wav")
    assert (tmp_path / "again.wav").read_bytes() == bell.FILE.read_bytes()


def test_a_refused_form_gives_its_focus_to_what_is_wrong_alone() -> None:
    """Where a field takes the focus by itself too, which of the two comes first is a matter of luck."""
    for page in TEMPLATES.rglob("*.html"):
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
            for taken in re.findall(r"[^{]*autofocus[^}]*", line):
                assert "refused_form" in taken, f"{page.name}:{number}"
