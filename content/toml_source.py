# SPDX-License-Identifier: EUPL-1.2
"""TOML files read with the line of every key, table and array item.

``tomllib`` gives the values and says whether the file is right; ``tree-sitter-toml`` gives the lines, and is only
asked when somebody wants one: a file without a problem never pays for them.
What is wrong with a file is a value, :class:`TomlFault`, said in French to the person who wrote the file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from tree_sitter import Node

LIMIT_BYTES = 256 * 1024
MAX_DEPTH = 32
MAX_DOTS = 30
"""Dots in one line, outside strings and comments. The time tomllib takes grows with the square of the parts of a
dotted key, so this is checked before it runs."""

TomlPath = tuple[str | int, ...]
"""Where something stands in the data: keys and array indexes. ``()`` is the whole file."""


@dataclass(frozen=True, slots=True)
class TomlFault:
    """Why a file could not be read. ``code`` is stable; ``message`` says in French what is wrong and what to do."""

    file: str
    line: int
    message: str
    code: str = "toml-syntax"


class TomlDocument:
    """A TOML file that was read.

    Args:
        file: its name as it is to be shown.
        text: its text, without a byte order mark.
        data: its values, as ``tomllib`` gives them.
        raw: its bytes.
    """

    def __init__(self, file: str, text: str, data: dict[str, Any], raw: bytes = b"") -> None:
        self.file = file
        self.text = text
        self.data = data
        self.raw = raw

    def line(self, path: TomlPath = ()) -> int:
        """The line (from 1) where ``path`` is written, or where its nearest known ancestor is."""
        for length in range(len(path), 0, -1):
            found = self._lines.get(path[:length])
            if found is not None:
                return found
        return 1

    @property
    def paths(self) -> frozenset[TomlPath]:
        """Every path whose line is known."""
        return frozenset(self._lines)

    @cached_property
    def strings(self) -> tuple[tuple[TomlPath, str], ...]:
        """Every text of the file with its path, at any depth."""
        found: list[tuple[TomlPath, str]] = []
        waiting: list[tuple[TomlPath, Any]] = [((), self.data)]
        while waiting:
            path, value = waiting.pop()
            for key, below in children(value):
                if isinstance(below, str):
                    found.append(((*path, key), below))
                elif isinstance(below, dict | list):
                    waiting.append(((*path, key), cast(Any, below)))
        return tuple(found)

    @cached_property
    def _lines(self) -> dict[TomlPath, int]:
        return _lines_of(self.text)


def read(
    path: Path, *, limit_bytes: int = LIMIT_BYTES, within: Path | None = None, shown_as: str | None = None
) -> TomlDocument | TomlFault:
    """Read one TOML file.

    Args:
        path: the file.
        limit_bytes: the largest size that is read.
        within: a folder that the file must be in once every symbolic link is followed; None asks for nothing.
        shown_as: the name to show; ``str(path)`` when not given.
    """
    file = str(path) if shown_as is None else shown_as
    raw = _bytes_of(path, file, limit_bytes, within)
    if isinstance(raw, TomlFault):
        return raw
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as wrong:
        line = raw.count(b"\n", 0, wrong.start) + 1
        return TomlFault(file, line, "Ce fichier n'est pas en UTF-8. Enregistrez-le en UTF-8.", "file-encoding")
    return parse(text, file, raw)


@lru_cache(maxsize=8)
def parse(text: str, file: str, raw: bytes = b"") -> TomlDocument | TomlFault:
    """Read TOML from a text; ``file`` is the name to show.

    The last few are remembered: each check of a procedure looks at its files again, and nobody changes what was read.
    """
    line = _line_with_too_many_dots(text)
    if line:
        return TomlFault(file, line, f"Trop de points sur cette ligne ({MAX_DOTS} au plus).", "toml-depth")
    too_deep = f"Trop de niveaux les uns dans les autres ({MAX_DEPTH} au plus)."
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        return _syntax_fault(file, text, str(wrong))
    except RecursionError:
        return TomlFault(file, 1, too_deep, "toml-depth")
    except ValueError:  # a whole number of more than 4,300 digits: Python refuses to read it
        return TomlFault(file, 1, "Un nombre de ce fichier est beaucoup trop long.", "toml-syntax")
    document = TomlDocument(file, text, data, raw)
    deep = _too_deep(data)
    if deep is not None:
        return TomlFault(file, document.line(deep), too_deep, "toml-depth")
    return document


def _bytes_of(path: Path, file: str, limit_bytes: int, within: Path | None) -> bytes | TomlFault:
    """The bytes of a regular file; never waits on a pipe or a device, never reads more than the limit."""
    try:
        if within is not None and not path.resolve().is_relative_to(within.resolve()):
            message = f"Ce fichier mène hors du dossier « {within.name} ». Mettez le vrai fichier à sa place."
            return TomlFault(file, 1, message, "file-outside")
        if path.is_dir():
            return TomlFault(file, 1, "C'est un dossier. Il faut un fichier TOML.", "file-folder")
        if path.exists() and not path.is_file():
            return TomlFault(file, 1, "Ce n'est pas un fichier ordinaire. Il faut un fichier TOML.", "file-folder")
        with path.open("rb") as opened:
            raw = opened.read(limit_bytes + 1)
    except FileNotFoundError:
        return TomlFault(file, 1, "Ce fichier n'existe pas. Créez-le, ou corrigez son nom.", "file-missing")
    except (OSError, ValueError, RuntimeError) as wrong:  # no right to read, loop of links, null byte in the name
        reason = getattr(wrong, "strerror", None) or type(wrong).__name__
        return TomlFault(file, 1, f"Ce fichier ne peut pas être lu ({reason}).", "file-unreadable")
    if len(raw) > limit_bytes:
        message = f"Ce fichier est trop gros ({limit_bytes // 1024} Ko au plus). Coupez-le, ou retirez du texte."
        return TomlFault(file, 1, message, "file-too-large")
    return raw


_STRING_OR_COMMENT = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*')


def _line_with_too_many_dots(text: str) -> int:
    """The first line (from 1) with more than MAX_DOTS dots outside strings and comments, or 0."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MAX_DOTS and _STRING_OR_COMMENT.sub("s", line).count(".") > MAX_DOTS:
            return number
    return 0


def _too_deep(data: dict[str, Any]) -> TomlPath | None:
    """The path of something nested deeper than MAX_DEPTH, if any."""
    level: list[Any] = [data]
    for _ in range(MAX_DEPTH):
        level = [below for value in level for _, below in children(value) if isinstance(below, dict | list)]
        if not level:
            return None
    waiting: list[tuple[TomlPath, Any]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if len(path) > MAX_DEPTH:
            return path
        waiting.extend(((*path, key), below) for key, below in children(value))
    return None


def children(value: object) -> Iterator[tuple[str | int, Any]]:
    """The keys and values of a table, the indexes and items of an array, nothing for anything else."""
    if isinstance(value, dict):
        yield from cast(dict[str, Any], value).items()
    elif isinstance(value, list):
        yield from enumerate(cast(list[Any], value))


# Syntax errors, said in French. tomllib says them in English, in words that have been the same since Python 3.11.

_POSITION = re.compile(
    r"^(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$", re.DOTALL
)
_IN_FRENCH: tuple[tuple[str, str], ...] = (
    ("Invalid statement", "Cette ligne ne commence pas comme il faut. Écrivez : nom = valeur, ou [tableau]."),
    ("Expected newline", "Il y a quelque chose de trop après la valeur. Mettez-le sur une autre ligne."),
    ("Found invalid character", "Il y a un caractère interdit ici. Retirez-le."),
    ("Illegal character '\\n'", "Un texte n'est pas fermé sur cette ligne. Ajoutez le guillemet de la fin."),
    ("Illegal character", "Il y a un caractère interdit ici. Retirez-le."),
    ("Cannot declare", "Ce tableau est déjà écrit plus haut. Gardez-en un seul."),
    ("Cannot overwrite", "Ce nom est déjà écrit plus haut. Gardez-en un seul."),
    ("Cannot mutate", "Ce tableau est déjà fermé plus haut : on ne peut plus y ajouter."),
    ("Cannot redefine", "Ce nom est déjà un tableau plus haut. Gardez-en un seul."),
    ("Duplicate inline table key", "Ce nom est écrit deux fois entre les mêmes accolades. Gardez-en un seul."),
    ("Expected ']'", "Il manque « ] » à la fin du nom du tableau."),
    ("Expected ']]'", "Il manque « ]] » à la fin du nom du tableau."),
    ("Expected '='", "Il manque « = » après le nom."),
    ("Expected '\"'", "Il manque un guillemet."),
    ('Expected "\'"', "Il manque un guillemet."),
    ("Invalid initial character", "Ce nom commence mal. Prenez des lettres, des chiffres, « - » ou « _ »."),
    ("Unclosed array", "Une liste n'est pas fermée. Ajoutez « ] », ou une virgule entre deux éléments."),
    ("Unclosed inline table", "Une accolade n'est pas fermée. Ajoutez « } », ou une virgule entre deux éléments."),
    ("Unescaped", "La barre « \\ » est mal employée dans ce texte. Écrivez « \\\\ »."),
    ("Invalid hex", "Un code de caractère est faux après « \\ »."),
    ("Escaped character", "Un code de caractère est faux après « \\ »."),
    ("Unterminated string", "Un texte n'est pas fermé. Ajoutez le guillemet de la fin."),
    ("Invalid date", "Cette date n'existe pas. Écrivez-la ainsi : 2026-11-21."),
    ("Invalid value", "Cette valeur est mal écrite. Mettez un texte entre guillemets."),
)


def _syntax_fault(file: str, text: str, said: str) -> TomlFault:
    found = _POSITION.match(said)
    what = found["what"] if found else said
    last = text.rstrip().count("\n") + 1
    line = int(found["line"]) if found and found["line"] else last
    french = next((words for start, words in _IN_FRENCH if what.startswith(start)), "Le TOML est mal écrit ici.")
    return TomlFault(file, line, french)


# Lines, from the syntax tree.


def _lines_of(text: str) -> dict[TomlPath, int]:
    """Path -> line, for a text that tomllib has accepted."""
    import tree_sitter_toml  # only when something is wrong, see the module's docstring
    from tree_sitter import Language, Parser

    tree = Parser(Language(tree_sitter_toml.language())).parse(text.encode())
    lines: dict[TomlPath, int] = {}
    items: dict[TomlPath, int] = {}
    for node in tree.root_node.named_children:
        if node.type == "pair":
            _note_pair(node, (), lines)
        elif node.type in ("table", "table_array_element"):
            header, *body = node.named_children
            path = _header_path(header, node, items, lines)
            for pair in body:
                if pair.type == "pair":
                    _note_pair(pair, path, lines)
    return lines


def _header_path(header: Node, node: Node, items: dict[TomlPath, int], lines: dict[TomlPath, int]) -> TomlPath:
    """The path that ``[header]`` or ``[[header]]`` opens; ``items`` counts the items of each array of tables."""
    line = node.start_point.row + 1
    path: TomlPath = ()
    parts = _key_parts(header)
    for at, part in enumerate(parts, 1):
        path = (*path, part)
        lines.setdefault(path, line)
        if at == len(parts) and node.type == "table_array_element":
            items[path] = items.get(path, 0) + 1
        if path in items:
            path = (*path, items[path] - 1)
            lines.setdefault(path, line)
    lines[path] = line  # a table may be named by its children before its own header comes
    return path


def _note_pair(pair: Node, above: TomlPath, lines: dict[TomlPath, int]) -> None:
    """Note the lines of ``key = value`` and of all that is inside the value."""
    waiting: list[tuple[Node, TomlPath]] = [(pair, above)]
    while waiting:
        node, path = waiting.pop()
        if node.type == "pair":
            named = [child for child in node.named_children if child.type != "comment"]
            for part in _key_parts(named[0]):
                path = (*path, part)
                lines.setdefault(path, node.start_point.row + 1)
            node = named[-1]
        if node.type == "array":
            values = [child for child in node.named_children if child.type != "comment"]
            for index, value in enumerate(values):
                lines[(*path, index)] = value.start_point.row + 1
                waiting.append((value, (*path, index)))
        elif node.type == "inline_table":
            waiting.extend((child, path) for child in reversed(node.named_children) if child.type == "pair")


_BARE = re.compile(r"[A-Za-z0-9_.-]+")


def _key_parts(key: Node) -> list[str]:
    """The names that a key is made of, quotes and escapes undone."""
    text = (key.text or b"").decode()
    if _BARE.fullmatch(text):
        return text.split(".")
    parts: list[str] = []
    inside: Any = tomllib.loads(f"{text} = 0")  # tomllib itself says what a quoted key means
    while isinstance(inside, dict):
        name, inside = next(iter(cast(dict[str, Any], inside).items()))
        parts.append(name)
    return parts
