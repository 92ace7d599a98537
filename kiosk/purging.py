# SPDX-License-Identifier: EUPL-1.2
"""The end of retentions, asked for: what would go now, or let it go, by the rules of every day."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.command_line import count_of, refuse
from kiosk.config import Settings

if TYPE_CHECKING:
    from assist.kept import Erased, Kept
    from assist.server.database import Database

    Told = Sequence[tuple[Kept, Erased]]

_OF_ANOTHER = (
    "La base du lieu n'est pas de cette version de Pas à pas : rien n'y a été effacé. "
    "Mettez tout à la même version, démarrez le serveur une fois, puis recommencez."
)
_NO_ANSWER = "La base du lieu ne répond pas, ou un autre programme l'occupe. Réessayez plus tard."


def would_purge(settings: Settings, now: datetime) -> Told:
    """What would go now; nothing is changed. What cannot be read is said, and the command ends with 1."""
    return [*_would_prune(settings.journal.path, now), *_would_erase(settings, now)]


def purge(settings: Settings, now: datetime) -> Told:
    """Let it go; what went. What cannot be done is said, and the command ends with 1."""
    return [*_prune(settings, now), *_erase(settings, now)]


def _would_prune(path: Path, now: datetime) -> Told:
    from assist.journal.protocol import JournalFault
    from assist.journal.retention import KEPT, would_prune

    if not path.is_file():
        return []
    erased = would_prune(path, now)
    if isinstance(erased, JournalFault):
        refuse(f"{path} : {erased.message}")
    return [(KEPT, erased)]


def _prune(settings: Settings, now: datetime) -> Told:
    from assist.journal.protocol import JournalFault
    from assist.journal.retention import KEPT, prune
    from assist.journal.store import open_journal

    path = settings.journal.path
    told = _would_prune(path, now)
    if not any(erased.count for _, erased in told):
        return told
    opened = open_journal(path, settings.site.kiosk, lambda: datetime.now(UTC))
    try:
        pruned = prune(opened.journal, now)
    finally:
        opened.journal.close()
    if isinstance(pruned, JournalFault):
        refuse(f"{path} : {pruned.message}")
    return [(KEPT, erased) for _, erased in told]


def _would_erase(settings: Settings, now: datetime) -> Told:
    from assist.server.daily import would_do

    if not _serves(settings):
        return []
    with _site(settings) as database:
        return would_do(database, now)


def _erase(settings: Settings, now: datetime) -> Told:
    from assist.server.daily import do

    if not _serves(settings):
        return []
    with _site(settings) as database:
        return do(database, now)


@contextmanager
def _site(settings: Settings) -> Generator[Database]:
    """The site's database, as it stands: a server may be using it, so that its tables are not changed here."""
    from assist.server.daily import CannotSay, of_this_version
    from assist.server.starting import CannotServe, open_database
    from kiosk.serve import site_of

    try:
        database = open_database(site_of(settings).database)
    except CannotServe as fault:
        refuse(str(fault))
    try:
        if not of_this_version(database):
            refuse(_OF_ANOTHER)
        yield database
    except CannotSay:
        refuse(_NO_ANSWER)
    finally:
        database.close()


def _serves(settings: Settings) -> bool:
    """Whether the site's database is of this machine, and is there."""
    from kiosk.serve import site_of

    address = site_of(settings).database
    file = Path(address.removeprefix("sqlite:///"))
    return not settings.server.address and (not address.startswith("sqlite:///") or file.is_file())


def sentences(told: Told, *, dry: bool) -> list[str]:
    """The same, for a person."""
    over = [(kept, erased) for kept, erased in told if erased.count]
    if not told:
        return ["Il n'y a ni journal ni base du lieu sur cette machine."]
    if not over:
        return ["Rien n'est à effacer maintenant." if dry else "Rien n'était à effacer."]
    verb = "À effacer maintenant" if dry else "Effacé"
    lines = [f"{verb} :"]
    for kept, erased in over:
        when = f", du {_day(erased.oldest)} au {_day(erased.newest)}" if erased.oldest else ""
        lines.append(f"  {kept.name} : {count_of(erased.count, 'ligne', 'lignes')}{when} (gardé {kept.long})")
    return [*lines, "Rien n'a été changé."] if dry else lines


def as_json(told: Told) -> list[dict[str, Any]]:
    """The same as data."""
    return [
        {"kept": kept.name, "count": erased.count, "oldest": erased.oldest or None, "newest": erased.newest or None}
        for kept, erased in told
    ]


def _day(moment: str) -> str:
    try:
        return f"{datetime.fromisoformat(moment).astimezone():%d/%m/%Y}"
    except ValueError:
        return moment[:10]
