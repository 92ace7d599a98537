# SPDX-License-Identifier: EUPL-1.2
"""A paper becomes a tagged PDF (PDF/UA-1), the same bytes for the same paper, and nothing is fetched.

Importing this module loads WeasyPrint (about a second and 60 MB): the kiosk goes through :mod:`printouts.renderer`,
which keeps it in a child process.
"""

from __future__ import annotations

import atexit
import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import pydyf  # pyright: ignore[reportMissingTypeStubs]
import weasyprint  # pyright: ignore[reportMissingTypeStubs]
from weasyprint.css.counters import CounterStyle  # pyright: ignore[reportMissingTypeStubs]
from weasyprint.text.fonts import FontConfiguration  # pyright: ignore[reportMissingTypeStubs]

from printouts.appointment import AppointmentPaper
from printouts.document import Document
from printouts.environment import TEMPLATES, template
from printouts.mandate import AccessPaper, MandatePaper, RevocationPaper
from printouts.model import DeadlineLine, Paper, Receipt
from printouts.poster import Poster, Sheet
from printouts.receipt_code import grouped
from printouts.reminder import appointment_event, qr_svg, reminder
from printouts.render_figures import poster_html, report_html
from printouts.render_mandate import access_html, mandate_html, revocation_html
from printouts.report import Report
from printouts.sealed import Album, picture
from printouts.typography import clean
from printouts.words import words

HERE = Path(__file__).parent
PICTOGRAMS = (HERE.parent / "content" / "pictograms",)
"""Where pictograms may come from, unless told otherwise."""

_FONTS = ("latin-400", "latin-700", "latin-ext-400", "latin-ext-700")
_MANDATE = ("receipt.css", "mandate.css")
_POSTER = {Sheet.A4: ("receipt.css", "poster.css"), Sheet.A3: ("receipt.css", "poster.css", "poster-a3.css")}
_STYLES = {Paper.A4: ("receipt.css", "a4.css"), Paper.TICKET: ("receipt.css", "ticket.css")}


@dataclass(frozen=True, slots=True)
class Page:
    """A paper as HTML, with the pictures it names: what any layout engine would be given."""

    html: str
    album: Album


def render(paper: Document, size: Paper = Paper.A4, *, roots: Sequence[Path] = PICTOGRAMS) -> bytes:
    """The PDF of a paper: A4 pages, or one ticket 80 mm wide and as long as its content, but for mandates,
    posters and reports.

    A pictogram outside ``roots`` is left out and logged; the text stays.
    """
    page, styles = _composed(paper, size, roots)
    html: Any = weasyprint.HTML(string=page.html, url_fetcher=page.album)
    document = html.render(
        font_config=_fonts(),
        counter_style=_counters(),
        stylesheets=_stylesheets(styles),
        pdf_variant="pdf/ua-1",
    )
    if isinstance(paper, Receipt | AppointmentPaper) and size is Paper.TICKET:
        _cut(document)
    return cast(bytes, document.write_pdf(pdf_variant="pdf/ua-1", finisher=_speak_french_in_articles))


def _composed(paper: Document, size: Paper, roots: Sequence[Path]) -> tuple[Page, tuple[str, ...]]:
    if isinstance(paper, Receipt):
        return compose(paper, size, roots), _STYLES[size]
    if isinstance(paper, AppointmentPaper):
        return compose_appointment(paper), _STYLES[size]
    if isinstance(paper, Poster):
        return compose_poster(paper), _POSTER[paper.sheet]
    if isinstance(paper, Report):
        return compose_report(paper), ("receipt.css", "report.css")
    return compose_mandate(paper), _MANDATE


def compose(receipt: Receipt, paper: Paper, roots: Sequence[Path] = PICTOGRAMS) -> Page:
    """The HTML of a receipt and its pictures, before any layout."""
    album = Album(_icons())
    html = template("receipt.html").render(
        receipt=receipt,
        words_in=words,
        code=grouped(clean(receipt.code)),
        picture=_picture_of(album, roots, paper),
        reminder=_reminder_of(album, receipt),
        appointment_event=_event_of(album, receipt.appointment),
        number=album.add("number", "image/svg+xml", qr_svg(clean(receipt.code).encode())) if receipt.code else "",
    )
    return Page(html, album)


def compose_mandate(paper: MandatePaper | RevocationPaper | AccessPaper) -> Page:
    """The HTML of a paper of a mandate and its pictures, before any layout."""
    album = Album(_icons())
    if isinstance(paper, AccessPaper):
        return Page(access_html(paper), album)
    return Page(mandate_html(paper, album) if isinstance(paper, MandatePaper) else revocation_html(paper), album)


def compose_poster(poster: Poster) -> Page:
    """The HTML of a poster and its pictures, before any layout."""
    album = Album(_icons())
    return Page(poster_html(poster, album), album)


def compose_report(report: Report) -> Page:
    """The HTML of a report and its drawings, before any layout."""
    album = Album(_icons())
    return Page(report_html(report, album), album)


def compose_appointment(paper: AppointmentPaper) -> Page:
    """The HTML of an appointment and its code, before any layout."""
    album = Album(_icons())
    event = _event_of(album, paper)
    return Page(template("appointment.html").render(paper=paper, code=grouped(paper.code), reminder=event), album)


def warm_up() -> None:
    """Load fonts, styles and template now, so that the first receipt is as quick as the next."""
    for styles in _STYLES.values():
        _stylesheets(styles)
    template("receipt.html")
    _icons()


def _speak_french_in_articles(document: Any, pdf: Any) -> None:
    # WeasyPrint writes the language of the whole document only. A screen reader must change its voice where the
    # language changes (PDF/UA-1 §7.2): the template puts what is in French within another language in an <article>,
    # and nothing else there.
    for thing in pdf.objects:
        if isinstance(thing, dict) and cast(dict[str, object], thing).get("S") == "/Art":
            thing["Lang"] = pydyf.String("fr")


def _cut(document: Any) -> None:
    # WeasyPrint knows no page as long as its content. The ticket is laid out on a very long page, whose foot is cut
    # at the anchor "end": pages are drawn from their top, so nothing moves. Cheaper than laying it out twice.
    page = document.pages[-1]
    end = page.anchors["end"][1]
    page.height = min(page.height, end)


def _picture_of(album: Album, roots: Sequence[Path], paper: Paper) -> Callable[[Path | None], str]:
    known: dict[Path, str] = {}

    def address(path: Path | None) -> str:
        if path is None:
            return ""
        if path not in known:
            found = picture(path, roots, line_art=paper is Paper.TICKET)
            known[path] = album.add(f"pictogram-{len(known)}", *found) if found else ""
        return known[path]

    return address


def _reminder_of(album: Album, receipt: Receipt) -> Callable[[DeadlineLine, int], str]:
    def address(deadline: DeadlineLine, number: int) -> str:
        word = words(receipt.language).reminder_alarm
        event = reminder(deadline, clean(receipt.code), number, receipt.printed_on, word)
        return album.add(f"reminder-{number}", "image/svg+xml", qr_svg(event))

    return address


def _event_of(album: Album, paper: AppointmentPaper | None) -> str:
    return album.add("reminder", "image/svg+xml", qr_svg(appointment_event(paper))) if paper else ""


@lru_cache(maxsize=1)
def _icons() -> dict[str, tuple[str, bytes]]:
    return {f"icon-{path.stem}": ("image/svg+xml", path.read_bytes()) for path in (HERE / "icons").glob("*.svg")}


@lru_cache(maxsize=1)
def _fonts() -> Any:
    # Its unpacked fonts lie in a temporary folder that it removes when it is collected, which a cache forbids.
    atexit.register(_forget)
    return FontConfiguration()


def _forget() -> None:
    for cache in (_stylesheets, _fonts):
        cache.cache_clear()
    gc.collect()


@lru_cache(maxsize=1)
def _counters() -> Any:
    return CounterStyle()


@lru_cache(maxsize=8)
def _stylesheets(names: tuple[str, ...]) -> list[Any]:
    # Parsed once: fonts are unpacked, rules are sorted. A style sheet sees the fonts and the icons, nothing else.
    fonts = {
        f"font-{name}": ("font/woff2", (HERE / "fonts" / f"atkinson-hyperlegible-{name}-normal.woff2").read_bytes())
        for name in _FONTS
    }
    album = Album({**fonts, **_icons()})
    return [
        weasyprint.CSS(string=style(name), url_fetcher=album, font_config=_fonts(), counter_style=_counters())
        for name in names
    ]


def style(name: str) -> str:
    """The text of one of our style sheets."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


__all__ = [
    "PICTOGRAMS",
    "Page",
    "compose",
    "compose_appointment",
    "compose_mandate",
    "compose_poster",
    "compose_report",
    "render",
    "style",
    "warm_up",
]
