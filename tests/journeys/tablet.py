# SPDX-License-Identifier: EUPL-1.2
"""The tablets of a site: real Chromium, and what makes its pages fit for everyone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser import CHROMIUM, NO_ADDRESS_BAR

TABLET: ViewportSize = {"width": 1024, "height": 768}
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules of axe that depend on colours: all that is other by night."""
_NOT_AS_USUAL = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "PaintHolding", "LensOverlay"),
    *("HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "ThirdPartyStoragePartitioning", "MediaRouter"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled"),
    *("PreconnectToSearch",),
)
"""What Playwright switches off itself: Chromium takes the last list alone."""
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
        off = f"--disable-features={','.join(_NOT_AS_USUAL + NO_ADDRESS_BAR)}"
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", off])
        yield browser
        browser.close()


def no_rule_is_broken(page: Page) -> None:
    """axe finds nothing, by daylight and by night."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    page.emulate_media(color_scheme="dark")
    _look(page, {"runOnly": {"type": "rule", "values": COLOURS}})
    page.emulate_media(color_scheme="light")
    _look(page, {})


def _look(page: Page, options: dict[str, object]) -> None:
    found = AxeResults(page.evaluate("(options) => axe.run(options)", options | {"resultTypes": ["violations"]}))
    assert found.violations_count == 0, found.generate_report()


def everyone_can_use(page: Page) -> None:
    """Nothing that axe finds, every button large enough for a finger, nothing cut."""
    no_rule_is_broken(page)
    assert page.evaluate(TOO_SMALL) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is cut on a tablet"
