# SPDX-License-Identifier: EUPL-1.2
"""The numbers of papers: what a person can copy by hand and say aloud, tied to nothing personal.

A number of eight signs names an appointment or a mandate. A receipt's has sixteen: it opens what its session left, so
that nobody may find it by trying (74 bits). All signs but the last are drawn at random; the last checks them. The
alphabet has 31 signs, a prime number: a weighted sum modulo a prime finds every single wrong sign and every exchange
of two signs.
"""

from __future__ import annotations

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and capitals without 0, O, 1, I, L, which hands and eyes confuse."""
LENGTH = 8
RECEIPT_LENGTH = 16
_GROUP = 4
_VALUE = {sign: number for number, sign in enumerate(ALPHABET)}


def new_code(length: int = LENGTH) -> str:
    """A fresh number, from the system's secure random source (31 to the power 7: about 27 thousand million)."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(length - 1))
    return body + _check_sign(body)


def new_receipt_code() -> str:
    """A fresh number for a receipt (31 to the power 15: more than 2 to the power 74)."""
    return new_code(RECEIPT_LENGTH)


def read_code(typed: str, length: int = LENGTH) -> str | None:
    """The number as printed, from what a person typed (spaces, hyphens, small letters); None when it is no number."""
    code = signs_of(typed)
    if len(code) != length or any(sign not in _VALUE for sign in code):
        return None
    return code if code[-1] == _check_sign(code[:-1]) else None


def signs_of(typed: str) -> str:
    """What was typed, without what only separates."""
    return "".join(sign for sign in typed.upper() if sign not in " -\u00a0\u202f")


def grouped(code: str) -> str:
    """The number in groups of four, bound by non-breaking spaces: "ABCD 2345"."""
    whole = code and len(code) % _GROUP == 0
    return "\u00a0".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP)) if whole else code


def _check_sign(body: str) -> str:
    # Weights from 2, the check itself weighing 1: all different and none zero modulo 31, up to thirty signs.
    total = sum(weight * _VALUE[sign] for weight, sign in enumerate(body, start=2))
    return ALPHABET[-total % len(ALPHABET)]
