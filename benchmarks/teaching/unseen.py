# SPDX-License-Identifier: EUPL-1.2
"""What the whole ear makes of sentences that its networks were not taught, by voices that taught them nothing.

    python -m benchmarks.teaching.unseen            --each: sentence by sentence

They are rare ways on purpose, none of them in the kiosk's list: how often they are understood says how far what was
taught reaches, not how often people are understood.
"""

from __future__ import annotations

import sys

from benchmarks import listening_sounds as sounds
from benchmarks.listening import ONLY_COMMANDS, ear, frames
from benchmarks.teaching.sentences import apart

VOICES = (
    "kokoro:bf_emma~ff_siwis",
    "kokoro:if_sara",
    "kokoro:if_sara~ff_siwis@1.1",
    "kokoro:bf_emma@0.95",
)


def main() -> None:
    """Print the sums."""
    hearing = ear(remembered=True)
    if hearing is None:
        raise SystemExit("kiosk voice install --default kokoro-82m kokoro-test-voices")
    lines = [(VOICES[place % len(VOICES)], text, command) for place, (command, text) in enumerate(apart())]
    sounds.make([(voice, text) for voice, text, _ in lines])
    sums = {"right": 0, "wrong": 0, "refused": 0, "others accepted": 0, "others refused": 0}
    for voice, text, command in lines:
        heard = hearing.hear_frames(
            frames(sounds.among(sounds.said(voice, text), "clean", voice + text)), ONLY_COMMANDS
        )
        if command:
            became = "refused" if not heard.phrase else "right" if heard.phrase == command else "wrong"
        else:
            became = "others accepted" if heard.phrase else "others refused"
        sums[became] += 1
        if "--each" in sys.argv and became not in ("right", "others refused"):
            print(f"{became} : {voice} « {text} » {heard.phrase} {heard.certainty} « {heard.text} »")  # noqa: T201
    print(sums)  # noqa: T201


if __name__ == "__main__":
    main()
