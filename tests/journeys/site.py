# SPDX-License-Identifier: EUPL-1.2
"""A kiosk of one's own for one test: its settings, its folders, and the real ``kiosk`` command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KIOSK = Path(sys.executable).with_name("kiosk")
"""The installed command, the one that a technician types."""
COMMAND_SECONDS = 60

_SETTINGS = """\
[site]
name = "Maison des essais"
details = ["1 rue des Essais", "Ouvert du lundi au vendredi."]
kiosk = "borne-essai"

[session]
idle_seconds = {idle_seconds}
answer_seconds = 20
goodbye_seconds = 1

[voice]
engine = "{voice}"
headphones = {headphones}

[printer]
folder = "{papers}"

[journal]
path = "{journal}"

[content]
path = "{content}"

[listening]
engine = "{ear}"
models = "{models}"
"""


@dataclass
class Site:
    """Everything of one kiosk stands in ``folder``, its home and its temporary files included.

    ``disk`` is where the kiosk writes (journal, papers, voice): the folder "var", unless a test gives it a disk.
    """

    folder: Path
    disk: Path
    env: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def command(self) -> list[str]:
        """``kiosk`` with the settings of this site."""
        return [str(KIOSK), "--config", str(self.folder / "kiosk.toml")]

    @property
    def journal(self) -> Path:
        """The journal's database."""
        return self.disk / "journal.db"

    @property
    def papers(self) -> list[Path]:
        """The papers that came out of the folder printer, the oldest first."""
        return sorted((self.disk / "papiers").glob("*.pdf"), key=lambda paper: paper.stat().st_mtime_ns)

    def run(
        self, *words: str, given: str = "", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run ``kiosk words…`` to its end, with ``given`` on its standard input. Nobody ever meets a traceback."""
        done = subprocess.run(
            [*self.command, *words],
            input=given,
            env=os.environ | self.env | dict(env or {}),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=COMMAND_SECONDS,
            check=False,
        )
        assert "Traceback" not in done.stderr + done.stdout, done.stderr
        return done

    def events(self) -> list[dict[str, Any]]:
        """The journal, as ``kiosk journal export`` gives it."""
        told = self.run("journal", "export")
        assert told.returncode == 0, told.stderr
        return [json.loads(line) for line in told.stdout.splitlines()]

    def types(self) -> list[str]:
        """The types of the events, in order."""
        return [event["type"] for event in self.events()]

    def endings(self) -> list[str]:
        """How each session ended, in order."""
        return [event["payload"]["ending"] for event in self.events() if event["type"] == "session.ended"]

    def verdict(self) -> dict[str, Any]:
        """``kiosk journal verify --json``."""
        return json.loads(self.run("journal", "verify", "--json").stdout)


def make_site(
    folder: Path,
    *,
    disk: Path | None = None,
    idle_seconds: int = 90,
    voice: str = "none",
    content: Path | None = None,
    models: Path | None = None,
    headphones: bool = False,
    env: Mapping[str, str] | None = None,
) -> Site:
    """A site in ``folder``, with the procedures of Pas à pas unless ``content`` names others. Nothing runs yet.

    It listens where it is given ``models``: with Whisper, whatever else is installed there.
    """
    from kiosk.config import ContentSettings

    disk = disk or folder / "var"
    private = {"HOME": folder / "home", "TMPDIR": folder / "tmp", "XDG_RUNTIME_DIR": folder / "runtime"}
    for place in private.values():
        place.mkdir(mode=0o700, parents=True)
    (folder / "kiosk.toml").write_text(
        _SETTINGS.format(
            idle_seconds=idle_seconds,
            voice=voice,
            papers=disk / "papiers",
            journal=disk / "journal.db",
            content=content or ContentSettings().path,
            headphones=str(headphones).lower(),
            ear="whisper" if models else "auto",
            models=models or folder / "models",
        ),
        encoding="utf-8",
    )
    # No sound server but the one a test gives: the machine's own must not speak, nor be waited for.
    quiet = {"PULSE_SERVER": f"unix:{folder / 'runtime' / 'none'}", "PULSE_COOKIE": str(folder / "runtime" / "cookie")}
    return Site(folder, disk, {**{name: str(path) for name, path in private.items()}, **quiet, **(env or {})})
