# SPDX-License-Identifier: EUPL-1.2
"""kill -9 at any instant: every acknowledged event is there, and the chain is valid."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assist.journal.protocol import JournalFault
from assist.journal.store import open_journal
from assist.journal.verification import export, verify
from tests.assist.sample_journal import noon

CYCLES_A_JOURNAL = 25


@pytest.fixture
def victim() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.faults.killable"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait() == 0


def kill_once(victim: subprocess.Popen[str], path: Path) -> list[range]:
    """Start a child, kill it at a random instant, and give back what it acknowledged."""
    assert victim.stdin is not None
    assert victim.stdout is not None
    print(path, file=victim.stdin, flush=True)
    said = [victim.stdout.readline()]
    while not said[-1].startswith("pid"):
        said.append(victim.stdout.readline())
    # One in three dies while it opens; the others after some appends. Never at a round moment.
    instant = random.uniform(0, 0.03)  # noqa: S311
    if random.random() < 0.67:  # noqa: S311
        said.append(victim.stdout.readline())
    select.select([], [], [], instant)
    os.kill(pid_of(said), signal.SIGKILL)
    while said[-1] not in ("dead\n", "gave up\n"):
        said.append(victim.stdout.readline())
    assert said[-1] == "dead\n", "it must not end by itself"
    acks = [line.split()[1:] for line in said if line.startswith("ack")]
    return [range(int(first), int(first) + int(count)) for first, count in acks]


def pid_of(said: list[str]) -> int:
    return next(int(line.split()[1]) for line in said if line.startswith("pid"))


def run(victim: subprocess.Popen[str], folder: Path, cycles: int) -> int:
    """``cycles`` deaths; how many events were acknowledged in all."""
    acknowledged = 0
    before = 0
    for cycle in range(cycles):
        path = folder / str(cycle // CYCLES_A_JOURNAL) / "journal.db"
        before = before if cycle % CYCLES_A_JOURNAL else 0
        acks = kill_once(victim, path)
        verdict = verify(path)
        if not acks and verdict.flaw in ("missing_file", "empty"):
            continue  # killed before there was a journal
        assert verdict.intact, (cycle, verdict)
        expected = before
        for seqs in acks:
            # Between two children stand the ends of the sessions that were cut.
            assert seqs.start > expected
            expected = seqs.stop - 1
        assert verdict.events >= expected, "an acknowledged event is lost"
        before = verdict.events
        acknowledged += sum(map(len, acks))
    return acknowledged


def check_last(folder: Path) -> None:
    """The journals open as usual, without anything to set aside."""
    for path in folder.glob("*/journal.db"):
        opened = open_journal(path, "borne-1", noon)
        assert (opened.fault, opened.set_aside) == (None, ())
        opened.journal.close()
        found = export(path)
        assert not isinstance(found, JournalFault)
        assert [row["seq"] for row in found] == list(range(1, verify(path).events + 1))
        assert list(path.parent.glob("*.mis-de-cote-*")) == []


def test_a_hundred_deaths(victim: subprocess.Popen[str], tmp_path: Path) -> None:
    assert run(victim, tmp_path, 100) > 250, "two in three die after something was acknowledged"
    check_last(tmp_path)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_two_thousand_deaths(victim: subprocess.Popen[str], tmp_path: Path) -> None:
    assert run(victim, tmp_path, 2000) > 10_000
    check_last(tmp_path)
