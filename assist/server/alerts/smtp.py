# SPDX-License-Identifier: EUPL-1.2
"""A mail to its server. What goes wrong is a French sentence for a technician; it never holds the password."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from assist.server.site import Mail, Security

_SECONDS = 10.0
"""For each answer of the server."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a mail: why it did not leave ("" once the server took it), and who it does not go to all the same.

    Both are sentences.
    """

    fault: str = ""
    refused: str = ""


def message(mail: Mail, id_: str, subject: str, body: str, made_at: datetime) -> EmailMessage:
    """A mail as it goes out. ``id_`` makes it one mail, should it arrive twice."""
    made = EmailMessage(policy=SMTP)
    made["From"] = mail.sender
    made["To"] = ", ".join(mail.to)
    made["Subject"] = subject
    made["Date"] = format_datetime(made_at)
    made["Message-ID"] = f"<{id_}@{mail.sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    made["Content-Language"] = "fr"
    made.set_content(body, cte="quoted-printable")
    return made


def send(mail: Mail, sent: EmailMessage) -> Sent:
    """Send it: the server has it once it has taken it for somebody at least."""
    refused: list[str] = []
    fault = _told(mail, lambda server: refused.extend(server.send_message(sent, mail.sender, mail.to)))
    if fault or not refused:
        return Sent(fault)
    return Sent(refused=f"Le serveur de messagerie refuse {', '.join(refused)} : voyez [mail] to.")


def try_server(mail: Mail) -> str:
    """Why nothing could be sent; "" when the server answers, and knows our account. Sends nothing."""
    return _told(mail, lambda server: server.noop())


def _told(mail: Mail, work: Callable[[smtplib.SMTP], object]) -> str:
    where = f"{mail.host}, port {mail.port}"
    try:
        with _opened(mail) as server:
            work(server)
    except ssl.SSLCertVerificationError:
        return f"Le certificat du serveur de messagerie ({where}) n'est pas reconnu : voyez [mail] certificate."
    except ssl.SSLError:
        return f"Le serveur de messagerie ({where}) ne parle pas ce chiffrement : voyez [mail] security et port."
    except smtplib.SMTPAuthenticationError:
        return f"Le serveur de messagerie ({where}) refuse le compte ou le mot de passe : voyez [mail] user."
    except smtplib.SMTPNotSupportedError:
        return f"Le serveur de messagerie ({where}) n'a pas ce qui est demandé : voyez [mail] security et user."
    except smtplib.SMTPRecipientsRefused:
        return f"Le serveur de messagerie ({where}) refuse toutes les adresses de [mail] to."
    except smtplib.SMTPSenderRefused:
        return f"Le serveur de messagerie ({where}) refuse l'adresse de [mail] sender."
    except smtplib.SMTPServerDisconnected:
        return f"Le serveur de messagerie ne répond pas jusqu'au bout : {where}."
    except smtplib.SMTPException as refusal:
        code = getattr(refusal, "smtp_code", "")
        return f"Le serveur de messagerie ({where}) refuse le message{f' (code {code})' if code else ''}."
    except OSError:
        return f"Le serveur de messagerie ne répond pas : {where}."
    except ValueError:  # A name that cannot be looked up, an account that cannot be written in ASCII.
        return f"Le serveur de messagerie ({where}) ne peut pas être appelé : voyez [mail] host et user."
    return ""


@contextmanager
def _opened(mail: Mail) -> Generator[smtplib.SMTP]:
    context = ssl.create_default_context()
    if mail.trust is not None:
        context.load_verify_locations(mail.trust)
    if mail.security is Security.TLS:
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=_SECONDS, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=_SECONDS)
    with server:
        if mail.security is Security.STARTTLS:
            server.starttls(context=context)
        if mail.user:
            server.login(mail.user, mail.password)
        yield server
