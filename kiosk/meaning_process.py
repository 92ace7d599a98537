# SPDX-License-Identifier: EUPL-1.2
"""The process that makes vectors of sentences: its engine is C, and may end it. Of sentences, it keeps nothing.

``python -m kiosk.meaning_process [aside] PARENT``; ``aside``: only when nothing else wants the processor.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from accessibility.processes.child_side import hear, kept_by
from accessibility.processes.keeper import CANNOT_WORK
from accessibility.speaking.maker_process import step_aside


def main(arguments: Sequence[str]) -> None:
    """Answer, line by line, until the parent is gone."""
    report = kept_by(int(arguments[-1]))
    if "aside" in arguments:
        step_aside()
    from content.search.e5 import E5Vectors
    from content.search.vectors import packed

    try:
        vectors = E5Vectors()
    except (ImportError, OSError, RuntimeError) as error:  # Not installed; not for this machine; a file is missing.
        report.fell(error)
        sys.exit(CANNOT_WORK)

    def answer(message: Mapping[str, Any]) -> None:
        report("vectors", number=message["number"], rows=packed(vectors.of(message["sentences"])))

    report("ready")
    hear(answer)


if __name__ == "__main__":
    main(sys.argv[1:])
