# SPDX-License-Identifier: EUPL-1.2
"""The page's server as another program of the machine meets it: whom it answers, whom it refuses, how it ends."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psutil
import pytest
import websocket

from kiosk.page.page_socket import BUSY_CODE, LARGEST_MESSAGE, REPLACED_CODE
from kiosk.page.server import serve
from tests.kiosk.page.conftest import PageServer

Serve = Callable[..., PageServer]

PATIENCE = 30
"""Seconds, on the busiest machine; what is waited for comes at once."""
ECHO = (
    sys.executable,
    "-c",
    "import os, sys, tty\n"
    "tty.setraw(0)\n"
    "os.write(1, b'ready')\n"
    "while data := os.read(0, 65536): os.write(1, b'<%d>' % len(data))\n",
)
STUBBORN = (
    sys.executable,
    "-c",
    "import os, signal, subprocess, sys\n"
    "for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT): signal.signal(number, signal.SIG_IGN)\n"
    "subprocess.Popen(['sleep', '600'], process_group=0)\n"
    "os.write(1, b'ready')\n"
    "signal.pause()\nsignal.pause()\nsignal.pause()\n",
)


def ask(server: PageServer, path: str = "/", host: str | None = None) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{server.port}"})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        connection.close()


def secret(server: PageServer) -> str:
    found = re.search(r'name="secret" content="([^"]+)"', ask(server)[2])
    assert found
    return found[1]


@contextmanager
def page(server: PageServer, page_id: str = "a", **changes: object) -> Iterator[websocket.WebSocket]:
    """A socket like the page's own, with some things changed."""
    options: dict[str, object] = {
        "origin": f"http://127.0.0.1:{server.port}",
        "subprotocols": ["pas-a-pas", secret(server), page_id],
        "timeout": PATIENCE,
    }
    # websocket-client leaves its own socket open when it is refused.
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as wire:
        url = f"ws://127.0.0.1:{server.port}/ws"
        opened = websocket.create_connection(url, socket=wire, **(options | changes))
        try:
            yield opened
        finally:
            opened.close()


@pytest.fixture(scope="module")
def asked() -> Iterator[PageServer]:
    """A server that is only asked, never given a page: one for all who ask."""
    server = PageServer(ECHO).start()
    yield server
    server.stop()


def say(opened: websocket.WebSocket, *message: object) -> None:
    opened.send(json.dumps(message))


def hear(opened: websocket.WebSocket, name: str) -> list[object]:
    """The next message of this name."""
    while True:
        message = json.loads(opened.recv())
        if message[0] == name:
            return message[1:]


def hear_text(opened: websocket.WebSocket, wanted: str) -> str:
    text = ""
    while wanted not in text:
        text += str(hear(opened, "stdout")[0])
    return text


def passed_on(opened: websocket.WebSocket, least: int) -> int:
    """How many letters the app was given: ``least`` at least, then all those that follow within half a second."""
    count, end = 0, time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            name, *values = json.loads(opened.recv())
        except websocket.WebSocketTimeoutException:
            break
        if name == "stdout":
            count += sum(map(int, re.findall(r"<(\d+)>", values[0])))
        if count >= least:
            opened.settimeout(0.5)
    return count


def drain(opened: websocket.WebSocket) -> int:
    """Read on until the server closes; its code, 1009 too when it just hung up on us."""
    try:
        while True:
            kind, data = opened.recv_data()
            if kind == websocket.ABNF.OPCODE_CLOSE:
                return int.from_bytes(data[:2], "big")
    except (websocket.WebSocketConnectionClosedException, ConnectionError):
        return 1009


def wait_gone(processes: list[psutil.Process]) -> None:
    _, alive = psutil.wait_procs(processes, PATIENCE)
    assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []


def test_listens_on_loopback_alone(asked: PageServer) -> None:
    listening = [c.laddr for c in psutil.Process(asked.pid).net_connections("inet") if c.status == psutil.CONN_LISTEN]
    assert [(at.ip, at.port) for at in listening] == [("127.0.0.1", asked.port)]


@pytest.mark.parametrize("path", ["/", "/alive", "/static/page.js", "/ws", "/nowhere"])
@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1:1", "127.0.0.1.evil.example:{port}"]
)
def test_another_host_name_is_refused(asked: PageServer, path: str, host: str) -> None:
    assert ask(asked, path, host.format(port=asked.port))[0] == 403


def test_every_answer_is_locked(asked: PageServer) -> None:
    for path, status in (("/", 200), ("/alive", 204), ("/static/page.js", 200), ("/nowhere", 404), ("/ws", 403)):
        got, headers, _ = ask(asked, path)
        assert got == status
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';")
        assert "frame-ancestors 'none'" in policy
        assert "script-src 'self' 'unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in headers
        assert "Etag" not in headers


@pytest.mark.parametrize(
    "path", ["/static/../server.py", "/static/%2e%2e/server.py", "/static//etc/passwd", "/static/"]
)
def test_nothing_outside_the_folder_is_given(asked: PageServer, path: str) -> None:
    status, _, body = ask(asked, path)
    assert status in (403, 404)
    assert "import" not in body
    assert "root:" not in body


@pytest.mark.parametrize(
    "changes",
    [
        {"origin": "http://evil.example"},
        {"origin": "https://127.0.0.1:{port}"},
        {"origin": "null"},
        {"origin": "http://localhost:{port}"},
        {"suppress_origin": True},
        {"subprotocols": ["pas-a-pas"]},
        {"subprotocols": ["pas-a-pas", "wrong", "a"]},
        {"subprotocols": ["other", "{secret}", "a"]},
        {"subprotocols": None},
        {"host": "evil.example"},
    ],
)
def test_a_foreign_socket_is_refused(asked: PageServer, changes: dict[str, object]) -> None:
    known = {"port": asked.port, "secret": secret(asked)}
    filled = {
        name: [word.format(**known) for word in value]
        if isinstance(value, list)
        else value.format(**known)
        if isinstance(value, str)
        else value
        for name, value in changes.items()
    }
    with pytest.raises(websocket.WebSocketBadStatusException) as refused, page(asked, **filled):
        pass
    assert refused.value.status_code == 403
    assert asked.apps() == []


def test_each_start_has_its_secret(serve_page: Serve) -> None:
    server = serve_page(ECHO)
    first = secret(server)
    assert len(first) >= 40
    server.stop()
    server.start()
    assert secret(server) != first


def test_the_app_starts_with_the_page_and_knows_its_window(serve_page: Serve) -> None:
    program = (
        "import os, fcntl, struct, termios\n"
        "print(struct.unpack('HHHH', fcntl.ioctl(0, termios.TIOCGWINSZ, b'0' * 8)), os.environ['TERM'],\n"
        " os.environ['COLORTERM'], os.environ['PAS_A_PAS_DISPLAY'], os.environ.get('COLUMNS'), flush=True)\n"
        "input()\n"
    )
    server = serve_page((sys.executable, "-c", program), COLUMNS="33", LINES="7", TMUX="no")
    assert server.apps() == []
    with page(server) as opened:
        assert hear(opened, "open") == [0, ""]
        say(opened, "set_size", 32, 100, 12, 25)
        hear_text(opened, "(32, 100, 1200, 800) xterm-256color truecolor page None")


def test_asked_what_it_is_the_server_answers_by_itself(serve_page: Serve) -> None:
    """No page is there that could."""
    program = (
        "import os, tty, select\n"
        f"tty.setraw(0); os.write(1, b'\\x1b[c'); r = select.select([0], [], [], {PATIENCE})[0]\n"
        "os.write(1, (repr(os.read(0, 64)) if r else 'silence').encode()); os.read(0, 1)\n"
    )
    with page(serve_page((sys.executable, "-c", program))) as opened:
        say(opened, "set_size", 32, 100, 12, 25)
        assert "\x1b[c" not in hear_text(opened, "?62;4;9;22c")


def test_malformed_messages_change_nothing(serve_page: Serve) -> None:
    with page(serve_page(ECHO)) as opened:
        say(opened, "set_size", 32, 100, 12, 25)
        hear_text(opened, "ready")
        for junk in (
            "",
            "[",
            "null",
            "7",
            "{}",
            "[]",
            '["stdin"]',
            '["stdin", 5]',
            '["stdin", null]',
            "[" * 5000,
            '"x"',
        ):
            opened.send(junk)
        opened.send_binary(b'["stdin", "x"]')
        for message in (
            ["set_size", -1, 100, 12, 25],
            ["set_size", 32, 10**9, 12, 25],
            ["set_size", 32.5, 100, 12, 25],
            ["set_size", 32, 100],
            ["text_size", 4],
            ["text_size", -1],
            ["painted", -5],
            ["painted", 10**12],
            ["open", 1, "x"],
            ["stdin", "x" * 300],
        ):
            say(opened, *message)
        say(opened, "stdin", "abcd")
        assert hear(opened, "stdout") == ["<4>"]


def test_a_message_too_large_closes_the_socket(serve_page: Serve) -> None:
    server = serve_page(ECHO)
    with page(server) as opened:
        say(opened, "set_size", 32, 100, 12, 25)
        hear_text(opened, "ready")
        app = server.wait_app()
        say(opened, "stdin", "x" * (LARGEST_MESSAGE + 1))
        assert drain(opened) == 1009
    with page(server) as opened:
        hear(opened, "open")
    assert app.is_running()


def test_a_flood_of_input_is_thinned(serve_page: Serve) -> None:
    with page(serve_page(ECHO)) as opened:
        say(opened, "set_size", 32, 100, 12, 25)
        hear_text(opened, "ready")
        began = time.monotonic()
        for _ in range(10_000_000 // 10_000):
            say(opened, "stdin", "x" * 10_000)
        for _ in range(2000):
            say(opened, "stdin", "x" * 100)
        say(opened, "stdin", "!")
        passed = passed_on(opened, 1000)
        assert 1000 <= passed <= 1024 * (2 + time.monotonic() - began)


def test_the_same_page_takes_its_place_again_and_another_waits(serve_page: Serve) -> None:
    server = serve_page((sys.executable, "-c", "print('\\x1b[?1049h\\x1b[?1003hx', flush=True); input()"))
    with page(server, "a") as first:
        assert hear(first, "open") == [0, ""]
        say(first, "set_size", 32, 100, 12, 25)
        hear_text(first, "x")
        say(first, "text_size", 2)
        with page(server, "b") as other:
            assert drain(other) == BUSY_CODE
        with page(server, "a") as again:
            assert hear(again, "open") == [2, "\x1b[?1049h\x1b[?1003h"]
            assert drain(first) == REPLACED_CODE


@pytest.mark.parametrize(
    "number",
    [signal.SIGTERM, *(pytest.param(one, marks=pytest.mark.long) for one in (signal.SIGINT, signal.SIGHUP))],
)
def test_told_to_stop_it_leaves_nothing_behind(serve_page: Serve, number: signal.Signals) -> None:
    server = serve_page(STUBBORN)
    with page(server) as opened:
        say(opened, "set_size", 32, 100, 12, 25)
        hear_text(opened, "ready")
        processes = server.apps()
        assert len(processes) == 2
        assert server.process is not None
        server.process.send_signal(number)
        assert server.process.wait(timeout=PATIENCE) == 0
        wait_gone(processes)


def test_killed_it_takes_the_app_with_it(serve_page: Serve) -> None:
    server = serve_page(ECHO)
    with page(server) as opened:
        say(opened, "set_size", 32, 100, 12, 25)
        hear_text(opened, "ready")
        processes = server.apps()
        assert server.process is not None
        server.process.kill()
        wait_gone(processes)


def test_a_dead_app_takes_its_children_with_it(serve_page: Serve) -> None:
    server = serve_page(STUBBORN)
    with page(server) as opened:
        say(opened, "set_size", 32, 100, 12, 25)
        hear_text(opened, "ready")
        processes = server.apps()
        server.wait_app().kill()
        assert hear(opened, "show") == ["restarting"]
        wait_gone(processes)
        assert hear(opened, "open") == [0, ""]


def test_a_taken_port_is_said(serve_page: Serve, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert serve(["true"], port, {}) == 1
    assert f"La page tactile ne peut pas s'ouvrir sur le port {port}" in capfd.readouterr().err


def test_its_import_is_all_that_a_start_costs() -> None:
    code = "import sys, kiosk.page.server; print('textual' in sys.modules, 'sqlalchemy' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["False", "False"]
