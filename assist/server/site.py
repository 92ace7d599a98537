# SPDX-License-Identifier: EUPL-1.2
"""What the server is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Paris")
"""The wall clock of the site."""


@dataclass(frozen=True, slots=True)
class Provider:
    """The identity provider that the staff may come in by (OpenID Connect)."""

    issuer: str
    client: str
    secret: str
    acr: str = ""
    """Strengths of identity check that are accepted, with spaces between; "" for any."""
    name: str = "ProConnect"


@dataclass(frozen=True, slots=True)
class Site:
    """One site and its server."""

    name: str
    database: str
    """A SQLAlchemy address: ``sqlite:////…/site.db`` or ``postgresql+psycopg://…``."""
    keys: Path
    """The folder of the site's own keys and of its kiosks' device keys; readable by its account alone."""
    secure: bool = False
    """Served over TLS: cookies are then marked Secure."""
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    """The names under which browsers may reach it; any other is refused."""
    details: tuple[str, ...] = ()
    """Address, hours, telephone: printed on papers."""
    content: Path | None = None
    """The folder of the procedures; None for those of Pas à pas."""
    provider: Provider | None = None
