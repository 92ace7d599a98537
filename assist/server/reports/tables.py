# SPDX-License-Identifier: EUPL-1.2
"""What the server keeps of reports: each for twelve months, then how many there were."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import String, func, select
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.types import TypeDecorator

from assist.desk.report.codes import (
    AdministrativeTheme,
    Age,
    Autonomy,
    CraType,
    Equipment,
    Level,
    Place,
    Referral,
    Status,
    Theme,
)
from assist.desk.report.cra import LONGEST_NOTE, Cra
from assist.server.database import Table, Utc

_CODE = String(40)


class Codes(TypeDecorator[tuple[str, ...]]):
    """Several codes in one text, a space before and after each: one of them is found by ``" code "``."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        return "".join(f" {code}" for code in value or ()) + " "

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        return tuple((value or "").split())


class CraRow(Table):
    """One report. Nothing in it tells who the person is."""

    __tablename__ = "cra"

    id: Mapped[str] = mapped_column(_CODE, primary_key=True)
    session: Mapped[str | None] = mapped_column(String(64), unique=True)
    """The kiosk's session that it tells; None for help without a kiosk. A session has one report at most."""
    mediator: Mapped[str] = mapped_column(_CODE, index=True)
    """A staff member's identifier."""
    written_at: Mapped[dt.datetime] = mapped_column(Utc)
    changed_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    written_on: Mapped[int] = mapped_column()
    """The last :class:`LivedDay` before it was written: what its age is counted from."""
    date: Mapped[dt.date] = mapped_column(index=True)
    minutes: Mapped[int] = mapped_column()
    type: Mapped[str] = mapped_column(_CODE)
    place: Mapped[str] = mapped_column(_CODE)
    city: Mapped[str] = mapped_column(String(5))
    equipment: Mapped[tuple[str, ...]] = mapped_column(Codes(200))
    themes: Mapped[tuple[str, ...]] = mapped_column(Codes(800))
    administrative_themes: Mapped[tuple[str, ...]] = mapped_column(Codes(400))
    autonomy: Mapped[str | None] = mapped_column(_CODE)
    level: Mapped[str | None] = mapped_column(_CODE)
    people: Mapped[int] = mapped_column()
    age: Mapped[str] = mapped_column(_CODE)
    status: Mapped[str] = mapped_column(_CODE)
    referral: Mapped[str | None] = mapped_column(_CODE)
    follow_up: Mapped[bool] = mapped_column()
    procedures: Mapped[tuple[str, ...]] = mapped_column(Codes(1800))
    notes: Mapped[str] = mapped_column(String(LONGEST_NOTE))


class CraCount(Table):
    """How many reports of one month said one thing, once the reports themselves are gone."""

    __tablename__ = "cra_count"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    """As in "2026-12"."""
    field: Mapped[str] = mapped_column(_CODE, primary_key=True)
    """A field of the report, ``duration``, or ``all``."""
    code: Mapped[str] = mapped_column(String(80), primary_key=True)
    reports: Mapped[int] = mapped_column(default=0)
    people: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int] = mapped_column(default=0)


class LivedDay(Table):
    """A day on which the server ran, by its clock: what the age of a report is counted in."""

    __tablename__ = "cra_lived_day"

    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(Utc)


def last_lived(transaction: Session) -> int:
    """The number of the last one; 0 before the first."""
    return transaction.scalars(select(func.coalesce(func.max(LivedDay.number), 0))).one()


def put(row: CraRow, cra: Cra) -> None:
    """Write every field of ``cra`` into ``row``."""
    row.date, row.minutes, row.city, row.people = cra.date, cra.minutes, cra.city, cra.people
    row.type, row.place, row.age, row.status = cra.type.value, cra.place.value, cra.age.value, cra.status.value
    row.equipment = tuple(code.value for code in cra.equipment)
    row.themes = tuple(code.value for code in cra.themes)
    row.administrative_themes = tuple(code.value for code in cra.administrative_themes)
    row.autonomy = cra.autonomy and cra.autonomy.value
    row.level = cra.level and cra.level.value
    row.referral = cra.referral and cra.referral.value
    row.follow_up, row.procedures, row.notes = cra.follow_up, cra.procedures, cra.notes


def cra_of(row: CraRow) -> Cra:
    """The report that ``row`` holds."""
    return Cra(
        date=row.date,
        minutes=row.minutes,
        type=CraType(row.type),
        place=Place(row.place),
        city=row.city,
        equipment=tuple(Equipment(code) for code in row.equipment),
        themes=tuple(Theme(code) for code in row.themes),
        administrative_themes=tuple(AdministrativeTheme(code) for code in row.administrative_themes),
        autonomy=Autonomy(row.autonomy) if row.autonomy else None,
        level=Level(row.level) if row.level else None,
        people=row.people,
        age=Age(row.age),
        status=Status(row.status),
        referral=Referral(row.referral) if row.referral else None,
        follow_up=row.follow_up,
        procedures=row.procedures,
        notes=row.notes,
    )
