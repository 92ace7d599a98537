# SPDX-License-Identifier: EUPL-1.2
"""The sound output where the sound library itself fails: a value, which the player and the doctor tell."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from accessibility.speaking.output import NoSound, Output, outputs


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
