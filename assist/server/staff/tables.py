# SPDX-License-Identifier: EUPL-1.2
"""Accounts, who is logged in, wrong attempts, and logins begun at an identity provider."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assist.kept import Kept
from assist.server.database import Table, Utc
from assist.server.staff_member import Role, StaffMember

KEPT = Kept(
    name="Comptes de l'équipe",
    holds="prénom, nom de connexion, rôles, langues, domaines bien connus, adresse pour le fournisseur d'identité ; "
    "l'empreinte du mot de passe, la clé du second facteur (scellée) ; qui est connecté ; les essais manqués",
    why="ouvrir à chacun ce qui le concerne, et rien d'autre",
    basis="exécution du contrat de travail, ou mission d'intérêt public (RGPD, article 6.1.b ou e)",
    long="tant que le compte existe : aucune durée n'est dans le programme",
    then="un compte fermé n'ouvre plus rien, mais sa ligne reste : à effacer dans la base, sur décision du lieu",
    who="la direction ; chacun, le sien",
    tables=("staff", "staff_session", "staff_attempts", "staff_departure"),
)


class Account(Table):
    """Somebody who may come in."""

    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    login: Mapped[str] = mapped_column(String(60), unique=True)
    """Folded: what somebody types is compared without regard to case."""
    name: Mapped[str] = mapped_column(String(60))
    roles: Mapped[list[str]] = mapped_column(JSON)
    languages: Mapped[list[str]] = mapped_column(JSON)
    skills: Mapped[list[str]] = mapped_column(JSON)
    password: Mapped[str | None] = mapped_column(String(200))
    """Its argon2 hash; None for an account that comes in by the identity provider only."""
    must_change: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Somebody else chose the password: it opens one's own account only, until it is changed."""
    secret: Mapped[str | None] = mapped_column(String(200))
    """The key of the six-digit codes, once a first code has shown that it arrived."""
    secret_offered: Mapped[str | None] = mapped_column(String(200))
    codes_used: Mapped[list[int]] = mapped_column(JSON)
    """Time steps of the last codes that were accepted: none is accepted twice."""
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    """The address that the identity provider must give; folded."""
    subject: Mapped[str | None] = mapped_column(String(300), unique=True)
    """Issuer and subject, once the address has been seen: then these count, whatever the address becomes."""
    disabled: Mapped[bool]
    added: Mapped[datetime] = mapped_column(Utc)

    def as_member(self) -> StaffMember:
        """As the pages know this person."""
        return StaffMember(
            self.id,
            self.name,
            frozenset(Role(role) for role in self.roles),
            tuple(self.languages),
            frozenset(self.skills),
            self.must_change,
        )


class Login(Table):
    """Somebody who is logged in. Times are the machine's uptime, in seconds."""

    __tablename__ = "staff_session"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of what the cookie holds."""
    account_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    boot: Mapped[str] = mapped_column(String(40))
    opened: Mapped[float]
    seen: Mapped[float]
    """The last sign of life of the person, not of the page."""
    provider_token: Mapped[str | None] = mapped_column(Text)
    """The identity provider's token, to log out there too."""
    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


class Attempts(Table):
    """Wrong attempts at a login, known or not."""

    __tablename__ = "staff_attempts"

    login: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of what was typed: people type passwords there by mistake."""
    wrong: Mapped[int]
    boot: Mapped[str] = mapped_column(String(40))
    at: Mapped[float]
    """The uptime of the last attempt."""


class Departure(Table):
    """A login begun at the identity provider, that has not come back yet."""

    __tablename__ = "staff_departure"

    visit: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the visit's cookie: it comes back to the browser that left, or not at all."""
    state: Mapped[str] = mapped_column(String(64))
    nonce: Mapped[str] = mapped_column(String(64))
    verifier: Mapped[str] = mapped_column(String(128))
    next: Mapped[str] = mapped_column(String(500))
    boot: Mapped[str] = mapped_column(String(40))
    at: Mapped[float]
