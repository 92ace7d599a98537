# SPDX-License-Identifier: EUPL-1.2
"""Questions to a print server, asked by CUPS's own ``ipptool``, whose answers are property lists.

``lpstat`` was tried first: it shows no job state, and its "Alerts" line says "processing-to-stop-point" of a job that
is well printed. The requests are the files of the folder ``ipp``.
"""

from __future__ import annotations

import os
import plistlib
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, cast
from xml.parsers.expat import ExpatError

REQUESTS = Path(__file__).parent / "ipp"
PATIENCE = 4
"""Seconds given to the print server for one answer."""

Group = dict[str, Any]


class NoAnswer(Enum):
    """Why nothing was answered."""

    NOT_INSTALLED = "ipptool is missing"
    UNREACHABLE = "no scheduler answers"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said: an IPP status ("successful-ok", "client-error-not-found"…) and groups of attributes."""

    status: str
    groups: tuple[Group, ...]

    @property
    def ok(self) -> bool:
        """True when the server did what was asked."""
        return self.status.startswith("successful")

    def first(self, name: str) -> Any:
        """The first value of an attribute, None when it is nowhere."""
        return next((group[name] for group in self.groups if name in group), None)

    def words(self, name: str) -> tuple[str, ...]:
        """All values of a keyword attribute."""
        value = self.first(name)
        if value is None:
            return ()
        return tuple(map(str, cast(list[object], value))) if isinstance(value, list) else (str(value),)


def ask(server: str, request: str, queue: str = "", **variables: str | int) -> Answer | NoAnswer:
    """Send one of our requests to ``server`` ("host:port"), about ``queue`` when it is named."""
    uri = f"ipp://{server}/printers/{queue}" if queue else f"ipp://{server}/"
    definitions = [word for name, value in variables.items() for word in ("-d", f"{name}={value}")]
    command = ["ipptool", "-X", "-T", str(PATIENCE), *definitions, uri, str(REQUESTS / f"{request}.test")]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE + 1, check=False, env=environment())
    except FileNotFoundError:
        return NoAnswer.NOT_INSTALLED
    except subprocess.TimeoutExpired:
        return NoAnswer.UNREACHABLE
    return _read(done.stdout)


def environment() -> dict[str, str]:
    """The environment of the CUPS commands: their words in English, whatever the system's language."""
    return {**os.environ, "LC_ALL": "C", "LANGUAGE": "C"}


def _read(output: bytes) -> Answer | NoAnswer:
    # A summary line follows the property list.
    document, closing, _ = output.partition(b"</plist>")
    try:
        report = cast(Group, plistlib.loads(document + closing))
    except (plistlib.InvalidFileException, ExpatError, ValueError):
        return NoAnswer.UNREACHABLE
    tests = cast(Sequence[Group], report.get("Tests") or ())
    if not tests or "StatusCode" not in tests[0]:
        return NoAnswer.UNREACHABLE
    return Answer(str(tests[0]["StatusCode"]), tuple(tests[0].get("ResponseAttributes") or ()))
