# SPDX-License-Identifier: EUPL-1.2
"""A command of the kiosk, run without a process of its own: starting Python costs more than most commands do."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path

from click.testing import CliRunner

from kiosk.cli import cli


def run_here(
    words: tuple[str | bytes, ...], folder: Path, env: Mapping[str, str], given: str | bytes = b""
) -> subprocess.CompletedProcess[str]:
    """``kiosk words…`` in ``folder``, with ``given`` on its standard input."""
    with chdir(folder):
        done = CliRunner().invoke(
            cli, [os.fsdecode(word) for word in words], given, dict(env), catch_exceptions=False, prog_name="kiosk"
        )
    return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)
