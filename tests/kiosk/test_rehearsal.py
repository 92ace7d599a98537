# SPDX-License-Identifier: EUPL-1.2
"""Every public sentence is known before anybody asks: one that is missing brings the plain voice back (ADR 0078)."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from assist.session import commands as c
from assist.session.state import MOST_PAPERS, Overlay, Phase, SessionState
from content.model import AnswerFormat, Catalogue, Procedure, Question
from kiosk.conversation import Spoken
from kiosk.presenter import Surroundings, present
from kiosk.rehearsal import beside, moments, passing, sentences_of
from kiosk.screens.confirm import ConfirmScene
from kiosk.screens.items import Close, OpenModes, OpenVoice
from kiosk.view import Said, StepView, ViewKind
from kiosk.words import sentence
from tests.english_sample import bilingual_sample
from tests.kiosk.conftest import Kiosk, KioskMaker
from tests.kiosk.scripted_dialogue import ScriptedDialogue, walking
from tests.our_procedures import CATALOGUE
from tests.sample_procedures import TODAY

PROCEDURES = bilingual_sample()
AROUND = Surroundings(Catalogue({"essai": PROCEDURES}), "Nadia", 10, "01 23 45 67 89")
WALKS = 3


@cache
def all_rehearsed() -> frozenset[str]:
    """Of the sample, in both languages: another language is asked about in that language, and knows the question."""
    return frozenset[str]().union(*(of_procedure(one) | rehearsed_around(code) for code, one in PROCEDURES.items()))


@cache
def rehearsed_of(name: str, language: str) -> frozenset[str]:
    """Of one procedure of Pas à pas."""
    return of_procedure(CATALOGUE.procedures[name][language])


def of_procedure(procedure: Procedure) -> frozenset[str]:
    return public(sentences_of(procedure, procedure.language), beside(procedure, procedure.language))


@cache
def rehearsed_around(language: str) -> frozenset[str]:
    """Whatever the procedure."""
    return of_any(AROUND, language)


def of_any(around: Surroundings, language: str) -> frozenset[str]:
    return public(moments(around, language), passing(language, around))


def public(*rehearsals: Iterable[Said]) -> frozenset[str]:
    return frozenset(line.text for said in rehearsals for line in said if not line.private)


class Listening(ScriptedDialogue):
    """Keeps all that is said, and what was said back."""

    def __init__(self, state: SessionState, around: Surroundings = AROUND) -> None:
        super().__init__(state, around)
        self.voiced: list[Said] = []
        self._keep(self.view)

    def _keep(self, view: StepView) -> None:
        if view.road_map is None or not view.road_map.deadlines:
            self.voiced += view.speech
        if view.notice:
            self.voiced.append(Said(view.notice))

    def show(self, view: StepView) -> None:
        self._keep(view)
        super().show(view)

    def read(self, sentences: Iterable[Said]) -> None:  # type: ignore[override]
        kept = tuple(sentences)
        private = self.view.road_map is not None and self.view.road_map.deadlines
        self.voiced += () if private else kept
        super().read(kept)

    def tell(self, *sentences: Said) -> None:
        self.voiced += sentences
        super().tell(*sentences)


async def everything(k: Kiosk, *, small: bool) -> None:
    """Reach every control, open what can be opened, say everything, surely and not."""
    dialogue = k.dialogue
    assert isinstance(dialogue, Listening)
    frame, first = k.app.frame, dialogue.view
    for opened in (*((OpenModes(), OpenVoice()) if small else ()), None):
        if opened is not None:
            frame.act(opened)
            await k.settle()
        for _ in range(len(k.targets)):
            await k.press("right")
        for sayable in dialogue.sayables:
            dialogue.voiced += [Said(sentence(sayable.label))] if sayable.label else []
            assert dialogue.hearer is not None
            if dialogue.hearer.doubtful(sayable, "") and isinstance(frame.small, ConfirmScene):
                dialogue.hearer.heard(Spoken("page:refuse"))
            if dialogue.view is not first:
                await k.show(first)
        if frame.small is not None:
            frame.act(Close())
            await k.settle()


def states(procedure: Procedure) -> list[SessionState]:
    """One of each kind of view."""
    kinds = {step.kind: name for name, step in procedure.steps.items()}
    steps = [
        walking(procedure, name, next((d.id for d in procedure.steps[name].documents), "")) for name in kinds.values()
    ]
    first = next(iter(procedure.steps))
    overlays = [walking(procedure, first, overlay=o) for o in Overlay if o is not Overlay.NONE]
    phases = [SessionState(), *(SessionState(phase=p, session="s") for p in (Phase.CHOOSING, Phase.RATING))]
    return [replace(state, language=procedure.language) for state in (*phases, *overlays, *steps)]


@pytest.mark.parametrize("language", ["fr", pytest.param("en", marks=pytest.mark.long)])  # The same screens.
@pytest.mark.timeout(180)
async def test_all_that_the_screens_say_is_rehearsed(kiosk: KioskMaker, language: str) -> None:
    known = all_rehearsed()
    missing: dict[str, str] = {}
    for number, state in enumerate(states(PROCEDURES[language])):
        dialogue = Listening(state)
        async with kiosk(dialogue) as k:
            await everything(k, small=number % 4 == 0)  # They say the same over most views.
            assert len(dialogue.voiced) > len(dialogue.view.speech), dialogue.view.kind
        public = [said for said in dialogue.voiced if not said.private]  # A mediator's name is said by the plain voice.
        missing |= {said.text: dialogue.view.kind for said in public if said.text not in known}
    assert missing == {}


def test_whom_to_ask_for_another_paper_is_rehearsed() -> None:
    end = walking(PROCEDURES["fr"], "fin", papers=MOST_PAPERS, print_status=c.PrintStatus.DONE)
    view = present(end, AROUND)
    public = {said.text for said in view.speech if not said.about.startswith("row:")}
    assert {view.notice, *public} <= all_rehearsed()


@pytest.mark.parametrize("need", ["perdue", "abimee"])
def test_each_official_page_that_a_paper_may_name_is_rehearsed(need: str) -> None:
    for procedure in PROCEDURES.values():
        view = present(walking(procedure, "fin", answers={"besoin": need}), AROUND)
        named = [said.text for said in view.details_speech if said.about.startswith("row:words:")]
        assert view.road_map is not None
        assert view.road_map.source.title in named[0]
        assert set(named) <= all_rehearsed()


@pytest.mark.parametrize("comfort", ["slow", "silent", "scanning"])
async def test_modes_are_told_in_rehearsed_words(kiosk: KioskMaker, comfort: str) -> None:
    known = all_rehearsed()
    dialogue = Listening(walking(PROCEDURES["fr"], next(iter(PROCEDURES["fr"].steps))))
    async with kiosk(dialogue) as k:
        for _ in range(2):
            await k.press("m")
            await k.tap(f"mode-{comfort}")
            await k.tap("close") if comfort != "scanning" else None
            if comfort == "scanning":
                break
    assert dialogue.told
    assert [said.text for said in dialogue.voiced if said.text not in known] == []


async def test_two_names_are_told_one_after_the_other() -> None:
    """A row that the switch lights is said as two sentences: no pair has to be rehearsed."""
    dialogue = Listening(SessionState())
    dialogue.tell(Said("Jour."), Said("Crème."))
    assert dialogue.told == ["Jour.", "Crème."]


@pytest.mark.parametrize("procedure", CATALOGUE.titles(), ids=lambda procedure: procedure.id)
def test_at_each_step_somebody_can_be_called_or_gone_to(procedure: Procedure) -> None:
    known = rehearsed_around(procedure.language) | rehearsed_of(procedure.id, procedure.language)
    for step in procedure.steps.values():
        view = present(walking(procedure, step.id, overlay=Overlay.HELP), Surroundings(CATALOGUE))
        assert view.card is not None, step.id
        assert view.card.name
        assert {said.text for said in view.speech if said.about == "card"} <= known, step.id


def answer(question: Question, by: random.Random) -> c.Answer:
    if question.format is AnswerFormat.DATE:
        return c.Answer(TODAY + timedelta(days=by.choice((-4000, -40, -3, 3, 40))))
    return c.Answer(by.choice((0, 1, 3, 12, 900)) if question.format is AnswerFormat.NUMBER else "Rennes")


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_all_that_a_visit_says_is_rehearsed(language: str) -> None:
    """Every procedure of Pas à pas, by any answers, down to the goodbye."""
    around = Surroundings(CATALOGUE, "Nadia", 10, "01 23 45 67 89")
    procedures = [found for p in CATALOGUE.procedures.values() if (found := p.get(language))]
    known = of_any(around, language).union(*(rehearsed_of(found.id, language) for found in procedures))
    missing: set[str] = set()
    ends = 0
    for procedure in procedures:
        for seed in range(WALKS):
            by = random.Random(seed)  # noqa: S311 - answers, no secrets
            state = SessionState(phase=Phase.CHOOSING, session="s", language=language, today=TODAY)
            dialogue = Listening(state, around)
            await dialogue.send(c.Pick(procedure), c.Origin.TOUCH)
            for _ in range(80):
                view = dialogue.view
                if view.kind is ViewKind.ROAD_MAP:
                    await dialogue.send(by.choice((c.Print(), c.Finish())), c.Origin.TOUCH)
                elif view.kind is ViewKind.GOODBYE:
                    break
                elif view.question is not None and by.random() < 0.8:
                    await dialogue.send(answer(view.question, by), c.Origin.TOUCH)
                elif view.options:
                    await dialogue.send(by.choice(view.options).intent, c.Origin.TOUCH)
                else:
                    break
            ends += dialogue.view.kind is ViewKind.GOODBYE
            missing |= {said.text for said in dialogue.voiced if said.text not in known}
    assert missing == set()
    assert ends > len(procedures) * WALKS // 2
