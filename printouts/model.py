# SPDX-License-Identifier: EUPL-1.2
"""What goes home, as plain data. A receipt knows nothing of sessions, and carries nothing personal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from printouts.appointment import AppointmentPaper


class Paper(StrEnum):
    """The papers a receipt can be laid out for."""

    A4 = "a4"
    TICKET = "ticket"
    """A roll 80 mm wide."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its pictogram (a file, PNG or SVG; None to print the text alone)."""

    text: str
    pictogram: Path | None = None
    alternative: str = ""
    """What the pictogram shows, for a screen reader; "" when it only decorates."""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document to bring: ticked when the person said she has it; else where to get it."""

    name: str
    have: bool
    where: tuple[str, ...] = ()
    pictogram: Path | None = None


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """Where to go or whom to call."""

    text: str
    name: str = ""
    phone: str = ""
    phone_note: str = ""
    hours: str = ""
    url: str = ""
    pictogram: Path | None = None


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """By what date; becomes a line and a QR code of an iCalendar event."""

    text: str
    due: date
    pictogram: Path | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """All that a receipt says, in one language, and the same in French when that is another."""

    language: str
    code: str
    """The number of the paper: random, sixteen signs, tied to nothing personal."""
    title: str
    printed_on: date
    site: str
    site_details: tuple[str, ...]
    """Address, hours and phone of this place, from the configuration."""
    do: tuple[Line, ...]
    bring: tuple[DocumentLine, ...]
    where: tuple[PlaceLine, ...]
    when: tuple[Line, ...]
    cost: tuple[Line, ...]
    deadlines: tuple[DeadlineLine, ...]
    contacts: tuple[PlaceLine, ...]
    source: str
    source_url: str
    checked_on: date
    duplicate: bool = False
    draft: bool = False
    """Printed in a trial: its text has not been checked."""
    pictogram: Path | None = None
    credits: tuple[str, ...] = ()
    """For official words: who publishes each sheet, its licence, its number and its date; none for what we checked."""
    now: str = ""
    """How it stands, when the person has come back."""
    done: tuple[Line, ...] = ()
    """What is done already."""
    appointment: AppointmentPaper | None = None
    """The next time that the person comes here."""
    french: Receipt | None = None
    """The same again in French, after it, for the counter: the person shows it, the agent reads it."""


class JobState(StrEnum):
    """How a print job stands. The last five are final."""

    PRINTING = "printing"
    DONE = "done"
    NO_PRINTER = "no_printer"
    NO_PAPER = "no_paper"
    OFFLINE = "offline"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """Whether a printer can print now, in a sentence for the technician, and how to mend it."""

    ready: bool
    state: JobState
    message: str
    fix: str = ""


class Job(Protocol):
    """One document on its way to paper. It dies with its session."""

    def wait(self, timeout: float) -> JobState:
        """The final state, waiting at most ``timeout`` seconds; PRINTING when it is not over by then."""
        ...

    def cancel(self) -> None:
        """Stop it, remove it from the queue and wipe its file. Nothing of it is printed afterwards."""
        ...


class Printer(Protocol):
    """A place where a PDF becomes paper."""

    def submit(self, pdf: bytes, paper: Paper) -> Job:
        """Start printing. A job that cannot start is final at once; no exception."""
        ...

    def status(self) -> PrinterStatus:
        """How the printer is, asked within 5 seconds."""
        ...
