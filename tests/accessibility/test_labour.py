# SPDX-License-Identifier: EUPL-1.2
"""Slow is told from hung by the processor's time that is taken."""

from __future__ import annotations

import os
import subprocess
import time

from accessibility.processes.labour import A_LITTLE, Labour, processor_seconds


def test_what_takes_the_processor_works_and_what_takes_almost_nothing_does_not() -> None:
    spent = iter([1.0, 1.0, 1.0 + A_LITTLE / 2, 1.0 + 2 * A_LITTLE, 1.0 + 2 * A_LITTLE])
    labour = Labour(lambda: next(spent))
    assert [labour.last(now) for now in (10.0, 11.0, 12.0, 13.0, 14.0)] == [10.0, 10.0, 10.0, 13.0, 13.0]


def test_little_by_little_is_work_too() -> None:
    spent = iter([0.0, A_LITTLE * 0.6, A_LITTLE * 1.2])
    labour = Labour(lambda: next(spent))
    assert [labour.last(now) for now in (1.0, 2.0, 3.0)] == [float("-inf"), float("-inf"), 3.0]


def test_a_process_that_replaces_another_begins_anew() -> None:
    spent = iter([8.0, 0.5])
    labour = Labour(lambda: next(spent))
    assert [labour.last(now) for now in (1.0, 2.0)] == [1.0, 2.0]


def test_what_stands_still_hangs_and_so_does_what_works_in_vain() -> None:
    spent = iter([1.0, 1.0, 1.0, 2.0, 3.0])
    labour = Labour(lambda: next(spent))
    looks = (11.0, 13.0, 13.1, 14.0, 15.1)
    assert [labour.hangs(now, 10.0, still=2.0, slow=5.0) for now in looks] == [False, False, True, False, True]


def test_the_processor_s_time_is_that_of_the_process() -> None:
    before = time.process_time()
    assert abs(processor_seconds(os.getpid()) - before) < 1
    assert processor_seconds(None) == 0
    gone = subprocess.Popen(["true"])
    gone.wait()
    assert processor_seconds(gone.pid) == 0
