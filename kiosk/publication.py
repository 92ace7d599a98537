# SPDX-License-Identifier: EUPL-1.2
"""Which procedures are served: what the check refuses is not published, the last good text stays in its place.

A good text is copied beside the journal (``published/<hash>/<id>/``), so that it is still there after a restart. What
was judged once is not judged again: verdicts are remembered by the hash of the text and of the rules. The clock alone
never empties a kiosk: see :func:`_too_old`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from content.check import GRACE_DAYS
from content.completeness import check_finished
from content.loader import REQUIRED_LANGUAGE, STRUCTURE_FILE, load_procedure, procedure_folders
from content.model import Catalogue, Problem, Procedure
from kiosk.config import Settings
from kiosk.verdicts import Verdicts

Texts = Mapping[str, Procedure]
"""One procedure, by language."""
_SHORT = 24
"""Signs of a hash that name the folder of a copy."""


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A text that is not published, and why. ``language`` is "" when the whole procedure is concerned."""

    procedure: str
    reasons: tuple[Problem, ...]
    language: str = ""
    earlier_text: bool = False
    """The last good text is served in its place."""

    @property
    def said(self) -> str:
        """What is held back, what is served instead, and the first reason."""
        what = f"{self.procedure} ({self.language})" if self.language else self.procedure
        instead = "le texte d'avant est servi" if self.earlier_text else "n'est pas servie"
        if self.language:
            instead = "cette langue n'est pas servie"
        first = self.reasons[0]
        more = f" (et {len(self.reasons) - 1} autres refus)" if len(self.reasons) > 1 else ""
        return f"{what} : {instead}. {Path(first.file).name}:{first.line} : {first.message}{more}"


@dataclass(frozen=True, slots=True)
class Published:
    """What is served, what is held back, and what was served too long though it may not be stopped."""

    catalogue: Catalogue
    held_back: tuple[HeldBack, ...]
    old: tuple[str, ...] = ()
    """Procedures past their time that are served all the same: too many at once, so the clock is doubted."""


def published(settings: Settings, today: date, *, keep: bool) -> Published:
    """What the kiosk serves with these settings; its copies stand beside the journal."""
    return publish(settings.content.path, settings.journal.path.parent / "published", today, keep=keep)


def publish(folder: Path, kept: Path, today: date, *, keep: bool) -> Published:
    """Judge every procedure of ``folder``.

    Args:
        folder: the procedures as their authors left them.
        kept: where the last good texts are.
        today: the day against which the sources are judged.
        keep: write good texts and verdicts to ``kept``; a disk that refuses changes nothing for the public.
    """
    verdicts = Verdicts(kept / "verdicts.json")
    served: dict[str, Texts] = {}
    held: list[HeldBack] = []
    for found in procedure_folders(folder):
        texts, refused = _judge(found, verdicts)
        if texts and keep:
            _keep(found, texts[REQUIRED_LANGUAGE], kept)
        earlier = {} if texts else _last_good(kept, found.name)
        if texts or earlier:
            served[found.name] = texts or earlier
        for language, reasons in refused.items():
            held.append(HeldBack(found.name, tuple(reasons), language, earlier_text=bool(earlier and not language)))
    if keep:
        verdicts.write()
    withdrawn, doubted = _too_old(served, today)
    held += [HeldBack(name, (_expired(folder / name, served[name]),)) for name in withdrawn]
    problems = tuple(sorted({reason for one in held for reason in one.reasons}))
    left = {name: texts for name, texts in served.items() if name not in withdrawn}
    return Published(Catalogue(MappingProxyType(left), problems), tuple(held), doubted)


def _judge(folder: Path, verdicts: Verdicts) -> tuple[Texts, dict[str, list[Problem]]]:
    """The languages that may be served (none when the structure or French may not), and what stops the others.

    What stops the whole procedure stands at "".
    """
    texts, problems = load_procedure(folder)
    refused: dict[str, list[Problem]] = {}
    for problem in (*problems, *check_finished(folder)):
        if not problem.warning:
            refused.setdefault(_language_of(problem), []).append(problem)
    for language, procedure in texts.items():
        if found := verdicts.of(folder, language, procedure.content_hash):
            refused.setdefault("" if language == REQUIRED_LANGUAGE else language, []).extend(found)
    good = {language: procedure for language, procedure in texts.items() if language not in refused}
    if "" in refused:
        good = {}
    languages = tuple(sorted(good))
    return {language: replace(procedure, languages=languages) for language, procedure in good.items()}, refused


def _language_of(problem: Problem) -> str:
    """The language whose words a problem is about; "" for the structure and for French, without which is nothing."""
    name = Path(problem.file).name
    language = name.removesuffix(".toml") if name.endswith(".toml") and name != STRUCTURE_FILE else ""
    return "" if language == REQUIRED_LANGUAGE else language


# The last good texts.


def _keep(folder: Path, procedure: Procedure, kept: Path) -> None:
    """Copy a good text, then let go of the one before it. A copy that a cut leaves half made is not taken for one."""
    place = kept / procedure.content_hash[:_SHORT]
    if (place / folder.name).is_dir():
        return
    half = kept / f".half-{os.getpid()}-{folder.name}"
    try:
        shutil.rmtree(half, ignore_errors=True)
        (half / folder.name).mkdir(parents=True)
        for file in sorted(folder.glob("*.toml")):
            shutil.copyfile(file, half / folder.name / file.name)
        half.rename(place)
        for older in kept.glob(f"*/{folder.name}"):
            if older.parent != place:
                shutil.rmtree(older.parent)
    except OSError:
        shutil.rmtree(half, ignore_errors=True)  # full, or not ours to write: served all the same, kept another day


def _last_good(kept: Path, name: str) -> Texts:
    """The copy of a procedure, if there is one that is still what it was."""
    try:
        copies = sorted(kept.glob(f"*/{name}"), key=lambda copy: copy.stat().st_mtime, reverse=True)
    except OSError:
        return {}
    for copy in copies:
        texts, _ = load_procedure(copy)
        french = texts.get(REQUIRED_LANGUAGE)
        if french and french.content_hash.startswith(copy.parent.name):
            return texts
    return {}


# Too old.


def _too_old(served: Mapping[str, Texts], today: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(to be withdrawn, past their time and served all the same).

    A clock that is wrong may not empty a kiosk: when more than half of the procedures would go at once, none goes.
    """
    late = tuple(name for name, texts in served.items() if _days_late(texts, today) > GRACE_DAYS)
    return (late, ()) if 2 * len(late) <= len(served) else ((), late)


def _days_late(texts: Texts, today: date) -> int:
    return (today - min(source.check_by for source in texts[REQUIRED_LANGUAGE].sources)).days


def _expired(folder: Path, texts: Texts) -> Problem:
    day = min(source.check_by for source in texts[REQUIRED_LANGUAGE].sources)
    message = (
        f"Une source devait être comparée avant le {day:%d/%m/%Y}, il y a plus de 6 mois. "
        "Comparez-la, et changez les 2 dates."
    )
    return Problem(str(folder / STRUCTURE_FILE), 1, "old-source", message)
