# SPDX-License-Identifier: EUPL-1.2
"""What a receipt says, kept so that only the receipt opens it again (ADR 0134).

The number printed on the paper, and nowhere else, gives two things by a slow derivation: a name under which the copy
is found, and the key of the copy. Whoever holds the journal or the site's database has neither.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import scrypt
from typing import Any, cast

from content.model import Possession
from content.road_map import Kept

_SALT = b"pas-a-pas paper 1"
# Found by its number alone, so the salt is the same for all; it is the slowness that keeps many papers from being
# tried at once: 16 MiB and some 50 ms a try.
_COST, _SIZE, _LANES, _BYTES = 2**14, 8, 1, 64
_BLOCK = 512
"""What is sealed is filled up to a multiple of this many bytes: its length must not tell what is in it."""


class Unreadable(ValueError):
    """What was opened was not sealed with this number, or is of a later version."""


@dataclass(frozen=True, slots=True)
class PaperKey:
    """What the number of a paper gives. It lives in memory only, as the number does."""

    name: str
    """64 hexadecimal signs: under what the copy is kept."""
    key: bytes
    """32 bytes."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What a receipt says, by identifiers."""

    procedure: str
    content_hash: str
    kept: Kept


def key_of(code: str) -> PaperKey:
    """The key of the paper that has this number. Slow on purpose: never on the loop of a screen."""
    derived = scrypt(code.encode(), salt=_SALT, n=_COST, r=_SIZE, p=_LANES, dklen=_BYTES)
    return PaperKey(derived[:32].hex(), derived[32:])


def seal(key: PaperKey, data: Mapping[str, Any]) -> str:
    """Plain data as text that only ``key`` opens."""
    from nacl.bindings import sodium_pad
    from nacl.secret import SecretBox

    plain = json.dumps(data, separators=(",", ":"), ensure_ascii=False).encode()
    return b64encode(SecretBox(key.key).encrypt(sodium_pad(plain, _BLOCK))).decode("ascii")


def unseal(key: PaperKey, sealed: str) -> dict[str, Any]:
    """What was sealed. Raises Unreadable."""
    from nacl.bindings import sodium_unpad
    from nacl.exceptions import CryptoError
    from nacl.secret import SecretBox

    try:
        data: object = json.loads(sodium_unpad(SecretBox(key.key).decrypt(b64decode(sealed, validate=True)), _BLOCK))
    except (CryptoError, ValueError, TypeError) as fault:
        raise Unreadable("not sealed with this number") from fault
    if not isinstance(data, dict):
        raise Unreadable("not the copy of a paper")
    return cast(dict[str, Any], data)


def seal_copy(key: PaperKey, copy: Copy) -> str:
    """The copy of a receipt, sealed."""
    documents = [[*name, said.value if said else ""] for name, said in copy.kept.documents.items()]
    dues = {line: due.isoformat() for line, due in copy.kept.dues.items()}
    told = {"procedure": copy.procedure, "hash": copy.content_hash, "lines": list(copy.kept.lines)}
    return seal(key, {**told, "documents": documents, "dues": dues, "source": copy.kept.source})


def open_copy(key: PaperKey, sealed: str) -> Copy:
    """The copy of a receipt. Raises Unreadable."""
    data = unseal(key, sealed)
    try:
        documents = {
            (str(step), str(document)): Possession(said) if said else None for step, document, said in data["documents"]
        }
        dues = {str(line): date.fromisoformat(due) for line, due in data["dues"].items()}
        lines = tuple(str(line) for line in data["lines"])
        kept = Kept(lines, documents, dues, str(data.get("source", "")))  # Copies of before name no page.
        return Copy(str(data["procedure"]), str(data["hash"]), kept)
    except (KeyError, ValueError, TypeError, AttributeError) as fault:
        raise Unreadable("the copy of a later version") from fault
