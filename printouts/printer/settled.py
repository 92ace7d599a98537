# SPDX-License-Identifier: EUPL-1.2
"""A job whose fate is known from the start."""

from __future__ import annotations

from dataclasses import dataclass

from printouts.model import JobState


@dataclass(frozen=True, slots=True)
class SettledJob:
    """Over at once: printed into a file, or refused."""

    state: JobState

    def wait(self, timeout: float) -> JobState:
        """The state, without waiting."""
        return self.state

    def cancel(self) -> None:
        """Nothing is left to stop."""
