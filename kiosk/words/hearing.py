# SPDX-License-Identifier: EUPL-1.2
"""What the kiosk says and shows about what it hears, in each language. ``{…}`` are filled in by who uses the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class HearingWords:
    """The texts of one language: short, without blame."""

    listening: str
    """The sign of the open ear."""
    thinking: str
    not_understood: str
    touch_or_ask: str
    """After two failures in a row: touching and a person are offered."""
    press_or_ask: str
    """The same where there is no picture to touch."""
    noise: str
    deaf: str
    """The microphone is gone; said once."""
    never_heard: str
    """The same where there has been none since the start."""
    deaf_sign: str
    understood: str
    undo: str
    undo_also: tuple[str, ...]
    undone: str
    did_you_say: str
    confirm_say: tuple[str, ...]
    number_shown: str
    """Asks about a value that is shown and not said aloud."""
    yes: str
    no: str
    write_it: str
    """After a value that was not the right one: the keypad."""
    erase_aloud: str
    """What must be said to erase everything: a mere yes is not enough."""
    no_paper_here: str
    """Printing was asked for where nothing can be printed."""
    not_known_here: str
    nothing_to_undo: str
    greet: tuple[str, ...]
    """What one says to a kiosk that has not spoken yet: it greets back, nothing more."""
    greet_more: str
    """At the end of the greeting, where the kiosk listens."""
    found: str
    """Before the procedures that a request may mean."""
    you_said: str
    """Why the first is proposed: these words were said."""
    it_is_like: str
    """Why the first is proposed: what was said comes near these words."""
    not_found: str
    """A request that means none of the procedures."""
    urgent: Mapping[str, str]
    """Who to call at once, by the danger that is told."""
    what_i_do: str
    """After it, before the themes."""
    what_say: tuple[str, ...]
    """Under "Que voulez-vous faire ?", where the kiosk listens."""
    other: str
    """Beside them, the way back to the themes."""


FRENCH = HearingWords(
    listening="Je vous écoute",
    thinking="Je réfléchis",
    not_understood="Je n’ai pas compris.",
    touch_or_ask="Touchez une image, ou demandez une personne.",
    press_or_ask="Touchez le bouton, ou demandez une personne.",
    noise="Il y a trop de bruit. Touchez l’écran.",
    deaf="Je n’entends plus. Touchez l’écran.",
    never_heard="Je ne peux pas vous entendre. Touchez l’écran.",
    deaf_sign="Je n’entends pas",
    understood="J’ai compris\u00a0: {label}",
    undo="Annuler",
    undo_also=("annulez", "c’est pas ça", "ce n’est pas ça", "non c’est pas ça", "je me suis trompé"),
    undone="C’est annulé.",
    did_you_say="Vous avez dit «\u00a0{label}\u00a0»\u00a0?",
    confirm_say=("Dites oui ou non.",),
    number_shown="Est-ce bien cela\u00a0?",
    yes="Oui",
    no="Non",
    write_it="Écrivez avec les touches.",
    erase_aloud="Pour tout effacer, dites\u00a0: «\u00a0oui, tout effacer\u00a0».",
    no_paper_here="Le papier vient à la fin.",
    not_known_here="Choisissez une des réponses.",
    nothing_to_undo="Dites «\u00a0retour\u00a0» pour revenir.",
    greet=("bonjour", "bonsoir", "bonjour madame", "bonjour monsieur", "allô", "salut", "il y a quelqu’un"),
    greet_more="Vous pouvez aussi me parler. Dites « commencer ».",
    found="Voici ce que j’ai trouvé.",
    you_said="Vous avez dit\u00a0: {words}.",
    it_is_like="Cela ressemble à\u00a0: {words}.",
    not_found="Je n’ai pas trouvé.",
    urgent={
        "life": "En danger\u00a0: appelez le 15, le 17 ou le 18. Pour parler\u00a0: le 31 14, gratuit, jour et nuit.",
        "violence": "En danger\u00a0: appelez le 17, ou écrivez au 114. Pour parler\u00a0: le 39 19, jour et nuit.",
        "shelter": "Pour dormir à l’abri ce soir\u00a0: appelez le 115, gratuit, jour et nuit.",
        "bullying": "Contre le harcèlement\u00a0: appelez le 30 18, gratuit, tous les jours.",
    },
    what_i_do="Voici ce que je sais faire.",
    what_say=("Dites ce que vous voulez, ou touchez une image.",),
    other="Autre chose",
)
ENGLISH = HearingWords(
    listening="I am listening",
    thinking="One moment",
    not_understood="I did not understand.",
    touch_or_ask="Touch a picture, or ask for a person.",
    press_or_ask="Touch the button, or ask for a person.",
    noise="It is too noisy. Touch the screen.",
    deaf="I can no longer hear you. Touch the screen.",
    never_heard="I cannot hear you. Touch the screen.",
    deaf_sign="I cannot hear",
    understood="I understood: {label}",
    undo="Undo",
    undo_also=("cancel", "not that", "that’s not it", "that is wrong", "my mistake"),
    undone="Undone.",
    did_you_say="Did you say “{label}”?",
    confirm_say=("Say yes or no.",),
    number_shown="Is this right?",
    yes="Yes",
    no="No",
    write_it="Write it with the keys.",
    erase_aloud="To erase everything, say: “yes, erase everything”.",
    no_paper_here="The paper comes at the end.",
    not_known_here="Choose one of the answers.",
    nothing_to_undo="Say “back” to go back.",
    greet=("hello", "good morning", "good afternoon", "good evening", "hi", "is anybody there"),
    greet_more="You can also talk to me. Say “start”.",
    found="Here is what I found.",
    you_said="You said: {words}.",
    it_is_like="It is like: {words}.",
    not_found="I did not find that.",
    urgent={
        "life": "In danger: call 15, 17 or 18. To talk: 31 14, free, day and night.",
        "violence": "In danger: call 17, or write to 114. To talk: 39 19, day and night.",
        "shelter": "To sleep under a roof tonight: call 115, free, day and night.",
        "bullying": "Against bullying: call 30 18, free, every day.",
    },
    what_i_do="Here is what I can do.",
    what_say=("Say what you want, or touch a picture.",),
    other="Something else",
)
_WORDS: Mapping[str, HearingWords] = {"fr": FRENCH, "en": ENGLISH}


def hearing_words_in(language: str) -> HearingWords:
    """The words of ``language``; French for one that the interface does not speak."""
    return _WORDS.get(language, FRENCH)
