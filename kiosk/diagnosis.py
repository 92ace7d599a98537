# SPDX-License-Identifier: EUPL-1.2
"""What ``kiosk doctor`` says of one thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_NAMES: Mapping[str, str] = {
    "settings": "Réglages",
    "content": "Démarches",
    "publication": "Texte retenu",
    "official": "Fiches officielles",
    "meaning": "Recherche par le sens",
    "display": "Écran",
    "sound": "Son",
    "voice": "Voix",
    "rendered-voice": "Meilleure voix",
    "speaking-model": "Modèle de la voix",
    "listening-model": "Modèle de l'écoute",
    "microphone": "Micro",
    "printer": "Imprimante",
    "database": "Journal",
    "server": "Serveur du lieu",
    "mail": "Courriel",
    "trouble": "Pannes",
    "disk": "Disque",
    "clock": "Horloge",
}
"""What is looked at -> its name for people; the JSON keeps the first."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. ``blocking``: without it the kiosk cannot serve anybody."""

    check: str
    ok: bool
    message: str
    fix: str = ""
    blocking: bool = False

    @property
    def name(self) -> str:
        """What was looked at, for people."""
        return _NAMES.get(self.check, self.check)
