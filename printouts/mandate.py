# SPDX-License-Identifier: EUPL-1.2
"""The papers of a mandate, as plain data: the mandate in two copies to sign, the end of one, and what is kept of it.

Unlike a receipt, they name a person: who makes one lets go of it as soon as it is printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Part:
    """A title, sentences, and the list that ends them."""

    title: str
    sentences: tuple[str, ...]
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Who gives the mandate."""

    name: str
    """First name and last name."""
    born: date
    contact: str = ""


@dataclass(frozen=True, slots=True)
class MandatePaper:
    """A mandate, printed for who gives it and for the place that has it."""

    title: str
    number: str
    """As it is read: "ABCD 2345"."""
    site: str
    site_details: tuple[str, ...]
    person: Person
    mediator: str
    parts: tuple[Part, ...]
    agreement: Part
    agreed: str
    """When and how she agreed, in a sentence."""
    ended: str
    """Why and when it is over, in a sentence; "" while it goes on."""
    text_date: date
    text_digest: str
    """SHA-256, in hexadecimal, of the text that was agreed to."""
    attestation: str
    """What the QR code holds."""
    printed_on: date
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class AccessPaper:
    """Everything that a place keeps about who gave a mandate, for her."""

    title: str
    number: str
    site: str
    site_details: tuple[str, ...]
    person: Person
    mediator: str
    parts: tuple[Part, ...]
    printed_on: date
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class RevocationPaper:
    """The end of a mandate, or of one domain of it, as the person wished."""

    title: str
    number: str
    site: str
    site_details: tuple[str, ...]
    person: Person
    mediator: str
    sentences: tuple[str, ...]
    ended: tuple[str, ...]
    """The domains that may not be used any more, each with its moment."""
    left: tuple[str, ...]
    """Those that may still be used."""
    printed_on: date
    language: str = "fr"
