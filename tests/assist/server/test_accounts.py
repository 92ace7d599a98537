# SPDX-License-Identifier: EUPL-1.2
"""A manager handles the accounts of her team; nobody shuts the last manager out, and no key lies in the clear."""

from __future__ import annotations

import re

import pytest
from nacl.public import PrivateKey
from nacl.signing import SigningKey
from pyotp.totp import TOTP
from sqlalchemy import select, update
from starlette.testclient import TestClient

from assist.server.acts import ActRow
from assist.server.database import Database
from assist.server.mandates.keys import SiteKeys
from assist.server.staff.passwords import first_password, why_refused
from assist.server.staff.tables import Account
from assist.server.staff.vault import Vault, seal_all
from assist.server.staff_member import Role
from tests.assist.server.doors import PASSWORD, Door, add, client, log_in, token_in

OWN = "un vélo jaune"
VAULT = Vault(lambda: SiteKeys(PrivateKey(bytes(32)), SigningKey(bytes(32))))


def posted(browser: TestClient, path: str, page: str = "/comptes", **data: object) -> tuple[int, str]:
    """Send a form of ``page``: the status, and the page or the address that comes."""
    answer = browser.post(path, data={"token": token_in(browser.get(page).text), **data})
    return answer.status_code, answer.headers.get("location", answer.text)


def given(page: str) -> str:
    found = re.search(r'class="key">([^<]+)<', page)
    assert found, page
    return found[1]


def acts(database: Database) -> list[tuple[str, str]]:
    with database.read() as transaction:
        return [(row.act, row.about or "") for row in transaction.scalars(select(ActRow).order_by(ActRow.seq))]


def test_a_first_password_is_shown_once_and_changed_before_anything_else(door: Door) -> None:
    app = door.app()
    database: Database = app.state.database
    with client(app) as rose, client(app) as karim:
        add(database, "rose", Role.MANAGER)
        log_in(rose, "rose")
        new = {"login": "Karim", "name": "Karim", "roles": ["mediator", "manager"], "languages": ["fr", "ar"]}
        status, page = posted(rose, "/comptes", **new)
        first = given(page)
        assert status == 200
        assert first not in rose.get("/comptes").text
        assert "Premier mot de passe à changer" in rose.get("/comptes").text
        assert posted(rose, "/comptes", **new)[0] == 422

        assert log_in(karim, "karim", first).status_code == 303
        for path in ("/", "/reports", "/comptes", "/api/reports"):
            assert karim.get(path).headers["location"] == "/account", path
        asked = {"current": first, "new": first, "again": first}
        assert posted(karim, "/account/password", "/account", **asked)[0] == 403
        asked = {"current": first, "new": OWN, "again": OWN}
        assert posted(karim, "/account/password", "/account", **asked)[0] == 200
        assert karim.get("/").status_code == 200
        with database.read() as transaction:
            kept = transaction.scalars(select(Account).where(Account.login == "karim")).one()
        assert (kept.languages, kept.must_change) == (["fr", "ar"], False)
        noted = [act for act, _ in acts(database)]
    assert noted == ["account_added", "logged_in", "account_added", "logged_in", "account_changed"]


def test_the_last_manager_stays(lite: Door) -> None:
    app = lite.app()
    database: Database = app.state.database
    with client(app) as browser:
        rose = add(database, "rose", Role.MANAGER, Role.MEDIATOR)
        karim = add(database, "karim", Role.MEDIATOR)
        log_in(browser, "rose")
        before = len(acts(database))
        for path, data in ((f"/comptes/{rose}/roles", {"roles": ["mediator"]}), (f"/comptes/{rose}/fermer", {})):
            status, page = posted(browser, path, "/comptes", **data)
            assert status == 422
            assert "seul compte de direction" in page
            assert "<title>Erreur&nbsp;: Le compte de Rose" in page
        assert posted(browser, f"/comptes/{karim}/roles")[0] == 422, "nobody is left without a role"
        assert len(acts(database)) == before

        assert posted(browser, f"/comptes/{karim}/roles", roles=["manager"])[0] == 303
        assert acts(database)[-1] == ("account_changed", f"{karim}/roles")
        assert posted(browser, f"/comptes/{karim}/fermer")[0] == 303
        assert posted(browser, f"/comptes/{rose}/roles", roles=["mediator"])[0] == 422, "the other one cannot come in"
        given(posted(browser, f"/comptes/{karim}/rendre")[1])
        assert posted(browser, f"/comptes/{rose}/roles", roles=["mediator"]) == (303, "/")
        assert browser.get("/comptes").status_code == 403


def test_access_given_back_ends_what_was_open_and_asks_for_another_password(lite: Door) -> None:
    app = lite.app()
    database: Database = app.state.database
    with client(app) as rose, client(app) as karim:
        add(database, "rose", Role.MANAGER)
        id_ = add(database, "karim")
        log_in(rose, "rose")
        log_in(karim, "karim")
        first = given(posted(rose, f"/comptes/{id_}/rendre")[1])
        assert karim.get("/").headers["location"].startswith("/login")
        assert log_in(karim, "karim").status_code == 403
        assert log_in(karim, "karim", first).status_code == 303
        assert karim.get("/").headers["location"] == "/account"
        assert posted(rose, "/comptes/0190-nobody/rendre")[0] == 404


def test_acts_are_shown_of_one_account_and_of_one_kind(lite: Door) -> None:
    app = lite.app()
    with client(app) as browser:
        rose = add(app.state.database, "rose", Role.MANAGER)
        add(app.state.database, "karim")
        log_in(browser, "karim")
        browser.cookies.clear()
        log_in(browser, "rose")
        assert browser.get("/acts?act=logged_in").text.count('<td class="number">') == 2
        assert browser.get(f"/acts?act=logged_in&member={rose}").text.count('<td class="number">') == 1
        assert "Aucun acte" in browser.get(f"/acts?act=logged_out&member={rose}").text


def test_keys_of_codes_are_sealed_and_those_of_older_versions_become_so(door: Door) -> None:
    app = door.app()
    database: Database = app.state.database
    key = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    with client(app):
        id_ = add(database)
        with database.begin() as transaction:
            transaction.execute(update(Account).values(secret=key))
    app = door.app()
    database = app.state.database
    with client(app) as browser:
        with database.read() as transaction:
            kept = transaction.scalars(select(Account.secret)).one() or ""
        assert key not in kept
        assert id_ not in kept
        assert log_in(browser).status_code == 403
        assert log_in(browser, code=TOTP(key).at(door.now)).status_code == 303


def test_a_sealed_key_opens_for_its_account_and_with_its_key_only() -> None:
    kept = VAULT.seal("amina", "KEY")
    other = Vault(lambda: SiteKeys(PrivateKey(b"1" * 32), SigningKey(bytes(32))))
    assert VAULT.open("amina", kept) == "KEY"
    assert [VAULT.open("rose", kept), other.open("amina", kept), VAULT.open("amina", "1:x")] == [None, None, None]
    assert VAULT.seal("amina", "KEY") != kept
    assert len(VAULT.seal("x" * 40, "K" * 32)) <= 200


def test_sealing_again_changes_nothing(lite: Door) -> None:
    database = Database(lite.address)
    add(database)
    with database.begin() as transaction:
        transaction.execute(update(Account).values(secret="A" * 32, secret_offered="B" * 32))
        assert [seal_all(transaction, VAULT), seal_all(transaction, VAULT)] == [1, 0]
    database.close()


@pytest.mark.parametrize("_", range(20))
def test_first_passwords_are_accepted(_: int) -> None:
    assert why_refused(first_password(), "karim") == ""
    assert PASSWORD != first_password() != first_password()
