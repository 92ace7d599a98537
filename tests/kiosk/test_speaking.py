# SPDX-License-Identifier: EUPL-1.2
"""The conversation's voice, before the real one has come."""

from __future__ import annotations

import asyncio

from accessibility.speaking.null import NullSpeaker
from accessibility.speaking.protocol import Manner
from kiosk.speaking import Voice
from kiosk.view import Said


async def test_a_voice_that_is_not_there_yet_is_no_voice_that_fails() -> None:
    """Who turns the screen off before the voice has come must not find it on again, with "the sound does not work"."""
    unheard: asyncio.Queue[bool] = asyncio.Queue()
    voice = Voice(failed=lambda why: None, finished=lambda: unheard.put_nowait(voice.unheard))
    voice.say([Said("Bonjour.")], Manner())
    assert not await asyncio.wait_for(unheard.get(), 30)
    voice.arrives(NullSpeaker())
    voice.say([Said("Bonjour.")], Manner())
    assert await asyncio.wait_for(unheard.get(), 30)
