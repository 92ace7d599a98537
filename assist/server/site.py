# SPDX-License-Identifier: EUPL-1.2
"""What the server is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
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


class Security(StrEnum):
    """How a mail server is spoken to."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail server by which alerts are told, and to whom."""

    host: str
    port: int
    sender: str
    to: tuple[str, ...]
    security: Security = Security.STARTTLS
    user: str = ""
    """"" when the server asks for no account."""
    password: str = field(default="", repr=False)
    trust: Path | None = None
    """A certificate (PEM) to believe beside those of the system."""
    pause_minutes: int = 15
    """Between two mails, at least."""


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
    mail: Mail | None = None
    """None: alerts are shown, and told to nobody."""
