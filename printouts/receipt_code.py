# SPDX-License-Identifier: EUPL-1.2
"""The receipt code: eight characters a person can copy by hand and say aloud, tied to nothing personal.

Seven characters are drawn at random, the eighth checks them. The alphabet has 31 signs, a prime number: a weighted
sum modulo a prime finds every single wrong character and every exchange of two characters.
"""

from __future__ import annotations

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and capitals without 0, O, 1, I, L, which hands and eyes confuse."""
LENGTH = 8
_VALUE = {sign: number for number, sign in enumerate(ALPHABET)}


def new_code() -> str:
    """A fresh code, from the system's secure random source (31 to the power 7: about 27 thousand million)."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + _check_sign(body)


def read_code(typed: str) -> str | None:
    """The code as printed, from what a person typed (spaces, hyphens, small letters); None when it is no code."""
    code = "".join(sign for sign in typed.upper() if sign not in " -\u00a0\u202f")
    if len(code) != LENGTH or any(sign not in _VALUE for sign in code):
        return None
    return code if code[-1] == _check_sign(code[:-1]) else None


def grouped(code: str) -> str:
    """The code in two groups of four, bound by a non-breaking space: "ABCD 2345"."""
    return f"{code[:4]}\u00a0{code[4:]}" if len(code) == LENGTH else code


def _check_sign(body: str) -> str:
    # Weights 2 to 8, the check itself weighing 1: all different and none zero modulo 31.
    total = sum(weight * _VALUE[sign] for weight, sign in enumerate(body, start=2))
    return ALPHABET[-total % len(ALPHABET)]
