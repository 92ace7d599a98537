# SPDX-License-Identifier: EUPL-1.2
"""The order of the tests, so that all processes that share them end together.

Work stealing first gives each process an equal part of the list, and whoever has done takes half of what waits at the
end of another's part. So each part begins with as many seconds of long modules as the others, and ends with tests that
take no time: only those are left to be shared out at the end.

Tests in real time mostly wait, for a person who reads, for a voice; the others ask for a processor all the time. Two
parts of three, three of four, begin with the former, and the last with the latter: at any moment somebody computes
while others wait, and what is measured in seconds is not measured among four who compute.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from math import ceil

import pytest

SECONDS = {
    "tests/journeys/test_voice_alone.py": 103,
    "tests/journeys/test_turns_aloud.py": 99,
    "tests/kiosk/page/test_page_in_chromium.py": 91,
    "tests/journeys/test_parts_fail_aloud.py": 79,
    "tests/journeys/test_everyone.py": 79,
    "tests/journeys/test_page_visits.py": 71,
    "tests/journeys/test_desk_and_kiosk.py": 67,
    "tests/journeys/test_endings.py": 65,
    "tests/faults/test_canaries.py": 61,
    "tests/printouts/test_cups.py": 60,
    "tests/assist/sync/test_link.py": 49,
    "tests/journeys/test_commands.py": 42,
    "tests/journeys/test_walks.py": 42,
    "tests/kiosk/test_voice_render.py": 41,
    "tests/accessibility/test_kokoro.py": 33,
    "tests/accessibility/test_voice_heard.py": 32,
    "tests/journeys/test_review.py": 32,
    "tests/printouts/test_renderer.py": 32,
    "tests/accessibility/test_ear_files.py": 31,
    "tests/faults/test_mandate_faults.py": 31,
    "tests/accessibility/test_ear_heard.py": 30,
    "tests/faults/test_restart_of_the_kiosk.py": 29,
    "tests/accessibility/test_words_heard.py": 25,
    "tests/journeys/test_desk.py": 25,
    "tests/journeys/test_staff.py": 24,
    "tests/journeys/test_heard.py": 24,
    "tests/kiosk/test_commands.py": 23,
    "tests/assist/server/test_report_store.py": 22,
    "tests/accessibility/test_ear_vosk.py": 19,
    "tests/assist/server/test_mandates.py": 18,
    "tests/accessibility/test_understanding_heard.py": 17,
    "tests/conformity/test_paper_and_voice.py": 17,
    "tests/journeys/test_mandates.py": 15,
    "tests/kiosk/test_rehearsal.py": 15,
    "tests/assist/server/test_any_request.py": 15,
    "tests/kiosk/test_meaning.py": 14,
    "tests/journeys/test_lab.py": 14,
    "tests/assist/server/test_report_pages.py": 14,
}
"""What the longest modules take, about, where four processes share two processors (``pytest --durations=0``)."""
OTHER_SECONDS = 8


def in_shares(items: Sequence[pytest.Item], processes: int, real_time: Callable[[str], bool]) -> list[pytest.Item]:
    """``items`` in as many parts as there are processes; a module stays whole."""
    long: list[tuple[bool, int, list[pytest.Item]]] = []
    quick: list[pytest.Item] = []
    for module, grouped in groupby(items, key=module_of):
        found = list(grouped)
        waits = real_time(module)
        if seconds := SECONDS.get(module, OTHER_SECONDS if waits else 0):
            long.append((waits, seconds, found))
        else:
            quick += found
    long.sort(key=lambda one: (not one[0], -one[1]))  # Those that wait, then the others; the longest first.
    waiting = ceil(processes * 2 / 3)
    parts: list[list[pytest.Item]] = [[] for _ in range(processes)]
    busy = [0] * processes
    for waits, seconds, module_items in long:
        least = busy.index(min(busy[:waiting] if waits else busy))
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
