# SPDX-License-Identifier: EUPL-1.2
"""The papers that are open at the desk now: in memory only, one for each mediator, for a quarter of an hour."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock

from assist.desk.paper_seal import PaperKey

IDLE = 15 * 60.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class OpenPaper:
    """One paper, and who has it open."""

    handle: str
    """In the address of its pages: random, good for this opening alone."""
    code: str
    key: PaperKey
    used_at: float


class OpenPapers:
    """Opening another closes the former: one person is there at a time."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._of: dict[str, OpenPaper] = {}
        self._lock = Lock()

    def open(self, member: str, code: str, key: PaperKey) -> str:
        """The handle of a paper that has just been opened."""
        new = OpenPaper(secrets.token_urlsafe(16), code, key, self._monotonic())
        with self._lock:
            self._forget_idle()
            self._of[member] = new
        return new.handle

    def get(self, member: str, handle: str) -> OpenPaper | None:
        """The paper that ``member`` has open under this handle; None once it was left alone for too long."""
        with self._lock:
            self._forget_idle()
            found = self._of.get(member)
            if found is None or not secrets.compare_digest(found.handle.encode(), handle.encode("utf-8", "replace")):
                return None
            self._of[member] = replace(found, used_at=self._monotonic())
            return found

    def close(self, member: str, handle: str) -> None:
        """The person goes."""
        if self.get(member, handle) is not None:
            with self._lock:
                self._of.pop(member, None)

    def _forget_idle(self) -> None:
        now = self._monotonic()
        self._of = {member: one for member, one in self._of.items() if now - one.used_at < IDLE}
