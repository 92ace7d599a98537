# SPDX-License-Identifier: EUPL-1.2
"""How words sound: phonemes from espeak-ng's rules, and how far apart two of them are to the ear. No audio.

The library ``libespeak-ng.so.1`` is loaded when first needed, in the process of whoever asks (the ear's own). Without
it, letters stand for sounds: see :func:`available`.
"""

from __future__ import annotations

import ctypes
import re
import threading
import unicodedata
from functools import lru_cache

VOICES = {"fr": "roa/fr", "en": "gmw/en"}
"""Language -> voice *file* of espeak-ng. Asked for by a name it lacks ("fr-fr"), it silently stays as it was."""

_RETRIEVAL = 1  # AUDIO_OUTPUT_RETRIEVAL: no sound device is opened
_DO_NOT_EXIT = 0x8000  # espeakINITIALIZE_DONT_EXIT: report a missing data folder instead of ending the process
_UTF8 = 1
_IPA = 0x02
_LANGUAGE_SWITCH = re.compile(r"\([a-z-]+\)")
_IGNORED = re.compile("[ˈˌː‿.|_^'\\-\u200d\u0361\u032f\u0329\u02d1\u02b2]")
_NASAL = "\u0303"

_lock = threading.Lock()


class _Espeak:
    """The library, once per process. It keeps one voice at a time, so calls are made one after the other."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL("libespeak-ng.so.1")
        if self._library.espeak_Initialize(_RETRIEVAL, 0, None, _DO_NOT_EXIT) < 0:
            raise OSError("libespeak-ng: its data folder is missing")
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self._library.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(ctypes.c_void_p), ctypes.c_int, ctypes.c_int]

    def ipa(self, text: str, voice: str) -> str:
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise OSError(f"libespeak-ng: no voice {voice}")
        written = ctypes.create_string_buffer(text.encode())
        where = ctypes.c_void_p(ctypes.addressof(written))
        clauses: list[str] = []
        while where.value:
            found = self._library.espeak_TextToPhonemes(ctypes.byref(where), _UTF8, _IPA)
            clauses.append((found or b"").decode())
        return " ".join(clauses)


@lru_cache(maxsize=1)
def _espeak() -> _Espeak | None:
    try:
        return _Espeak()
    except OSError:
        return None


def available() -> bool:
    """Whether sounds are known. False: espeak-ng is not installed and letters are compared instead, less well."""
    with _lock:
        return _espeak() is not None


@lru_cache(maxsize=4096)
def phonemes(text: str, language: str) -> tuple[str, ...]:
    """The sounds of ``text``, one symbol each, without stress, length, liaison marks or French schwa."""
    with _lock:
        espeak = _espeak()
        if espeak is None or language not in VOICES:
            return _letters(text)
        return _symbols(espeak.ipa(text, VOICES[language]), language)


def forget() -> None:
    """Drop every sound that was worked out: what a person said may be among them."""
    phonemes.cache_clear()


def _symbols(ipa: str, language: str) -> tuple[str, ...]:
    """Cut IPA into symbols; a nasal sign belongs to the vowel before it."""
    plain = unicodedata.normalize("NFD", _LANGUAGE_SWITCH.sub("", ipa))
    symbols: list[str] = []
    for sign in _IGNORED.sub("", plain):
        if sign == _NASAL and symbols:
            symbols[-1] += sign
        elif sign.isspace() or unicodedata.combining(sign) or (sign == "ə" and language == "fr"):
            continue
        else:
            symbols.append(sign)
    return tuple(symbols)


def _letters(text: str) -> tuple[str, ...]:
    bare = unicodedata.normalize("NFD", text.lower())
    return tuple(sign for sign in bare if sign.isalnum())
