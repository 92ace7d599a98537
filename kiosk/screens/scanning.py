# SPDX-License-Identifier: EUPL-1.2
"""One switch: the controls of a page are offered one after the other, by rows where they are many. Pure.

After two rounds in a row of controls, the rows come back: whoever entered the wrong one is never held there.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from kiosk.layout import Box

T = TypeVar("T", bound=Hashable)

SECONDS = 2.0
"""How long each one is lit, at the person's normal pace."""
MANY = 6
"""From so many controls on, whole rows are offered first."""
ROUNDS = 2


def rows_of(controls: Sequence[tuple[T, Box]]) -> tuple[tuple[T, ...], ...]:
    """Controls that follow one another on the same row of the screen, together; each alone where they are few.

    Two columns stay apart: what is said and begun at the left is never mixed with what stands beside it.
    """
    if len(controls) < MANY:
        return tuple((control,) for control, _ in controls)
    return tuple(tuple(control for control, _ in row) for _, row in groupby(controls, lambda placed: placed[1].y))


@dataclass(slots=True)
class Scan(Generic[T]):
    """What is lit now. :meth:`advance` lights the next, :meth:`press` takes the lit one."""

    rows: tuple[tuple[T, ...], ...]
    _row: int = -1
    _at: int = -1
    _inside: bool = False
    _rounds: int = 0

    @property
    def lit(self) -> tuple[T, ...]:
        """The row, or the one control, that is lit; nothing before the first :meth:`advance`."""
        if not 0 <= self._row < len(self.rows):
            return ()
        row = self.rows[self._row]
        return row if not self._inside else (row[self._at],)

    def advance(self) -> None:
        """Light the next row, or the next control of the row that was taken."""
        if not self.rows:
            return
        if not self._inside:
            self._row = (self._row + 1) % len(self.rows)
            return
        self._at += 1
        if self._at == len(self.rows[self._row]):
            self._at, self._rounds = 0, self._rounds + 1
            if self._rounds == ROUNDS:
                self._inside, self._rounds = False, 0

    def press(self) -> T | None:
        """Take what is lit: the control, or None once a row is opened or nothing is lit."""
        lit = self.lit
        if len(lit) == 1:
            return lit[0]
        if lit:
            self._inside, self._at, self._rounds = True, 0, 0
        return None
