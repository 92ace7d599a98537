# SPDX-License-Identifier: EUPL-1.2
"""Every procedure by voice alone, from the welcome to the paper: what is said comes from the procedure itself.

Each takes two to five minutes of real talk, so they run with ``script/test --long``; one of them is in every run
(``test_voice_alone.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assist.session import commands as c
from content.model import UNKNOWN, AnswerFormat, Procedure
from kiosk.clock import SystemClock
from kiosk.view import Option, StepView
from kiosk.walk import Walk
from tests.journeys.aloud import NEEDS, VOICES, Came, Says, aloud
from tests.journeys.person import GOODBYE, RATE, THEMES, WELCOME
from tests.journeys.site import EVERYTHING
from tests.our_procedures import CATALOGUE

pytestmark = [NEEDS, pytest.mark.long, pytest.mark.timeout(900)]

VOICE = VOICES[0]
MOST_STEPS = 60
SPOKEN = {AnswerFormat.NUMBER: ("deux", "2"), AnswerFormat.DATE: ("le trois mars deux mille vingt-six", "03/03/2026")}
"""What is said where something is to be given, and how it is written."""
ASKED_ABOUT = ("oui", "non")


@pytest.mark.parametrize("name", [procedure.id for procedure in CATALOGUE.titles()])
def test_by_voice_alone(name: str, tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    procedure = CATALOGUE.get(name)
    assert procedure is not None
    walk = tuple(walk_of(procedure))
    words = dict.fromkeys((*(said for said, *_ in walk), *ASKED_ABOUT))
    with aloud(tmp_path, says={VOICE: tuple(words)}, headphones=True, content=EVERYTHING) as one:
        for said, then, means in walk:
            one.says(said, then, means=means, voice=VOICE)
        one.person.sees(WELCOME)
        one.tells(record_property)
        one.person.leaves()
    assert one.count(Came.WRONG) == 0
    assert one.site.endings() == ["done"]
    assert len(one.site.papers) == 1
    assert one.site.intact


def walk_of(procedure: Procedure) -> Iterator[Says]:
    """What somebody says who takes the first answer everywhere, and what comes of it."""
    walk = Walk(procedure, SystemClock(), lambda events, at, session: None)
    yield ("commencer", THEMES, "")
    yield (procedure.title, told_by(walk.view, None), "")
    for _ in range(MOST_STEPS):
        if walk.at_end:
            break
        before = walk.view
        said, means = say_and_do(walk)
        yield (said, told_by(walk.view, before), means)
    yield ("imprimer", "Votre papier est prêt", "")
    yield ("finir", RATE, "")
    yield ("oui", GOODBYE, "")


def say_and_do(walk: Walk) -> tuple[str, str]:
    """Go one step on; what was said to do so, and what the kiosk would ask about."""
    if not walk.needs_answer:
        walk.go_on()
        return "suivant", ""
    question = walk.view.question
    unknown = next((option for option in walk.view.options if option.id == UNKNOWN), None)
    if question is not None and unknown is None:
        said, written = SPOKEN[question.format]
        assert walk.answer(written) is None
        return said, written
    option = unknown if question is not None and unknown is not None else first_answer(walk.view)
    assert walk.answer(option.id) is None
    return option.label, ""


def first_answer(view: StepView) -> Option:
    """The first that answers the step."""
    return next(option for option in view.options if not isinstance(option.intent, c.Explain))


def told_by(view: StepView, before: StepView | None) -> str:
    """Words of ``view`` that the page before it does not have: seeing them means that it has come."""
    former = " ".join((before.title, *before.sentences, *(o.label for o in before.options))) if before else ""
    return next((line for line in (view.title, *view.sentences) if line and line not in former), view.title)
