# SPDX-License-Identifier: EUPL-1.2
"""A person at the touch page: the real ``kiosk run --page``, a real Chromium, and the finger of the terminal's person.

:class:`Pane` gives the page the face of a terminal, so that the same person walks on both.
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import psutil
from PIL import Image

from tests.browser import Browser, Look, is_local
from tests.journeys.person import LEAVE_SECONDS, PATIENCE, WELCOME, Finger, Person
from tests.journeys.site import Site
from tests.terminal import NotSeen

if TYPE_CHECKING:
    from tests.terminal import Terminal

_PICTURE_COLOURS = ((252, 234, 43), (177, 204, 51), (234, 90, 71), (146, 211, 245), (241, 179, 28), (165, 121, 57))
"""Colours of the OpenMoji pictograms; letters, cards and grounds have none of them."""
_STILL = 3
BACK_SECONDS = 0.8
"""Before a finger touches again within NEAR_CELLS of where it was."""
NEAR_CELLS = 4


@dataclass
class Server:
    """``kiosk run --page`` of one site."""

    site: Site
    port: int
    process: subprocess.Popen[str]

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def app(self) -> psutil.Process:
        """The kiosk behind the page."""
        (app,) = psutil.Process(self.process.pid).children()
        return app


@contextlib.contextmanager
def serve(site: Site) -> Iterator[Server]:
    """The page of ``site`` on a free port. No process of it is left afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = site.folder / "kiosk.toml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\n[page]\nport = {port}\n", encoding="utf-8")
    with (site.folder / "page.log").open("w") as log:
        process = subprocess.Popen(
            [*site.command, "run", "--page"],
            env=os.environ | site.env,
            cwd=site.folder,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    assert process.stdout is not None
    with process, contextlib.ExitStack() as after:
        after.callback(_end, process)
        assert process.stdout.readline() == f"http://127.0.0.1:{port}/\n", (site.folder / "page.log").read_text()
        yield Server(site, port, process)


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is not None:
        return
    family = [process, *psutil.Process(process.pid).children(recursive=True)]
    for member in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            member.kill()
    process.wait(LEAVE_SECONDS)


def shown(seen: Look) -> str:
    """The screen, blank while the veil covers it."""
    return "" if seen.veil else seen.screen


@dataclass
class Pane:
    """The page seen as a terminal; blank while the veil covers it."""

    browser: Browser
    server: Server

    def screen(self) -> str:
        """A line a row."""
        return shown(self.browser.look())

    def wait_for(self, text: str | re.Pattern[str], timeout: float = PATIENCE) -> str:
        """Wait until ``text`` (or a pattern) is on the screen; the screen."""
        pattern = re.compile(re.escape(text)) if isinstance(text, str) else text
        return self.wait_until(lambda screen: pattern.search(screen) is not None, f"« {pattern.pattern} »", timeout)

    def wait_until(self, true: Callable[[str], bool], what: str, timeout: float = PATIENCE) -> str:
        """Wait until ``true(screen)``; the screen."""
        end = time.monotonic() + timeout
        seen = self.browser.look()
        while not true(shown(seen)):
            if time.monotonic() > end:
                raise NotSeen(f"{what} not seen in {timeout} s. Veil: {seen.veil!r}. Screen:\n{seen.screen}")
            seen = self.browser.look(seen)
        return shown(seen)

    def tap(self, column: int, row: int) -> None:
        """Touch the middle of a cell."""
        self.browser.tap(column, row)

    @property
    def pid(self) -> int:
        """Process id of the page's server."""
        return self.server.process.pid

    def wait_exit(self, timeout: float = LEAVE_SECONDS) -> int:
        """Wait for the server's end; its exit code."""
        return self.server.process.wait(timeout)


@dataclass
class CalmFinger(Finger):
    """Comes back to the place it touched only after a while: sooner is a trembling hand, the more so on a machine
    that is busy and takes two taps at once."""

    _place: tuple[int, int] = (-99, -99)

    def _tap(self, place: tuple[int, int]) -> None:
        back = max(abs(now - then) for now, then in zip(place, self._place, strict=True)) <= NEAR_CELLS
        time.sleep(max(0.0, self._last + BACK_SECONDS - time.monotonic()) if back else 0.0)
        self.terminal.tap(*place)
        self._last, self._place = time.monotonic(), place


@dataclass(kw_only=True)
class PagePerson(Person):
    """Somebody before the touch page."""

    browser: Browser
    server: Server

    def opens(self) -> None:
        """Go to the page."""
        self.browser.visit(self.server.url)

    def closes(self) -> None:
        """Close the page; the kiosk runs on behind it."""
        self.browser.visit("about:blank")

    def document(self) -> str:
        """All that the page holds: elements, what the browser stores for it, where it has been."""
        return self.browser.driver.execute_script(
            "return [document.documentElement.outerHTML, JSON.stringify(localStorage), JSON.stringify(sessionStorage),"
            " document.cookie, location.href, document.title, window.name, getSelection().toString()].join('\\n')"
        )

    def scrolls_back(self) -> str:
        """Try to bring back what was there before, by wheel and by keys; what is seen then."""
        for key in ("PageUp", "Home"):
            self.browser.cdp("Input.dispatchKeyEvent", type="rawKeyDown", key=key, modifiers=8)
            self.browser.cdp("Input.dispatchKeyEvent", type="keyUp", key=key, modifiers=8)
        self.browser.cdp("Input.dispatchMouseEvent", type="mouseWheel", x=400, y=300, deltaX=0, deltaY=-5000)
        return self.browser.screen()

    def has_no_complaint(self) -> None:
        """The console complained of nothing, and nothing was asked outside of this machine."""
        assert self.browser.complaints() == []
        asked = [url for url in self.browser.requests() if not url.startswith("chrome://")]  # Its own first window.
        assert [url for url in asked if not is_local(url, self.server.port)] == []

    def rests(self) -> str:
        """Wait until the screen rests; the screen."""
        seen: list[str] = []

        def still(screen: str) -> bool:
            seen.append(screen)
            return len(seen) >= _STILL and len(set(seen[-_STILL:])) == 1

        return self.terminal.wait_until(still, "a screen at rest", PATIENCE)

    def looks(self, shot: Path) -> Image.Image:
        """The window, once it rests: some looks in a row find it alike."""
        seen: list[bytes] = []

        def rests() -> bool:
            seen.append(self.browser.screenshot(shot).read_bytes())
            return len(seen) >= _STILL and len(set(seen[-_STILL:])) == 1

        self.browser.wait_until(rests, "a picture at rest", PATIENCE)
        with Image.open(shot) as opened:
            return opened.convert("RGB")

    def sees_pictures(self, shot: Path, least: float) -> Image.Image:
        """Wait until pictograms take this share of the window; the window, at rest."""
        looks: list[Image.Image] = []

        def some() -> bool:
            looks.append(self.looks(shot))
            return picture_share(looks[-1]) >= least

        self.browser.wait_until(some, "pictograms", PATIENCE)
        return looks[-1]


def picture_share(window: Image.Image) -> float:
    """The share of the window that has the colours of the pictograms."""
    pixels = np.asarray(window, dtype=np.int16)
    found = np.zeros(pixels.shape[:2], dtype=bool)
    for colour in _PICTURE_COLOURS:
        found |= (abs(pixels - np.array(colour, dtype=np.int16)) <= 8).all(axis=2)
    return float(found.mean())


@contextlib.contextmanager
def person_at_page(site: Site, browser: Browser) -> Iterator[PagePerson]:
    """``kiosk run --page``, and somebody before the welcome. Nothing of the kiosk runs any more afterwards."""
    with serve(site) as server:
        browser.requests()
        browser.complaints()
        pane = cast("Terminal", Pane(browser, server))
        person = PagePerson(site, pane, CalmFinger(pane), browser=browser, server=server)
        try:
            person.opens()
            person.sees(WELCOME)
            yield person
        finally:
            person.closes()
