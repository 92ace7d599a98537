# SPDX-License-Identifier: EUPL-1.2
"""Whoever holds a journal's signing key says under which name its kiosk goes now."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from assist.journal.chain import framed
from assist.journal.checkpoints import holds

_NAMED = b"pas-a-pas link 1"


def prove(key: Ed25519PrivateKey, journal: str, kiosk: str) -> str:
    """The proof, in hexadecimal. It tells nothing secret, and is good for this name only."""
    return key.sign(framed(_NAMED, journal.encode(), kiosk.encode())).hex()


def proven(public_key: bytes, journal: str, kiosk: str, proof: str) -> bool:
    """Whether the proof is of this journal and this name, by this key."""
    try:
        signature = bytes.fromhex(proof)
    except ValueError:
        return False
    return holds(public_key, signature, framed(_NAMED, journal.encode(), kiosk.encode()))
