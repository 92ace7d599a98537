# SPDX-License-Identifier: EUPL-1.2
"""``kiosk serve`` and ``kiosk device`` as a technician meets them: real processes, real sockets."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from assist.sync.client import Where, make_link
from kiosk import server_diagnosis
from kiosk.config import Settings, load_settings
from kiosk.linking import Answer, ask, link_of
from tests.assist.sync.kiosks import QUICK, until
from tests.kiosk.in_process import run_here
from tests.kiosk.test_commands import several

ROOT = Path(__file__).resolve().parents[2]


class Site:
    """A folder with its settings."""

    def __init__(self, folder: Path, **server: str | int | bool) -> None:
        self.folder = folder
        self.port = free_port()
        self.others = f'[voice]\nengine = "none"\n{several(folder)}'
        self.set(**server)

    def set(self, **server: str | int | bool) -> None:
        """Write the ``[server]`` of its settings."""
        lines = [f"{name} = {json.dumps(value)}" for name, value in ({"port": self.port} | server).items()]
        settings = "\n".join([self.others, "[server]", *lines])
        (self.folder / "kiosk.toml").write_text(settings, encoding="utf-8")

    @property
    def settings(self) -> Settings:
        loaded = load_settings(self.folder / "kiosk.toml")
        assert isinstance(loaded, Settings)
        return loaded

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command, in the process of the tests."""
        return run_here(words, self.folder, {**os.environ, "PAS_A_PAS_CONFIG": str(self.folder / "kiosk.toml")})

    def start(self, *words: str) -> subprocess.Popen[str]:
        """``kiosk serve``, in a process of its own; its standard input is ours."""
        return subprocess.Popen(
            [sys.executable, "-m", "kiosk", "--config", str(self.folder / "kiosk.toml"), "serve", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    @contextmanager
    def served(self, *words: str) -> Iterator[subprocess.Popen[str]]:
        """The server, once it answers."""
        process = self.start(*words)
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            assert said.startswith("Le serveur du lieu répond"), said + process.stdout.read()
            yield process
        finally:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        return taken.getsockname()[1]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_kiosk_of_this_machine_is_linked_by_itself_and_the_server_ends_when_told(site: Site) -> None:
    async def linked() -> None:
        link = link_of(site.settings)
        running = asyncio.create_task(link.run())
        await until(lambda: link.state.reachable)
        running.cancel()
        await asyncio.wait({running})

    with site.served() as process:
        assert ask(site.settings.server) is Answer.OURS
        asyncio.run(linked())
        again = site.run("serve")
        assert (again.returncode, "tourne déjà" in again.stderr) == (1, True)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    keys = site.folder / "var/keys"
    assert [mode(file) for file in (keys, keys / "kiosk-borne-1.key", site.folder / "var/site.db")] == [
        0o700, 0o600, 0o600
    ]  # fmt: skip
    assert ask(site.settings.server) is Answer.NOTHING


def test_the_server_beside_a_kiosk_ends_with_it(site: Site) -> None:
    with site.served("--with-kiosk") as process:
        assert process.stdin is not None
        assert site.run("serve", "--with-kiosk").returncode == 0, "ours answers already"
        process.stdin.close()
        assert process.wait(20) == 0


@pytest.mark.parametrize("server", [{"run": False}, {"address": "wss://accueil.example:8138"}])
def test_no_server_beside_a_kiosk_that_wants_none(tmp_path: Path, server: dict[str, str | bool]) -> None:
    done = Site(tmp_path, **server).run("serve", "--with-kiosk")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize(
    ("server", "said"),
    [
        ({"host": "0.0.0.0"}, "il faut un certificat et sa clé"),  # noqa: S104
        ({"host": "192.0.2.77"}, "il faut un certificat et sa clé"),
        ({"certificate": "absent.crt"}, "private_key manque"),
        ({"certificate": "absent.crt", "private_key": "absent.key"}, "absent.crt ne se lit pas"),
        ({"certificate": "kiosk.toml", "private_key": "kiosk.toml"}, "ne vont pas ensemble"),
        ({"database": "mysql"}, "ce n'est pas l'adresse d'une base de données"),
        ({"database": "postgresql+psycopg://u:secret@127.0.0.1:1/x"}, "La base de données ne répond pas"),
        ({"database": "sqlite:////absent/site.db"}, "La base de données ne répond pas"),
        ({"keys": "kiosk.toml/keys"}, "ne peut pas être écrit"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(tmp_path: Path, server: dict[str, str], said: str) -> None:
    done = Site(tmp_path, **server).run("serve")
    assert done.returncode == 1
    assert said in done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_told(site: Site) -> None:
    with closing(socket.create_server(("127.0.0.1", site.port))):
        done = site.run("serve")
    assert (done.returncode, "déjà pris" in done.stderr) == (1, True)


def test_a_database_of_a_newer_version_is_left_alone(site: Site) -> None:
    assert site.run("device", "list").returncode == 0
    with closing(sqlite3.connect(site.folder / "var/site.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    done = site.run("serve")
    assert (done.returncode, "version plus récente" in done.stderr) == (1, True)


def test_a_kiosk_is_added_listed_and_revoked(site: Site) -> None:
    assert "Aucune borne" in site.run("device", "list").stdout
    added = site.run("device", "add", "bus/2")
    key = site.folder / "var/keys/kiosk-bus%2F2.key"
    assert str(key) in added.stdout
    assert (mode(key), len(key.read_text().strip())) == (0o600, 43)
    (row,) = json.loads(site.run("device", "list", "--json").stdout)
    assert (row["name"], row["seen_at"], row["revoked_at"], row["doubled"]) == ("bus/2", None, None, 0)
    assert key.read_text().strip() not in (site.folder / "var/site.db").read_bytes().decode("latin-1")
    assert "jamais vue" in site.run("device", "list").stdout
    assert site.run("device", "revoke", "bus/2").returncode == 0
    again = site.run("device", "revoke", "bus/2")
    assert (again.returncode, "device list" in again.stderr) == (1, True)
    assert "retirée" in site.run("device", "list").stdout


def test_a_certificate_is_made_and_believed_by_who_is_given_it(site: Site) -> None:
    assert site.run("serve", "--name", "accueil.example").returncode == 2
    made = site.run("serve", "--make-certificate", "--name", "accueil.example")
    certificate, key = (site.folder / "var/keys" / name for name in ("serveur.crt", "serveur.key"))
    assert made.returncode == 0
    assert all(word in made.stdout for word in ("accueil.example", str(certificate), "SHA-256"))
    assert (mode(certificate), mode(key)) == (0o600, 0o600)
    assert site.run("serve", "--make-certificate").returncode == 1, "one that is there is not lost"
    site.set(host="0.0.0.0", certificate=str(certificate), private_key=str(key))  # noqa: S104
    settings = site.settings

    async def reached(trust: Path | None) -> bool:
        where = Where(
            f"wss://127.0.0.1:{site.port}", site.folder / "var/keys/kiosk-borne-1.key", site.folder / "var/j.db",
            "borne-1", "1", trust=trust,
        )  # fmt: skip
        link = make_link(where, QUICK)
        running = asyncio.create_task(link.run())
        if trust is not None:
            await until(lambda: link.state.reachable)
        else:
            await asyncio.wait({running}, timeout=1)
        running.cancel()
        await asyncio.wait({running})
        return trust is not None or link.state.reachable

    with site.served():
        assert ask(settings.server) is Answer.OURS
        assert asyncio.run(reached(certificate))
        assert not asyncio.run(reached(None))
        check = next(row for row in json.loads(site.run("doctor", "--json").stdout) if row["check"] == "server")
        assert (check["ok"], f"wss://127.0.0.1:{site.port}" in check["message"]) == (True, True)


def test_doctor_says_what_is_missing_to_reach_a_server_elsewhere(tmp_path: Path) -> None:
    site = Site(tmp_path, address=f"ws://127.0.0.1:{free_port()}")
    rows = [row for row in json.loads(site.run("doctor", "--json").stdout) if row["check"] == "server"]
    assert [row["ok"] for row in rows] == [False, False]
    assert ["kiosk serve" in rows[0]["fix"], "kiosk device add borne-1" in rows[1]["fix"]] == [True, True]


@pytest.mark.parametrize(
    ("installed", "ok", "said"),
    [(False, True, "« script/run » le démarre"), (True, False, "sudo systemctl start pas-a-pas-serveur.")],
)
def test_doctor_says_how_a_server_that_is_stopped_is_started_on_this_machine(
    site: Site, monkeypatch: pytest.MonkeyPatch, installed: bool, ok: bool, said: str
) -> None:
    unit = site.folder / "pas-a-pas-serveur.service"
    if installed:
        unit.touch()
    monkeypatch.setattr(server_diagnosis, "UNIT", unit)
    (check,) = server_diagnosis.server_check(site.settings)
    assert (check.ok, said in check.message + check.fix, "script/run" in check.message) == (ok, True, not installed)
