# SPDX-License-Identifier: EUPL-1.2
"""Made-up people, told twice: as the rows that a kiosk would send, and as what a manager should read of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import strategies as st

from assist.journal.chain import Head, Link
from tests.assist.server.chains import chained

FACES = ("happy", "neutral", "unhappy", "skipped")
STEPS = ("debut", "situation", "pieces", "ou")


@dataclass(frozen=True, slots=True)
class Stay:
    """A while at a step: how long, and what was done there."""

    step: str
    seconds: int
    repeated: int = 0
    difficult: bool = False


@dataclass(frozen=True, slots=True)
class Began:
    """A procedure that was begun."""

    procedure: str
    content_hash: str
    stays: tuple[Stay, ...]
    finished: bool
    face: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who came, and what they did."""

    session: str
    language: str
    origin: str
    begun: Began | None
    ending: str
    waited: int | None = None
    """Seconds for a mediator, called at the first step; None when nobody was called."""
    joined: bool = False

    def rows(self, head: Head, began: datetime, kiosk: str = "borne-1") -> list[Link]:
        """The rows after ``head``."""
        links: list[Link] = []
        at = began

        def tell(type_: str, **data: object) -> None:
            nonlocal head
            links.extend(chained(head, (type_, data), session=self.session, at=at, kiosk=kiosk))
            head = Head(links[-1].seq, links[-1].hash)

        tell("session.started", session=self.session, language=self.language, mode="kiosk", origin=self.origin)
        if self.begun is not None:
            tell("procedure.picked", procedure=self.begun.procedure, content_hash=self.begun.content_hash)
            for number, stay in enumerate(self.begun.stays):
                tell("step.shown", step=stay.step, recorded="")
                if number == 0 and self.waited is not None:
                    tell("help.called", step=stay.step)
                    at += timedelta(seconds=self.waited)
                    tell("help.joined" if self.joined else "help.cancelled", step=stay.step)
                at += timedelta(seconds=stay.seconds)
                for _ in range(stay.repeated):
                    tell("step.repeated", step=stay.step)
                if stay.difficult:
                    tell("step.difficulty", procedure=self.begun.procedure, step=stay.step, content_hash="")
            if self.begun.finished:
                tell("roadmap.finished", step="")
            if self.begun.face:
                tell("session.rated", face=self.begun.face)
        tell("session.ended", ending=self.ending, duration="")
        return links


def sums_of(people: list[Person]) -> Counter[str]:
    """How many of each, counted from the people themselves."""
    sums: Counter[str] = Counter()
    for person in people:
        begun = person.begun
        sums["sessions"] += 1
        sums[person.ending] += 1
        called = begun is not None and person.waited is not None
        sums["called"] += called
        sums["joined"] += called and person.joined
        if begun is not None:
            sums["visits"] += 1
            sums["finished"] += begun.finished or person.ending == "done"
            sums["helped"] += called
            sums["difficult"] += any(stay.difficult for stay in begun.stays)
            if begun.face:
                sums[begun.face] += 1
    return +sums


def _persons() -> st.SearchStrategy[Person]:
    stays = st.lists(
        st.builds(Stay, st.sampled_from(STEPS), st.integers(0, 600), st.integers(0, 2), st.booleans()),
        min_size=1,
        max_size=4,
        unique_by=lambda stay: stay.step,
    ).map(tuple)
    begun = st.one_of(
        st.none(),
        st.builds(Began, st.sampled_from(("rsa", "voter")), st.sampled_from(("v1", "v2")), stays, st.booleans()),
        st.builds(Began, st.just("rsa"), st.just("v1"), stays, st.just(True), st.sampled_from(FACES)),
    )
    return st.builds(
        Person,
        st.uuids().map(str),
        st.sampled_from(("fr", "en")),
        st.sampled_from(("touch", "key", "voice")),
        begun,
        st.sampled_from(("done", "abandoned", "erased", "interrupted")),
        st.one_of(st.none(), st.integers(0, 900)),
        st.booleans(),
    )


PEOPLE = st.lists(_persons(), max_size=8, unique_by=lambda person: person.session)
