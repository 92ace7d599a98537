# SPDX-License-Identifier: EUPL-1.2
"""Checks procedures as an author wants it: every problem of every file, and whether the sources are fresh.

What the kiosk needs to serve is judged by :mod:`content.loader`; what depends on the day is judged here, so that a
kiosk whose clock is wrong keeps its content.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from content.file_check import locate
from content.graph_check import Locus
from content.loader import STRUCTURE_FILE, load_procedure, procedure_folders, tidy
from content.model import Problem, Procedure
from content.text_rules import shown
from content.toml_source import TomlDocument, TomlPath, children, read

GRACE_DAYS = 183
"""Days after ``check_by`` from which a procedure is no longer published: six months."""


def check_folder(path: Path, today: date) -> tuple[Problem, ...]:
    """Every problem under ``path``, by file and line; empty when all is well.

    Args:
        path: the folder of procedures, one procedure's folder, or a folder that contains ``procedures/``.
        today: the day against which sources and dates are judged.
    """
    folders = folders_of(path)
    if not folders:
        message = "Il n'y a pas de démarche ici. Donnez un dossier qui contient procedure.toml, ou des démarches."
        return (Problem(shown(str(path), 200), 1, "no-procedure", message),)
    problems: list[Problem] = []
    texts: dict[Path, tuple[str, ...]] = {}
    for folder in folders:
        procedures, found = load_procedure(folder)
        problems.extend(found)
        procedure = procedures.get("fr")
        if procedure:
            texts[folder] = procedure.languages
            problems.extend(check_dates(folder, procedure, today))
    problems.extend(_missing_languages(texts))
    return tidy(problems)


def folders_of(path: Path) -> tuple[Path, ...]:
    """The folder of each procedure under ``path`` (as for :func:`check_folder`)."""
    if (path / STRUCTURE_FILE).exists() or (path / "fr.toml").exists():
        return (path,)
    inside = path / "procedures"
    return procedure_folders(inside if inside.is_dir() else path)


def check_dates(folder: Path, procedure: Procedure, today: date) -> list[Problem]:
    """Sources compared in the future or too long ago, deadlines that are past."""
    document = read(folder / STRUCTURE_FILE, shown_as=shown(str(folder / STRUCTURE_FILE), 200))
    if not isinstance(document, TomlDocument):
        return []  # it was removed since it was loaded: the next check will say so
    found: list[tuple[Locus, str, str, bool]] = []
    for index, source in enumerate(procedure.sources):
        late = (today - source.check_by).days
        if source.checked_on > today:
            message = "Cette date est dans le futur. Écrivez le jour où vous avez comparé la page."
            found.append((("sources", index, "checked_on"), "future-date", message, False))
        elif late > 0:
            message = f"Cette page devait être comparée il y a {late} jours. Comparez-la, et changez les 2 dates."
            found.append((("sources", index, "check_by"), "old-source", message, late <= GRACE_DAYS))
    for line in procedure.road_map:
        if line.deadline and line.deadline.on and line.deadline.on < today:
            message = "Cette date est passée : la ligne n'est plus montrée. Mettez la prochaine date, ou retirez-la."
            found.append((("road_map", line.id, "deadline", "on"), "past-deadline", message, True))
    return [
        Problem(document.file, document.line(locate(document.data, locus)), code, message, warning)
        for locus, code, message, warning in found
    ]


def _missing_languages(texts: dict[Path, tuple[str, ...]]) -> list[Problem]:
    """A language that some procedures have and this one lacks: the person will meet French there.

    A file that is there and is not served has its own problems, said at its lines.
    """
    everywhere = sorted({language for languages in texts.values() for language in languages})
    return [
        Problem(
            shown(str(folder / STRUCTURE_FILE), 200),
            1,
            "missing-language",
            f"D'autres démarches sont en « {language} », pas celle-ci. Créez « {language}.toml ».",
            warning=True,
        )
        for folder, languages in texts.items()
        for language in everywhere
        if language not in languages and not (folder / f"{language}.toml").exists()
    ]


@dataclass(frozen=True, slots=True)
class Text:
    """What a person reads at one place: a title, a label, or all the sentences of one ``say``, in their order."""

    file: str
    line: int
    key: str
    sentences: tuple[str, ...]
    lines: tuple[int, ...]
    """Where each sentence stands."""


READ_KEYS = ("title", "summary", "say", "explain", "label", "what", "where", "text", "late")
"""Keys of the words that are read as sentences or titles; not the names of things, nor ways of asking aloud."""


def languages_of(path: Path) -> tuple[str, ...]:
    """Every language that has a file of words under ``path`` (as for :func:`check_folder`), French first."""
    found = {file.stem for folder in folders_of(path) for file in folder.glob("[a-z][a-z].toml")}
    return tuple(sorted(found, key=lambda language: (language != "fr", language)))


def texts_of(path: Path, language: str = "fr") -> tuple[Text, ...]:
    """Every text of the procedures under ``path`` (as for :func:`check_folder`), for the plain-language rules.

    A file that cannot be read gives none: :func:`check_folder` says why.
    """
    found: list[Text] = []
    for folder in folders_of(path):
        name = folder / f"{language}.toml"
        document = read(name, within=folder, shown_as=shown(str(name), 200))
        if isinstance(document, TomlDocument):
            found.extend(_texts(document, (), document.data))
    return tuple(found)


def _texts(document: TomlDocument, path: TomlPath, table: dict[str, Any]) -> Iterator[Text]:
    for key, value in children(table):
        here = (*path, key)
        if isinstance(value, dict):
            yield from _texts(document, here, cast(dict[str, Any], value))
        elif key in READ_KEYS:
            items = [(here, value)] if isinstance(value, str) else [((*here, at), item) for at, item in children(value)]
            found = [(item, document.line(path)) for path, item in items if isinstance(item, str)]
            if found:
                sentences, lines = zip(*found, strict=True)
                yield Text(document.file, document.line(here), str(key), sentences, lines)
