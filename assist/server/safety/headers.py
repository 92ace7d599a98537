# SPDX-License-Identifier: EUPL-1.2
"""What every answer tells the browser: nothing in, nothing out, nothing kept."""

from __future__ import annotations

from functools import cache

_POLICY = (
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
)
_A_YEAR = 31_536_000


@cache
def headers(*, secure: bool, fixed: bool = False) -> tuple[tuple[bytes, bytes], ...]:
    """The headers of an answer. ``fixed``: a file that is the same for everybody (style, pictures, scripts)."""
    named = {
        "Content-Security-Policy": "; ".join(_POLICY),
        "X-Content-Type-Options": "nosniff",
        # "no-referrer" would make a browser hide our own origin in the forms it sends us: they would be refused.
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=()",
        # A file may be kept, and is asked for again: its ETag says whether it changed.
        "Cache-Control": "no-cache" if fixed else "no-store",
    }
    if secure:
        named["Strict-Transport-Security"] = f"max-age={_A_YEAR}"
    return tuple((name.lower().encode(), value.encode()) for name, value in named.items())
