# SPDX-License-Identifier: EUPL-1.2
"""Writes ``docs/actes.md`` from the acts that are noted: ``python -m assist.server.acts_list``."""

from __future__ import annotations

from pathlib import Path

from assist.server.acts import StaffAct

PAGE = Path(__file__).resolve().parents[2] / "docs" / "actes.md"
_INTRODUCTION = """\
# Ce que l'équipe fait, et qui est noté

Cette page est écrite par `python -m assist.server.acts_list`. Ne la modifiez pas à la main.

Chaque ligne garde : son numéro, l'heure, le compte, l'acte, et l'identifiant de ce qu'il concerne. Rien n'y nomme
une personne aidée.

| Acte | Ce qui est lu |
|---|---|
"""


def page() -> str:
    """The whole page, in Markdown."""
    rows = "".join(f"| `{act.value}` | {act.label} |\n" for act in StaffAct)
    return _INTRODUCTION.replace(" :", "\u00a0:") + rows


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
