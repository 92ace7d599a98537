# SPDX-License-Identifier: EUPL-1.2
"""A dialogue for screen tests: the real machine and presenter, without journal, voice or paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from accessibility.comfort import Comfort
from accessibility.listening.protocol import Expected
from assist.session import commands as c
from assist.session.machine import decide, evolve
from assist.session.state import Crumb, Overlay, Phase, SessionState
from content.model import Catalogue, Procedure, StepKind
from kiosk.conversation import Hearer, Sayable
from kiosk.presenter import Surroundings, present
from kiosk.view import EarSign, Found, Said, SpokenPlace, StepView
from tests.sample_procedures import TODAY, sample_procedure

NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)


def catalogue(*procedures: Procedure) -> Catalogue:
    """A catalogue of ``procedures``, else of the sample one."""
    return Catalogue({p.id: {p.language: p} for p in procedures or (sample_procedure(),)})


class ScriptedDialogue:
    """Same shape as :class:`kiosk.dialogue.Dialogue`."""

    def __init__(self, state: SessionState | None = None, around: Surroundings | None = None) -> None:
        self.around = around or Surroundings(catalogue(), "Nadia", 10, "01 23 45 67 89")
        self.state = state or SessionState()
        self.view: StepView = present(self.state, self.around)
        self.to_paint = self.view
        self.comfort = Comfort()
        self.speaking = False
        self.started = self.closed = False
        self.touches = 0
        self.sent: list[tuple[c.Intent, c.Origin]] = []
        self.found = Found()
        self.searched: list[str] = []
        self.read_aloud: list[tuple[str, ...]] = []
        self.read_said: list[tuple[Said, ...]] = []
        self.read_private: list[bool] = []
        self.told: list[str] = []
        self.requests_found: list[bool] = []
        self.sayables: tuple[Sayable, ...] = ()
        self.expected = Expected.NOTHING
        self.hearer: Hearer | None = None
        self.ear_watchers: list[Callable[[EarSign], None]] = []
        self.word_watchers: list[Callable[[SpokenPlace | None], None]] = []
        self.listeners: list[Callable[[StepView, Comfort], None]] = []
        self.breaks_on: type | None = None

    def subscribe(self, listener: Callable[[StepView, Comfort], None]) -> None:
        self.listeners.append(listener)

    def watch_trouble(self, trouble: Callable[[Exception], None]) -> None:
        self.trouble = trouble

    async def start(self) -> None:
        self.started = True

    async def send(self, intent: c.Intent, origin: c.Origin) -> None:
        self.sent.append((intent, origin))
        if self.breaks_on and isinstance(intent, self.breaks_on):
            raise ZeroDivisionError("secret-value")
        if isinstance(intent, c.Begin):
            intent = replace(intent, session="s")
        for event in decide(self.state, c.Command(intent, c.Moment(NOW, 0.0, TODAY), origin)):
            self.state = evolve(self.state, event)
        self.show(present(self.state, self.around))

    def show(self, view: StepView) -> None:
        """Have the screen paint ``view``."""
        self.view = self.to_paint = view
        for listener in self.listeners:
            listener(self.view, self.comfort)

    def set_comfort(self, comfort: Comfort) -> None:
        self.comfort = comfort
        for listener in self.listeners:
            listener(self.view, comfort)

    def touched(self) -> bool:
        self.touches += 1
        return False

    def read(self, sentences: Sequence[Said]) -> None:
        self.read_aloud.append(tuple(said.text for said in sentences))
        self.read_said.append(tuple(sentences))
        self.read_private.append(any(said.private for said in sentences))

    def tell(self, *sentences: Said) -> None:
        self.told.extend(said.text for said in sentences)

    def hear(self, sayables: Sequence[Sayable], expected: Expected, hearer: Hearer) -> None:
        self.sayables, self.expected, self.hearer = tuple(sayables), expected, hearer

    def request_answered(self, *, found: bool) -> None:
        self.requests_found.append(found)

    def watch_ear(self, watcher: Callable[[EarSign], None]) -> None:
        self.ear_watchers.append(watcher)

    def watch_words(self, watcher: Callable[[SpokenPlace | None], None]) -> None:
        self.word_watchers.append(watcher)

    async def search(self, text: str, *, heard: tuple[str, ...] | None = None) -> Found:
        self.searched.append(text if heard is None else " | ".join(("heard", text, *heard)))
        return self.found

    async def close(self) -> None:
        self.closed = True


def walking(procedure: Procedure, step: str, document: str = "", **more: object) -> SessionState:
    """At ``step`` of ``procedure``, in the middle of a session."""
    trail = tuple(Crumb(s) for s in list(procedure.steps)[: list(procedure.steps).index(step)])
    state = SessionState(phase=Phase.WALKING, procedure=procedure, here=Crumb(step, document), trail=trail, session="s")
    return replace(state, today=TODAY, **more) if hasattr(state, "today") else replace(state, **more)


def views_of(procedure: Procedure, around: Surroundings) -> dict[str, StepView]:
    """Every view that ``procedure`` may lead to, moments included, by a name for messages and file names.

    In the language of the procedure.
    """
    states: dict[str, SessionState] = {
        "welcome": SessionState(),
        "themes": SessionState(phase=Phase.CHOOSING, session="s"),
        "rate": SessionState(phase=Phase.RATING, session="s", procedure=procedure),
        "goodbye": SessionState(phase=Phase.OVER, session="s"),
    }
    first = next(iter(procedure.steps))
    for overlay in Overlay:
        if overlay is not Overlay.NONE:
            states[f"over-{overlay.value}"] = walking(procedure, first, overlay=overlay)
    for name, step in procedure.steps.items():
        for document in [d.id for d in step.documents] or [""]:
            key = f"{step.kind.value}-{name}" + (f"-{document}" if document else "")
            states[key] = walking(procedure, name, document)
            if step.kind is not StepKind.END and (step.explain or document):
                states[f"{key}-explained"] = walking(procedure, name, document, explaining=True)
    return {name: present(replace(state, language=procedure.language), around) for name, state in states.items()}
