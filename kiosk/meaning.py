# SPDX-License-Identifier: EUPL-1.2
"""Finding by what a sentence means, beside its words: when it is there, and how the kiosk comes to have it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from accessibility.processes.falls import places
from kiosk.config import Settings

if TYPE_CHECKING:
    from content.model import Catalogue
    from content.search.finder import Finder
    from kiosk.meaning_vectors import VectorsApart

_log = logging.getLogger(__name__)

PATIENCE = 0.3
"""Seconds that a person's sentence waits for its vector: words alone answer after that."""
LONG_PATIENCE = 60.0
"""Seconds for a few sentences that nobody waits for."""
LATER = 60.0
"""Seconds after the kiosk's start, or after a try in vain, at which missing vectors begin to be made: a start has
enough to do."""
TRIES = 2
"""Processes that make them, one after the other: one may die, or hang."""


class Meaning(Protocol):
    """What gives a finder its second look."""

    def attend(self, finder: Finder) -> None:
        """Give ``finder`` its second look once it can be had. Returns at once."""
        ...

    def forget(self) -> None:
        """Leave nothing of what the person said."""
        ...

    def close(self) -> None:
        """End what was begun."""
        ...


class NoMeaning:
    """Words alone."""

    def attend(self, finder: Finder) -> None:
        """See :class:`Meaning`."""

    def forget(self) -> None:
        """See :class:`Meaning`."""

    def close(self) -> None:
        """See :class:`Meaning`."""


class MeaningApart:
    """By the vectors of a process of its own. What is missing of them is made by another, that steps aside."""

    def __init__(self, file: Path, *, later: float = LATER, make: Callable[..., VectorsApart] | None = None) -> None:
        self._file, self._later, self._make = file, later, make
        self._closing = threading.Event()
        self._begun: list[VectorsApart] = []
        self._asked: VectorsApart | None = None
        self._thread: threading.Thread | None = None

    def attend(self, finder: Finder) -> None:
        """See :class:`Meaning`."""
        self._thread = threading.Thread(target=self._run, args=(finder,), name="meaning", daemon=True)
        self._thread.start()

    def forget(self) -> None:
        """See :class:`Meaning`."""
        if asked := self._asked:
            asked.forget()

    def close(self) -> None:
        """See :class:`Meaning`."""
        self._closing.set()
        for vectors in tuple(self._begun):
            vectors.close()
        if self._thread:
            self._thread.join(timeout=5)

    def _run(self, finder: Finder) -> None:
        try:
            self._prepare(finder)
        except Exception as error:  # noqa: BLE001 - An optional part never ends the kiosk: words alone answer.
            _log.error("finding by meaning fell: %s", places(error))

    def _prepare(self, finder: Finder) -> None:
        from content.search.second_look import ByMeaning
        from content.search.vector_file import complete, missing, read_rows
        from kiosk.meaning_vectors import COMMAND, VectorsApart

        make = self._make or VectorsApart
        asked = make(PATIENCE)
        texts = [text for _, text, _ in finder.ways]
        for _ in range(TRIES):
            if not missing(texts, read_rows(self._file, asked.model)):
                break
            if self._closing.wait(self._later):
                return
            maker = self._new(make(LONG_PATIENCE, command=(*COMMAND, "aside")))
            with suppress(OSError):  # A disk that is full: words alone, and the doctor tells.
                complete(texts, maker, self._file)
            maker.close()
        rows = read_rows(self._file, asked.model)
        if not missing(texts, rows) and not self._closing.is_set():
            self._new(asked).start()
            self._asked = asked
            finder.second_look = ByMeaning(finder.ways, rows, asked)

    def _new(self, vectors: VectorsApart) -> VectorsApart:
        self._begun.append(vectors)
        if self._closing.is_set():
            vectors.close()
        return vectors


def wanted(settings: Settings) -> bool:
    """True when the settings want it and it is installed."""
    from content.search.e5 import model_name

    return settings.finding.meaning == "auto" and model_name() != ""


def vector_file(settings: Settings) -> Path:
    """Where vectors are kept: beside the journal; of authored words only."""
    from content.search.vector_file import NAME

    return settings.journal.path.parent / "meaning" / NAME


def meaning_of(settings: Settings) -> Meaning:
    """The second look of this kiosk."""
    return MeaningApart(vector_file(settings)) if wanted(settings) else NoMeaning()


def catalogue_of(settings: Settings) -> Catalogue:
    """All that may be found here: the procedures that are written, whether or not they may be served today."""
    from content.loader import load_catalogue
    from kiosk.catalogue import and_official

    return and_official(load_catalogue(settings.content.path), settings)


@contextmanager
def looking_twice(finder: Finder, settings: Settings) -> Iterator[None]:
    """``finder`` has its second look meanwhile, if all its vectors are there already: nothing is made."""
    if not wanted(settings):
        yield
        return
    from content.search.second_look import ByMeaning
    from content.search.vector_file import missing, read_rows
    from kiosk.meaning_vectors import STARTING, VectorsApart

    vectors = VectorsApart(STARTING)
    rows = read_rows(vector_file(settings), vectors.model)
    if not missing((text for _, text, _ in finder.ways), rows):
        finder.second_look = ByMeaning(finder.ways, rows, vectors)
    try:
        yield
    finally:
        finder.second_look = None
        vectors.close()
