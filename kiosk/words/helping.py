# SPDX-License-Identifier: EUPL-1.2
"""What the kiosk says while somebody is called, comes and helps, in each language. ``{…}`` are filled in elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class HelpingWords:
    """The texts of one language. ``{name}`` is the mediator's first name, as on the badge."""

    somebody: str
    """In the place of a name that cannot be shown."""
    comes: str
    """Somebody is at the desk: the call is heard."""
    heard: str
    wait: str
    wait_one: str
    wait_unknown: str
    nobody: str
    """The title once nobody has come."""
    ticket: str
    ticket_say: str
    nobody_notice: str
    ticket_notice: str
    sees: str
    """The band while a mediator is there."""
    answers: str
    """The band while the mediator may answer in the person's place."""
    end: str
    end_also: tuple[str, ...]
    ended: str
    explains: str
    """What the mediator has just done here, and the two next."""
    goes_back: str
    has_answered: str
    says: str
    points: str
    tag: str
    """On the card that glows."""
    consent: str
    consent_say: tuple[str, ...]
    agree: str
    agree_also: tuple[str, ...]
    disagree: str
    disagree_also: tuple[str, ...]
    page: str
    """The title of the page of the help, opened by "Aide"."""
    page_sees: str
    page_answers: str
    page_hidden: str
    page_shown: str
    go_on: str
    go_on_also: tuple[str, ...]
    take_back: str
    take_back_also: tuple[str, ...]
    show: str
    show_also: tuple[str, ...]
    hide: str
    hide_also: tuple[str, ...]


FRENCH = HelpingWords(
    somebody="Une personne",
    comes="Quelqu’un vient",
    heard="Votre appel est reçu.",
    wait="L’attente est d’environ {minutes} minutes.",
    wait_one="L’attente est d’environ une minute.",
    wait_unknown="Je ne connais pas le temps d’attente.",
    nobody="Personne n’est libre maintenant",
    ticket="Votre numéro est le {ticket}.",
    ticket_say="On vous appellera quand ce sera votre tour.",
    nobody_notice="Personne n’est libre maintenant. Touchez «\u00a0Aide\u00a0».",
    ticket_notice="Personne n’est libre maintenant. Votre numéro est le {ticket}.",
    sees="{name} voit cet écran.",
    answers="{name} peut répondre pour vous.",
    end="Finir l’aide",
    end_also=("finissez l’aide", "arrêter l’aide", "arrêtez l’aide", "sans aide", "je continue sans aide"),
    ended="L’aide est finie.",
    explains="{name} vous explique.",
    goes_back="{name} revient en arrière.",
    has_answered="{name} a répondu pour vous.",
    says="{name}\u00a0: {text}",
    points="{name} montre\u00a0: {label}.",
    tag="{name} montre",
    consent="{name} veut répondre à votre place",
    consent_say=("Êtes-vous d’accord\u00a0?", "Vous pourrez changer d’avis."),
    agree="Oui",
    agree_also=("oui", "je suis d’accord", "d’accord", "je veux bien"),
    disagree="Non",
    disagree_also=("non", "non merci", "je ne suis pas d’accord", "je ne veux pas"),
    page="{name} vous aide",
    page_sees="{name} voit cet écran.",
    page_answers="{name} peut répondre pour vous.",
    page_hidden="{name} ne voit pas vos réponses ici.",
    page_shown="{name} voit vos réponses ici.",
    go_on="Continuer",
    go_on_also=("je continue", "continuer", "suite"),
    take_back="Je réponds moi-même",
    take_back_also=("je veux répondre", "je reprends la main", "je change d’avis", "je retire mon accord"),
    show="Montrer mes réponses",
    show_also=("montrez mes réponses", "je montre mes réponses"),
    hide="Cacher mes réponses",
    hide_also=("cachez mes réponses", "je cache mes réponses"),
)
ENGLISH = HelpingWords(
    somebody="Someone",
    comes="Someone is coming",
    heard="Your call is received.",
    wait="The wait is about {minutes} minutes.",
    wait_one="The wait is about one minute.",
    wait_unknown="I do not know how long the wait is.",
    nobody="Nobody is free now",
    ticket="Your number is {ticket}.",
    ticket_say="You will be called when it is your turn.",
    nobody_notice="Nobody is free now. Touch “Help”.",
    ticket_notice="Nobody is free now. Your number is {ticket}.",
    sees="{name} sees this screen.",
    answers="{name} may answer for you.",
    end="End the help",
    end_also=("stop the help", "finish the help", "no more help", "without help"),
    ended="The help has ended.",
    explains="{name} explains.",
    goes_back="{name} goes back.",
    has_answered="{name} has answered for you.",
    says="{name}: {text}",
    points="{name} shows: {label}.",
    tag="{name} shows",
    consent="{name} wants to answer for you",
    consent_say=("Do you agree?", "You may change your mind."),
    agree="Yes",
    agree_also=("yes", "I agree", "all right", "okay"),
    disagree="No",
    disagree_also=("no", "no thank you", "I do not agree", "I don’t want that"),
    page="{name} is helping you",
    page_sees="{name} sees this screen now.",
    page_answers="{name} may answer for you now.",
    page_hidden="{name} does not see your answers here.",
    page_shown="{name} sees your answers here.",
    go_on="Go on",
    go_on_also=("I go on", "continue", "next"),
    take_back="I answer myself",
    take_back_also=("I want to answer", "let me answer", "I change my mind", "I take back my consent"),
    show="Show my answers",
    show_also=("show them my answers", "I show my answers"),
    hide="Hide my answers",
    hide_also=("hide them", "I hide my answers"),
)
_WORDS: Mapping[str, HelpingWords] = {"fr": FRENCH, "en": ENGLISH}


def helping_words_in(language: str) -> HelpingWords:
    """The words of ``language`` ("fr", "en"); French for one that the interface does not speak."""
    return _WORDS.get(language, FRENCH)
