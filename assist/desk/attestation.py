# SPDX-License-Identifier: EUPL-1.2
"""The attestation of a mandate: one line of text in a QR code, signed by the site, checked without a network. Pure.

``PAP1|number|domains|begins|ends|text|salt|person|key|signature``: moments in UTC to the minute, ``text`` the SHA-256
of what was agreed to, ``key`` the beginning of the site's public key, and an Ed25519 signature of the rest.
It names nobody: ``person`` is a slow, salted digest, with which somebody who has the paper and an identity document in
front of them checks that the two go together.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import scrypt

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from assist.desk.mandates import Domain, Mandate

_NAME = "PAP1"
_MINUTE = "%Y-%m-%dT%H:%MZ"
_KEY = 8
"""Hexadecimal digits that tell one site's key from another's."""
SALT = 9
"""Bytes; twelve signs once written."""
_PERSON = 12
LONGEST = 1000
"""Characters: no attestation of ours is half as long."""


class Validity(StrEnum):
    """What a signature and a date tell. A mandate that the person stopped is known at its site only."""

    VALID = "valid"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    FORGED = "forged"
    OTHER_KEY = "other_key"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Attestation:
    """What it says."""

    number: str
    domains: tuple[Domain, ...]
    begins: datetime
    ends: datetime
    text: str
    salt: bytes
    person: bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """``attestation`` is None when it could not be read, or is not to be believed."""

    validity: Validity
    attestation: Attestation | None = None


def attest(mandate: Mandate, salt: bytes, person: bytes) -> Attestation:
    """What is attested of a mandate: the domains that it still has."""
    begins, ends = _to_the_minute(mandate.given_at), _to_the_minute(mandate.ends_at)
    return Attestation(mandate.number, mandate.domains, begins, ends, mandate.template, salt, person)


def written(attestation: Attestation, key: SigningKey) -> str:
    """The line that goes into the QR code."""
    public = bytes(key.verify_key)
    fields = (
        _NAME,
        attestation.number,
        ",".join(attestation.domains),
        attestation.begins.strftime(_MINUTE),
        attestation.ends.strftime(_MINUTE),
        _base64(bytes.fromhex(attestation.text)),
        _base64(attestation.salt),
        _base64(attestation.person),
        public.hex()[:_KEY],
    )
    signed = "|".join(fields)
    return f"{signed}|{_base64(key.sign(signed.encode()).signature)}"


def verify(text: str, public_key: bytes, now: datetime) -> Verdict:
    """What can be said of ``text`` with the site's public key (32 bytes) alone."""
    line = text.strip()
    signed, _, signature = line.rpartition("|")
    parts = signed.split("|")
    if len(line) > LONGEST or len(parts) != 9 or parts[0] != _NAME:
        return Verdict(Validity.UNREADABLE)
    if parts[8] != public_key.hex()[:_KEY]:
        return Verdict(Validity.OTHER_KEY)
    try:
        VerifyKey(public_key).verify(signed.encode(), _bytes(signature))
        found = _read(parts)
    except (BadSignatureError, ValueError):
        return Verdict(Validity.FORGED)
    if now >= found.ends:
        return Verdict(Validity.EXPIRED, found)
    return Verdict(Validity.NOT_YET if now < found.begins else Validity.VALID, found)


def person_mark(last_name: str, first_name: str, born: date, salt: bytes) -> bytes:
    """The digest of a person: accents, capitals, spaces and hyphens aside. Slow on purpose: names are few."""
    name = "|".join((_letters(last_name), _letters(first_name), born.isoformat()))
    return scrypt(name.encode(), salt=salt, n=2**14, r=8, p=1, dklen=_PERSON)


def is_person(attestation: Attestation, last_name: str, first_name: str, born: date) -> bool:
    """Whether the attestation is about this person."""
    return hmac.compare_digest(attestation.person, person_mark(last_name, first_name, born, attestation.salt))


def _to_the_minute(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def _read(parts: list[str]) -> Attestation:
    _, number, domains, begins, ends, text, salt, person, _ = parts
    return Attestation(
        number,
        tuple(Domain(domain) for domain in domains.split(",")),
        _moment(begins),
        _moment(ends),
        _bytes(text).hex(),
        _bytes(salt),
        _bytes(person),
    )


def _moment(text: str) -> datetime:
    return datetime.strptime(text, _MINUTE).replace(tzinfo=UTC)


def _letters(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[\W_]", "", "".join(c for c in plain if not unicodedata.combining(c)))


def _base64(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    content = urlsafe_b64decode(text.encode("ascii", "replace") + b"=" * (-len(text) % 4))
    if _base64(content) != text:
        # One signature must have one way of being written.
        raise ValueError("not canonical")
    return content
