# SPDX-License-Identifier: EUPL-1.2
"""How this kiosk reaches the server of its site, by the settings."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kiosk.config import ServerSettings, Settings
from kiosk.words import LANGUAGES

if TYPE_CHECKING:
    from assist.sync.protocol import DeskLink

_ALIVE_SECONDS = 2.0


def link_of(settings: Settings) -> DeskLink:
    """The link to the server; that of a kiosk that stands alone when no server is wanted."""
    from assist.sync.protocol import NoDesk

    server = settings.server
    if not server.run and not server.address:
        return NoDesk()
    from assist.link.device_key import key_file
    from assist.sync.client import Where, make_link
    from kiosk.health import health_of
    from kiosk.wiring import version

    kiosk = settings.site.kiosk
    key = key_file(server.keys, kiosk)
    languages = tuple(LANGUAGES)
    where = Where(address_of(server), key, settings.journal.path, kiosk, version(), languages, server.certificate)
    return make_link(where, health=health_of(settings))


def address_of(server: ServerSettings) -> str:
    """Where the server is: ``ws://`` or ``wss://``, host and port."""
    if server.address:
        return server.address.rstrip("/")
    host = "127.0.0.1" if server.host == "0.0.0.0" else "::1" if server.host == "::" else server.host  # noqa: S104
    return f"ws{'s' if server.certificate else ''}://{f'[{host}]' if ':' in host else host}:{server.port}"


class Answer(StrEnum):
    """What was found at an address."""

    OURS = "ours"
    OTHER = "other"
    """Something answers that is no server of Pas à pas, or that shows a certificate which is not believed."""
    NOTHING = "nothing"


def ask(server: ServerSettings) -> Answer:
    """Who answers where the server should be. Waits 2 s at most for each step."""
    import json
    import ssl
    from http.client import HTTPConnection, HTTPException, HTTPSConnection

    try:
        where = urlsplit(address_of(server))
        if where.scheme == "wss":
            context = ssl.create_default_context()
            if server.certificate is not None:
                context.load_verify_locations(server.certificate)
            asking = HTTPSConnection(where.hostname or "", where.port or 443, timeout=_ALIVE_SECONDS, context=context)
        else:
            asking = HTTPConnection(where.hostname or "", where.port or 80, timeout=_ALIVE_SECONDS)
        try:
            asking.request("GET", "/alive")
            said = json.loads(asking.getresponse().read(1000))
        finally:
            asking.close()
    except (ConnectionRefusedError, TimeoutError):
        return Answer.NOTHING
    except (ssl.SSLError, HTTPException, ValueError):
        return Answer.OTHER
    except OSError:
        return Answer.NOTHING
    return Answer.OURS if isinstance(said, dict) and said.get("server") == "pas-a-pas" else Answer.OTHER
