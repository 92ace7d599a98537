# SPDX-License-Identifier: EUPL-1.2
"""The figures as files: for the site, all of them; for everybody, what names nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from assist.review import open_data
from assist.review.indicators import INDICATORS
from assist.server.review import availability, reading
from assist.server.review.asked import Wanted
from assist.server.review.publishing import told_of_all
from assist.server.spreadsheets import Cell, Sheet

_PUBLIC = ("site", *open_data.COLUMNS, "fixed_on")
_DAYS = ("day", "procedure", *reading.COUNTS)


def days(transaction: Session, wanted: Wanted) -> Sheet:
    """A line a day and procedure, with every count; the procedure is empty where nothing was chosen."""
    rows = ([f"{day}", procedure, *counts.values()] for day, procedure, counts in reading.by_day(transaction, wanted))
    return Sheet("Jours", _DAYS, rows)


def sheets(transaction: Session, wanted: Wanted, titles: Mapping[str, str]) -> Iterator[Sheet]:
    """The workbook: indicators with their definitions, days, what the procedures are called, and the kiosks."""
    yield Sheet(
        "Indicateurs",
        ("code", "nom", "valeur", "unité", "sur combien", "définition", "calcul", "source"),
        _indicators(transaction, wanted),
    )
    yield days(transaction, wanted)
    yield Sheet("Démarches", ("code", "titre"), titles.items())
    yield availability.sheet(transaction, wanted)


def public(transaction: Session, site: str, now: datetime) -> Sheet:
    """What may be published (:mod:`assist.review.open_data`), fixed by this if it was not."""
    rows = (
        (site, *record.cells, f"{month.fixed_on}")
        for month in told_of_all(transaction, now)
        for record in month.records
    )
    return Sheet("Données ouvertes", _PUBLIC, rows)


def _indicators(transaction: Session, wanted: Wanted) -> Iterator[list[Cell]]:
    sums = reading.sums(transaction, wanted)
    for one in INDICATORS:
        value = one.measure(sums)
        yield [one.id, one.name, value.number, one.unit, value.of, one.definition, one.formula, one.source]
