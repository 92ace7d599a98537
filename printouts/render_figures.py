# SPDX-License-Identifier: EUPL-1.2
"""The poster and the report as HTML, before any layout (:mod:`printouts.render` makes the PDF)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from printouts.charts.drawing import drawn, in_parts
from printouts.charts.model import Chart
from printouts.charts.svg import svg
from printouts.environment import template
from printouts.poster import Poster
from printouts.reminder import qr_svg
from printouts.report import Block, Report
from printouts.sealed import Album

MOST_MARKS = 12
"""How many bars, at the most, one drawing of a page has: it stays on that page."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing in the album, and what is said instead of it."""

    address: str
    alternative: str


def poster_html(poster: Poster, album: Album) -> str:
    """One page."""
    code = album.add("opinion", "image/svg+xml", qr_svg(poster.opinion_url.encode())) if poster.opinion_url else ""
    return template("poster.html").render(poster=poster, opinion_code=code)


def report_html(report: Report, album: Album) -> str:
    """Several pages, with their contents."""
    return template("report.html").render(report=report, pictures=_pictures_of(album), kind=_kind)


def _kind(block: Block) -> str:
    return type(block).__name__


def _pictures_of(album: Album) -> Callable[[Chart], list[Picture]]:
    count = 0

    def pictures(chart: Chart) -> list[Picture]:
        nonlocal count
        found: list[Picture] = []
        for part in in_parts(chart, MOST_MARKS):
            count += 1
            name = f"drawing-{count}"
            address = album.add(name, "image/svg+xml", svg(part, name).encode())
            more = ", suite" if found else ""
            found.append(Picture(address, f"Dessin : {chart.title}{more}. {drawn(part).reading}"))
        return found

    return pictures
