# SPDX-License-Identifier: EUPL-1.2
"""Coming in and going out."""

from __future__ import annotations

import time

import pytest
from pyotp.totp import TOTP
from sqlalchemy import select, text
from starlette.requests import Request

from assist.server.acts import ActRow
from assist.server.staff.login_pages import safe_next
from assist.server.staff.sessions import IDLE, LONGEST
from assist.server.staff_member import Role, somebody, still_there
from tests.assist.server.doors import PASSWORD, Door, add, client, log_in, token_in


def test_somebody_logs_in_works_and_logs_out(door: Door) -> None:
    with client(door.app()) as browser:
        account = add(browser.app.state.database, "Amina", Role.MEDIATOR, name="Amina")
        assert browser.get("/account").headers["location"] == "/login?next=%2Faccount"
        came = log_in(browser, " AMINA ")
        assert (came.status_code, came.headers["location"]) == (303, "/")
        page = browser.get("/account")
        assert page.status_code == 200
        assert ">Amina</a>" in page.text
        left = browser.post("/logout", data={"token": token_in(page.text)})
        assert left.headers["location"] == "/login"
        assert browser.get("/account").status_code == 303
        with browser.app.state.database.begin() as transaction:
            acts = [(row.act, row.member) for row in transaction.scalars(select(ActRow).order_by(ActRow.seq))]
    assert acts == [("account_added", ""), ("logged_in", account), ("logged_out", account)]


def test_going_back_to_the_page_that_was_asked_for(lite: Door) -> None:
    with client(lite.app()) as browser:
        add(browser.app.state.database)
        asked = browser.get("/account?of=me")
        assert asked.headers["location"] == "/login?next=%2Faccount%3Fof%3Dme"
        page = browser.get(asked.headers["location"]).text
        came = browser.post(
            "/login",
            data={"token": token_in(page), "login": "amina", "password": PASSWORD, "next": "/account?of=me"},
        )
        assert came.headers["location"] == "/account?of=me"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "///evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "evil.example",
        "",
        "/login?next=/login",
        "/é",
    ],
)
def test_no_address_leads_out_of_the_server(elsewhere: str) -> None:
    assert safe_next(elsewhere) == "/"


def test_a_path_of_the_server_is_kept() -> None:
    assert safe_next("/calls/4?tab=path#here") == "/calls/4?tab=path#here"


def test_a_login_ends_after_fifteen_minutes_without_a_sign_of_life(door: Door) -> None:
    with client(door.app()) as browser:
        add(browser.app.state.database)
        log_in(browser)
        for _ in range(4):
            door.wait(IDLE - 1)
            assert browser.get("/account").status_code == 200
        door.wait(IDLE + 1)
        assert browser.get("/account").status_code == 303


def test_a_page_that_follows_by_itself_is_no_sign_of_life(lite: Door) -> None:
    with client(lite.app()) as browser:
        add(browser.app.state.database)
        log_in(browser)
        for _ in range(2):
            lite.wait(IDLE / 2 - 1)
            assert browser.get("/account", headers={"sec-fetch-mode": "cors"}).status_code == 200
        lite.wait(3)
        assert browser.get("/account").status_code == 303


def test_a_login_does_not_outlast_a_working_day(lite: Door) -> None:
    with client(lite.app()) as browser:
        add(browser.app.state.database)
        log_in(browser)
        for _ in range(int(LONGEST / 600)):
            assert browser.get("/account").status_code == 200
            lite.wait(600)
        lite.wait(1)
        assert browser.get("/account").status_code == 303


@pytest.mark.parametrize("years", [-10, 10])
def test_the_wall_clock_neither_ends_a_login_nor_makes_it_last(lite: Door, years: int) -> None:
    with client(lite.app()) as browser:
        add(browser.app.state.database)
        log_in(browser)
        lite.now = lite.now.replace(year=lite.now.year + years)
        assert browser.get("/account").status_code == 200
        lite.wait(IDLE + 1)
        assert browser.get("/account").status_code == 303


def test_a_login_outlives_the_server_but_not_the_machine(door: Door) -> None:
    with client(door.app()) as browser:
        add(browser.app.state.database)
        log_in(browser)
        cookies = dict(browser.cookies)
    with client(door.app(), cookies=cookies) as browser:
        assert browser.get("/account").status_code == 200
    door.boot, door.seconds = "boot-2", 1001.0
    with client(door.app(), cookies=cookies) as browser:
        assert browser.get("/account").status_code == 303


def test_a_visit_planted_beforehand_is_worth_nothing(door: Door) -> None:
    app = door.app()
    with client(app) as browser:
        add(browser.app.state.database)
        browser.get("/login")
        planted = browser.cookies["pas-a-pas"]
        log_in(browser)
        mine = browser.cookies["pas-a-pas"]
        assert mine != planted
        assert client(app, cookies={"pas-a-pas": planted}).get("/account").status_code == 303
        # Logging in anew changes it again, and ends the one before.
        browser.post("/logout", data={"token": token_in(browser.get("/account").text)})
        log_in(browser)
        assert browser.cookies["pas-a-pas"] != mine
        assert client(app, cookies={"pas-a-pas": mine}).get("/account").status_code == 303


def test_the_database_does_not_hold_what_opens(lite: Door) -> None:
    with client(lite.app()) as browser:
        add(browser.app.state.database)
        log_in(browser)
        visit = browser.cookies["pas-a-pas"]
        with browser.app.state.database.begin() as transaction:
            held = str(transaction.execute(text("SELECT * FROM staff_session")).all())
            held += str(transaction.execute(text("SELECT * FROM staff")).all())
    assert visit not in held
    assert PASSWORD not in held


@pytest.mark.parametrize(("secure", "name"), [(False, "pas-a-pas"), (True, "__Host-pas-a-pas")])
def test_the_cookie_is_for_this_server_alone(lite: Door, secure: bool, name: str) -> None:
    lite.secure = secure
    with client(lite.app()) as browser:
        if secure:
            browser.base_url = browser.base_url.copy_with(scheme="https")
        add(browser.app.state.database)
        cookie = log_in(browser).headers["set-cookie"]
    assert cookie.startswith(f"{name}=")
    flags = {flag.strip().lower() for flag in cookie.split(";")[1:]}
    assert flags == {"httponly", "path=/", "samesite=strict"} | ({"secure"} if secure else set())


def test_a_disabled_account_is_out_at_once(lite: Door) -> None:
    from assist.server.staff.accounts import disable

    with client(lite.app()) as browser:
        database = browser.app.state.database
        add(database)
        log_in(browser)
        with database.begin() as transaction:
            disable(transaction, "amina", lite.now)
        assert browser.get("/account").status_code == 303
        assert log_in(browser).status_code == 403


def test_one_answer_for_all_that_is_wrong(lite: Door) -> None:
    with client(lite.app()) as browser:
        add(browser.app.state.database)
        unknown, wrong = log_in(browser, "nobody"), log_in(browser, "amina", "wrong")
    assert unknown.status_code == wrong.status_code == 403
    assert unknown.text.replace("nobody", "amina") == wrong.text


def test_an_unknown_login_costs_as_much_time_as_a_wrong_password() -> None:
    """With the real cost of a hash: both take it once."""
    from assist.server.staff.passwords import Passwords

    passwords = Passwords()
    kept = passwords.hash(PASSWORD)

    def least(kept: str | None) -> float:
        times = []
        for _ in range(4):
            before = time.process_time()
            assert not passwords.holds(kept, "wrong")
            times.append(time.process_time() - before)
        return min(times)

    known, unknown = least(kept), least(None)
    assert min(known, unknown) > 0.5 * max(known, unknown)


def test_the_name_of_somebody_is_never_markup(lite: Door) -> None:
    name = "<script>alert(1)</script>"
    with client(lite.app()) as browser:
        add(browser.app.state.database, "amina", Role.MEDIATOR, name=name)
        wrong = log_in(browser, '"><script>alert(2)</script>')
        log_in(browser)
        pages = [wrong.text, browser.get("/account").text, browser.get("/account").text, browser.get("/<script>").text]
    assert all("<script>alert" not in page and "<script>" not in page for page in pages)
    assert "&lt;script&gt;alert(1)" in pages[1]


def test_a_code_of_the_telephone_is_asked_for_and_serves_once(door: Door) -> None:
    with client(door.app()) as browser:
        add(browser.app.state.database)
        log_in(browser)
        page = browser.get("/account").text
        data = {"token": token_in(page), "current": PASSWORD}
        offered = browser.post("/account/second-factor", data=data).text
        assert "data:image/svg+xml" in offered
        key = offered.split('<code class="key">')[1].split("<")[0]
        codes = TOTP(key)
        assert browser.post("/account/second-factor/confirm", data=data | {"code": "000000"}).status_code == 403
        done = browser.post("/account/second-factor/confirm", data=data | {"code": codes.at(door.now)})
        assert "est en place" in done.text
        # The picture is never shown again.
        assert browser.post("/account/second-factor", data=data).status_code == 403
        assert key not in browser.get("/account").text
        browser.post("/logout", data=data)

        assert log_in(browser).status_code == 403
        assert log_in(browser, code=codes.at(door.now)).status_code == 403, "it has served already"
        door.wait(30)
        code = codes.at(door.now)
        assert log_in(browser, code=f"{code[:3]} {code[3:]}").status_code == 303
        browser.post("/logout", data={"token": token_in(browser.get("/account").text)})
        assert log_in(browser, code=code).status_code == 403


def test_a_clock_that_was_wrong_leaves_the_codes_working(lite: Door) -> None:
    right = lite.now
    with client(lite.app()) as browser:
        add(browser.app.state.database)
        log_in(browser)
        data = {"token": token_in(browser.get("/account").text), "current": PASSWORD}
        offered = browser.post("/account/second-factor", data=data).text
        codes = TOTP(offered.split('<code class="key">')[1].split("<")[0])
        lite.now = right.replace(year=right.year + 10)
        browser.post("/account/second-factor/confirm", data=data | {"code": codes.at(lite.now)})
        lite.now = right
        browser.post("/logout", data=data)
        assert log_in(browser, code=codes.at(right)).status_code == 303


def test_another_password_logs_every_other_browser_out(door: Door) -> None:
    new = "une autre tasse"
    app = door.app()
    with client(app) as browser:
        add(browser.app.state.database)
        log_in(browser)
        other = client(app)
        log_in(other)
        data = {"token": token_in(browser.get("/account").text), "current": PASSWORD, "new": new, "again": new}
        assert browser.post("/account/password", data=data | {"current": "wrong"}).status_code == 403
        assert browser.post("/account/password", data=data | {"again": "else"}).status_code == 403
        assert browser.post("/account/password", data=data | {"new": "123456", "again": "123456"}).status_code == 403
        assert browser.post("/account/password", data=data).status_code == 200
        assert browser.get("/account").status_code == 200
        assert other.get("/account").status_code == 303
        assert log_in(other).status_code == 403
        assert log_in(other, password=new).status_code == 303


def test_a_connection_that_lasts_ends_with_the_login(lite: Door) -> None:
    with client(lite.app()) as browser:
        add(browser.app.state.database)
        log_in(browser)
        app, cookie = browser.app, f"pas-a-pas={browser.cookies['pas-a-pas']}"
        headers = [(b"cookie", cookie.encode()), (b"accept", b"text/event-stream")]
        request = Request({"type": "http", "method": "GET", "headers": headers, "app": app})
        member = somebody(request)
        assert member is not None
        lite.wait(IDLE - 1)
        assert still_there(request, member)
        lite.wait(2)
        assert not still_there(request, member)
        assert somebody(request) == member, "found out once for each request"
