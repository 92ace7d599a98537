# SPDX-License-Identifier: EUPL-1.2
"""Who gives a mandate, sealed as soon as it is written, with the public key of the site (libsodium's sealed box).

What is sealed here cannot be read back here: only the site's server holds the key that opens it. The number of the
mandate is inside, so that the identity of one mandate cannot be put in the place of another's.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import asdict, dataclass
from datetime import date
from typing import cast

from nacl.public import PublicKey, SealedBox

from content.text_rules import forbidden_characters

LONGEST = 80
"""Characters of a name, or of a contact."""
_BLOCK = 512
"""What is sealed is filled up to a multiple of this many bytes: its length must not tell a name."""
_OLDEST = 1900


@dataclass(frozen=True, slots=True)
class Identity:
    """No more than what a mandate needs."""

    last_name: str
    first_name: str
    born: date
    contact: str = ""
    """A telephone number or an address, if the person wants to give one."""


class NotThisMandate(ValueError):
    """What was opened is no identity, or that of another mandate."""


def faults(last_name: str, first_name: str, born: str, contact: str, today: date) -> dict[str, str]:
    """Field -> what is wrong with what was typed there, and what to do; nothing when all is well."""
    found = {
        "last_name": _text_fault(last_name, "le nom"),
        "first_name": _text_fault(first_name, "le prénom"),
        "born": _date_fault(born, today),
        "contact": _text_fault(contact, "le contact") if contact.strip() else "",
    }
    return {field: fault for field, fault in found.items() if fault}


def identity(last_name: str, first_name: str, born: str, contact: str) -> Identity:
    """What was typed, without faults, as an identity."""
    day = read_date(born)
    if day is None:
        raise ValueError("check the faults first")
    return Identity(_tidy(last_name), _tidy(first_name), day, _tidy(contact))


def read_date(typed: str) -> date | None:
    """A date written "1950-03-12" or "12/03/1950"; None for anything else."""
    if match := re.fullmatch(r"(\d{1,2})[/. ](\d{1,2})[/. ](\d{4})", typed.strip()):
        typed = f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}"
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def seal(person: Identity, number: str, public_key: bytes) -> bytes:
    """The identity of the person who gives mandate ``number``; ``public_key`` is the site's, 32 bytes."""
    written = json.dumps({"number": number, **asdict(person), "born": person.born.isoformat()}, ensure_ascii=False)
    plain = written.encode()
    return SealedBox(PublicKey(public_key)).encrypt(plain + b" " * (-len(plain) % _BLOCK))


def unsealed(plain: bytes, number: str) -> Identity:
    """What the server read once it opened the box of mandate ``number``.

    Raises:
        NotThisMandate: it belongs to another, or is no identity.
    """
    try:
        found = json.loads(plain)
    except ValueError:
        raise NotThisMandate from None
    if not isinstance(found, dict):
        raise NotThisMandate
    fields = cast(dict[str, object], found)
    texts = [fields.get(name) for name in ("last_name", "first_name", "born", "contact")]
    if fields.get("number") != number or not all(isinstance(text, str) and len(text) <= LONGEST for text in texts):
        raise NotThisMandate
    last_name, first_name, born, contact = cast(list[str], texts)
    if (day := read_date(born)) is None:
        raise NotThisMandate
    return Identity(last_name, first_name, day, contact)


def same_person(typed: str, person: Identity) -> bool:
    """Whether ``typed`` names this person: her last name, with her first name or not, accents and capitals aside."""
    words = _plain(typed).split()
    name = _plain(f"{person.last_name} {person.first_name}").split()
    return bool(words) and all(word in name for word in words) and any(w in _plain(person.last_name) for w in words)


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))


def _text_fault(text: str, what: str) -> str:
    tidy = _tidy(text)
    if not tidy:
        return f"Écrivez {what}."
    if len(tidy) > LONGEST:
        return f"C'est trop long : {LONGEST} signes au plus."
    if next(iter(forbidden_characters(tidy)), None) is not None:
        return "Un signe est invisible ou interdit. Écrivez à nouveau."
    return ""


def _date_fault(typed: str, today: date) -> str:
    day = read_date(typed)
    if day is None:
        return "Écrivez une date, par exemple 12/03/1950."
    if day.year < _OLDEST or day > today:
        return "Cette date n'est pas possible."
    return ""
