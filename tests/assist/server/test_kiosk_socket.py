# SPDX-License-Identifier: EUPL-1.2
"""Who may connect as a kiosk, and what is refused: over real sockets."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI
from sqlalchemy.exc import InvalidRequestError, OperationalError
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from assist.journal.opening import public_bytes
from assist.link.codec import LARGEST, encode, from_server
from assist.link.messages import PROTOCOL, Desk, Hello, Rows, Signed, SignedCheckpoint, Welcome
from assist.link.proof import prove
from assist.link.rows import row_of
from assist.server.app import make_app
from assist.server.attendance import look
from assist.server.kiosks import devices, line
from assist.server.site import Site
from tests.assist.server.chains import KEY, steps
from tests.assist.server.doors import QUICK, Door
from tests.assist.server.serving import served

HELLO = Hello(PROTOCOL, "1", "borne-1", "j", KEY.hex())


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def app(lite: Door, tmp_path: Path) -> FastAPI:
    site = Site("Mairie", lite.address, tmp_path / "keys")
    return make_app(site, authenticate=lambda connection: None, passwords=QUICK)


@pytest.fixture
def server(app: FastAPI) -> Iterator[str]:
    with served(app) as port:
        yield f"ws://127.0.0.1:{port}/kiosk"


@pytest.fixture
def key(app: FastAPI) -> str:
    return key_of(app, "borne-1")


def key_of(app: FastAPI, name: str) -> str:
    with app.state.database.begin() as transaction:
        return devices.add(transaction, name, now())


@contextmanager
def dialled(server: str, key: str, **headers: str) -> Iterator[ClientConnection]:
    named = {"Authorization": f"Bearer {key}", **headers}
    with connect(server, additional_headers=named, proxy=None, compression=None, close_timeout=1) as socket:
        yield socket


def refused(socket: ClientConnection) -> str:
    """Why the server ended the connection."""
    try:
        while True:
            socket.recv(10)
    except ConnectionClosed:
        return socket.close_reason or ""


def greeted(server: str, key: str, hello: Hello = HELLO) -> str:
    """Why the server ended the connection after this hello; "" when it welcomed."""
    with dialled(server, key) as socket:
        socket.send(encode(hello))
        try:
            assert isinstance(from_server(str(socket.recv(10))), Welcome)
        except ConnectionClosed:
            return socket.close_reason or ""
    return ""


@pytest.mark.parametrize(
    ("given", "headers", "status"),
    [
        ("", {}, 401),
        ("another", {}, 401),
        ("right", {"Origin": "https://elsewhere.example"}, 403),
        ("right", {"Origin": "null"}, 403),
        ("right", {"Origin": "own"}, 403),
    ],
)
def test_only_a_kiosk_with_its_key_comes_in(
    server: str, key: str, given: str, headers: dict[str, str], status: int
) -> None:
    own = server.replace("ws:", "http:").removesuffix("/kiosk")
    headers = {name: own if value == "own" else value for name, value in headers.items()}
    with pytest.raises(InvalidStatus) as denied, dialled(server, key if given == "right" else given, **headers):
        pass
    assert denied.value.response.status_code == status


def test_a_key_opens_nothing_once_it_is_revoked_or_replaced(app: FastAPI, server: str, key: str) -> None:
    other = key_of(app, "borne-1")
    for name, expected in ((key, 401), (other, 0)):
        if expected:
            with pytest.raises(InvalidStatus), dialled(server, name):
                pass
        else:
            assert greeted(server, name) == ""
    with dialled(server, other) as socket:
        socket.send(encode(HELLO))
        assert isinstance(from_server(str(socket.recv(10))), Welcome)
        assert from_server(str(socket.recv(10))) == Desk(0)
        with app.state.database.begin() as transaction:
            assert devices.revoke(transaction, "borne-1", now())
        look(app.state.database, app.state.hub, now)
        assert "retirée" in refused(socket)


@pytest.mark.parametrize(
    ("protocol", "said"),
    [
        (PROTOCOL + 2, ""),
        (PROTOCOL - 2, ""),
        (PROTOCOL + 3, "mettez à jour le serveur"),
        (PROTOCOL - 3, "mettez à jour la borne"),
    ],
)
def test_neighbours_speak_together_and_others_are_told_what_to_update(
    server: str, key: str, protocol: int, said: str
) -> None:
    why = greeted(server, key, Hello(protocol, "9", "borne-1", "j", KEY.hex()))
    assert said in why
    assert bool(said) == bool(why)


def test_a_key_is_good_for_one_name(server: str, key: str) -> None:
    assert "autre borne" in greeted(server, key, Hello(PROTOCOL, "1", "borne-2", "j", KEY.hex()))


def test_a_journal_goes_on_under_another_name_if_its_own_key_says_so(app: FastAPI, server: str, key: str) -> None:
    signing = Ed25519PrivateKey.generate()
    public = public_bytes(signing).hex()
    assert greeted(server, key, Hello(PROTOCOL, "1", "borne-1", "j", public)) == ""
    second = key_of(app, "accueil")
    stolen = Hello(PROTOCOL, "1", "accueil", "j", public, proof=prove(Ed25519PrivateKey.generate(), "j", "accueil"))
    assert "autre borne" in greeted(server, second, stolen)
    renamed = Hello(PROTOCOL, "1", "accueil", "j", public, proof=prove(signing, "j", "accueil"))
    assert greeted(server, second, renamed) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not json",
        '{"is":"rows","rows":[]}',
        '{"is":"now","seen":{"session":1}}',
        '{"is":"hello"}',
        '{"is":"done","order":"\\ud800","done":true}',
        '{"is":"now","seen":"' + "x" * LARGEST + '"}',
        encode(HELLO),
        encode(Rows(tuple(row_of(link) for link in steps("j", 501)))),
        encode(Signed(())),
        encode(Signed((SignedCheckpoint(1, 1, "00", 1, "", "boot", "00"),))),
    ],
    ids=[
        *("empty", "no json", "no rows", "misfit", "half a hello", "half a sign", "too long", "hello twice"),
        *("too many", "no checkpoints", "no digest"),
    ],
)
def test_what_no_kiosk_sends_ends_the_connection(app: FastAPI, server: str, key: str, text: str) -> None:
    with dialled(server, key) as socket:
        socket.send(encode(HELLO))
        socket.recv(10)
        socket.send(text)
        assert "ne comprend pas" in refused(socket)
    assert greeted(server, key) == "", "the next connection is as good as ever"


@pytest.mark.parametrize(
    ("met", "is_told", "logged"),
    [
        (OperationalError("INSERT", {}, sqlite3.OperationalError("disk is full")), True, "disk is full"),
        (InvalidRequestError("a bug of ours"), False, "Traceback"),
    ],
)
def test_a_bug_is_not_taken_for_a_database_that_is_silent(
    server: str,
    key: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    met: Exception,
    is_told: bool,
    logged: str,
) -> None:
    def breaks(*words: object) -> None:
        raise met

    monkeypatch.setattr(line, "ingest", breaks)
    with dialled(server, key) as socket:
        socket.send(encode(HELLO))
        socket.recv(10)
        socket.send(encode(Rows(tuple(row_of(link) for link in steps("j", 3)))))
        said = refused(socket)
    assert ("base de données" in said) == is_told
    assert logged in caplog.text


def test_a_message_of_a_newer_version_is_left_out(server: str, key: str) -> None:
    with dialled(server, key) as socket:
        socket.send(encode(HELLO))
        socket.recv(10)
        socket.send('{"is":"mood","of":"kiosk"}')
        socket.send(encode(Rows(tuple(row_of(link) for link in steps("j", 3)))))
        assert [from_server(str(socket.recv(10))) for _ in range(2)][1].seq == 3  # type: ignore[union-attr]


def test_whoever_does_not_say_hello_is_not_waited_for(server: str, key: str) -> None:
    with dialled(server, key) as socket:
        socket.send(encode(Rows(())))
        assert "présentée" in refused(socket)
