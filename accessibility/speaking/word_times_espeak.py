# SPDX-License-Identifier: EUPL-1.2
"""When espeak-ng says each word, through its C library: pyttsx3 does not pass these times on.

Used only in a process of its own (:mod:`accessibility.speaking.word_times_process`): the library has one state for all.
"""

from __future__ import annotations

import array
import ctypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

LIBRARY = "libespeak-ng.so.1"
NORMAL_RATE = 160
"""Words a minute at rate 1: as the engine's, so that pauses last as long."""
VOICES = {"fr": "fr-fr", "en": "en-gb"}
_WORD = re.compile(r"\S*[^\W_]\S*")
# speak_lib.h
_SYNCHRONOUS = 2
_EVENT_END, _EVENT_WORD = 0, 1
_RATE = 1
_UTF8 = 1
_NO_EXIT = 0x8000


class NoWordTimes(Exception):
    """espeak-ng is not there, or does not speak this language."""


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("identifier", ctypes.c_uint),
        ("position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("milliseconds", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user", ctypes.c_void_p),
        ("id", _Id),
    )


class _Voice(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_char_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("unused", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text said by espeak-ng: its sound, and when each word begins, in seconds."""

    samples: Sequence[int]
    hertz: int
    starts: tuple[float, ...]


class Espeak:
    """Not for threads: one text at a time. 5 ms for 5 s of speech."""

    def __init__(self) -> None:
        """Raises :class:`NoWordTimes`."""
        try:
            self._library: Any = ctypes.CDLL(LIBRARY)
        except OSError as fault:
            raise NoWordTimes(str(fault)) from fault
        self._hertz = int(self._library.espeak_Initialize(_SYNCHRONOUS, 0, None, _NO_EXIT))
        if self._hertz <= 0:
            raise NoWordTimes("espeak_Initialize")
        self._samples = array.array("h")
        self._events: list[tuple[int, float]] = []
        self._callback = _Callback(self._hear)
        self._library.espeak_SetSynthCallback(self._callback)

    def say(self, said: str, language: str, rate: float) -> Spoken:
        """Raises :class:`NoWordTimes`, UnicodeError when the text is none."""
        voice = _Voice(languages=VOICES.get(language, language).encode())
        if self._library.espeak_SetVoiceByProperties(ctypes.byref(voice)) != 0:
            raise NoWordTimes(language)
        self._library.espeak_SetParameter(_RATE, round(NORMAL_RATE * rate), 0)
        self._samples = array.array("h")
        self._events = []
        text = said.encode()
        self._library.espeak_Synth(text, ctypes.c_size_t(len(text) + 1), 0, 1, 0, _UTF8, None, None)
        self._library.espeak_Synchronize()
        return Spoken(self._samples, self._hertz, _starts(said, self._events, len(self._samples) / self._hertz))

    def _hear(self, samples: Any, count: int, events: Any) -> int:
        if samples and count:
            self._samples.frombytes(ctypes.string_at(samples, 2 * count))
        number = 0
        while events[number].type != _EVENT_END:
            event = events[number]
            if event.type == _EVENT_WORD and event.length > 0:
                self._events.append((event.position - 1, event.milliseconds / 1000))
            number += 1
        return 0


def _starts(said: str, events: Sequence[tuple[int, float]], seconds: float) -> tuple[float, ...]:
    """One time a word. espeak-ng tells several for one ("l'adresse"), or one for several ("est-ce que")."""
    told: list[tuple[int, float | None]] = []
    for word in _WORD.finditer(said):
        inside = [at for position, at in events if word.start() <= position < word.end()]
        told.append((word.start(), inside[0] if inside else None))
    starts: list[float] = []
    for number, (place, at) in enumerate(told):
        if at is None:
            before = (told[number - 1][0], starts[-1]) if number else (0, 0.0)
            after = next(((p, a) for p, a in told[number:] if a is not None), (len(said), seconds))
            at = before[1] + (after[1] - before[1]) * (place - before[0]) / (after[0] - before[0])
        starts.append(max(at, starts[-1]) if starts else at)
    return tuple(starts)
