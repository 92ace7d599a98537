# SPDX-License-Identifier: EUPL-1.2
"""The settings of one kiosk, as typed data. ``kiosk.toml`` is their file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class SiteSettings:
    name: str = "Pas à pas"
    details: tuple[str, ...] = ()
    kiosk: str = "borne-1"


@dataclass(frozen=True, slots=True)
class ScreenSettings:
    width_mm: int = 527
    height_mm: int = 296
    pictograms: Literal["auto", "sixel", "blocks", "text"] = "auto"


@dataclass(frozen=True, slots=True)
class SessionSettings:
    language: str = "fr"
    idle_seconds: int = 90
    answer_seconds: int = 30
    pause_minutes: int = 10
    goodbye_seconds: int = 4


@dataclass(frozen=True, slots=True)
class HelpSettings:
    person: str = ""
    wait_minutes: int = 0
    phone: str = ""


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    engine: Literal["pyttsx3", "none"] = "pyttsx3"
    cache_mb: int = 200
    device: str = ""


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    kind: Literal["folder", "cups", "none"] = "folder"
    queue: str = ""
    folder: Path = Path("var/receipts")
    paper: Literal["a4", "ticket"] = "a4"


@dataclass(frozen=True, slots=True)
class JournalSettings:
    path: Path = Path("var/journal.db")


@dataclass(frozen=True, slots=True)
class ContentSettings:
    path: Path = Path("content/procedures")


@dataclass(frozen=True, slots=True)
class PageSettings:
    port: int = 8137


@dataclass(frozen=True, slots=True)
class Settings:
    """All of ``kiosk.toml``. Paths are absolute once loaded: they are relative to the file."""

    site: SiteSettings = field(default_factory=SiteSettings)
    screen: ScreenSettings = field(default_factory=ScreenSettings)
    session: SessionSettings = field(default_factory=SessionSettings)
    help: HelpSettings = field(default_factory=HelpSettings)
    voice: VoiceSettings = field(default_factory=VoiceSettings)
    printer: PrinterSettings = field(default_factory=PrinterSettings)
    journal: JournalSettings = field(default_factory=JournalSettings)
    content: ContentSettings = field(default_factory=ContentSettings)
    page: PageSettings = field(default_factory=PageSettings)
