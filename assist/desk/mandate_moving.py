# SPDX-License-Identifier: EUPL-1.2
"""A mandate that goes to another site: a signed file, whose identity only that site can open. Pure."""

from __future__ import annotations

import binascii
import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from assist.desk.mandates import Authorization, Domain, Duration, Mandate, Refusal

_FORMAT = "pas-a-pas mandate 1"
LONGEST = 20_000
"""Characters of a file: one with every domain takes a tenth."""
_LONGEST_NAME = 120

_UNREADABLE = Refusal("Ce fichier n'est pas un mandat transmis. Demandez à l'autre lieu de le refaire.")
_NOT_SIGNED = Refusal("Ce fichier n'est pas signé par ce lieu, ou il a été modifié. Vérifiez la clé avec l'autre lieu.")


@dataclass(frozen=True, slots=True)
class Moved:
    """What the file says. The mediator in charge is left for the other site to name."""

    mandate: Mandate
    given_to: str
    given_site: str
    agreed_on: str
    sealed: bytes


def packed(moved: Moved, key: SigningKey) -> str:
    """The file, signed by the site that lets go of the mandate."""
    mandate = moved.mandate
    content = json.dumps(
        {
            "format": _FORMAT,
            "number": mandate.number,
            "domains": list(mandate.domains),
            "duration": mandate.duration,
            "given_at": mandate.given_at.astimezone(UTC).isoformat(),
            "template": mandate.template,
            "signed_at": mandate.signed_at.astimezone(UTC).isoformat() if mandate.signed_at else "",
            "given_to": moved.given_to,
            "given_site": moved.given_site,
            "agreed_on": moved.agreed_on,
            "sealed": b64encode(moved.sealed).decode(),
        },
        ensure_ascii=False,
    )
    return json.dumps({"mandate": content, "signature": key.sign(content.encode()).signature.hex()}, ensure_ascii=False)


def unpacked(text: str, sender: bytes) -> Moved | Refusal:
    """What a file says, once it is known to come from the site whose signing key is ``sender`` (32 bytes)."""
    try:
        if len(text) > LONGEST:
            raise ValueError
        outer = json.loads(text)
        content = str(outer["mandate"])
        VerifyKey(sender).verify(content.encode(), bytes.fromhex(str(outer["signature"])))
        return _read(json.loads(content))
    except BadSignatureError:
        return _NOT_SIGNED
    except (ValueError, TypeError, KeyError, binascii.Error):
        return _UNREADABLE


def _read(known: dict[str, Any]) -> Moved:
    domains = {Domain(domain) for domain in known["domains"]}
    names = [str(known[name]) for name in ("given_to", "given_site", "agreed_on")]
    given_at = _moment(known["given_at"])
    if known["format"] != _FORMAT or not domains or any(len(name) > _LONGEST_NAME for name in names):
        raise ValueError
    duration = Duration(known["duration"])
    mandate = Mandate(
        number=str(known["number"]),
        mediator="",
        authorizations=tuple(Authorization(domain) for domain in Domain if domain in domains),
        duration=duration,
        given_at=given_at,
        ends_at=given_at + duration.length,
        template=str(known["template"]),
        signed_at=_moment(known["signed_at"]) if known["signed_at"] else None,
    )
    given_to, given_site, agreed_on = names
    return Moved(mandate, given_to, given_site, agreed_on, b64decode(str(known["sealed"]), validate=True))


def _moment(text: object) -> datetime:
    moment = datetime.fromisoformat(str(text))
    if moment.tzinfo is None:
        raise ValueError
    return moment.astimezone(UTC)
