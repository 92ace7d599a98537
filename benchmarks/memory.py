# SPDX-License-Identifier: EUPL-1.2
"""Memory of the running kiosk, its voice's processes and its receipt maker included (goal: at most 200 MB).

Proportional set size of the whole process tree, in MB: once the welcome screen stands, and on a step of a procedure.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import psutil

from benchmarks.screen import seen, site, to_the_first_step

GOAL = 200.0


def measure() -> dict[str, float]:
    """``welcome_mb``, ``step_mb`` and their ``goal``."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with seen(site(folder, voice="pyttsx3"), folder) as app:
            app.wait_for(b"Commencer")
            app.settle(1.5)
            welcome = _tree(app.pid)
            to_the_first_step(app)
            app.settle(1.5)
            return {"welcome_mb": welcome, "step_mb": _tree(app.pid), "goal": GOAL}


def _tree(pid: int) -> float:
    kiosk = psutil.Process(pid)
    return sum(process.memory_full_info().pss for process in (kiosk, *kiosk.children(recursive=True))) / 2**20


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))  # noqa: T201
