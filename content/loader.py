# SPDX-License-Identifier: EUPL-1.2
"""From the files of a procedure to :class:`content.model.Procedure`, checked once and for all.

A procedure is a folder: ``procedure.toml`` and one file of words a language (``fr.toml``, ``en.toml``…). French is
required. Everything that is wrong is listed in one pass, each with its file and line. A mistake in the structure or
in the French words stops the procedure; a mistake or a gap in another language stops that language only, and French
is served in its place.

Dates are not judged here: a kiosk whose clock is wrong must still serve (see :mod:`content.check`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from content.file_check import check_structure, check_texts
from content.model import Catalogue, Problem, Procedure
from content.structure import Structure, read_structure
from content.text_rules import shown
from content.toml_source import TomlDocument, TomlFault, read
from content.translations import judge_translation
from content.typed_reader import MAX_PROBLEMS, Report, bad_identifier, is_identifier
from content.words import join_words

STRUCTURE_FILE = "procedure.toml"
REQUIRED_LANGUAGE = "fr"
_WORDS_FILE = re.compile(r"[a-z]{2}\.toml")


def load_catalogue(folder: Path) -> Catalogue:
    """Every procedure of a folder; broken ones are left out and their problems listed.

    Raises nothing: a folder that does not exist is a problem like another.
    """
    procedures: dict[str, Mapping[str, Procedure]] = {}
    problems: list[Problem] = []
    folders = procedure_folders(folder)
    if not folders:
        problems.append(Problem(str(folder), 1, "no-procedure", _NO_PROCEDURE))
    for found in folders:
        by_language, wrong = load_procedure(found)
        problems.extend(wrong)
        if by_language:
            procedures[found.name] = MappingProxyType(by_language)
    return Catalogue(MappingProxyType(procedures), tuple(problems))


def reload_catalogue(active: Catalogue, folder: Path) -> Catalogue:
    """The catalogue read again; a procedure that broke since keeps its last good content.

    One whose folder is gone is gone.
    """
    fresh = load_catalogue(folder)
    there = {found.name for found in procedure_folders(folder)}
    kept = {name: texts for name, texts in active.procedures.items() if name in there}
    return Catalogue(MappingProxyType({**kept, **fresh.procedures}), fresh.problems)


_NO_PROCEDURE = "Il n'y a pas de démarche ici. Donnez un dossier qui contient des dossiers avec procedure.toml."


def procedure_folders(folder: Path) -> tuple[Path, ...]:
    """The folders of procedures in ``folder``, by name; hidden ones are not looked at."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return ()
    return tuple(entry for entry in entries if not entry.name.startswith((".", "__")) and entry.is_dir())


def load_procedure(folder: Path) -> tuple[dict[str, Procedure], tuple[Problem, ...]]:
    """Read one procedure.

    Returns:
        Language -> procedure (empty when it must not be served), and the problems by file and line.
    """
    report = Report()
    procedures = _load(folder, report) if _folder_fits(folder, report) else {}
    return procedures, tidy(report.problems)


def tidy(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems in order, without repetition, and not more than anyone can read."""
    kept = sorted(set(problems))
    if len(kept) > MAX_PROBLEMS:
        last = kept[MAX_PROBLEMS]
        kept = kept[:MAX_PROBLEMS]
        message = f"Il y a encore d'autres problèmes après ces {MAX_PROBLEMS}. Corrigez d'abord ceux-ci."
        kept.append(Problem(last.file, last.line, "too-many-problems", message))
    return tuple(kept)


def content_hash(files: Mapping[str, bytes]) -> str:
    """SHA-256 (hex) of named files, whatever the folder they are in.

    Each file is framed by the lengths of its name and of its bytes, so that no two sets of files give the same stream.
    """
    digest = hashlib.sha256(b"pas-a-pas content 1\n")
    for name in sorted(files):
        for part in (name.encode(), files[name]):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.hexdigest()


def _folder_fits(folder: Path, report: Report) -> bool:
    """Is it a folder, well named, and really in the folder where it stands?"""
    file = shown(str(folder), 200)
    try:
        inside = folder.resolve().is_relative_to(folder.parent.resolve())
        is_folder = folder.is_dir()
    except (OSError, RuntimeError, ValueError):
        inside, is_folder = False, False
    if not is_folder:
        report.problems.append(Problem(file, 1, "file-missing", "Ce dossier n'existe pas. Corrigez son nom."))
    elif not inside:
        message = "Ce dossier mène hors du dossier des démarches. Mettez le vrai dossier à sa place."
        report.problems.append(Problem(file, 1, "file-outside", message))
    elif not is_identifier(folder.resolve().name):
        report.problems.append(Problem(file, 1, "bad-id", bad_identifier(folder.resolve().name)))
    else:
        return True
    return False


def _load(folder: Path, report: Report) -> dict[str, Procedure]:
    documents = _documents(folder, report)
    if STRUCTURE_FILE not in documents:
        return {}
    top = documents.pop(STRUCTURE_FILE)
    hashed = content_hash({STRUCTURE_FILE: top.raw, **{name: words.raw for name, words in documents.items()}})
    shape = Report()
    check_texts(top, shape)
    structure = read_structure(top, hashed, shape)
    check_structure(folder, top, structure, shape)
    _require_french(folder, documents, report)
    report.problems.extend(shape.problems)
    served = _in_each_language(structure, documents, report)
    if shape.errors or REQUIRED_LANGUAGE not in served:
        return {}
    languages = tuple(sorted(served))
    return {language: replace(procedure, languages=languages) for language, procedure in served.items()}


def _in_each_language(
    structure: Structure, documents: Mapping[str, TomlDocument], report: Report
) -> dict[str, Procedure]:
    """Language -> procedure, for each whose words are whole. French first: the others are held against it."""
    served: dict[str, Procedure] = {}
    required = f"{REQUIRED_LANGUAGE}.toml"
    for name in sorted(documents, key=lambda name: (name != required, name)):
        language, words, document = name.removesuffix(".toml"), Report(), documents[name]
        check_texts(document, words)
        procedure = join_words(structure, document, language, words)
        whole = not words.errors
        if name != required:
            french = served.get(REQUIRED_LANGUAGE)
            whole = judge_translation(document, language, french, procedure, structure, words)
        report.problems.extend(words.problems)
        if whole:
            served[language] = procedure
    return served


def _require_french(folder: Path, documents: Mapping[str, TomlDocument], report: Report) -> None:
    name = f"{REQUIRED_LANGUAGE}.toml"
    if name in documents or any(problem.file == _file(folder, name) for problem in report.problems):
        return
    message = f"Il manque les mots en français. Créez « {name} »."
    report.problems.append(Problem(_file(folder, STRUCTURE_FILE), 1, "missing-language", message))


def _file(folder: Path, name: str) -> str:
    return shown(str(folder / name), 200)


def _documents(folder: Path, report: Report) -> dict[str, TomlDocument]:
    """Name -> document for each file that could be read; says what else lies in the folder."""
    documents: dict[str, TomlDocument] = {}
    try:
        names = sorted({entry.name for entry in folder.iterdir()} | {STRUCTURE_FILE})
    except OSError as wrong:
        message = f"Ce dossier ne peut pas être lu ({wrong.strerror})."
        report.problems.append(Problem(shown(str(folder), 200), 1, "file-unreadable", message))
        return {}
    for name in names:
        if name == STRUCTURE_FILE or _WORDS_FILE.fullmatch(name):
            found = read(folder / name, within=folder, shown_as=_file(folder, name))
            if isinstance(found, TomlFault):
                report.fault(found)
            else:
                documents[name] = found
        elif not name.startswith(".") and not name.endswith("~"):
            message = "Ce fichier ne sert à rien ici. Noms attendus : procedure.toml, fr.toml, en.toml…"
            report.problems.append(Problem(_file(folder, name), 1, "unexpected-file", message, warning=True))
    return documents
