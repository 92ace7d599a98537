# SPDX-License-Identifier: EUPL-1.2
"""A conversation that has begun, on its welcome screen."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.kiosk.scripted_kiosk import Kiosk, make


@pytest.fixture
async def kiosk() -> AsyncIterator[Kiosk]:
    kiosk = make()
    await kiosk.dialogue.start()
    yield kiosk
    await kiosk.dialogue.close()
