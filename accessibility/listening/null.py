# SPDX-License-Identifier: EUPL-1.2
"""The ear of a kiosk that has none: ``engine = "none"``, or no model installed."""

from __future__ import annotations

import threading
from collections.abc import Callable

from accessibility.listening.protocol import Hearing, Sign, Unavailable, Vocabulary


class NullListener:
    """Hears nothing, and says so: every ``listen`` gets ``Unavailable``."""

    def __init__(self, part: str = "model", why: str = "") -> None:
        """``part`` is what is missing, ``why`` is for the technician."""
        self._missing = Unavailable(part, why)

    @property
    def engine(self) -> str:
        """None."""
        return "none"

    @property
    def available(self) -> bool:
        """Never."""
        return False

    def listen(
        self,
        vocabulary: Vocabulary,
        cancel: threading.Event,
        sign: Callable[[Sign], None] | None = None,
        *,
        patience: float = 12.0,
    ) -> Hearing:
        """What is missing, at once."""
        return self._missing

    def prepare(self) -> None:
        """Nothing to load."""

    def forget(self) -> None:
        """Nothing to forget."""

    def close(self) -> None:
        """Nothing to end."""
