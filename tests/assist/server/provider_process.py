# SPDX-License-Identifier: EUPL-1.2
"""A real OpenID Connect provider (npm ``oidc-provider``), run by node beside a test."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import pytest

PACKAGES = Path(__file__).resolve().parents[3] / "build" / "oidc-provider"
VERSION = "9"
CLIENT = "pas-a-pas"
SECRET = "a-secret-that-only-tests-know"  # noqa: S105 - of a provider that lives for one run


def free_port() -> int:
    """A port that nobody listens to now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def provider_for(origin: str, port: int) -> Iterator[str]:
    """The address of a provider that sends people back to ``origin``. Skips the test where it cannot be run."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("node and npm run the identity provider")
    _install(npm)
    # Beside its packages: node looks for them there.
    script = PACKAGES / f"{uuid4().hex}.mjs"
    shutil.copy(Path(__file__).with_name("provider.mjs"), script)
    running = subprocess.Popen(
        [node, str(script), str(port), origin], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert running.stdout is not None
        assert "ready" in running.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.communicate()
        script.unlink()


def _install(npm: str) -> None:
    """The packages, kept for later runs. Whole or not at all: another worker may be at it too."""
    if PACKAGES.is_dir():
        return
    PACKAGES.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=PACKAGES.parent) as folder:
        install = [npm, "install", "--no-audit", "--no-fund", "--prefix", folder, f"oidc-provider@{VERSION}"]
        done = subprocess.run(install, capture_output=True, text=True, timeout=100, check=False)
        if done.returncode:
            pytest.skip(f"npm could not install oidc-provider: {done.stderr[-200:]}")
        with suppress(OSError):
            shutil.copytree(folder, f"{folder}-whole")
            Path(f"{folder}-whole").rename(PACKAGES)
        shutil.rmtree(f"{folder}-whole", ignore_errors=True)
