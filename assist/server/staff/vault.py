# SPDX-License-Identifier: EUPL-1.2
"""The keys of the six-digit codes at rest: sealed with the site's key, each for its account."""

from __future__ import annotations

import logging
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from assist.server.mandates.keys import SiteKeys
from assist.server.staff.tables import Account

_SEALED = "1:"
_log = logging.getLogger("assist.server.staff")


@dataclass(frozen=True, slots=True)
class Vault:
    """``keys`` is asked when there is something to open or to seal: those who have no second factor need no key."""

    keys: Callable[[], SiteKeys]

    def seal(self, account: str, secret: str) -> str:
        """What is kept of ``secret``, the key of this account."""
        sealed = SecretBox(self.keys().second_factor).encrypt(f"{account}\n{secret}".encode())
        return _SEALED + b64encode(sealed).decode()

    def open(self, account: str, kept: str) -> str | None:
        """The key again; None when it was sealed otherwise, or for somebody else."""
        try:
            plain = SecretBox(self.keys().second_factor).decrypt(b64decode(kept.removeprefix(_SEALED)))
        except (CryptoError, ValueError):
            _log.error("the second factor of account %s was sealed with another key", account)
            return None
        whose, _, secret = plain.decode().partition("\n")
        return secret if whose == account else None


def seal_all(transaction: Session, vault: Vault) -> int:
    """Seal what an older version kept in the clear; how many accounts had some."""
    some = or_(Account.secret.is_not(None), Account.secret_offered.is_not(None))
    changed = 0
    for account in transaction.scalars(select(Account).where(some).with_for_update()):
        clear = [name for name in ("secret", "secret_offered") if _clear(getattr(account, name))]
        for name in clear:
            setattr(account, name, vault.seal(account.id, getattr(account, name)))
        changed += bool(clear)
    return changed


def _clear(kept: str | None) -> bool:
    return kept is not None and not kept.startswith(_SEALED)
