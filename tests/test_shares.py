# SPDX-License-Identifier: EUPL-1.2
"""The order of the tests: nothing is lost, and no process waits for another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

from tests.shares import SECONDS, in_shares, module_of

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Item:
    nodeid: str


def made(*modules: tuple[str, int]) -> list[pytest.Item]:
    return [cast("pytest.Item", Item(f"{module}::test_{n}")) for module, count in modules for n in range(count)]


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_each_part_begins_with_its_long_modules_and_all_is_there_once(processes: int) -> None:
    slow = list(SECONDS)[:7]
    items = made(("tests/quick.py", 500), *((module, 3) for module in slow), ("tests/other.py", 400))
    ordered = in_shares(items, processes, lambda _: False)
    assert sorted(one.nodeid for one in ordered) == sorted(one.nodeid for one in items)
    start, begun = 0, list[int]()
    for at in range(processes):
        part = ordered[start : start + (len(items) - start) // (processes - at)]
        start += len(part)
        modules = [module_of(one) for one in part]
        long = [module for module in modules if module in slow]
        assert modules[: len(long)] == long
        begun.append(sum(SECONDS[module] for module in set(long)))
    assert start == len(items)
    assert max(begun) - min(begun) <= max(SECONDS.values())


@pytest.mark.parametrize("processes", [3, 5])
def test_one_who_computes_begins_beside_those_who_wait(processes: int) -> None:
    items = made(*((module, 3) for module in SECONDS), ("tests/other.py", 900))
    half = set(list(SECONDS)[::2])
    ordered = in_shares(items, processes, lambda module: module in half)
    starts = [ordered[at * len(ordered) // processes] for at in range(processes)]
    waits = [module_of(one) in half for one in starts]
    assert waits == sorted(waits, reverse=True)
    assert any(waits)
    assert not all(waits)


def test_few_tests_are_shared_too() -> None:
    items = made((next(iter(SECONDS)), 9), ("tests/quick.py", 1))
    assert len(in_shares(items, 3, lambda _: False)) == 10


def test_the_long_modules_are_there() -> None:
    assert [module for module in SECONDS if not (ROOT / module).is_file()] == []
