# SPDX-License-Identifier: EUPL-1.2
"""Seven ways of using the kiosk, each a group of comfort settings, and the page where they are chosen."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from accessibility.comfort import Comfort, Contrast, TextSize
from kiosk.screens.items import CHOSEN, Button, Close, Page, SetComfort, Tone
from kiosk.screens.paging import lay_out
from kiosk.screens.prompts import Prompt, Room
from kiosk.screens.scene import Scene
from kiosk.words import LANGUAGES, words_in
from kiosk.words.modes import mode_words_in

SLOW_RATE = 0.75
"""The voice of who wants slowness, times the normal rate."""


class Mode(StrEnum):
    """What a person may ask for in one word."""

    VOICE_ONLY = "voice_only"
    """By the voice alone: the screen is off."""
    SILENT = "silent"
    """No sound: all that is heard is also seen."""
    CLEAR = "clear"
    """The largest letters, yellow on black."""
    SLOW = "slow"
    """Three times as long for everything."""
    SCANNING = "scanning"
    """One switch does everything."""
    HEADPHONES = "headphones"
    """What is the person's may be read to her, and she may speak over the voice."""
    DEAF = "deaf"
    """The microphone stays shut."""


PICTOGRAMS = {
    Mode.VOICE_ONLY: "speak",
    Mode.SILENT: "mute",
    Mode.CLEAR: "text-size",
    Mode.SLOW: "slow",
    Mode.SCANNING: "tap",
    Mode.HEADPHONES: "headphones",
    Mode.DEAF: "microphone",
}
_KEYS = 9
"""Keys that choose a control by its number."""


def chosen(comfort: Comfort, mode: Mode) -> bool:
    """True when ``comfort`` is already that of ``mode``."""
    return {
        Mode.VOICE_ONLY: not comfort.screen,
        Mode.SILENT: not comfort.voice,
        Mode.CLEAR: (comfort.text_size, comfort.contrast) == (TextSize.LARGEST, Contrast.YELLOW),
        Mode.SLOW: comfort.slow,
        Mode.SCANNING: comfort.scanning,
        Mode.HEADPHONES: comfort.headphones,
        Mode.DEAF: not comfort.listening,
    }[mode]


def switched(comfort: Comfort, mode: Mode) -> Comfort:
    """``comfort`` with ``mode``, or without it where it is chosen already: what its button does."""
    return turned(comfort, mode, not chosen(comfort, mode))


def turned(comfort: Comfort, mode: Mode, on: bool) -> Comfort:
    """``comfort`` with ``mode`` or without it, whatever it was: what words do."""
    fresh = Comfort()
    match mode:
        case Mode.VOICE_ONLY:  # Whoever turns the screen off needs the voice.
            return replace(comfort, screen=not on, voice=comfort.voice or on)
        case Mode.SILENT:  # And whoever turns the voice off needs the screen.
            return replace(comfort, voice=not on, screen=comfort.screen or on)
        case Mode.CLEAR:
            if on:
                return replace(comfort, text_size=TextSize.LARGEST, contrast=Contrast.YELLOW)
            return replace(comfort, text_size=fresh.text_size, contrast=fresh.contrast)
        case Mode.SLOW:
            return replace(comfort, slow=on, rate=min(comfort.rate, SLOW_RATE) if on else fresh.rate)
        case Mode.SCANNING:
            return replace(comfort, scanning=on)
        case Mode.HEADPHONES:  # Who puts headphones on wants to hear.
            return replace(comfort, headphones=on, voice=comfort.voice or on)
        case Mode.DEAF:
            return replace(comfort, listening=not on)


def changes(before: Comfort, after: Comfort, language: str) -> tuple[str, ...]:
    """The sentences that are said when modes are taken or given back; nothing when none is."""
    w = mode_words_in(language)
    if before.screen and not after.screen:
        return (w.voice_only_say,)
    changed = [mode for mode in Mode if chosen(before, mode) != chosen(after, mode)]
    return tuple((w.on if chosen(after, mode) else w.off).format(label=label(mode, language)) for mode in changed)


def label(mode: Mode, language: str, on: bool = True) -> str:
    """Its name on the page; or that of its contrary."""
    return getattr(mode_words_in(language), mode if on else f"{mode}_not")


def ways(mode: Mode, language: str, on: bool = True) -> tuple[str, ...]:
    """How one asks for it aloud, or for its contrary, the name first."""
    also: tuple[str, ...] = getattr(mode_words_in(language), f"{mode}_also" if on else f"{mode}_not_also")
    return (label(mode, language, on), *also)


def mode_of(id: str) -> Mode | None:
    """The mode that the button of this id is for."""
    return next((mode for mode in Mode if id == f"mode-{mode}"), None)


def mode_buttons(comfort: Comfort, language: str, *, listens: bool = True) -> list[Button]:
    """One button a mode, numbered; the chosen ones are marked. ``listens``: there is an ear that may be shut."""
    buttons: list[Button] = []
    for number, mode in enumerate((mode for mode in Mode if listens or mode is not Mode.DEAF), 1):
        on = chosen(comfort, mode)
        shown = f"{CHOSEN}\u00a0{label(mode, language)}" if on else label(mode, language)
        tone = Tone.CHOSEN if on else Tone.CARD
        action = SetComfort(switched(comfort, mode))
        buttons.append(Button(f"mode-{mode}", shown, action, PICTOGRAMS[mode], number, tone))
    return buttons


class ModesScene(Scene):
    """Each by its picture and its name; several may be chosen."""

    def pages(self, room: Room) -> tuple[Page, ...]:
        w = mode_words_in(room.language)
        buttons = mode_buttons(self.stage.comfort, room.language, listens=self.stage.listens)
        buttons += self._languages(len(buttons) + 1)
        number = len(buttons) + 1
        close = Button("close", words_in(room.language).close, Close(), "back", number if number <= _KEYS else 0)
        return lay_out(Prompt(w.comfort_title, (w.comfort_say,)), [*buttons, close], room)

    def _languages(self, first: int) -> list[Button]:
        """The other languages, each by its own name: the step stays."""
        from assist.session.commands import SetLanguage

        view = self.stage.view
        others = [code for code in view.languages if code != view.language]
        return [
            Button(f"language-{code}", LANGUAGES[code], SetLanguage(code), "globe", number if number <= _KEYS else 0)
            for number, code in enumerate(others, first)
        ]
