# SPDX-License-Identifier: EUPL-1.2
"""What every scene offers to the frame: its pages, and what it does with what is pressed and typed."""

from __future__ import annotations

from typing import ClassVar, Protocol

from accessibility.comfort import Comfort
from kiosk.screens.items import Action, Button, Local, Page, TurnPage
from kiosk.screens.prompts import Room
from kiosk.view import Found, Option, Said, StepView


class Stage(Protocol):
    """What a scene knows of the frame it plays in."""

    @property
    def view(self) -> StepView: ...

    @property
    def comfort(self) -> Comfort: ...

    @property
    def listens(self) -> bool:
        """True where the kiosk has an ear, open or not."""
        ...

    def repaint(self) -> None:
        """Lay the scene out again."""
        ...

    def act(self, action: Action) -> None:
        """Do as if a button with this action were pressed."""
        ...

    def search(self, text: str) -> None:
        """Look for procedures; ``found`` of the scene is called with what comes."""
        ...


class Scene:
    """Lays out one kind of view. One lives as long as its view; what was typed in it goes with it."""

    typing: ClassVar[bool] = False
    """True when letters are text and not shortcuts."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.page = 0

    @property
    def language(self) -> str:
        """The language of its words."""
        return self.stage.view.language

    def pages(self, room: Room) -> tuple[Page, ...]:
        """All the pages of the view in ``room``."""
        raise NotImplementedError

    def do(self, action: Local) -> bool:
        """Do something that only concerns the screen. True when it was this scene's to do."""
        if isinstance(action, TurnPage):
            self.page = max(0, self.page + action.by)
            return True
        return False

    def back(self) -> bool:
        """ "Retour" inside the view: the former page. False when the session must go back."""
        if self.page:
            self.page -= 1
            return True
        return False

    @property
    def inside(self) -> bool:
        """True when "Retour" stays in this view: see :meth:`back`."""
        return self.page > 0

    @property
    def aside(self) -> bool:
        """True on a page of its own that the view's own speech does not say: "Répéter" says that page again."""
        return False

    @property
    def count(self) -> int | None:
        """How many signs are typed; None where nothing is."""
        return None

    @property
    def on_enter(self) -> Action | None:
        """What Enter does where nothing has the focus; None: it gives the focus to the first control."""
        return None

    @property
    def likeliest(self) -> str:
        """The control that Enter presses among what a search gave; "" for none."""
        return ""

    def read(self, said: tuple[Said, ...]) -> tuple[Said, ...]:
        """What the voice reads of a page whose words are ``said``."""
        return said

    @property
    def on_close(self) -> Action | None:
        """What leaving a small screen does; None: the view comes back, nothing more."""
        return None

    @property
    def told(self) -> tuple[str, ...]:
        """What the scene has to say about what was just given: it is read aloud too. Nothing where all is well."""
        return ()

    def typed(self, key: str, character: str | None) -> bool:
        """A key of a real keyboard. True when it was text."""
        return False

    def found(self, found: Found) -> None:
        """What a search gave."""


def choices(options: tuple[Option, ...], first: int = 1) -> list[Button]:
    """One button an option, numbered from ``first``; a lone option needs no number."""
    alone = len(options) == 1
    return [
        Button(o.id, o.label, o.intent, o.pictogram, 0 if alone or n > 9 else n, said=o.said)
        for n, o in enumerate(options, first)
    ]
