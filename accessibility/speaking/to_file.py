# SPDX-License-Identifier: EUPL-1.2
"""Speaks any text into a WAV file: ``kiosk voice say TEXT --out FILE.wav``."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from accessibility.speaking.pronounce import for_the_ear, sentences_of
from accessibility.speaking.protocol import Manner
from accessibility.speaking.sound import content_of, joined, memory_file, seconds_of
from accessibility.speaking.speaker import PAUSE
from accessibility.speaking.supervised import SupervisedEngine

MOST_SIGNS = 5_000
"""A text of this length lasts about six minutes, and ten megabytes."""


class FileOutcome(StrEnum):
    """How :func:`say_to_file` ended."""

    WRITTEN = "written"
    NOTHING_TO_SAY = "nothing_to_say"
    """The text has no word in it."""
    TOO_LONG = "too_long"
    """The text has more than ``MOST_SIGNS`` signs."""
    NO_VOICE = "no_voice"
    """No engine on this machine, or it could not make this text."""
    NOT_WRITTEN = "not_written"
    """The file could not be written: disk full, no such folder, not allowed."""


@dataclass(frozen=True, slots=True)
class SpokenFile:
    """What :func:`say_to_file` did. ``message`` is for the person at the keyboard, in French."""

    outcome: FileOutcome
    message: str
    engine: str = ""
    voice: str = ""
    seconds: float = 0.0


def say_to_file(
    text: str, out: Path, manner: Manner | None = None, engine: SupervisedEngine | None = None
) -> SpokenFile:
    """Speak any text into a 16-bit PCM WAV at ``out``, whole or not at all. An engine that is given is left open."""
    manner = manner or Manner()
    if len(text) > MOST_SIGNS:
        message = f"Ce texte est trop long : {len(text)} signes, {MOST_SIGNS} au plus. Coupez-le."
        return SpokenFile(FileOutcome.TOO_LONG, message)
    spoken = [for_the_ear(sentence, manner.language) for sentence in sentences_of(text)]
    spoken = [sentence for sentence in spoken if any(sign.isalnum() for sign in sentence)]
    if not spoken:
        return SpokenFile(FileOutcome.NOTHING_TO_SAY, "Il n'y a aucun mot à dire.")
    if engine is not None:
        return _say(spoken, out, manner, engine)
    engine = SupervisedEngine()
    try:
        return _say(spoken, out, manner, engine)
    finally:
        engine.close()


def _say(sentences: list[str], out: Path, manner: Manner, engine: SupervisedEngine) -> SpokenFile:
    if not engine.wait_ready():
        why = engine.broken or "elle ne répond pas"
        return SpokenFile(FileOutcome.NO_VOICE, f"La voix ne marche pas : {why}.")
    sounds: list[bytes] = []
    for sentence in sentences:
        with memory_file() as (descriptor, path):
            if not engine.synthesise(sentence, manner, path):
                message = f"La voix n'a pas pu dire ce texte. {engine.fault}".rstrip()
                return SpokenFile(FileOutcome.NO_VOICE, message, engine.name(manner.language), engine.voice)
            sounds.append(content_of(descriptor))
    wav = joined(sounds, PAUSE / manner.rate)
    seconds = seconds_of(wav) or 0.0
    try:
        _write(out, wav)
    except OSError:
        message = (
            f"Le fichier {out} ne peut pas être écrit. Vérifiez que son dossier existe, que vous pouvez y écrire, "
            "et qu'il reste de la place."
        )
        return SpokenFile(FileOutcome.NOT_WRITTEN, message, engine.name(manner.language), engine.voice)
    length = f"{seconds:.1f}".replace(".", ",")
    message = f"Le fichier {out} est écrit : {length}\u00a0secondes."
    return SpokenFile(FileOutcome.WRITTEN, message, engine.name(manner.language), engine.voice, seconds)


def _write(out: Path, wav: bytes) -> None:
    part = out.with_name(f".{uuid.uuid4().hex}.part")
    try:
        part.write_bytes(wav)
        part.replace(out)
    except OSError:
        part.unlink(missing_ok=True)
        raise
