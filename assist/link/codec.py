# SPDX-License-Identifier: EUPL-1.2
"""The messages as JSON text: ``{"is": "hello", …}``. What does not fit is refused, whole, before anything uses it."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from assist.link.messages import (
    Agreement,
    Countersigned,
    Desk,
    Done,
    FromKiosk,
    FromServer,
    Health,
    Hello,
    Kept,
    Now,
    Order,
    Quarantined,
    Rows,
    Settled,
    Signed,
    Welcome,
)

LARGEST = 1_000_000
"""Characters of one message."""

_NAMES: dict[type, str] = {
    Hello: "hello",
    Rows: "rows",
    Signed: "signed",
    Now: "now",
    Done: "done",
    Agreement: "agreement",
    Health: "health",
    Welcome: "welcome",
    Kept: "kept",
    Countersigned: "countersigned",
    Quarantined: "quarantined",
    Desk: "desk",
    Order: "order",
    Settled: "settled",
}
_BY_KIOSKS = (Hello, Rows, Signed, Now, Done, Agreement, Health)
_KIOSK = {name: cls for cls, name in _NAMES.items() if cls in _BY_KIOSKS}
_SERVER = {name: cls for cls, name in _NAMES.items() if cls not in _BY_KIOSKS}

_HALF_PAIR = re.compile(r"\\u[dD][89abAB]")

T = TypeVar("T")


class NotUnderstood(ValueError):
    """A message that the other side may not send. Its text is for a log: it holds nothing of the message."""


class NotKnown(NotUnderstood):
    """A message of a kind that this version has not: a newer side sent it, and goes on without an answer."""


def encode(message: FromKiosk | FromServer) -> str:
    """The message as one line of JSON."""
    return json.dumps({"is": _NAMES[type(message)], **asdict(message)}, separators=(",", ":"), ensure_ascii=False)


def from_kiosk(text: str) -> FromKiosk:
    """What a kiosk sent. Raises NotUnderstood."""
    return _decode(text, _KIOSK)


def from_server(text: str) -> FromServer:
    """What the server sent. Raises NotUnderstood."""
    return _decode(text, _SERVER)


@cache
def _adapter(cls: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(cls)


def _decode(text: str, known: dict[str, type]) -> Any:
    if len(text) > LARGEST:
        raise NotUnderstood(f"longer than {LARGEST} characters")
    try:
        data: Any = json.loads(text)
        name: object = data.pop("is")
        if isinstance(name, str) and name not in known:
            raise NotKnown("a message of another version")
        if _HALF_PAIR.search(text):
            json.dumps(data, ensure_ascii=False).encode()  # raises for half a surrogate pair, that nothing can keep
        return _adapter(known[cast(str, name)]).validate_python(data)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise NotUnderstood(f"{'.'.join(map(str, first['loc']))}: {first['type']}") from None
    except NotKnown:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotUnderstood("not one of the messages") from None
