# SPDX-License-Identifier: EUPL-1.2
"""Rules of a procedure's files that need the files: safety of every text, pictograms, addresses, the graph's lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from content import pictograms, text_rules
from content.graph_check import Locus, check_graph
from content.model import Problem
from content.structure import Structure
from content.text_rules import LAYOUT
from content.toml_source import TomlDocument, TomlPath, children
from content.typed_reader import MAX_PROBLEMS, Report, is_identifier, suggestion

URL = re.compile(
    r"https://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:[/?#][!#$%&'()*+,./:;=?@\w~-]*)?", re.ASCII
)
PHONE = re.compile(r"\+?[0-9](?:[0-9 ]{0,18}[0-9])")


# Safety of every text, whatever key it stands at.


def check_texts(document: TomlDocument, report: Report) -> None:
    """Refuse what no text may hold: in the file as it is written, then in the values it gives."""
    lines: set[int] = set()
    at, line = 0, 1
    for offset, fault in text_rules.forbidden_characters(document.text, LAYOUT):
        line += document.text.count("\n", at, offset)
        at = offset
        if line not in lines and len(lines) <= MAX_PROBLEMS:
            lines.add(line)
            report.problems.append(Problem(document.file, line, fault.code, fault.message))
    for path, value in document.strings:
        _check_text(document, path, value, lines, report)


def _check_text(document: TomlDocument, path: TomlPath, text: str, lines: set[int], report: Report) -> None:
    for fault in text_rules.safety(text, markup_allowed=path[-1] == "url"):
        if len(report.problems) <= MAX_PROBLEMS and document.line(path) not in lines:
            report.add(document, path, fault.code, fault.message, warning=fault.warning)


# Rules of the structure that need more than the graph: its folder, its pictograms, its addresses.


def locate(data: Mapping[str, Any], locus: Locus) -> TomlPath:
    """Where something named by ids stands in the data.

    In a list, a name is looked for among the ``id`` of its items.
    """
    path: TomlPath = ()
    value: Any = data
    for part in locus:
        if isinstance(value, list) and isinstance(part, str):
            items = cast(list[Any], value)
            part = next((i for i, item in enumerate(items) if _named(item, part)), len(items))
        path = (*path, part)
        value = dict(children(cast(object, value))).get(part)
    return path


def _named(item: object, name: str) -> bool:
    return isinstance(item, dict) and cast(dict[str, Any], item).get("id") == name


def check_structure(folder: Path, document: TomlDocument, structure: Structure, report: Report) -> None:
    """The graph, the folder's name, and every pictogram, address and number of ``procedure.toml``."""
    procedure = structure.procedure
    if procedure.id and procedure.id != folder.resolve().name:
        message = f"L'identifiant « {procedure.id} » et le nom du dossier sont différents. Mettez le même."
        report.add(document, ("id",), "id-folder", message)
    if structure.whole:
        for finding in check_graph(procedure, structure.broken_steps):
            where = locate(document.data, finding.locus)
            report.add(document, where, finding.code, finding.message, warning=finding.warning)
    used = set(structure.place_of.values())
    for name in sorted(structure.places - used):
        message = f"Le lieu « {name} » ne sert nulle part. Retirez-le."
        report.add(document, ("places", name), "unused-place", message, warning=True)
    for path, value in document.strings:
        _check_value(document, path, value, report)


def _check_value(document: TomlDocument, path: TomlPath, value: str, report: Report) -> None:
    key = path[-1]
    if key == "pictogram" and is_identifier(value):
        _check_pictogram(document, path, value, report)
    elif key == "url" and value and not URL.fullmatch(value):
        message = "Cette adresse ne convient pas. Elle commence par https:// et n'a ni espace ni accent."
        report.add(document, path, "bad-url", message)
    elif key == "phone" and value and not PHONE.fullmatch(value):
        message = "Ce numéro ne convient pas. Écrivez des chiffres et des espaces : 01 23 45 67 89."
        report.add(document, path, "bad-phone", message)
    elif key == "title" and path[0] == "sources":
        for fault in text_rules.note(value):
            report.add(document, path, fault.code, fault.message)


def _check_pictogram(document: TomlDocument, path: TomlPath, name: str, report: Report) -> None:
    if name not in pictograms.names():
        hint = suggestion(name, pictograms.names()) or " Les noms sont dans content/pictograms/index.toml."
        report.add(document, path, "unknown-pictogram", f"Le pictogramme « {name} » n'existe pas.{hint}")
    elif not _pictogram_files() >= {f"{name}.svg", f"{name}.png"}:
        message = f"Le dessin « {name} » manque. Lancez script/pictograms."
        report.add(document, path, "missing-pictogram-file", message)


@lru_cache(maxsize=1)
def _pictogram_files() -> frozenset[str]:
    """The names of the files beside the pictograms' index."""
    return frozenset(entry.name for entry in pictograms.FOLDER.iterdir())
