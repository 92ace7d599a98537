# SPDX-License-Identifier: EUPL-1.2
"""The settings of one kiosk, as typed data. ``kiosk.toml`` is their file."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import content
from content.text_rules import forbidden_characters, shown
from content.toml_source import TomlDocument, TomlFault, read
from kiosk.words import LANGUAGES

_LANGUAGE = MappingProxyType({"accepted": tuple(LANGUAGES)})


def _within(default: int, least: int, most: int) -> Any:
    """A whole number with bounds, both included."""
    return field(default=default, metadata=MappingProxyType({"least": least, "most": most}))


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """Where the kiosk stands."""

    name: str = "Pas à pas"
    details: tuple[str, ...] = ()
    kiosk: str = "borne-1"


@dataclass(frozen=True, slots=True)
class ScreenSettings:
    """The visible size of the display, in millimetres, and how pictograms are drawn."""

    width_mm: int = _within(527, 100, 3000)
    height_mm: int = _within(296, 60, 2000)
    pictograms: Literal["auto", "sixel", "blocks", "text"] = "auto"


@dataclass(frozen=True, slots=True)
class SessionSettings:
    """Times of a session. The answer to "Êtes-vous là ?" takes at least 20 s (WCAG 2.2, criterion 2.2.1)."""

    language: str = field(default="fr", metadata=_LANGUAGE)
    idle_seconds: int = _within(90, 10, 3600)
    answer_seconds: int = _within(30, 20, 600)
    pause_minutes: int = _within(10, 1, 120)
    goodbye_seconds: int = _within(4, 1, 60)


@dataclass(frozen=True, slots=True)
class HelpSettings:
    """Who can come when a person calls for help."""

    person: str = ""
    wait_minutes: int = _within(0, 0, 600)
    phone: str = ""


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """The speaking voice. ``rendered`` is the better voice that sentences are made with ahead of time."""

    engine: Literal["pyttsx3", "none"] = "pyttsx3"
    rendered: Literal["auto", "kokoro", "piper", "none"] = "auto"
    piper: Path | None = None
    cache_mb: int = _within(800, 10, 10_000)
    device: str = ""
    headphones: bool = False


@dataclass(frozen=True, slots=True)
class ListeningSettings:
    """The listening ear. ``auto``: Vosk when a French model is installed, else Whisper, else touch only."""

    engine: Literal["auto", "vosk", "whisper", "none"] = "auto"
    device: str = ""
    models: Path = Path("var/models")
    spare: bool = False
    """A second ear, its model loaded, that takes over at once: some 200 MB more."""


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    """Where receipts go."""

    kind: Literal["folder", "cups", "none"] = "folder"
    queue: str = ""
    folder: Path = Path("var/receipts")
    paper: Literal["a4", "ticket"] = "a4"


@dataclass(frozen=True, slots=True)
class JournalSettings:
    """The journal's database."""

    path: Path = Path("var/journal.db")


@dataclass(frozen=True, slots=True)
class ContentSettings:
    """The folder of the procedures; those of Pas à pas when the file names none. Drafts are for the laboratory."""

    path: Path = Path(content.__file__).parent / "procedures"
    drafts: Path = Path("var/drafts")
    official: Path | None = None
    """What ``kiosk content import-vosdroits`` wrote; an empty or absent folder gives nothing."""


@dataclass(frozen=True, slots=True)
class FindingSettings:
    """How a procedure is found, and a command. ``meaning``: by what a sentence means too, where that is installed."""

    meaning: Literal["auto", "off"] = "auto"


@dataclass(frozen=True, slots=True)
class PageSettings:
    """The touch page, on this machine only."""

    port: int = _within(8137, 1024, 65535)


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """The server of the site (``kiosk serve``), and how this kiosk reaches it.

    ``address`` empty: the one of this machine. ``keys`` holds the site's keys and those of its kiosks.
    """

    run: bool = True
    address: str = ""
    host: str = "127.0.0.1"
    port: int = _within(8138, 1024, 65535)
    database: str = ""
    """A SQLAlchemy address; empty: SQLite, ``site.db`` in ``keys``' parent."""
    keys: Path = Path("var/keys")
    certificate: Path | None = None
    """With ``private_key``: TLS. Required as soon as ``host`` is not this machine alone."""
    private_key: Path | None = None


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """The identity provider that the staff may come in by; no ``issuer``: none."""

    issuer: str = ""
    client: str = ""
    secret_file: Path | None = None
    """A file whose first line is the secret."""
    acr: str = ""
    """Strengths of identity check that are accepted, with spaces between; empty for any."""
    name: str = "ProConnect"


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The mail server by which the site's server tells of alerts; no ``host``: none."""

    host: str = ""
    port: int = _within(587, 1, 65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    secret_file: Path | None = None
    """A file whose first line is the password."""
    certificate: Path | None = None
    """A certificate (PEM) to believe beside those of the system."""
    sender: str = ""
    to: tuple[str, ...] = ()
    every_minutes: int = _within(15, 1, 1440)
    """Between two mails, at least."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All of ``kiosk.toml``. Paths are absolute once loaded: in the file they are relative to the file."""

    site: SiteSettings = field(default_factory=SiteSettings)
    screen: ScreenSettings = field(default_factory=ScreenSettings)
    session: SessionSettings = field(default_factory=SessionSettings)
    help: HelpSettings = field(default_factory=HelpSettings)
    voice: VoiceSettings = field(default_factory=VoiceSettings)
    listening: ListeningSettings = field(default_factory=ListeningSettings)
    printer: PrinterSettings = field(default_factory=PrinterSettings)
    journal: JournalSettings = field(default_factory=JournalSettings)
    content: ContentSettings = field(default_factory=ContentSettings)
    finding: FindingSettings = field(default_factory=FindingSettings)
    page: PageSettings = field(default_factory=PageSettings)
    server: ServerSettings = field(default_factory=ServerSettings)
    oidc: OidcSettings = field(default_factory=OidcSettings)
    mail: MailSettings = field(default_factory=MailSettings)


@dataclass(frozen=True, slots=True)
class ConfigProblem:
    """One thing wrong in ``kiosk.toml``: where, and what is accepted there."""

    file: Path
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{where} : {self.key} : {self.message}" if self.key else f"{where} : {self.message}"


def load_settings(path: Path) -> Settings | list[ConfigProblem]:
    """The settings in ``path``, or everything that is wrong there."""
    document = read(path)
    if isinstance(document, TomlFault):
        return [ConfigProblem(path, document.line, "", document.message)]
    reader = _Reader(path, document)
    settings = reader.table(Settings, document.data, ())
    return reader.problems or settings


@cache
def _types(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


class _Reader:
    """Turns tables into settings, and gathers every problem on the way."""

    def __init__(self, path: Path, document: TomlDocument) -> None:
        self.path = path
        self.document = document
        self.problems: list[ConfigProblem] = []

    def table(self, cls: type, data: object, at: tuple[str, ...]) -> Any:
        """``cls`` filled from ``data``; the default stands wherever there is a problem."""
        if not isinstance(data, dict):
            self._problem(at, f"une table est attendue : [{'.'.join(at)}]")
            return cls()
        known = {f.name: f for f in fields(cls)}
        for name in data:
            if name not in known:
                self._problem((*at, name), _unknown(name, list(known)))
        types = _types(cls)
        values = {
            name: self._value(types[name], f.metadata, data.get(name, {}), (*at, name))
            for name, f in known.items()
            if name in data or is_dataclass(types[name])
        }
        return cls(**{name: value for name, value in values.items() if value is not None} | self._paths(cls, values))

    def _paths(self, cls: type, values: dict[str, Any]) -> dict[str, Path]:
        """Paths, made absolute from the folder of the file."""
        base = self.path.resolve().parent
        return {
            f.name: base / path
            for f in fields(cls)
            if _types(cls)[f.name] in (Path, Path | None)
            if isinstance(path := values.get(f.name) or f.default, Path)
        }

    def _value(self, expected: Any, bounds: Any, value: object, at: tuple[str, ...]) -> Any:
        """``value`` as ``expected``, or None once a problem is noted."""
        if fault := _unsafe(value):
            return self._problem(at, fault)
        if is_dataclass(expected):
            return self.table(expected, value, at)  # type: ignore[arg-type]
        if get_origin(expected) is Literal:
            accepted = get_args(expected)
            return value if value in accepted else self._problem(at, f"valeurs possibles : {_quoted(accepted)}")
        if expected is int:
            least, most = bounds.get("least"), bounds.get("most")
            if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
                return value
            return self._problem(at, f"un nombre entier de {least} à {most} est attendu")
        if expected is bool:
            return value if isinstance(value, bool) else self._problem(at, "true ou false est attendu")
        if expected == Path | None:
            return (
                Path(value)
                if isinstance(value, str) and value
                else None
                if value == ""
                else self._problem(at, 'un chemin est attendu : "…"')
            )
        if expected is str:
            accepted = bounds.get("accepted", (value,))
            if isinstance(value, str):
                return value if value in accepted else self._problem(at, f"valeurs possibles : {_quoted(accepted)}")
            return self._problem(at, 'un texte entre guillemets est attendu : "…"')
        if expected is Path:
            return Path(value) if isinstance(value, str) and value else self._problem(at, 'un chemin est attendu : "…"')
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        return self._problem(at, 'une liste de textes est attendue : ["…", "…"]')

    def _problem(self, at: tuple[str, ...], message: str) -> None:
        self.problems.append(ConfigProblem(self.path, self.document.line(at), shown(".".join(at)), message))


def _unsafe(value: object) -> str:
    """The first character of a text, or of a list of texts, that could command a terminal or hide something."""
    texts: list[object] = value if isinstance(value, list) else [value]
    faults = (fault for text in texts if isinstance(text, str) for _, fault in forbidden_characters(text))
    return next((fault.message for fault in faults), "")


def _quoted(values: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f'"{value}"' for value in values)


def _unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    hint = f"vouliez-vous écrire « {near[0]} » ? " if near else ""
    return f"réglage inconnu ; {hint}réglages possibles : {', '.join(known)}"
