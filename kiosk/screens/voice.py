# SPDX-License-Identifier: EUPL-1.2
"""The small screen of the voice: louder, softer, faster, slower, none. It stands over any view."""

from __future__ import annotations

from dataclasses import replace

from accessibility.comfort import RATES, VOLUMES
from kiosk.screens.items import Button, Close, OpenModes, Page, SetComfort
from kiosk.screens.paging import lay_out
from kiosk.screens.prompts import Prompt, Room
from kiosk.screens.scene import Scene
from kiosk.words.modes import mode_words_in


class VoiceScene(Scene):
    """Each press is heard at once."""

    def pages(self, room: Room) -> tuple[Page, ...]:
        w, comfort = room.words, self.stage.comfort
        off = not comfort.voice
        with_voice = replace(comfort, voice=True)
        muted = Button("voice-off", w.with_voice if off else w.without_voice, SetComfort(replace(comfort, voice=off)))
        loudest, softest = comfort.volume == VOLUMES[-1], comfort.volume == VOLUMES[0]
        fastest, slowest = comfort.rate == RATES[-1], comfort.rate == RATES[0]
        buttons = [
            Button("louder", w.louder, None if loudest else SetComfort(with_voice.louder()), "loud"),
            Button("softer", w.softer, None if softest else SetComfort(with_voice.softer()), "quiet"),
            Button("faster", w.faster, None if fastest else SetComfort(with_voice.faster()), "fast"),
            Button("slower", w.slower, None if slowest else SetComfort(with_voice.slower()), "slow"),
            replace(muted, pictogram="speaker" if off else "mute"),
        ]
        numbered = [replace(button, number=n) for n, button in enumerate(buttons, 1)]
        others = Button("comfort", mode_words_in(room.language).comfort, OpenModes(), "settings", 6)
        close = Button("close", w.close, Close(), "back", 7)
        return lay_out(Prompt(w.the_voice), [*numbered, others, close], room)
