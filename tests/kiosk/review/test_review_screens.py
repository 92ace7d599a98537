# SPDX-License-Identifier: EUPL-1.2
"""The review on a terminal: keys alone go from the figures to a session, in a small terminal and in a large one."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, Select

import assist.server
from assist.server.desk.catalogue import catalogue_of
from assist.server.review.source import of_site
from assist.server.site import Site
from kiosk.review import opened, sheets
from kiosk.review.app import ReviewApp
from kiosk.review.question import asked_of
from kiosk.review.reader import Reader
from kiosk.review.table import Lines, SheetView
from tests.assist.made_databases import database_in
from tests.kiosk.review.made_up import EVIL, NOW, come

SMALL, LARGE = (80, 24), (120, 40)
Open = Callable[[tuple[int, int]], AbstractAsyncContextManager["Terminal"]]


class Terminal:
    """The review, and who presses its keys."""

    def __init__(self, app: ReviewApp, pilot: Pilot[None]) -> None:
        self.app, self._pilot = app, pilot

    async def press(self, *keys: str) -> None:
        """Press keys, each once what the one before did is done."""
        for key in keys:
            self.app.post_message(events.Key(key, None))
            await self.settle()

    async def sees(self, expected: str, *keys: str) -> None:
        """Press keys, and wait until what is expected is painted."""
        await self.press(*keys)
        try:
            await self.until(lambda: bool(re.search(expected, self.text, re.DOTALL)))
        except TimeoutError:
            raise AssertionError(f"{expected!r} is not in:\n{self.text}") from None

    async def goes_to(self, tab: str, key: str) -> None:
        """Go to a tab, and wait until its table has the keys."""
        await self.press(key)
        await self.until(lambda: self.app.focused is self.app.screen.query_one(f"#{tab} Lines"))

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait for what is expected."""
        async with asyncio.timeout(20):
            while not true():
                await self.settle()

    async def settle(self) -> None:
        """Until every widget has dealt with what it was sent (``pilot.pause`` also waits for an idle processor)."""
        await self._pilot._wait_for_screen()
        await self.app.workers.wait_for_complete()
        await asyncio.sleep(0)

    @property
    def text(self) -> str:
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips()).replace("\u00a0", " ")


@pytest.fixture
def address(tmp_path: Path) -> str:
    found = database_in(tmp_path)
    come(found, 60)
    come(found, 2, EVIL, first=100)
    return found


@pytest.fixture
def review(address: str) -> Open:
    @asynccontextmanager
    async def opened_review(size: tuple[int, int]) -> AsyncIterator[Terminal]:
        reader = Reader(partial(of_site, address))
        procedures = catalogue_of(Site("", address, Path()))
        app = ReviewApp(reader, asked_of("2026-11-24..2026-11-30", NOW), procedures, "Maison d'essai")
        async with app.run_test(size=size) as pilot:
            terminal = Terminal(app, pilot)
            await terminal.settle()
            yield terminal
        reader.close()

    return opened_review


async def test_figures_lead_to_procedures_visits_and_one_session(review: Open) -> None:
    async with review(SMALL) as terminal:
        await terminal.sees(r"Personnes venues +62 +0.*Les fois où quelqu'un a commencé à une borne\.")
        await terminal.sees(r"Calcul : Nombre de démarches choisies\.", "down")
        await terminal.sees(r"█+.*\n.*lun\. 30.* · lun\. 30 : \d+", "2")
        await terminal.goes_to("procedures", "3")
        await terminal.sees(r"Demander le RSA +62 +47 \(76 %\)")
        await terminal.sees(r"Où les personnes butent :.* █+▒+ +62 ", "enter")
        await terminal.sees(r"1 Chiffres", "escape")
        await terminal.goes_to("visits", "4")
        await terminal.sees(r"62 passages\.")
        table = terminal.app.screen.query_one("#visits Lines", Lines)
        assert table.row_count == 50
        await terminal.press("n")
        await terminal.until(lambda: table.row_count == 62)
        await terminal.sees(r"Borne \]0;moi\[b\]mairie", "up")
        await terminal.sees(r"Ce que la personne écrit n’est jamais gardé\..*La personne fait répéter", "enter")
        await terminal.sees(r"62 passages\.", "escape")
        await terminal.sees(r"Aucune borne n’était attendue", "5")


async def test_a_table_is_whole_even_when_it_is_painted_before_it_rests(review: Open) -> None:
    async with review(SMALL) as terminal:
        await terminal.goes_to("procedures", "3")
        view = terminal.app.screen.query_one("#procedures SheetView", SheetView)
        assert view.sheet is not None
        line = replace(view.sheet.lines[0], cells=("Une très longue ligne de mots", *view.sheet.lines[0].cells[1:]))
        view.show(replace(view.sheet, columns=("Quoi", *view.sheet.columns[1:]), lines=(line,)))
        assert "Une très longue ligne" in terminal.text, "painted at once"
        await terminal.sees("Une très longue ligne de mots")


@pytest.mark.parametrize("width", [58, 70, 80])
async def test_no_line_begins_with_the_end_of_a_quotation_whatever_the_width(review: Open, width: int) -> None:
    async with review((width, 24)) as terminal:
        await terminal.sees("Personnes venues")
        lines = terminal.app.screen.query_one("#figures Lines", Lines)
        met: list[str] = []
        for _ in range(lines.row_count):
            met += terminal.text.splitlines()
            await terminal.press("down")
        assert any("»" in line for line in met)
        assert [line for line in met if line.strip().startswith(("»", ":", ";", "?"))] == []


async def test_a_period_and_filters_are_chosen_by_keys(review: Open) -> None:
    async with review(LARGE) as terminal:
        await terminal.sees(r"Personnes venues, par jour\. Le plus :")
        await terminal.sees(r"Aujourd'hui, le ", "p")
        await terminal.sees(r"Choisir plus précisément", "f")
        await terminal.sees(r"Aujourd'hui, le ", "escape")
        for since, expected in (
            ("demain", r"Une date s'écrit comme 2026-12-01\. Rien n'a changé\."),
            ("2026-11-24", r"Du 24/11/2026 au 30/11/2026\. Borne accueil\..*Personnes venues +60 +0"),
        ):
            await terminal.sees(r"Choisir plus précisément", "f")
            screen = terminal.app.screen
            screen.query_one("#period", Select).value = ""
            screen.query_one("#kiosk", Select).value = "accueil"
            await terminal.settle()
            screen.query_one("#since", Input).value = since
            screen.query_one("#until", Input).value = "2026-11-30"
            await terminal.sees(expected, "ctrl+s")


async def test_every_set_of_colours_a_silent_database_and_the_end(review: Open, address: str) -> None:
    async with review(SMALL) as terminal:
        for theme in ("yellow", "cream", "day", "night"):
            await terminal.press("c")
            await terminal.until(partial(lambda wanted: terminal.app.theme == wanted, theme))
        Path(str(make_url(address).database)).write_bytes(b"lost" * 5000)
        terminal.app._reader._source.close()
        await terminal.sees(r"✖ La base de données ne répond pas.*Personnes venues", "r")
        await terminal.press("q")
        await terminal.until(lambda: terminal.app.return_code == 0)


def test_columns_are_called_as_on_the_pages() -> None:
    folder = Path(assist.server.__file__).parent / "templates/review"

    def named(page: str) -> list[str]:
        text = re.sub(r"{%.*?%}", "", (folder / page).read_text(encoding="utf-8"))
        return re.findall(r'<th scope="col"[^>]*>([^<{]+)</th>', text)

    assert named("figures.html") == [*sheets.FIGURES, *sheets.PROCEDURES, *sheets.MACHINES]
    assert named("visits.html") == list(sheets.VISITS)
    assert named("procedure.html") == list(opened.STEPS)
    assert named("session.html") == list(opened.SESSION)
