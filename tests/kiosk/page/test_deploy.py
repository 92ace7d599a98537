# SPDX-License-Identifier: EUPL-1.2
"""What a technician installs: units that systemd accepts, and settings that agree with each other."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.config import PageSettings
from kiosk.page.systemd import Systemd
from tests.kiosk.page.conftest import PageServer

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))

needs = {
    name: pytest.mark.skipif(shutil.which(name) is None, reason=f"{name} is not on this machine")
    for name in ("systemd-analyze", "systemd-sysusers", "foot", "fc-match")
}


@needs["systemd-analyze"]
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        # The programs of a real kiosk need not be on this machine: only the unit's own words are judged.
        text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", unit.read_text(), flags=re.MULTILINE)
        (tmp_path / unit.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "pas-a-pas" in line]
    assert (ours, done.returncode) == ([], 0)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_every_unit_is_closed(unit: Path) -> None:
    words = unit.read_text()
    for directive in (
        "User=pas-a-pas",
        "PrivateTmp=yes",
        "IPAddressDeny=any",
        "IPAddressAllow=localhost",
        "Restart=always",
    ):
        assert directive in words
    assert re.search(r"^ProtectSystem=(strict|full)$", words, re.MULTILINE)


def test_one_port_everywhere() -> None:
    port = PageSettings().port
    assert f"http://127.0.0.1:{port}/" in (DEPLOY / "pas-a-pas-chromium.service").read_text()
    policy = json.loads((DEPLOY / "chromium-policy.json").read_text())
    assert policy["URLAllowlist"] == [f"127.0.0.1:{port}"]
    assert policy["URLBlocklist"] == ["*"]


@needs["systemd-sysusers"]
def test_the_accounts_are_well_formed() -> None:
    done = subprocess.run(
        ["systemd-sysusers", "--dry-run", str(DEPLOY / "sysusers.conf")], capture_output=True, text=True, check=False
    )
    assert "not a valid" not in done.stderr
    assert done.returncode == 0


@needs["foot"]
def test_foot_accepts_its_settings() -> None:
    done = subprocess.run(
        ["foot", "--check-config", f"--config={DEPLOY / 'foot.ini'}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@needs["fc-match"]
@pytest.mark.parametrize(("weight", "file"), [("regular", "latin-400.woff2"), ("bold", "latin-700.woff2")])
def test_foot_finds_the_letters_where_they_are(weight: str, file: str) -> None:
    found = subprocess.run(
        ["fc-match", "--format=%{file}", f"Atkinson Hyperlegible Mono:{weight}"],
        env=os.environ | {"FONTCONFIG_FILE": str(DEPLOY / "fonts.conf")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert Path(found) == ROOT / "kiosk/page/static/vendor/atkinson-hyperlegible-mono" / file


def test_without_systemd_nothing_is_said() -> None:
    systemd = Systemd({})
    assert systemd.beat_seconds == 0
    systemd.tell("READY=1")


def test_the_server_says_that_it_is_ready_and_alive(serve_page: Callable[..., PageServer], tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(10)
        server = serve_page((sys.executable, "-c", ""), NOTIFY_SOCKET=str(tmp_path / "notify"), WATCHDOG_USEC="200000")
        heard = [manager.recv(64).decode() for _ in range(3)]
        assert heard == ["READY=1", "WATCHDOG=1", "WATCHDOG=1"]
        server.stop()
        while manager.recv(64) != b"STOPPING=1":
            pass
