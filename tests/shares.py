# SPDX-License-Identifier: EUPL-1.2
"""The order of the tests, so that all processes that share them end together.

Work stealing first gives each process an equal part of the list, and whoever has done takes half of what waits at the
end of another's part. So each part begins with as many seconds of long modules as the others, and ends with tests that
take no time: only those are left to be shared out at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

import pytest

SECONDS = {
    "tests/journeys/test_voice_alone.py": 45,
    "tests/journeys/test_everyone.py": 70,
    "tests/journeys/test_page_visits.py": 50,
    "tests/journeys/test_endings.py": 60,
    "tests/journeys/test_parts_fail_aloud.py": 60,
    "tests/accessibility/test_voice_heard.py": 50,
    "tests/faults/test_canaries.py": 45,
    "tests/printouts/test_cups.py": 50,
    "tests/kiosk/page/test_page_in_chromium.py": 47,
    "tests/journeys/test_turns_aloud.py": 35,
    "tests/accessibility/test_ear_heard.py": 40,
    "tests/journeys/test_walks.py": 35,
    "tests/journeys/test_heard.py": 30,
    "tests/accessibility/test_words_heard.py": 30,
    "tests/journeys/test_full_disk.py": 25,
    "tests/journeys/test_desk.py": 22,
    "tests/kiosk/test_rehearsal.py": 20,
    "tests/kiosk/test_voice_render.py": 20,
    "tests/kiosk/test_screens.py": 20,
    "tests/kiosk/test_serve.py": 16,
    "tests/faults/test_journal_kill.py": 15,
    "tests/accessibility/test_kokoro.py": 13,
    "tests/accessibility/test_understanding_heard.py": 12,
    "tests/printouts/test_renderer.py": 13,
    "tests/journeys/test_mandates.py": 10,
}
"""What the longest modules take, about, on a quiet machine."""
OTHER_SECONDS = 8


def in_shares(items: Sequence[pytest.Item], processes: int, real_time: Callable[[str], bool]) -> list[pytest.Item]:
    """``items`` in as many parts as there are processes; a module stays whole."""
    long: list[tuple[int, list[pytest.Item]]] = []
    quick: list[pytest.Item] = []
    for module, grouped in groupby(items, key=module_of):
        found = list(grouped)
        if seconds := SECONDS.get(module, OTHER_SECONDS if real_time(module) else 0):
            long.append((seconds, found))
        else:
            quick += found
    long.sort(key=lambda one: -one[0])
    parts: list[list[pytest.Item]] = [[] for _ in range(processes)]
    busy = [0] * processes
    for seconds, module_items in long:
        least = busy.index(min(busy))
        parts[least] += module_items
        busy[least] += seconds
    ordered: list[pytest.Item] = []
    for at, part in enumerate(parts):
        room = (len(items) - len(ordered)) // (processes - at) - len(part)
        ordered += part + quick[: max(0, room)]
        del quick[: max(0, room)]
    return ordered + quick


def module_of(item: pytest.Item) -> str:
    """Its file."""
    return item.nodeid.partition("::")[0]
