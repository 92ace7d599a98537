# SPDX-License-Identifier: EUPL-1.2
"""A kiosk of one's own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.site import Site, make_site
from tests.journeys.tablet import tablets


@pytest.fixture(scope="module")
def tablet_browser() -> Iterator[Browser]:
    """One browser for the tablets of a module: each visits a server of its own."""
    with tablets() as browser:
        yield browser


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The procedures of Pas à pas, no voice, papers in a folder."""
    return make_site(tmp_path)
