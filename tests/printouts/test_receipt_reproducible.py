# SPDX-License-Identifier: EUPL-1.2
"""The same receipt gives the same bytes, today, tomorrow and elsewhere."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import textwrap
from pathlib import Path

from printouts.model import Paper
from printouts.render import render
from tests.printouts.receipts import full

PROGRAM = textwrap.dedent("""
    import hashlib, sys, time
    moment = float(sys.argv[1])
    time.time, time.time_ns = (lambda: moment), (lambda: int(moment * 1e9))
    real = time.gmtime, time.localtime
    time.gmtime = lambda seconds=None: real[0](moment if seconds is None else seconds)
    time.localtime = lambda seconds=None: real[1](moment if seconds is None else seconds)
    from pathlib import Path
    from printouts.model import Paper
    from printouts.render import render
    from tests.printouts.receipts import full
    for paper in map(Paper, sys.argv[3:]):
        pdf = render(full(Path(sys.argv[2])), paper, roots=[Path(sys.argv[2]).parent])
        print(paper, hashlib.sha256(pdf).hexdigest())
""")


def fresh(moment: float, pictogram: Path, *papers: Paper, **environment: str) -> dict[str, str]:
    """What a process of its own makes, one paper after the other."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(moment), pictogram, *papers],
        capture_output=True, text=True, timeout=60, check=True, cwd=Path(__file__).parents[2],
        env={**os.environ, **environment},
    )  # fmt: skip
    return dict(line.split() for line in done.stdout.splitlines())


def test_two_processes_two_clocks_same_bytes(pictogram: Path, tmp_path: Path) -> None:
    other = tmp_path / "tmp"
    other.mkdir()
    first = fresh(1_000_000_000, pictogram, *Paper, TZ="Pacific/Auckland", PYTHONHASHSEED="1", LC_ALL="C")
    second = fresh(2_000_000_000, pictogram, *reversed(Paper), TZ="America/Lima", PYTHONHASHSEED="2", TMPDIR=str(other))
    assert first == second
    assert {paper: len(made) for paper, made in first.items()} == dict.fromkeys(Paper, 64)
    assert list(other.iterdir()) == [], "the unpacked fonts were left behind"


def test_a_warm_process_gives_the_same_bytes(pictogram: Path) -> None:
    render(full(times=3), Paper.A4)
    pdf = render(full(pictogram), Paper.A4, roots=[pictogram.parent])
    assert hashlib.sha256(pdf).hexdigest() == fresh(0, pictogram, Paper.A4)[Paper.A4]
