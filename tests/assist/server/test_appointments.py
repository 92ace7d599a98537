# SPDX-License-Identifier: EUPL-1.2
"""Appointments through the pages of the site's server, on both databases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from icalendar import Calendar
from sqlalchemy.exc import IntegrityError

from assist.server.appointments import store
from assist.server.appointments.retention import erase
from assist.server.appointments.tables import AppointmentRow
from assist.server.database import Database
from assist.server.reports.tables import LivedDay
from printouts.receipt_code import new_code
from tests.assist.server.forms import forms
from tests.assist.server.mandate_desk import CAMILLE, MANAGER, NOON, Desk, desk_at, said

MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)
"""Nine o'clock in Paris, two days after NOON."""
NINE = "2026-11-30T08:00Z"
HOURS = {"weekday": "0", "begins": "09:00", "ends": "12:00", "minutes": "30", "places": "1"}


@pytest.fixture
def desk(tmp_path: Path, address: str) -> Iterator[Desk]:
    with desk_at(tmp_path, address) as desk:
        desk.member = MANAGER
        assert desk.post("/rendez-vous/horaires", **HOURS).status_code == 303
        desk.member = CAMILLE
        yield desk


def books(desk: Desk, begins: str = NINE, **fields: str) -> str:
    """Take a slot; the number of the appointment."""
    answer = desk.post("/rendez-vous", begins=begins, **fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].rpartition("/")[2]


def free(desk: Desk) -> list[str]:
    """What the buttons of the free slots send."""
    return re.findall(r'name="begins" value="([^"]+)"', desk.get("/rendez-vous/nouveau").text)


def test_two_taps_then_the_person_does_not_come(desk: Desk) -> None:
    assert 'href="/rendez-vous/nouveau"' in desk.get("/rendez-vous").text, "the first tap"
    (form,) = [one for one in forms(desk.get("/rendez-vous/nouveau").text) if one.action == "/rendez-vous"]
    assert set(form.buttons) == {"begins"}, "the second tap: each slot is a button, and nothing need be filled in"
    assert free(desk)[0] == NINE
    code = books(desk)
    assert free(desk)[0] == "2026-11-30T08:30Z"
    shown = desk.get(f"/rendez-vous/{code}").text
    assert "lundi 30\u00a0novembre\u00a02026, à 9\u00a0h" in shown
    assert desk.post(f"/rendez-vous/{code}/pas-venu").status_code == 409
    desk.clock = MONDAY + timedelta(minutes=10)
    listed = desk.get("/rendez-vous").text
    assert listed.index("Aujourd") < listed.index(f"/rendez-vous/{code}/pas-venu") < listed.index("jours suivants")
    assert desk.post(f"/rendez-vous/{code}/pas-venu").status_code == 303
    assert "Pas venu" in desk.get(f"/rendez-vous/{code}").text
    assert [act for act, about in desk.acts() if about == code] == ["appointment_booked", "appointment_missed"]


def test_a_cancelled_place_is_free_again(desk: Desk) -> None:
    first = books(desk, subject="carte-identite", language="en")
    assert "vient d'être pris" in said(desk.post("/rendez-vous", begins=NINE))
    assert desk.post(f"/rendez-vous/{first}/annuler").status_code == 303
    assert "déjà annulé" in said(desk.post(f"/rendez-vous/{first}/annuler"))
    second = books(desk)
    assert second != first
    assert desk.get(f"/rendez-vous?code={second[:4]}+{second[4:].lower()}").headers["location"].endswith(second)
    assert "Aucun rendez-vous n'a ce numéro" in desk.get("/rendez-vous?code=ABCD").text


def test_a_form_sent_twice_takes_one_place(desk: Desk) -> None:
    desk.member = MANAGER
    desk.post("/rendez-vous/horaires", **HOURS | {"weekday": "1", "places": "3"})
    (form,) = [one for one in forms(desk.get("/rendez-vous/nouveau").text) if one.action == "/rendez-vous"]
    number, tuesday = dict(form.hidden)["number"], "2026-12-01T08:00Z"
    assert books(desk, tuesday, number=number) == books(desk, tuesday, number=number) == number
    assert len([act for act, _ in desk.acts() if act == "appointment_booked"]) == 1
    other = books(desk, "2026-12-01T08:30Z", number=number)
    assert other != number, "an old page, another hour: another appointment"
    desk.post(f"/rendez-vous/{number}/annuler")
    assert books(desk, tuesday, number=number) not in (number, other)


def test_racing_for_the_last_place(desk: Desk) -> None:
    """Eight at once, on two places: two come through, the others are told."""
    desk.member = MANAGER
    afternoon = HOURS | {"begins": "14:00", "ends": "15:00", "minutes": "60", "places": "2"}
    assert desk.post("/rendez-vous/horaires", **afternoon).status_code == 303
    start = Barrier(8)

    def one(_: int) -> int:
        start.wait()
        return desk.post("/rendez-vous", begins="2026-11-30T13:00Z").status_code

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(one, range(8))) == [303, 303] + [409] * 6
    assert len([act for act, _ in desk.acts() if act == "appointment_booked"]) == 2


def test_the_database_itself_refuses_a_place_sold_twice(database: Database) -> None:
    def row(place: int | None) -> AppointmentRow:
        return AppointmentRow(
            code=new_code(), begins_at=MONDAY, ends_at=MONDAY + timedelta(minutes=30), place=place, subject="autre",
            language="fr", state="booked", booked_on=0,
        )  # fmt: skip

    with database.begin() as transaction:
        transaction.add_all([row(1), row(2), row(None), row(None)])
    with pytest.raises(IntegrityError), database.begin() as transaction:
        transaction.add(row(2))


def test_a_manager_changes_the_hours(desk: Desk) -> None:
    code = books(desk)
    desk.member = MANAGER
    assert "recouvrent" in said(desk.post("/rendez-vous/horaires", **HOURS))
    assert desk.post("/rendez-vous/horaires/fermer", day="2026-11-30").status_code == 303
    assert desk.post("/rendez-vous/horaires/fermer", day="2026-11-30").status_code == 303, "twice is once"
    page = desk.get("/rendez-vous/horaires").text
    assert "1 rendez-vous déjà pris ce jour-là" in page
    assert free(desk)[0].startswith("2026-12-07")
    assert desk.post("/rendez-vous/horaires/rouvrir", day="2026-11-30").status_code == 303
    assert free(desk)[0] == "2026-11-30T08:30Z"
    span = re.findall(r"/rendez-vous/horaires/([0-9a-f-]{36})/retirer", page)[0]
    assert desk.post(f"/rendez-vous/horaires/{span}/retirer").status_code == 303
    assert free(desk) == []
    assert "Aucun créneau libre" in desk.get("/rendez-vous/nouveau").text
    assert "Prévu" in desk.get(f"/rendez-vous/{code}").text, "what is taken stays taken"
    hour = HOURS | {"minutes": "60"}
    assert desk.post("/rendez-vous/horaires", **hour).status_code == 303
    assert free(desk)[0] == "2026-11-30T09:00Z", "the half hour that is taken holds the hour that replaces it"
    for wrong in ("2026-11-27", "2028-01-01"):
        assert "dans l'année" in said(desk.post("/rendez-vous/horaires/fermer", day=wrong)).replace("’", "'")


def test_the_file_for_a_calendar(desk: Desk) -> None:
    code = books(desk, subject="carte-identite")
    answer = desk.get(f"/rendez-vous/{code}/agenda.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.headers["cache-control"] == "no-store"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("dtstart") == MONDAY
    assert event.decoded("dtend") == MONDAY + timedelta(minutes=30)
    assert str(event["uid"]) == f"{code}@pas-a-pas"
    assert str(event["summary"]) == "Rendez-vous, France Services de Souillac"
    assert b"identit" not in answer.content.lower(), "what it is about stays on the paper"
    desk.post(f"/rendez-vous/{code}/annuler")
    (event,) = Calendar.from_ical(desk.get(f"/rendez-vous/{code}/agenda.ics").content).walk("VEVENT")
    assert (str(event["status"]), event["sequence"]) == ("CANCELLED", 1)


@pytest.mark.parametrize(
    "fields",
    [
        {"begins": "<script>alert(1)</script>"},
        {"begins": NINE, "subject": '"><script>alert(1)</script>'},
        {"begins": NINE, "language": "<script>"},
        {"begins": NINE, "subject": "\0"},
        {"begins": "9999-12-31T23:59Z"},
        {"begins": "2026-11-30T08:07Z"},
    ],
)
def test_hostile_words_book_nothing(desk: Desk, fields: dict[str, str]) -> None:
    answer = desk.post("/rendez-vous", **fields)
    assert answer.status_code in (409, 422)
    assert "<script>" not in answer.text
    assert [act for act, _ in desk.acts() if act == "appointment_booked"] == []


@pytest.mark.parametrize(
    "path", ["/rendez-vous/nouveau?procedure=%22%3E%3Cscript%3E", "/rendez-vous?code=%22%3E%3Cscript%3E"]
)
def test_an_address_writes_nothing_into_a_page(desk: Desk, path: str) -> None:
    answer = desk.get(path)
    assert answer.status_code == 200
    assert "<script>" not in answer.text


def test_an_unknown_number(desk: Desk) -> None:
    assert desk.get("/rendez-vous/22222222").status_code == 404
    assert desk.post("/rendez-vous/x/annuler").status_code == 404
    assert desk.get("/rendez-vous/x/papier").status_code == 404


def test_the_paper(desk: Desk) -> None:
    if desk.app.state.database.engine.dialect.name == "postgresql":
        pytest.skip("a paper is the same on both")
    answer = desk.get(f"/rendez-vous/{books(desk)}/papier?size=ticket")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")


def test_a_leap_of_the_clock_empties_no_diary(database: Database) -> None:
    def left() -> int:
        with database.begin() as transaction:
            return len(store.since(transaction, datetime(2000, 1, 1, tzinfo=UTC)))

    with database.begin() as transaction:
        transaction.add(
            AppointmentRow(
                code=new_code(), begins_at=MONDAY, ends_at=MONDAY, place=1, subject="autre", language="fr",
                state="booked", booked_on=1,
            )
        )  # fmt: skip
        transaction.add_all([LivedDay(number=n + 1, at=NOON + timedelta(days=n)) for n in range(3)])
    with database.begin() as transaction:
        erase(transaction, NOON + timedelta(days=3650))
    assert left() == 1
    with database.begin() as transaction:
        transaction.add_all([LivedDay(number=n + 10, at=NOON + timedelta(days=3650 + n)) for n in range(125)])
    with database.begin() as transaction:
        erase(transaction, NOON + timedelta(days=3650 + 125))
    assert left() == 0
