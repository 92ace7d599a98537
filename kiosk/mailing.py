# SPDX-License-Identifier: EUPL-1.2
"""The mail server of the site, from ``[mail]`` of ``kiosk.toml`` and the file of its password."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kiosk.config import MailSettings
from kiosk.diagnosis import Check
from kiosk.secret_file import first_line

if TYPE_CHECKING:
    from assist.server.site import Mail

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_HOST = re.compile(r"[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*\.?|[0-9A-Fa-f:]+:[0-9A-Fa-f:.]*")


def mail_of(mail: MailSettings) -> Mail | None:
    """The mail server that is configured; None without one. Raises CannotServe when it cannot be used."""
    from assist.server.site import Mail, Security
    from assist.server.starting import CannotServe, this_machine_only

    if not mail.host:
        return None
    if not _HOST.fullmatch(mail.host):
        raise CannotServe(f'[mail] host = "{mail.host}" : écrivez le nom du serveur seul, comme "smtp.example.fr".')
    if not mail.to:
        raise CannotServe('[mail] to : écrivez les adresses qui reçoivent : ["accueil@example.fr"].')
    for name, address in (("sender", mail.sender), *(("to", each) for each in mail.to)):
        if not _ADDRESS.fullmatch(address):
            raise CannotServe(f'[mail] {name} = "{address}" : écrivez une adresse seule, comme "accueil@example.fr".')
    if not (mail.user.isascii() and mail.user.isprintable()):
        raise CannotServe(f'[mail] user = "{mail.user}" : écrivez-le sans accent ; voyez avec qui tient la messagerie.')
    if mail.user and mail.secret_file is None:
        raise CannotServe("[mail] secret_file : avec user, il faut le fichier du mot de passe.")
    if mail.user and mail.security == "none" and not this_machine_only(mail.host):
        raise CannotServe('[mail] security = "none" : le mot de passe partirait en clair. Écrivez "starttls" ou "tls".')
    if mail.certificate is not None and not mail.certificate.is_file():
        raise CannotServe(f"[mail] certificate : {mail.certificate} ne se lit pas.")
    password = first_line("[mail] secret_file", mail.secret_file) if mail.user and mail.secret_file else ""
    return Mail(
        host=mail.host,
        port=mail.port,
        sender=mail.sender,
        to=mail.to,
        security=Security(mail.security),
        user=mail.user,
        password=password,
        trust=mail.certificate,
        pause_minutes=mail.every_minutes,
    )


def mail_check(settings: MailSettings) -> Iterator[Check]:
    """Whether alerts can be mailed; nothing without a mail server. Nothing is sent."""
    from assist.server.starting import CannotServe

    if not settings.host:
        return
    try:
        mail = mail_of(settings)
    except CannotServe as fault:
        yield Check("mail", False, str(fault), "Corrigez cette ligne de kiosk.toml.")
        return
    assert mail is not None
    from assist.server.alerts.smtp import try_server

    fault = try_server(mail)
    fix = "Corrigez [mail] dans kiosk.toml, ou vérifiez le réseau." if fault else ""
    yield Check("mail", not fault, fault or f"Le serveur de messagerie répond : {mail.host}.", fix)
