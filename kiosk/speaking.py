# SPDX-License-Identifier: EUPL-1.2
"""The conversation's voice: says sentences, knows when it has finished, and where the word that is heard stands."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from accessibility.speaking.null import NullSpeaker
from accessibility.speaking.protocol import Manner, Speaker, SpeechOutcome, Utterance, Word
from kiosk.view import Said, SpokenPlace

SAY_BACK_SECONDS = 0.6
"""How long what was understood waits for the next page, to be said in one breath with it."""

_UNHEARD = (SpeechOutcome.NO_SOUND, SpeechOutcome.NO_VOICE)


class Voice:
    """Lives in the loop. :attr:`busy` is true from the first wish to speak until silence: no microphone meanwhile.

    Args:
        failed: Called on the loop, once an outage, with why nothing is heard.
        finished: Called on the loop each time that the voice has nothing more to say.
    """

    def __init__(self, failed: Callable[[str], None], finished: Callable[[], None]) -> None:
        self.speaker: Speaker = NullSpeaker()
        self._coming = True
        self.busy = False
        self.unheard = False
        """The last that was said to its end made no sound."""
        self._failed = failed
        self._out = False
        self._finished = finished
        self._number = 0
        """Of what is being said: what is told of an older one is nobody's news."""
        self._sentences: tuple[Said, ...] = ()
        self._again: Callable[[], None] | None = None
        """Says it once more."""
        self._back: tuple[Said, Callable[[Sequence[Said]], None]] | None = None
        self._watchers: list[Callable[[SpokenPlace | None], None]] = []

    @property
    def speaking(self) -> bool:
        """True while it is heard."""
        return self.speaker.speaking

    def arrives(self, speaker: Speaker) -> None:
        """The voice is there; until now nothing could be said, which is no outage."""
        self.speaker, self._coming = speaker, False

    def watch(self, watcher: Callable[[SpokenPlace | None], None]) -> None:
        """Have ``watcher`` called on the loop as each word begins to be heard; None when the voice has finished."""
        self._watchers.append(watcher)

    def say(self, sentences: Sequence[Said], manner: Manner, *, private: bool = False, insists: bool = False) -> None:
        """Say ``sentences`` in place of whatever was being said, after what is to be said back.

        ``insists``: say them once more when nobody heard them. A voice that hung is back a moment later, and who has
        no screen has lost them.
        """
        back, self._back = self._back, None
        self._sentences = (*((back[0],) if back else ()), *sentences)
        self._again = partial(self._say, manner, private=private) if insists else None
        self._say(manner, private=private)

    def _say(self, manner: Manner, *, private: bool) -> None:
        self._number += 1
        number, loop, coming = self._number, asyncio.get_running_loop(), self._coming
        self.busy = True

        def done(outcome: SpeechOutcome) -> None:
            # From the speaker's own thread; a loop that has ended has nothing left to be told.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._done, number, SpeechOutcome.INTERRUPTED if coming else outcome)

        def word(heard: Word | None) -> None:
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._word, number, heard)

        utterances = tuple(Utterance(said.text, said.language, said.private) for said in self._sentences)
        self.speaker.say(utterances, manner, done, word=word, private=private)

    def say_back(self, sentence: Said, say: Callable[[Sequence[Said]], None]) -> None:
        """Say ``sentence`` before the next page; alone, by ``say``, when no page comes."""
        back = self._back = (sentence, say)
        asyncio.get_running_loop().call_later(SAY_BACK_SECONDS, self._back_alone, back)

    def _back_alone(self, back: tuple[Said, Callable[[Sequence[Said]], None]]) -> None:
        if self._back is back:
            back[1](())

    def hush(self) -> None:
        """Silence, at once."""
        self._back = None
        self._number += 1
        self.speaker.hush()
        self._silence()

    def forget(self) -> None:
        """Silence, and no private trace left."""
        self.hush()
        self._sentences = ()
        self.speaker.forget()

    def _done(self, number: int, outcome: SpeechOutcome) -> None:
        if number == self._number and outcome in _UNHEARD and self._again:
            again, self._again = self._again, None
            again()
            return
        if outcome is SpeechOutcome.SPOKEN:
            self._out = False
        elif outcome in _UNHEARD and not self._out:
            self._out = not isinstance(self.speaker, NullSpeaker)  # No voice asked for, or not ready yet: no outage.
            if self._out:
                self._failed(outcome.value)
        if number == self._number:
            self.unheard = outcome in _UNHEARD
            self._silence()

    def _silence(self) -> None:
        was, self.busy = self.busy, False
        if was:
            self._place(None)
            self._finished()

    def _word(self, number: int, heard: Word | None) -> None:
        if number != self._number:
            return
        said = self._sentences[heard.utterance] if heard and heard.utterance < len(self._sentences) else None
        stands = heard is not None and said is not None and bool(said.about)
        place = SpokenPlace(said.about, heard.start, heard.end, said.text) if stands and heard and said else None
        self._place(place)

    def _place(self, place: SpokenPlace | None) -> None:
        for watcher in self._watchers:
            watcher(place)
