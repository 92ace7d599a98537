# SPDX-License-Identifier: EUPL-1.2
"""The first draft of a report, from what happened in a session."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import content
from assist.desk.report.codes import AdministrativeTheme, Autonomy, CraType, Equipment, Place, Referral, Theme
from assist.desk.report.codes import duration_class as span
from assist.desk.report.cra import wrongs
from assist.desk.report.drafting import Happened, draft, rounded
from assist.desk.report.subjects import subjects
from assist.journal.serialise import payload_of
from assist.session import commands as c
from assist.session.events import EVENT_TYPES, journalled_fields
from assist.session.machine import run
from assist.session.state import Phase, SessionState
from content.loader import load_catalogue
from content.model import Catalogue, Procedure
from tests.assist.test_machine import BEGIN, PROCEDURE, command, intents

NINE = datetime(2026, 12, 1, 8, tzinfo=UTC)
NOW = NINE + timedelta(hours=4)
PARIS = ZoneInfo("Europe/Paris")


@cache
def catalogue() -> Catalogue:
    return load_catalogue(Path(content.__file__).parent / "procedures")


def named(procedure: str) -> Procedure | None:
    return PROCEDURE if procedure == PROCEDURE.id else catalogue().get(procedure)


def at(minutes: float, kind: str, **payload: object) -> Happened:
    return Happened(NINE + timedelta(minutes=minutes), kind, payload)


def picked(minutes: float, procedure: str) -> Happened:
    return at(minutes, "procedure.picked", procedure=procedure, content_hash="h")


HELPED = (
    at(0, "session.started", session="s", language="fr", mode="kiosk", origin="touch"),
    picked(1, "carte-identite"),
    at(1, "step.shown", step="pour-qui", recorded=""),
    at(2, "help.called", step="pour-qui"),
    at(5, "help.joined", step="pour-qui"),
    at(6, "help.acted", step="pour-qui", act="point"),
    at(7, "step.chosen", step="pour-qui", recorded="moi"),
    at(28, "step.continued", step="x"),
    at(28.5, "help.ended", step="x"),
    at(90, "session.ended", ending="done", duration=">30"),
)


def test_a_helped_session_is_told_without_a_question() -> None:
    cra = draft(HELPED, named, NOW, PARIS)
    assert (cra.date, cra.minutes, cra.type, cra.place) == (
        date(2026, 12, 1), 20, CraType.INDIVIDUEL, Place.LIEU_ACTIVITE,
    )  # fmt: skip
    assert cra.equipment == (Equipment.BORNE,)
    assert cra.themes == (Theme.AIDE_AUX_DEMARCHES_ADMINISTRATIVES,)
    assert cra.administrative_themes == (AdministrativeTheme.PAPIERS_ELECTIONS_CITOYENNETE,)
    assert (cra.autonomy, cra.follow_up, cra.procedures) == (
        Autonomy.PARTIELLEMENT_AUTONOME, False, ("carte-identite",),
    )  # fmt: skip
    assert cra.notes == cra.city == ""
    assert wrongs(cra, date(2026, 12, 1)) == ()


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [(0, 1), (59, 1), (119, 1), (14 * 60 + 59, 14), (15 * 60, 15), (29 * 60, 25), (44 * 60, 40), (9**9, 23 * 60 + 59)],
)
def test_durations_are_rounded_down(seconds: int, minutes: int) -> None:
    assert rounded(timedelta(seconds=seconds)) == minutes


@given(st.integers(60, 86_000))
def test_rounding_takes_nothing_away_from_the_statistics(seconds: int) -> None:
    minutes = rounded(timedelta(seconds=seconds))
    assert seconds // 60 - 5 < minutes <= seconds // 60
    assert span(minutes) is span(seconds // 60)


def test_a_mediator_who_comes_twice_is_counted_twice_and_a_clock_that_jumps_is_not() -> None:
    events = (
        picked(0, "rsa"),
        at(1, "help.joined"),
        at(11, "help.ended"),
        at(40, "help.joined"),
        at(-5000, "step.continued", step="x"),
        at(-4995, "help.ended"),
        at(9**6, "session.ended", ending="done"),
    )
    assert draft(events, named, NOW, PARIS).minutes == 15
    assert draft((at(0, "help.joined"), at(9**6, "help.ended")), named, NOW, PARIS).minutes == 60


def test_a_day_that_cannot_be_is_today() -> None:
    for wrong in (timedelta(days=3650), timedelta(days=-3650)):
        events = [Happened(one.time + wrong, one.type, one.payload) for one in HELPED]
        assert draft(events, named, NOW, PARIS).date == date(2026, 12, 1)
    late = Happened(datetime(2026, 11, 30, 23, 30, tzinfo=UTC), "help.joined", {})
    assert draft([late], named, NOW, PARIS).date == date(2026, 12, 1)


def test_autonomy_says_who_pressed() -> None:
    press = at(8, "help.acted", step="x", act="choose")
    assert draft((*HELPED[:6], press, *HELPED[6:]), named, NOW).autonomy is Autonomy.ENTIEREMENT_ACCOMPAGNE
    more = [at(9, "step.continued", step=str(n)) for n in range(3)]
    assert draft((*HELPED[:6], press, *more, *HELPED[6:]), named, NOW).autonomy is Autonomy.PARTIELLEMENT_AUTONOME
    alone = [one for one in HELPED if one.type not in ("help.joined", "help.ended", "help.acted")]
    assert draft(alone, named, NOW).autonomy is Autonomy.AUTONOME


def test_help_apart_from_the_kiosk_counts_when_nobody_joined_at_it() -> None:
    apart = (NINE + timedelta(hours=2), NINE + timedelta(hours=2, minutes=17))
    called_back = draft((HELPED[1], *HELPED[2:4], HELPED[-1]), named, NOW, PARIS, apart=apart)
    assert (called_back.minutes, called_back.autonomy) == (15, Autonomy.PARTIELLEMENT_AUTONOME)
    assert draft(HELPED, named, NOW, PARIS, apart=apart).minutes == 20
    assert draft((), named, NOW, PARIS, apart=apart[::-1]).minutes == 1


def test_only_what_was_helped_with_is_told() -> None:
    events = (
        picked(0, "voter"),
        at(1, "step.back", step=""),
        picked(2, "rsa"),
        at(3, "help.joined"),
        at(9, "help.ended"),
    )
    assert draft(events, named, NOW).procedures == ("rsa",)
    assert draft(events[:3], named, NOW).procedures == ("voter", "rsa")


def test_a_course_is_no_procedure_and_a_scam_is_a_lesson_too() -> None:
    course = draft((picked(0, "premiers-gestes"), at(1, "step.shown", step="email", recorded="")), named, NOW)
    assert course.themes == (Theme.PRENDRE_EN_MAIN_DU_MATERIEL, Theme.EMAIL)
    assert course.administrative_themes == ()
    scam = draft((picked(0, "arnaque"),), named, NOW)
    assert scam.themes == (Theme.SECURITE_NUMERIQUE, Theme.AIDE_AUX_DEMARCHES_ADMINISTRATIVES)
    assert scam.administrative_themes == (AdministrativeTheme.JUSTICE,)


def test_what_is_not_known_here_is_a_procedure_all_the_same() -> None:
    cra = draft((picked(0, "F99999"),), named, NOW)
    assert (cra.themes, cra.administrative_themes) == ((Theme.AIDE_AUX_DEMARCHES_ADMINISTRATIVES,), ())
    assert cra.procedures == ("F99999",)


def test_the_place_of_the_road_map_is_the_referral_and_what_is_missing_the_follow_up() -> None:
    events = (
        picked(0, PROCEDURE.id),
        at(1, "step.shown", step="mairie", recorded=""),
        at(2, "step.ticked", step="pieces", recorded="photo", recorded_possession="missing"),
    )
    cra = draft(events, named, NOW)
    assert (cra.referral, cra.follow_up) == (Referral.ADMINISTRATION, True)
    found = at(3, "step.ticked", step="pieces", recorded="photo", recorded_possession="have")
    stuck = at(4, "step.reported", step="demande", outcome="stuck")
    done = at(5, "step.reported", step="demande", outcome="done")
    assert [draft((*events, found, *more), named, NOW).follow_up for more in ((), (stuck,), (stuck, done))] == [
        False, True, False,
    ]  # fmt: skip
    assert draft((picked(0, "voter"),), named, NOW).referral is None


def test_every_place_and_every_line_of_the_table_is_known() -> None:
    for name, subject in subjects().procedures.items():
        procedure = catalogue().get(name)
        assert procedure is not None, name
        assert set(subject.steps) <= set(procedure.steps), name
    places = {
        s.place for name in catalogue().procedures for s in catalogue().procedures[name]["fr"].steps.values() if s.place
    }
    unknown = [place.name for place in places if subjects().referral(place) is Referral.AUTRE]
    assert len(unknown) < len(places) / 3
    home = next(place for place in places if "France Services" in place.name)
    assert subjects().referral(home) is None


# Whatever happens, the draft may be kept.

SMALL = st.sampled_from(
    ["", "x", "pieces", "mairie", "fin", "photo", "missing", "stuck", "choose", "carte-identite", PROCEDURE.id]
)
KINDS = st.sampled_from([*EVENT_TYPES, "never.seen"])
KEYS = sorted({name for kind in EVENT_TYPES.values() for name in journalled_fields(kind)})
PAYLOADS = st.none() | st.dictionaries(
    st.sampled_from(KEYS), SMALL | st.integers() | st.none() | st.lists(SMALL, max_size=2)
)
MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC)) | st.builds(
    lambda minutes: NINE + timedelta(minutes=minutes), st.floats(-60, 240)
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.builds(Happened, MOMENTS, KINDS, PAYLOADS), max_size=30))
def test_any_events_draft_a_report_that_can_be_kept(events: list[Happened]) -> None:
    assert wrongs(draft(events, named, NOW, PARIS), NOW.astimezone(PARIS).date()) == ()


def lived(sequence: list[c.Intent]) -> Iterator[Happened]:
    """The rows of one session of the machine itself."""
    state = SessionState()
    for n, intent in enumerate((BEGIN, *sequence)):
        state, events = run(state, command(intent))
        for event in events:
            payload: dict[str, Any] = json.loads(payload_of(event))
            yield Happened(NINE + timedelta(seconds=20 * n), event.description.type, payload)
        if state.phase is Phase.OVER:
            return


@settings(max_examples=150, deadline=None)
@given(st.lists(intents, max_size=60))
def test_any_session_drafts_a_report_that_can_be_kept(sequence: list[c.Intent]) -> None:
    events = list(lived(sequence))
    cra = draft(events, named, NOW, PARIS)
    assert wrongs(cra, NOW.astimezone(PARIS).date()) == ()
    assert timedelta(minutes=cra.minutes) <= max(events[-1].time - events[0].time, timedelta(minutes=1))
