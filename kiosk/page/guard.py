# SPDX-License-Identifier: EUPL-1.2
"""Who may speak to the page's server, and what its answers allow a browser to do.

The server listens on loopback, but any web page open in any browser of the machine can send requests there. So:
the Host header must be ours (against DNS rebinding), a socket needs our Origin and the secret of this start, and
every answer carries a content policy that lets nothing in or out.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field

from tornado.web import HTTPError, RequestHandler

LOOPBACK = "127.0.0.1"
SUBPROTOCOL = "pas-a-pas"


@dataclass(frozen=True, slots=True)
class Guard:
    """The port and the secret of this start."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def hosts(self) -> frozenset[str]:
        """The values of Host that are ours."""
        return frozenset(f"{name}:{self.port}" for name in (LOOPBACK, "localhost"))

    def knows_host(self, host: str) -> bool:
        return host in self.hosts

    def knows_origin(self, origin: str | None, host: str) -> bool:
        """A socket may only come from the very page that this server gave."""
        return self.knows_host(host) and origin == f"http://{host}"

    def knows_token(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self.token.encode())


def headers(nonce: str = "") -> dict[str, str]:
    """The headers of every answer.

    ``style-src-attr 'unsafe-inline'``: xterm.js paints each coloured cell with a ``style`` attribute. It reaches
    only elements that our own scripts make; nothing the app writes is ever parsed as HTML. Its ``<style>``
    elements carry the page's nonce. ``'wasm-unsafe-eval'``: the sixel decoder is WebAssembly, compiled from bytes
    inside our own vendored script.
    """
    style_elements = f"style-src-elem 'self' 'nonce-{nonce}'" if nonce else "style-src-elem 'self'"
    policy = "; ".join(
        (
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "style-src 'self'",
            style_elements,
            "style-src-attr 'unsafe-inline'",
            "img-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()",
        "Server": "pas-a-pas",
    }


class GuardedHandler(RequestHandler):
    """Every handler of the page's server. Needs the application setting ``guard``."""

    @property
    def guard(self) -> Guard:
        return self.application.settings["guard"]

    def set_default_headers(self) -> None:
        for name, value in headers().items():
            self.set_header(name, value)

    def prepare(self) -> None:
        if not self.guard.knows_host(self.request.headers.get("Host", "")):
            raise HTTPError(403, reason="Host")

    def compute_etag(self) -> None:
        """Nothing is to be kept, so nothing is to be compared."""

    def write_error(self, status_code: int, **_: object) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("Cette adresse ne sert à rien d'autre.\n" if status_code == 404 else "Non.\n")


class NothingHere(GuardedHandler):
    """Every address that is not ours."""

    def prepare(self) -> None:
        super().prepare()
        raise HTTPError(404)
