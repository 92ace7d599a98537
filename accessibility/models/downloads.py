# SPDX-License-Identifier: EUPL-1.2
"""Files fetched from an https address: quick to give up an address that does not answer, slow to lose what has come.

What has come of a file is kept in ``NAME.part`` and goes on from there, in this run or in a later one.
"""

from __future__ import annotations

import http
import re
import socket
import ssl
import threading
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from accessibility.models.faults import Unavailable

if TYPE_CHECKING:
    import httpx2

Progress = Callable[[str, int, int], None]
"""What is being fetched, bytes so far, bytes in all (0 when unknown)."""

CONNECT_SECONDS = 4.0
READ_SECONDS = 20.0
TRIES = 5
"""Cuts in a row without a single new byte, before an address is given up."""


class Web:
    """Fetches files; remembers which hosts do not answer, so that each is waited for once."""

    def __init__(self) -> None:
        self._silent: set[str] = set()

    def fetch(self, address: str, path: Path, at_most: int, progress: Progress) -> None:
        """Have the file at ``address`` in ``path``; it may stay in ``path``.part when this fails.

        Raises Unavailable; OSError is the disk's. ``at_most`` bytes are taken.
        """
        import httpx2

        parts = urlsplit(address)
        host = parts.hostname or ""
        if host in self._silent or not _answers(parts.scheme, host, parts.port):
            self._silent.add(host)
            raise Unavailable(f"{host} ne répond pas.")
        part = path.with_name(f"{path.name}.part")
        timeout = httpx2.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
        # The certificates of the machine, where a network has its own.
        trust = ssl.create_default_context()
        hooks = {"request": [_stays_safe(host)]} if parts.scheme == "https" else {}
        with httpx2.Client(verify=trust, timeout=timeout, follow_redirects=True, event_hooks=hooks) as client:
            tries = 0
            while tries < TRIES:
                before = _size(part)
                try:
                    if _go_on(client, address, part, at_most, progress):
                        part.replace(path)
                        return
                except httpx2.TransportError as cut:
                    if isinstance(cut, httpx2.ConnectError | httpx2.ConnectTimeout):
                        self._silent.add(host)
                        raise Unavailable(f"{host} ne répond pas.") from cut
                except httpx2.HTTPError as refused:
                    raise Unavailable(f"{host} répond de travers.") from refused
                tries = 0 if _size(part) > before else tries + 1
        raise Unavailable(f"{host} coupe avant la fin.")


def _go_on(client: httpx2.Client, address: str, part: Path, at_most: int, progress: Progress) -> bool:
    """Fetch what is missing of ``part``. True when it is whole; False when it is to be asked for again."""
    begun = _size(part)
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={begun}-"} if begun else {})
    with client.stream("GET", address, headers=headers) as answer:
        host = urlsplit(address).hostname
        if answer.status_code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and begun:
            part.unlink()
            return False
        if answer.status_code not in (http.HTTPStatus.OK, http.HTTPStatus.PARTIAL_CONTENT):
            raise Unavailable(f"{host} n'a pas ce fichier (réponse {answer.status_code}).")
        begun = _start_of(answer, begun)
        length = int(answer.headers.get("content-length") or 0)
        whole = begun + length if length else 0
        if whole > at_most:
            raise Unavailable(f"{host} donne un fichier plus gros que prévu.")
        got = begun
        with part.open("r+b" if begun else "wb") as out:
            out.seek(begun)
            for block in answer.iter_raw():
                got += len(block)
                if got > at_most:
                    raise Unavailable(f"{host} donne un fichier plus gros que prévu.")
                out.write(block)
                progress(part.name.removesuffix(".part"), got, whole)
    return not whole or got == whole


def _stays_safe(host: str) -> Callable[[httpx2.Request], None]:
    """Looks at every request before it leaves, those of each redirection too: one in clear text is refused, even when
    a later one would be safe again."""

    def look(request: httpx2.Request) -> None:
        if request.url.scheme != "https":
            raise Unavailable(f"{host} renvoie vers une adresse qui n'est pas sûre.")

    return look


def _start_of(answer: httpx2.Response, asked: int) -> int:
    """Where the bytes of ``answer`` begin in the file: what was asked, or 0 when the server gives all again."""
    if answer.status_code != http.HTTPStatus.PARTIAL_CONTENT:
        return 0
    said = re.match(r"bytes (\d+)-", answer.headers.get("content-range", ""))
    if said is None or int(said[1]) != asked:
        raise Unavailable(f"{answer.url.host} ne reprend pas où il faut.")
    return asked


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _answers(scheme: str, host: str, port: int | None) -> bool:
    """Whether somebody listens there, known within a few seconds even where looking up a name hangs."""
    if scheme in urllib.request.getproxies():
        return True  # The proxy finds the host, not this machine.
    found: list[bool] = []

    def knock() -> None:
        try:
            with socket.create_connection((host, port or (443 if scheme == "https" else 80)), CONNECT_SECONDS):
                found.append(True)
        except OSError:
            found.append(False)

    knocking = threading.Thread(target=knock, daemon=True)
    knocking.start()
    knocking.join(CONNECT_SECONDS + 1)
    return any(found)
