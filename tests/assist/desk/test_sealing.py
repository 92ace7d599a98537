# SPDX-License-Identifier: EUPL-1.2
"""Who gives a mandate: checked, sealed for the site, opened by its server alone."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey, SealedBox

from assist.desk.sealing import (
    LONGEST,
    Identity,
    NotThisMandate,
    faults,
    identity,
    read_date,
    same_person,
    seal,
    unsealed,
)

ROOT = Path(__file__).resolve().parents[3]
KEY = PrivateKey.generate()
PUBLIC = bytes(KEY.public_key)
TODAY = date(2026, 11, 28)
WHO = Identity("Vaillant-Maréchal", "Huguette", date(1946, 3, 12), "06 12 34 56 78")


def opened(sealed: bytes, number: str = "K7RMX42A") -> Identity:
    return unsealed(SealedBox(KEY).decrypt(sealed), number)


NAMES = st.text(st.characters(categories=["L", "P"]), min_size=1, max_size=LONGEST)


@given(NAMES, NAMES, st.dates(date(1900, 1, 1), TODAY))
def test_what_is_sealed_is_what_is_opened(last: str, first: str, born: date) -> None:
    who = Identity(last, first, born)
    assert opened(seal(who, "K7RMX42A", PUBLIC)) == who


def test_its_length_tells_nothing_and_no_two_are_alike() -> None:
    boxes = [seal(Identity("A" * n, "B", WHO.born), "K7RMX42A", PUBLIC) for n in (1, 20, 80)]
    assert len({len(box) for box in boxes}) == 1
    assert seal(WHO, "K7RMX42A", PUBLIC) != seal(WHO, "K7RMX42A", PUBLIC)
    assert b"Huguette" not in seal(WHO, "K7RMX42A", PUBLIC)


@pytest.mark.parametrize("plain", [b"", b"[]", b'"x"', b"{}", b"\xff", b'{"number":"K7RMX42A"}'])
def test_what_is_no_identity_is_refused(plain: bytes) -> None:
    with pytest.raises(NotThisMandate):
        unsealed(plain, "K7RMX42A")


def test_the_identity_of_another_mandate_is_refused() -> None:
    with pytest.raises(NotThisMandate):
        opened(seal(WHO, "K7RMX42A", PUBLIC), "ABCD2345")


def test_what_is_typed_is_checked() -> None:
    assert faults("Vaillant", "Huguette", "12/03/1946", "", TODAY) == {}
    assert identity("  Vaillant ", "Hu  guette", "1946-03-12", " ") == Identity("Vaillant", "Hu guette", WHO.born)
    wrong = faults("", "x" * 81, "31/02/1950", "06\u202e12", TODAY)
    assert set(wrong) == {"last_name", "first_name", "born", "contact"}
    assert faults("A", "B", "2026-11-29", "", TODAY)["born"] == "Cette date n'est pas possible."
    assert faults("A", "B", "1850-01-01", "", TODAY)["born"] == "Cette date n'est pas possible."
    with pytest.raises(ValueError, match="faults"):
        identity("A", "B", "hier", "")


def test_dates_are_read_as_people_write_them() -> None:
    assert read_date("12/03/1946") == read_date(" 1946-03-12") == read_date("12.3.1946") == WHO.born
    assert read_date("12/03/46") is None


def test_a_person_is_found_by_her_name() -> None:
    for typed in ("vaillant", "VAILLANT MARECHAL", "maréchal huguette", "Huguette Vaillant-Maréchal"):
        assert same_person(typed, WHO), typed
    for typed in ("", "huguette", "vaillante", "vaillant jeanne"):
        assert not same_person(typed, WHO), typed


def test_only_the_server_can_open() -> None:
    """Nothing but the server's keys knows a private key, or opens a box."""
    tracked = subprocess.run(["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True)
    product = [ROOT / name for name in tracked.stdout.split() if not name.startswith(("tests/", "benchmarks/"))]
    openers = [
        str(path.relative_to(ROOT))
        for path in product
        if path.exists() and re.search(r"\bPrivateKey\b|SealedBox\([^)]*\)\.decrypt", path.read_text(encoding="utf-8"))
    ]
    assert [name for name in openers if "nacl" in (ROOT / name).read_text(encoding="utf-8")] in (
        [],
        ["assist/server/mandates/keys.py"],
    )
