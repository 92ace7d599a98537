# SPDX-License-Identifier: EUPL-1.2
"""Where a review is read without the pages: the database of the site, or the journal of one kiosk.

Nothing is written in either. Faults are in French, for the technician.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import Session

from assist.journal.database import StorageError
from assist.link.codec import NotUnderstood
from assist.link.rows import link_of
from assist.server.database import NO_DATABASE, Database, Standing
from assist.server.kiosks.ingest import ingest, journal_of
from assist.server.kiosks.projection import Source as Rows
from assist.server.starting import CannotServe, open_database
from assist.sync.outbox import Outbox

T = TypeVar("T")
Transaction = Session
"""What a question is put to."""
_STANDINGS = {
    Standing.NONE: (
        "Ce lieu n'a pas encore de base de données : {}\n"
        "Elle se fait au premier démarrage du serveur : « kiosk serve »."
    ),
    Standing.OLDER: (
        "La base de données vient d'une version plus ancienne de Pas à pas : {}\n"
        "Démarrez le serveur (« kiosk serve ») : il la met à jour. Puis recommencez."
    ),
    Standing.NEWER: (
        "La base de données vient d'une version plus récente de Pas à pas : {}\n"
        "Mettez à jour cette machine, puis recommencez. Rien n'a été changé."
    ),
}


class ReviewSource:
    """Where figures come from. In memory, it belongs to the thread that made it."""

    def __init__(self, database: Database, *, of_kiosk: bool) -> None:
        self._database = database
        self.of_kiosk = of_kiosk
        """Whether it is the journal of one kiosk, not the database of the site."""

    def ask(self, question: Callable[[Transaction], T]) -> T:
        """The answer, from one reading. Raises CannotServe when the database does not answer."""
        try:
            with self._database.read() as transaction:
                return question(transaction)
        except (*NO_DATABASE, OSError):
            raise CannotServe(_mute(self._database)) from None

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()


def of_site(address: str) -> ReviewSource:
    """The database of the site, which may be in use. Raises CannotServe."""
    database = open_database(address)
    url = database.engine.url
    # SQLite would make a file that is not there.
    if url.get_backend_name() == "sqlite" and not (url.database and Path(url.database).exists()):
        database.close()
        raise CannotServe(_STANDINGS[Standing.NONE].format(database.shown))
    try:
        standing = database.standing()
    except (*NO_DATABASE, OSError):
        database.close()
        raise CannotServe(_mute(database)) from None
    if standing is not Standing.THIS:
        database.close()
        raise CannotServe(_STANDINGS[standing].format(database.shown))
    return ReviewSource(database, of_kiosk=False)


def of_journal(path: Path, kiosk: str, now: datetime) -> ReviewSource:
    """The journal of one kiosk, which may be in use, counted in memory as its server would. Raises CannotServe."""
    database = Database("sqlite://")
    database.upgrade()
    try:
        why = _count(database, Outbox(path, kiosk), kiosk, now)
    except (*StorageError, NotUnderstood):
        why = "Le journal de cette borne ne peut pas être lu."
    if why:
        database.close()
        raise CannotServe(f"{why}\nLancez « kiosk journal verify ».")
    return ReviewSource(database, of_kiosk=True)


def _count(database: Database, outbox: Outbox, kiosk: str, now: datetime) -> str:
    """Bring every row in, as :mod:`assist.server.kiosks.ingest` does; why it could not be, or ""."""
    try:
        journal = outbox.identity()
        if not journal.journal:
            return "Cette borne n'a pas encore de journal."
        with database.begin() as transaction:
            journal_of(transaction, journal.journal, bytes.fromhex(journal.public_key), kiosk, now)
            through = 0
            while rows := outbox.after(through):
                done = ingest(transaction, Rows(kiosk, journal.journal), [link_of(row) for row in rows], now)
                if done.apart or done.through < rows[-1].seq:
                    return done.apart or "Il manque des lignes dans le journal de cette borne."
                through = done.through
        return ""
    finally:
        outbox.close()


def _mute(database: Database) -> str:
    return (
        f"La base de données ne répond pas, ou ce compte ne peut pas la lire : {database.shown}\n"
        "Vérifiez qu'elle est démarrée, et lancez cette commande avec le compte du serveur."
    )
