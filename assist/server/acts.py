# SPDX-License-Identifier: EUPL-1.2
"""What the staff did, in order: a chain of rows to which one can only add.

Each row is bound to the one before it as in a kiosk's journal (:mod:`assist.journal.chain`): who did it and what it was
about may be erased at the end of their retention, and the chain still holds.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Self

from sqlalchemy import BigInteger, LargeBinary, String, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column
from uuid_utils import uuid7

from assist.journal.chain import SALT_BYTES, Checked, Head, Link, bind, check, commitment_of, framed
from assist.journal.serialise import time_text
from assist.server.database import Table
from assist.server.staff.tables import Account
from assist.server.staff_member import StaffMember

START = Head(0, sha256(framed(b"pas-a-pas acts 1")).digest())
_ABOUT = re.compile(r"[A-Za-z0-9_.:/+-]{0,120}")
_AT_ONCE = 500
_COMMAND_LINE = "(commande)"


class StaffAct(StrEnum):
    """Everything that is noted, with what a manager reads.

    A new one: a line here, then ``python -m assist.server.acts_list``.
    """

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        act = str.__new__(cls, value)
        act._value_ = value
        act.label = label
        return act

    LOGGED_IN = "logged_in", "s'est connecté"
    LOGGED_OUT = "logged_out", "s'est déconnecté"
    ACCOUNT_LOCKED = "account_locked", "compte bloqué après trop d'essais"
    ACCOUNT_ADDED = "account_added", "a créé un compte"
    ACCOUNT_CHANGED = "account_changed", "a modifié un compte"
    ACCOUNT_DISABLED = "account_disabled", "a désactivé un compte"
    ACCOUNT_RESET = "account_reset", "a rendu l'accès à un compte"
    SECOND_FACTOR_SET = "second_factor_set", "a mis en place le code à six chiffres"

    CALL_TAKEN = "call_taken", "a pris un appel"
    CALL_HANDED = "call_handed", "a passé un appel à un collègue"
    CALL_CLOSED = "call_closed", "a terminé une aide"
    TICKET_CLOSED = "ticket_closed", "a rappelé une personne qui attendait"
    KIOSK_ORDER = "kiosk_order", "a agi sur une borne"

    SESSION_REOPENED = "session_reopened", "a rouvert un dossier par son code"
    FOLLOW_UP_WRITTEN = "follow_up_written", "a noté une suite à donner"
    APPOINTMENT_HOURS_CHANGED = "appointment_hours_changed", "a changé les horaires des rendez-vous"
    APPOINTMENT_BOOKED = "appointment_booked", "a pris un rendez-vous"
    APPOINTMENT_CANCELLED = "appointment_cancelled", "a annulé un rendez-vous"
    APPOINTMENT_MISSED = "appointment_missed", "a noté un rendez-vous manqué"

    MANDATE_RECORDED = "mandate_recorded", "a enregistré un mandat"
    MANDATE_PRINTED = "mandate_printed", "a imprimé un mandat"
    MANDATE_OPENED = "mandate_opened", "a ouvert l'identité d'un mandat"
    MANDATE_SIGNED = "mandate_signed", "a noté un mandat comme signé"
    MANDATE_USED = "mandate_used", "a utilisé un mandat"
    MANDATE_RENEWED = "mandate_renewed", "a renouvelé un mandat"
    MANDATE_REVOKED = "mandate_revoked", "a mis fin à un mandat"
    MANDATE_TRANSFERRED = "mandate_transferred", "a transféré un mandat"
    MANDATE_COPIED = "mandate_copied", "a donné à une personne ce qui est gardé sur elle"
    MANDATE_ARCHIVED = "mandate_archived", "a mis un mandat en archive avant son terme"
    MANDATE_ERASED = "mandate_erased", "a effacé un mandat avant son terme"
    CLOCK_ACCEPTED = "clock_accepted", "a dit que l'horloge du serveur était juste"

    REPORT_CONFIRMED = "report_confirmed", "a validé un compte rendu"
    REPORT_CORRECTED = "report_corrected", "a corrigé un compte rendu"
    REPORT_REMOVED = "report_removed", "a supprimé un compte rendu"
    REPORTS_EXPORTED = "reports_exported", "a exporté des comptes rendus"
    FIGURES_EXPORTED = "figures_exported", "a exporté les chiffres de la revue"

    ALERT_SEEN = "alert_seen", "a vu une alerte"
    MAIL_TRIED = "mail_tried", "a envoyé un message d'essai"

    ACTS_ERASED = "acts_erased", "noms effacés dans les actes anciens"

    KIOSK_ADDED = "kiosk_added", "a ajouté une borne"
    KIOSK_REMOVED = "kiosk_removed", "a retiré une borne"
    JOURNALS_VERIFIED = "journals_verified", "a vérifié les journaux"
    AUDIT_EXTRACTED = "audit_extracted", "a fait un extrait signé d'un journal"
    QUARANTINE_CLOSED = "quarantine_closed", "a traité un journal mis de côté"


class ActRow(Table):
    """One act. The database refuses to change or remove it, but for erasing ``member``, ``about`` and ``salt``."""

    __tablename__ = "act"

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(String(40), unique=True)
    time: Mapped[str] = mapped_column(String(40))
    """UTC, ISO 8601: what is hashed is what is stored. Order is ``seq``, never the clock."""
    act: Mapped[str] = mapped_column(String(40))
    member: Mapped[str | None] = mapped_column(String(40), index=True)
    """The account; "" for the command line of the server's machine."""
    about: Mapped[str | None] = mapped_column(String(120), index=True)
    """An identifier (account, session, mandate…): nothing of a person."""
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    commitment: Mapped[bytes] = mapped_column(LargeBinary)
    prev: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


def note(
    transaction: Session, member: StaffMember | None, act: StaffAct, about: str = "", now: datetime | None = None
) -> None:
    """Add an act to the chain. Call it last: until the transaction ends, every other act of the site waits for it.

    Args:
        member: Who did it; None for the command line of the server's machine.
        about: The identifier of what it was done to. Raises ValueError for free text.
        now: The moment, aware; None for the wall clock's.
    """
    if not _ABOUT.fullmatch(about):
        raise ValueError("an act is about an identifier, never about a text")
    if transaction.get_bind().dialect.name == "postgresql":
        # Two transactions that read the same head would break the chain. SQLite has one writer only.
        transaction.execute(text("LOCK TABLE act IN EXCLUSIVE MODE"))
    last = transaction.execute(select(ActRow.seq, ActRow.hash).order_by(ActRow.seq.desc()).limit(1)).first()
    head = START if last is None else Head(last.seq, last.hash)
    who, salt = "" if member is None else member.id, secrets.token_bytes(SALT_BYTES)
    row = ActRow(
        id=str(uuid7()), time=time_text(now or datetime.now(UTC)), act=act.value, member=who, about=about, salt=salt
    )
    row.commitment = commitment_of(salt, _payload(who, about))
    bound = bind(head, _link(row, head))
    row.seq, row.prev, row.hash = bound.seq, bound.prev, bound.hash
    transaction.add(row)
    transaction.flush()


def verify_acts(transaction: Session, start: Head = START, vouched: Mapping[int, bytes] | None = None) -> Checked:
    """Walk along the chain: up to where it holds, and the first bad row.

    Args:
        start: Where to begin: a place that is sure.
        vouched: Row number -> hash, from checkpoints whose signature holds.
    """
    through = erased_through(transaction)
    acts = {act.encode() for act in transaction.scalars(select(ActRow.act).distinct())}
    acts.discard(StaffAct.ACTS_ERASED.value.encode())
    erased = {act: through.mandates if act.startswith(b"mandate") else through.others for act in acts}
    return check(_links(transaction, start.seq), start, vouched or {}, erased)


@dataclass(frozen=True, slots=True)
class Erased:
    """The last rows whose ``member`` and ``about`` are erased: of mandates, and of all others."""

    others: int = 0
    mandates: int = 0


def erased_through(transaction: Session) -> Erased:
    """Up to where the chain says that acts are erased."""
    said = transaction.scalar(
        select(ActRow.about)
        .where(ActRow.act == StaffAct.ACTS_ERASED.value)
        .order_by(ActRow.seq.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    places = (said or "0/0").split("/")
    if len(places) != 2 or not all(place.isascii() and place.isdigit() for place in places):
        return Erased()
    return Erased(int(places[0]), int(places[1]))


_DONE = {
    "join": "rejoindre",
    "say": "écrire",
    "point": "montrer",
    "explain": "dire autrement",
    "back": "revenir en arrière",
    "jump": "revenir à une étape",
    "ask_consent": "demander l’accord",
    "press": "choisir pour elle",
    "leave": "quitter",
    "search": "recherche d’un nom",
    "roles": "rôles",
    "replaced": "machine remplacée",
    "apart": "laissé à part",
    "intact": "tout est intact",
    "broken": "quelque chose ne va pas",
    "agreed": "avec son accord",
    "withdrawn": "accord retiré",
    "mistake": "fait par erreur",
    "objection": "opposition de la personne",
    "authority": "à la demande d'une autorité",
}
"""What the identifiers of acts end with, as it is read."""


@dataclass(frozen=True, slots=True)
class NotedAct:
    """One act, to be read. ``who`` is a first name; "" once it is erased."""

    seq: int
    time: str
    who: str
    act: str
    label: str
    about: str

    @property
    def when(self) -> str:
        """The day and the minute of the place, for who reads; ``time`` as it is noted when it is no moment."""
        try:
            moment = datetime.fromisoformat(self.time)
        except ValueError:
            return self.time
        return f"{moment.astimezone():%d/%m/%Y %H:%M}"

    @property
    def subject(self) -> str:
        """``about`` for who reads: what was done at a kiosk in French words."""
        place, stroke, done = self.about.rpartition("/")
        return f"{place}{stroke}{_DONE.get(done, done)}"


def last_acts(transaction: Session, count: int, member: str = "", act: str = "") -> Sequence[NotedAct]:
    """The last acts, the newest first; of one account, of one kind."""
    some = select(ActRow, Account.name).outerjoin(Account, Account.id == ActRow.member)
    if member:
        some = some.where(ActRow.member == member)
    if act:
        some = some.where(ActRow.act == act)
    rows = transaction.execute(some.order_by(ActRow.seq.desc()).limit(count))
    return [
        NotedAct(row.seq, row.time, name or _who(row.member), row.act, _label(row.act), row.about or "")
        for row, name in rows
    ]


def _who(member: str | None) -> str:
    return _COMMAND_LINE if member == "" else ""


def _label(act: str) -> str:
    """An act of a later version has its own name for a label."""
    return next((known.label for known in StaffAct if known.value == act), act)


def _links(transaction: Session, after: int) -> Iterator[Link]:
    """Every row after one, some hundreds at a time: nothing stays open when the walk stops at a bad one."""
    some = select(ActRow).order_by(ActRow.seq).limit(_AT_ONCE).execution_options(populate_existing=True)
    # Rows numbered 0 or less can only be forged: a walk from the beginning must meet them.
    rows = transaction.scalars(some.where(ActRow.seq > after) if after else some).all()
    while rows:
        for row in rows:
            yield _link(row, Head(row.seq, row.prev), row.hash)
        rows = transaction.scalars(some.where(ActRow.seq > rows[-1].seq)).all()


def _link(row: ActRow, head: Head, hash_: bytes = b"") -> Link:
    """The row as the chain of a kiosk's journal knows it: without kiosk, opening or session."""
    payload = None if row.member is None or row.about is None else _payload(row.member, row.about)
    id_, time, act = row.id.encode(), row.time.encode(), row.act.encode()
    return Link(head.seq, id_, b"", 0, b"", time, act, payload, row.salt, row.commitment, head.hash, hash_)


def _payload(member: str, about: str) -> bytes:
    return framed(member.encode(), about.encode())
