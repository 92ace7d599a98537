# SPDX-License-Identifier: EUPL-1.2
"""Every pictogram has its two files, its words, and can be drawn."""

from __future__ import annotations

import tomllib
import xml.etree.ElementTree as ET

import pytest
from PIL import Image

from content import pictograms, text_rules
from content.typed_reader import is_identifier

NAMES = sorted(pictograms.names())


def test_there_are_enough() -> None:
    assert len(NAMES) >= 90


@pytest.mark.parametrize("name", NAMES)
def test_a_pictogram_is_whole(name: str) -> None:
    assert is_identifier(name)
    words = pictograms.alternative(name)
    assert words
    assert not list(text_rules.safety(words))
    with Image.open(pictograms.path(name)) as drawing:
        assert drawing.format == "PNG"
        assert drawing.size == (256, 256)
        shape = drawing.convert("RGBA").getchannel("A").getbbox()
    assert shape is not None
    assert shape[2] - shape[0] > 60 or shape[3] - shape[1] > 60
    assert pictograms.path(name).stat().st_size <= 15 * 1024
    root = ET.parse(pictograms.path(name, "svg")).getroot()  # noqa: S314 - our own files
    assert root.get("viewBox") == "0 0 72 72"


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_fetches_and_runs_nothing(name: str) -> None:
    text = pictograms.path(name, "svg").read_text("utf-8")
    for word in ("<script", "<image", "<foreignObject", "href", "url(http", "<style", "<!ENTITY", "onload"):
        assert word not in text
    assert " id=" not in text  # two drawings in one page must not share one


def test_no_file_is_left_over() -> None:
    files = {path.name for path in pictograms.FOLDER.iterdir() if path.suffix in (".svg", ".png")}
    assert files == {f"{name}.{form}" for name in NAMES for form in ("svg", "png")}


def test_names_are_not_drawn_twice_without_reason() -> None:
    """Two names may share a drawing, but then what they say must differ or be the very same thing."""
    index = tomllib.loads((pictograms.FOLDER / "index.toml").read_text("utf-8"))
    assert set(index) == set(NAMES)
    assert len({str(entry) for entry in index.values()}) > 0.97 * len(index)


@pytest.mark.parametrize("name", ["nothing", "../index", "", "key.png", "/etc/passwd"])
def test_another_name_never_becomes_a_path(name: str) -> None:
    with pytest.raises(pictograms.UnknownPictogram):
        pictograms.path(name)
    with pytest.raises(pictograms.UnknownPictogram):
        pictograms.alternative(name)


def test_the_credit_says_what_the_licence_asks() -> None:
    for words in ("OpenMoji", "CC BY-SA 4.0", "openmoji.org", "recolorés"):
        assert words in pictograms.CREDIT
