# SPDX-License-Identifier: EUPL-1.2
"""A server made to be killed: ``python -m tests.faults.killable_mandates`` forks a child for each folder it reads.

The child gives mandates through the pages, without end, and says the number of each once it was answered.
Output lines: ``pid N``, then ``ack NUMBER`` …, and ``dead`` when the child is gone.
"""

from __future__ import annotations

from pathlib import Path

from tests.assist.server.mandate_desk import desk_at
from tests.faults.killable import in_children, tell

DOMAINS = ("papiers", "famille", "social", "travail", "logement", "transports", "argent", "justice")


def give_for_ever(folder: Path) -> None:
    with desk_at(folder, f"sqlite:///{folder / 'site.db'}") as desk:
        while True:
            tell(f"ack {desk.gives(*DOMAINS)}")


if __name__ == "__main__":
    in_children(give_for_ever)
