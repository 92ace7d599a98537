# SPDX-License-Identifier: EUPL-1.2
"""A real mail server, on a real socket of this machine, that keeps what it is given."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from threading import Condition
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from assist.server.certificate import make
from assist.server.site import Mail, Security

PASSWORD = "une tasse bleue"  # noqa: S105 - of a server that lives for one test
SENDER, CHIEF, TECHNICIAN = "borne@cahors.example", "rose@cahors.example", "tom@cahors.example"


@dataclass
class Letterbox:
    """What arrived, and how. ``refusal`` is what the server answers to every message, when it is not ""."""

    refusal: str = ""
    unknown: str = ""
    """An address that it does not take."""
    envelopes: list[Envelope] = field(default_factory=list)
    secure: list[bool] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    _came: Condition = field(default_factory=Condition)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == self.unknown:
            return "550 5.1.1 unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.refusal:
            return self.refusal
        with self._came:
            self.envelopes.append(envelope)
            self.secure.append(server.transport.get_extra_info("sslcontext") is not None)
            self._came.notify_all()
        return "250 OK"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, kind: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.accounts.append(data.login.decode())
        return AuthResult(success=data.password == PASSWORD.encode(), handled=False)

    def wait(self, count: int) -> None:
        with self._came:
            assert self._came.wait_for(lambda: len(self.envelopes) >= count, 10), "no mail came"

    @property
    def mails(self) -> list[EmailMessage]:
        """As a reader of mail shows them."""
        parser = BytesParser(policy=policy.default)
        return [parser.parsebytes(envelope.content or b"") for envelope in self.envelopes]  # type: ignore[arg-type,misc]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def mail_to(port: int, **more: Any) -> Mail:
    """How a site reaches it."""
    known: dict[str, Any] = {"security": Security.NONE} | more
    return Mail("127.0.0.1", port, SENDER, (CHIEF, TECHNICIAN), **known)


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """For a server of this machine; and the file to believe."""
    made = make("Courriel", ("127.0.0.1", "localhost"), datetime.now(UTC))
    crt, key = folder / "mail.crt", folder / "mail.key"
    crt.write_bytes(made.certificate)
    key.write_bytes(made.private_key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(crt, key)
    return context, crt


@contextmanager
def mail_server(box: Letterbox, port: int, **more: Any) -> Iterator[None]:
    """It answers at ``port`` for the length of a block."""
    controller = Controller(box, hostname="127.0.0.1", port=port, **more)
    controller.start()
    try:
        yield
    finally:
        controller.stop()
