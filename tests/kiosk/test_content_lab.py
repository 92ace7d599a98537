# SPDX-License-Identifier: EUPL-1.2
"""``kiosk content lab`` and ``kiosk content difficulties`` on a real journal."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assist.journal.store import open_journal
from assist.session import commands as c
from assist.session.machine import run
from assist.session.state import SessionState
from content.loader import load_procedure
from content.model import Possession, Procedure
from kiosk.cli import cli
from tests.journeys.short_procedure import write_short_procedure

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


class Site:
    """A published text, a draft of it with one more way of saying, and a journal."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        published, draft = write_short_procedure(folder / "published"), write_short_procedure(folder / "var/drafts")
        words = draft / "essai/fr.toml"
        words.write_text(words.read_text("utf-8").replace("Perdue", "Introuvable"), "utf-8")
        (folder / "kiosk.toml").write_text(f'[content]\npath = "{published}"\n', "utf-8")
        self.draft, self.published = of(draft), of(published)
        self.told = 0

    def tell(self, *sessions: tuple[Procedure, c.Mode, tuple[c.Intent, ...]]) -> None:
        """Whole sessions, kept as the kiosk keeps them, five seconds from one command to the next."""
        journal = open_journal(self.folder / "var/journal.db", "borne-1", lambda: MONDAY).journal
        for text, mode, intents in sessions:
            self.told += 1
            name, state = f"{self.told:032x}", SessionState()
            for n, intent in enumerate((c.Begin(name, mode=mode), c.Pick(text), *intents)):
                at = c.Moment(MONDAY + timedelta(minutes=self.told, seconds=5 * n), 5.0 * n, MONDAY.date())
                state, events = run(state, c.Command(intent, at, c.Origin.TOUCH))
                assert events, intent
                journal.append(events, at.wall, name)
        journal.close()

    def __call__(self, *words: str) -> Result:
        return CliRunner().invoke(cli, ["--config", str(self.folder / "kiosk.toml"), "content", *words])

    def data(self, *words: str) -> Any:
        done = self(*words, "--json")
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)


def of(folder: Path) -> Procedure:
    return load_procedure(folder / "essai")[0]["fr"]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


FINE = (c.Choose("perdue"), c.Tick("photo", Possession.HAVE), c.Finish(), c.Rate(c.Face.HAPPY))
LOST = (c.ReportDifficulty(), c.CallHelp(), c.Continue(), c.EraseAll())


def test_too_few_to_tell(site: Site) -> None:
    site.tell((site.draft, c.Mode.LAB, FINE), (site.published, c.Mode.KIOSK, LOST))
    told = site.data("lab", "essai")
    assert told["draft"]["visits"] == told["published"]["visits"] == 1
    assert set(told["verdicts"].values()) == {"too_few"}
    text = site("lab", "essai").output
    assert "trop peu de visites pour le dire" in text
    assert "mieux" not in text


def test_a_better_draft(site: Site) -> None:
    other = (site.draft, c.Mode.KIOSK, FINE), (site.published, c.Mode.WALK, LOST), (site.published, c.Mode.LAB, LOST)
    tried = [(site.draft, c.Mode.LAB, FINE)] * 20
    served = [(site.published, c.Mode.KIOSK, LOST)] * 20
    site.tell(*other, *tried, *served)
    told = site.data("lab", "essai")
    assert told["draft"]["visits"] == told["published"]["visits"] == 20
    assert told["older_drafts"] == 1
    assert told["verdicts"] == {
        **{"finished": "better", "helped": "better", "difficulty": "better"},
        **{"time": "too_few", "happy": "too_few"},
    }
    assert told["draft"]["median_seconds"] == 20.0
    first, *_ = told["steps"]
    assert (first["step"], first["stuck"], first["published"]["stuck"], first["verdict"]) == ("besoin", 0, 20, "better")
    assert "20 sur 20" in site("lab", "essai").output


def test_a_draft_that_was_published_keeps_its_visits(site: Site) -> None:
    (site.folder / "var/drafts/essai").rename(site.folder / "var/aside")
    without = site("lab", "essai")
    assert without.exit_code == 1
    assert "n'a pas été essayé" in without.stderr
    site.tell((site.published, c.Mode.LAB, FINE), (site.published, c.Mode.KIOSK, LOST))
    told = site.data("lab", "essai")
    assert told["draft"]["visits"] == told["published"]["visits"] == 1


def test_difficulties_are_ranked(site: Site) -> None:
    late = (c.Choose("perdue"), c.ReportDifficulty(), c.EraseAll())
    site.tell(*[(site.published, c.Mode.KIOSK, LOST)] * 3, (site.published, c.Mode.KIOSK, late))
    site.tell((site.draft, c.Mode.LAB, late))
    rows = site.data("difficulties")
    assert [(row["procedure"], row["step"], row["stuck"], row["reached"]) for row in rows] == [
        ("essai", "besoin", 3, 4),
        ("essai", "pieces", 1, 1),
    ]
    assert "Pourquoi refaire la carte" in site("difficulties", "essai").output


def test_nothing_yet_and_nothing_such(site: Site) -> None:
    assert site.data("lab", "essai")["draft"]["visits"] == 0
    assert site.data("difficulties") == []
    assert "Rien à dire" in site("lab", "essai").output
    for words in (("lab", "absent"), ("difficulties", "absent")):
        done = site(*words)
        assert done.exit_code == 1
        assert "absent" in done.stderr
