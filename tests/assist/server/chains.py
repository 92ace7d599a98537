# SPDX-License-Identifier: EUPL-1.2
"""Rows as a kiosk chains them, without a kiosk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import uuid4

from assist.journal.chain import Head, Link, bind, commitment_of, genesis
from assist.journal.serialise import time_text

KEY = bytes(32)
NOON = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
SALT = b"0123456789abcdef"


def chained(
    head: Head,
    *told: tuple[str, dict[str, object]],
    session: str = "s1",
    at: datetime = NOON,
    kiosk: str = "borne-1",
) -> list[Link]:
    """The rows after ``head`` that tell these types and payloads."""
    links: list[Link] = []
    for type_, data in told:
        payload = json.dumps(data).encode()
        texts = (str(uuid4()).encode(), kiosk.encode(), 1, session.encode(), time_text(at).encode(), type_.encode())
        link = bind(head, Link(0, *texts, payload, SALT, commitment_of(SALT, payload), b"", b""))
        links.append(link)
        head = Head(link.seq, link.hash)
    return links


def steps(journal: str, count: int) -> list[Link]:
    """The first rows of a journal: a person who walks."""
    return chained(genesis(journal.encode(), KEY), *[("step.continued", {"step": f"e{n}"}) for n in range(count)])


def after(links: Sequence[Link], *told: tuple[str, dict[str, object]], session: str = "s1") -> list[Link]:
    """The rows that go on after the last of ``links``."""
    return chained(Head(links[-1].seq, links[-1].hash), *told, session=session)
