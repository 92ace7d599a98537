# SPDX-License-Identifier: EUPL-1.2
"""Every sentence the kiosk may have to say, known before anybody asks: the voice prepares them while idle."""

from __future__ import annotations

from collections.abc import Iterator

from assist.session.state import Crumb, Overlay, Phase, SessionState
from content.model import Catalogue, Procedure, StepKind
from kiosk.presenter import Surroundings, present
from kiosk.view import Said


def sentences_of(procedure: Procedure, language: str) -> tuple[Said, ...]:
    """The sentences of every step of ``procedure``, each once, those met first coming first."""
    around = Surroundings(Catalogue({}))
    return tuple(
        dict.fromkeys(line for state in _states(procedure, language) for line in present(state, around).speech)
    )


def _states(procedure: Procedure, language: str) -> Iterator[SessionState]:
    for step in procedure.steps.values():
        if step.kind is StepKind.END:
            continue
        for document in [d.id for d in step.documents] or [""]:
            for explaining in (False, True):
                yield SessionState(
                    phase=Phase.WALKING,
                    language=language,
                    procedure=procedure,
                    here=Crumb(step.id, document),
                    explaining=explaining,
                )


def moments(around: Surroundings, language: str = "fr") -> tuple[Said, ...]:
    """The sentences in ``language`` of the welcome, of the choice of a procedure, and of what may come over a step."""
    states = [
        *(SessionState(phase=phase, language=language) for phase in (Phase.WELCOME, Phase.CHOOSING, Phase.RATING)),
        *(
            SessionState(phase=Phase.CHOOSING, overlay=overlay, language=language)
            for overlay in Overlay
            if overlay is not Overlay.NONE
        ),
        SessionState(phase=Phase.OVER, language=language),
    ]
    return tuple(dict.fromkeys(line for state in states for line in present(state, around).speech))
