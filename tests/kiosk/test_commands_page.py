# SPDX-License-Identifier: EUPL-1.2
"""The guides name commands that exist; ``docs/commandes.md`` names every option, and the values of ``kiosk voice``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kiosk.cli import cli
from kiosk.voice_cli import voice

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/commandes.md").read_text(encoding="utf-8")
GUIDES = sorted([ROOT / "README.md", ROOT / "AGENTS.md", ROOT / "kiosk.toml", *(ROOT / "docs").glob("*.md")])
CODE = re.compile(r"`([^`\n]+)`|«\s((?:kiosk|script/)[^»]+)\s»|^ *((?:\S*/)?(?:kiosk|bootstrap) [^#\n]+)", re.MULTILINE)
BOOTSTRAP = (ROOT / "script/bootstrap").read_text(encoding="utf-8")


def codes(guide: Path) -> list[str]:
    """What a guide gives to type: between `` ` `` or « », or on a line of its own."""
    return [next(filter(None, found)) for found in CODE.findall(guide.read_text(encoding="utf-8"))]


def unknown_to(command: click.Command, words: list[str]) -> list[str]:
    """The subcommand or the options among ``words`` that ``command`` has not."""
    if isinstance(command, click.Group) and words and re.fullmatch(r"[a-z][a-z-]*", words[0]):
        below = command.commands.get(words[0])
        return [words[0]] if below is None else unknown_to(below, words[1:])
    known = {name for option in (*cli.params, *command.params) for name in option.opts} | {"--help"}
    return [word for word in words if word.startswith("--") and word not in known]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_every_command_that_a_guide_names_exists(guide: Path) -> None:
    typed = [match[1] for code in codes(guide) if (match := re.search(r"(?:^|[ /])kiosk ([^#\s][^#]*)", code))]
    wrong = {line: bad for line in typed if (bad := unknown_to(cli, re.findall(r"--[\w-]+|[^\s\[\]|]+", line)))}
    assert wrong == {}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_every_option_of_the_installer_that_a_guide_names_exists(guide: Path) -> None:
    named = {option for code in codes(guide) if "script/bootstrap" in code for option in re.findall(r"--[\w-]+", code)}
    assert named <= set(re.findall(r"^    (--[\w-]+)\)", BOOTSTRAP, re.MULTILINE))


def test_the_commands_are_looked_for_in_earnest() -> None:
    assert sum("kiosk " in code for guide in GUIDES for code in codes(guide)) > 100
    assert unknown_to(cli, ["voice", "sing"]) == ["sing"]
    assert unknown_to(cli, ["voice", "say", "TEXT", "--loud"]) == ["--loud"]


@pytest.mark.parametrize("name", sorted(voice.commands))
def test_the_page_names_every_value_of_the_voice(name: str) -> None:
    [usage] = re.findall(rf"^\| `kiosk voice ({name}\b[^`]*)`", PAGE, re.MULTILINE)
    options = [option for option in voice.commands[name].params if isinstance(option, click.Option)]
    for option in options:
        if isinstance(option.type, click.Choice):
            values = r"\|".join(option.type.choices)
            assert f"{option.opts[0]} {values}" in usage
        assert option.opts[0] == "--json" or option.multiple is bool(re.search(rf"{option.opts[0]} [^]]*\]…", usage))


def leaves(command: click.Command, *path: str) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with its whole name."""
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from leaves(below, *path, name)
    else:
        yield " ".join(path), command


@pytest.mark.parametrize(("name", "command"), list(leaves(cli)))
def test_the_page_names_every_option(name: str, command: click.Command) -> None:
    usages = " ".join(re.findall(rf"^\| `kiosk ({name}\b[^`]*)`", PAGE, re.MULTILINE))
    options = {word for option in command.params for word in option.opts if word.startswith("--")}
    assert set(re.findall(r"--[\w-]+", usages)) - {"--json"} == options - {"--json"}
    assert "--json" not in options or re.search(rf"^- `{name}`", PAGE, re.MULTILINE)
