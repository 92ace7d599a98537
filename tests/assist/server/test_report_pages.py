# SPDX-License-Identifier: EUPL-1.2
"""The pages of reports: one tap for a session, a few without a kiosk, and nobody sees what is not theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from assist.desk.report.codes import Autonomy, CraType, Equipment, Theme
from assist.server.acts import ActRow, StaffAct
from assist.server.calls import Call
from assist.server.kiosks.tables import StoredEvent
from assist.server.reports import store
from assist.server.reports.sessions import report_address
from assist.server.reports.store import Kept, Wanted
from assist.server.staff_member import StaffMember
from tests.assist.server.forms import Form, forms
from tests.assist.server.report_site import ANNA, KARIM, LEA, NOON, ROSE, OpenSite, helped_session, open_site

WALK_IN = (("administrative_themes", "logement"), ("minutes", "15"))


@pytest.fixture
def site(address: str, tmp_path: Path) -> Iterator[OpenSite]:
    with open_site(address, tmp_path) as site:
        with site.database.begin() as transaction:
            helped_session(transaction, "s1", LEA)
        yield site


def page_form(site: OpenSite, member: StaffMember, address: str) -> Form:
    answer = site.as_(member).get(address)
    assert answer.status_code == 200, answer.text
    return next(form for form in forms(answer.text) if form.action.startswith("/reports"))


def write(site: OpenSite, member: StaffMember, *taps: tuple[str, str], **typed: str) -> str:
    sent, _ = page_form(site, member, "/reports/new").with_taps(taps or WALK_IN, typed)
    answer = site.as_(member).post("/reports", data=sent)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def kept(site: OpenSite, member: str = "") -> list[Kept]:
    with site.database.begin() as transaction:
        return store.find(transaction, Wanted(mediator=member))


def acts(site: OpenSite) -> list[tuple[str, str | None, str | None]]:
    with site.database.begin() as transaction:
        rows = transaction.execute(select(ActRow.act, ActRow.member, ActRow.about).order_by(ActRow.seq))
        return [tuple(row) for row in rows]


def test_the_report_of_a_session_takes_one_tap(site: OpenSite) -> None:
    listed = site.as_(LEA).get("/reports").text
    assert "/reports/session/s1" in listed
    assert "Refaire ma carte d’identité" in listed
    form = page_form(site, LEA, "/reports/session/s1")
    sent, taps = form.with_taps()
    assert taps == 1
    assert site.client.post("/reports", data=sent).headers["location"] == "/reports?said=kept"
    (report,) = kept(site)
    assert (report.session, report.mediator, report.cra.minutes, report.cra.equipment) == (
        "s1", "lea", 20, (Equipment.BORNE,),
    )  # fmt: skip
    assert report.cra.autonomy is Autonomy.PARTIELLEMENT_AUTONOME
    assert report.cra.procedures == ("carte-identite",)
    assert acts(site) == [(StaffAct.REPORT_CONFIRMED, "lea", report.id)]
    assert "Rien à finir" in site.client.get("/reports").text


def test_who_leaves_a_session_goes_from_its_report_to_the_calls(site: OpenSite) -> None:
    with site.database.begin() as transaction:
        address = report_address(transaction, "lea", "s1", "/")
        assert report_address(transaction, "karim", "s1", "/") == "/"
    assert address == "/reports/session/s1?said=left"
    assert "L’aide est terminée" in site.as_(LEA).get(address).text
    sent, taps = page_form(site, LEA, address).with_taps()
    assert (site.client.post("/reports", data=sent).headers["location"], taps) == ("/?said=reported", 1)
    assert "Le compte rendu est enregistré." in site.client.get("/?said=reported").text


def test_a_session_has_one_report_however_often_it_is_sent(site: OpenSite) -> None:
    first, _ = page_form(site, LEA, "/reports/session/s1").with_taps()
    second, _ = page_form(site, LEA, "/reports/session/s1").with_taps()
    for sent in (first, first, second):
        assert site.client.post("/reports", data=sent).status_code == 303
    assert site.client.get("/reports/session/s1").headers["location"] == "/reports?said=told"
    assert len(kept(site)) == len(acts(site)) == 1


def test_every_field_can_be_corrected(site: OpenSite) -> None:
    form = page_form(site, LEA, "/reports/session/s1")
    taps = [(name, value) for name, value in form.tickable if (name, value) not in form.ticked]
    assert {name for name, _ in taps} == {
        "type", "minutes", "themes", "administrative_themes", "place", "equipment", "autonomy", "level", "referral",
        "follow_up", "age", "status",
    }  # fmt: skip
    changes = [
        ("minutes", "other"), ("equipment", "borne"), ("equipment", "telephone"), ("autonomy", "autonome"),
        ("place", "domicile"), ("referral", "autre"), ("follow_up", "oui"), ("age", "70+"), ("status", "retraite"),
        ("administrative_themes", "papiers_elections_citoyennete"), ("themes", "email"),
    ]  # fmt: skip
    sent, _ = form.with_taps(changes, {"hours": "1", "more_minutes": "5", "city": "2a004", "notes": "Revient jeudi."})
    assert site.client.post("/reports", data=sent).status_code == 303
    (report,) = kept(site)
    cra = report.cra
    assert (cra.minutes, cra.equipment, cra.themes) == (65, (Equipment.TELEPHONE,), (Theme.EMAIL,))
    assert (cra.place, cra.city, cra.age, cra.status) == ("domicile", "2A004", "70+", "retraite")
    assert (cra.referral, cra.follow_up, cra.autonomy, cra.notes) == ("autre", True, "autonome", "Revient jeudi.")
    again = page_form(site, LEA, f"/reports/{report.id}")
    sent, taps = again.with_taps([("age", "60–69")])
    assert (taps, again.typed["notes"]) == (2, "Revient jeudi.")
    assert site.client.post(f"/reports/{report.id}", data=sent).headers["location"] == "/reports?said=corrected"
    (corrected,) = kept(site)
    assert (corrected.cra.age, corrected.cra.minutes, corrected.changed_at) == ("60–69", 65, NOON)
    assert site.client.post(f"/reports/{report.id}/remove").status_code == 303
    assert kept(site) == []
    assert [act for act, _, _ in acts(site)] == [
        StaffAct.REPORT_CONFIRMED, StaffAct.REPORT_CORRECTED, StaffAct.REPORT_REMOVED,
    ]  # fmt: skip
    assert "/reports/session/s1" in site.client.get("/reports").text


def test_help_without_a_kiosk_and_a_workshop(site: OpenSite) -> None:
    write(site, LEA, *WALK_IN, ("equipment", "ordinateur"))
    workshop, _ = page_form(site, LEA, "/reports/new?type=collectif").with_taps(
        [("themes", "email"), ("minutes", "90"), ("level", "debutant")], {"people": "8"}
    )
    assert workshop["equipment"] == ["ordinateur"], "where and with what are those of the last time"
    assert site.client.post("/reports", data=workshop).status_code == 303
    later, first = kept(site)
    assert (later.cra.type, later.cra.people, later.cra.level, later.session) == (
        CraType.COLLECTIF, 8, "debutant", None,
    )  # fmt: skip
    assert first.cra.themes == (Theme.AIDE_AUX_DEMARCHES_ADMINISTRATIVES,)
    assert "Atelier : E-mail" in site.client.get("/reports").text


def test_what_is_missing_is_said_beside_its_field(site: OpenSite) -> None:
    sent, _ = page_form(site, LEA, "/reports/new").with_taps()
    answer = site.client.post("/reports", data=sent)
    assert answer.status_code == 422
    assert 'href="#field-minutes"' in answer.text
    assert 'id="wrong-minutes"' in answer.text
    assert kept(site) == []
    sent, _ = page_form(site, LEA, "/reports/new?type=collectif").with_taps([("themes", "email"), ("minutes", "60")])
    assert 'href="#field-people"' in site.client.post("/reports", data=sent).text


def test_a_report_like_another_is_shown_before_it_is_kept(site: OpenSite) -> None:
    write(site, LEA)
    sent, _ = page_form(site, LEA, "/reports/new").with_taps(
        [*WALK_IN[:1], ("minutes", "other")], {"more_minutes": "20"}
    )
    asked = site.client.post("/reports", data=sent)
    assert asked.status_code == 409
    assert f"/reports/{kept(site)[0].id}" in asked.text
    assert len(kept(site)) == 1
    form = next(form for form in forms(asked.text) if form.action.startswith("/reports"))
    again, _ = form.with_taps()
    assert site.client.post("/reports", data={**again, "sure": "1"}).status_code == 303
    assert len(kept(site)) == 2
    write(site, KARIM)


def test_two_sessions_are_never_taken_for_one(site: OpenSite) -> None:
    with site.database.begin() as transaction:
        helped_session(transaction, "s2", LEA)
    for session in ("s1", "s2"):
        sent, _ = page_form(site, LEA, f"/reports/session/{session}").with_taps()
        assert site.client.post("/reports", data=sent).status_code == 303
    assert {report.session for report in kept(site)} == {"s1", "s2"}


def test_a_mediator_sees_their_own_and_a_manager_all(site: OpenSite) -> None:
    write(site, LEA)
    write(site, KARIM, ("themes", "sante"), ("minutes", "30"))
    mine, theirs = kept(site, "lea")[0], kept(site, "karim")[0]
    listed = site.as_(LEA).get("/reports?mediator=karim").text
    assert mine.id in listed
    assert theirs.id not in listed
    assert "Santé en ligne</td>" in site.as_(ROSE).get("/reports").text
    for method, address in (
        ("get", f"/reports/{theirs.id}"),
        ("post", f"/reports/{theirs.id}"),
        ("post", f"/reports/{theirs.id}/remove"),
        ("get", f"/api/reports/{theirs.id}"),
        ("get", "/reports/session/nobody"),
    ):
        assert (
            site.as_(LEA).request(method, address, data={"session": "s1"} if method == "post" else None).status_code
            == 404
        )
    assert site.as_(KARIM).get("/reports/session/s1").status_code == 404
    sent, _ = page_form(site, KARIM, "/reports/new").with_taps(WALK_IN)
    assert site.client.post("/reports", data={**sent, "session": ["s1"]}).status_code == 404
    assert [site.as_(LEA).get("/api/reports").json()["total"], site.as_(ROSE).get("/api/reports").json()["total"]] == [
        1,
        2,
    ]


ROUTES = (
    ("get", "/reports"), ("get", "/reports/export.csv"), ("get", "/reports/export.xlsx"), ("get", "/reports/new"),
    ("get", "/reports/session/s1"), ("post", "/reports"), ("get", "/reports/x"), ("post", "/reports/x"),
    ("post", "/reports/x/remove"), ("get", "/api/reports"), ("get", "/api/reports/x"),
)  # fmt: skip


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_each_route_is_for_its_roles(site: OpenSite) -> None:
    read_only = {"/reports", "/reports/export.csv", "/reports/export.xlsx", "/api/reports", "/api/reports/x"}
    for method, address in ROUTES:
        for member, forbidden in ((None, 401), (ANNA, 403), (ROSE, 403), (LEA, 0)):
            status = site.as_(member).request(method, address).status_code
            expected = forbidden and not (member is ROSE and address in read_only and method == "get")
            assert (status == forbidden) if expected else status in (200, 404, 422), (method, address, member)


def test_filters_stand_in_the_address(site: OpenSite) -> None:
    write(site, LEA)
    write(site, LEA, ("themes", "email"), ("minutes", "30"), date="2026-11-02")
    sent, _ = page_form(site, LEA, "/reports/session/s1").with_taps()
    site.client.post("/reports", data=sent)
    for question, count in (
        ("", 3), ("theme=email", 1), ("theme=logement", 1), ("theme=aide_aux_demarches_administratives", 2),
        ("theme=mail", 3),
        ("procedure=carte-identite", 1), ("procedure=carte", 0), ("since=2026-11-03", 2), ("until=2026-11-30", 1),
        ("since=2026-11-02&until=2026-11-02", 1), ("since=hier", 3), ("page=2", 0), ("page=-1", 3),
        ("page=9999999", 3),
        ("procedure=%27%25", 3), ("theme=e_ail", 3),
    ):  # fmt: skip
        answer = site.client.get(f"/reports?{question}")
        assert answer.text.count("<td>") // 3 == count, question
    assert site.client.get("/reports?since=hier").text.count("Une date s&#39;écrit comme 2026-12-01.") == 1
    assert site.client.get("/reports?theme=email").text.count("export.csv?theme=email") == 1


def test_nothing_that_is_written_becomes_a_page_of_its_own(site: OpenSite) -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    write(site, LEA, *WALK_IN, notes=evil)
    report = kept(site)[0]
    pages = [
        site.client.get(f"/reports/{report.id}").text,
        site.client.get("/reports", params={"mediator": evil, "since": evil, "theme": evil, "procedure": evil}).text,
        site.client.post("/reports", data={"procedures": evil, "minutes": evil, "id": evil, "session": ""}).text,
        site.as_(ROSE).get("/reports", params={"mediator": evil}).text,
    ]
    assert report.cra.notes == evil
    for page in pages:
        assert "<script" not in page.replace('<script src="/static/refused.js" defer></script>', "")
        assert "<img" not in page
        assert "style=" not in page


def test_rows_that_come_once_the_call_is_over_still_tell_who_was_joined(site: OpenSite) -> None:
    with site.database.begin() as transaction:
        helped_session(transaction, "late", LEA)
        helped_session(transaction, "never", LEA)
        transaction.execute(update(Call).where(Call.session != "s1").values(joined_at=None))
        unheard = (StoredEvent.session == "never") & (StoredEvent.type == "help.joined")
        transaction.execute(delete(StoredEvent).where(unheard))
    listed = site.as_(LEA).get("/reports").text
    assert "/reports/session/late" in listed
    assert "/reports/session/never" not in listed


def test_a_trial_of_the_laboratory_is_not_reported(site: OpenSite) -> None:
    with site.database.begin() as transaction:
        started = select(StoredEvent).where(StoredEvent.type == "session.started")
        row = transaction.scalars(started).one()
        row.payload = (row.payload or "").replace("kiosk", "lab")
    assert "/reports/session/s1" not in site.as_(LEA).get("/reports").text
    assert site.client.get("/reports/session/s1").status_code == 404


def test_of_many_sessions_to_be_told_the_newest_are_shown(site: OpenSite) -> None:
    with site.database.begin() as transaction:
        for n in range(1, 25):
            helped_session(transaction, f"n{n}", LEA, at=NOON - timedelta(hours=n))
    listed = site.as_(LEA).get("/reports").text
    assert listed.count("/reports/session/") == 20
    assert "Et 5 de plus." in listed
    assert "/reports/session/s1" in listed
    assert "/reports/session/n24" not in listed


def test_a_sign_that_no_database_holds_breaks_nothing(site: OpenSite) -> None:
    sent = {"minutes": "15", "date": "2026-12-01", "themes": "email"}
    for name in ("session", "id", "notes", "city", "procedures", "sure", "people"):
        answer = site.as_(LEA).post("/reports", data={**sent, name: "a\0\ud7ff"})
        assert answer.status_code in (303, 404, 409, 422), name
    for address in (
        "/reports/%00",
        "/reports/session/%00",
        "/api/reports/%00",
        "/reports?mediator=%00&theme=%00&said=%00",
    ):
        assert site.as_(ROSE if "?" in address else LEA).get(address).status_code in (200, 400, 404, 422), address


def test_a_call_back_and_a_call_that_nobody_reached(site: OpenSite) -> None:
    with site.database.begin() as transaction:
        helped_session(transaction, "old", LEA, at=NOON - timedelta(days=40))
        helped_session(transaction, "ticket", LEA, ticket=4)
    listed = site.as_(LEA).get("/reports").text
    assert "/reports/session/ticket" in listed
    assert "/reports/session/old" not in listed
