# SPDX-License-Identifier: EUPL-1.2
"""The commands on a whole site: a walk to its paper, a journal tampered with, hostile procedures, empty hands.

What each command answers to a badly written line is in ``tests/kiosk/test_commands.py``.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.journeys.site import Site, make_site
from tests.journeys.test_walks import LAST_DAY, MOVING_OUT
from tests.printouts.reading import codes, text
from tests.sample_procedures import sample_files, write_procedure

MOVING = f"""\
# Un déménagement, avec un véhicule.
{MOVING_OUT:%d/%m/%Y}

Oui, à moi
autre
non
aucun
internet
have
missing
have
have
have
done
done
Je n’y arrive pas
"""
EVENT_KEYS = ["seq", "id", "kiosk", "boot", "session", "time", "type", "payload", "commitment", "prev", "hash"]
ROAD_MAP_KEYS = [
    "title",
    "do",
    "bring",
    "where",
    "when",
    "cost",
    "deadlines",
    "contacts",
    "source",
    "checked_on",
    "official",
]
STEP_KEYS = {"step", "kind", "title", "say", "choices"}


def test_a_walk_from_a_file_to_a_paper(site: Site) -> None:
    answers, paper = site.folder / "réponses.txt", site.folder / "papier.pdf"
    answers.write_text(MOVING, encoding="utf-8")
    done = site.run("walk", "changer-adresse", "--answers", str(answers), "--receipt", str(paper), "--json")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    *steps, end = (json.loads(line) for line in done.stdout.splitlines())
    assert all(set(step) - {"answer", "document"} == STEP_KEYS for step in steps)
    assert [step["document"] for step in steps if "document" in step][:2] == ["nouvelle-adresse", "impots"]
    assert steps[0]["answer"] == {"format": "date", "unknown": True}
    assert list(end) == ["end", "procedure", "content_hash", "date", "road_map", "receipt"]
    assert list(end["road_map"]) == ROAD_MAP_KEYS
    assert [line["date"] for line in end["road_map"]["deadlines"]] == [LAST_DAY.isoformat()]
    assert MOVING_OUT.isoformat() not in done.stdout
    (reminder,) = (Calendar.from_ical(code) for code in codes(paper.read_bytes()) if code.startswith(b"BEGIN:V"))
    assert [event.decoded("dtstart") for event in reminder.walk("VEVENT")] == [LAST_DAY]
    assert site.endings() == ["done"]
    assert MOVING_OUT.isoformat() not in repr(site.events())


def test_the_same_walk_from_the_standard_input_and_on_a_ticket(site: Site) -> None:
    paper = site.folder / "ticket.pdf"
    words = ("--answers", "-", "--receipt", str(paper), "--paper", "ticket", "--no-journal")
    done = site.run("walk", "changer-adresse", *words, given=MOVING)
    assert done.returncode == 0, done.stderr
    assert "Feuille de route : Je déménage" in done.stdout.replace("\u00a0", " ")
    assert "Je déménage" in text(paper.read_bytes())
    assert not site.journal.exists()


def test_answers_that_end_early_and_a_wrong_one(site: Site) -> None:
    early = site.run("walk", "changer-adresse", "--answers", "-", "--json", given="unknown\n")
    assert early.returncode == 3
    last = json.loads(early.stdout.splitlines()[-1])
    assert last["step"] == "vehicule"
    assert all(f"{choice['id']} ({choice['label']})" in early.stderr for choice in last["choices"])
    wrong = site.run("walk", "changer-adresse", "--answers", "-", given="unknown\nune trottinette\n")
    assert wrong.returncode == 4
    assert "une trottinette" in wrong.stderr
    assert "oui (Oui, à moi)" in wrong.stderr
    private = site.run("walk", "changer-adresse", "--answers", "-", given="le 31 février 1999\n")
    assert private.returncode == 4
    assert "1999" not in private.stderr + private.stdout, "what was typed at a question is not repeated"
    assert site.endings() == ["abandoned"] * 3


def test_the_journal_is_exported_and_a_change_is_found(site: Site) -> None:
    site.run("walk", "changer-adresse", "--answers", "-", given=MOVING)
    told = site.run("journal", "export")
    assert told.returncode == 0, told.stderr
    events = [json.loads(line) for line in told.stdout.splitlines()]
    assert events == site.events()
    assert all(list(event) == EVENT_KEYS for event in events)
    verdict = json.loads(site.run("journal", "verify", "--json").stdout)
    assert verdict == {"intact": True, "events": len(events), "first_bad": None}
    victim = next(event["seq"] for event in events if event["type"] == "step.chosen")
    with closing(sqlite3.connect(site.journal)) as database:
        triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        assert triggers, "the database itself refuses"
        with pytest.raises(sqlite3.DatabaseError):
            database.execute("UPDATE event SET type = 'step.back' WHERE seq = ?", (victim,))
        for name, _ in triggers:
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE event SET type = 'step.back' WHERE seq = ?", (victim,))
        for _, sql in triggers:  # Put back: a clever hand leaves no trace in the schema.
            database.execute(sql)
        database.commit()
    verdict = site.run("journal", "verify", "--json")
    assert verdict.returncode == 1
    assert json.loads(verdict.stdout) == {"intact": False, "events": len(events), "first_bad": victim}
    told = site.run("journal", "verify")
    assert told.returncode == 1
    assert str(victim) in told.stdout
    database_row = next(r for r in json.loads(site.run("doctor", "--json").stdout) if r["check"] == "database")
    assert not database_row["ok"]


def test_hostile_procedures_are_refused_with_their_line(tmp_path: Path) -> None:
    good = write_procedure(tmp_path / "content" / "essai").parent
    site = make_site(tmp_path / "site", content=good)
    assert site.run("content", "check", str(good)).returncode == 0
    assert [row["id"] for row in json.loads(site.run("list", "--json").stdout)] == ["essai"]
    for name, old, new in (
        ("echappee", 'title = "Votre carte"', 'title = "Votre \\u001b[31mcarte"'),
        ("retournee", "Votre carte", "Votre \u202ecarte"),
        ("balise", "Votre carte", "<script>alert(1)</script>"),
        ("enorme", "Votre carte", "carte " * 20_000),
    ):
        files = sample_files()
        files["procedure.toml"] = files["procedure.toml"].replace('id = "essai"', f'id = "{name}"', 1)
        assert old in files["fr.toml"]
        files["fr.toml"] = files["fr.toml"].replace(old, new, 1)
        write_procedure(good / name, files)
        checked = site.run_here("content", "check", str(good), "--json")
        assert checked.returncode == 1
        refused = [row for row in json.loads(checked.stdout) if not row["warning"]]
        assert any(row["file"].endswith(f"{name}/fr.toml") and row["line"] > 0 for row in refused), refused
        assert all(set(row) >= {"file", "line", "code", "message", "warning"} for row in refused)
        assert not {"\x1b", "\u202e"} & set(checked.stdout + site.run_here("content", "check", str(good)).stdout)
    listed = site.run("list", "--json")
    assert listed.returncode == 1
    assert [row["id"] for row in json.loads(listed.stdout)] == ["essai"], "what is good is still served"


def test_nothing_to_say_and_nothing_to_read(site: Site) -> None:
    out = site.folder / "rien.wav"
    for empty in ("", "   ", "…"):
        said = site.run("voice", "say", empty, "--out", str(out))
        assert said.returncode == 1
        assert said.stderr.strip()
        assert not out.exists()
    (site.folder / "kiosk.toml").unlink()
    for words in (("list",), ("doctor", "--json"), ("journal", "verify"), ("run",)):
        lost = site.run(*words)
        assert lost.returncode == 1
        assert "kiosk.toml" in lost.stderr + lost.stdout
