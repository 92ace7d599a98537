# SPDX-License-Identifier: EUPL-1.2
"""Coming in by an identity provider: a real one (npm ``oidc-provider``), run beside the test."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx2
import pytest
from fastapi import FastAPI
from joserfc import jwt
from joserfc.jwk import RSAKey
from sqlalchemy import select
from starlette.testclient import TestClient

from assist.server.site import Provider, Site
from assist.server.staff.accounts import disable
from assist.server.staff.lockout import LOCKED
from assist.server.staff.provider import IdentityProvider, Leaving, ProviderFault, is_safe
from assist.server.staff.tables import Account
from tests.assist.server.doors import HOST, PASSWORD, Door, add, client, log_in, token_in
from tests.assist.server.provider_process import SECRET, free_port, provider_for
from tests.assist.server.test_lockout import exhaust


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The address of the provider."""
    with provider_for(HOST, free_port()) as issuer:
        yield issuer


class Here(Door):
    """A server that knows the provider."""

    provider: Provider

    @property
    def site(self) -> Site:
        return Site("Maison d'essai", self.address, self.folder / "keys", provider=self.provider)


@pytest.fixture
def here(lite: Door, issuer: str) -> Here:
    here = Here(lite.address, lite.folder, now=datetime.now(UTC))
    here.provider = Provider(issuer, "pas-a-pas", SECRET)
    return here


@pytest.fixture
def app(here: Here) -> FastAPI:
    return here.app()


@pytest.fixture
def browser(app: FastAPI) -> Iterator[TestClient]:
    with client(app) as browser:
        yield browser


def at_provider(address: str, who: str) -> str:
    """What a person does there: says who she is. Returns the address that the browser is sent back to."""
    with httpx2.Client() as there:
        answer = there.get(address)
        while True:
            if answer.is_redirect:
                address = urljoin(address, answer.headers["location"])
                if not address.startswith("http://127.0.0.1"):
                    return address
                answer = there.get(address)
            else:
                form = re.search(r'action="([^"]+)"', answer.text)
                assert form, answer.text
                address = urljoin(address, form[1])
                answer = there.post(address, data={"prompt": "login", "login": who, "password": "any"})


def come(browser: TestClient, who: str = "amina") -> Any:
    """The whole way, there and back."""
    leaving = browser.get("/login/oidc?next=/account")
    assert leaving.status_code == 303
    return browser.get(at_provider(leaving.headers["location"], who))


def test_a_person_comes_in_by_the_provider(app: FastAPI, browser: TestClient, issuer: str) -> None:
    add(app.state.database, "amina", email="amina@lieu.example")
    assert "Se connecter avec ProConnect" in browser.get("/login").text
    came = come(browser)
    assert came.status_code == 200
    assert '<meta http-equiv="refresh" content="0; url=/account">' in came.text
    assert "SameSite=strict" in came.headers["set-cookie"]
    page = browser.get("/account")
    assert page.status_code == 200
    with app.state.database.begin() as transaction:
        assert transaction.scalar(select(Account.subject)) == f"{issuer} amina"
    # Then the subject counts, whatever the address has become.
    with app.state.database.begin() as transaction:
        transaction.scalars(select(Account)).one().email = "other@lieu.example"
    left = browser.post("/logout", data={"token": token_in(page.text)})
    assert "Se déconnecter aussi de ProConnect" in left.text
    assert "id_token_hint=" in left.text
    assert browser.get("/account").status_code == 303
    assert come(browser).status_code == 200


def test_what_leaves_carries_pkce_state_and_nonce(browser: TestClient) -> None:
    leaving = browser.get("/login/oidc")
    asked = parse_qs(urlsplit(leaving.headers["location"]).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["scope"] == ["openid email"]
    assert all(len(asked[name][0]) >= 43 for name in ("state", "nonce", "code_challenge"))
    cookie = leaving.headers["set-cookie"].lower()
    assert "samesite=lax" in cookie
    assert "httponly" in cookie


@pytest.mark.parametrize("who", ["stranger", "doubt"])
def test_the_provider_opens_nothing_by_itself(app: FastAPI, browser: TestClient, who: str) -> None:
    """Nobody knows this address here, or the provider does not vouch for it."""
    add(app.state.database, "amina", email="amina@lieu.example")
    came = come(browser, who)
    assert came.status_code == 403
    assert "aucun compte ne lui est ouvert" in came.text
    assert browser.get("/account").status_code == 303


def test_an_address_that_changes_hands_opens_no_linked_account(app: FastAPI, browser: TestClient) -> None:
    add(app.state.database, "amina", email="amina@lieu.example")
    with app.state.database.begin() as transaction:
        transaction.scalars(select(Account)).one().subject = "somebody else"
    assert come(browser).status_code == 403


def test_a_closed_or_locked_account_stays_so(app: FastAPI, browser: TestClient, here: Here) -> None:
    add(app.state.database, "amina", email="amina@lieu.example")
    exhaust(app.state.database, here, LOCKED)
    here.now = datetime.now(UTC)
    assert "bloqué" in come(browser).text
    with app.state.database.begin() as transaction:
        disable(transaction, "amina", here.now)
    assert "aucun compte" in come(browser).text


def test_an_answer_comes_back_once_to_the_browser_that_left(app: FastAPI, browser: TestClient, here: Here) -> None:
    add(app.state.database, "amina", email="amina@lieu.example")
    back = at_provider(browser.get("/login/oidc").headers["location"], "amina")
    stranger = client(app)
    assert stranger.get(back).status_code == 403
    assert browser.get(back.replace("state=", "state=x")).status_code == 403
    assert browser.get(back).status_code == 403, "one answer, right or wrong"

    back = at_provider(browser.get("/login/oidc").headers["location"], "amina")
    here.wait(601)
    assert "trop duré" in browser.get(back).text


def test_the_strength_of_the_check_is_required(here: Here) -> None:
    here.provider = Provider(here.provider.issuer, "pas-a-pas", SECRET, acr="eidas3")
    with client(here.app()) as browser:
        add(browser.app.state.database, "amina", email="amina@lieu.example")
        assert "acr_values=eidas3" in browser.get("/login/oidc").headers["location"]
        came = come(browser)
    assert came.status_code == 403
    assert "avec la force demandée" in came.text


def test_a_provider_that_is_away_is_said(here: Here) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        here.provider = Provider(f"http://127.0.0.1:{free.getsockname()[1]}", "pas-a-pas", SECRET)
        with client(here.app()) as browser:
            answer = browser.get("/login/oidc")
            assert answer.status_code == 503
            assert "ne répond pas. Utilisez votre mot de passe." in answer.text
            add(browser.app.state.database)
            assert log_in(browser, "amina", PASSWORD).status_code == 303


def test_without_a_provider_there_is_no_such_way(lite: Door) -> None:
    with client(lite.app()) as browser:
        assert "ProConnect" not in browser.get("/login").text
        assert browser.get("/login/oidc").status_code == 404
        assert browser.get("/login/oidc/back?code=a&state=b").status_code == 404


class Forger(IdentityProvider):
    """A provider whose answers are ours to forge, but for the keys that it publishes."""

    key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"})

    def __init__(self, claims: dict[str, Any], header: dict[str, Any] | None = None, key: Any = None) -> None:
        super().__init__(Provider("https://id.example", "pas-a-pas", SECRET))
        self.claims, self.header, self.forged = claims, {"alg": "RS256", "kid": "1"} | (header or {}), key or self.key

    def _published(self, *, again: bool = False) -> Any:
        from joserfc.jwk import KeySet

        return KeySet.import_key_set({"keys": [self.key.as_dict(private=False)]})

    def read(self, now: datetime) -> Any:
        token = jwt.encode(self.header, self.claims, self.forged)
        return self._identity({"id_token": token, "access_token": "a"}, "the nonce", now)


def claims(now: datetime, **other: Any) -> dict[str, Any]:
    moment = int(now.timestamp())
    right = {"iss": "https://id.example", "aud": "pas-a-pas", "sub": "amina", "nonce": "the nonce"}
    return {**right, "iat": moment, "exp": moment + 60, **other}


def test_a_token_that_is_right_is_read() -> None:
    now = datetime.now(UTC)
    assert Forger(claims(now)).read(now)["sub"] == "amina"


@pytest.mark.parametrize(
    "other",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": ["pas-a-pas", "another"]},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 0},
        {"sub": None},
    ],
)
def test_a_token_for_somebody_else_or_another_time_is_refused(other: dict[str, Any]) -> None:
    now = datetime.now(UTC)
    forged = {name: value for name, value in claims(now, **other).items() if value is not None}
    with pytest.raises(Exception, match=r"(?i)claim|expired"):
        Forger(forged).read(now)


def test_a_token_signed_by_another_key_is_refused() -> None:
    now = datetime.now(UTC)
    other = RSAKey.generate_key(2048, {"kid": "1"})
    with pytest.raises(Exception, match=r"(?i)signature"):
        Forger(claims(now), key=other).read(now)


def test_a_token_signed_with_a_shared_secret_is_refused() -> None:
    from joserfc.jwk import OctKey

    now = datetime.now(UTC)
    with pytest.raises(Exception, match=r"(?i)algorithm"):
        Forger(claims(now), {"alg": "HS256"}, OctKey.import_key(SECRET)).read(now)


def test_a_state_that_is_not_ours_is_refused() -> None:
    provider = IdentityProvider(Provider("https://id.example", "pas-a-pas", SECRET))
    left = Leaving("", "state", "nonce", "verifier")
    for answer in ({}, {"state": "other", "code": "a"}, {"state": "é"}, {"state": "state"}):
        with pytest.raises(ProviderFault):
            provider.come_back(answer, left, "http://localhost/login/oidc/back", datetime.now(UTC))
    elsewhere = {"state": "state", "code": "a", "iss": "https://evil.example"}
    with pytest.raises(ProviderFault, match="ne vient pas"):
        provider.come_back(elsewhere, left, "http://localhost/login/oidc/back", datetime.now(UTC))


def test_only_tls_or_this_machine() -> None:
    assert is_safe("https://id.example")
    assert is_safe("http://127.0.0.1:9000")
    assert not is_safe("http://id.example")
    assert not is_safe("ftp://localhost")
