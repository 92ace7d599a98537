# SPDX-License-Identifier: EUPL-1.2
"""What holds for every room's tests."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.shares import in_shares

if TYPE_CHECKING:
    from tests.browser import Browser

# Hundreds of processes are started: each takes half as long where it finds its modules compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# No deadline: a shared machine may be slow for a moment.
settings.register_profile("short", deadline=None, max_examples=30)
settings.register_profile("long", deadline=None, max_examples=300)  # script/test --long
settings.load_profile("short")

REAL_TIME = (
    "tests/journeys/",
    "tests/faults/",
    "tests/kiosk/page/",
    "tests/kiosk/test_in_a_terminal.py",
    "tests/accessibility/test_ear_heard.py",
    "tests/accessibility/test_ear_process.py",
    "tests/accessibility/test_ear_vosk.py",
    "tests/accessibility/test_engine.py",
    "tests/accessibility/test_voice_heard.py",
    "tests/accessibility/test_words_heard.py",
    "tests/accessibility/test_word_times.py",
    "tests/printouts/test_cups.py",
    "tests/content/test_toml_source.py",
    "tests/content/test_loader.py",
)
"""Tests that measure seconds against real processes, devices, browsers: a machine that others keep busy may make one
of them late. Such a test gets a second try; a defect fails both."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a module: each test visits a server of its own."""
    from tests.browser import open_browser

    with open_browser("about:blank") as browser:
        yield browser


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    """A command that ran in this process keeps its files private: what another test starts must not inherit that."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: a tenth of the time went into looking whether it could go."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(trylast=True)  # After they were shuffled.
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith(REAL_TIME):
            item.add_marker(pytest.mark.flaky(reruns=1))
    processes = int(getattr(config, "workerinput", {}).get("workercount", 1))
    items[:] = in_shares(items, processes, lambda module: module.startswith(REAL_TIME))
