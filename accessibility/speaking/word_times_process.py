# SPDX-License-Identifier: EUPL-1.2
"""The process that tells when words are heard: ``python -m accessibility.speaking.word_times_process PARENT``.

It hears ``{id, said, language, rate, sound}`` (the path of a WAV), and answers ``timed {id, words}``: what is kept
beside the sound, "" when it cannot tell. It reports ``ready``, or ``broken {why}`` and ends.
"""

from __future__ import annotations

import array
import sys
import wave

from accessibility.processes.keeper import CANNOT_WORK
from accessibility.speaking.maker_process import serve
from accessibility.speaking.protocol import Manner
from accessibility.speaking.word_times import after_marks, packed
from accessibility.speaking.word_times_espeak import Espeak, NoWordTimes
from accessibility.speaking.word_times_sound import brought


def main(parent: int) -> int:
    """Tell times until the parent goes."""
    report, requests = serve(parent)
    try:
        espeak = Espeak()
    except NoWordTimes as fault:
        report("broken", why=str(fault))
        return CANNOT_WORK
    report("ready")
    while True:
        asked = requests()
        try:
            words = measured(espeak, asked["said"], Manner(asked["language"], asked["rate"]), asked["sound"])
        except (OSError, EOFError, UnicodeError, wave.Error, NoWordTimes):
            words = b""
        report("timed", id=asked["id"], words=words.decode())


def measured(espeak: Espeak, said: str, manner: Manner, sound: str) -> bytes:
    """What to keep beside the WAV at ``sound``, whoever says ``said`` there; b"" when it is not 16-bit mono.

    Raises NoWordTimes, OSError, EOFError, UnicodeError, wave.Error.
    """
    with wave.open(sound, "rb") as heard:
        if (heard.getnchannels(), heard.getsampwidth()) != (1, 2):
            return b""
        hertz, samples = heard.getframerate(), array.array("h", heard.readframes(heard.getnframes()))
    spoken = espeak.say(said, manner.language, manner.rate)
    starts = brought(
        spoken.starts, after_marks(said), (spoken.samples, spoken.hertz), (samples, hertz)
    )  # fmt: skip
    return packed(starts, len(samples) / hertz)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
