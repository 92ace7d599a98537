# SPDX-License-Identifier: EUPL-1.2
"""What ``script/bootstrap`` installs, told by the commands that it calls; and that a later start asks for no more."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
Bootstrap = Callable[..., list[str]]


@pytest.fixture
def bootstrap(tmp_path: Path) -> Bootstrap:
    """Call it in an empty folder, with words; what it had uv and the kiosk do. Debian's packages are all there."""
    script = tmp_path / "script/bootstrap"
    script.parent.mkdir()
    shutil.copy(ROOT / "script/bootstrap", script)
    called = tmp_path / "called"
    for name in ("bin/uv", "bin/dpkg-query", ".venv/bin/kiosk"):
        command = tmp_path / name
        command.parent.mkdir(parents=True, exist_ok=True)
        says = "echo installed" if name == "bin/dpkg-query" else f'echo "{command.name} $*" >>{called}'
        command.write_text(f"#!/bin/sh\n{says}\n")
        command.chmod(0o755)

    def call(*words: str) -> list[str]:
        called.write_text("")
        path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
        subprocess.run([script, *words], env={"PATH": path}, check=True, capture_output=True, timeout=60)
        return called.read_text().splitlines()

    return call


def test_it_installs_the_ear_and_the_meaning(bootstrap: Bootstrap) -> None:
    assert bootstrap("--quiet") == [
        "uv sync --quiet --locked --inexact --no-dev --extra meaning",
        "kiosk voice install --if-missing --default",
    ]


def test_what_was_left_out_stays_out_when_the_kiosk_starts(bootstrap: Bootstrap) -> None:
    nothing_more = ["uv sync --quiet --locked --inexact --no-dev"]
    assert bootstrap("--without-voice", "--without-meaning") == nothing_more
    for _ in range(2):
        assert bootstrap("--again", "--quiet") == nothing_more
    assert "kiosk voice install --if-missing --default" in bootstrap("--without-meaning", "--quiet")
    assert "--extra meaning" in bootstrap("--quiet")[0]
    assert len(bootstrap("--again", "--quiet")) == 2


def test_a_kiosk_starts_by_installing_again_what_it_was_given() -> None:
    assert "script/bootstrap --again --quiet" in (ROOT / "script/run").read_text(encoding="utf-8")


def test_the_better_voice_brings_its_module_and_its_model(bootstrap: Bootstrap) -> None:
    sync, models = bootstrap("--better-voice", "--quiet")
    assert sync.endswith("--extra rendered-voice")
    assert models == "kiosk voice install --if-missing --default kokoro-82m"
