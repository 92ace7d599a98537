# SPDX-License-Identifier: EUPL-1.2
"""What the screens need of the conversation: all that the app knows of the rest of the kiosk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from accessibility.comfort import Comfort
    from assist.session.commands import Intent, Origin
    from kiosk.view import Option, StepView

    Listener = Callable[[StepView, Comfort], None]


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

    async def start(self) -> None:
        """Get ready; the welcome view stands meanwhile."""
        ...

    async def send(self, intent: Intent, origin: Origin) -> None:
        """Do what the person asks. What makes no sense now changes nothing."""
        ...

    async def search(self, text: str) -> tuple[Option, ...]:
        """Up to three procedures that ``text`` may mean."""
        ...

    def touched(self) -> None:
        """Someone touched something: the voice stops, the waiting starts again, the first touch is greeted."""
        ...

    def read(self, sentences: Sequence[str]) -> None:
        """Say a page that the screen turned to by itself, within the same view."""
        ...

    def set_comfort(self, comfort: Comfort) -> None:
        """Take ``comfort`` for this person; a change of voice is heard at once."""
        ...

    async def close(self) -> None:
        """End: silence, no job left, the journal closed."""
        ...
