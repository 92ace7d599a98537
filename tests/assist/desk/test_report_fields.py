# SPDX-License-Identifier: EUPL-1.2
"""What a report may say, what is refused, and that its texts give it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.desk.report.codes import (
    DURATION_BUTTONS,
    AdministrativeTheme,
    Age,
    Autonomy,
    Coded,
    CraType,
    DurationClass,
    Equipment,
    Level,
    Place,
    Referral,
    Status,
    Theme,
    duration_class,
)
from assist.desk.report.cra import KEPT_DAYS, LONGEST, Cra, tidy, wrongs
from assist.desk.report.duplicates import alike
from assist.desk.report.fields import BY_NAME, FIELDS, read, texts_of
from content.model import THEMES

TODAY = date(2026, 12, 1)
PLAIN = Cra(TODAY, 30, themes=(Theme.EMAIL,))


def test_the_codes_are_those_of_the_field() -> None:
    codes = {kind: " ".join(kind) for kind in (CraType, Place, Equipment, Autonomy, Level, Age, Status, Referral)}
    assert codes == {
        CraType: "individuel collectif",
        Place: "lieu_activite domicile a_distance autre",
        Equipment: "borne ordinateur telephone tablette autre aucun",
        Autonomy: "entierement_accompagne partiellement_autonome autonome",
        Level: "debutant intermediaire avance",
        Age: "<12 12–17 18–24 25–39 40–59 60–69 70+ non_communique",
        Status: "retraite sans_emploi en_emploi scolarise non_communique",
        Referral: "administration mediation_numerique operateur_ou_organisme_en_charge aide_sociale"
        " insertion_professionnelle aide_aux_demarches_administratives autre",
    }
    assert len(Theme) == 19
    assert list(Theme)[-1] is Theme.AIDE_AUX_DEMARCHES_ADMINISTRATIVES
    assert tuple(AdministrativeTheme) == THEMES
    assert DURATION_BUTTONS == (15, 30, 45, 60, 90, 120)
    assert [duration_class(minutes) for minutes in (29, 30, 60, 120)] == list(DurationClass)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": LONGEST + 1}, "minutes"),
        ({"date": TODAY + timedelta(days=1)}, "date"),
        ({"date": TODAY - timedelta(days=KEPT_DAYS + 1)}, "date"),
        ({"themes": ()}, "themes"),
        ({"administrative_themes": (AdministrativeTheme.JUSTICE,)}, "administrative_themes"),
        ({"equipment": (Equipment.AUCUN, Equipment.BORNE)}, "equipment"),
        ({"people": 2}, "people"),
        ({"level": Level.DEBUTANT}, "level"),
        ({"type": CraType.COLLECTIF}, "people"),
        ({"type": CraType.COLLECTIF, "people": 501}, "people"),
        ({"type": CraType.COLLECTIF, "people": 5, "autonomy": Autonomy.AUTONOME}, "autonomy"),
        ({"type": CraType.COLLECTIF, "people": 5, "age": Age.FROM_70}, "age"),
        ({"city": "4604"}, "city"),
        ({"procedures": ("<script>",)}, "procedures"),
        ({"notes": "a" * 501}, "notes"),
        ({"notes": "Rappeler au 06 12 34 56 78"}, "notes"),
        ({"notes": "écrire à jeanne@exemple.fr"}, "notes"),
        ({"notes": "a\u202eb"}, "notes"),
    ],
)
def test_what_is_wrong_is_said_with_its_field(change: dict[str, object], field: str) -> None:
    (wrong,) = wrongs(replace(PLAIN, **change), TODAY)  # type: ignore[arg-type]
    assert wrong.field == field
    assert field in BY_NAME
    assert wrong.why.endswith(".")
    assert ":" in wrong.why or ", " in wrong.why


@pytest.mark.parametrize("minutes", [1, LONGEST])
@pytest.mark.parametrize("city", ["", "46042", "2A004", "97105", "98818"])
def test_what_is_at_the_edge_is_kept(minutes: int, city: str) -> None:
    cra = replace(PLAIN, minutes=minutes, city=city, notes="Revient mardi avec sa carte de 2019.")
    assert wrongs(cra, TODAY) == ()


def some(kind: type[Coded]) -> st.SearchStrategy[tuple[Coded, ...]]:
    return st.lists(st.sampled_from(list(kind)), unique=True, max_size=4).map(tuple)


REPORTS = st.builds(
    Cra,
    date=st.dates(TODAY - timedelta(days=KEPT_DAYS), TODAY),
    minutes=st.integers(1, LONGEST),
    type=st.sampled_from(CraType),
    place=st.sampled_from(Place),
    city=st.sampled_from(["", "46042", "2B033"]),
    equipment=some(Equipment).filter(lambda chosen: Equipment.AUCUN not in chosen or len(chosen) == 1),
    themes=some(Theme).map(lambda chosen: (*chosen, Theme.AIDE_AUX_DEMARCHES_ADMINISTRATIVES)),
    administrative_themes=some(AdministrativeTheme),
    autonomy=st.none() | st.sampled_from(Autonomy),
    level=st.none() | st.sampled_from(Level),
    people=st.integers(2, 500),
    age=st.sampled_from(Age),
    status=st.sampled_from(Status),
    referral=st.none() | st.sampled_from(Referral),
    follow_up=st.booleans(),
    procedures=st.lists(st.sampled_from(["rsa", "F123", "carte-identite"]), unique=True).map(tuple),
    notes=st.sampled_from(["", "@ midi", "=1+1", "'-2 fois'", "+ tard	mardi", '<b>"&;', "L’été, déjà"])
    | st.text("ab =+-';", max_size=9),
).map(tidy)
"""Reports that may be kept."""


@given(REPORTS)
def test_the_texts_of_a_report_give_it_back(cra: Cra) -> None:
    assert read(texts_of(cra), TODAY) == (cra, ())
    assert list(texts_of(cra)) == [field.name for field in FIELDS]


@given(
    st.dictionaries(
        st.sampled_from([*BY_NAME, "x"]), st.lists(st.text(max_size=8) | st.sampled_from(list(Theme)), max_size=3)
    )
)
def test_whatever_is_sent_gives_a_report_that_may_be_kept_or_says_why(texts: dict[str, list[str]]) -> None:
    cra, wrong = read(texts, TODAY)
    assert (cra is None) == bool(wrong)
    if cra is not None:
        assert wrongs(cra, TODAY) == ()
        assert read(texts_of(cra), TODAY) == (cra, ())


def test_what_is_missing_is_asked_for() -> None:
    cra, wrong = read({}, TODAY)
    assert cra is None
    assert [one.field for one in wrong] == ["date", "minutes"]
    _, wrong = read({"date": ["2026-12-01"], "minutes": ["15"], "themes": ["cuisine"], "age": ["100"]}, TODAY)
    assert [one.field for one in wrong] == ["themes", "age"]


def test_two_reports_of_one_help_are_alike() -> None:
    assert alike(PLAIN, replace(PLAIN, minutes=40, place=Place.DOMICILE))
    for other in (
        replace(PLAIN, minutes=41),
        replace(PLAIN, date=TODAY - timedelta(days=1)),
        replace(PLAIN, themes=(Theme.SANTE,)),
        replace(PLAIN, type=CraType.COLLECTIF),
    ):
        assert not alike(PLAIN, other)
