# SPDX-License-Identifier: EUPL-1.2
"""What is said once, as it appears on the screen: a passing word, who comes to help, the card that is shown. Pure."""

from __future__ import annotations

from kiosk.view import Said, StepView, ViewKind
from kiosk.words.helping import helping_words_in

_NOBODY = (ViewKind.WELCOME, ViewKind.GOODBYE)


def passing_words(before: StepView, now: StepView) -> tuple[Said, ...]:
    """What is said before a page, or instead of it when it is the same."""
    told: list[Said] = []
    for text, old in ((now.notice, before.notice), (now.waiting, before.waiting)):
        if text and text != old:
            told.append(Said(text, "notice", private=bool(now.band)))  # It may hold the mediator's name.
    if now.band and now.band != before.band:
        told.append(Said(now.band, private=True))
    elif ended := help_ended(before, now):
        told.append(Said(ended))
    return tuple(told)


def help_ended(before: StepView, now: StepView) -> str:
    """That the help has ended and the session has not; "" otherwise."""
    if now.band or not before.band or before.visit != now.visit or now.kind in _NOBODY:
        return ""
    return helping_words_in(now.language).ended


def pointing_words(before: StepView, now: StepView) -> tuple[Said, ...]:
    """The card that a mediator shows, on a page that stays. A page that is read has it in its speech already."""
    new = now.pointed_said and now.pointed_said != before.pointed_said
    return (Said(now.pointed_said, private=True),) if new else ()
