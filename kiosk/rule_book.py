# SPDX-License-Identifier: EUPL-1.2
"""What authors are told of each rule: its title, why it is there, how to write better. The words stand in the rooms."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import accessibility
import content

FILES = (Path(content.__file__).with_name("rules.toml"), Path(accessibility.__file__).with_name("rules.toml"))


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``name`` is stable; ``before`` and ``after`` are a small example, or empty."""

    name: str
    title: str
    why: str
    how: str
    before: str = ""
    after: str = ""


@cache
def rule_book() -> Mapping[str, Rule]:
    """Every rule by its name: those of the files first, then those of plain language."""
    found: dict[str, Rule] = {}
    for file in FILES:
        for name, words in tomllib.loads(file.read_text("utf-8")).items():
            found[name] = Rule(name, **words)
    return MappingProxyType(found)


def rule_table() -> str:
    """The rules of plain language as the table of the authors' guide (``docs/auteurs.md``)."""
    plain = tomllib.loads(FILES[1].read_text("utf-8"))
    lengths = ("long-sentence", "two-sentences", "long-title", "title-again", "long-label")
    others = (*lengths, "no-title", "no-pictogram", "no-ways")
    lines = ["| Règle | Pourquoi | Avant | Après |", "|---|---|---|---|"]
    for rule in (rule_book()[name] for name in (*others, *plain)):
        shown = (f"{rule.title} `{rule.name}`", rule.why, rule.before, rule.after)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in shown) + " |")
    return "\n".join(lines)


_BEGIN, _END = "<!-- Ce tableau est écrit par : python -m kiosk.rule_book -->", "<!-- fin du tableau -->"


def with_table(guide: str) -> str:
    """The authors' guide with the table as the rules are now."""
    before, rest = guide.split(_BEGIN)
    return f"{before}{_BEGIN}\n\n{rule_table()}\n\n{_END}{rest.split(_END)[1]}"


if __name__ == "__main__":
    guide = Path(__file__).parent.parent / "docs" / "auteurs.md"
    guide.write_text(with_table(guide.read_text("utf-8")), "utf-8")
