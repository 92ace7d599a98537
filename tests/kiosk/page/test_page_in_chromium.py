# SPDX-License-Identifier: EUPL-1.2
"""What a person meets at the touch page, in a real Chromium with a touch screen."""

from __future__ import annotations

import math
import os
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from kiosk.config import ScreenSettings
from tests.browser import Browser, is_local
from tests.kiosk.page.conftest import PageServer

Serve = Callable[..., PageServer]
GROUND = (255, 247, 224)
DISC = (190, 20, 40)
SIZES = {"Petit": (100, 32), "Grand": (84, 27), "Plus grand": (72, 23), "Immense": (60, 20)}

NEVER_SILENT = """
const usual = window.setTimeout;
window.beats = 0;
window.setTimeout = (then, milliseconds) => {
  if (milliseconds !== 5000) return usual(then, milliseconds);
  window.beats += 1;
  return 0;
};
"""
"""The page no longer takes the server's silence for its end."""


def shown_size(browser: Browser) -> tuple[int, int, int, int]:
    """Columns, rows, cell width and height, as the app sees them; zeros while it does not say."""
    found = re.search(r"taille : (\d+)x(\d+) case : (\d+)x(\d+)", browser.screen())
    columns, rows, width, height = map(int, found.groups()) if found else (0, 0, 0, 0)
    return columns, rows, width, height


def share_of(colour: tuple[int, int, int], shot: Path, tolerance: int = 6) -> float:
    """The share of a picture's pixels that are of about this colour."""
    with Image.open(shot) as opened:
        pixels = np.asarray(opened.convert("RGB"), dtype=int)
    return float((abs(pixels - colour) <= tolerance).all(axis=2).mean())


def wait_for_pictures(browser: Browser, shot: Path) -> None:
    browser.wait_until(lambda: share_of(DISC, browser.screenshot(shot)) > 0.02, "the red discs")


def test_shows_the_app_and_asks_nothing_of_the_world(serve_page: Serve, browser: Browser) -> None:
    server = serve_page()
    browser.visit(server.url)
    browser.wait_for("Ma borne est là — images : sixel")
    asked = browser.requests()
    assert f"ws://127.0.0.1:{server.port}/ws" in asked
    assert [url for url in asked if not is_local(url, server.port)] == []
    assert browser.complaints() == []
    assert browser.driver.get_cookies() == []
    assert browser.driver.execute_script("return document.cookie + JSON.stringify(localStorage)") == "{}"


def test_a_tap_is_one_click(serve_page: Serve, browser: Browser) -> None:
    browser.visit(serve_page().url)
    for count in range(1, 4):
        browser.tap_on("Toucher ici")
        browser.wait_for(f"touches : {count}")
    browser.tap_on("Écrivez")
    browser.write("é")
    assert "touches : 3" in browser.wait_for("tapé : 1 (é)"), "a late second click came"


@pytest.mark.clause("WCAG 2.5.2", "PAP 26")
def test_trembling_and_slow_fingers_click_once(serve_page: Serve, browser: Browser) -> None:
    browser.visit(serve_page().url)
    x, y = browser.place_of("Toucher ici")
    browser.touch(x, y, slide=[(4, 3), (-6, 8), (12, -9)])
    browser.wait_for("touches : 1")
    browser.touch(x, y, hold=1.2)
    browser.wait_for("touches : 2")
    browser.touch(x, y, slide=[(200, -200)])  # slid away: changed their mind
    browser.touch(x, y, slide=[(200, -200), (0, 0)])
    browser.tap_on("Écrivez")
    browser.write("a")
    assert "touches : 2" in browser.wait_for("tapé : 1 (a)")


@pytest.mark.clause("EN 5.8", "PAP 26")
def test_a_bouncing_finger_clicks_once(serve_page: Serve, browser: Browser) -> None:
    browser.visit(serve_page().url)
    x, y = browser.place_of("Toucher ici")
    browser.driver.execute_script(
        """
        const target = document.elementFromPoint(arguments[0], arguments[1]);
        for (let i = 0; i < 3; i += 1) {
          const touch = new Touch({ identifier: i, target, clientX: arguments[0] + i, clientY: arguments[1] });
          for (const name of ["touchstart", "touchend"]) {
            target.dispatchEvent(new TouchEvent(name, { changedTouches: [touch], bubbles: true, cancelable: true }));
          }
        }
        """,
        x,
        y,
    )
    browser.tap_on("Écrivez")
    browser.write("a")
    assert "touches : 1" in browser.wait_for("tapé : 1 (a)")


@pytest.mark.clause("PAP 12", "WCAG 1.3.4")
@pytest.mark.parametrize(
    ("window", "names"),
    [
        pytest.param((1280, 800), tuple(SIZES), id="1280x800"),
        pytest.param((1920, 1080), ("Petit", "Immense"), id="1920x1080", marks=pytest.mark.long),
        pytest.param((800, 1280), ("Petit", "Immense"), id="800x1280"),
    ],
)
def test_four_sizes_change_in_place(
    serve_page: Serve, browser: Browser, window: tuple[int, int], names: tuple[str, ...], tmp_path: Path
) -> None:
    browser.resize(*window)
    browser.visit(serve_page().url)
    browser.wait_for("Ma borne")
    cells: list[int] = []
    for name in names:
        least_columns, least_rows = SIZES[name]
        browser.tap_on(name)
        browser.wait_until(lambda: shown_size(browser)[2] > max(cells, default=0), f"size {name}")
        columns, rows, width, height = shown_size(browser)
        assert columns >= least_columns
        assert rows >= least_rows
        assert columns * width <= window[0]
        assert rows * height <= window[1]
        cells.append(width)
        shot = tmp_path / f"{window[0]}-{name}.png"
        wait_for_pictures(browser, shot)
        assert share_of((0, 0, 0), shot, tolerance=2) < 0.002, "black bands"
        assert share_of((255, 255, 255), shot, tolerance=1) < 0.002, "the window's edges"


@pytest.mark.clause("EN 5.1.4")
def test_the_largest_letters_are_read_from_an_arm_away(serve_page: Serve, browser: Browser) -> None:
    """EN 301 549, 5.1.4: a capital H takes 0.7 degree, here at 60 cm from the screen that kiosk.toml describes."""
    screen, window = ScreenSettings(), (1920, 1080)
    browser.resize(*window)
    browser.visit(serve_page().url)
    browser.tap_on("Immense")
    browser.wait_until(lambda: 20 <= shown_size(browser)[1] < 23, "the largest letters")
    pixels = browser.driver.execute_script(
        """
        const font = getComputedStyle(document.querySelector(".xterm-rows"));
        const context = document.createElement("canvas").getContext("2d");
        context.font = `${font.fontSize} ${font.fontFamily}`;
        return context.measureText("H").actualBoundingBoxAscent;
        """
    )
    height_mm = pixels * screen.width_mm / window[0]
    assert math.degrees(math.atan(height_mm / 600)) >= 0.7


def test_a_reloaded_page_is_painted_again(serve_page: Serve, browser: Browser, tmp_path: Path) -> None:
    browser.visit(serve_page().url)
    browser.tap_on("Plus grand")
    browser.wait_until(lambda: "80x24" in browser.screen(), "larger text")
    browser.tap_on("Toucher ici")
    browser.wait_for("touches : 1")
    wait_for_pictures(browser, tmp_path / "before.png")
    browser.reload()
    screen = browser.wait_for("touches : 1")
    assert "taille : 80x24" in browser.wait_until(lambda: "taille : 80x24" in browser.screen(), "the settled size")
    assert "Écrivez" in screen
    wait_for_pictures(browser, tmp_path / "after.png")
    browser.tap_on("Toucher ici")
    browser.wait_for("touches : 2")


def test_a_second_window_waits_for_its_turn(serve_page: Serve, browser: Browser) -> None:
    server = serve_page()
    browser.visit(server.url)
    browser.tap_on("Toucher ici")
    browser.wait_for("touches : 1")
    with browser.second_window(server.url):
        browser.wait_for_veil("La borne est déjà ouverte dans une autre fenêtre.")
        assert browser.screen() == ""
        first, second = browser.driver.window_handles
        browser.driver.switch_to.window(first)
        assert "touches : 1" in browser.screen()
        assert browser.veil() == ""
        browser.visit("about:blank")
        browser.driver.switch_to.window(second)
        browser.wait_for("touches : 1")


@pytest.mark.parametrize("way", ["kill -9", "crash", pytest.param("exit", marks=pytest.mark.long)])
def test_a_dead_app_is_said_and_started_again(serve_page: Serve, browser: Browser, tmp_path: Path, way: str) -> None:
    server = serve_page(SAMPLE_SECRET="canari-4217")  # noqa: S106
    browser.visit(server.url)
    browser.tap_on("Immense")
    browser.wait_until(lambda: 0 < shown_size(browser)[1] < 24, "larger text")
    browser.tap_on("Toucher ici")
    browser.wait_for("touches : 1")
    browser.driver.execute_script(
        """
        window.seen = [];
        new MutationObserver(() => window.seen.push(
          [document.getElementById('veil').innerText, document.querySelector('.xterm') !== null, performance.now()]))
          .observe(document.getElementById('veil'), { childList: true, attributes: true });
        window.began = performance.now();
        """
    )
    if way == "kill -9":
        server.wait_app().send_signal(signal.SIGKILL)
    else:
        browser.tap_on({"crash": "Tomber", "exit": "Finir"}[way])
    browser.wait_for("touches : 0")
    seen = browser.driver.execute_script("return window.seen.map(([v, t, at]) => [v, t, at - window.began])")
    said = [(terminal, at) for words, terminal, at in seen if words.startswith("La borne redémarre…")]
    assert said
    assert said[0][1] < 2000
    browser.wait_until(lambda: shown_size(browser)[1] >= 32, "the normal size for the next person")


def test_nothing_of_the_former_person_is_left_while_it_restarts(
    serve_page: Serve, browser: Browser, tmp_path: Path
) -> None:
    marker = tmp_path / "once"
    program = (
        "import os, pathlib, runpy, sys, time\n"
        f"m = pathlib.Path({str(marker)!r})\n"
        "if m.exists(): time.sleep(60)\n"
        "m.touch(); sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')\n"
    )
    sample = str(Path(__file__).with_name("sample_app.py"))
    server = serve_page((sys.executable, "-c", program, sample), SAMPLE_SECRET="canari-4217")  # noqa: S106
    browser.visit(server.url)
    browser.wait_for("canari-4217")
    server.wait_app().send_signal(signal.SIGKILL)
    browser.wait_for_veil("Un instant…")  # the second start, which paints nothing
    document = browser.driver.execute_script("return document.documentElement.outerHTML")
    assert "canari-4217" not in document
    assert browser.driver.execute_script("return document.querySelectorAll('canvas').length") <= 1
    shot = browser.screenshot(tmp_path / "veil.png")
    assert share_of(DISC, shot) == 0


def test_an_app_that_always_dies_is_trouble(serve_page: Serve, browser: Browser) -> None:
    browser.visit(serve_page((sys.executable, "-c", "raise SystemExit(3)")).url)
    words = browser.wait_for_veil("La borne a un problème.", timeout=15)
    assert words == ""
    assert "Demandez de l’aide à l’accueil." in browser.veil()
    assert "kiosk doctor" in browser.veil()
    assert "Ask for help at the front desk." in browser.veil(), "nobody has chosen a language yet"


def test_a_dead_server_is_said_and_found_again(serve_page: Serve, browser: Browser) -> None:
    server = serve_page()
    browser.visit(server.url)
    browser.wait_for("Ma borne")
    browser.driver.execute_script(NEVER_SILENT)
    browser.wait_until(lambda: browser.driver.execute_script("return window.beats") > 0, "a beat of the server")
    os.kill(server.pid, signal.SIGKILL)
    browser.wait_for_veil("La borne redémarre…")
    assert browser.screen() == ""
    server.stop()
    server.start()
    browser.wait_for("touches : 0")


def test_a_frozen_server_is_said(serve_page: Serve, browser: Browser) -> None:
    server = serve_page()
    browser.visit(server.url)
    browser.wait_for("Ma borne")
    os.kill(server.pid, signal.SIGSTOP)
    try:
        browser.wait_for_veil("La borne redémarre…", timeout=30)  # It is silent for 5 s.
    finally:
        os.kill(server.pid, signal.SIGCONT)
    browser.wait_for("touches : 0")


def test_ten_megabytes_pasted_are_dropped(serve_page: Serve, browser: Browser) -> None:
    browser.visit(serve_page().url)
    browser.tap_on("Écrivez")
    browser.write("ab")
    browser.wait_for("tapé : 2 (ab)")
    browser.cdp("Input.insertText", text="x" * 10_000_000)
    browser.driver.execute_script(
        """
        const data = new DataTransfer();
        data.setData('text/plain', 'y'.repeat(10_000_000));
        document.querySelector('textarea').dispatchEvent(
          new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        """
    )
    browser.tap_on("Toucher ici")  # It waits behind whatever the app was given.
    assert "tapé : 2 (ab)" in browser.wait_for("touches : 1")


@pytest.mark.clause("PAP 25")
def test_the_browser_s_own_doors_are_shut(serve_page: Serve, browser: Browser) -> None:
    browser.visit(serve_page().url)
    browser.tap_on("Écrivez")
    browser.driver.execute_script("window.stillHere = true")
    for key, modifiers in [("r", 2), ("w", 2), ("t", 2), ("p", 2), ("f", 2), ("+", 2), ("i", 10), ("ArrowLeft", 1)]:
        for kind in ("rawKeyDown", "keyUp"):
            browser.cdp(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                modifiers=modifiers,
                windowsVirtualKeyCode=ord(key[0].upper()),
            )
    browser.keys("F5", "F1", "F11", "F12")
    browser.write("ok")
    browser.wait_for("tapé : 2 (ok)")
    assert browser.driver.execute_script("return window.stillHere === true")
    prevented = browser.driver.execute_script(
        """
        return ['contextmenu', 'selectstart', 'dragstart', 'drop', 'copy', 'paste'].filter(name =>
          document.querySelector('.xterm-screen').dispatchEvent(new Event(name, { bubbles: true, cancelable: true })));
        """
    )
    assert prevented == []
    assert len(browser.driver.window_handles) == 1
    assert browser.driver.execute_script("return document.querySelector('textarea').inputMode") == "none"
    browser.driver.execute_script("history.back()")
    browser.write("!")
    browser.wait_for("tapé : 3 (ok!)")
    assert browser.driver.execute_script("return window.stillHere === true")


@pytest.mark.clause("WCAG 2.1.1")
def test_keys_alone_do_everything(serve_page: Serve, browser: Browser) -> None:
    browser.visit(serve_page().url)
    browser.wait_for("Ma borne")
    browser.keys("Enter")  # the first button has the focus, the page needs no first click
    browser.wait_for("touches : 1")
    browser.keys(*["Tab"] * 7)
    browser.wait_for("ici : field")
    browser.write("çÉà €")
    browser.wait_for("tapé : 5 (çÉà €)")
