# SPDX-License-Identifier: EUPL-1.2
"""``kiosk voice hear``: files of every kind, what they are understood as, and what is said of those that are none."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner, Result

from accessibility.listening import from_file, whisper
from accessibility.listening.clarity import narrow, signal_to_noise
from accessibility.listening.commands import commands
from accessibility.listening.engines import Choice, choose
from accessibility.listening.from_file import FileEar
from accessibility.listening.protocol import Certainty, Phrase, Vocabulary
from accessibility.listening.sound_files import UnusableFile, frames_of
from accessibility.models import installed
from kiosk.cli import cli
from tests import speech
from tests.accessibility.sounds import a_second_of_silence

MODEL = installed(speech.MODELS, "whisper-base")
needs_model = pytest.mark.skipif(MODEL is None, reason="« kiosk voice install whisper-base »")
CHOICES = "Carte d'identité,Passeport"
CARD = "carte d'identité"


@pytest.fixture(scope="module")
def ear() -> FileEar:
    assert MODEL
    return FileEar(Choice("whisper", MODEL))


@pytest.fixture
def hear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Callable[..., Result]:
    """The command itself, on an engine that is loaded once for all tests."""
    config = tmp_path / "kiosk.toml"
    config.write_text(f'[listening]\nengine = "whisper"\nmodels = "{speech.MODELS}"\n', encoding="utf-8")

    def loaded(choice: Choice) -> FileEar:
        assert choice == choose("whisper", speech.MODELS, "fr")
        return request.getfixturevalue("ear")

    monkeypatch.setattr(from_file, "FileEar", loaded)
    return lambda *words: CliRunner().invoke(cli, ["--config", str(config), "voice", "hear", *map(str, words)])


def answer(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@needs_model
def test_a_command_is_understood(hear: Callable[..., Result]) -> None:
    heard = answer(hear(speech.said("suivant"), "--json"))
    assert heard.pop("ms") < 5000
    assert heard == {"text": heard["text"], "accepted": "next", "certainty": "clear", "engine": "whisper"}
    assert "suivant" in heard["text"].lower()


@needs_model
@pytest.mark.parametrize(
    ("choices", "accepted"),
    [
        ((CHOICES,), "Carte d'identité"),
        ((" Passeport , ,Carte d'identité,Passeport, Carte d'identité",), "Carte d'identité"),
        (("Passeport", "Carte d'identité"), "Carte d'identité"),
        (("Passeport\nCarte d'identité\n",), "Carte d'identité"),
        (('"Carte d\'identité",Passeport',), "Carte d'identité"),
    ],
)
def test_a_choice_is_given_back_as_it_was_written(
    hear: Callable[..., Result], choices: tuple[str, ...], accepted: str
) -> None:
    words = [word for choice in choices for word in ("--choices", choice)]
    heard = answer(hear(speech.said(CARD), *words, "--json"))
    assert (heard["accepted"], heard["certainty"]) == (accepted, "clear")


@needs_model
def test_a_choice_may_hold_a_comma(hear: Callable[..., Result]) -> None:
    heard = answer(
        hear(speech.said("oui, je suis français"), "--choices", '"Oui, je suis français","Non, pas moi"', "--json")
    )
    assert heard["accepted"] == "Oui, je suis français"


@needs_model
def test_other_words_are_rejected_and_that_is_no_error(hear: Callable[..., Result]) -> None:
    heard = answer(hear(speech.said("il fait beau aujourd'hui et je vais au marché"), "--json"))
    assert (heard["accepted"], heard["certainty"]) == (None, "rejected")
    assert heard["text"]
    plain = hear(speech.said("il fait beau aujourd'hui et je vais au marché"))
    assert plain.exit_code == 0
    assert "Pas compris" in plain.output


@needs_model
def test_it_reads_like_a_sentence(hear: Callable[..., Result]) -> None:
    result = hear(speech.said(CARD), "--choices", CHOICES)
    assert result.exit_code == 0
    assert "Compris clairement : Carte d'identité" in result.output.replace("\u00a0", " ")


def tone(seconds: float, hertz: int = 16_000) -> np.ndarray:
    return (0.3 * np.sin(np.arange(round(seconds * hertz)) * 440 * 2 * np.pi / hertz)).astype("f4")


def hiss(seconds: float, level: float = 0.1) -> np.ndarray:
    return np.random.default_rng(1).normal(0, level, round(seconds * 16_000)).astype("f4").clip(-1, 1)


def music(seconds: float) -> np.ndarray:
    times = np.arange(round(seconds * 16_000)) / 16_000
    notes = 220 * 2 ** (np.array([0, 4, 7, 12, 9, 5])[(times * 4).astype(int) % 6] / 12)
    return (0.2 * np.sin(2 * np.pi * np.cumsum(notes) / 16_000) * (1 - (times * 4) % 1)).astype("f4")


@needs_model
@pytest.mark.parametrize(
    "sound",
    [np.zeros(32_000, "f4"), np.zeros(1, "f4"), hiss(3), tone(2), music(6), np.full(16_000, np.nan, "f4")],
    ids=["silence", "one sample", "noise", "a tone", "music", "no numbers"],
)
def test_what_is_no_speech_is_rejected(hear: Callable[..., Result], tmp_path: Path, sound: np.ndarray) -> None:
    path = tmp_path / "son.wav"
    soundfile.write(path, sound, 16_000, "FLOAT")
    heard = answer(hear(path, "--json"))
    assert (heard["accepted"], heard["certainty"]) == (None, "rejected")


@needs_model
@pytest.mark.parametrize(
    ("suffix", "kind", "hertz", "channels"),
    [
        ("wav", "PCM_16", 44_100, 2),
        ("wav", "PCM_U8", 11_025, 1),
        ("wav", "ULAW", 8_000, 1),
        ("wav", "DOUBLE", 96_000, 6),
        ("flac", "PCM_24", 48_000, 2),
        ("ogg", "VORBIS", 22_050, 1),
        ("ogg", "OPUS", 48_000, 1),
        ("mp3", "MPEG_LAYER_III", 32_000, 2),
        ("aiff", "PCM_16", 16_000, 1),
        ("caf", "ALAC_16", 44_100, 1),
    ],
)
def test_any_kind_of_file_is_heard(
    ear: FileEar, tmp_path: Path, suffix: str, kind: str, hertz: int, channels: int
) -> None:
    spoken = np.concatenate(list(frames_of(speech.said(CARD))))
    times = np.arange(round(len(spoken) * hertz / 16_000)) * 16_000 / hertz
    moved = np.interp(times, np.arange(len(spoken)), spoken)
    path = tmp_path / f"son.{suffix}"
    soundfile.write(path, np.repeat(moved[:, None], channels, 1), hertz, kind)
    vocabulary = Vocabulary((Phrase("card", ("Carte d'identité",)), Phrase("passport", ("Passeport",))))
    heard = ear.hear(path, vocabulary)
    assert (heard.phrase, heard.certainty) == ("card", Certainty.CLEAR), heard


@needs_model
def test_a_voice_that_lies_beside_zero_is_as_clear_as_another(ear: FileEar) -> None:
    """A cheap sound card adds the same to every sample."""
    spoken = list(frames_of(speech.said("suivant")))
    heard = ear.hear_frames((frame + np.float32(0.1) for frame in spoken), Vocabulary(commands("fr")))
    assert (heard.phrase, heard.certainty) == ("next", Certainty.CLEAR), heard


@needs_model
@pytest.mark.parametrize(("kind", "hertz", "lacking"), [("PCM_16", 16_000, False), ("ULAW", 8_000, True)])
def test_a_voice_by_telephone_is_told_from_another_by_what_it_lacks(
    tmp_path: Path, kind: str, hertz: int, lacking: bool
) -> None:
    path = tmp_path / "son.wav"
    for words in ("suivant", "oui", CARD):
        spoken = np.concatenate(list(frames_of(speech.said(words))))
        soundfile.write(path, spoken[:: 16_000 // hertz], hertz, kind)
        assert narrow(np.concatenate(list(frames_of(path)))) is lacking, words
    assert not narrow(np.zeros(16_000, np.float32)), "nobody spoke"
    assert not narrow(np.zeros(100, np.float32)), "less than a frame"


@pytest.mark.parametrize("others", [-1, -0.95, 0], ids=["undone", "nearly undone", "drowned"])
def test_a_voice_that_the_other_channels_undo_is_heard(tmp_path: Path, others: float) -> None:
    path = tmp_path / "son.wav"
    voice = tone(1)
    soundfile.write(path, np.stack([others * voice, voice] if others else [0 * voice] * 5 + [voice], 1), 16_000)
    assert np.abs(np.concatenate(list(frames_of(path)))).max() == pytest.approx(0.3, abs=0.01)


def test_a_voice_on_one_side_is_heard_with_the_other(tmp_path: Path) -> None:
    path = tmp_path / "son.wav"
    soundfile.write(path, np.stack([tone(1), hiss(1, 0.01)], 1), 16_000)
    assert np.abs(np.concatenate(list(frames_of(path)))).max() == pytest.approx(0.15, abs=0.05)


def test_a_file_in_which_nothing_can_be_sought_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "son.wav"
    soundfile.write(path, tone(2, 8_000), 8_000, "GSM610")
    assert len(list(frames_of(path))) == pytest.approx(2 * 16_000 / 512, abs=2)


@pytest.mark.parametrize("scale", [32_768, 1e30])
def test_numbers_that_are_far_too_large_are_cut(tmp_path: Path, scale: float) -> None:
    """Sixteen-bit samples that were written as floats without being divided."""
    path = tmp_path / "son.wav"
    soundfile.write(path, (tone(1) * scale).astype("f4"), 16_000, "FLOAT")
    assert np.abs(np.concatenate(list(frames_of(path)))).max() == pytest.approx(1, abs=0.01)


@needs_model
def test_four_minutes_are_heard_in_good_time(ear: FileEar, tmp_path: Path) -> None:
    """A little of it is noise, the rest is silence; the sentence comes at the end."""
    spoken = np.concatenate(list(frames_of(speech.said("suivant"))))
    path = tmp_path / "long.flac"
    soundfile.write(path, np.concatenate([hiss(30, 0.001), np.zeros(210 * 16_000, "f4"), spoken]), 16_000)
    begun = time.process_time()
    heard = ear.hear(path, Vocabulary(commands("fr")))
    assert time.process_time() - begun < 12
    assert heard.phrase == "next"


@needs_model
def test_a_long_speech_ends(ear: FileEar, tmp_path: Path) -> None:
    spoken = np.concatenate(list(frames_of(speech.said("il fait beau aujourd'hui et je vais au marché"))))
    path = tmp_path / "discours.wav"
    soundfile.write(path, np.concatenate([spoken] * 4), 16_000)
    heard = ear.hear(path, Vocabulary(commands("fr")))
    assert heard.certainty is Certainty.REJECTED


def make(tmp_path: Path, what: str) -> Path:
    path = tmp_path / "son.wav"
    match what:
        case "missing":
            pass
        case "a folder":
            path.mkdir()
        case "empty":
            path.touch()
        case "a text":
            path.write_text("Bonjour.", encoding="utf-8")
        case "a cut header":
            path.write_bytes(b"RIFF\x24\x00\x00\x00WAVEfmt ")
        case "no sample":
            soundfile.write(path, np.zeros(0, "f4"), 16_000)
        case "a pipe":
            os.mkfifo(path)
        case "an hour":
            with soundfile.SoundFile(path, "w", 8_000, 1, "PCM_U8") as long:
                for _ in range(60):
                    long.write(np.zeros(60 * 8_000, "f4"))
        case _:
            raise AssertionError(what)
    return path


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("missing", "n'existe pas"),
        ("a folder", "c'est un dossier"),
        ("empty", "il est vide"),
        ("a text", "ce n'est pas un fichier de son"),
        ("a cut header", "ce n'est pas un fichier de son"),
        ("no sample", "aucun son"),
        ("a pipe", "ce n'est pas un fichier ordinaire"),
        ("an hour", "plus de 20 minutes"),
    ],
)
def test_what_cannot_be_heard_is_said_in_french(
    hear: Callable[..., Result], tmp_path: Path, what: str, said: str
) -> None:
    with pytest.raises(UnusableFile, match=said):
        list(frames_of(make(tmp_path, what)))
    if MODEL:
        result = hear(tmp_path / "son.wav", "--json")
        assert result.exit_code == 1
        assert said in result.stderr
        told = json.loads(result.stdout)
        assert (told["accepted"], told["certainty"], told["ms"], told["engine"]) == (None, "rejected", 0, None)
        assert said in told["error"]
        assert hear(tmp_path / "son.wav").stdout == ""


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_said(tmp_path: Path) -> None:
    path = tmp_path / "son.wav"
    soundfile.write(path, tone(1), 16_000)
    path.chmod(0)
    with pytest.raises(UnusableFile, match="le droit"):
        list(frames_of(path))


@pytest.mark.parametrize("choices", [",,", " ", '"oui,non'])
def test_choices_that_are_none_are_refused(hear: Callable[..., Result], tmp_path: Path, choices: str) -> None:
    result = hear(tmp_path / "son.wav", "--choices", choices)
    assert result.exit_code == 2
    assert "--choices" in result.stderr


def test_without_a_model_the_command_that_installs_it_is_named(tmp_path: Path) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text('[listening]\nmodels = "rien"\n', encoding="utf-8")
    sound = tmp_path / "son.wav"
    soundfile.write(sound, tone(1), 16_000)
    result = CliRunner().invoke(cli, ["--config", str(config), "voice", "hear", str(sound), "--json"])
    assert result.exit_code == 1
    assert "kiosk voice install" in result.stderr
    assert "kiosk voice install" in json.loads(result.stdout)["error"]


def test_the_model_that_is_named_is_that_of_the_engine_asked_for(tmp_path: Path) -> None:
    sound, config = tmp_path / "a.wav", tmp_path / "kiosk.toml"
    a_second_of_silence(sound)
    config.write_text(f'[listening]\nmodels = "{tmp_path}"\n', encoding="utf-8")
    words = ["--config", str(config), "voice", "hear", str(sound), "--engine", "vosk"]
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 1
    assert "kiosk voice install vosk-model-small-fr-0.22" in result.stderr


@needs_model
def test_a_voice_cut_short_in_a_noise_is_not_taken_for_one_in_a_quiet_room(
    ear: FileEar, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file ends with the voice; what is heard after it is the noise that was before it."""
    found: list[float] = []
    monkeypatch.setattr(whisper, "signal_to_noise", lambda sound: found.append(signal_to_noise(sound)) or found[-1])
    spoken = np.concatenate(list(frames_of(speech.said("suivant"))))
    loud = np.nonzero(np.abs(spoken) > 0.02)[0]
    voice = spoken[loud[0] : loud[-1]]
    noisy = np.concatenate([np.zeros(8_000, "f4"), voice])
    noisy += hiss(len(noisy) / 16_000 + 1, float(np.sqrt(np.mean(voice**2))) / 4)[: len(noisy)]
    for sound in (noisy, voice):
        ear.hear_frames(iter(sound[: len(sound) // 512 * 512].reshape(-1, 512)), Vocabulary(commands("fr")))
    assert found[0] < 25 < found[-1]


@needs_model
def test_the_model_is_told_whole_words(ear: FileEar) -> None:
    recogniser = ear.recogniser
    assert isinstance(recogniser, whisper.WhisperRecogniser)
    assert len(recogniser.tokens(" trop tout")) == 2
