# SPDX-License-Identifier: EUPL-1.2
"""The disk fills up during a visit: the person goes on and is told; the journal resumes by itself and stays sound."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from kiosk.words import words_in
from tests.journeys.person import THEMES, Person, person_at
from tests.journeys.site import Site, make_site

TOLD = words_in("fr").no_journal.split(".")[0]
DISK_KILOBYTES = 1500


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1.5 MB."""
    disk = tmp_path / "disque"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_KILOBYTES}k", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk needs root")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(disk: Path) -> Path:
    """Not a byte is left."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
    return ballast


def walks_until(person: Person, true: Callable[[str], bool], what: str) -> str:
    """From the first step to the second and back, until the first says it: a log has some room left at first."""
    for _ in range(40):
        person.presses("Un adulte", "Pourquoi refaire")
        screen = person.presses("◀ Retour", "La carte est pour qui")
        if true(screen):
            return screen
    raise AssertionError(f"{what}:\n{screen}")


def check_visit(site: Site, spoil: Callable[[Person], Callable[[], object]]) -> None:
    """``spoil`` makes the disk fail and gives back what mends it."""
    with person_at(site) as person:
        person.begins("Papiers", "Refaire ma carte", "La carte est pour qui")
        mend = spoil(person)
        walks_until(person, lambda screen: TOLD in screen, "it is never told")
        person.presses("Un adulte", "Pourquoi refaire")
        person.presses("Perdue", "Vous déclarez la perte")
        assert site.intact, "not half a row"
        mend()
        person.presses("◀ Retour", "Pourquoi refaire")
        person.presses("◀ Retour", "La carte est pour qui")
        walks_until(person, lambda screen: TOLD not in screen, "it is told for ever")
        person.presses("Tout effacer", "Vos réponses seront effacées")
        person.presses("Oui, tout effacer", "Tout est effacé")
        person.presses("Commencer", THEMES)
        person.leaves()
    assert site.intact
    assert site.endings()[0] == "erased", "what came after the disk was mended is there"
    assert site.types()[-1] == "kiosk.stopped"


def test_a_disk_that_is_full(tmp_path: Path, small_disk: Path) -> None:
    site = make_site(tmp_path, disk=small_disk)

    def spoil(person: Person) -> Callable[[], object]:
        return fill(small_disk).unlink

    check_visit(site, spoil)


@pytest.mark.long  # The journal's own answer to it is in test_journal_full.py.
def test_files_that_may_not_grow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same without root: RLIMIT_FSIZE gives an input/output error in the middle of a write."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")  # A module compiled then would be cut, and stay so.
    site = make_site(tmp_path)

    def spoil(person: Person) -> Callable[[], object]:
        process = person.process
        soft, hard = process.rlimit(psutil.RLIMIT_FSIZE)
        process.rlimit(psutil.RLIMIT_FSIZE, (4096, hard))
        return lambda: process.rlimit(psutil.RLIMIT_FSIZE, (soft, hard))

    check_visit(site, spoil)


def test_a_full_disk_at_the_start(tmp_path: Path, small_disk: Path) -> None:
    """Information is still served; the paper cannot be written, and that is said."""
    site = make_site(tmp_path, disk=small_disk)
    ballast = fill(small_disk)
    with person_at(site) as person:
        person.begins("Papiers", "Refaire ma carte", "La carte est pour qui")
        person.sees(TOLD)
        person.presses("Un adulte", "Pourquoi refaire")
        ballast.unlink()
        person.presses("Perdue", "Vous déclarez la perte")
        person.presses("◀ Retour", "Pourquoi refaire")
        person.leaves()
    assert site.intact
    assert "step.back" in site.types()
