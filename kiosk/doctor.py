# SPDX-License-Identifier: EUPL-1.2
"""``kiosk doctor``: what is wrong with this kiosk, and how to mend it. It changes nothing."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.command_line import count_of
from kiosk.config import ConfigProblem, Settings
from kiosk.diagnosis import Check
from kiosk.journal_advice import NO_JOURNAL_YET, intact, next_step, what_is_wrong
from kiosk.mailing import mail_check
from kiosk.meaning_diagnosis import meaning_check
from kiosk.official_diagnosis import official_check
from kiosk.server_diagnosis import server_check
from kiosk.trouble_log import trouble_check

if TYPE_CHECKING:
    from content.model import Catalogue
    from kiosk.publication import Published

_ENOUGH_DISK = 500_000_000


def diagnose_settings(problems: Iterable[ConfigProblem]) -> tuple[Check, ...]:
    """The settings file cannot be used: nothing else can be looked at."""
    return tuple(
        Check("settings", False, str(problem), "Corrigez cette ligne, puis relancez « kiosk doctor ».", blocking=True)
        for problem in problems
    )


def diagnose(settings: Settings) -> tuple[Check, ...]:
    """Everything that was looked at, in the order in which a technician would mend it."""
    from kiosk.publication import published

    content = published(settings, date.today(), keep=False)
    return (
        Check("settings", True, "Les réglages se lisent."),
        *_content(content),
        *official_check(settings.content.official, date.today()),
        meaning_check(settings),
        _display(settings),
        *_voice(settings),
        *_rendered_voice(settings, content.catalogue),
        *_models(settings),
        *_microphone(settings),
        _printer(settings),
        _journal(settings),
        *server_check(settings),
        *mail_check(settings.mail),
        *trouble_check(settings.journal.path.parent, datetime.now(UTC)),
        _disk(settings),
        _clock(settings),
    )


def _content(found: Published) -> Iterator[Check]:
    served = len(found.catalogue.procedures)
    fix = "Lancez « kiosk content check » et corrigez les refus."
    yield Check(
        "content",
        served > 0,
        f"{count_of(served, 'démarche servie', 'démarches servies')}, "
        f"{count_of(len(found.held_back), 'texte retenu', 'textes retenus')}.",
        "" if served else fix,
        blocking=served == 0,
    )
    for held in found.held_back:
        yield Check("publication", False, held.said, fix)
    if found.old:
        yield Check(
            "publication",
            False,
            f"Trop de sources à comparer à la fois ({len(found.old)} démarches) : elles restent servies.",
            "Vérifiez la date de la borne. Si elle est juste, comparez les sources.",
        )


def _display(settings: Settings) -> Check:
    if not sys.stdout.isatty():
        return Check("display", True, "Aucun terminal ici : sa taille se mesure là où la borne tourne.")
    from kiosk.layout import SMALLEST, Glass, fits

    columns, rows = shutil.get_terminal_size()
    problems = fits(Glass(columns, rows, settings.screen.width_mm, settings.screen.height_mm))
    if problems:
        too_small = columns < SMALLEST[0] or rows < SMALLEST[1]
        fix = "Vérifiez width_mm et height_mm dans kiosk.toml, ou changez la taille des lettres du terminal."
        return Check("display", False, " ".join(problems), fix, blocking=too_small)
    return Check("display", True, f"{columns} colonnes, {rows} lignes, {os.environ.get('TERM', '')}.")


def _voice(settings: Settings) -> Iterator[Check]:
    from accessibility.speaking.diagnosis import diagnose as diagnose_voice

    for found in diagnose_voice(settings.voice.engine, settings.voice.device, settings.session.language):
        yield Check(found.check, found.ok, found.message, found.fix)


def _rendered_voice(settings: Settings, served: Catalogue) -> Iterator[Check]:
    from accessibility.speaking.cache import AudioCache
    from accessibility.speaking.casting import Line
    from accessibility.speaking.diagnosis import diagnose_rendered
    from accessibility.speaking.rendering import lines_of
    from kiosk.voice_render import public_sentences
    from kiosk.wiring import cache_folder, rendered_voice_of

    if settings.voice.engine == "none":
        return
    cache = AudioCache(cache_folder(settings), settings.voice.cache_mb)
    wished = settings.voice.rendered != "auto"

    def sentences() -> Sequence[Line]:
        return lines_of(public_sentences(settings, served=served) or ())

    found = diagnose_rendered(rendered_voice_of(settings), settings.listening.models, cache, sentences, wished=wished)
    yield Check(found.check, found.ok, found.message, found.fix)


def _microphone(settings: Settings) -> Iterator[Check]:
    from accessibility.listening.diagnosis import diagnose as diagnose_microphone

    for found in diagnose_microphone(settings.listening.engine, settings.listening.device):
        yield Check(found.check, found.ok, found.message, found.fix)


def _models(settings: Settings) -> Iterator[Check]:
    from accessibility.models.diagnosis import diagnose as diagnose_models

    listening = settings.listening
    for found in diagnose_models(
        listening.models, listening.engine, settings.voice.rendered, settings.session.language
    ):
        yield Check(found.check, found.ok, found.message, found.fix)


def _printer(settings: Settings) -> Check:
    from kiosk.wiring import printer_of
    from printouts.printer import diagnose as diagnose_printer

    return Check(*diagnose_printer(printer_of(settings)))


def _journal(settings: Settings) -> Check:
    from assist.journal.setting_aside import folders_set_aside
    from assist.journal.verification import verify

    path = settings.journal.path
    if not path.exists():
        return Check("database", True, NO_JOURNAL_YET)
    verdict = verify(path)
    if verdict.intact:
        aside = ", ".join(folder.name for folder in folders_set_aside(path))
        kept = f" Un journal abîmé est gardé à part : {aside}." if aside else ""
        return Check("database", True, f"{intact(verdict)}{kept}")
    return Check("database", False, f"{path} : {what_is_wrong(path, verdict)}", next_step(path, verdict))


def _disk(settings: Settings) -> Check:
    folder = _existing(settings.journal.path.parent)
    free = shutil.disk_usage(folder).free
    if not os.access(folder, os.W_OK):
        return Check("disk", False, f"{folder} ne peut pas être écrit.", "Donnez ce dossier au compte de la borne.")
    message = f"{free // 10**6} Mo libres."
    return Check("disk", free >= _ENOUGH_DISK, message, "" if free >= _ENOUGH_DISK else "Libérez de la place.")


def _existing(folder: Path) -> Path:
    return next(parent for parent in (folder, *folder.parents) if parent.exists())


def _clock(settings: Settings) -> Check:
    """The clock cannot be earlier than the day on which somebody last checked a procedure, served or held back."""
    from content.loader import load_catalogue

    checked = [s.checked_on for p in load_catalogue(settings.content.path).titles() for s in p.sources]
    today = date.today()
    if checked and today < max(checked):
        return Check(
            "clock",
            False,
            f"La borne se croit le {today:%d/%m/%Y} : c'est trop tôt.",
            "Réglez l'heure : sudo timedatectl set-ntp true.",
        )
    return Check("clock", True, f"Nous sommes le {today:%d/%m/%Y}.")
