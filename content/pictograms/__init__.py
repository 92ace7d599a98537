# SPDX-License-Identifier: EUPL-1.2
"""The pictograms: one file a name, as SVG and as PNG (256 px), with what each shows said in French.

``index.toml`` names them; ``script/pictograms`` makes the files from OpenMoji drawings. The drawings have black
lines on a transparent sheet: paint them on white or on a light colour.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Literal

CREDIT = (
    "Pictogrammes : OpenMoji (openmoji.org), licence CC BY-SA 4.0. "
    "Certains dessins sont assemblés ou recolorés, sous la même licence."
)
"""What the licence asks for (CC BY-SA 4.0, section 3.a): author, licence, and that drawings were changed."""

FOLDER = Path(__file__).resolve().parent


class UnknownPictogram(KeyError):
    """A name that is not in the index."""


@lru_cache(maxsize=1)
def _alternatives() -> dict[str, str]:
    index = tomllib.loads((FOLDER / "index.toml").read_text(encoding="utf-8"))
    return {name: entry["alternative"] for name, entry in index.items()}


def names() -> frozenset[str]:
    """Every name that a procedure or a screen may use."""
    return frozenset(_alternatives())


def alternative(name: str) -> str:
    """What the pictogram shows, in French, for a screen reader or where no picture can be drawn.

    Raises:
        UnknownPictogram: the name is not in the index.
    """
    try:
        return _alternatives()[name]
    except KeyError:
        raise UnknownPictogram(name) from None


def path(name: str, form: Literal["svg", "png"] = "png") -> Path:
    """The file of a pictogram.

    Raises:
        UnknownPictogram: the name is not in the index. No other name ever becomes a path.
    """
    alternative(name)
    return FOLDER / f"{name}.{form}"
