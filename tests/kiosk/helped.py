# SPDX-License-Identifier: EUPL-1.2
"""States and views of a session that is helped, for the tests of views, screens and sizes."""

from __future__ import annotations

from dataclasses import replace

from assist.link.messages import Consent, HelpStage
from assist.session.state import Help, Overlay, SessionState
from assist.sync.protocol import DeskState
from kiosk.presenter import Surroundings, present
from kiosk.view import StepView
from tests.kiosk.scripted_dialogue import ScriptedDialogue, catalogue, walking
from tests.sample_procedures import sample_procedure

SAMPLE = sample_procedure()
PRIVATE = sample_procedure(steps={**SAMPLE.steps, "besoin": replace(SAMPLE.steps["besoin"], sensitive=True)})
"""Its choice is the person's alone."""
MESSAGE = "Touchez l’image de gauche."
LONG = (
    "Prenez votre carte dans votre portefeuille. Lisez la date qui est au dos. Puis touchez la bonne image. "
    "Si vous ne la trouvez pas, ce n’est pas grave, attendez-moi, je viens vous voir."
)
SOMEBODY = DeskState(reachable=True, people=2, wait_minutes=5)
AROUND = Surroundings(catalogue(), "Nadia", 10, "01 23 45 67 89", desk=SOMEBODY)
ALONE = replace(AROUND, desk=DeskState())
EMPTY = replace(AROUND, desk=DeskState(reachable=True))
LEA = Help(HelpStage.JOINED, mediator="Léa")
GIVEN = replace(LEA, consent=Consent.GIVEN)
TOLD = replace(LEA, message=MESSAGE, messages=1)
LONGEST = replace(GIVEN, mediator="Jean-Christophe.", message=LONG, messages=1)
CALLED = Help(HelpStage.CALLED)
NOBODY = Help(HelpStage.UNANSWERED, ticket="12")


def helped(help: Help = LEA, step: str = "besoin", **more: object) -> SessionState:
    """At ``step`` of the sample."""
    document = "photo" if step == "pieces" else ""
    return walking(SAMPLE, step, document, help=help, **more)


def page(help: Help) -> SessionState:
    """On the page that "Aide" opens."""
    return helped(help, overlay=Overlay.HELP)


def asked(help: Help = LEA) -> SessionState:
    """May the mediator answer in the person's place?"""
    return helped(replace(help, consent=Consent.ASKED), overlay=Overlay.CONSENT)


def private(help: Help = LEA, **more: object) -> SessionState:
    """At a choice that is the person's alone."""
    return walking(PRIVATE, "besoin", help=help, **more)


def dialogue(state: SessionState, around: Surroundings = AROUND) -> ScriptedDialogue:
    return ScriptedDialogue(state, around)


def helped_views(language: str = "fr") -> dict[str, StepView]:
    """Every view that the help may lead to."""
    states: dict[str, tuple[SessionState, Surroundings]] = {
        "coming": (page(CALLED), AROUND),
        "alone": (page(CALLED), ALONE),
        "nobody": (page(NOBODY), AROUND),
        "nobody-alone": (page(replace(NOBODY, ticket="")), ALONE),
        "consent": (asked(LONGEST), AROUND),
        "page": (page(LONGEST), AROUND),
        "page-private": (private(LONGEST, overlay=Overlay.HELP), AROUND),
        "private": (private(LONGEST), AROUND),
        "shown": (private(replace(LONGEST, shown=True)), AROUND),
    }
    for step in SAMPLE.steps:
        states[f"told-{step}"] = (helped(TOLD, step), AROUND)
        states[f"told-long-{step}"] = (helped(LONGEST, step), AROUND)
    return {name: present(replace(state, language=language), around) for name, (state, around) in states.items()}
