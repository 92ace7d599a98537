# SPDX-License-Identifier: EUPL-1.2
"""A publisher of models on this machine: ranges, cuts, refusals. And small models to publish."""

from __future__ import annotations

import hashlib
import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

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
def publishing(certificate: Path | None = None) -> Iterator[Publisher]:
    """A publisher; over https when it has a certificate (:func:`certificate_in`)."""
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
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    serving.start()
    publisher.address = f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}/"
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
        serving.join()


def certificate_in(folder: Path) -> Path:
    """A certificate of 127.0.0.1 with its key, of which it is the only authority; good for an hour."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "certificate.pem"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + secret)
    return path


def file_of(path: str, content: bytes) -> ModelFile:
    """The entry of the catalogue that ``content`` agrees with."""
    return ModelFile(path, len(content), hashlib.sha256(content).hexdigest())


def address(url: str, file: str, member: str = "") -> Piece:
    return Piece(Origin(Keeper.ADDRESS, url), member, file)


def model(files: list[ModelFile], *sources: Source, at_most: int = 0) -> Model:
    return Model("petit", "Un modèle d'essai", Use.TESTS, "whisper", ("fr",), "MIT", tuple(files), sources, at_most)


def source(label: str, *pieces: Piece) -> Source:
    return Source(label, pieces)
