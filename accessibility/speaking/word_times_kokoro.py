# SPDX-License-Identifier: EUPL-1.2
"""When Kokoro says each word: the model itself decides how long each phoneme lasts; it only has to tell (ADR 0080).

Used in the process that renders. Light to import: no model, no numpy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Protocol

from rapidfuzz.distance import Levenshtein, Opcodes

from accessibility.speaking.word_times import words_of

DURATIONS = "/encoder/Clip_output_0"
"""Inside the graph: how many frames each phoneme lasts."""
OUTPUT = "duration"
"""The output that kokoro-onnx looks for."""
LAG = 0.075
"""Seconds by which the durations come after the sound they describe: the median of 40 words that follow a pause, in two
voices at two rates; from 0.05 to 0.12 for most."""
_INT64 = 7
_ATTRIBUTE_INT = 2
_MARKS = frozenset("ˈˌː")


class Timed(Protocol):
    """A phoneme and when it begins, in seconds: kokoro-onnx's ``Timing``."""

    @property
    def phoneme(self) -> str: ...
    @property
    def start(self) -> float: ...


def with_durations(model: bytes) -> bytes:
    """The same ONNX model with one more output, ``duration``: ``Kokoro.create_timed`` then tells the times.

    Two protobuf messages put end to end are their merger (protobuf.dev, "Last One Wins"): what follows the model
    adds a node and an output to its graph, whatever its size. Numbers of the fields: onnx.proto3.
    """
    cast = b"".join(
        (
            _text(1, DURATIONS),  # NodeProto.input
            _text(2, OUTPUT),  # .output
            _text(3, "durations told"),  # .name
            _text(4, "Cast"),  # .op_type
            _bytes(5, _text(1, "to") + _number(3, _INT64) + _number(20, _ATTRIBUTE_INT)),  # .attribute
        )
    )
    output = _text(1, OUTPUT) + _bytes(2, _bytes(1, _number(1, _INT64)))  # ValueInfoProto.name, .type
    return model + _bytes(7, _bytes(1, cast) + _bytes(12, output))  # ModelProto.graph: .node, .output


def starts(said: str, phonemes: Iterable[Timed], phonemize: Callable[[str], str]) -> tuple[float, ...]:
    """When each word of ``said`` begins, in seconds. ``phonemize`` gives the phonemes of one word.

    espeak-ng writes some words together ("of the") and some in two ("FranceConnect"): the phonemes that were spoken
    are then laid beside those of each word alone.
    """
    spoken = list(phonemes)
    words = words_of(said)
    heard = _groups(spoken)
    if len(heard) == len(words):
        return tuple(max(0.0, group[0].start - LAG) for group in heard)
    letters = [timed for group in heard for timed in group]
    if not letters:
        return ()
    alone = ["".join(filter(_sounds, phonemize(word))) for word in words]
    moves = Levenshtein.opcodes("".join(alone), "".join(timed.phoneme for timed in letters))
    firsts = accumulate((len(sounds) for sounds in alone[:-1]), initial=0)
    return tuple(max(0.0, letters[_beside(first, moves, len(letters))].start - LAG) for first in firsts)


def _beside(sign: int, moves: Opcodes, length: int) -> int:
    """The sign of the second text that lies beside this one of the first."""
    for move in moves:
        if move.src_start <= sign < move.src_end:
            return min(move.dest_start + sign - move.src_start, move.dest_end, length - 1)
    return length - 1


def _sounds(phoneme: str) -> bool:
    """False for stresses, lengths, spaces and marks of punctuation."""
    return phoneme.isalpha() and phoneme not in _MARKS


def _groups(phonemes: Iterable[Timed]) -> list[list[Timed]]:
    """The phonemes between two spaces; stresses and marks of punctuation are no sound."""
    groups: list[list[Timed]] = [[]]
    for timed in phonemes:
        if timed.phoneme.isspace():
            groups.append([])
        elif _sounds(timed.phoneme):
            groups[-1].append(timed)
    return [group for group in groups if group]


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())
