# SPDX-License-Identifier: EUPL-1.2
"""All that people say in Debian's packages of prompts for telephones, of which nothing is meant for a kiosk.

    python -m benchmarks.listening_people           how much of it is taken for a command
    python -m benchmarks.listening_people --each    also what was taken, for what

June Wallack by microphone (``asterisk-core-sounds-fr-g722``), the same as a telephone would carry her, and Armelle
Desjardins by telephone (``asterisk-prompt-fr-armelle``): words, letters and numbers, sentences, long ones. A few are
words of the commands: « Non », « Annulez », « Pause ».
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from accessibility.listening.protocol import Certainty
from benchmarks import listening_sounds as sounds
from benchmarks.listening import ONLY_COMMANDS, Count, ear, frames

SHORT, LONG = 1.2, 6.0
"""Seconds: below, a single word; above, more than is ever said to a kiosk."""
NO_SPEECH = ("tone", "beep", "silence")
BY_MICROPHONE, AS_BY_TELEPHONE, BY_TELEPHONE = "by microphone", "the same, as by telephone", "another, by telephone"


def prompts() -> Iterator[tuple[str, Path, sounds.Sound]]:
    """By what it comes, the file, and the sound."""
    for way, folder, kind in ((BY_MICROPHONE, sounds.PROMPTS, ".g722"), (BY_TELEPHONE, sounds.BY_TELEPHONE, ".gsm")):
        for path in sorted(folder.rglob(f"*{kind}")):
            if any(word in str(path) for word in NO_SPEECH):
                continue
            sound = sounds.prompt(path)
            yield way, path, sound
            if way == BY_MICROPHONE:
                yield AS_BY_TELEPHONE, path, sounds.by_telephone(sound)


def _length(sound: sounds.Sound) -> str:
    seconds = sound.size / sounds.HERTZ
    return f"below {SHORT} s" if seconds < SHORT else f"{SHORT} to {LONG:.0f} s" if seconds <= LONG else "longer"


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description="How much of what is said to nobody is taken for a command.")
    asked.add_argument("--each", action="store_true")
    each = asked.parse_args().each
    hearing = ear()
    if hearing is None:
        raise SystemExit("kiosk voice install --default kokoro-82m kokoro-test-voices")
    table: defaultdict[tuple[str, str], Count] = defaultdict(Count)
    for way, path, sound in prompts():
        heard = hearing.hear_frames(frames(sounds.among(sound, "clean", path.name)), ONLY_COMMANDS)
        count = table[way, _length(sound)]
        taken = heard.certainty is not Certainty.REJECTED
        count.rejected += not taken
        count.wrong += taken
        count.done_wrong += heard.certainty is Certainty.CLEAR
        if taken and each:
            print(f"{way} {path.parent.name}/{path.name} {heard.certainty} {heard.phrase} : {heard.text}")  # noqa: T201
    if not table:
        raise SystemExit("apt-get install asterisk-core-sounds-fr-g722 asterisk-prompt-fr-armelle")
    print("| prompts | length | sounds | taken for a command | of which done at once |")  # noqa: T201
    print("|---|---|---:|---:|---:|")  # noqa: T201
    for (way, length), count in sorted(table.items()):
        print(f"| {way} | {length} | {count.all} | {count.wrong} | {count.done_wrong} |")  # noqa: T201


if __name__ == "__main__":
    main()
