# SPDX-License-Identifier: EUPL-1.2
"""A kiosk of one's own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.site import Site, make_site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The procedures of Pas à pas, no voice, papers in a folder."""
    return make_site(tmp_path)
