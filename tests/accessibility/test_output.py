# SPDX-License-Identifier: EUPL-1.2
"""The sound output where the sound library itself fails: a value, which the player and the doctor tell."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from accessibility.speaking.output import NoSound, Output, outputs
from accessibility.speaking.player_process import Jukebox

if TYPE_CHECKING:
    from accessibility.processes.child_side import Reporter


class PortAudioError(Exception):
    """As sounddevice's own."""


@pytest.fixture(autouse=True)
def _portaudio(monkeypatch: pytest.MonkeyPatch) -> None:
    def query_devices() -> None:
        raise PortAudioError("Error querying device -1")

    fake = SimpleNamespace(PortAudioError=PortAudioError, query_devices=query_devices)
    monkeypatch.setitem(sys.modules, "sounddevice", fake)


def test_devices_that_cannot_be_listed_are_no_sound() -> None:
    with pytest.raises(NoSound, match="PortAudio: Error querying device"):
        outputs()
    with pytest.raises(NoSound):
        Output("").open(22050)


def test_the_end_of_what_was_never_heard_opens_nothing() -> None:
    """The player starts afresh after it found no device; the end of the same words comes then."""
    told: list[object] = []

    class Told(Exception):
        pass

    def report(event: str, **details: object) -> None:
        told.extend((event, details))
        raise Told

    jukebox = Jukebox(Output(""), cast("Reporter", report))
    jukebox.hear({"do": "end", "batch": 3})
    with pytest.raises(Told):
        jukebox.run()
    assert told == ["finished", {"batch": 3}]
