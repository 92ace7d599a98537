# SPDX-License-Identifier: EUPL-1.2
"""What ``kiosk content check`` says of a procedure: at its line, with why and how, in the three forms."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

import accessibility
from kiosk.content_report import as_json, as_sarif, for_people
from kiosk.content_review import Review, review_content
from kiosk.rule_book import rule_book, with_table
from tests.content.test_problems import codes_in_source
from tests.sample_procedures import TODAY, sample_files, write_procedure

SHOUT, DOCUMENT, NEGATIVE = "Venez le MATIN.", "Prenez ce document.", "Ne venez pas tard."


@pytest.fixture
def review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Review:
    files = sample_files()
    files["fr.toml"] = (
        files["fr.toml"]
        .replace("Venez le matin.", SHOUT)
        .replace('explain = ["Le site est gratuit."]', f'explain = [\n  "{DOCUMENT}",\n  "{NEGATIVE}",\n]')
    )
    write_procedure(tmp_path / "essai", files)
    monkeypatch.chdir(tmp_path)
    return review_content(tmp_path, TODAY)


def line_of(text: str) -> int:
    return Path("essai/fr.toml").read_text("utf-8").split(text)[0].count("\n") + 1


def test_each_sentence_is_found_at_its_own_line(review: Review) -> None:
    found = {p.code: (p.line, p.warning) for p in review.problems}
    assert found["capitals"] == (line_of(SHOUT), False)
    assert found["two-names"] == (line_of(DOCUMENT), True)
    assert found["negative"] == (line_of(NEGATIVE), True)
    assert review.refused == 1
    assert [(score.language, score.reading.severity) for score in review.scores] == [("fr", None)], "too short to judge"


def test_people_read_the_rule_why_and_how_refusals_first(review: Review) -> None:
    lines = list(for_people(review))
    said = "\n".join(lines)
    assert lines[0] == "REFUS  Pas de mot en capitales (capitals)"
    assert f"    essai/fr.toml:{line_of(SHOUT)}" in lines
    for word in ("Pourquoi", "Mieux", "Avant", "Après"):
        assert f"  {word:<8} : " in said
    assert NEGATIVE in said, "a message that names no word shows the sentence"
    assert lines[-1] == f"1 refus, {len(review.problems) - 1} conseils"
    assert "Note de lecture" in said
    assert all(len(line) <= 100 for line in lines)


def test_json_adds_the_rule_to_the_keys_there_were(review: Review) -> None:
    rows = json.loads(json.dumps(as_json(review.problems)))
    assert {"file", "line", "code", "message", "warning", "rule", "why", "how"} <= set(rows[0])
    assert all(row["rule"] == row["code"] and row["why"] and row["how"] for row in rows)


def test_sarif_has_the_shape_of_the_standard(review: Review) -> None:
    """SARIF 2.1.0, sections 3.13, 3.14, 3.19, 3.27, 3.28, 3.29, 3.30, 3.49."""
    log = json.loads(json.dumps(as_sarif(review, "1.0")))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"]
    rules = driver["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in rules)
    assert len(run["results"]) == len(review.problems)
    for result, problem in zip(run["results"], review.problems, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == problem.code
        assert result["level"] == ("warning" if problem.warning else "error")
        assert result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "essai/fr.toml", "relative to where the forge looks"
        assert place["region"]["startLine"] == problem.line >= 1


def test_every_code_of_both_rooms_is_in_the_book() -> None:
    """ "long" is said with the words of the content room."""
    beside = {"markup", "unfinished", "unspoken-language"}
    assert set(rule_book()) == codes_in_source() | beside | plain_codes() - {"long"}


def test_a_language_that_the_kiosk_does_not_speak_is_said_once(tmp_path: Path) -> None:
    """Spanish in two procedures: whole or not, nobody will be offered it before the kiosk itself speaks it."""
    for name in ("autre", "essai"):
        files = {**sample_files(), "es.toml": sample_files()["fr.toml"], "en.toml": sample_files()["fr.toml"]}
        write_procedure(tmp_path / name, files)
    [said] = [p for p in review_content(tmp_path, TODAY).problems if p.code == "unspoken-language"]
    assert (Path(said.file).relative_to(tmp_path), said.line, said.warning) == (Path("autre/es.toml"), 1, True)
    assert "«\u00a0es\u00a0»" in said.message
    assert "docs/langues.md" in said.message


def plain_codes() -> set[str]:
    """The codes that the checks of plain language yield."""
    found: set[str] = set()
    for name in ("sentence_checks.py", "plain_language.py"):
        tree = ast.parse(Path(accessibility.__file__).with_name(name).read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
                found.add(ast.literal_eval(node.value.elts[0]))
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding":
                found |= {a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    return found


@pytest.mark.parametrize("rule", rule_book().values(), ids=lambda rule: rule.name)
def test_a_rule_says_what_why_and_how(rule: object) -> None:
    words = (rule.title, rule.why, rule.how)  # type: ignore[attr-defined]
    assert all(words)
    assert bool(rule.before) == bool(rule.after)  # type: ignore[attr-defined]
    assert words[1].endswith((".", "?", ")"))
    assert words[2].endswith((".", ")")), "an order is a sentence"


def test_the_table_of_the_authors_guide_is_that_of_the_rules() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "auteurs.md").read_text("utf-8")
    assert guide == with_table(guide), "run: python -m kiosk.rule_book"
