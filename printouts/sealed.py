# SPDX-License-Identifier: EUPL-1.2
"""What a receipt may show: only what was put in the album before the layout. No file and no address is ever fetched.

The document names its pictures ``sealed:…``; the fetcher given to WeasyPrint knows these names and refuses the rest,
so that no text, style or picture can make it read a file or open a connection.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

from weasyprint.urls import URLFetcher, URLFetcherResponse  # pyright: ignore[reportMissingTypeStubs]

LARGEST_PICTURE = 512 * 1024
"""Bytes. An OpenMoji pictogram weighs 1 to 20 kB."""

_HEX = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}
_log = logging.getLogger(__name__)


class Refused(ValueError):
    """Something outside the album was asked for. WeasyPrint logs it and lays the document out without it."""


class Album(URLFetcher):
    """The pictures and fonts of one document, by name; at the same time the fetcher that serves nothing else."""

    def __init__(self, parts: Mapping[str, tuple[str, bytes]] | None = None) -> None:
        super().__init__(allowed_protocols=frozenset({"sealed"}))  # pyright: ignore[reportUnknownMemberType]
        self._parts = dict(parts or {})

    def add(self, name: str, kind: str, content: bytes) -> str:
        """Put a picture in; its address for the document. ``kind`` is its media type."""
        self._parts[name] = (kind, content)
        return f"sealed:{name}"

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The part with this address.

        Raises:
            Refused: for any other address, whatever its scheme.
        """
        if (part := self._parts.get(url.removeprefix("sealed:"))) is None or not url.startswith("sealed:"):
            raise Refused("address outside the document")
        kind, content = part
        return URLFetcherResponse(url, content, {"Content-Type": kind})


def picture(path: Path, roots: Sequence[Path], *, line_art: bool) -> tuple[str, bytes] | None:
    """Media type and content of a pictogram, or None (logged) when it may not or cannot be shown.

    Only regular SVG and PNG files under one of ``roots``, links followed, of a sensible size. ``line_art`` keeps a
    drawing's lines black and turns its colours to pale greys: a thermal head knows black alone, and a mean colour
    becomes a muddle of dots.
    """
    try:
        real = path.resolve(strict=True)
        if not any(real.is_relative_to(root.resolve()) for root in roots):
            _log.warning("pictogram outside the allowed folders: %s", path.name)
            return None
        status = real.stat()
        kind = _TYPES.get(real.suffix.lower())
        if kind is None or not real.is_file() or status.st_size > LARGEST_PICTURE:
            _log.warning("pictogram of a wrong kind or size: %s", path.name)
            return None
        content = _content(real, status.st_mtime_ns, line_art and kind == "image/svg+xml")
    except (OSError, ElementTree.ParseError) as problem:
        _log.warning("unreadable pictogram %s: %s", path.name, type(problem).__name__)
        return None
    return kind, content


@lru_cache(maxsize=256)
def _content(path: Path, _changed: int, line_art: bool) -> bytes:
    content = path.read_bytes()
    if path.suffix.lower() == ".svg":
        drawing = ElementTree.fromstring(content)  # noqa: S314 - local, sized, and expat bounds entity expansion
        if line_art:
            return _lines_and_pale_greys(drawing)
    return content


def _lines_and_pale_greys(drawing: ElementTree.Element) -> bytes:
    for element in drawing.iter():
        for name in ("fill", "stroke"):
            if colour := _HEX.fullmatch(element.get(name, "")):
                digits = colour[1] if len(colour[1]) == 6 else "".join(2 * digit for digit in colour[1])
                red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
                light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
                element.set(name, _grey(light) if name == "fill" else _ink(light))
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    return ElementTree.tostring(drawing)


def _grey(light: float) -> str:
    level = 0 if light < 0.12 else round(255 * (0.72 + 0.28 * light))
    return f"#{level:02x}{level:02x}{level:02x}"


def _ink(light: float) -> str:
    return _grey(light) if light > 0.6 else "#000000"
