# SPDX-License-Identifier: EUPL-1.2
"""Speaks any text into a WAV file: ``kiosk voice say TEXT --out FILE.wav``."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from accessibility.speaking.cache import AudioCache
from accessibility.speaking.casting import CastingDesk, Line
from accessibility.speaking.pronounce import for_the_ear, sentences_of
from accessibility.speaking.protocol import Manner
from accessibility.speaking.rendered import RenderedVoice
from accessibility.speaking.rendering import sound_of
from accessibility.speaking.sound import joined, seconds_of
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
    """Engine, model and voice, as the cache knows them: "kokoro-82m ff_siwis", "pyttsx3 espeak-ng fr"."""
    voice: str = ""
    """The engine's own name for the voice: "ff_siwis", "roa/fr"."""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the sentences of the better voice are found."""

    cache: AudioCache
    rendered: RenderedVoice


def say_to_file(
    text: str,
    out: Path,
    manner: Manner | None = None,
    engine: SupervisedEngine | None = None,
    shelf: Shelf | None = None,
) -> SpokenFile:
    """Speak any text into a 16-bit PCM WAV at ``out``, whole or not at all.

    As the kiosk would say it now: in the better voice of ``shelf`` when all of the text was rendered, else by
    pyttsx3. An ``engine`` that is given makes it instead, and is left open. What is said here is not kept.
    """
    manner = manner or Manner()
    if len(text) > MOST_SIGNS:
        message = f"Ce texte est trop long : {len(text)} signes, {MOST_SIGNS} au plus. Coupez-le."
        return SpokenFile(FileOutcome.TOO_LONG, message)
    spoken = (for_the_ear(sentence, manner.language) for sentence in sentences_of(text))
    lines = [Line(sentence, manner) for sentence in spoken if any(sign.isalnum() for sign in sentence)]
    if not lines:
        return SpokenFile(FileOutcome.NOTHING_TO_SAY, "Il n'y a aucun mot à dire.")
    if engine is not None:
        return _say(lines, out, engine)
    engine = SupervisedEngine()
    try:
        return (shelf and _found(lines, out, engine, shelf)) or _say(lines, out, engine)
    finally:
        engine.close()


def _found(lines: list[Line], out: Path, engine: SupervisedEngine, shelf: Shelf) -> SpokenFile | None:
    """All of it in the better voice, or None."""
    desk = CastingDesk(engine, shelf.cache, shelf.rendered)
    if not desk.cast(lines).better:
        return None
    sounds = [sound.wav for line in lines if (sound := desk.better(line))]
    manner = lines[0].manner
    name = shelf.rendered.name(manner.language)
    return _written(sounds, manner, out, name, name.split()[1]) if len(sounds) == len(lines) else None


def _say(lines: list[Line], out: Path, engine: SupervisedEngine) -> SpokenFile:
    if not engine.wait_ready():
        why = engine.broken or "elle ne répond pas"
        return SpokenFile(FileOutcome.NO_VOICE, f"La voix ne marche pas : {why}.")
    manner = lines[0].manner
    name = engine.name(manner.language)
    sounds: list[bytes] = []
    for line in lines:
        sound = sound_of(engine, line)
        if sound is None:
            message = f"La voix n'a pas pu dire ce texte. {engine.fault}".rstrip()
            return SpokenFile(FileOutcome.NO_VOICE, message, name, engine.voice)
        sounds.append(sound.wav)
    return _written(sounds, manner, out, name, engine.voice)


def _written(sounds: list[bytes], manner: Manner, out: Path, name: str, voice: str) -> SpokenFile:
    wav = joined(sounds, PAUSE / manner.rate)
    seconds = seconds_of(wav) or 0.0
    try:
        _write(out, wav)
    except OSError:
        message = (
            f"Le fichier {out} ne peut pas être écrit. Vérifiez que son dossier existe, que vous pouvez y écrire, "
            "et qu'il reste de la place."
        )
        return SpokenFile(FileOutcome.NOT_WRITTEN, message, name, voice)
    length = f"{seconds:.1f}".replace(".", ",")
    message = f"Le fichier {out} est écrit : {length}\u00a0secondes. Voix : {name}."
    return SpokenFile(FileOutcome.WRITTEN, message, name, voice, seconds)


def _write(out: Path, wav: bytes) -> None:
    part = out.with_name(f".{uuid.uuid4().hex}.part")
    try:
        part.write_bytes(wav)
        part.replace(out)
    except OSError:
        part.unlink(missing_ok=True)
        raise
