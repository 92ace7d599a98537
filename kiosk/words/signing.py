# SPDX-License-Identifier: EUPL-1.2
"""What the kiosk says while a mandate is given there, in each language; the mandate's own text is French.

``{name}`` is the mediator's first name, as on the badge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class SigningWords:
    """The texts of one language."""

    stop: str
    """On every page, until it is sent."""
    stop_short: str
    """The same, where there is little room."""
    stop_also: tuple[str, ...]
    unseen: str
    """The band, while she writes: the desk does not see it."""
    last_name: str
    first_name: str
    write: str
    born: str
    check: str
    check_say: tuple[str, ...]
    lines: tuple[str, str, str]
    """What was written, each after its name."""
    right: str
    right_also: tuple[str, ...]
    again: str
    again_also: tuple[str, ...]
    accept: str
    accept_also: tuple[str, ...]
    refuse: str
    refuse_also: tuple[str, ...]
    confirm: str
    confirm_say: tuple[str, ...]
    give: str
    give_also: tuple[str, ...]
    keep: str
    keep_also: tuple[str, ...]
    sending: str
    sending_say: tuple[str, ...]
    cut: str
    """The server cannot be reached."""
    cut_say: tuple[str, ...]
    leave: str
    leave_also: tuple[str, ...]
    given: str
    given_say: tuple[str, ...]
    declined: str
    declined_say: tuple[str, ...]
    not_made: str
    not_made_say: tuple[str, ...]
    unknown: str
    unknown_say: tuple[str, ...]


FRENCH = SigningWords(
    stop="Pas de mandat",
    stop_short="Arrêter",
    stop_also=("je ne veux pas de mandat", "j’arrête le mandat", "arrêter le mandat"),
    unseen="{name} ne voit pas cette page.",
    last_name="Votre nom de famille",
    first_name="Votre prénom",
    write="Écrivez-le avec les lettres.",
    born="Votre date de naissance",
    check="Est-ce bien vous\u00a0?",
    check_say=("Relisez ces lignes.", "Ensuite, cette borne ne pourra plus les lire."),
    lines=("Nom\u00a0: {value}", "Prénom\u00a0: {value}", "Naissance\u00a0: {value}"),
    right="C’est juste",
    right_also=("oui", "c’est moi", "c’est bon", "c’est correct"),
    again="Je corrige",
    again_also=("non", "ce n’est pas juste", "corriger", "je recommence"),
    accept="J’accepte",
    accept_also=("oui", "je suis d’accord", "d’accord"),
    refuse="Je n’accepte pas",
    refuse_also=("non", "je refuse", "je ne suis pas d’accord"),
    confirm="Vous donnez ce mandat à {name}\u00a0?",
    confirm_say=("Je demande une dernière fois.", "Après, vous pourrez l’arrêter à tout moment."),
    give="Oui, je le donne",
    give_also=("oui", "je donne ce mandat"),
    keep="Non",
    keep_also=("non", "non merci", "je ne le donne pas"),
    sending="J’enregistre votre accord",
    sending_say=("Attendez un instant.",),
    cut="L’enregistrement attend",
    cut_say=("Le serveur ne répond pas.", "J’essaie encore."),
    leave="Ne plus attendre",
    leave_also=("je n’attends plus", "arrêter"),
    given="Votre mandat est enregistré",
    given_say=("{name} va imprimer deux papiers.", "Signez-les. Un papier est pour vous."),
    declined="Pas de mandat",
    declined_say=("Vous n’avez rien donné.", "Rien n’est gardé.", "Votre démarche continue."),
    not_made="Le mandat n’est pas enregistré",
    not_made_say=("Rien n’est gardé.", "Parlez-en avec {name}."),
    unknown="Je n’ai pas de réponse",
    unknown_say=("Je ne sais pas si le mandat est enregistré.", "Demandez à {name} de vérifier."),
)
ENGLISH = SigningWords(
    stop="No mandate",
    stop_short="Stop here",
    stop_also=("I do not want a mandate", "stop the mandate"),
    unseen="{name} can’t see this page.",
    last_name="Your family name",
    first_name="Your first name",
    write="Write it with the letters.",
    born="Your date of birth",
    check="Is this you?",
    check_say=("Read these lines again.", "After that, this kiosk cannot read them any more."),
    lines=("Family name: {value}", "First name: {value}", "Born: {value}"),
    right="That is right",
    right_also=("yes", "this is me", "it is correct"),
    again="I correct it",
    again_also=("no", "it is wrong", "correct", "I start again"),
    accept="I accept",
    accept_also=("yes", "I agree", "all right"),
    refuse="I do not accept",
    refuse_also=("no", "I refuse", "I do not agree"),
    confirm="Do you give this mandate to {name}?",
    confirm_say=("I ask one last time.", "You can stop it at any moment afterwards."),
    give="Yes, I give it",
    give_also=("yes", "I give this mandate"),
    keep="No",
    keep_also=("no", "no thank you", "I do not give it"),
    sending="I record your agreement",
    sending_say=("Wait a moment.",),
    cut="The recording waits",
    cut_say=("The server does not answer.", "I try again."),
    leave="Wait no longer",
    leave_also=("I do not wait any more", "stop waiting"),
    given="Your mandate is recorded",
    given_say=("{name} will print two papers.", "Sign them. One paper is yours."),
    declined="No mandate given",
    declined_say=("You have given nothing.", "Nothing is kept.", "Your procedure goes on."),
    not_made="The mandate is not recorded",
    not_made_say=("Nothing is kept.", "Talk about it with {name}."),
    unknown="I have no answer",
    unknown_say=("I do not know whether the mandate is recorded.", "Ask {name} to check."),
)
_WORDS: Mapping[str, SigningWords] = {"fr": FRENCH, "en": ENGLISH}


def signing_words_in(language: str) -> SigningWords:
    """The words of ``language`` ("fr", "en"); French for one that the interface does not speak."""
    return _WORDS.get(language, FRENCH)
