# SPDX-License-Identifier: EUPL-1.2
"""Hostile content is refused within a second, with file and line, and never repeated as it is in a message."""

from __future__ import annotations

import os
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.check import check_folder, texts_of
from content.loader import load_catalogue, load_procedure
from content.model import Problem
from tests.sample_procedures import TODAY, sample_files, write_procedure

TARGET = "Venez le matin."
NASTY = {
    "bell": "\x07",
    "escape": "\x1b[31m",
    "c1 control": "\x9b31m",
    "delete": "\x7f",
    "null": "\x00",
    "tab": "\t",
    "new line": "\n",
    "carriage return": "\r",
    "right-to-left override": "\u202e",
    "left-to-right embedding": "\u202a",
    "isolate": "\u2066",
    "mark": "\u200f",
    "zero width space": "\u200b",
    "zero width joiner": "\u200d",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "word joiner": "\u2060",
    "private": "\ue000",
    "private plane": "\U00100000",
    "tag letter": "\U000e0041",
    "unassigned": "\u0378",
    "not a character": "\ufdd0",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "hangul filler": "\u3164",
    "braille blank": "\u2800",
    "zalgo": "e" + "\u0335" * 12,
    "tag": "<script>alert(1)</script>",
    "closing": "</b>",
    "entity": "&amp;",
    "number entity": "&#60;",
    "rich": "[bold red]",
    "textual action": "[@click=app.quit]x[/]",
    "template": "{{ 7*7 }}",
    "statement": "{% raw %}",
    "address": "https://evil.example",
    "backslash": "\\",
    "huge": "mot " * 200,
}


def as_toml(text: str) -> str:
    """A basic string with every special character escaped."""
    return "".join(c if " " <= c <= "~" and c not in '"\\' else f"\\U{ord(c):08x}" for c in text)


def hostile_sample(folder: Path, words: str) -> tuple[int, tuple[Problem, ...], float]:
    files = sample_files()
    files["fr.toml"] = files["fr.toml"].replace(TARGET, words)
    line = sample_files()["fr.toml"].split(TARGET)[0].count("\n") + 1
    write_procedure(folder, files)
    start = time.process_time()
    served, problems = load_procedure(folder)
    spent = time.process_time() - start
    assert served == {}
    return line, problems, spent


@pytest.mark.parametrize("name", NASTY)
def test_an_escaped_nasty_text_is_refused_at_its_line(name: str, tmp_path: Path) -> None:
    line, problems, spent = hostile_sample(tmp_path / "essai", f"Venez {as_toml(NASTY[name])} ici.")
    assert spent < 1
    assert line in {p.line for p in problems if p.file.endswith("fr.toml") and not p.warning}
    assert all(is_clean(p.message) and is_clean(p.file) for p in problems)


@pytest.mark.parametrize("name", [name for name in NASTY if name != "backslash"])
def test_the_same_written_as_it_is_is_refused(name: str, tmp_path: Path) -> None:
    line, problems, spent = hostile_sample(tmp_path / "essai", f"Venez {NASTY[name].replace(chr(34), '')} ici.")
    assert spent < 1
    assert line in {p.line for p in problems if p.file.endswith("fr.toml") and not p.warning}
    assert all(is_clean(p.message) for p in problems)


def is_clean(text: str) -> bool:
    return not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for c in text)


def test_a_hidden_direction_change_in_a_comment_is_refused(tmp_path: Path) -> None:
    files = sample_files()
    files["procedure.toml"] += "# rien \u202e ici\n"
    write_procedure(tmp_path / "essai", files)
    served, problems = load_procedure(tmp_path / "essai")
    assert served == {}
    assert [(p.code, p.line) for p in problems] == [("forbidden-character", files["procedure.toml"].count("\n"))]


@pytest.mark.parametrize(
    "value", ["../../../etc/passwd", "a/b", "a.b", "A", "é", "", "a" * 49, "a b", "\\u001b[0m", "a\\u202e"]
)
@pytest.mark.parametrize(
    "old", ['id = "accueil"', 'id = "perdue"', 'id = "photo"', 'pictogram = "clock"', 'id = "quand"']
)
def test_a_name_cannot_be_a_path_or_a_command(old: str, value: str, tmp_path: Path) -> None:
    files = sample_files()
    key = old.split(" = ")[0]
    files["procedure.toml"] = files["procedure.toml"].replace(old, f'{key} = "{value}"', 1)
    line = sample_files()["procedure.toml"].split(old)[0].count("\n") + 1
    served, problems = load_procedure(write_procedure(tmp_path / "essai", files))
    assert served == {}
    assert ("bad-id", line) in {(p.code, p.line) for p in problems}
    assert all(is_clean(p.message) for p in problems)


ADDRESSES = ["javascript:alert(1)", "http://x.fr", "https://", "https://x.fr/ a", "https://x.fr/\\u202e", "file:///etc"]


@pytest.mark.parametrize("url", [*ADDRESSES, "https://é.fr", "https://a@b.fr", "//x.fr"])
def test_an_address_is_https_and_plain(url: str, tmp_path: Path) -> None:
    files = sample_files()
    files["procedure.toml"] = files["procedure.toml"].replace("https://www.example.fr/demande", url)
    _, problems = load_procedure(write_procedure(tmp_path / "essai", files))
    assert "bad-url" in {p.code for p in problems}


def test_more_than_two_hundred_steps_are_refused_within_a_second(tmp_path: Path) -> None:
    files = sample_files()
    many = "".join(f'[[steps]]\nid = "s{n}"\nkind = "say"\npictogram = "key"\nnext = "s{n + 1}"\n' for n in range(900))
    files["procedure.toml"] += many
    write_procedure(tmp_path / "essai", files)
    start = time.process_time()
    served, problems = load_procedure(tmp_path / "essai")
    assert time.process_time() - start < 1
    assert served == {}
    assert "too-many" in {p.code for p in problems}


def test_two_hundred_tangled_steps_are_judged_within_a_second(tmp_path: Path) -> None:
    routes = (
        "[" + ",".join(f'{{ to = "s{n * 17}", when = {{ answer = "s{n}", is = ["a"] }} }}' for n in range(11)) + "]"
    )
    steps = "".join(f'[[steps]]\nid = "s{n}"\nkind = "say"\npictogram = "key"\nnext = {routes}\n' for n in range(200))
    write_procedure(tmp_path / "essai", {**sample_files(), "procedure.toml": steps})
    start = time.process_time()
    _, problems = load_procedure(tmp_path / "essai")
    assert time.process_time() - start < 1
    assert problems[-1].code == "too-many-problems"


def test_a_file_full_of_mistakes_is_not_described_to_its_end(tmp_path: Path) -> None:
    lines = "\n".join(f'k{n} = "\u202e"' for n in range(12_000))
    write_procedure(tmp_path / "essai", {**sample_files(), "fr.toml": lines})
    start = time.process_time()
    _, problems = load_procedure(tmp_path / "essai")
    assert time.process_time() - start < 1
    assert len(problems) <= 501
    assert problems[-1].code == "too-many-problems"


def test_nothing_is_read_outside_the_folder(tmp_path: Path) -> None:
    outside = write_procedure(tmp_path / "ailleurs" / "essai")
    catalogue = tmp_path / "catalogue"
    inside = write_procedure(catalogue / "essai")
    (inside / "fr.toml").unlink()
    (inside / "fr.toml").symlink_to(outside / "fr.toml")
    (catalogue / "lien").symlink_to(outside)
    found = load_catalogue(catalogue)
    assert not found.procedures
    assert {(p.code, Path(p.file).name) for p in found.problems} == {
        ("file-outside", "fr.toml"),
        ("file-outside", "lien"),
    }


def test_a_pipe_in_the_place_of_a_file_does_not_hold_the_kiosk(tmp_path: Path) -> None:
    folder = write_procedure(tmp_path / "essai")
    (folder / "fr.toml").unlink()
    os.mkfifo(folder / "fr.toml")
    _, problems = load_procedure(folder)
    assert "file-folder" in {p.code for p in problems}


@pytest.mark.parametrize("name", ["Essai", "es sai", "e\u202esai", "e\x1b[31m", "é"])
def test_the_name_of_a_folder_is_checked_and_shown_safely(name: str, tmp_path: Path) -> None:
    write_procedure(tmp_path / name)
    found = load_catalogue(tmp_path)
    assert not found.procedures
    assert [p.code for p in found.problems] == ["bad-id"]
    assert all(is_clean(p.message) and is_clean(p.file) for p in found.problems)


# Anything at all.


@pytest.fixture(scope="module")
def essai(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any") / "essai"


@given(structure=st.binary(max_size=400), words=st.binary(max_size=400))
def test_any_bytes_are_judged_without_an_exception(essai: Path, structure: bytes, words: bytes) -> None:
    write_procedure(essai, {"procedure.toml": structure, "fr.toml": words})
    served, problems = load_procedure(essai)
    assert served == {}
    assert problems


LINES = [line for text in sample_files().values() for line in text.split("\n")]
DAMAGE = st.tuples(
    st.sampled_from(["procedure.toml", "fr.toml"]),
    st.integers(0, 400),
    st.sampled_from(["drop", "repeat", "swap", "replace", "cut", "insert"]),
    st.sampled_from(LINES) | st.text(max_size=20),
)


@given(st.lists(DAMAGE, min_size=1, max_size=4))
def test_damaged_files_are_judged_without_an_exception(essai: Path, damages: list[tuple[str, int, str, str]]) -> None:
    files = sample_files()
    for name, at, how, other in damages:
        lines = files[name].split("\n")
        at %= len(lines)
        line = lines[at]
        replacement = {
            "drop": [],
            "repeat": [line, line],
            "swap": [line[::-1]],
            "replace": [other],
            "cut": [line[: len(line) // 2]],
            "insert": [line, other],
        }[how]
        files[name] = "\n".join([*lines[:at], *replacement, *lines[at + 1 :]])
    write_procedure(essai, {name: text.encode("utf-8", "replace") for name, text in files.items()})
    served, problems = load_procedure(essai)
    assert bool(served) == (not any(not p.warning for p in problems))
    for problem in problems:
        assert 1 <= problem.line <= files[Path(problem.file).name].count("\n") + 1
        assert is_clean(problem.message)
    check_folder(essai, TODAY)
    texts_of(essai)


SOME_KEYS = st.sampled_from(["id", "to", "when", "is", "all", "not", "answer"])
VALUES = st.recursive(
    st.integers() | st.booleans() | st.sampled_from(["a", "", "say", "besoin", "photo", "2026"]) | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SOME_KEYS, inner, max_size=3),
    max_leaves=8,
)


def toml_value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "2026-01-01"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml_value, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml_value(item)}" for key, item in value.items()) + "}"
    return f'"{value}"' if isinstance(value, str) else str(value)


@given(line=st.sampled_from([line for line in LINES if " = " in line and not line.startswith(" ")]), value=VALUES)
def test_any_value_at_any_key_is_judged_without_an_exception(essai: Path, line: str, value: object) -> None:
    key = line.split(" = ")[0]
    files = {name: text.replace(line, f"{key} = {toml_value(value)}", 1) for name, text in sample_files().items()}
    write_procedure(essai, files)
    served, problems = load_procedure(essai)
    assert bool(served) == (not any(not p.warning for p in problems))
