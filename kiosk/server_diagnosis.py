# SPDX-License-Identifier: EUPL-1.2
"""Whether the server of the site answers, and whether this kiosk has a key for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk.config import Settings
from kiosk.diagnosis import Check
from kiosk.linking import Answer, address_of, ask

UNIT = Path("/etc/systemd/system/pas-a-pas-serveur.service")
"""Where docs/installer.md puts it: on the machine whose systemd runs the server."""


def server_check(settings: Settings) -> Iterator[Check]:
    """One line for the server, one for the key when it is missing; none for a kiosk that stands alone."""
    server = settings.server
    if not server.run and not server.address:
        return
    address = address_of(server)
    match ask(server):
        case Answer.OURS:
            yield Check("server", True, f"Le serveur du lieu répond : {address}.")
        case Answer.OTHER:
            yield Check(
                "server",
                False,
                f"Ce qui répond à {address} n'est pas le serveur du lieu, ou son certificat n'est pas reconnu.",
                "Changez [server] port ou address, ou donnez le certificat du serveur à [server] certificate.",
            )
        case Answer.NOTHING if not server.address and UNIT.exists():
            yield Check(
                "server",
                False,
                "Le serveur du lieu ne tourne pas maintenant. La borne, elle, peut servir.",
                f"Lancez : sudo systemctl start {UNIT.stem}. S'il s'arrête encore : sudo journalctl -u {UNIT.stem}.",
            )
        case Answer.NOTHING if not server.address:
            yield Check("server", True, "Le serveur du lieu ne tourne pas maintenant : « script/run » le démarre.")
        case Answer.NOTHING:
            yield Check(
                "server",
                False,
                f"Le serveur du lieu ne répond pas : {address}.",
                "Vérifiez le réseau, et « kiosk serve » sur l'autre machine. La borne, elle, peut servir.",
            )
    if server.address:
        yield from _key(settings)


def _key(settings: Settings) -> Iterator[Check]:
    from assist.link.device_key import key_file, read_key

    file = key_file(settings.server.keys, settings.site.kiosk)
    try:
        found = bool(read_key(file))
    except OSError:
        found = False
    if not found:
        yield Check(
            "server",
            False,
            f"La clé de cette borne manque : {file}.",
            f"Au serveur, lancez « kiosk device add {settings.site.kiosk} », et copiez ici le fichier qu'il fait.",
        )
