# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printouts.receipt_code import (
    ALPHABET,
    LENGTH,
    RECEIPT_LENGTH,
    grouped,
    new_code,
    new_receipt_code,
    read_code,
)


def test_codes_are_valid_and_differ() -> None:
    codes = {new_code() for _ in range(2000)}
    assert len(codes) == 2000
    assert all(read_code(code) == code and len(code) == LENGTH for code in codes)


def test_no_confusing_sign() -> None:
    assert not set("0O1IL") & set(ALPHABET)
    assert len(ALPHABET) == 31


@given(st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_always_found(place: int, sign: str) -> None:
    code = new_code()
    if code[place] != sign:
        assert read_code(code[:place] + sign + code[place + 1 :]) is None


@given(st.integers(0, LENGTH - 1), st.integers(0, LENGTH - 1))
def test_two_exchanged_signs_are_always_found(one: int, other: int) -> None:
    signs = list(code := new_code())
    signs[one], signs[other] = signs[other], signs[one]
    if "".join(signs) != code:
        assert read_code("".join(signs)) is None


def test_read_as_a_person_types_it() -> None:
    code = new_code()
    assert read_code(f" {code[:4].lower()} - {code[4:]}") == code
    assert read_code(grouped(code)) == code


@pytest.mark.parametrize("typed", ["", "ABCD", "ABCD 1234", "é" * 8, "A" * 10_000])
def test_nonsense_is_no_code(typed: str) -> None:
    assert read_code(typed) is None


def test_grouped() -> None:
    assert grouped("ABCD2345") == "ABCD\u00a02345"
    assert grouped("") == ""


def test_the_number_of_a_receipt_cannot_be_found_by_trying() -> None:
    code = new_receipt_code()
    assert len(code) == RECEIPT_LENGTH
    assert len(ALPHABET) ** (RECEIPT_LENGTH - 1) > 2**74
    assert read_code(grouped(code).lower(), RECEIPT_LENGTH) == code
    assert read_code(code) is None, "a short number is another thing"
    assert grouped("ABCD2345EFGH6789") == "ABCD\u00a02345\u00a0EFGH\u00a06789"
    for place, sign in enumerate(code):
        other = ALPHABET[(ALPHABET.index(sign) + 1) % len(ALPHABET)]
        assert read_code(code[:place] + other + code[place + 1 :], RECEIPT_LENGTH) is None
    assert all(
        read_code(code[:at] + code[at + 1] + code[at] + code[at + 2 :], RECEIPT_LENGTH) is None
        for at in range(RECEIPT_LENGTH - 1)
        if code[at] != code[at + 1]
    ), "two that are exchanged"
