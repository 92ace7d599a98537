# SPDX-License-Identifier: EUPL-1.2
"""A person at the touch page: a real Chromium with a real (emulated) touch screen.

The screen is read from the rows that xterm.js puts into the document: there is no test door in the page.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

WINDOW = (1280, 800)
CHROMIUM = "/usr/bin/chromium"
CHROMEDRIVER = "/usr/bin/chromedriver"
LOOK_SECONDS = 0.1
"""The longest until the next look. What changes on the screen is seen at once; pictures, and what is no screen, only
then."""
FINGER_SECONDS = 0.2
"""No finger comes back sooner; the page takes a quicker touch for a bounce."""

NO_ADDRESS_BAR = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup")
"""Features of Chromium that are switched off. No window here has an address bar, yet each makes the pages of its
suggestions ready, in a process of their own: that took longer than opening the window."""

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--touch-events=enabled",
    f"--disable-features={','.join(NO_ADDRESS_BAR)}",
)

_LOOK = """
const [former, seconds] = arguments;
const look = () => {
  const rows = [...document.querySelectorAll('.xterm-rows > div')];
  const veil = document.getElementById('veil');
  return [
    rows.map(row => row.textContent.replaceAll('\\u00a0', ' ').trimEnd()).join('\\n'),
    !veil || veil.hidden ? '' : veil.innerText,
  ];
};
const changed = (seen) => former === null || seen.some((words, at) => words !== former[at]);
return new Promise(answer => {
  const first = look();
  if (changed(first)) {
    answer(first);
    return;
  }
  const end = (seen) => {
    observer.disconnect();
    clearTimeout(timer);
    answer(seen);
  };
  const observer = new MutationObserver(() => {
    const seen = look();
    if (changed(seen)) end(seen);
  });
  const timer = setTimeout(() => end(first), seconds * 1000);
  observer.observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
});
"""
"""The terminal's rows and the words of the veil, as soon as they are others than before. Each look costs four
processes some milliseconds: a screen at rest is not to be looked at fifty times a second."""

_FIND = """
const wanted = arguments[0].replaceAll('\\u00a0', ' ');
const places = [];
for (const row of document.querySelectorAll('.xterm-rows > div')) {
  const text = row.textContent.replaceAll('\\u00a0', ' ');
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let seen = 0, started = false;
    while (walker.nextNode()) {
      const node = walker.currentNode, length = node.data.length, end = at + wanted.length - seen;
      if (!started && at < seen + length) { range.setStart(node, at - seen); started = true; }
      if (started && end <= length) { range.setEnd(node, end); break; }
      seen += length;
    }
    const box = range.getBoundingClientRect();
    places.push([box.x + box.width / 2, box.y + box.height / 2]);
  }
}
return places;
"""

_CELL = """
const box = document.querySelector('.xterm-screen').getBoundingClientRect();
const rows = document.querySelectorAll('.xterm-rows > div').length;
return [box.x, box.y, box.height / rows, box.width];
"""


@dataclass(frozen=True)
class Look:
    """What is seen of the page at one moment."""

    screen: str
    """The terminal's text, a line a row, without trailing blanks. Empty when there is no terminal."""
    veil: str
    """The words of the veil, or an empty string when the app is shown."""


class NotSeen(AssertionError):
    """What was expected did not come; the message holds what was on the screen instead."""


@dataclass
class Browser:
    """One window on the page."""

    driver: Chrome
    lifted: float = 0.0
    """When the finger last left the screen."""

    # What is seen

    def look(self, former: Look | None = None) -> Look:
        """What is seen now; or, where nothing has changed since ``former``, as soon as something has, and after
        :data:`LOOK_SECONDS` at the latest."""
        before = None if former is None else [former.screen, former.veil]
        return Look(*self.driver.execute_script(_LOOK, before, LOOK_SECONDS))

    def screen(self) -> str:
        """The terminal's text, whatever covers it."""
        return self.look().screen

    def veil(self) -> str:
        """The words of the veil."""
        return self.look().veil

    def wait_for(self, text: str, timeout: float = 10.0) -> str:
        """Wait until ``text`` is on the app's screen (and the veil is off); the screen."""
        return self._wait(lambda seen: text in seen.screen and not seen.veil, f"« {text} »", timeout)

    def wait_for_veil(self, text: str, timeout: float = 10.0) -> str:
        """Wait until the veil says ``text``."""
        return self._wait(lambda seen: text in seen.veil, f"veil « {text} »", timeout)

    def wait_until(self, true: Callable[[], bool], what: str, timeout: float = 10.0) -> str:
        """Wait until ``true()``; the screen."""
        self._wait(lambda _: true(), what, timeout)
        return self.screen()

    def _wait(self, true: Callable[[Look], bool], what: str, timeout: float) -> str:
        end = time.monotonic() + timeout
        seen = self.look()
        while not true(seen):
            if time.monotonic() > end:
                raise NotSeen(f"{what} not seen in {timeout} s. Veil: {seen.veil!r}. Screen:\n{seen.screen}")
            seen = self.look(seen)
        return seen.screen

    def screenshot(self, path: Path) -> Path:
        """A PNG of the window, as it is."""
        path.parent.mkdir(parents=True, exist_ok=True)
        assert self.driver.save_screenshot(str(path))
        return path

    def requests(self) -> list[str]:
        """Every address asked for since the last call, by the page or by the browser for it."""
        asked = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                asked.append(message["params"]["request"]["url"])
            elif message["method"] == "Network.webSocketCreated":
                asked.append(message["params"]["url"])
        return asked

    def complaints(self) -> list[str]:
        """What the browser's console said since the last call (content policy, script errors)."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    # What is done

    def tap(self, column: int, row: int) -> None:
        """Touch the middle of a cell (0, 0 is the top left)."""
        x, y, height, width = self.driver.execute_script(_CELL)
        columns = self.columns()
        self.touch(x + (column + 0.5) * width / columns, y + (row + 0.5) * height)

    def columns(self) -> int:
        """Cells in a row."""
        return self.driver.execute_script(
            "const s = document.querySelector('.xterm-screen').getBoundingClientRect();"
            "const c = document.createElement('canvas').getContext('2d');"
            "const r = getComputedStyle(document.querySelector('.xterm-rows'));"
            "c.font = `${r.fontSize} ${r.fontFamily}`;"
            "return Math.round(s.width / c.measureText('W').width);"
        )

    def place_of(self, text: str, timeout: float = 10.0, which: int = 0) -> tuple[float, float]:
        """Where the middle of ``text`` is, in pixels, once it is there and rests: two looks find it alike."""
        self.wait_for(text, timeout)
        former: list[list[float] | None] = [None]

        def rests() -> bool:
            before, former[0] = former[0], self._find(text, which)
            return former[0] is not None and former[0] == before

        self.wait_until(rests, f"« {text} » at rest", timeout)
        assert former[0] is not None
        return former[0][0], former[0][1]

    def _find(self, text: str, which: int) -> list[float] | None:
        found: list[list[float]] = self.driver.execute_script(_FIND, text)
        return found[which] if -len(found) <= which < len(found) else None

    def tap_on(self, text: str, timeout: float = 10.0, which: int = 0) -> None:
        """Touch ``text`` when it rests on the screen; ``which`` of them, from the top, -1 for the last."""
        self.touch(*self.place_of(text, timeout, which))

    def touch(self, x: float, y: float, slide: Sequence[tuple[float, float]] = (), hold: float = 0.0) -> None:
        """Put a finger at (x, y), slide it by each offset in turn, hold it ``hold`` seconds, lift it."""
        time.sleep(max(0.0, self.lifted + FINGER_SECONDS - time.monotonic()))
        self._touch("touchStart", [{"x": x, "y": y}])
        for dx, dy in slide:
            self._touch("touchMove", [{"x": x + dx, "y": y + dy}])
        if hold:
            time.sleep(hold)
        self._touch("touchEnd", [])
        self.lifted = time.monotonic()

    def _touch(self, kind: str, points: list[dict[str, float]]) -> None:
        self.cdp("Input.dispatchTouchEvent", type=kind, touchPoints=points)

    def keys(self, *keys: str) -> None:
        """Press keys, by their names: "Enter", "Tab", "ArrowDown", "Backspace", "Escape", or one letter each."""
        for key in keys:
            code = _KEY_CODES.get(key, 0)
            text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
            down: dict[str, Any] = {"type": "keyDown" if text else "rawKeyDown", "key": key, "text": text}
            self.cdp("Input.dispatchKeyEvent", **down, windowsVirtualKeyCode=code, code=key if code else "")
            self.cdp("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def write(self, text: str) -> None:
        """Type letters."""
        self.keys(*text)

    def reload(self) -> None:
        self.driver.refresh()

    def cdp(self, command: str, **parameters: object) -> Any:
        """One command of the Chrome DevTools protocol."""
        return self.driver.execute_cdp_cmd(command, parameters)

    def visit(self, url: str) -> None:
        """Go to another address ("about:blank" leaves the page)."""
        self.driver.get(url)
        self.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 5})

    def resize(self, width: int, height: int) -> None:
        """A headless window counts its absent frame in its size: the view itself is set."""
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    @contextlib.contextmanager
    def second_window(self, url: str) -> Iterator[Browser]:
        """Another window of the same browser, in front while it lasts."""
        first = self.driver.current_window_handle
        self.driver.switch_to.new_window("window")
        try:
            self.visit(url)
            yield self
        finally:
            self.driver.close()
            self.driver.switch_to.window(first)

    def pixel(self, path: Path, x: int, y: int) -> tuple[int, int, int]:
        """Red, green, blue of one pixel of a screenshot."""
        from PIL import Image

        with Image.open(path) as shot:
            red, green, blue = shot.convert("RGB").getpixel((x, y))  # type: ignore[misc]
            return red, green, blue


_KEY_CODES = {
    "Backspace": 8,
    "Tab": 9,
    "Enter": 13,
    "Escape": 27,
    "PageUp": 33,
    "PageDown": 34,
    "End": 35,
    "Home": 36,
    "ArrowLeft": 37,
    "ArrowUp": 38,
    "ArrowRight": 39,
    "ArrowDown": 40,
    "Delete": 46,
    "F5": 116,
}


@contextlib.contextmanager
def open_browser(url: str, size: tuple[int, int] = WINDOW) -> Iterator[Browser]:
    """A fresh Chromium on ``url``, its window ``size`` pixels large; nothing of it is left afterwards."""
    home = Path(tempfile.mkdtemp(prefix="pas-a-pas-chromium-"))
    options = ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*_FLAGS, f"--user-data-dir={home}", f"--window-size={size[0]},{size[1]}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = Chrome(options=options, service=Service(executable_path=CHROMEDRIVER))
    try:
        browser = Browser(driver)
        browser.resize(*size)
        driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 5})
        driver.get(url)
        yield browser
    finally:
        driver.quit()
        shutil.rmtree(home, ignore_errors=True)


def is_local(url: str, port: int) -> bool:
    """Whether ``url`` is of the page's own server, or reaches no network at all."""
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob", "about") or parts.netloc == f"127.0.0.1:{port}"
