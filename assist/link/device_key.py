# SPDX-License-Identifier: EUPL-1.2
"""The key by which a kiosk shows the server which one it is: a file for the kiosk, a digest for the server."""

from __future__ import annotations

import os
import re
import secrets
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

_KEY = re.compile(r"[A-Za-z0-9_-]{1,200}")


def new_key() -> str:
    """256 random bits, as text that a header carries."""
    return secrets.token_urlsafe(32)


def digest_of(key: str) -> bytes:
    """What the server keeps of a key."""
    return sha256(key.encode()).digest()


def key_file(keys: Path, kiosk: str) -> Path:
    """Where the key of this kiosk lies, in the folder of the keys. The name is made safe for a file."""
    return keys / f"kiosk-{quote(kiosk, safe=' ')}.key"


def read_key(file: Path) -> str:
    """The key in ``file``; "" when there is none yet, or when the file holds anything else. Raises OSError."""
    try:
        text = file.read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return ""
    return text if _KEY.fullmatch(text) else ""


def write_key(file: Path, key: str) -> None:
    """Write the key for its account alone, whole or not at all. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(file.name + ".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(key + "\n")
        opened.flush()
        os.fsync(descriptor)
    draft.replace(file)
