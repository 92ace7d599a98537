# SPDX-License-Identifier: EUPL-1.2
"""The tablets of a site: real Chromium, and what makes its pages fit for everyone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser import CHROMIUM

TABLET: ViewportSize = {"width": 1024, "height": 768}
TOO_SMALL = """
() => [...document.querySelectorAll("main :is(a, button, label:has(input), select, textarea, summary)")]
  .filter((one) => one.checkVisibility())
  .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 44 || box.height < 44)
  .map(([words]) => words)
"""
"""The words of what is too small for a finger."""


@contextmanager
def tablets() -> Iterator[Browser]:
    """The browser of every tablet."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def no_rule_is_broken(page: Page) -> None:
    """axe finds nothing, by daylight and by night."""
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def everyone_can_use(page: Page) -> None:
    """Nothing that axe finds, every button large enough for a finger, nothing cut."""
    no_rule_is_broken(page)
    assert page.evaluate(TOO_SMALL) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is cut on a tablet"
