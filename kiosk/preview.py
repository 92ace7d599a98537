# SPDX-License-Identifier: EUPL-1.2
"""The kiosk as an author sees a procedure while writing it: each save is on the screen at once.

What is wrong in a file is one calm line at the foot of the screen, with the file and the line; the last good content
stays. The journal and the papers of a preview live in a folder that goes away with it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from watchfiles import awatch

from assist.session import commands as c
from assist.session.state import Crumb, Phase, SessionState
from content.loader import load_procedure
from content.model import Catalogue, Problem, Procedure, Step
from kiosk.app import KioskApp
from kiosk.config import JournalSettings, Settings
from kiosk.content_review import refusals_in_words
from kiosk.dialogue import Dialogue
from kiosk.view import StepView


@dataclass(frozen=True, slots=True)
class Draft:
    """A procedure as it was last saved: its texts (none when it cannot be shown), and what is wrong."""

    texts: MappingProxyType[str, Procedure]
    problems: tuple[Problem, ...]

    @property
    def said(self) -> str:
        """The first mistake, or "" when there is none."""
        if not self.problems:
            return ""
        first = self.problems[0]
        more = f" (et {len(self.problems) - 1} de plus)" if len(self.problems) > 1 else ""
        return f"{Path(first.file).name}, ligne {first.line}\u00a0: {first.message}{more}"


def read_draft(folder: Path) -> Draft:
    """Read a procedure as ``kiosk content check`` would, refusals only."""
    texts, found = load_procedure(folder)
    problems = [problem for problem in found if not problem.warning]
    for language in texts:
        problems += refusals_in_words(folder, language)
    return Draft(MappingProxyType(texts), tuple(problems))


def settings_for_preview(settings: Settings, folder: Path) -> Settings:
    """The same kiosk, whose traces stay in ``folder``, that waits for its author and does not listen."""
    return replace(
        settings,
        journal=JournalSettings(folder / "journal.db"),
        printer=replace(settings.printer, kind="folder", folder=folder / "receipts"),
        session=replace(settings.session, idle_seconds=3600),
        listening=replace(settings.listening, engine="none"),
        finding=replace(settings.finding, meaning="off"),
    )


class PreviewDialogue(Dialogue):
    """A conversation that begins at one procedure, and changes with its files."""

    def __init__(self, *, folder: Path, draft: Draft, language: str, **parts: Any) -> None:
        self._folder, self._language, self._mistake = folder, language, draft.said
        self._shown = draft.texts
        parts["load"] = self._catalogue
        super().__init__(**parts)

    async def start(self) -> None:
        """Open the procedure as soon as the kiosk is ready, and follow its files."""
        self._jobs.begin(self._open())
        self._jobs.begin(self._follow())
        await super().start()

    async def _open(self) -> None:
        async with self._between_commands():
            await self._walk_from_the_start()

    async def _walk_from_the_start(self) -> None:
        self._state = SessionState(language=self._language)
        await self._apply(c.Begin("", self._language), c.Origin.TIMER)
        await self._apply(c.Pick(self._procedure()), c.Origin.TIMER)

    def _catalogue(self) -> Catalogue:
        return Catalogue({self._folder.name: self._shown})

    def _procedure(self) -> Procedure:
        found = self._catalogue().get(self._folder.name, self._language)
        assert found is not None
        return found

    async def _follow(self) -> None:
        async for _ in awatch(self._folder, debounce=200, step=50):
            await self.renew(await asyncio.to_thread(read_draft, self._folder))

    async def renew(self, draft: Draft) -> None:
        """Show what was saved, on the same step when it is still there; what cannot be shown changes one line only."""
        async with self._between_commands():
            self._mistake = draft.said
            # The line is for the eye: the voice goes on with the procedure.
            self.view = replace(self.view, notice=self._mistake)
            if draft.texts:
                self._shown = draft.texts
                self._serve(self._catalogue())
                if self._state.phase is Phase.WALKING:
                    if kept := same_place(self._state, self._procedure()):
                        self._state = kept
                    else:
                        await self._walk_from_the_start()
            self._show()

    def _present(self) -> StepView:
        view = super()._present()
        return replace(view, notice=self._mistake) if self._mistake else view


def same_place(state: SessionState, procedure: Procedure) -> SessionState | None:
    """The session at the same place of ``procedure``; None when that place is gone. Answers that still fit stay."""
    if state.here is None or not _there(state.here, procedure):
        return None
    was = state.procedure.steps if state.procedure else {}
    answers = {
        name: value
        for name, value in state.answers.items()
        if name in procedure.steps and name in was and _same_question(procedure, name, was[name])
    }
    trail = tuple(crumb for crumb in state.trail if _there(crumb, procedure))
    return replace(state, procedure=procedure, trail=trail, answers=MappingProxyType(answers))


def _there(crumb: Crumb, procedure: Procedure) -> bool:
    step = procedure.steps.get(crumb.step)
    if step is None:
        return False
    documents = {document.id for document in step.documents}
    return crumb.document in documents if crumb.document or documents else True


def _same_question(procedure: Procedure, name: str, was: Step) -> bool:
    """True when the step still asks the same thing, of the same choices."""
    now = procedure.steps[name]
    same_choices = [choice.id for choice in now.choices] == [choice.id for choice in was.choices]
    return (now.kind, now.question) == (was.kind, was.question) and same_choices


class PreviewApp(KioskApp):
    """The kiosk's screen, which its author may leave."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c,ctrl+q", "leave", priority=True)]

    def action_leave(self) -> None:
        """Ctrl+C or Ctrl+Q: the author has seen enough."""
        self.exit()
