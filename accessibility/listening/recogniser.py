# SPDX-License-Identifier: EUPL-1.2
"""What the two engines have in common: samples in, one understood sentence out. Lives in the ear's process."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from accessibility.listening.protocol import Heard, NotUnderstood, Vocabulary

HERTZ = 16_000
"""Samples a second, everywhere in the ear."""
FRAME = 512
"""Samples in one frame, 32 ms: the voice detector knows no other size."""
SECONDS_A_FRAME = FRAME / HERTZ

Samples: TypeAlias = NDArray[np.float32]
"""Mono sound at 16 kHz, full scale being 1."""
Understood: TypeAlias = Heard | NotUnderstood


class EngineFault(Exception):
    """No engine: its library or its model does not load. ``part`` is "model" or "engine"; French, for a technician."""

    def __init__(self, part: str, why: str) -> None:
        super().__init__(why)
        self.part = part


def beside_faster_whisper(pattern: str) -> Path:
    """A file of the package faster-whisper, found without importing it: that takes 0.2 s and brings what is not needed.

    Raises :class:`EngineFault`.
    """
    found = importlib.util.find_spec("faster_whisper")
    if found is None or found.origin is None:
        raise EngineFault("engine", "la bibliothèque faster-whisper n'est pas installée")
    files = sorted(Path(found.origin).parent.glob(pattern))
    if not files:
        raise EngineFault("engine", f"faster-whisper est installé sans {pattern}")
    return files[-1]


class Take(Protocol):
    """One sentence being said. One thread uses it; ``partial`` may be read from any."""

    @property
    def partial(self) -> str:
        """What is recognised so far; "" when the engine cannot tell before the end."""
        ...

    def add(self, samples: Samples) -> None:
        """The next frame of it."""
        ...

    def conclude(self) -> Understood:
        """What was said up to now. Slow.

        The sentence may go on: more may be added afterwards, and ``conclude`` called again.
        """
        ...


class Recogniser(Protocol):
    """One engine with its model loaded."""

    @property
    def name(self) -> str:
        """ "vosk" or "whisper"."""
        ...

    def begin(self, vocabulary: Vocabulary) -> Take:
        """Be ready for one sentence."""
        ...
