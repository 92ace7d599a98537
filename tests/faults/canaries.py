# SPDX-License-Identifier: EUPL-1.2
"""Canaries: answers that exist nowhere else. After the session every place where they might be is searched for them."""

from __future__ import annotations

import os
import secrets
import string
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psutil
from pypdf.errors import PyPdfError

from printouts.typography import full_date
from tests.journeys.person import Person
from tests.journeys.site import Site
from tests.printouts.reading import text
from tests.sample_procedures import sample_files, write_procedure

MOST_BYTES = 64 * 1024 * 1024
"""Larger files are none of ours."""
NOT_OURS = {".git", ".venv", "node_modules", "__pycache__"}
OTHER_TESTS = "pytest-of-"
"""Where tests keep their folders, tens of thousands of them: this one's own is searched by its name."""


@dataclass(frozen=True)
class Canaries:
    """What one person typed: a date of birth, a number, a word. ``born`` is a child's, so that more is asked."""

    born: date
    number: int
    word: str
    released: float

    @property
    def digits(self) -> str:
        """The date as it is keyed in."""
        return f"{self.born:%d%m%Y}"

    @property
    def written(self) -> Mapping[str, str]:
        """Every way of writing them that anything here knows."""
        born, number = self.born, str(self.number)
        groups = " ".join((number[:3], number[3:6], number[6:]))
        return {
            "iso": born.isoformat(),
            "compact": f"{born:%Y%m%d}",
            "keyed": self.digits,
            "slashes": f"{born:%d/%m/%Y}",
            "grouped": f"{born:%d / %m / %Y}",
            "grouped, unbroken": f"{born:%d / %m / %Y}".replace(" ", "\u00a0"),
            "in words": full_date(born),
            "in words, plain": full_date(born).replace("\u00a0", " "),
            "number": number,
            "number in groups": groups,
            "number in groups, unbroken": groups.replace(" ", "\u00a0"),
            "word": self.word,
            "word, lower": self.word.lower(),
            "word, upper": self.word.upper(),
        }

    def needles(self, *encodings: str) -> Mapping[bytes, str]:
        """Bytes to look for -> what they would be."""
        return {words.encode(code): f"{name} ({code})" for name, words in self.written.items() for code in encodings}


def release() -> Canaries:
    """New canaries, different at each run: what another run left behind is not ours."""
    day = date(date.today().year - 10, 1 + secrets.randbelow(12), 10 + secrets.randbelow(19))
    word = "".join(secrets.choice(string.ascii_lowercase) for _ in range(11)).capitalize()
    return Canaries(day, 10**8 + secrets.randbelow(9 * 10**8), word, time.time())


def private_questions(folder: Path) -> Path:
    """A folder with one procedure that asks for a date, a long number and a word; the content folder."""
    files = sample_files()
    files["procedure.toml"] = files["procedure.toml"].replace("at_most = 20 }", "at_most = 999999999 }")
    write_procedure(folder / "content" / "essai", files)
    return folder / "content"


def tells_all(person: Person, canaries: Canaries) -> None:
    """From the welcome to the last question, each canary given; the road map comes next."""
    person.begins("Papiers", "Refaire ma carte", "Nous allons refaire")
    person.answers(("Suite", "Pourquoi la refaire"), ("Perdue", "Déclarez la perte"), ("Suite", "date de naissance"))
    person.keys_in(canaries.digits, "Combien êtes-vous")
    person.keys_in(str(canaries.number), "Une photo")
    person.answers(("Je ne l’ai pas", "La déclaration"), ("Je l’ai", "Allez à la mairie"), ("Suite", "Ouvrez le site"))
    person.presses("Je n’y arrive pas", "Tapez un mot")
    person.terminal.write(canaries.word.lower())
    person.sees(canaries.word)


def found_in_files(site: Site, canaries: Canaries) -> list[str]:
    """Which files hold a canary: those of the site, and whatever was written since in the places all share."""
    needles = canaries.needles("utf-8", "latin-1", "utf-16-le", "utf-16-be", "utf-32-le")
    return [
        f"{file}, {layer}: {form}"
        for file in {*_files(site.folder), *_files(site.disk), *_touched_since(canaries.released)}
        for layer, content in _contents(file)
        for needle, form in needles.items()
        if needle in content
    ]


def _contents(file: Path) -> Iterator[tuple[str, bytes]]:
    with suppress(OSError, PyPdfError):  # Somebody else's file may vanish, or be half written.
        raw = file.read_bytes()
        yield "raw", raw
        if file.suffix == ".pdf":
            yield "text", text(raw).encode()


def _files(folder: Path) -> Iterator[Path]:
    yield from (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


def _touched_since(moment: float) -> Iterator[Path]:
    for shared in (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), Path.cwd()):  # noqa: S108
        for folder, below, names in os.walk(shared):
            below[:] = [name for name in below if name not in NOT_OURS and not name.startswith(OTHER_TESTS)]
            for name in names:
                file = Path(folder, name)
                with suppress(OSError):
                    state = file.stat()
                    if state.st_mtime >= moment - 1 and file.is_file() and state.st_size <= MOST_BYTES:
                        yield file


def found_on_screen(person: Person, canaries: Canaries) -> list[str]:
    """Canaries in what the terminal still shows, its history included."""
    seen = person.terminal.history()
    return [form for form, words in canaries.written.items() if words in seen]


def found_in_memory(process: psutil.Process, canaries: Canaries) -> dict[str, int]:
    """Form -> how many copies the memory of ``process`` and its children still holds. Needs the right to look.

    Python keeps a letter in one byte, in two or in four: every second and every fourth byte is read as well.
    """
    narrow, wide = canaries.needles("latin-1", "utf-8"), canaries.needles("latin-1")
    found: dict[str, int] = {}
    for member in (process, *process.children(recursive=True)):
        with suppress(FileNotFoundError, psutil.NoSuchProcess):  # The voice renews its processes.
            name = member.name()
            for block in _memory(member.pid):
                for step, needles in ((1, narrow), (2, wide), (4, wide)):
                    letters = block[::step]
                    for needle, form in needles.items():
                        if copies := letters.count(needle):
                            form = f"{name}, {step} bytes a letter: {form}"
                            found[form] = found.get(form, 0) + copies
    return found


def _memory(pid: int) -> Iterator[bytes]:
    """The writable memory of a process, a mapping at a time."""
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in maps:
            fields = line.split()
            if "w" not in fields[1]:
                continue
            start, end = (int(part, 16) for part in fields[0].split("-"))
            memory.seek(start)
            with suppress(OSError):
                yield _without_zeros(memory.read(end - start))


def _without_zeros(block: bytes) -> bytes:
    """Without the zeros that it begins and ends with, most of what was reserved; letters stay at their distance."""
    used = block.rstrip(b"\0")
    return used[(len(used) - len(used.lstrip(b"\0"))) & ~7 :]
