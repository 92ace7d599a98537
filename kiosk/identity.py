# SPDX-License-Identifier: EUPL-1.2
"""The identity provider of the site, from ``[oidc]`` of ``kiosk.toml`` and the file of its secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.config import OidcSettings
from kiosk.secret_file import first_line

if TYPE_CHECKING:
    from assist.server.site import Provider


def provider_of(oidc: OidcSettings) -> Provider | None:
    """The provider that is configured; None without one. Raises CannotServe when it cannot be used."""
    from assist.server.site import Provider
    from assist.server.staff.provider import is_safe
    from assist.server.starting import CannotServe

    if not oidc.issuer:
        return None
    if not is_safe(oidc.issuer):
        raise CannotServe(f'[oidc] issuer = "{oidc.issuer}" : l\'adresse du fournisseur commence par https://.')
    if not oidc.client or oidc.secret_file is None:
        raise CannotServe("[oidc] : avec issuer, il faut aussi client et secret_file.")
    return Provider(oidc.issuer, oidc.client, first_line("[oidc] secret_file", oidc.secret_file), oidc.acr, oidc.name)
