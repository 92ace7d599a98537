# SPDX-License-Identifier: EUPL-1.2
"""The poster as HTML, before any layout (:mod:`printouts.render` makes the PDF)."""

from __future__ import annotations

from printouts.environment import template
from printouts.poster import Poster
from printouts.reminder import qr_svg
from printouts.sealed import Album


def poster_html(poster: Poster, album: Album) -> str:
    """One page."""
    code = album.add("opinion", "image/svg+xml", qr_svg(poster.opinion_url.encode())) if poster.opinion_url else ""
    return template("poster.html").render(poster=poster, opinion_code=code)
