# SPDX-License-Identifier: EUPL-1.2
"""The house stays in order: licences, links, sizes, words."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path

import pytest

from kiosk.words import Words, words_in

ROOT = Path(__file__).resolve().parents[1]
TRACKED = [
    ROOT / name
    for name in subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    if name and (ROOT / name).exists()
]
OURS = [path for path in TRACKED if "vendor" not in path.parts and "fonts" not in path.parts]
GUIDES = [
    *("accueillir", "aipd", "auteurs", "clavier", "comptes", "extrait-audit", "importer-service-public", "installer"),
    *("langues", "mediateurs", "responsables"),
]
SOURCES = [path for path in OURS if path.suffix in {".py", ".js", ".css", ".tcss"} or path.parent.name == "script"]


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def test_every_source_names_its_licence() -> None:
    head = "SPDX-License-Identifier: EUPL-1.2"
    assert names([path for path in SOURCES if head not in path.read_text(encoding="utf-8")[:300]]) == []


def test_no_room_is_a_drawer() -> None:
    drawers = {"utils", "util", "common", "helpers", "misc"}
    assert names([path for path in OURS if drawers & {part.removesuffix(".py") for part in path.parts}]) == []


def test_modules_stay_small() -> None:
    product = [p for p in SOURCES if p.suffix == ".py" and p.relative_to(ROOT).parts[0] != "tests"]
    assert names([p for p in product if len(p.read_text(encoding="utf-8").splitlines()) > 400]) == []


def test_nothing_is_left_to_do() -> None:
    marks = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
    assert names([p for p in SOURCES if marks.search(p.read_text(encoding="utf-8"))]) == []


def test_the_links_of_the_documents_lead_somewhere() -> None:
    broken = []
    for page in (path for path in OURS if path.suffix == ".md"):
        for link in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if not link.startswith(("http", "mailto")) and not (page.parent / link).exists():
                broken.append(f"{page.relative_to(ROOT)} → {link}")
    assert broken == []


def test_the_places_within_documents_are_there() -> None:
    broken = []
    for page in (path for path in OURS if path.suffix == ".md"):
        for name, place in re.findall(r"\]\(([^)#\s:]*)#([^)\s]+)\)", page.read_text(encoding="utf-8")):
            there = (page.parent / name if name else page).read_text(encoding="utf-8")
            headings = re.findall(r"^#+ (.*)$", there, re.MULTILINE)
            if place not in [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]:
                broken.append(f"{page.relative_to(ROOT)} → {name}#{place}")
    assert broken == []


@pytest.mark.parametrize("guide", GUIDES)
def test_french_guides_keep_their_spaces(guide: str) -> None:
    """As on the screens: a sign never begins a line. Code, addresses and the table of rules are not looked at."""
    text = (ROOT / "docs" / f"{guide}.md").read_text(encoding="utf-8")
    prose = re.sub(r"(?s)```.*?```|<!--.*-->|`[^`\n]*`|\]\([^)]*\)", "`", text)
    assert re.findall(r".* [?!:;»].*|.*« .*|.*[^\s\u00a0][?!;»].*|.*«[^\u00a0].*", prose) == []


def test_decisions_are_one_page_each_and_numbered_once() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("*.md"))
    numbers = [page.name[:4] for page in pages]
    assert len(set(numbers)) == len(numbers)
    assert names([p for p in pages if len(p.read_text(encoding="utf-8").split()) > 900]) == []


@pytest.mark.parametrize("room", ["content", "accessibility", "printouts", "assist", "kiosk"])
def test_a_room_is_entered_without_waiting(room: str) -> None:
    """Heavy libraries come when they are needed, never with a room's models."""
    modules = {
        "content": "content.model, content.loader, content.search",
        "accessibility": "accessibility.comfort, accessibility.plain_language, accessibility.speaking.build, "
        "accessibility.listening.build",
        "printouts": "printouts.model, printouts.printer, printouts.renderer",
        "assist": "assist.session.machine, assist.journal",
        "kiosk": "kiosk.cli, kiosk.presenter, kiosk.walk",
    }
    heavy = {"sqlalchemy", "weasyprint", "numpy", "sounddevice", "soundfile", "pyttsx3", "textual", "tornado", "PIL"}
    heavy |= {"vosk", "ctranslate2", "onnxruntime", "faster_whisper", "av"}
    script = f"import sys, {modules[room]}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert heavy & set(done.stdout.split()) == set()


def test_french_words_of_the_kiosk_keep_their_spaces() -> None:
    """A sign such as « ? » never begins a line: the space before it does not break."""
    texts = list(texts_in(words_in("fr")))
    assert len(texts) > 100
    assert [text for text in texts if re.search(r" [?!:;»]|« |[^\s\u00a0][?!;»]|«[^\u00a0]", text)] == []


def test_english_words_of_the_kiosk_have_no_space_before_their_signs() -> None:
    assert [text for text in texts_in(words_in("en")) if re.search(r"\s[?!:;,.]|[«»]|'", text)] == []


def texts_in(words: Words) -> Iterator[str]:
    """Every text of ``words``, whatever holds it."""
    for each in fields(words):
        value = getattr(words, each.name)
        yield from [value] if isinstance(value, str) else value.values() if isinstance(value, Mapping) else value
