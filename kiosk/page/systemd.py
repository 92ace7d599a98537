# SPDX-License-Identifier: EUPL-1.2
"""Tells systemd that the page can be served, and then that the server is alive (sd_notify(3))."""

from __future__ import annotations

import os
import socket
from collections.abc import MutableMapping

READY = "READY=1"
ALIVE = "WATCHDOG=1"
STOPPING = "STOPPING=1"


class Systemd:
    """Speaks to the service manager that started us; says nothing when there is none.

    The variables that name it are taken out of ``env``, so that the app does not speak in the server's name.
    """

    def __init__(self, env: MutableMapping[str, str]) -> None:
        address = env.pop("NOTIFY_SOCKET", "")
        patience = env.pop("WATCHDOG_USEC", "")
        env.pop("WATCHDOG_PID", None)
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self.beat_seconds = int(patience) / 2_000_000 if patience.isdigit() else 0.0
        """How often to say :data:`ALIVE`: twice as often as asked; 0 when nobody watches."""

    @classmethod
    def of_this_process(cls) -> Systemd:
        return cls(os.environ)

    def tell(self, state: str) -> None:
        """Send one state; a manager that is gone is no trouble of ours."""
        if not self._address:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as wire:
            try:
                wire.sendto(state.encode(), self._address)
            except OSError:
                self._address = ""
