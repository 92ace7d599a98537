# SPDX-License-Identifier: EUPL-1.2
"""A publisher of models on this machine: ranges, cuts, refusals. And small models to publish."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from accessibility.models.catalogue import Keeper, Model, ModelFile, Origin, Piece, Source, Use


@dataclass
class Publisher:
    """What is served, how, and what was asked for.

    ``cuts``: for a path, how many bytes to give before the connection is cut, one number an answer; then none.
    ``codes``: for a path, the answer instead of the file. ``deaf``: paths for which ranges are not understood.
    """

    address: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    cuts: dict[str, list[int]] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    deaf: set[str] = field(default_factory=set)
    asked: list[tuple[str, str]] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)

    def serves(self, name: str, content: bytes) -> str:
        """Publish ``content``; its address."""
        self.files[f"/{name}"] = content
        return f"{self.address}{name}"

    def ranges(self, name: str) -> list[str]:
        """The Range header of each time that ``name`` was asked for."""
        return [asked for path, asked in self.asked if path == f"/{name}"]


@contextmanager
def publishing() -> Iterator[Publisher]:
    publisher = Publisher()

    class Desk(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            publisher.asked.append((self.path, self.headers.get("Range", "")))
            if self.path in publisher.moved:
                self.send_response(302)
                self.send_header("Location", publisher.moved[self.path])
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            content = publisher.files.get(self.path)
            code = publisher.codes.get(self.path, 200 if content is not None else 404)
            if code != 200 or content is None:
                self.send_response(code)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self._give(content)

        def _give(self, content: bytes) -> None:
            wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
            begin = int(wanted[1]) if wanted and self.path not in publisher.deaf else 0
            if begin and begin >= len(content):
                self.send_response(416)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(206 if begin else 200)
            if begin:
                self.send_header("Content-Range", f"bytes {begin}-{len(content) - 1}/{len(content)}")
            self.send_header("Content-Length", str(len(content) - begin))
            self.end_headers()
            if cuts := publisher.cuts.get(self.path):
                self.wfile.write(content[begin : begin + cuts.pop(0)])
                self.close_connection = True
            else:
                self.wfile.write(content[begin:])

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    serving.start()
    publisher.address = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
        serving.join()


def file_of(path: str, content: bytes) -> ModelFile:
    """The entry of the catalogue that ``content`` agrees with."""
    return ModelFile(path, len(content), hashlib.sha256(content).hexdigest())


def address(url: str, file: str, member: str = "") -> Piece:
    return Piece(Origin(Keeper.ADDRESS, url), member, file)


def model(files: list[ModelFile], *sources: Source, at_most: int = 0) -> Model:
    return Model("petit", "Un modèle d'essai", Use.TESTS, "whisper", ("fr",), "MIT", tuple(files), sources, at_most)


def source(label: str, *pieces: Piece) -> Source:
    return Source(label, pieces)
