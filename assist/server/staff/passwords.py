# SPDX-License-Identifier: EUPL-1.2
"""Passwords and PINs: which are refused, and how they are kept (argon2id, RFC 9106)."""

from __future__ import annotations

import secrets
from itertools import pairwise
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

LEAST_DIGITS = 6
LEAST_SIGNS = 8
MOST_SIGNS = 200
_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"


def why_refused(password: str, login: str) -> str:
    """What is wrong with a new password, in French; "" when it may be used."""
    if len(password) > MOST_SIGNS:
        return f"Le mot de passe est trop long : {MOST_SIGNS} signes au plus."
    if not password.isprintable():
        return "Le mot de passe contient un signe invisible. Tapez-le de nouveau."
    digits = password.isascii() and password.isdigit()
    if len(password) < (LEAST_DIGITS if digits else LEAST_SIGNS):
        return (
            f"C'est trop court : au moins {LEAST_DIGITS} chiffres, ou un mot de passe d'au moins {LEAST_SIGNS} signes."
        )
    if len(set(password)) < 3 or _in_a_row(password) or login.casefold() in password.casefold():
        return "C'est trop facile à deviner : ni suite (123456), ni signe répété, ni votre identifiant."
    return ""


def first_password() -> str:
    """One to be given by word of mouth and changed at once: no sign is taken for another."""
    return "-".join("".join(secrets.choice(_CLEAR) for _ in range(4)) for _ in range(3))


def _in_a_row(text: str) -> bool:
    """123456, 987654, abcdefgh."""
    return {ord(after) - ord(before) for before, after in pairwise(text)} in ({1}, {-1})


class Passwords:
    """Makes and checks hashes. At most two at once: each takes 64 MiB."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = BoundedSemaphore(2)
        self._nobody = self._hasher.hash("an account that is not there costs as much time as one that is")

    def hash(self, password: str) -> str:
        """The text to keep."""
        with self._turns:
            return self._hasher.hash(_plain(password))

    def holds(self, kept: str | None, password: str) -> bool:
        """Whether ``kept`` was made from ``password``; as slow when nothing is kept."""
        with self._turns:
            try:
                return self._hasher.verify(kept or self._nobody, _plain(password)) and kept is not None
            except VerifyMismatchError:
                return False

    def outdated(self, kept: str) -> bool:
        """Whether it should be made again, with today's costs."""
        return self._hasher.check_needs_rehash(kept)


def _plain(password: str) -> bytes:
    # Half of a surrogate pair is no text, but may be sent all the same.
    return password[: MOST_SIGNS + 1].encode("utf-8", "replace")
