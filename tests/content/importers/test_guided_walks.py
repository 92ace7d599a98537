# SPDX-License-Identifier: EUPL-1.2
"""Every branch of every guided tree leads to an end that names a sheet or a place."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from assist.session import commands as c
from content.graph_check import check_graph
from content.importers.vosdroits.importing import import_feed
from content.importers.vosdroits.serving import official_procedures
from content.importers.vosdroits.store import read_index, read_publication_of
from content.model import StepKind
from tests.content.importers.feed import sample, write_feed
from tests.content.importers.walker import begin, current, down, paths, reading, road_map, send, to_the_end, unsafe

NOW = datetime(2026, 11, 28, 12)


def imported(source: Path, into: Path) -> Path:
    import_feed(str(source), into, NOW, downloading=lambda *_: None, reading=lambda *_: None)
    return into


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    return imported(write_feed(folder / "feed"), folder / "official")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return imported(sample(), tmp_path_factory.mktemp("real"))


def walk_every_branch(folder: Path) -> int:
    """Walk each branch of each tree, and each event; how many were walked."""
    index = read_index(folder)
    assert index is not None
    walked = 0
    for languages in official_procedures(folder).values():
        procedure = languages["fr"]
        assert procedure.official is not None
        publication = read_publication_of(folder, index.entries[procedure.official.number])
        assert publication is not None
        for path in [*paths(publication.branches)] or [()]:
            state = to_the_end(down(begin(procedure), path))
            found = road_map(state)
            numbers = {sheet.number for sheet in found.official}
            assert numbers >= set(path[-1].links[:1] if path else ()), (procedure.id, [b.title for b in path])
            assert procedure.official.number in numbers
            assert any(visit.place and (visit.place.url or visit.place.name) for visit in found.where)
            walked += 1
    return walked


def test_every_branch_of_our_own_feed(store: Path) -> None:
    assert walk_every_branch(store) == 6


def test_every_branch_of_the_sample(real: Path) -> None:
    assert walk_every_branch(real) > 700


@pytest.mark.parametrize("which", ["store", "real"])
def test_every_procedure_is_sound(which: str, request: pytest.FixtureRequest) -> None:
    """Nothing leads nowhere, nothing is out of reach, nothing dangerous is in it, no screen is without words."""
    for languages in official_procedures(request.getfixturevalue(which)).values():
        procedure = languages["fr"]
        findings = {finding.code for finding in check_graph(procedure)} - {"not-yet-asked"}
        assert not findings, (procedure.id, findings)
        assert unsafe(procedure) == [], procedure.id
        for step in procedure.steps.values():
            assert step.title, (procedure.id, step.id)
            assert step.say or step.kind is StepKind.CHOOSE, (procedure.id, step.id)
            assert step.sheet is not None
            assert len({choice.label for choice in step.choices}) == len(step.choices), (procedure.id, step.id)


def test_whoever_does_not_know_is_sent_to_a_person_with_the_sheet_in_hand(store: Path) -> None:
    procedure = official_procedures(store)["sp-f9001"]["fr"]
    state = begin(procedure)
    while current(state).kind is not StepKind.CHOOSE:
        state = send(state, c.Continue())
    state = send(state, c.Choose("unknown"))
    assert current(state).title == "Demandez à une personne"
    assert [sheet.number for sheet in road_map(to_the_end(state)).official] == ["F9001"]


def test_a_sheet_that_the_kiosk_lacks_is_named_with_its_address(store: Path) -> None:
    procedure = official_procedures(store)["sp-f9001"]["fr"]
    index = read_index(store)
    assert index is not None
    publication = read_publication_of(store, index.entries["F9001"])
    assert publication is not None
    state = down(begin(procedure), (publication.branches[2],))
    assert current(state).title == "Une fiche absente"
    found = road_map(to_the_end(state))
    assert [v.place.url for v in found.where if v.place and "F9999" in v.text] == [
        "https://www.service-public.fr/particuliers/vosdroits/F9999"
    ]


def test_every_chapter_can_be_read_to_its_end(real: Path) -> None:
    for languages in official_procedures(real).values():
        to_the_end(begin(languages["fr"]), reading)
