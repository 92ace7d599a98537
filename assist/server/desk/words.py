# SPDX-License-Identifier: EUPL-1.2
"""How the pages of the desk say what the messages carry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

_LANGUAGES = {"fr": "français", "en": "anglais"}
_MODES = {
    "no_screen": ("speak", "sans l’écran, par la voix seule"),
    "no_sound": ("mute", "sans le son"),
    "large": ("text-size", "grand et contrasté"),
    "slow": ("slow", "lentement"),
    "scanning": ("tap", "avec un seul bouton"),
}


@dataclass(frozen=True, slots=True)
class ModeShown:
    """One way in which the person uses the kiosk."""

    pictogram: str
    label: str


def language(code: str) -> str:
    """The name of a language, in French; its code when it has none here."""
    return _LANGUAGES.get(code, code)


def modes(codes: Iterable[str]) -> tuple[ModeShown, ...]:
    """The modes, in words and pictures; those of a newer kiosk are left out."""
    return tuple(ModeShown(*_MODES[code]) for code in codes if code in _MODES)


def hour(moment: datetime) -> str:
    """The hour of the place, as on its clock."""
    return f"{moment.astimezone():%H:%M}"


def lasting(time: timedelta) -> str:
    """How long, as one would say it."""
    minutes = max(0, int(time.total_seconds() // 60))
    if minutes == 0:
        return "moins d’une minute"
    if minutes < 60:
        return f"{minutes} minute{'s' * (minutes > 1)}"
    return f"{minutes // 60} h {minutes % 60:02}"
