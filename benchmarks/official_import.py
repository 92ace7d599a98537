# SPDX-License-Identifier: EUPL-1.2
"""Importing official sheets, against bare ElementTree parsing of the same files: processor time a file, by turns.

Our side reads, refuses what is dangerous, makes every text safe, hashes, and writes the store. Also the memory of an
import of 5,000 files in a process of its own, and how long a kiosk waits for the titles and for the largest tree.

The files are those of the real sample where it is found (``PAS_A_PAS_DATA``, or ``shared/data`` above), else small
ones written for the tests.
"""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from content.importers.vosdroits.importing import import_feed
from content.importers.vosdroits.serving import official_procedures

ROUNDS = 5
GOAL = 12.0
"""Times the bare parsing. At 0.3 ms a file for the bare one here, 12 times is 270 files a second."""
GOAL_MB = 300
TREE_GOAL = 200
"""Milliseconds. It is made beside the loop; a person waits no longer than for a page."""
FILES = 5000
_NUMBER = re.compile(r'(<(?:Publication|ServiceComplementaire)\b[^>]*? ID=")([FNR])')


def measure(rounds: int = ROUNDS) -> dict[str, Any]:
    """Median milliseconds a file of each side and their ratio; megabytes for 5,000 files; waits of a kiosk."""
    with tempfile.TemporaryDirectory() as folder:
        feed = _feed(Path(folder) / "feed", 1)
        count = len(list(feed.iterdir()))
        ours, bare = [], []
        for number in range(rounds):
            into = Path(folder) / f"store-{number}"
            ours.append(_seconds(lambda into=into: _import(feed, into)))
            bare.append(_seconds(lambda: [ElementTree.parse(file) for file in feed.iterdir()]))  # noqa: S314 (the baseline)
        large = _feed(Path(folder) / "large", FILES)
        ours_ms, bare_ms = (1000 * statistics.median(side) / count for side in (ours, bare))
        found: dict[str, Any] = {
            "files": count,
            "import_ms": ours_ms,
            "bare_ms": bare_ms,
            "ratio": ours_ms / bare_ms,
            "files_a_second": 1000 / ours_ms,
            "goal": GOAL,
            "megabytes": _megabytes(large, Path(folder) / "large-store"),
            "goal_megabytes": GOAL_MB,
        }
        return found | _waits(Path(folder) / "store-0")


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _import(feed: Path, into: Path) -> None:
    import_feed(str(feed), into, datetime.now(), downloading=lambda *_: None, reading=lambda *_: None)


def _waits(store: Path) -> dict[str, float]:
    start = time.process_time()
    procedures = official_procedures(store)
    titles = time.process_time() - start
    made = [_seconds(lambda p=p: len(p["fr"].steps)) for p in procedures.values()]
    return {
        "titles_ms": 1000 * titles,
        "largest_tree_ms": 1000 * max(made),
        "tree_goal": TREE_GOAL,
        "procedures": len(procedures),
    }


_CHILD = r"""
import re, sys
from pathlib import Path
from benchmarks.official_import import _import
_import(Path(sys.argv[1]), Path(sys.argv[2]))
status = Path("/proc/self/status").read_text()  # ru_maxrss also counts what the process that asks was holding.
print(int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024)
"""


def _megabytes(feed: Path, into: Path) -> float:
    command = [sys.executable, "-c", _CHILD, str(feed), str(into)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _feed(folder: Path, at_least: int) -> Path:
    """The files there are, copied under other numbers until there are enough."""
    folder.mkdir()
    texts = _texts()
    for copy in range(max(1, -(-at_least // len(texts)))):
        for name, text in texts.items():
            number = f"{name[0]}{copy}0{name[1:]}" if copy else name
            again = _NUMBER.sub(rf"\g<1>\g<2>{copy}0", text, count=1) if copy else text
            (folder / f"{number}.xml").write_text(again, encoding="utf-8")
    return folder


def _texts() -> dict[str, str]:
    from tests.content.importers.feed import FEED, find_sample

    sample = find_sample()
    if sample is None:
        return {name.removesuffix(".xml"): data.decode() for name, data in FEED.items()}
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(sample.glob("*.xml"))}


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))  # noqa: T201
