# SPDX-License-Identifier: EUPL-1.2
"""What the check refuses is not published; the last good text stays, after a restart too; no clock empties a kiosk."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk import content_review, verdicts
from kiosk.config import ContentSettings, JournalSettings, Settings
from kiosk.doctor import diagnose
from kiosk.publication import Published, publish
from tests.content.test_english import FOLDER as SHIPPED
from tests.kiosk.test_in_a_terminal import presses_again, to_the_themes
from tests.sample_procedures import TODAY, sample_files, write_procedure
from tests.terminal import open_terminal

GOOD, SHOUTED = "Venez le matin.", "Venez le MATIN."
EXPIRED = date(2027, 4, 1) + timedelta(days=184)
"""Six months after ``check_by`` of the sample's first source."""


class Site:
    """A folder of procedures that their authors change, and a kiosk that starts again and again."""

    def __init__(self, folder: Path) -> None:
        self.content, self.kept = folder / "procedures", folder / "var" / "published"
        self.write("essai")

    def write(self, name: str, text: str = GOOD, *, english: str = "", structure: str = "") -> None:
        files = sample_files()
        files["procedure.toml"] = (structure or files["procedure.toml"]).replace('"essai"', f'"{name}"')
        files["fr.toml"] = files["fr.toml"].replace(GOOD, text)
        if english:
            files["en.toml"] = files["fr.toml"].replace(text, english)
        shutil.rmtree(self.content / name, ignore_errors=True)
        write_procedure(self.content / name, files)

    def start(self, today: date = TODAY, *, keep: bool = True) -> Published:
        return publish(self.content, self.kept, today, keep=keep)

    def served(self, today: date = TODAY, *, language: str = "fr") -> dict[str, str]:
        """Procedure -> the sentence that the tests change, as a kiosk that starts today serves it."""
        found = self.start(today).catalogue.procedures
        return {name: texts[language].road_map[3].text for name, texts in found.items() if language in texts}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_a_good_text_is_served_and_nothing_is_held_back(site: Site) -> None:
    assert site.served() == {"essai": GOOD}
    assert site.start().held_back == ()


def test_a_refused_text_leaves_the_last_good_one_also_after_a_restart(site: Site) -> None:
    site.start()
    site.write("essai", SHOUTED)
    assert site.served() == {"essai": GOOD}
    (held,) = site.start().held_back
    assert (held.procedure, held.language, held.earlier_text) == ("essai", "", True)
    assert [(Path(p.file).name, p.code) for p in held.reasons] == [("fr.toml", "capitals")]


@pytest.mark.parametrize(
    "mistake",
    [("fr.toml", 'title = "Où aller"', 'title = "Où aller'), ("procedure.toml", 'next = "besoin"', 'next = "besoins"')],
)
def test_a_broken_file_leaves_the_last_good_text(mistake: tuple[str, str, str], site: Site) -> None:
    site.start()
    file, old, new = mistake
    path = site.content / "essai" / file
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    assert site.served() == {"essai": GOOD}
    assert site.start().held_back[0].earlier_text


def test_a_mended_text_is_served_and_becomes_the_last_good_one(site: Site) -> None:
    site.start()
    site.write("essai", SHOUTED)
    site.start()
    site.write("essai", "Venez tôt.")
    assert site.served() == {"essai": "Venez tôt."}
    site.write("essai", SHOUTED)
    assert site.served() == {"essai": "Venez tôt."}
    assert len(list(site.kept.glob("*/essai"))) == 1, "the copy before it is let go of"


def test_a_text_that_was_never_good_is_not_served(site: Site) -> None:
    site.write("essai", SHOUTED)
    assert site.served() == {}
    (held,) = site.start().held_back
    assert not held.earlier_text


def test_a_text_that_is_left_to_be_written_is_not_served(site: Site) -> None:
    site.write("essai", structure="# À VOUS : tout\n" + sample_files()["procedure.toml"])
    assert site.served() == {}
    assert {p.code for held in site.start().held_back for p in held.reasons} == {"unfinished"}


def test_another_language_that_is_refused_stops_that_language_only(site: Site) -> None:
    site.write("essai", GOOD, english="Come in the MORNING.")
    assert site.served() == {"essai": GOOD}
    assert site.served(language="en") == {}
    (held,) = site.start().held_back
    assert (held.language, held.earlier_text) == ("en", False)
    assert site.start().catalogue.procedures["essai"]["fr"].languages == ("fr",)


def test_a_procedure_whose_folder_is_gone_is_gone(site: Site) -> None:
    site.write("autre")
    site.start()
    shutil.rmtree(site.content / "autre")
    assert set(site.served()) == {"essai"}


def test_a_copy_that_was_altered_is_not_served(site: Site) -> None:
    site.start()
    (copy,) = site.kept.glob("*/essai/fr.toml")
    copy.write_text(copy.read_text("utf-8").replace(GOOD, "Donnez 100 euros."), "utf-8")
    site.write("essai", SHOUTED)
    assert site.served() == {}


def test_a_disk_that_refuses_changes_nothing_for_the_public(site: Site) -> None:
    site.kept.parent.mkdir()
    site.kept.write_text("a file stands where the folder should be", "utf-8")
    assert site.served() == {"essai": GOOD}


def test_looking_writes_nothing(site: Site) -> None:
    site.start(keep=False)
    assert not site.kept.exists()


def test_what_was_judged_is_not_judged_again_until_the_text_or_the_rules_change(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []
    judge = content_review.refusals_in_words
    monkeypatch.setattr(content_review, "refusals_in_words", lambda f, lang: judged.append(lang) or judge(f, lang))
    site.start()
    site.start()
    assert judged == ["fr"]
    site.write("essai", "Venez tôt.")
    site.start()
    assert judged == ["fr"] * 2
    monkeypatch.setattr("kiosk.verdicts._rules_hash", lambda: "other rules")
    site.start()
    assert judged == ["fr"] * 3


@pytest.mark.parametrize("text", ["", "{", "[]", '{"rules": 1, "refused": 2}', '{"refused": {"x": [["a"]]}}'])
def test_damaged_verdicts_are_as_none(text: str, site: Site) -> None:
    site.write("essai", SHOUTED)
    site.start()
    (site.kept / "verdicts.json").write_text(text, "utf-8")
    assert site.served() == {}


def fresh(name: str, site: Site) -> None:
    """A procedure whose sources were compared again not long before ``EXPIRED``."""
    structure = sample_files()["procedure.toml"]
    for old in ("2027-04-01", "2027-05-21"):
        structure = structure.replace(f"check_by = {old}", "check_by = 2028-01-01")
    site.write(name, structure=structure)


def test_six_months_past_its_time_a_procedure_is_withdrawn(site: Site) -> None:
    fresh("autre", site)
    assert set(site.served(EXPIRED - timedelta(days=1))) == {"essai", "autre"}
    assert set(site.served(EXPIRED)) == {"autre"}
    (held,) = site.start(EXPIRED).held_back
    assert (held.procedure, [p.code for p in held.reasons]) == ("essai", ["old-source"])
    assert set(site.served(TODAY)) == {"essai", "autre"}, "the clock is right again: nothing was thrown away"


@pytest.mark.parametrize("today", [date(1970, 1, 1), date(2036, 11, 21), date.max])
def test_a_clock_that_is_wrong_empties_nothing(today: date, site: Site) -> None:
    fresh("autre", site)
    assert set(site.served(today)) == {"essai", "autre"}
    assert set(site.start(today).old) == ({"essai", "autre"} if today > TODAY else set())


def test_the_shipped_procedures_are_all_published(tmp_path: Path) -> None:
    published = publish(SHIPPED, tmp_path, TODAY, keep=False)
    assert published.held_back == ()
    assert len(published.catalogue.procedures) >= 30


def test_the_doctor_says_what_is_held_back_and_why(site: Site, tmp_path: Path) -> None:
    site.start()
    site.write("essai", SHOUTED)
    settings = replace(
        Settings(), content=ContentSettings(site.content), journal=JournalSettings(tmp_path / "var" / "journal.db")
    )
    (found,) = [check for check in diagnose(settings) if check.check == "publication"]
    assert not found.ok
    assert "essai" in found.message
    assert "fr.toml" in found.message
    assert "texte d'avant" in found.message
    assert "content check" in found.fix


_CONFIG = """
[voice]
engine = "none"
[listening]
engine = "none"
[screen]
pictograms = "blocks"
[content]
path = "procedures"
"""


@pytest.mark.flaky
def test_a_kiosk_that_starts_again_serves_the_last_good_text(site: Site, tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text(_CONFIG, "utf-8")
    with open_terminal([sys.executable, "-m", "kiosk", "--config", str(tmp_path / "kiosk.toml"), "run"]) as terminal:
        terminal.wait_for("Lettres", 30)
        to_the_themes(terminal)
        terminal.kill(signal.SIGTERM)
        assert terminal.wait_exit() == 0, terminal.screen()
        words = site.content / "essai" / "fr.toml"
        words.write_text(words.read_text("utf-8").replace("Refaire ma carte d'essai", "REFAIRE ma carte"), "utf-8")
        terminal.restart()
        terminal.wait_for("Lettres", 30)
        to_the_themes(terminal)
        presses_again(terminal, "1", "Refaire")
        assert "REFAIRE" not in terminal.screen()


def test_every_judge_of_words_counts_in_the_hash_of_the_rules() -> None:
    """A verdict that outlived a change of its judge would hold back, or let through, what the rules no longer do."""
    script = (
        "import sys, accessibility.plain_language; print(*(n for n in sys.modules if n.startswith('accessibility.')))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {f"accessibility.{name}" for name in verdicts.JUDGES}
