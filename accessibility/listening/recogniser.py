# SPDX-License-Identifier: EUPL-1.2
"""What the two engines have in common: samples in, one understood sentence out. Lives in the ear's process."""

from __future__ import annotations

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


class Take(Protocol):
    """One sentence being said."""

    @property
    def partial(self) -> str:
        """What is recognised so far; "" when the engine cannot tell before the end."""
        ...

    def add(self, samples: Samples) -> None:
        """The next frame of it. Quick."""
        ...

    def conclude(self) -> Understood:
        """What was said up to now. Slow: called from another thread.

        The sentence may go on: more may be added, even meanwhile, and ``conclude`` called again.
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
