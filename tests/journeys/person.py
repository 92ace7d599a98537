# SPDX-License-Identifier: EUPL-1.2
"""A person before the kiosk: sees what the terminal shows, and presses by finger, by arrows, or by three keys."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Protocol

import psutil
from rich.cells import cell_len

from content.model import THEMES as EVERY_THEME
from kiosk.screens.frame import DOUBLE_TAP_SECONDS
from tests.journeys.site import SEVERAL, Site
from tests.our_procedures import CATALOGUE
from tests.terminal import NotSeen, Terminal, open_terminal

PATIENCE = 20.0
"""Seconds that a person waits for a screen. Generous: other work may share the machine. What must be quick is
measured by the test that says so."""
WELCOME = "Je vous aide"
THEMES = "Que voulez-vous faire"
ROAD_MAP = "Votre feuille de route"
RATE = "Cela vous a-t-il"
GOODBYE = "Au revoir"
LEAVE_SECONDS = 15.0

MOST_MOVES = 60
TRIES = 3
MOST_PAGES = 12
AGAIN_SECONDS = 6.0
READING_SECONDS = 0.8
"""The least before a key answers a screen: the kiosk takes what comes sooner for a hand that rests on the keys."""
BETWEEN_TAPS_SECONDS = DOUBLE_TAP_SECONDS + 0.1
"""Quicker than this the kiosk takes it for a trembling hand: nobody reads a screen so fast."""
LIFTING_SECONDS = 0.8
"""The least between two presses of the same key, on two screens: sooner, it was held down."""


class Hand(Protocol):
    """A way of pressing what is on the screen."""

    def press(self, label: str) -> None:
        """Press the target of that label."""
        ...

    def key_in(self, digits: str) -> None:
        """Give digits to the keypad."""
        ...


@dataclass
class Person:
    """Somebody at the terminal of ``site``."""

    site: Site
    terminal: Terminal
    hand: Hand
    again: int = 0
    """How often something had to be pressed twice: on a busy machine the kiosk may take it for a trembling hand."""

    def sees(self, text: str, timeout: float = PATIENCE) -> str:
        """Wait for ``text`` (spaces of any kind); the screen."""
        return self.terminal.wait_for(pattern(text), timeout)

    def presses(self, label: str, then: str) -> str:
        """Press ``label`` and wait for ``then``; the new screen. When nothing moves, press again, as anybody does."""
        for _ in range(TRIES):
            self.hand.press(label)
            with suppress(NotSeen):
                return self.sees(then, AGAIN_SECONDS)
            self.again += 1
            if target(self.terminal.screen(), label) is None:
                break
        return self.sees(then)

    def answers(self, *answers: tuple[str, str]) -> None:
        """Several (label, what comes then)."""
        for label, then in answers:
            self.presses(label, then)

    def keys_in(self, digits: str, then: str) -> str:
        """Key digits in on the keypad, "Valider", and wait for ``then``."""
        self.hand.key_in(digits)
        return self.presses("Valider", then)

    def begins(self, theme: str, procedure: str, first: str) -> None:
        """From the welcome to the first step."""
        self.sees(WELCOME)
        self.answers(("Commencer", THEMES), (theme, procedure), (procedure, first))

    def turns_to(self, label: str) -> None:
        """Turn pages ("Suite") until ``label`` is there."""
        for page in range(1, MOST_PAGES):
            screen = self.terminal.wait_until(
                lambda seen: target(seen, label) is not None or target(seen, "Suite") is not None,
                f"« {label} »",
                PATIENCE,
            )
            if target(screen, label) is not None:
                return
            told = re.search(r"\((\d+)\s+sur\s+(\d+)\)", screen)
            assert told, f"« Suite » says nothing of pages:\n{screen}"
            here, last = int(told[1]), int(told[2])
            self.presses("Suite", f"({here + 1} sur {last})" if here + 1 < last else label)
            assert page < last

    def where(self, label: str) -> tuple[int, int]:
        """Column and row at which a finger presses ``label``."""
        return Finger(self.terminal).place(label)

    # The machine

    @property
    def process(self) -> psutil.Process:
        """The kiosk itself."""
        return psutil.Process(self.terminal.pid)

    def leaves(self) -> None:
        """A technician stops the kiosk; it ends well and leaves no process behind."""
        process = self.process
        family = [process, *process.children(recursive=True)]
        process.terminate()
        assert self.terminal.wait_exit(LEAVE_SECONDS) == 0
        _, alive = psutil.wait_procs(family, LEAVE_SECONDS)
        assert not alive


@dataclass(frozen=True)
class Place:
    """Words on the screen, in cells from the top left."""

    column: int
    row: int
    width: int

    @property
    def middle(self) -> tuple[int, int]:
        """Where a finger aims."""
        return self.column + self.width // 2, self.row


def pattern(text: str) -> re.Pattern[str]:
    """``text`` with spaces of any kind between its words: titles use the ones that do not break."""
    return re.compile(r"\s+".join(re.escape(word) for word in text.split()))


def target(screen: str, label: str) -> Place | None:
    """Where ``label`` can be pressed.

    Answers carry the number of their key, and win over the same words in a sentence; a long label may go on on the
    next line of its card. Then the last place wins, targets being below the words.
    """
    words = label.split()
    numbered = [rf"(?<=[\s▶█])\d\s\s{pattern(label).pattern}(?!\w)"]
    for count in range(len(words) - 1, 0, -1):
        numbered.append(rf"(?<=[\s▶█])\d\s\s{pattern(' '.join(words[:count])).pattern}(?=\s{{2,}}|\s?[▎█◀]|$)")
    for shape in (*numbered, rf"(?<![\w/]){pattern(label).pattern}(?![\w/])"):
        places = [
            Place(cell_len(line[: found.start()]), row, cell_len(found.group()))
            for row, line in enumerate(screen.split("\n"))
            for found in re.finditer(shape, line)
        ]
        if places:
            return places[-1]
    return None


@dataclass
class Finger:
    """Taps, as the terminal reports them."""

    terminal: Terminal
    _last: float = 0.0

    def press(self, label: str) -> None:
        self._tap(self.place(label))

    def key_in(self, digits: str) -> None:
        places = {digit: self.place(digit) for digit in set(digits)}
        for digit in digits:
            before = self.terminal.screen()
            self.terminal.tap(*places[digit])
            self.terminal.wait_until(lambda seen: seen != before, f"« {digit} » typed", PATIENCE)  # noqa: B023

    def place(self, label: str) -> tuple[int, int]:
        """Column and row at which ``label`` rests: two looks find it alike."""
        looks: list[Place | None] = [None]

        def rests(screen: str) -> bool:
            looks.append(target(screen, label))
            return looks[-1] is not None and looks[-1] == looks[-2]

        self.terminal.wait_until(rests, f"« {label} » at rest", PATIENCE)
        place = looks[-1]
        assert place is not None
        return place.middle

    def _tap(self, place: tuple[int, int]) -> None:
        time.sleep(max(0.0, self._last + BETWEEN_TAPS_SECONDS - time.monotonic()))
        self.terminal.tap(*place)
        self._last = time.monotonic()  # Sent: counted from before, a tap that was long in coming is too near the next.


@dataclass
class Keys:
    """Moves the focus, then Enter. Digits come from the keyboard, unless there are only three keys."""

    terminal: Terminal
    forward: tuple[str, ...] = ("Down", "Right")
    back: tuple[str, ...] = ("Up", "Left")
    only_three: bool = False
    _entered: float = 0.0

    def press(self, label: str) -> None:
        seen = time.monotonic()
        self._focus(label)
        time.sleep(max(0.0, max(seen + READING_SECONDS, self._entered + LIFTING_SECONDS) - time.monotonic()))
        self.terminal.keys("Enter")
        self._entered = time.monotonic()

    def key_in(self, digits: str) -> None:
        if not self.only_three:
            self.terminal.write(digits)
            return
        for digit in digits:
            self._focus(digit)
            self.terminal.keys("Enter")

    def _focus(self, label: str) -> None:
        """Move the focus to ``label``, the way that looks shorter; the focus goes round, so either way arrives."""
        screen = self.terminal.wait_until(lambda seen: target(seen, label) is not None, f"« {label} »", PATIENCE)
        if not focus(screen):  # After a touch, or at the very start: a key brings the focus back.
            self.terminal.keys(self.forward[0])
            screen = self.terminal.wait_until(lambda seen: bool(focus(seen)), "a focus", PATIENCE)
        at, to = focus(screen)[0], target(screen, label)
        assert to is not None
        ways = self.forward if (to.row, to.column) > (at[1], at[0]) else self.back
        for turn in range(MOST_MOVES):
            if is_focused(screen, label):
                return
            self.terminal.keys(ways[turn % len(ways)])
            before = focus(screen)
            screen = self.terminal.wait_until(lambda seen: focus(seen) not in ((), before), "a move", PATIENCE)  # noqa: B023
        raise NotSeen(f"the keys do not reach « {label} »:\n{screen}")


def focus(screen: str) -> tuple[tuple[int, int], ...]:
    """Column and row of what shows the focus: an arrow beside a flat target, the corner of a thick border."""
    return tuple(
        (cell_len(line[: found.start()]), row)
        for row, line in enumerate(screen.split("\n"))
        for found in re.finditer("▶|█▀{3,}", line)
    )


def is_focused(screen: str, label: str) -> bool:
    """True when the border or the arrow at the left of ``label`` is that of the focus."""
    place = target(screen, label)
    if place is None:
        return False
    line = screen.split("\n")[place.row]
    left = [sign for at, sign in _signs(line) if at < place.column and sign in "█▶▊▎◀"]
    return bool(left) and left[-1] in "█▶"


def _signs(line: str) -> Iterator[tuple[int, str]]:
    at = 0
    for sign in line:
        yield at, sign
        at += cell_len(sign)


def finger(terminal: Terminal) -> Hand:
    """Touches the screen."""
    return Finger(terminal)


def arrows(terminal: Terminal) -> Hand:
    """The four arrows and Enter; digits by the keyboard."""
    return Keys(terminal, ("Down", "Right"), ("Up", "Left"))


def three_keys(terminal: Terminal) -> Hand:
    """Right, Left and Enter, and nothing else."""
    return Keys(terminal, ("Right",), ("Left",), only_three=True)


def numbers_of(name: str) -> tuple[str, str]:
    """The key of the theme of a procedure, and its own in that theme, where a site serves several."""
    procedures = [one for one in CATALOGUE.titles() if one.id in SEVERAL]
    (wanted,) = (one for one in procedures if one.id == name)
    themes = [theme for theme in EVERY_THEME if any(one.theme == theme for one in procedures)]
    beside = [one.id for one in procedures if one.theme == wanted.theme]
    return str(themes.index(wanted.theme) + 1), str(beside.index(name) + 1)


@contextmanager
def person_at(
    site: Site,
    hand: Callable[[Terminal], Hand] = finger,
    size: tuple[int, int] = (100, 32),
    options: tuple[str, ...] = (),
) -> Iterator[Person]:
    """``kiosk run`` in a real terminal, and somebody before it. Nothing runs any more afterwards."""
    with open_terminal([*site.command, "run", *options], site.env, size) as terminal:
        person = Person(site, terminal, hand(terminal))
        try:
            person.sees(WELCOME)
            yield person
        finally:
            _end(terminal)


def _end(terminal: Terminal) -> None:
    """However the test ended: no process of the kiosk outlives it."""
    if terminal.exit_code is not None:
        return
    process = psutil.Process(terminal.pid)
    family = [*process.children(recursive=True), process]
    for member in family:
        with suppress(psutil.NoSuchProcess):
            member.kill()
    psutil.wait_procs(family, LEAVE_SECONDS)
