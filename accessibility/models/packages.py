# SPDX-License-Identifier: EUPL-1.2
"""Packages of a registry, fetched by the registry's own program.

Only names and versions stand in our files. pip and npm know where the registry of this machine is, with which
certificates and through which mirror; pip goes on after a cut by itself. Nothing that a package brings is ever run.
"""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from accessibility.models.downloads import Progress
from accessibility.models.faults import Unavailable, no_room

PATIENCE = 15
"""Seconds that pip waits for a registry that says nothing."""
STALLED = 120.0
"""Seconds without a word after which a program is ended."""
_FULL = re.compile(r"No space left on device|ENOSPC|Disk quota exceeded|EDQUOT|File too large|EFBIG")


def fetch_python_package(requirement: str, folder: Path, progress: Progress) -> None:
    """Have the wheel of "name==version" in ``folder``. Raises Unavailable, Impossible when the disk is full."""
    command = [
        *(sys.executable, "-P", "-m", "pip", "download", "--no-deps", "--only-binary", ":all:"),
        *("--disable-pip-version-check", "--no-input", "--progress-bar", "raw", "--timeout", str(PATIENCE)),
        *("--retries", "1", "--resume-retries", "5", "--dest", str(folder), requirement),
    ]
    name = requirement.partition("==")[0]
    _run(command, "pip", name, folder, progress)


def fetch_node_package(spec: str, folder: Path, progress: Progress) -> None:
    """Have the tgz of "name@version" in ``folder``. Raises Unavailable, also when npm is not there."""
    if shutil.which("npm") is None:
        raise Unavailable("Il faut le programme npm pour ce paquet (« apt install npm »), ou --from avec le fichier.")
    command = ["npm", "pack", spec, "--ignore-scripts", "--fetch-retries=1", "--pack-destination", str(folder)]
    name = spec.rpartition("@")[0]
    progress(name, 0, 0)
    _run(command, "npm", name, folder, progress)


def _run(command: Sequence[str], program: str, name: str, folder: Path, progress: Progress) -> None:
    """Run a registry's program to its end, and pass on how far it is. It works on the disk of ``folder``."""
    environment = {**os.environ, "TMPDIR": str(folder), "LC_ALL": "C.UTF-8", "npm_config_update_notifier": "false"}
    # The folder of the program is not ours: nothing there may be taken for a part of pip, nor for a project.
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as child:
        try:
            said = _follow(child, name, progress)
        except BaseException:
            # Also when somebody presses Ctrl+C: the program is in a session of its own and does not hear it.
            child.kill()
            raise
        if said is None:
            child.kill()
            raise Unavailable(f"{program} ne répond plus pour {name}.")
    if child.returncode == 0:
        return
    if _FULL.search(said):
        raise no_room(folder)
    raise Unavailable(f"{program} n'a pas pu avoir {name}{_why(said)}.")


def _follow(child: subprocess.Popen[bytes], name: str, progress: Progress) -> str | None:
    """The last words of ``child``; None when it stopped saying anything."""
    assert child.stdout is not None
    descriptor, tail = child.stdout.fileno(), ""
    last = time.monotonic()
    while True:
        ready, _, _ = select.select([descriptor], [], [], 1.0)
        if ready:
            block = os.read(descriptor, 1 << 16)
            if not block:
                return tail
            last = time.monotonic()
            tail = (tail + block.decode("utf-8", "replace"))[-20_000:]
            if steps := re.findall(r"^Progress (\d+) of (\d+)$", tail, re.MULTILINE):
                progress(name, int(steps[-1][0]), int(steps[-1][1]))
        elif time.monotonic() - last > STALLED:
            return None


def _why(said: str) -> str:
    """What can be said in French of the English words of pip and npm.

    Without a network pip ends by saying that no distribution matches: why it could not look comes first.
    """
    reasons = (
        (r"CERTIFICATE|certificate|UNABLE_TO", "le certificat du registre n'est pas reconnu"),
        (
            r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|resolve|[Cc]onnection|timed out",
            "pas de réseau",
        ),
        (r"No matching distribution|ETARGET|E404|\b404\b", "ce paquet, à cette version, n'y est pas"),
        (r"do not match the hashes|EINTEGRITY", "le paquet reçu est abîmé"),
    )
    return next((f" : {words}" for pattern, words in reasons if re.search(pattern, said)), "")
