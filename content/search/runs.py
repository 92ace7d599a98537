# SPDX-License-Identifier: EUPL-1.2
"""The runs of sounds of a sentence, as if it had no spaces: what is left of a word that a recogniser cut or spoilt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

from content.search.leaning import Holding
from content.search.sounds import in_a_row

LENGTHS = (3, 4)
_EDGE = "_"


def line_of(sounds: Iterable[str]) -> str:
    """The sounds of the words of a sentence in one line, its beginning and its end marked."""
    return _EDGE + "".join(in_a_row(sounds)) + _EDGE


def runs_of(line: str) -> list[str]:
    """Its runs."""
    return [line[at : at + length] for length in LENGTHS for at in range(len(line) - length + 1)]


def holding_runs(lines: Sequence[str]) -> Holding:
    """Which runs each of many lines holds: counted as numbers, for making each of 200,000 runs apart is slow."""
    import numpy as np

    lengths = np.fromiter(map(len, lines), np.intp, len(lines))
    written = np.frombuffer("".join(lines).encode("utf-32-le"), "<u4")
    names = np.unique(written)
    sign = np.searchsorted(names, written)
    line = np.repeat(np.arange(len(lines)), lengths)
    left = np.repeat(lengths.cumsum(), lengths) - np.arange(len(sign))
    texts: list[str] = []
    parts, ways = list[np.ndarray](), list[np.ndarray]()
    for length in LENGTHS:
        starts = np.flatnonzero(left >= length)
        places = len(names) ** np.arange(length)
        code = sum(sign[starts + at] * place for at, place in enumerate(places))
        each = np.unique(line[starts] * len(names) ** length + code)
        way, code = np.divmod(each, len(names) ** length)
        known = np.unique(code)
        part = np.searchsorted(known, code)
        signs = names[known[:, None] // places % len(names)]
        parts.append(part + len(texts))
        ways.append(way)
        texts += signs.view(f"<U{length}")[:, 0].tolist()
    return Holding(dict(zip(texts, count())), np.concatenate(parts), np.concatenate(ways))
