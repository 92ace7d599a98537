# SPDX-License-Identifier: EUPL-1.2
"""``kiosk staff``, as a technician meets it."""

from __future__ import annotations

import json
import os
import pty
import select
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli import cli
from kiosk.config import OidcSettings
from kiosk.identity import provider_of
from tests.kiosk.test_commands import ENGLISH, Kiosk

PASSWORD = "une tasse bleue\n"  # noqa: S105 - of accounts that live for one test
AMINA = ("staff", "add", "amina", "--name", "Amina", "--role", "mediator", "--password-stdin")


class InProcess(Kiosk):
    """The command without a process of its own, which takes seconds to start."""

    def __call__(self, *words: str | bytes, given: str | bytes = b"") -> subprocess.CompletedProcess[str]:
        done = CliRunner().invoke(cli, ["--config", str(self.settings), *map(str, words)], input=given)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        assert not ENGLISH.search(done.output), done.output
        return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)


@pytest.fixture
def kiosk(tmp_path: Path) -> InProcess:
    return InProcess(tmp_path)


def test_accounts_from_the_first_to_the_last(kiosk: Kiosk) -> None:
    assert "Aucun compte" in kiosk("staff", "list").stdout
    assert kiosk(*AMINA, "--role", "manager", "--skill", "logement", given=PASSWORD).returncode == 0
    twice = kiosk(*AMINA, given=PASSWORD)
    assert twice.returncode == 1
    assert "existe déjà" in twice.stderr
    provided = ("staff", "add", "rose", "--name", "Rose", "--role", "technician", "--oidc-email", "Rose@lieu.example")
    assert kiosk(*provided).returncode == 0
    assert kiosk("staff", "disable", "amina").returncode == 0
    amina, rose = json.loads(kiosk("staff", "list", "--json").stdout)
    assert amina.pop("id") != rose.pop("id")
    assert amina == {
        "login": "amina",
        "name": "Amina",
        "roles": ["manager", "mediator"],
        "languages": ["fr"],
        "skills": ["logement"],
        "password": True,
        "second_factor": False,
        "oidc_email": "",
        "oidc_linked": False,
        "disabled": True,
        "wrong_attempts": 0,
        "locked": False,
        "must_change": False,
    }
    assert (rose["oidc_email"], rose["password"]) == ("rose@lieu.example", False)
    assert kiosk("staff", "reset", "amina", "--unlock").returncode == 0
    assert "désactivé" not in kiosk("staff", "list").stdout
    assert kiosk("staff", "reset", "nobody", "--unlock").returncode == 1
    assert "tasse" not in (kiosk.folder / "var/site.db").read_bytes().decode("latin-1")


@pytest.mark.parametrize("given", ["", "123456\n", "court\n", "une tasse amina\n", b"\xff\xfe\n"])
def test_a_password_that_is_no_good_makes_no_account(kiosk: Kiosk, given: str | bytes) -> None:
    done = kiosk(*AMINA, given=given)
    assert done.returncode == 1
    assert done.stderr.strip()
    assert json.loads(kiosk("staff", "list", "--json").stdout) == []


def test_a_password_is_typed_twice_and_never_seen(kiosk: Kiosk) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kiosk", *AMINA[:-1]]
    running = subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=kiosk.folder,
        env=kiosk.environment,
        start_new_session=True,
    )
    os.close(theirs)
    seen = b""

    def type_at(prompt: bytes, words: bytes) -> None:
        nonlocal seen
        start = len(seen)
        while prompt not in seen[start:]:
            assert select.select([ours], [], [], 60)[0], seen
            seen += os.read(ours, 4096)
        os.write(ours, words)

    for first, second in ((b"une tasse bleue\n", b"une autre\n"), (b"une tasse bleue\n", b"une tasse bleue\n")):
        type_at(b"Mot de passe ou code", first)
        type_at(b"Encore une fois", second)
    assert running.wait(60) == 0
    while select.select([ours], [], [], 0)[0]:
        try:
            seen += os.read(ours, 4096)
        except OSError:
            break
    os.close(ours)
    assert b"tasse" not in seen
    assert "différents".encode() in seen
    assert "est créé".encode() in seen


def test_what_was_done_is_listed_and_an_altered_list_is_told(kiosk: Kiosk) -> None:
    kiosk(*AMINA, given=PASSWORD)
    kiosk("staff", "disable", "amina")
    done = kiosk("staff", "acts", "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert (told["intact"], told["first_bad"]) == (True, None)
    assert [act["act"] for act in told["acts"]] == ["account_disabled", "account_added"]
    assert set(told["acts"][0]) == {"seq", "time", "who", "act", "label", "about"}
    with sqlite3.connect(kiosk.folder / "var/site.db") as database:
        database.execute("DROP TRIGGER act_unchanged")
        database.execute("UPDATE act SET member = 'somebody' WHERE seq = 1")
    database.close()
    done = kiosk("staff", "acts")
    assert done.returncode == 1
    assert "La ligne 1 a été modifiée." in done.stderr


@pytest.mark.parametrize("words", ["staff add", "staff add amina --name A --role boss", "staff acts --last 0"])
def test_a_command_that_is_badly_written(kiosk: Kiosk, words: str) -> None:
    assert kiosk(*words.split()).returncode == 2


def test_the_identity_provider_of_the_settings(tmp_path: Path) -> None:
    from assist.server.starting import CannotServe

    secret = tmp_path / "secret"
    secret.write_text("the secret\nnothing\n", encoding="ascii")
    given = OidcSettings("https://id.example", "pas-a-pas", secret, "eidas1")
    provider = provider_of(given)
    assert provider is not None
    assert (provider.issuer, provider.client, provider.secret) == ("https://id.example", "pas-a-pas", "the secret")
    assert provider_of(OidcSettings()) is None
    empty = tmp_path / "empty"
    empty.touch()
    for wrong in (
        OidcSettings("http://id.example", "pas-a-pas", secret),
        OidcSettings("https://id.example", "", secret),
        OidcSettings("https://id.example", "pas-a-pas", None),
        OidcSettings("https://id.example", "pas-a-pas", tmp_path / "absent"),
        OidcSettings("https://id.example", "pas-a-pas", tmp_path),
        OidcSettings("https://id.example", "pas-a-pas", empty),
    ):
        with pytest.raises(CannotServe, match=r"\[oidc\]"):
            provider_of(wrong)
