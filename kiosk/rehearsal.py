# SPDX-License-Identifier: EUPL-1.2
"""Every sentence the kiosk may have to say, known before anybody asks: the voice prepares them while idle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import cast

from assist.session.state import Crumb, Overlay, Phase, SessionState
from content.model import Catalogue, Procedure, StepKind
from kiosk.presenter import Surroundings, present
from kiosk.view import Said
from kiosk.words import words_in


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


def passing(language: str) -> tuple[Said, ...]:
    """What may be said over any screen, in ``language``: what was noted or printed, a control that a key reaches.

    All the kiosk's own words are here, but the ways of saying that it only hears and those still to be filled in.
    """
    words = words_in(language)
    named = ((field.name, getattr(words, field.name)) for field in fields(words))
    texts = (text for name, value in named if not name.endswith("_also") for text in _texts(value))
    return tuple(
        Said(text if text.endswith((".", "!", "?")) else f"{text}.")
        for text in dict.fromkeys(texts)
        if "{" not in text and not text.startswith(" ") and text not in (words.language, words.house_and_credit)
    )


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from cast("Mapping[object, str]", value).values()
    elif isinstance(value, tuple):
        yield from cast("tuple[str, ...]", value)
