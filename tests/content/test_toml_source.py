# SPDX-License-Identifier: EUPL-1.2
"""Lines of keys on odd TOML, agreement with tomllib on any TOML, and what is wrong with a file."""

from __future__ import annotations

import os
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.toml_source import TomlDocument, TomlFault, TomlPath, children, parse, read

ODD = '''\
title = "x" # note
a.b."c d" = 1
list = [
  1,
  # note
  { x = 1, y.z = [2,
    3] }, ]
[t."q.r"]
k = 2026-01-01
[[s]]
id = """
two
lines"""
[[s.u]]
v = {}
[s.w]
[[s]]
[s.u.x]
'late' = [[], [ [ ] ]]
[before.after]
k = 1
[before]
j = 2
'''
LINES: dict[TomlPath, int] = {
    ("title",): 1,
    ("a", "b", "c d"): 2,
    ("list",): 3,
    ("list", 0): 4,
    ("list", 1): 6,
    ("list", 1, "y", "z", 1): 7,
    ("t", "q.r"): 8,
    ("t", "q.r", "k"): 9,
    ("s", 0): 10,
    ("s", 0, "id"): 11,
    ("s", 0, "u", 0): 14,
    ("s", 0, "u", 0, "v"): 15,
    ("s", 0, "w"): 16,
    ("s", 1): 17,
    ("s", 1, "u", "x"): 18,
    ("s", 1, "u", "x", "late", 1, 0): 19,
    ("before", "after", "k"): 21,
    ("before",): 22,
    ("before", "j"): 23,
}


def document(text: str) -> TomlDocument:
    found = parse(text, "x.toml")
    assert isinstance(found, TomlDocument), found
    return found


def all_paths(value: object, above: TomlPath = ()) -> Iterator[TomlPath]:
    for key, below in children(value):
        yield (*above, key)
        yield from all_paths(below, (*above, key))


@pytest.mark.parametrize(("path", "line"), LINES.items())
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_line_of_odd_things(path: TomlPath, line: int, ending: str) -> None:
    assert document(ODD.replace("\n", ending)).line(path) == line


def test_something_unknown_gets_the_line_of_its_nearest_ancestor() -> None:
    odd = document(ODD)
    assert odd.line(("s", 0, "u", 0, "absent", 3)) == 14
    assert odd.line(("absent",)) == 1
    assert odd.line() == 1


def test_every_key_of_the_odd_file_has_a_line() -> None:
    odd = document(ODD)
    assert odd.paths == set(all_paths(odd.data))


KEYS = st.text(st.sampled_from("ab-_.é \"'\\\n\t#=[]"), max_size=4)
VALUES = st.recursive(
    st.integers(-9, 9) | st.booleans() | st.text(st.sampled_from("a\"'\\\n#]},é"), max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


def quoted(text: str) -> str:
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(escapes.get(char, char) for char in text) + '"'


def written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return "[ # c ]\n" + ",\n".join(written(item) for item in value) + "\n]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(key)} = {written(item)}" for key, item in value.items()) + "}"
    return str(value)


@st.composite
def toml_files(draw: st.DrawFn) -> str:
    """TOML with tables, sub-tables, arrays of tables and dotted keys, in any order."""
    blocks: list[str] = []
    for table in draw(
        st.lists(st.sampled_from(["", "[t]", "[t.u]", '[t."v w"]', "[[s]]", "[[s.k]]", "[s.m]"]), max_size=6)
    ):
        pairs = draw(st.dictionaries(KEYS, VALUES, max_size=3))
        dotted = draw(st.booleans())
        prefix = "d.'o t'." if dotted else ""
        blocks.append(
            "\n".join([table, *(f"{prefix}{quoted(key)} = {written(value)}" for key, value in pairs.items())])
        )
    return "\n# note\n\n".join(sorted(blocks, key=lambda block: block.startswith("[")))


@given(toml_files())
def test_lines_and_values_agree_on_any_file(text: str) -> None:
    """Whatever tomllib reads, every key has a line, and no line is given for something that is not there."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assert isinstance(parse(text, "x"), TomlFault)
        return
    found = document(text)
    assert found.data == data
    assert found.paths == set(all_paths(data))
    lines = text.split("\n")
    for path in found.paths:
        line = found.line(path)
        assert 1 <= line <= len(lines)
        if isinstance(path[-1], str) and path[-1].isalpha():
            assert path[-1] in lines[line - 1]


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_give_a_document_or_a_fault(raw: bytes) -> None:
    text = raw.decode("utf-8", errors="replace")
    found = parse(text, "x.toml")
    if isinstance(found, TomlFault):
        assert 1 <= found.line <= text.count("\n") + 1
    else:
        assert found.paths == set(all_paths(found.data))


SYNTAX = [
    ("[[a", 1, "]]"),
    ("x = 1\n[a", 2, "]"),
    ('x = "abc', 1, "guillemet"),
    ('x = "abc\ny = 1', 1, "guillemet"),
    ("x = 'abc\ny = 1", 2, "guillemet"),
    ("\n\nx 1", 3, "="),
    ("x = 2026-02-30", 1, "date"),
    ("[a]\n[a]", 2, "plus haut"),
    ("x=1\nx=2", 2, "plus haut"),
    ("x={a=1,a=2}", 1, "deux fois"),
    ("x = oui", 1, "guillemets"),
    ('x = "\\q"', 1, "\\"),
    ("x = 1 2", 1, "autre ligne"),
    ("é = 1", 1, "nom = valeur"),
    ("x = [1 2]", 1, "virgule"),
]


@pytest.mark.parametrize(("text", "line", "word"), SYNTAX)
def test_a_syntax_error_is_said_in_french_at_its_line(text: str, line: int, word: str) -> None:
    fault = parse(text, "x.toml")
    assert isinstance(fault, TomlFault)
    assert (fault.file, fault.line, fault.code) == ("x.toml", line, "toml-syntax")
    assert word in fault.message


BOMBS = {
    "brackets": "x = " + "[" * 200_000,
    "braces": "x = " + "{a=" * 60_000,
    "headers": "[" + "a." * 100_000 + "a]",
    "dotted": "\n".join("a." * 29 + f"k{n} = 1" for n in range(3_000)),
    "quoted": "\n".join("'a'." * 100 + f"k{n} = 1" for n in range(400)),
    "digits": "x = " + "1" * 200_000,
    "tables": "\n".join(f"[a{n}.b{n}.c{n}]" for n in range(12_000)),
    "items": "[[a]]\n" * 40_000,
    "sub-items": "[[a]]\n" + "[[a.b]]\n" * 30_000,
    "strings": "x = [" + '"a",' * 60_000 + "]",
    "quotes": 'x = """' + '"' * 200_000,
    "escapes": 'x = "' + "\\u0041" * 40_000 + '"',
    "comments": "#" * 250_000,
    "points": "# " + "." * 250_000,
    "nested tables": "\n".join("[" + ".".join("a" * n for n in range(1, 20)) + f".z{n}]" for n in range(900)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_judged_within_a_second(name: str, tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(BOMBS[name])
    start = time.process_time()
    found = read(tmp_path / "x.toml")
    if isinstance(found, TomlDocument):
        found.line(("a", 0, "b", 5))
    assert time.process_time() - start < 1


def test_what_is_not_a_plain_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "secret.toml").write_text("x = 1")
    (tmp_path / "inside" / "out.toml").symlink_to(tmp_path / "secret.toml")
    (tmp_path / "inside" / "round.toml").symlink_to(tmp_path / "inside" / "round.toml")
    os.mkfifo(tmp_path / "inside" / "pipe.toml")
    (tmp_path / "inside" / "latin.toml").write_bytes("a = 1\nb = 'é'\n".encode("latin-1"))
    (tmp_path / "inside" / "big.toml").write_bytes(b"#" * 101)

    def code(name: str) -> tuple[str, int]:
        found = read(tmp_path / "inside" / name, limit_bytes=100, within=tmp_path / "inside")
        assert isinstance(found, TomlFault)
        return found.code, found.line

    assert code("absent.toml") == ("file-missing", 1)
    assert code("") == ("file-folder", 1)
    assert code("out.toml") == ("file-outside", 1)
    assert code("../secret.toml") == ("file-outside", 1)
    assert code("pipe.toml") == ("file-folder", 1)
    assert code("round.toml")[0] in ("file-unreadable", "file-outside", "file-missing")
    assert code("latin.toml") == ("file-encoding", 2)
    assert code("big.toml") == ("file-too-large", 1)
    assert code("nul\0.toml") == ("file-unreadable", 1)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(b"\xef\xbb\xbfx = 1\n")
    found = read(tmp_path / "x.toml", shown_as="le fichier")
    assert isinstance(found, TomlDocument)
    assert (found.file, found.data, found.line(("x",))) == ("le fichier", {"x": 1}, 1)
