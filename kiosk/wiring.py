# SPDX-License-Identifier: EUPL-1.2
"""The only place that builds the real parts. Tests call :func:`make_dialogue` with scripted ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from accessibility.listening.protocol import Listener
from accessibility.speaking.protocol import Speaker
from accessibility.speaking.rendered import RenderedVoice
from assist.journal.protocol import Journal, JournalFault, Opened
from assist.link.site_key import site_key_file, why_not
from assist.session.commands import Mode, Moment
from assist.session.events import Event, JournalSetAside, KioskStarted
from assist.sync.protocol import DeskLink, NoDesk
from content.loader import load_catalogue
from content.model import Catalogue
from kiosk.catalogue import and_official
from kiosk.clock import Clock, SystemClock
from kiosk.config import Settings
from kiosk.dialogue import Dialogue
from kiosk.linking import link_of
from kiosk.meaning import meaning_of
from kiosk.printing import PrintDesk
from kiosk.publication import published
from kiosk.walk import Record
from printouts.model import Paper, Printer
from printouts.printer import make_printer, wipe_for_good
from printouts.receipt_code import new_receipt_code
from printouts.renderer import Renderer

_QUIET = 60
"""Seconds without anybody, at least, before sentences are made ahead of time."""


def make_dialogue(
    settings: Settings,
    *,
    clock: Clock | None = None,
    make_speaker: Callable[[], Speaker] | None = None,
    printer: Printer | None = None,
    open_journal: Callable[[], tuple[Journal, Sequence[Event]]] | None = None,
    make_listener: Callable[[], Listener] | None = None,
    make_link: Callable[[], DeskLink] | None = None,
    lab: bool = False,
    make: Callable[..., Dialogue] = Dialogue,
) -> Dialogue:
    """A dialogue with the real parts, but for those that are given. In the ``lab``, drafts alone are served.

    ``make`` is another kind of dialogue, made of the same parts.
    """
    return make(
        settings=settings,
        clock=clock or SystemClock(),
        make_speaker=make_speaker or (lambda: speaker_of(settings)),
        desk=PrintDesk(printer or printer_of(settings), Renderer(), Paper(settings.printer.paper)),
        load=lambda: _catalogue(settings, clock or SystemClock(), lab=lab),
        open_journal=open_journal or (lambda: start_journal(settings)),
        new_receipt_code=new_receipt_code,
        make_listener=make_listener or listener_maker(settings),
        make_link=make_link or (NoDesk if open_journal else lambda: link_of(settings)),
        site_key=partial(why_not, site_key_file(settings.journal.path)),
        meaning=None if open_journal else meaning_of(settings),
        mode=Mode.LAB if lab else Mode.KIOSK,
    )


def _catalogue(settings: Settings, clock: Clock, *, lab: bool) -> Catalogue:
    """What is served: the drafts as they are in the lab, else what the check lets through."""
    if lab:
        return load_catalogue(settings.content.drafts)
    return and_official(published(settings, clock.now().wall.date(), keep=True).catalogue, settings)


def listener_maker(settings: Settings) -> Callable[[], Listener] | None:
    """What makes the ear; None where none is wanted: nothing is shown of it then, and nothing noted."""
    listening = settings.listening
    if listening.engine == "none":
        return None

    def make() -> Listener:
        from accessibility.listening.build import make_listener

        language, meaning = settings.session.language, settings.finding.meaning == "auto"
        return make_listener(
            listening.engine, listening.models, listening.device, language, spare=listening.spare, meaning=meaning
        )

    return make


def speaker_of(settings: Settings) -> Speaker:
    """The voice; its sentences are kept beside the journal."""
    from accessibility.speaking.build import make_speaker
    from accessibility.speaking.idle import IdleWork
    from accessibility.speaking.rendering import maker_of
    from accessibility.speaking.supervised import Kind
    from kiosk.voice_render import idle_command

    voice, times = settings.voice, settings.session
    rendered = rendered_voice_of(settings)
    can_render = isinstance(maker_of(rendered, settings.listening.models), Kind)
    # After so long without a sign, whoever was there has been asked, and has not answered.
    quiet = max(_QUIET, times.idle_seconds + times.answer_seconds)
    idle = IdleWork(idle_command(settings), quiet) if can_render else None
    return make_speaker(voice.engine, cache_folder(settings), voice.cache_mb, voice.device, rendered, idle)


def rendered_voice_of(settings: Settings) -> RenderedVoice:
    """The better voice, by its names: what it has said already is found by them."""
    from accessibility.speaking.rendered import rendered_voice

    return rendered_voice(settings.voice.rendered, settings.voice.piper)


def cache_folder(settings: Settings) -> Path:
    """Where the sound of public sentences is kept."""
    return settings.journal.path.parent / "voice"


def printer_of(settings: Settings) -> Printer:
    """The printer."""
    return make_printer(settings.printer.kind, settings.printer.queue, settings.printer.folder)


def start_journal(settings: Settings) -> tuple[Journal, Sequence[Event]]:
    """Open the journal as the kiosk does at its start: what was found, old payloads gone, no job left from before."""
    from assist.journal.retention import prune

    if settings.printer.kind == "cups":
        wipe_for_good(queue=settings.printer.queue)
    opened = _open(settings)
    prune(opened.journal, datetime.now(UTC))
    found = [JournalSetAside(aside.reason, aside.folder.name) for aside in opened.set_aside]
    return opened.journal, (*found, KioskStarted(version()))


def _open(settings: Settings) -> Opened:
    from assist.journal.store import open_journal

    path = settings.journal.path
    return open_journal(path, settings.site.kiosk, lambda: datetime.now(UTC))


@contextmanager
def journal_for_walk(settings: Settings, tell: Callable[[str], None]) -> Iterator[Record]:
    """Keeps the events of one walk in the kiosk's journal; ``tell`` hears, once, why it cannot."""
    opened = _open(settings)
    told: list[str] = []

    def record(events: Sequence[Event], at: Moment, session: str) -> None:
        kept = opened.journal.append(events, at.wall, session)
        if isinstance(kept, JournalFault) and not told:
            told.append(kept.message)
            tell(f"Cette marche n'est pas notée dans le journal. {kept.message}")

    for aside in opened.set_aside:
        tell(f"Le journal était abîmé : il est mis de côté dans {aside.folder}. {aside.reason}")
    try:
        yield record
    finally:
        opened.journal.close()


def version() -> str:
    """The version of Pas à pas."""
    from importlib.metadata import version as installed

    return installed("pas-a-pas")
