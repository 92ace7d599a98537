# SPDX-License-Identifier: EUPL-1.2
"""The attestation of a mandate: what a signature and a date can tell, without a network."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey

from assist.desk import attestation as att
from assist.desk import mandates
from assist.desk.attestation import Validity
from assist.desk.mandates import Domain, Duration

NOON = datetime(2026, 11, 28, 12, 5, 41, tzinfo=UTC)
KEY, OTHER = SigningKey(bytes(range(32))), SigningKey(bytes(32))
PUBLIC = bytes(KEY.verify_key)
SALT = b"ninebytes"
BORN = date(1946, 3, 12)
PERSON = att.person_mark("Vaillant-Maréchal", "Huguette", BORN, SALT)
MANDATE = mandates.give("K7RMX42A", "camille", (Domain.PAPIERS, Domain.ARGENT), Duration.MONTH, NOON, "ab" * 32)
ATTESTED = att.attest(MANDATE, SALT, PERSON)
LINE = att.written(ATTESTED, KEY)


def validity(line: str, now: datetime = NOON, key: bytes = PUBLIC) -> Validity:
    return att.verify(line, key, now).validity


def test_it_says_what_the_mandate_says_and_names_nobody() -> None:
    verdict = att.verify(LINE, PUBLIC, NOON)
    assert verdict.validity is Validity.VALID
    assert verdict.attestation == ATTESTED
    assert ATTESTED.domains == (Domain.PAPIERS, Domain.ARGENT)
    assert ATTESTED.text == MANDATE.template
    assert "uguette" not in LINE
    assert "1946" not in LINE


def test_dates() -> None:
    assert validity(LINE, NOON - timedelta(minutes=1)) is Validity.NOT_YET
    assert validity(LINE, MANDATE.ends_at - timedelta(minutes=1)) is Validity.VALID
    assert validity(LINE, MANDATE.ends_at) is Validity.EXPIRED


def test_keys() -> None:
    assert validity(att.written(ATTESTED, OTHER)) is Validity.OTHER_KEY
    swapped = att.written(ATTESTED, OTHER).replace(bytes(OTHER.verify_key).hex()[:8], PUBLIC.hex()[:8])
    assert validity(swapped) is Validity.FORGED


def test_a_later_end_or_one_more_domain_is_forged() -> None:
    assert validity(LINE.replace("2026-12-29", "2036-12-29")) is Validity.FORGED
    assert validity(LINE.replace("papiers,", "papiers,social,")) is Validity.FORGED


@settings(max_examples=300)
@given(st.integers(0, len(LINE) - 1), st.characters(min_codepoint=33, max_codepoint=126))
def test_no_sign_can_be_changed(place: int, sign: str) -> None:
    changed = LINE[:place] + sign + LINE[place + 1 :]
    assert (validity(changed) in (Validity.VALID,)) == (changed == LINE)


@given(st.text(max_size=1200))
def test_anything_else_cannot_be_read(text: str) -> None:
    assert validity(text) is Validity.UNREADABLE


def test_the_paper_and_the_person_go_together() -> None:
    assert att.is_person(ATTESTED, "VAILLANT MARECHAL", "huguette", BORN)
    assert not att.is_person(ATTESTED, "Vaillant", "Huguette", BORN)
    assert not att.is_person(ATTESTED, "Vaillant-Maréchal", "Huguette", date(1946, 3, 13))


def test_the_domains_that_were_taken_back_are_not_attested() -> None:
    left = mandates.revoke(MANDATE, NOON, Domain.PAPIERS)
    assert isinstance(left, mandates.Mandate)
    assert att.attest(left, SALT, PERSON).domains == (Domain.ARGENT,)
