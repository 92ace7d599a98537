# SPDX-License-Identifier: EUPL-1.2
"""The whole voice, with a real engine, a real player and a real sound server: what is really heard."""

from __future__ import annotations

import itertools
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from accessibility.speaking import player as playing
from accessibility.speaking.build import make_speaker
from accessibility.speaking.diagnosis import diagnose
from accessibility.speaking.protocol import Manner, SpeechOutcome
from accessibility.speaking.speaker import SpokenSpeaker
from tests.accessibility.sounds import no_process_left, say, wait_until
from tests.sound import Recording, SoundServer, installed, sound_server

pytestmark = pytest.mark.skipif(not installed(), reason="needs the Debian packages pulseaudio and pulseaudio-utils")

SCREEN = ["Votre carte est-elle perdue ?", "Choisissez une réponse."]
SHORT = ["Votre carte est perdue."]
START_LIMIT = 0.150
HUSH_LIMIT = 0.150


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundServer]:
    with no_process_left(), sound_server(tmp_path_factory.mktemp("sound")) as server:
        yield server


@pytest.fixture
def speaker(server: SoundServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SpokenSpeaker]:
    for name, value in server.env.items():
        monkeypatch.setenv(name, value)
    speaker = make_speaker("pyttsx3", tmp_path / "voice", 50)
    assert isinstance(speaker, SpokenSpeaker)
    yield speaker
    speaker.close()


@pytest.fixture(scope="module")
def heard(server: SoundServer) -> Iterator[Recording]:
    with server.record() as recording:
        yield recording


def in_the_cache(speaker: SpokenSpeaker, heard: Recording) -> None:
    """Have the screen made; nobody waits for its end."""
    begun = time.monotonic()
    ending = say(speaker, SCREEN)
    heard.wait_for_sound(begun)
    speaker.hush()
    assert ending.wait() is SpeechOutcome.INTERRUPTED


def children(module: str) -> list[psutil.Process]:
    return [child for child in psutil.Process().children(recursive=True) if module in _command(child)]


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:  # it has just ended
        return ""


@pytest.mark.clause("EN 5.1.3.2")
def test_a_screen_is_heard_and_its_end_is_told(speaker: SpokenSpeaker, heard: Recording) -> None:
    begun = time.monotonic()
    ending = say(speaker, SCREEN)
    heard.wait_for_sound(begun)
    wait_until(lambda: speaker.speaking)
    assert ending.wait() is SpeechOutcome.SPOKEN
    assert not speaker.speaking
    heard.wait_until(ending.at + 0.1)
    last = heard.last_sound(begun)
    assert last is not None
    assert 0 <= ending.at - last < 0.5
    assert heard.seconds_of_sound(begun, last) > 2.0
    assert heard.energy(begun, last) > 0.02


def test_from_the_cache_sound_starts_at_once(speaker: SpokenSpeaker, heard: Recording) -> None:
    in_the_cache(speaker, heard)
    delays: list[float] = []
    for _ in range(5):
        speaker.hush()
        heard.silent_from(time.monotonic(), quiet=0.1)
        begun = time.monotonic()
        say(speaker, SCREEN)
        delays.append(heard.wait_for_sound(begun) - begun)
    assert sorted(delays)[2] <= START_LIMIT, delays


@pytest.mark.clause("EN 5.1.3.4", "EN 5.1.3.5", "PAP 6")
def test_an_action_cuts_the_voice(speaker: SpokenSpeaker, heard: Recording) -> None:
    in_the_cache(speaker, heard)
    for tenths in (3, 5, 8):
        begun = time.monotonic()
        ending = say(speaker, SCREEN)
        heard.wait_until(heard.wait_for_sound(begun) + tenths / 10)
        pressed = time.monotonic()
        speaker.hush()
        returned = time.monotonic() - pressed
        assert ending.wait() is SpeechOutcome.INTERRUPTED
        assert heard.silent_from(pressed) - pressed <= HUSH_LIMIT
        assert returned < 0.02


@pytest.mark.clause("EN 5.1.3.5", "EN 5.1.3.10")
def test_a_new_screen_cuts_the_old_one(speaker: SpokenSpeaker, heard: Recording) -> None:
    begun = time.monotonic()
    first = say(speaker, SCREEN)
    heard.wait_for_sound(begun)
    second = say(speaker, ["Oui."])
    assert first.wait() is SpeechOutcome.INTERRUPTED
    assert second.wait() is SpeechOutcome.SPOKEN
    heard.wait_until(second.at + 0.3)
    last = heard.last_sound(begun)
    assert last is not None
    assert last < second.at + 0.02


@pytest.mark.clause("EN 5.1.3.11", "EN 5.1.3.12", "EN 4.2.5")
def test_the_volume_is_heard(speaker: SpokenSpeaker, heard: Recording) -> None:
    levels: list[float] = []
    for volume in (100, 60, 20):
        begun = time.monotonic()
        ending = say(speaker, SHORT, Manner(volume=volume))
        ending.wait()
        heard.wait_until(ending.at)
        levels.append(heard.energy(heard.wait_for_sound(begun), ending.at))
    for louder, softer in itertools.pairwise(levels):
        assert 3.5 < louder / softer < 4.5  # 12 dB


@pytest.mark.clause("PAP 6", "EN 4.2.5")
def test_the_rate_is_heard(speaker: SpokenSpeaker, heard: Recording) -> None:
    lengths: list[float] = []
    for rate in (0.5, 1.0, 2.0):
        begun = time.monotonic()
        ending = say(speaker, SHORT, Manner(rate=rate))
        ending.wait()
        heard.wait_until(ending.at)
        lengths.append((heard.last_sound(begun) or 0) - heard.wait_for_sound(begun))
    assert lengths[0] > 1.6 * lengths[1] > 1.6 * 1.6 * lengths[2]


def test_volume_zero_is_silence(speaker: SpokenSpeaker, heard: Recording) -> None:
    begun = time.monotonic()
    ending = say(speaker, SHORT, Manner(volume=0))
    assert ending.wait() is SpeechOutcome.SPOKEN
    heard.wait_until(ending.at)
    assert heard.first_sound(begun) is None


@pytest.mark.clause("PAP 20")
def test_a_player_that_is_killed_says_the_sentence_again(speaker: SpokenSpeaker, heard: Recording) -> None:
    begun = time.monotonic()
    ending = say(speaker, SHORT)
    heard.wait_until(heard.wait_for_sound(begun) + 0.2)
    os.kill(children("player_process")[0].pid, signal.SIGKILL)
    killed = time.monotonic()
    heard.silent_from(killed, quiet=0.05)
    assert heard.wait_for_sound(killed + 0.1) - killed < 3
    assert ending.wait() is SpeechOutcome.SPOKEN
    assert len(children("player_process")) == 1


@pytest.mark.clause("PAP 20")
def test_a_player_that_hangs_is_silenced_all_the_same(speaker: SpokenSpeaker, heard: Recording) -> None:
    begun = time.monotonic()
    ending = say(speaker, SCREEN)
    heard.wait_until(heard.wait_for_sound(begun) + 0.3)
    os.kill(children("player_process")[0].pid, signal.SIGSTOP)
    pressed = time.monotonic()
    speaker.hush()
    assert time.monotonic() - pressed < 0.5, "it waited for the player, which never answers"
    assert heard.silent_from(pressed) - pressed <= HUSH_LIMIT
    assert ending.wait() is SpeechOutcome.INTERRUPTED
    assert say(speaker, ["Oui."]).wait() is SpeechOutcome.SPOKEN


def test_a_player_that_hangs_is_no_sound_within_two_seconds(speaker: SpokenSpeaker, heard: Recording) -> None:
    begun = time.monotonic()
    ending = say(speaker, SCREEN)
    heard.wait_for_sound(begun)
    os.kill(children("player_process")[0].pid, signal.SIGSTOP)
    stopped = time.monotonic()
    assert ending.wait() is SpeechOutcome.NO_SOUND
    assert ending.at - stopped <= 2


@pytest.mark.clause("PAP 20")
@pytest.mark.parametrize("fault", [signal.SIGKILL, pytest.param(signal.SIGSTOP, marks=pytest.mark.long)])
def test_an_engine_that_fails_in_the_middle_is_not_heard(
    speaker: SpokenSpeaker, heard: Recording, fault: signal.Signals
) -> None:
    """One that is frozen is missed in every run of ``tests/journeys/test_parts_fail_aloud.py``."""
    say(speaker, ["Bonjour."]).wait()
    os.kill(children("engine_process")[0].pid, fault)
    begun = time.monotonic()
    ending = say(speaker, SHORT)
    assert heard.wait_for_sound(begun) - begun < 3
    assert ending.wait() is SpeechOutcome.SPOKEN


@pytest.mark.clause("PAP 17")
def test_what_is_private_is_heard_and_leaves_nothing(speaker: SpokenSpeaker, heard: Recording, tmp_path: Path) -> None:
    begun = time.monotonic()
    assert say(speaker, ["Le canari chante à minuit."], private=True).wait() is SpeechOutcome.SPOKEN
    heard.wait_for_sound(begun)
    before = {child.pid for child in children("_process")}
    assert len(before) == 3  # the player, the engine, the word timer
    speaker.forget()
    wait_until(lambda: not before & {child.pid for child in children("_process")})
    assert not list(tmp_path.rglob("*.wav"))
    assert not [link for link in Path(f"/proc/{os.getpid()}/fd").iterdir() if "memfd:sound" in _target(link)]


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:  # the descriptor of the listing itself
        return ""


@pytest.mark.long
def test_a_loudspeaker_that_is_unplugged_and_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it does in every run of ``tests/journeys/test_parts_fail_aloud.py``."""
    monkeypatch.setattr(playing, "RETRY_AFTER", 0.5)
    with no_process_left(), sound_server(tmp_path) as server:
        for name, value in server.env.items():
            monkeypatch.setenv(name, value)
        speaker = make_speaker("pyttsx3", tmp_path / "voice", 50)
        with server.record() as heard:
            begun = time.monotonic()
            ending = say(speaker, SCREEN)
            heard.wait_for_sound(begun)
        server.stop()
        pulled = time.monotonic()
        assert ending.wait() is SpeechOutcome.NO_SOUND
        assert ending.at - pulled <= 2
        again = say(speaker, SCREEN)
        assert again.wait(2) is SpeechOutcome.NO_SOUND
        server.start()
        with server.record() as heard:
            wait_until(lambda: say(speaker, ["Oui."]).wait() is SpeechOutcome.SPOKEN)
            begun = time.monotonic()
            assert say(speaker, SHORT).wait() is SpeechOutcome.SPOKEN
            heard.wait_for_sound(begun)
        speaker.close()


def test_no_loudspeaker_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nothing")
    with no_process_left():
        speaker = make_speaker("pyttsx3", tmp_path / "voice", 50)
        begun = time.monotonic()
        assert say(speaker, SCREEN).wait() is SpeechOutcome.NO_SOUND
        assert time.monotonic() - begun <= 2
        assert not speaker.speaking
        speaker.close()


def test_the_doctor_hears(server: SoundServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in server.env.items():
        monkeypatch.setenv(name, value)
    assert [(finding.check, finding.ok, finding.fix) for finding in diagnose("pyttsx3")] == [
        ("voice", True, ""),
        ("sound", True, ""),
    ]


def test_the_doctor_names_the_outputs_there_are(server: SoundServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in server.env.items():
        monkeypatch.setenv(name, value)
    sound = diagnose("pyttsx3", device="haut-parleur bleu")[1]
    assert not sound.ok
    assert "haut-parleur bleu" in sound.message
    assert "pulse" in sound.fix


def test_the_doctor_says_how_to_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nothing")
    voice, sound = diagnose("pyttsx3", language="xx")
    assert not voice.ok
    assert "espeak-ng" in voice.fix
    assert not sound.ok
    assert "haut-parleur" in sound.fix
    assert [finding.ok for finding in diagnose("none")] == [True]
