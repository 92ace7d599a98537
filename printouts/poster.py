# SPDX-License-Identifier: EUPL-1.2
"""The poster of the waiting room, as plain data: a few figures of a month, each in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Sheet(StrEnum):
    """How large it is printed."""

    A4 = "a4"
    A3 = "a3"


@dataclass(frozen=True, slots=True)
class PosterFigure:
    """A number, with its unit if it has one, and the sentence that it begins."""

    number: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PosterFace:
    """One of the three faces: "happy", "neutral" or "unhappy"; what it is called, and how many touched it."""

    face: str
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class Poster:
    """What hangs on the wall. No figure here is one that could show somebody: who fills it in sees to that."""

    title: str
    site: str
    site_details: tuple[str, ...]
    figures: tuple[PosterFigure, ...]
    faces_title: str
    faces: tuple[PosterFace, ...]
    left_out: tuple[str, ...]
    """What is not shown, and why, a sentence each."""
    opinion_title: str
    opinion: tuple[str, ...]
    """How to give one's opinion, a sentence each."""
    opinion_url: str
    """Also drawn as a QR code; "" for none."""
    sheet: Sheet
    printed_on: date
    language: str = "fr"
