# SPDX-License-Identifier: EUPL-1.2
"""What an extract holds and how each line of it is written: one JSON file, one line for each checkpoint and each row.

The whole file is one JSON object, and so can be read at once; line by line, its length does not matter. A line has one
way of being written only (:func:`canonical`): what reads it writes it again and compares.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assist.journal.chain import Head, Link, framed
from assist.journal.checkpoints import Checkpoint

FORMAT = "pas-a-pas audit extract 1"
SIGNATURE_FORMAT = "pas-a-pas audit signature 1"
_SIGNED = b"pas-a-pas audit extract 1"

CHECKPOINTS = b',"checkpoints":[\n'
ROWS = b'],"rows":[\n'
END = b'],"end":'
LONGEST = 1 << 20
"""Bytes of one line, at most."""


class NotAnExtract(ValueError):
    """A line is not what an extract holds at that place."""


@dataclass(frozen=True, slots=True)
class About:
    """What stands at the head of an extract."""

    site: str
    kiosk: str
    journal: str
    key: bytes
    """The public key of the kiosk's journal: what its checkpoints are signed with."""
    signer: bytes
    """The public key that signs the extract."""
    made: str
    first_day: str
    last_day: str
    start: Head
    """The row before the first one: its number and its hash."""
    erased: Mapping[str, int] = field(default_factory=dict[str, int])
    """Event type -> last row of that type whose content is erased at the end of its retention."""
    words: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])
    """Event type -> what the site says of it."""


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A checkpoint, and the site's countersignature of it; both texts are empty when the site has not signed it."""

    checkpoint: Checkpoint
    came: str = ""
    countersignature: bytes = b""


def canonical(value: object) -> bytes:
    """The one way of writing a value: sorted keys, no space, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode()


def signed_bytes(digest: bytes) -> bytes:
    """What the detached signature covers: the SHA-256 of the whole file."""
    return framed(_SIGNED, digest)


def about_as_data(about: About) -> dict[str, Any]:
    """The head of the file."""
    return {
        "format": FORMAT,
        "site": about.site,
        "kiosk": about.kiosk,
        "journal": about.journal,
        "key": about.key.hex(),
        "signer": about.signer.hex(),
        "made": about.made,
        "first_day": about.first_day,
        "last_day": about.last_day,
        "before": {"seq": about.start.seq, "hash": about.start.hash.hex()},
        "erased": dict(about.erased),
        "words": {type_: dict(words) for type_, words in about.words.items()},
    }


def read_about(data: Any) -> About:
    """The head of a file. Raises NotAnExtract."""
    try:
        if data["format"] != FORMAT:
            raise NotAnExtract
        start = Head(whole(data["before"]["seq"]), raw(data["before"]["hash"]))
        erased = {text(type_): whole(seq) for type_, seq in data["erased"].items()}
        keys = (raw(data["key"]), raw(data["signer"]))
        who = (text(data["site"]), text(data["kiosk"]), text(data["journal"]))
        when = (text(data["made"]), text(data["first_day"]), text(data["last_day"]))
        known = About(*who, *keys, *when, start, erased)
    except (KeyError, TypeError, AttributeError) as error:
        raise NotAnExtract from error
    return known


def checkpoint_as_data(witnessed: Witnessed) -> dict[str, Any]:
    """A line of the checkpoints."""
    checkpoint = witnessed.checkpoint
    return {
        "number": checkpoint.number,
        "seq": checkpoint.seq,
        "hash": checkpoint.hash.hex(),
        "boot": checkpoint.boot,
        "time": checkpoint.time,
        "kind": checkpoint.kind,
        "signature": checkpoint.signature.hex(),
        "came": witnessed.came,
        "countersignature": witnessed.countersignature.hex(),
    }


def read_checkpoint(data: Any, about: About) -> Witnessed:
    """The checkpoint of a line. Raises NotAnExtract."""
    try:
        place = (whole(data["number"]), whole(data["seq"]), raw(data["hash"]), whole(data["boot"]))
        words = (text(data["time"]), text(data["kind"]), raw(data["signature"]))
        checkpoint = Checkpoint(about.journal, about.key, *place, *words)
        return Witnessed(checkpoint, text(data["came"]), raw(data["countersignature"]))
    except (KeyError, TypeError) as error:
        raise NotAnExtract from error


_TEXTS: Sequence[str] = ("id", "kiosk", "session", "time", "type")


def row_as_data(link: Link) -> dict[str, Any]:
    """A line of the rows. ``payload`` is the text that was hashed, ``null`` as ``salt`` once it is erased."""
    return {
        "seq": link.seq,
        "id": _shown(link.id),
        "kiosk": _shown(link.kiosk),
        "boot": link.boot,
        "session": _shown(link.session),
        "time": _shown(link.time),
        "type": _shown(link.type),
        "payload": None if link.payload is None else _shown(link.payload),
        "salt": None if link.salt is None else link.salt.hex(),
        "commitment": link.commitment.hex(),
        "prev": link.prev.hex(),
        "hash": link.hash.hex(),
    }


def read_row(data: Any) -> Link:
    """The row of a line. Raises NotAnExtract."""
    try:
        id_, kiosk, session, time, type_ = (_hashed(data[name]) for name in _TEXTS)
        payload = None if data["payload"] is None else _hashed(data["payload"])
        salt = None if data["salt"] is None else raw(data["salt"])
        proofs = (raw(data["commitment"]), raw(data["prev"]), raw(data["hash"]))
        place = (whole(data["seq"]), id_, kiosk, whole(data["boot"]), session, time, type_)
    except (KeyError, TypeError) as error:
        raise NotAnExtract from error
    return Link(*place, payload, salt, *proofs)


def _shown(stored: bytes) -> str:
    # What is no UTF-8 any more was altered; it is carried all the same, and found.
    return stored.decode("utf-8", "surrogateescape")


def _hashed(value: object) -> bytes:
    if not isinstance(value, str):
        raise NotAnExtract
    try:
        return value.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError as error:
        raise NotAnExtract from error


def text(value: object) -> str:
    """A text that can be written in UTF-8: half a surrogate pair is none. Raises NotAnExtract."""
    if not isinstance(value, str):
        raise NotAnExtract
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise NotAnExtract from error
    return value


def whole(value: object) -> int:
    """A 64-bit integer. Raises NotAnExtract."""
    if not isinstance(value, int) or isinstance(value, bool) or not -(2**63) <= value < 2**63:
        raise NotAnExtract
    return value


def raw(value: object) -> bytes:
    """Bytes, written in hexadecimal. Raises NotAnExtract."""
    try:
        found = bytes.fromhex(text(value))
    except ValueError as error:
        raise NotAnExtract from error
    return found
