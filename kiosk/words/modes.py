# SPDX-License-Identifier: EUPL-1.2
"""The names of the ways of using the kiosk, and how one asks for them, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ModeWords:
    """The texts of one language. ``…_not`` is how one asks for the contrary; ``…_also`` are other ways of asking aloud.

    Each of them means one state, whatever the present one is: nothing that is said toggles.
    """

    comfort: str
    comfort_also: tuple[str, ...]
    comfort_title: str
    comfort_say: str
    voice_only: str
    voice_only_also: tuple[str, ...]
    voice_only_not: str
    voice_only_not_also: tuple[str, ...]
    silent: str
    silent_also: tuple[str, ...]
    silent_not: str
    silent_not_also: tuple[str, ...]
    clear: str
    """Large letters and strong contrast."""
    clear_also: tuple[str, ...]
    clear_not: str
    clear_not_also: tuple[str, ...]
    slow: str
    slow_also: tuple[str, ...]
    slow_not: str
    slow_not_also: tuple[str, ...]
    scanning: str
    scanning_also: tuple[str, ...]
    scanning_not: str
    scanning_not_also: tuple[str, ...]
    headphones: str
    headphones_also: tuple[str, ...]
    headphones_not: str
    headphones_not_also: tuple[str, ...]
    deaf: str
    """The kiosk does not listen."""
    deaf_also: tuple[str, ...]
    deaf_not: str
    deaf_not_also: tuple[str, ...]
    on: str
    off: str
    screen_off: str
    """The one line on a screen that is off."""
    voice_only_say: str
    """Said once the screen goes off: how one goes on."""
    no_sound: str
    """The voice is not heard: a screen that was to be off is on."""
    typed_so_far: str
    """What is typed is not said: only how many signs there are."""
    typed_one: str
    typed_none: str
    sizes: tuple[str, str, str, str]
    """The four sizes of letters, by name."""
    contrast_also: tuple[str, ...]
    """How one asks for other colours."""
    voice_also: tuple[str, ...]
    """How one asks for the small screen of the voice."""


FRENCH = ModeWords(
    comfort="Confort",
    comfort_also=("le confort", "réglages", "les réglages", "mes réglages", "autrement"),
    comfort_title="Que préférez-vous\u00a0?",
    comfort_say="Vous pouvez en choisir plusieurs.",
    voice_only="Sans l’écran",
    voice_only_also=(
        "sans écran",
        "sans regarder l’écran",
        "je suis aveugle",
        "je ne vois pas l’écran",
        "je vois pas l’écran",
        "éteignez l’écran",
        "seulement la voix",
        "je suis malvoyant",
        "je suis malvoyante",
    ),
    voice_only_not="Avec l’écran",
    voice_only_not_also=("allumez l’écran", "rallumez l’écran", "remettez l’écran", "je veux voir l’écran"),
    silent="Sans le son",
    silent_also=("sans son", "sans la voix", "sans voix", "je préfère lire"),
    silent_not="Avec le son",
    silent_not_also=("avec du son", "avec la voix", "remettez le son", "remettez la voix", "je veux entendre"),
    clear="Grand et contrasté",
    clear_also=("en grand", "grand contraste", "plus de contraste", "plus contrasté", "en contrasté"),
    clear_not="Affichage normal",
    clear_not_also=("l’affichage normal", "lettres normales", "couleurs normales", "comme au début"),
    slow="Lentement",
    slow_also=("tout lentement", "laissez-moi du temps", "j’ai besoin de temps", "plus de temps", "prenez le temps"),
    slow_not="Vitesse normale",
    slow_not_also=("à vitesse normale", "la vitesse normale", "normalement", "je n’ai pas besoin de temps"),
    scanning="Un seul bouton",
    scanning_also=("avec un seul bouton", "un bouton", "un contacteur", "une seule touche"),
    scanning_not="Tous les boutons",
    scanning_not_also=("avec tous les boutons", "toutes les touches", "plusieurs boutons"),
    headphones="J’ai un casque",
    headphones_also=(
        "avec un casque",
        "avec le casque",
        "j’ai mis un casque",
        "j’ai des écouteurs",
        "avec des écouteurs",
    ),
    headphones_not="Sans casque",
    headphones_not_also=("sans le casque", "je n’ai pas de casque", "j’ai pas de casque", "j’enlève le casque"),
    deaf="Sans le micro",
    deaf_also=("sans micro", "coupez le micro", "éteignez le micro", "n’écoutez plus", "ne m’écoutez pas"),
    deaf_not="Avec le micro",
    deaf_not_also=("avec micro", "allumez le micro", "écoutez-moi"),
    on="{label}\u00a0: oui.",
    off="{label}\u00a0: non.",
    screen_off="L’écran est éteint. Je parle. Touchez l’écran pour le rallumer.",
    voice_only_say="L’écran est éteint. Parlez, ou prenez les flèches et Entrée.",
    no_sound="Le son ne marche pas. L’écran reste allumé.",
    typed_so_far="{count} signes.",
    typed_one="Un signe.",
    typed_none="Rien n’est écrit.",
    sizes=("Lettres normales", "Grandes lettres", "Plus grandes lettres", "Très grandes lettres"),
    contrast_also=("les couleurs", "couleurs", "changer les couleurs", "change les couleurs", "le contraste"),
    voice_also=("la voix", "régler la voix", "réglage de la voix", "le volume", "le son"),
)
ENGLISH = ModeWords(
    comfort="Comfort",
    comfort_also=("settings", "my settings", "options"),
    comfort_title="What do you prefer?",
    comfort_say="You may choose several.",
    voice_only="Without the screen",
    voice_only_also=(
        "no screen",
        "without looking",
        "I am blind",
        "I’m blind",
        "I can’t see the screen",
        "turn off the screen",
        "voice only",
    ),
    voice_only_not="With the screen",
    voice_only_not_also=("turn on the screen", "turn the screen on", "I want to see the screen"),
    silent="Without sound",
    silent_also=("no sound", "without the voice", "no voice", "I prefer to read"),
    silent_not="With sound",
    silent_not_also=("with the sound", "with the voice", "turn on the sound", "I want to hear"),
    clear="Large and clear",
    clear_also=("high contrast", "more contrast", "large letters"),
    clear_not="Normal display",
    clear_not_also=("the normal display", "normal letters", "normal colours"),
    slow="Slowly",
    slow_also=("give me time", "I need time", "more time", "take your time"),
    slow_not="Normal speed",
    slow_not_also=("at normal speed", "the normal speed", "I don’t need time"),
    scanning="One button",
    scanning_also=("with one button", "one switch", "a single button"),
    scanning_not="All the buttons",
    scanning_not_also=("with all the buttons", "all the keys", "several buttons"),
    headphones="I have headphones",
    headphones_also=("with headphones", "I’m wearing headphones", "I have earphones", "with earphones"),
    headphones_not="Without headphones",
    headphones_not_also=("no headphones", "I have no headphones", "I don’t have headphones"),
    deaf="Without the microphone",
    deaf_also=("no microphone", "turn off the microphone", "stop listening", "don’t listen"),
    deaf_not="With the microphone",
    deaf_not_also=("turn on the microphone", "listen to me"),
    on="{label}: yes.",
    off="{label}: no.",
    screen_off="The screen is off. I speak. Touch the screen to turn it on.",
    voice_only_say="The screen is off. Speak, or use the arrows and Enter.",
    no_sound="The sound does not work. The screen stays on.",
    typed_so_far="{count} signs.",
    typed_one="One sign.",
    typed_none="Nothing is written.",
    sizes=("Normal letters", "Large letters", "Larger letters", "Largest letters"),
    contrast_also=("colours", "the colours", "change the colours", "contrast"),
    voice_also=("the voice", "voice settings", "the volume", "the sound"),
)
_WORDS: Mapping[str, ModeWords] = {"fr": FRENCH, "en": ENGLISH}


def mode_words_in(language: str) -> ModeWords:
    """The words of ``language``; French for one that the interface does not speak."""
    return _WORDS.get(language, FRENCH)
