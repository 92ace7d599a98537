# SPDX-License-Identifier: EUPL-1.2
"""A kiosk of one's own for one test: its settings, its folders, and the real ``kiosk`` command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assist.journal.protocol import JournalFault
from assist.journal.verification import export, verify
from kiosk.config import ContentSettings
from tests.kiosk.in_process import run_here

KIOSK = Path(sys.executable).with_name("kiosk")
"""The installed command, the one that a technician types."""
COMMAND_SECONDS = 60
EVERYTHING = ContentSettings().path
"""All the procedures of Pas à pas."""
SEVERAL = ("carte-identite", "carte-vitale", "changer-adresse")
"""Those that most sites here serve: to read and judge all of them takes a kiosk two seconds at each start."""

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

[finding]
meaning = "off"
"""
"""Without the second look of what is asked for: a kiosk that stays open for a minute would prepare it, in each test."""


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

    def run_here(self, *words: str) -> subprocess.CompletedProcess[str]:
        """As :meth:`run`, without a process: for a command that is run again and again."""
        return run_here(("--config", str(self.folder / "kiosk.toml"), *words), self.folder, self.env)

    def events(self) -> list[dict[str, Any]]:
        """The journal, as ``kiosk journal export`` gives it (``test_commands.py`` runs that command)."""
        told = export(self.journal)
        assert not isinstance(told, JournalFault), told
        return list(told)

    def types(self) -> list[str]:
        """The types of the events, in order."""
        return [event["type"] for event in self.events()]

    def endings(self) -> list[str]:
        """How each session ended, in order."""
        return [event["payload"]["ending"] for event in self.events() if event["type"] == "session.ended"]

    @property
    def intact(self) -> bool:
        """What ``kiosk journal verify`` says of the journal."""
        return verify(self.journal).intact


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
    """A site in ``folder``, with several procedures of Pas à pas unless ``content`` names others. Nothing runs yet.

    It listens where it is given ``models``: with Whisper, whatever else is installed there.
    """
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
            content=content or _several(folder / "procedures"),
            headphones=str(headphones).lower(),
            ear="whisper" if models else "auto",
            models=models or folder / "models",
        ),
        encoding="utf-8",
    )
    # No sound server but the one a test gives: the machine's own must not speak, nor be waited for.
    quiet = {"PULSE_SERVER": f"unix:{folder / 'runtime' / 'none'}", "PULSE_COOKIE": str(folder / "runtime" / "cookie")}
    return Site(folder, disk, {**{name: str(path) for name, path in private.items()}, **quiet, **(env or {})})


def _several(folder: Path) -> Path:
    """A folder with :data:`SEVERAL`."""
    for name in SEVERAL:
        shutil.copytree(EVERYTHING / name, folder / name)
    return folder
