# SPDX-License-Identifier: EUPL-1.2
"""An OpenID Connect provider, in ProConnect's profile: code, PKCE, state, nonce, and a signed answer about the person.

Everything that is signed is checked against the provider's published keys; nothing unsigned is believed.
"""

from __future__ import annotations

import hmac
import secrets
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from assist.server.site import Provider

_SIGNED_WITH = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""With keys that only the provider has: "none", and secrets that we share with it, prove nothing."""
_PATIENCE = 10.0
_LEEWAY = 60
"""Seconds that two clocks may differ."""


class ProviderFault(Exception):
    """Nobody comes in this way now. The text is a French sentence, and holds nothing of the person."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """What must be kept until the browser comes back."""

    address: str
    """Where it goes."""
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Person:
    """Who the provider says has come."""

    subject: str
    """Issuer and subject."""
    email: str
    """"" when the provider does not vouch for one."""
    token: str
    """To log out there too."""


class IdentityProvider:
    """One provider. May be used from any thread."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._lock = Lock()
        self._metadata: dict[str, Any] | None = None
        self._keys: KeySet | None = None

    @property
    def name(self) -> str:
        """As the button says it."""
        return self._provider.name

    def leave(self, back: str) -> Leaving:
        """Where to send the browser, that comes back to ``back``. Raises ProviderFault."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        asked = {"acr_values": self._provider.acr} if self._provider.acr else {}
        with _faults(), self._client(back) as client:
            address, _ = client.create_authorization_url(
                self._known("authorization_endpoint"), state=state, code_verifier=verifier, nonce=nonce, **asked
            )
        return Leaving(address, state, nonce, verifier)

    def come_back(self, answer: Mapping[str, str], left: Leaving, back: str, now: datetime) -> Person:
        """Who has come back, from the query of the address that the browser came to. Raises ProviderFault."""
        if not hmac.compare_digest(answer.get("state", "").encode(), left.state.encode()):
            raise ProviderFault("Cette connexion n'a pas commencé ici. Recommencez depuis la page de connexion.")
        if "error" in answer or "code" not in answer:
            raise ProviderFault(f"{self.name} n'a pas confirmé votre identité. Recommencez.")
        if answer.get("iss", self._provider.issuer) != self._provider.issuer:
            raise ProviderFault(f"La réponse ne vient pas de {self.name}.")
        with _faults(), self._client(back) as client:
            token: dict[str, Any] = client.fetch_token(
                self._known("token_endpoint"),
                grant_type="authorization_code",
                code=answer["code"],
                code_verifier=left.verifier,
            )
            identity = self._identity(token, left.nonce, now)
            told = client.get(self._known("userinfo_endpoint"), headers={"Accept": "application/jwt"})
            told.raise_for_status()
            person = self._signed(told.text, now)
        if person.get("sub") != identity["sub"]:
            raise ProviderFault(f"Les réponses de {self.name} ne parlent pas de la même personne.")
        vouched = person.get("email_verified", True) is True and isinstance(person.get("email"), str)
        subject = f"{self._provider.issuer} {identity['sub']}"
        return Person(subject, person["email"] if vouched else "", token["id_token"])

    def log_out_address(self, token: str, back: str) -> str:
        """Where a browser logs out of the provider too; "" when it offers no such place."""
        with self._lock:
            place = (self._metadata or {}).get("end_session_endpoint", "")
        asked = {"id_token_hint": token, "post_logout_redirect_uri": back, "state": secrets.token_urlsafe(16)}
        return f"{place}?{urlencode(asked)}" if place else ""

    def _identity(self, token: Mapping[str, Any], nonce: str, now: datetime) -> Mapping[str, Any]:
        opened = self._opened(token["id_token"])
        known = {"nonce": nonce, "client_id": self._provider.client, "access_token": token["access_token"]}
        claims: Any = CodeIDToken(opened.claims, opened.header, self._expected(), known)
        claims.validate(now=int(now.timestamp()), leeway=_LEEWAY)
        if self._provider.acr and claims.get("acr") not in self._provider.acr.split():
            raise ProviderFault(f"{self.name} n'a pas vérifié votre identité avec la force demandée.")
        return claims

    def _signed(self, text: str, now: datetime) -> Mapping[str, Any]:
        claims = self._opened(text).claims
        registry = jwt.JWTClaimsRegistry(now=int(now.timestamp()), leeway=_LEEWAY, **self._expected())
        registry.validate(claims)
        return claims

    def _expected(self) -> Any:
        return {
            "iss": {"essential": True, "value": self._provider.issuer},
            "aud": {"essential": True, "value": self._provider.client},
        }

    def _opened(self, text: str) -> jwt.Token:
        """What is signed, once the signature holds. The keys are asked for again when they have changed."""
        registry = JWSRegistry(algorithms=_SIGNED_WITH, strict_check_header=False)
        try:
            return jwt.decode(text, self._published(), registry=registry)
        except InvalidKeyIdError:
            return jwt.decode(text, self._published(again=True), registry=registry)

    def _known(self, name: str) -> str:
        """An address of the provider's description."""
        issuer = self._provider.issuer
        with self._lock:
            if self._metadata is None:
                described = _fetch(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
                if described.get("issuer") != issuer:
                    raise ProviderFault(f"{self.name} se nomme autrement que dans kiosk.toml ([oidc] issuer).")
                self._metadata = described
            address: str = self._metadata[name]
        return address

    def _published(self, *, again: bool = False) -> KeySet:
        address = self._known("jwks_uri")
        with self._lock:
            if self._keys is None or again:
                keys: Any = _fetch(address)
                self._keys = KeySet.import_key_set(keys)
            return self._keys

    def _client(self, back: str) -> Any:
        offered = self._offered("token_endpoint_auth_methods_supported", "client_secret_basic")
        method = "client_secret_post" if "client_secret_post" in offered else "client_secret_basic"
        return OAuth2Client(
            self._provider.client,
            self._provider.secret,
            token_endpoint_auth_method=method,
            scope="openid email",
            redirect_uri=back,
            code_challenge_method="S256",
            verify=ssl.create_default_context(),
            timeout=_PATIENCE,
        )

    def _offered(self, name: str, default: str) -> list[str]:
        self._known("issuer")
        with self._lock:
            return (self._metadata or {}).get(name, [default])


class _faults:  # noqa: N801 - reads as a phrase: "with _faults()"
    """What the network, the provider and forged tokens may raise, as one kind of fault."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, httpx2.HTTPError):
            raise ProviderFault("Le fournisseur d'identité ne répond pas. Utilisez votre mot de passe.") from error
        if isinstance(error, (AuthlibBaseError, JoseError, ValueError, KeyError)):
            raise ProviderFault("La réponse du fournisseur d'identité n'est pas valable. Recommencez.") from error


def _fetch(address: str) -> dict[str, Any]:
    """A JSON object of the provider."""
    with httpx2.Client(verify=ssl.create_default_context(), timeout=_PATIENCE) as client:
        answer = client.get(address).raise_for_status().json()
    if not isinstance(answer, dict):
        raise ValueError("not a JSON object")
    return answer  # pyright: ignore[reportUnknownVariableType] - JSON objects have str keys


def is_safe(issuer: str) -> bool:
    """Whether this address cannot be listened to on the way: TLS, or this very machine."""
    parts = urlsplit(issuer)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1"))
