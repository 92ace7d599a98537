# SPDX-License-Identifier: EUPL-1.2
"""What the screens need of the conversation: all that the app knows of the rest of the kiosk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from accessibility.comfort import Comfort
    from accessibility.listening.protocol import Expected
    from assist.session.commands import Intent, Origin
    from kiosk.jobs import Trouble
    from kiosk.view import EarSign, Found, Said, SpokenPlace, StepView

    Listener = Callable[[StepView, Comfort], None]
    EarWatcher = Callable[[EarSign], None]
    WordWatcher = Callable[[SpokenPlace | None], None]


@dataclass(frozen=True, slots=True)
class Sayable:
    """One thing that may be said now, and every way of saying it; ``label`` is how the kiosk says it back."""

    id: str
    label: str
    ways: tuple[str, ...]
    grave: bool = False
    """What cannot be undone: always asked again, even when it was heard clearly."""
    own: bool = False
    """It stands on the page: likelier than what may be said anywhere."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the person said: the :attr:`Sayable.id`, or, where it was expected, a number, a date or a request."""

    id: str
    value: str = ""
    others: tuple[str, ...] = ()
    """What a request may be instead of ``value``, the likeliest first."""


class Hearer(Protocol):
    """Who is told what the person said: the screen, which knows what each answer does."""

    def heard(self, spoken: Spoken) -> bool:
        """Do it. Called on the loop. False when it is not taken, as a touch would not be: the page is changing."""
        ...

    def doubtful(self, sayable: Sayable, value: str) -> bool:
        """Ask "Vous avez dit … ?" before doing it. Called on the loop.

        ``value`` is a number or a date; ``sayable.id`` is "" then. False when it may not even be asked (an unsure yes
        to such a question): it counts as not understood.
        """
        ...


class Conversation(Protocol):
    """:class:`kiosk.dialogue.Dialogue`, :class:`kiosk.opening.Opening` before it has come, or a scripted one.

    Lives in the app's event loop. Nothing here raises for what a person may do.
    """

    @property
    def view(self) -> StepView:
        """What the person meets now."""
        ...

    @property
    def comfort(self) -> Comfort:
        """The person's settings."""
        ...

    @property
    def speaking(self) -> bool:
        """True while the voice is heard."""
        ...

    def subscribe(self, listener: Listener) -> None:
        """Have ``listener`` called on the loop after each change of the view or of the comfort."""
        ...

    def watch_trouble(self, trouble: Trouble) -> None:
        """Have ``trouble`` called on the loop with any exception that no call brings: a bug beside the conversation."""
        ...

    async def start(self) -> None:
        """Get ready; the welcome view stands meanwhile."""
        ...

    async def send(self, intent: Intent, origin: Origin) -> None:
        """Do what the person asks. What makes no sense now changes nothing."""
        ...

    async def search(self, text: str, *, heard: tuple[str, ...] | None = None) -> Found:
        """What ``text`` asks for: up to three procedures, or a person, or nothing.

        ``heard``: None when it was typed; when it was said, what else the ear may have heard.
        """
        ...

    def touched(self) -> bool:
        """Someone touched something: the voice stops, the waiting starts again, the first touch is greeted.

        True when this was the first: the greeting is being said.
        """
        ...

    def read(self, sentences: Sequence[Said]) -> None:
        """Say a page that the screen turned to by itself, within the same view."""
        ...

    def tell(self, *sentences: Said) -> None:
        """Say passing words (the control that a key has reached), then go on listening."""
        ...

    def hear(self, sayables: Sequence[Sayable], expected: Expected, hearer: Hearer) -> None:
        """From now on these things may be said. The microphone opens when the voice has finished."""
        ...

    def request_answered(self, *, found: bool) -> None:
        """What was asked for in one's own words was found or not: what is not found counts as not understood."""
        ...

    def watch_ear(self, watcher: EarWatcher) -> None:
        """Have ``watcher`` called on the loop at each change of the ear's sign."""
        ...

    def watch_words(self, watcher: WordWatcher) -> None:
        """Have ``watcher`` called on the loop as each word begins to be heard; None when the voice has finished."""
        ...

    def set_comfort(self, comfort: Comfort) -> None:
        """Take ``comfort`` for this person; a change of voice is heard at once."""
        ...

    async def close(self) -> None:
        """End: silence, no job left, the journal closed."""
        ...
