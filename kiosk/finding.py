# SPDX-License-Identifier: EUPL-1.2
"""What a few words, typed or spoken, may mean, as the screens offer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assist.session.commands import Pick
from content.model import Catalogue
from kiosk.meaning import Meaning
from kiosk.view import Found, Option
from kiosk.words.hearing import hearing_words_in

if TYPE_CHECKING:
    from content.search import Match


def prepare(catalogue: Catalogue, meaning: Meaning) -> None:
    """Get ready to find in ``catalogue``: not for the loop."""
    from content.search import finder_of

    meaning.attend(finder_of(catalogue))


def found(catalogue: Catalogue, text: str, language: str, *, heard: tuple[str, ...] | None = None) -> Found:
    """What ``text`` asks for, as cards. The first time takes a moment: not for the loop.

    ``heard``: None when it was typed; when it was said, what else the ear may have heard.
    """
    from content.search import Kind, finder_of

    answer = finder_of(catalogue).ask(text, language, heard=heard)
    options = tuple(
        Option(m.procedure.id, m.procedure.title, m.procedure.pictogram, Pick(m.procedure)) for m in answer.matches
    )
    reason = hearing_words_in(language).urgent.get(answer.urgent, "")
    if answer.matches and not reason:
        reason = reason_of(answer.matches[0], language)
    return Found(options, reason, someone=answer.kind is Kind.MEDIATOR)


def reason_of(match: Match, language: str) -> str:
    """Why a procedure is proposed, in authored words: what the person said is never repeated."""
    words = hearing_words_in(language)
    return reason_in(words.you_said if match.said else words.it_is_like, match.known_by)


def reason_in(sentence: str, known_by: str) -> str:
    """``sentence`` with the authored words that a procedure was known by."""
    return sentence.format(words=known_by.rstrip(" .!?\u00a0"))
