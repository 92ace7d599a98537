# SPDX-License-Identifier: EUPL-1.2
"""Sentences already spoken, kept as sound on the disk. Only what is public comes here."""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

DIGEST_SIZE = 32
COUNT_SIZE = 4
FORMAT = "2"
"""Part of every name: files of another shape are never looked at, and go out as the oldest."""
ROOM_KEPT = 0.9
"""After a clean-up the cache is this full, so that each new sentence does not cause another."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One sentence as it was kept: its WAV, and what goes with it (when each word is heard), which may be empty."""

    wav: bytes
    words: bytes = b""


class AudioCache:
    """WAV files named by what they say. Safe for threads and processes; a disk that fails costs only the cache.

    Each file is the WAV, the word times, their count of bytes, and the SHA-256 of all this: still a WAV for any
    player, and a damaged one is noticed. Sound and words come and go together.
    """

    def __init__(self, folder: Path, megabytes: int) -> None:
        """At most ``megabytes`` (10^6 bytes) in ``folder``, which is made when needed; 0 keeps nothing."""
        self._folder = folder
        self._bound = megabytes * 1_000_000
        self._lock = threading.Lock()
        self._size: int | None = None

    @property
    def bound(self) -> int:
        """Bytes that it may hold."""
        return self._bound

    def path_of(self, voice: str, rate: float, text: str) -> Path:
        """Where the sound of ``text`` is, or would be. ``voice`` names the engine and its voice."""
        named = "\0".join((FORMAT, voice, f"{rate:.3f}", text))
        key = hashlib.sha256(named.encode("utf-8", "surrogatepass"))
        return self._folder / f"{key.hexdigest()}.wav"

    def get(self, voice: str, rate: float, text: str) -> bytes | None:
        """The WAV, or None when it is not there or not whole. Being read keeps it from being thrown out."""
        kept = self.find(voice, rate, text)
        return kept.wav if kept else None

    def find(self, voice: str, rate: float, text: str) -> Kept | None:
        """The WAV with its words; see :meth:`get`."""
        path = self.path_of(voice, rate, text)
        try:
            content = path.read_bytes()
        except OSError:
            return None
        kept = _unpacked(content)
        if kept is None:
            self._remove(path)
            return None
        with suppress(OSError):
            os.utime(path)
        return kept

    def peek(self, voice: str, rate: float, text: str) -> Kept | None:
        """As :meth:`find`, and nobody can tell from the disk that it was read: no date changes, nothing is removed."""
        try:
            descriptor = os.open(self.path_of(voice, rate, text), os.O_RDONLY | os.O_NOATIME)
        except OSError:  # A file of somebody else's, whose date we may not spare, is as good as none.
            return None
        try:
            with os.fdopen(descriptor, "rb") as file:
                return _unpacked(file.read())
        except OSError:
            return None

    def put(self, voice: str, rate: float, text: str, wav: bytes, words: bytes = b"") -> bool:
        """Keep it, in place of what was there. False when it was not kept: too big, disk full or read-only."""
        content = _packed(Kept(wav, words))
        if len(content) > self._bound * ROOM_KEPT:
            return False
        path = self.path_of(voice, rate, text)
        with self._lock:
            try:
                self._make_room(len(content))
                before = _size_of(path)
                _write_whole(path, content)
            except OSError:
                self._size = None  # counted again next time
                return False
            self._size = (self._size or 0) + len(content) - before
        return True

    def hold(self, voice: str, rate: float, text: str) -> int:
        """Bytes kept for this sentence, 0 for none; it goes out later, as if it had been read. It is not checked."""
        path = self.path_of(voice, rate, text)
        try:
            os.utime(path)
        except OSError:
            return 0
        return _size_of(path)

    def recount(self) -> None:
        """Another process wrote here: count the files again before the next one is kept."""
        with self._lock:
            self._size = None

    def _make_room(self, wanted: int) -> None:
        if self._size is None:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for leftover in self._folder.glob("*.part"):  # of a power cut
                leftover.unlink(missing_ok=True)
            self._size = sum(_size_of(path) for path in self._folder.glob("*.wav"))
        if self._size + wanted <= self._bound:
            return
        for path in sorted(self._folder.glob("*.wav"), key=_last_use):
            if self._size + wanted <= self._bound * ROOM_KEPT:
                return
            self._size -= _size_of(path)
            path.unlink(missing_ok=True)

    def _remove(self, path: Path) -> None:
        with self._lock:
            size = _size_of(path)
            with suppress(OSError):
                path.unlink()
                if self._size is not None:
                    self._size -= size


def _packed(kept: Kept) -> bytes:
    content = b"".join((kept.wav, kept.words, len(kept.words).to_bytes(COUNT_SIZE)))
    return content + hashlib.sha256(content).digest()


def _unpacked(content: bytes) -> Kept | None:
    whole, digest = content[:-DIGEST_SIZE], content[-DIGEST_SIZE:]
    if len(whole) <= COUNT_SIZE or hashlib.sha256(whole).digest() != digest:
        return None
    end = len(whole) - COUNT_SIZE
    begin = end - int.from_bytes(whole[end:])
    return Kept(whole[:begin], whole[begin:end])


def _write_whole(path: Path, content: bytes) -> None:
    """All of it or nothing, whatever happens meanwhile."""
    descriptor, part = tempfile.mkstemp(suffix=".part", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(part).replace(path)
    except OSError:
        with suppress(OSError):
            Path(part).unlink()
        raise


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _last_use(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
