# SPDX-License-Identifier: EUPL-1.2
"""What stands between a browser and the pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI, Form, Request, WebSocket
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from assist.server.parts import Transaction
from assist.server.staff.tables import Account
from assist.server.staff_member import Role, StaffMember, allowed, allowed_socket
from tests.assist.server.doors import HOST, Door, add, client, log_in, token_in

OWN = {"origin": HOST}
SOCKET = "ws://localhost/try/socket"
router = APIRouter(prefix="/try")


@router.post("/form")
def take(me: Annotated[StaffMember, Depends(allowed(Role.MEDIATOR))], words: Annotated[str, Form()] = "") -> str:
    return f"{me.name}: {words}"


@router.post("/json")
def take_json(request: Request, words: dict[str, str]) -> dict[str, str]:
    return words


@router.get("/broken")
def broken() -> None:
    raise RuntimeError("a secret of the inside")


@router.get("/text/{words}")
def keep(words: str, transaction: Transaction) -> None:
    transaction.get(Account, words)


@router.websocket("/socket")
async def follow(socket: WebSocket, me: Annotated[StaffMember, Depends(allowed_socket(Role.MEDIATOR))]) -> None:
    await socket.accept()
    await socket.send_text(me.name)


@pytest.fixture
def tried(lite: Door) -> FastAPI:
    """The server, with some routes to try."""
    app = lite.app()
    app.include_router(router)
    return app


@pytest.fixture
def browser(tried: FastAPI) -> Iterator[TestClient]:
    """Amina's, logged in."""
    with client(tried, raise_server_exceptions=False) as browser:
        add(browser.app.state.database)
        log_in(browser)
        yield browser


@pytest.fixture
def token(browser: TestClient) -> str:
    return token_in(browser.get("/account").text)


def test_every_answer_lets_nothing_in_or_out(browser: TestClient) -> None:
    policy = {
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    }
    pages = [
        "/account",
        "/login",
        "/nowhere",
        "/docs",
        "/openapi.json",
        "/try/broken",
        "/static/desk.css",
        "/static/none",
    ]
    for path in pages:
        headers = browser.get(path).headers
        assert set(headers["content-security-policy"].split("; ")) == policy, path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "camera=()" in headers["permissions-policy"]
        assert headers["cache-control"] == ("no-cache" if path.startswith("/static/") else "no-store")
        assert "strict-transport-security" not in headers


def test_over_tls_a_browser_never_comes_back_without(lite: Door) -> None:
    lite.secure = True
    with TestClient(lite.app(), base_url="https://localhost") as browser:
        assert browser.get("/login").headers["strict-transport-security"] == "max-age=31536000"


def test_no_page_holds_a_script_or_a_style_of_its_own(browser: TestClient) -> None:
    for path in ("/login", "/account", "/docs", "/nowhere"):
        page = browser.get(path).text
        assert "<style" not in page
        assert "style=" not in page
        assert "<script>" not in page
        assert " on" not in "".join(part.split(">")[0] for part in page.split("<")[1:] if "=" in part.split(">")[0])
        assert "http://" not in page.replace(HOST, "")
        assert "https://" not in page


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "[", "localhost:8138/x", "127.0.0.2"])
def test_another_name_is_refused(lite: Door, host: str) -> None:
    """DNS rebinding: a page of another site that makes its own name lead here."""
    with client(lite.app()) as browser:
        answer = browser.get("/login", headers={"host": host})
    assert answer.status_code == 400
    assert "ne répond pas sous ce nom" in answer.text


@pytest.mark.parametrize("host", ["localhost:8138", "127.0.0.1", "LOCALHOST"])
def test_the_names_of_the_site_are_known(lite: Door, host: str) -> None:
    with client(lite.app()) as browser:
        assert browser.get("/login", headers={"host": host}).status_code == 200


def test_a_form_without_the_token_of_the_visit_is_refused(browser: TestClient, token: str) -> None:
    assert browser.post("/try/form", data={"words": "a", "token": token}).json() == "Amina: a"
    for data in ({}, {"token": ""}, {"token": "0" * 64}, {"token": token[:-1]}, {"token": "é"}):
        answer = browser.post("/try/form", data={"words": "a"} | data)
        assert answer.status_code == 403
        assert "Ouvrez-la de nouveau" in answer.text


def test_a_program_of_ours_sends_the_token_in_a_header(browser: TestClient, token: str) -> None:
    assert browser.post("/try/json", json={"a": "b"}).status_code == 403
    assert browser.post("/try/json", json={"a": "b"}, headers={"x-token": token}).json() == {"a": "b"}


def test_the_token_of_another_visit_is_worth_nothing(tried: FastAPI, browser: TestClient) -> None:
    mallory = client(tried)
    foreign = token_in(mallory.get("/login").text)
    assert browser.post("/try/form", data={"words": "a", "token": foreign}).status_code == 403


def test_nobody_logs_a_browser_in_without_its_own_page(browser: TestClient) -> None:
    """Login CSRF: to work, without knowing it, in the account of somebody else."""
    stranger = TestClient(browser.app, base_url=HOST, follow_redirects=False)
    data = {"login": "amina", "password": "une tasse bleue"}
    assert stranger.post("/login", data=data).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost.evil.example"},
        {"origin": "https://localhost"},
        {"origin": "http://localhost:81"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_what_another_site_sends_is_refused_even_with_the_token(
    browser: TestClient, token: str, headers: dict[str, str]
) -> None:
    answer = browser.post("/try/form", data={"words": "a", "token": token}, headers=headers)
    assert answer.status_code == 403
    assert "autre site" in answer.text


def test_our_own_page_may_send(browser: TestClient, token: str) -> None:
    headers = OWN | {"sec-fetch-site": "same-origin"}
    assert browser.post("/try/form", data={"words": "a", "token": token}, headers=headers).status_code == 200


def test_a_socket_opens_for_our_own_page(browser: TestClient) -> None:
    with browser.websocket_connect(SOCKET, headers=OWN) as socket:
        assert socket.receive_text() == "Amina"


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"origin": "null"}, OWN | {"host": "evil.example"}]
)
def test_a_socket_from_elsewhere_is_refused(browser: TestClient, headers: dict[str, str]) -> None:
    with pytest.raises(WebSocketDisconnect) as closed, browser.websocket_connect(SOCKET, headers=headers):
        pass
    assert closed.value.code == 1008


def test_a_socket_needs_a_login_and_a_role(tried: FastAPI, browser: TestClient) -> None:
    add(browser.app.state.database, "luc", Role.AUTHOR)
    other = client(tried)
    for come in (lambda: None, lambda: log_in(other, "luc")):
        come()
        with pytest.raises(WebSocketDisconnect) as closed, other.websocket_connect(SOCKET, headers=OWN):
            pass
        assert closed.value.code == 1008


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/nowhere", 404, "Page introuvable"),
        ("/logout", 405, "Cela ne se fait pas ici"),
        ("/try/broken", 500, "Ce n&#39;est pas votre faute"),
        ("/static/none.css", 404, "Page introuvable"),
    ],
)
def test_what_goes_wrong_is_said_in_french(browser: TestClient, path: str, status: int, said: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == status
    assert said in answer.text
    assert "Traceback" not in answer.text
    assert "secret of the inside" not in answer.text


def test_a_program_is_answered_with_json(browser: TestClient) -> None:
    for path, status in (("/nowhere", 404), ("/try/broken", 500)):
        answer = browser.get(path, headers={"accept": "application/json"})
        assert answer.status_code == status
        assert set(answer.json()) == {"detail"}
    browser.cookies.clear()
    assert browser.get("/account", headers={"accept": "application/json"}).status_code == 401
    assert browser.get("/account", headers={"hx-request": "true"}).headers["hx-redirect"] == "/login"


def test_what_was_sent_is_not_repeated(browser: TestClient, token: str) -> None:
    headers = {"accept": "application/json", "x-token": token}
    answer = browser.post("/try/json", json=["Mme Martin"], headers=headers)
    assert answer.status_code == 422
    assert "Martin" not in answer.text


def test_what_is_too_big_is_refused(browser: TestClient, token: str) -> None:
    assert browser.post("/try/form", data={"words": "a" * 1_100_000, "token": token}).status_code == 413


def test_one_address_may_not_flood_the_server(lite: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assist.server.safety.gate._BURST", 20)
    monkeypatch.setattr("assist.server.safety.gate._SECONDS", 1e6)
    with client(lite.app()) as browser:
        assert [browser.get("/static/icon.svg").status_code for _ in range(21)] == [200] * 20 + [429]
        assert "Trop de demandes" in browser.get("/login").text


def test_the_description_of_the_api_asks_nothing_of_another_site(lite: Door) -> None:
    with client(lite.app()) as browser:
        page = browser.get("/docs")
        described = browser.get("/openapi.json").json()
    assert page.status_code == 200
    assert all(path in page.text for path in described["paths"])
