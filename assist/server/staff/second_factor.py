# SPDX-License-Identifier: EUPL-1.2
"""The six-digit code of a telephone (TOTP, RFC 6238): offered once as a QR code, and no code serves twice."""

from __future__ import annotations

import hmac
import secrets
from base64 import b32encode
from datetime import datetime

import segno
from pyotp.totp import TOTP

from assist.server.staff.tables import Account
from assist.server.staff.vault import Vault

_STEP = 30
_AROUND = (0, -1, 1)
_REMEMBERED = 20
"""Codes that are remembered, by their step: a clock that was wrong for a day locks nobody out when it is right."""


def offer(account: Account, site: str, vault: Vault) -> tuple[str, str]:
    """A new key for this account, not in force yet: as a picture for ``img src``, and as text to type."""
    # 160 bits, as RFC 4226 recommends.
    key = b32encode(secrets.token_bytes(20)).decode()
    account.secret_offered = vault.seal(account.id, key)
    address = TOTP(key).provisioning_uri(name=account.login, issuer_name=f"Pas à pas {site}")
    picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=6, border=4, light="#fff")
    return picture, key


def confirm(account: Account, code: str, now: datetime, vault: Vault) -> bool:
    """Put the offered key in force, when a first code shows that it arrived."""
    if account.secret_offered is None or not _accept(account, account.secret_offered, code, now, vault):
        return False
    account.secret, account.secret_offered = account.secret_offered, None
    return True


def passes(account: Account, code: str, now: datetime, vault: Vault) -> bool:
    """Whether this code opens; there is nothing to ask of an account without a second factor."""
    return account.secret is None or _accept(account, account.secret, code, now, vault)


def _accept(account: Account, kept: str, code: str, now: datetime, vault: Vault) -> bool:
    secret = vault.open(account.id, kept)
    if secret is None:
        return False
    typed = "".join(code.split())
    codes, step = TOTP(secret, interval=_STEP), int(now.timestamp()) // _STEP
    for near in _AROUND:
        if (
            hmac.compare_digest(typed.encode(), codes.at((step + near) * _STEP).encode())
            and step + near not in account.codes_used
        ):
            account.codes_used = [*account.codes_used, step + near][-_REMEMBERED:]
            return True
    return False
