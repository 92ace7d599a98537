# SPDX-License-Identifier: EUPL-1.2
"""Every command as a technician meets it: exit codes, exact JSON keys, French, and no traceback.

Most run in the process of the tests. What only a real process shows has one: pipes, a terminal, what is closed.
"""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from accessibility.speaking.to_file import MOST_SIGNS, FileOutcome, say_to_file
from content.model import Catalogue
from kiosk.config import ContentSettings
from kiosk.publication import Published
from tests.kiosk.in_process import run_here
from tests.sample_procedures import write_procedure

ENGLISH = re.compile(
    r"Traceback|Errno|codec|Usage:|Error:|Invalid|Missing|No such|Options:|Commands:|Show |\bTry\b|default:|required"
    r"|COMMAND |\[ARGS\]|unexpected|is not|does not|Permission"
)
WALKED = "carte-vitale"
SERVED = (WALKED, "carte-identite", "rsa")


class Kiosk:
    """The command, run in a folder of its own with its own settings, and a few procedures."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = folder / "kiosk.toml"
        self.settings.write_text(f'[voice]\nengine = "pyttsx3"\n{several(folder)}', encoding="utf-8")
        self.environment = {**os.environ, "PAS_A_PAS_CONFIG": str(self.settings), "LC_ALL": "C.UTF-8"}

    def __call__(self, *words: str | bytes, given: str | bytes = b"") -> subprocess.CompletedProcess[str]:
        return in_french(run_here(words, self.folder, self.environment, given))

    def process(self, *words: str) -> subprocess.CompletedProcess[str]:
        """The same in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            cwd=self.folder,
            env=self.environment | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        )
        return in_french(done)

    def journal(self) -> Path:
        """A journal with one walk that was left."""
        self("walk", WALKED, "--answers", "-")
        return self.folder / "var/journal.db"


def in_french(done: subprocess.CompletedProcess[str]) -> subprocess.CompletedProcess[str]:
    """The same, once it was read: no English, nothing that commands a terminal."""
    said = done.stdout + done.stderr
    assert not ENGLISH.search(said), said
    assert "\x1b" not in said
    return done


def several(folder: Path) -> str:
    """Settings that serve some of our procedures, copied to ``folder``: to read all of them takes a second."""
    for name in SERVED:
        shutil.copytree(ContentSettings().path / name, folder / "procedures" / name)
    return f'[content]\npath = "{folder / "procedures"}"\n'


@pytest.fixture
def kiosk(tmp_path: Path) -> Kiosk:
    return Kiosk(tmp_path)


# The exact commands, their exit codes and their JSON


COMMANDS = (
    "",
    "run",
    "walk",
    "list",
    "content",
    "content new",
    "content preview",
    "content check",
    "content import-vosdroits",
    "content lab",
    "content difficulties",
    "doctor",
    "journal",
    "journal verify",
)
MORE_COMMANDS = (
    "journal export",
    "journal extract",
    "journal purge",
    "voice",
    "voice say",
    "voice list",
    "voice install",
    "review",
    "serve",
    "device",
    "device add",
    "device list",
    "device revoke",
    "staff",
    "staff add",
    "staff acts",
)


@pytest.mark.parametrize("command", COMMANDS + MORE_COMMANDS)
def test_every_command_has_its_help_in_french(kiosk: Kiosk, command: str) -> None:
    done = kiosk(*command.split(), "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage\u00a0: kiosk")
    assert "Montrer cette aide." in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    "words",
    [
        "lst",
        "list --jsn",
        "list trop",
        "list trop de mots",
        "list --json=oui",
        "walk",
        "walk rsa --answers",
        "walk rsa --answers .",
        "walk rsa --paper a5",
        "walk rsa --receipt -",
        "journal",
        "journal export --out -",
        "voice say",
        "voice say bonjour",
        "voice say bonjour --out -",
        "voice say bonjour --out a.mp3",
        "voice say bonjour --out a",
        "voice say bonjour --out a.wav --rate nan",
        "voice say bonjour --out a.wav --rate vite",
        "voice say bonjour --out a.wav --rate 9",
    ],
)
def test_a_command_that_is_badly_written_is_refused_in_french_with_code_2(kiosk: Kiosk, words: str) -> None:
    before = sorted(kiosk.folder.iterdir())
    done = kiosk(*words.split())
    assert done.returncode == 2
    assert "Usage\u00a0:" in done.stderr or "Erreur\u00a0:" in done.stderr
    assert sorted(kiosk.folder.iterdir()) == before


def test_in_a_process_of_its_own(kiosk: Kiosk) -> None:
    done = kiosk.process("run")
    assert done.returncode == 1
    assert "terminal" in done.stderr
    assert kiosk.process("list").stdout == kiosk("list").stdout
    assert kiosk.process("list", "--jsn").stderr == kiosk("list", "--jsn").stderr


def test_list(kiosk: Kiosk) -> None:
    done = kiosk("list", "--json")
    rows = json.loads(done.stdout)
    assert done.returncode == 0
    assert {row["id"] for row in rows} == set(SERVED)
    for row in rows:
        assert {"id", "title", "theme", "languages", "source", "checked_on"} <= set(row)
        date.fromisoformat(row["checked_on"])
    plain = kiosk("list").stdout
    for row in rows:
        checked = date.fromisoformat(row["checked_on"])
        assert re.search(rf"^{row['id']} .*\(vérifié le {checked:%d/%m/%Y}\)$", plain, re.MULTILINE)


def test_walk(kiosk: Kiosk) -> None:
    answers: list[str] = []
    lines: list[dict[str, Any]] = []
    done = kiosk("list")
    paper = kiosk.folder / "papier.pdf"
    for _ in range(30):
        done = kiosk("walk", WALKED, "--answers", "-", "--json", "--receipt", str(paper), given="\n".join(answers))
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        if done.returncode == 0:
            break
        assert done.returncode == 3
        assert not paper.exists()
        choices = lines[-1]["choices"]
        assert all(f"{choice['id']} (" in done.stderr for choice in choices)
        answers.append(choices[0]["id"] if choices else "15/03/1960")
    assert done.returncode == 0
    for line in lines[:-1]:
        assert {"step", "kind", "title", "say", "choices"} <= set(line)
        assert all(set(choice) == {"id", "label"} for choice in line["choices"])
    assert {"end", "road_map", "receipt"} <= set(lines[-1])
    assert lines[-1]["receipt"] == str(paper)
    assert paper.read_bytes().startswith(b"%PDF-")


def test_content_check(kiosk: Kiosk) -> None:
    done = kiosk("content", "check", str(write_procedure(kiosk.folder / "demarches" / "essai")), "--json")
    assert (done.returncode, [row for row in json.loads(done.stdout) if not row["warning"]]) == (0, [])
    refused = kiosk("content", "check", "absent", "--json")
    assert refused.returncode == 1
    (row,) = json.loads(refused.stdout)
    assert {"file", "line", "code", "message", "warning", "rule", "why", "how"} <= set(row)
    assert row["rule"] == row["code"] == "no-procedure"
    assert kiosk("content", "check", "--sarif", "--json").returncode == 2


def test_doctor(kiosk: Kiosk) -> None:
    done = kiosk("doctor", "--json")
    rows = json.loads(done.stdout)
    assert done.returncode == 0
    assert all(list(row) == ["check", "ok", "message", "fix"] for row in rows)
    assert {"display", "sound", "voice", "printer", "database", "disk", "clock"} <= {row["check"] for row in rows}
    assert all(row["fix"] for row in rows if not row["ok"])
    names = re.findall(r"^[✔✖] (.*?) : ", kiosk("doctor").stdout, re.MULTILINE)
    assert len(names) == len(rows)
    assert not set(names) & {row["check"] for row in rows}, "kiosk/diagnosis.py names them all in French"
    assert {"Écran", "Son", "Voix", "Imprimante", "Journal", "Disque", "Horloge"} <= set(names)


def test_doctor_finds_a_clock_that_is_late_from_the_texts_that_are_held_back_too(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Late(date):
        @classmethod
        def today(cls) -> Late:
            return cls(2020, 1, 1)

    monkeypatch.setattr("kiosk.publication.published", lambda *_, **__: Published(Catalogue({}), ()))
    monkeypatch.setattr("kiosk.doctor.date", Late)
    clock = next(row for row in json.loads(kiosk("doctor", "--json").stdout) if row["check"] == "clock")
    assert not clock["ok"]
    assert "01/01/2020" in clock["message"]


def test_doctor_cannot_serve_with_broken_settings(kiosk: Kiosk) -> None:
    kiosk.settings.write_text('[session]\nlanguage = "zz"\n', encoding="utf-8")
    done = kiosk("doctor", "--json")
    assert done.returncode == 1
    assert f"{kiosk.settings}:2 : session.language" in json.loads(done.stdout)[0]["message"]


def test_voice_say(kiosk: Kiosk) -> None:
    out = kiosk.folder / "a.wav"
    done = kiosk("voice", "say", "Bonjour.", "--out", str(out), "--json")
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout)) == {"file", "engine", "voice", "language", "seconds"}
    assert out.read_bytes().startswith(b"RIFF")


def test_voice_say_refuses_a_book_and_an_absent_folder(kiosk: Kiosk) -> None:
    for words in (("a " * MOST_SIGNS, "a.wav"), ("Bonjour.", "absent/a.wav"), ("Bonjour.", ".")):
        done = kiosk("voice", "say", words[0], "--out", words[1])
        assert done.returncode == 1
        assert done.stderr
    assert list(kiosk.folder.glob("*.wav")) == []
    assert say_to_file("a" * (MOST_SIGNS + 1), Path("a.wav")).outcome is FileOutcome.TOO_LONG


# The journal


def test_journal_verify_and_export(kiosk: Kiosk) -> None:
    kiosk.journal()
    verified = kiosk("journal", "verify", "--json")
    verdict = json.loads(verified.stdout)
    assert verified.returncode == 0
    assert list(verdict) == ["intact", "events", "first_bad"]
    assert verdict["first_bad"] is None
    exported = kiosk("journal", "export")
    assert exported.returncode == 0
    assert len([json.loads(line) for line in exported.stdout.splitlines()]) == verdict["events"] > 0
    written = kiosk("journal", "export", "--out", "j.jsonl")
    assert written.returncode == 0
    assert (kiosk.folder / "j.jsonl").read_text(encoding="utf-8") == exported.stdout


def test_without_a_journal_yet_nothing_is_said_to_be_broken(kiosk: Kiosk) -> None:
    verified = kiosk("journal", "verify")
    assert verified.returncode == 1
    assert "créé au premier démarrage" in verified.stdout
    exported = kiosk("journal", "export")
    assert exported.returncode == 1
    assert "pas encore de journal" in exported.stderr
    assert "disque" not in exported.stderr


def test_a_damaged_journal_says_what_to_do(kiosk: Kiosk) -> None:
    path = kiosk.journal()
    path.write_bytes(path.read_bytes()[:5000] + b"\0" * 20_000)
    verified = kiosk("journal", "verify")
    assert verified.returncode == 1
    assert "Gardez une copie" in verified.stdout
    assert "Au prochain démarrage, la borne le met de côté" in verified.stdout
    row = next(row for row in json.loads(kiosk("doctor", "--json").stdout) if row["check"] == "database")
    assert row["ok"] is False
    assert "Gardez une copie" in row["fix"]
    assert json.loads(kiosk("journal", "verify", "--json").stdout)["intact"] is False


def test_a_journal_that_is_a_folder_is_said_to_be_one(kiosk: Kiosk) -> None:
    (kiosk.folder / "var/journal.db").mkdir(parents=True)
    doctor = kiosk("doctor", "--json")
    row = next(row for row in json.loads(doctor.stdout) if row["check"] == "database")
    assert doctor.returncode == 0
    assert "C'est un dossier" in row["message"]
    assert "Déplacez ce dossier" in row["fix"]
    for command in ("verify", "export"):
        done = kiosk("journal", command)
        assert done.returncode == 1
        assert "C'est un dossier" in done.stdout + done.stderr


def test_what_is_kept_is_for_this_account_alone(kiosk: Kiosk) -> None:
    path = kiosk.journal()
    path.chmod(0o644)  # As an earlier version left it.
    kiosk.journal()
    kept = [*path.parent.rglob("*"), path.parent]
    assert len(kept) > 3
    assert {file for file in kept if stat.S_IMODE(file.stat().st_mode) & 0o077} == set()


@pytest.mark.parametrize(
    "command",
    [
        ("list", "--json"),
        ("walk", WALKED),
        pytest.param(("journal", "export"), marks=pytest.mark.long),
        pytest.param(("doctor",), marks=pytest.mark.long),
    ],
)
def test_a_reader_that_goes_away_is_no_trouble(kiosk: Kiosk, command: tuple[str, ...]) -> None:
    kiosk.journal()
    read, write = os.pipe()
    os.close(read)  # Whatever is written has no reader, as after "| head -1".
    with os.fdopen(write, "wb") as nobody:
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", *command],
            stdin=subprocess.DEVNULL,
            stdout=nobody,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
            env=kiosk.environment,
        )
    assert done.stderr == b""


# Answers


@pytest.mark.parametrize("given", ["\ufeffadulte\n", "\ufeffadulte\r\n", "adulte"])
def test_a_byte_order_mark_is_no_answer(kiosk: Kiosk, given: str) -> None:
    (kiosk.folder / "answers").write_bytes(given.encode())
    for done in (
        kiosk("walk", "carte-identite", "--answers", "answers"),
        kiosk("walk", "carte-identite", "--answers", "-", given=given),
    ):
        assert done.returncode == 3
        assert "« besoin »" in done.stderr


def test_an_answer_is_shown_without_what_does_not_print_and_cut(kiosk: Kiosk) -> None:
    done = kiosk("walk", "carte-identite", "--answers", "-", given="\x1b[31m\u202erouge\a" + "x" * 100_000)
    assert done.returncode == 4
    assert f"« [31mrouge{'x' * 51}… »" in done.stderr
    assert len(done.stderr) < 300


@pytest.mark.parametrize("given", [b"\xff\xfe\n", b"x" * 300_000, b"\n" * 300_000, b"adulte\n\xe9\n"])
def test_answers_that_cannot_be_read_are_said(kiosk: Kiosk, given: bytes) -> None:
    (kiosk.folder / "answers").write_bytes(given)
    for done in (
        kiosk("walk", "carte-identite", "--answers", "answers"),
        kiosk("walk", "carte-identite", "--answers", "-", given=given),
        kiosk("walk", "carte-identite", given=given),
    ):
        assert done.returncode == 1
        assert "UTF-8" in done.stderr or "256 Ko" in done.stderr
        assert "�" not in done.stderr


def test_a_closed_standard_input_has_no_answers(kiosk: Kiosk) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"exec {sys.executable} -m kiosk walk carte-identite <&-"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=kiosk.environment,
    )
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


def test_a_strange_procedure_or_language_is_refused_with_those_that_exist(kiosk: Kiosk) -> None:
    done = kiosk("walk", b"\x1b[31mrsa\xff" + b"y" * 5000)
    assert done.returncode == 1
    assert "« [31mrsay" in done.stderr
    assert "carte-identite" in done.stderr
    assert len(done.stderr) < 1000, "the names, and no more than a glance of what was asked"
    done = kiosk("walk", "rsa", "--language", "xx")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "« xx ». Langues possibles : en, fr" in done.stderr


@pytest.mark.parametrize("out", ["absent/papier.pdf", ".", "kiosk.toml/papier.pdf", "x" * 300 + ".pdf"])
def test_a_receipt_that_cannot_be_written_is_said_before_the_walk(kiosk: Kiosk, out: str) -> None:
    done = kiosk("walk", "rsa", "--receipt", out)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "le papier ne pourra pas être écrit" in done.stderr


# The kiosk itself, in a terminal of its own


def test_a_count_of_falls_that_is_no_number_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    from kiosk.running import _falls_before  # pyright: ignore[reportPrivateUsage]

    for said, falls in (("x", 0), ("", 0), ("-1", 0), ("²", 0), ("9" * 5000, 0), ("3", 3)):
        monkeypatch.setenv("PAS_A_PAS_FALLS", said)
        assert _falls_before() == falls


def test_run_in_a_terminal_refuses_broken_settings_before_it_paints(kiosk: Kiosk) -> None:
    kiosk.settings.write_text('[site]\nname = "\\u001b[31m"\n', encoding="utf-8")
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "run"],
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
        env=kiosk.environment,
    )
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 1
    assert f"{kiosk.settings}:2 : site.name".encode() in done.stderr
    assert b"\x1b" not in done.stderr
