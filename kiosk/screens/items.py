# SPDX-License-Identifier: EUPL-1.2
"""What a page is made of: words, targets, pictures, QR codes, each in its box. Data only, no widget."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias, Union

from accessibility.comfort import Comfort, TextSize
from kiosk.layout import Box, Size

if TYPE_CHECKING:
    from assist.session.commands import Intent
    from content.model import Question


CHOSEN = "✓"
"""Before the label of what is chosen."""


class Role(StrEnum):
    """How a line of words looks."""

    TITLE = "title"
    TEXT = "text"
    STRONG = "strong"
    QUIET = "quiet"
    FIELD = "field"


class Tone(StrEnum):
    """How a target looks."""

    CARD = "card"
    MAIN = "main"
    TOOL = "tool"
    CHOSEN = "chosen"
    """One of several comfort choices, the one in force."""
    KEY = "key"
    BAND = "band"
    """Beside the band over the header."""


@dataclass(frozen=True, slots=True)
class TurnPage:
    """Show the next (1) or the former (-1) page of the same view."""

    by: int


@dataclass(frozen=True, slots=True)
class OpenTheme:
    """Show the procedures of a theme; "" shows the themes again."""

    theme: str


@dataclass(frozen=True, slots=True)
class OpenDetails:
    """Show what the paper says besides the road map; ``open`` False shows the road map again."""

    open: bool = True


@dataclass(frozen=True, slots=True)
class OpenKeyboard:
    """Type what one looks for."""


@dataclass(frozen=True, slots=True)
class TypeText:
    """A key of the keypad or of the keyboard on the screen."""

    text: str


@dataclass(frozen=True, slots=True)
class EraseOne:
    """Take the last character away."""


@dataclass(frozen=True, slots=True)
class SwitchKeyboard:
    """Alphabetical, or that of a real keyboard."""


@dataclass(frozen=True, slots=True)
class Submit:
    """What is typed is the answer."""

    question: Question


@dataclass(frozen=True, slots=True)
class SetComfort:
    """Take this comfort."""

    comfort: Comfort


@dataclass(frozen=True, slots=True)
class OpenVoice:
    """The small screen of the voice: louder, softer, faster, slower, none."""


@dataclass(frozen=True, slots=True)
class Close:
    """Leave a small screen, whatever page of it is shown; the step comes back."""

    by_pages: bool = False
    """A page back first, where there is one: what the tool "Retour" does."""


@dataclass(frozen=True, slots=True)
class OpenModes:
    """The page of comfort: without the screen, without sound, large, slowly, one button."""


@dataclass(frozen=True, slots=True)
class Confirm:
    """ "Oui" to "Vous avez dit … ?": ``action`` is done at last."""

    action: Action


@dataclass(frozen=True, slots=True)
class Refuse:
    """ "Non" to "Vous avez dit … ?"."""


@dataclass(frozen=True, slots=True)
class Hush:
    """The voice stops."""


@dataclass(frozen=True, slots=True)
class Greet:
    """ "Bonjour": the first time, the greeting is said."""


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """Say the present page again, where the conversation does not know of it."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back what the voice has just done."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What was asked cannot be done here: a kind sentence, and nothing else."""

    sentence: str


Local = (
    TurnPage | OpenTheme | OpenDetails | OpenKeyboard | TypeText | EraseOne | SwitchKeyboard | Submit | SetComfort
    | OpenVoice | Close | OpenModes | Confirm | Refuse | Hush | Greet | ReadAgain | Undo | Remark
)  # fmt: skip
"""What the screen does by itself; the session hears nothing of it."""
Action: TypeAlias = Union["Intent", Local]


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press. ``action`` None: it rests."""

    id: str
    label: str
    action: Action | None
    pictogram: str = ""
    number: int = 0
    """Its key, 1 to 9; 0 for none."""
    tone: Tone = Tone.CARD
    theme: str = ""
    """Painted in the colours of this contrast theme: a choice shown, not named."""
    said: str = ""
    """Its name aloud, where its label is only a sign."""
    example: str = ""
    """Letters that show what it does, drawn in place of its label where pictures can be."""
    share: float = 1.0
    """The part of the height that they fill."""

    @property
    def name(self) -> str:
        """What it is called aloud: without the mark of what is chosen, or where one is among pages."""
        return self.said or self.label.removeprefix(CHOSEN).split("\u00a0\u00a0(")[0].strip()

    @property
    def text(self) -> str:
        """The label as painted, its key before it."""
        return f"{self.number}\u00a0\u00a0{self.label}" if self.number else self.label


@dataclass(frozen=True, slots=True)
class Band:
    """A passing line over the header, and what may be pressed beside it."""

    text: str
    button: Button | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words, already cut to its box. ``about`` names its sentence (see :class:`kiosk.view.Said`)."""

    text: str
    role: Role = Role.TEXT
    about: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Lines from the top of the box."""

    box: Box
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A button where a finger finds it."""

    box: Box
    button: Button
    lines: tuple[str, ...]
    picture: Size | None = None
    bordered: bool = True
    tag: str = ""
    """Who shows it: it glows, and this is written on its edge."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A pictogram alone."""

    box: Box
    name: str


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code."""

    box: Box
    url: str


Item = Words | Target | Picture | Code
Page = tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Density:
    """What a text size means where the letters themselves belong to the terminal: more air, fewer things at once."""

    air: int = 0
    """Empty lines between sentences."""
    cards: int = 9
    """The most targets at once."""
    bold: bool = False


PLAIN = Density()


def density(size: TextSize, *, sized_by_display: bool) -> Density:
    """The density of ``size``; the plain one when the display changes its letters by itself (touch page)."""
    if sized_by_display or size is TextSize.NORMAL:
        return PLAIN
    return {
        TextSize.LARGE: Density(1, 6, True),
        TextSize.LARGER: Density(1, 4, True),
        TextSize.LARGEST: Density(1, 2, True),
    }[size]
