# SPDX-License-Identifier: EUPL-1.2
"""A process of vectors that behaves as told: ``python -m tests.kiosk.scripted_vectors_process HOW PARENT``."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

from accessibility.processes.child_side import Reporter, hear, tie_to_parent
from content.search.vectors import packed
from kiosk.meaning_vectors import HANG_LIMIT
from tests.vectors import ScriptedVectors


def main(how: str, parent: str) -> None:
    tie_to_parent(int(parent))
    if how == "absent":
        sys.exit(3)
    report, vectors = Reporter(), ScriptedVectors()

    def answer(message: Mapping[str, Any]) -> None:
        sentences = message["sentences"]
        if "die" in sentences:
            sys.exit(1)
        if "hang" in sentences:
            threading.Event().wait()
        if "work" in sentences:
            while time.thread_time() < 2 * HANG_LIMIT:
                pass
        found = vectors.of(sentences)
        assert found is not None
        report("vectors", number=message["number"], rows=packed(found))

    report("ready")
    hear(answer)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
