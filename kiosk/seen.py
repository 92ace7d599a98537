# SPDX-License-Identifier: EUPL-1.2
"""What the person sees, for the mediator beside her: the same view, less what is private. Pure."""

from __future__ import annotations

from dataclasses import replace

from accessibility.comfort import Comfort, Contrast, TextSize
from assist.link.messages import PathPlace, Seen, SeenOption
from assist.session import commands as c
from assist.session.helping import ACTS_BY_CONSENT, hidden
from assist.session.state import Overlay, SessionState
from content.model import StepKind
from content.routing import following
from kiosk.moments import Surroundings
from kiosk.presenter import present
from kiosk.view import Card, StepView

MOST_OPTIONS = 200
"""The choice of a procedure may offer thousands of official ones: those of the house come first."""

WRITES_WHO_SHE_IS = "La personne écrit ses coordonnées"
"""All that the desk is told of it."""


def may_be_pressed(intent: c.Intent) -> bool:
    """Whether a mediator may ever press it in the person's place."""
    return type(intent) in ACTS_BY_CONSENT or isinstance(intent, c.Explain)


def seen_of(state: SessionState, around: Surroundings, comfort: Comfort) -> Seen:
    """The present view. The mediator's own message and pointing are told beside it, not within it."""
    view = present(replace(state, help=replace(state.help, message="", pointed="")), around)
    veiled = hidden(state) if state.signing is None else state.signing.private
    procedure, step = state.procedure, state.step
    seen = Seen(
        session=state.session,
        key=view.key,
        kind=view.kind.value,
        language=state.language,
        modes=_modes(comfort),
        procedure=procedure.id if procedure else "",
        procedure_title=procedure.title if procedure else "",
        content_hash=procedure.content_hash if procedure else "",
        step=step.id if step else "",
        heading=view.heading,
        title=view.title,
        sentences=view.sentences,
        options=_options(state, view, veiled=veiled),
        lines=_lines(view),
        pictogram=view.pictogram,
        done=view.done,
        total=max(0, view.total),
        notice=view.notices,
        hidden=veiled,
        path=_path(state),
        asks_next=_asks_next(state),
        difficulties=tuple(
            sorted(name for of, name in state.difficulties if procedure and of == procedure.id and name)
        ),
        help=state.help.stage,
        consent=state.help.consent,
        message=state.help.message,
        pointed=state.help.pointed,
    )
    if state.signing is not None and veiled and state.overlay is Overlay.NONE:
        return replace(seen, title=WRITES_WHO_SHE_IS, sentences=(), options=(), lines=())
    if not veiled or step is None or state.overlay is not Overlay.NONE:
        return seen
    if step.kind is StepKind.CHECKLIST:  # The name of the document may tell an answer.
        return replace(seen, title=step.title, sentences=step.say, lines=(), pictogram=step.pictogram)
    return replace(seen, lines=()) if step.kind is StepKind.END else seen


def _modes(comfort: Comfort) -> tuple[str, ...]:
    large = comfort.text_size is not TextSize.NORMAL or comfort.contrast is Contrast.YELLOW
    used = {
        "no_screen": not comfort.screen,
        "no_sound": not comfort.voice,
        "large": large,
        "slow": comfort.slow,
        "scanning": comfort.scanning,
    }
    return tuple(name for name, on in used.items() if on)


def _options(state: SessionState, view: StepView, *, veiled: bool) -> tuple[SeenOption, ...]:
    there = state.overlay is Overlay.NONE and state.signing is None
    return tuple(
        SeenOption(o.id, o.label, o.pictogram, there and not veiled and may_be_pressed(o.intent))
        for o in view.options[:MOST_OPTIONS]
    )


def _lines(view: StepView) -> tuple[str, ...]:
    rows = tuple(f"{row.title}\u00a0: {line}" for row in view.rows for line in row.lines)
    return (*_of_card(view.card), *rows) if view.card else rows


def _of_card(card: Card) -> tuple[str, ...]:
    return tuple(line for line in (card.name, card.phone, *card.lines, card.url) if line)


def _path(state: SessionState) -> tuple[PathPlace, ...]:
    """Where the person has been, each step once."""
    procedure = state.procedure
    if procedure is None:
        return ()
    steps = dict.fromkeys(crumb.step for crumb in state.trail)
    here = state.here.step if state.here else ""
    return tuple(PathPlace(name, procedure.steps[name].title) for name in steps if name != here)


def _asks_next(state: SessionState) -> tuple[str, ...]:
    if state.procedure is None or state.step is None:
        return ()
    return tuple(step.title for step in following(state.procedure, state.step))
