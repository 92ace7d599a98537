# SPDX-License-Identifier: EUPL-1.2
"""Every problem code is proven by one small mistake in the sample, at its exact file and line."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

import content
from content import pictograms
from content.check import check_folder
from content.loader import load_procedure
from content.model import Problem
from tests.our_procedures import FOLDER
from tests.sample_procedures import TODAY, sample_files, write_procedure

STRUCTURE, WORDS = "procedure.toml", "fr.toml"


@dataclass(frozen=True)
class Mistake:
    """Replace ``old`` by ``new`` in ``file``; ``code`` is expected at the first line that holds ``at``."""

    code: str
    file: str
    old: str
    new: str
    at: str
    warning: bool = False
    on: str = ""
    """File of the problem, when it is another one than the file changed."""


def step(name: str) -> str:
    """The first lines of a step in ``procedure.toml``: a problem of the whole step is said there."""
    return f'[[steps]]\nid = "{name}"'


NEXT_OF_DEMANDE = '  { to = "surnom", when = { answer = "demande", is = ["stuck"] } },\n'
WALK = 'kind = "act"\npictogram = "online-form"'
SECOND_PERTE = 'id = "perte"\nkind = "say"\npictogram = "information"'
GARE = '[places.gare]\npictogram = "train"\n\n'
ABIMEE = 'id = "abimee", pictogram = "broken-card"'
LOST = '  { id = "perdue", pictogram = "lost-card", to = "perte" },\n'
MANY = "".join(f'  {{ id = "r{n}", pictogram = "yes", to = "perte" }},\n' for n in range(5))
COMPARED = "2026-10-01\ncheck_by = 2027-04-01"
WHEN = '\nwhen = { answer = "besoin", is = ["perdue"] }'
EARLY = 'next = [{ to = "besoin", when = { answer = "besoin", is = ["perdue"] } }, { to = "besoin" }]'

MISTAKES = (
    # shape
    Mistake("unknown-key", STRUCTURE, 'start = "accueil"', 'start = "accueil"\nstrat = 1', "strat"),
    Mistake("no-pictogram", STRUCTURE, 'kind = "say"\npictogram = "police"', 'kind = "say"', step("perte")),
    Mistake("no-pictogram", STRUCTURE, ABIMEE, 'id = "abimee"', 'id = "abimee"'),
    Mistake("missing-key", STRUCTURE, 'start = "accueil"\n', "", 'id = "essai"'),
    Mistake("wrong-type", STRUCTURE, "may_not_know = true\nunknown", 'may_not_know = "oui"\nunknown', '"oui"'),
    Mistake("wrong-type", STRUCTURE, "checked_on = 2026-11-20", 'checked_on = "2026-11-20"', '"2026-11-20"'),
    Mistake("wrong-type", WORDS, '"Cela prend cinq minutes."', "5", "say = [\"Nous allons"),
    Mistake("unknown-value", STRUCTURE, 'kind = "place"', 'kind = "placee"', "placee"),
    Mistake("unknown-value", STRUCTURE, 'theme = "papiers_elections_citoyennete"', 'theme = "papiers"', 'theme = "p'),
    Mistake("unknown-value", STRUCTURE, 'place = "mairie"\nnext', 'place = "marie"\nnext', '"marie"'),
    Mistake("out-of-range", STRUCTURE, "max_length = 20", "max_length = 5000", "5000"),
    Mistake("bad-id", STRUCTURE, 'next = "besoin"', 'next = "../../etc/passwd"', "passwd"),
    Mistake("bad-id", STRUCTURE, 'id = "perdue", pictogram', 'id = "unknown", pictogram', '"unknown"'),
    Mistake("duplicate-id", STRUCTURE, 'id = "explication"', 'id = "perte"', SECOND_PERTE),
    Mistake("id-folder", STRUCTURE, 'id = "essai"', 'id = "autre"', "autre"),
    Mistake("too-many", WORDS, '"Allez à la mairie."]', ", ".join(['"Allez."'] * 9) + "]", '"Allez.", "Allez."'),
    Mistake("bad-condition", STRUCTURE, '{ lacks = "pieces", document = "photo" }', "{ }", "when = { }"),
    Mistake("bad-condition", STRUCTURE, "at_least = 3 }", "at_least = 3, at_most = 2 }", "at_most = 2 }"),
    Mistake("bad-condition", STRUCTURE, 'is = ["abimee"] }', 'is = ["abimee"], any = [] }', "any = []"),
    Mistake("bad-condition", STRUCTURE, WHEN, '\nwhen = { besoin = "perdue" }', "when = { besoin"),
    Mistake("bad-question", STRUCTURE, "at_least = 1, at_most = 20", "at_least = 30, at_most = 20", "at_least = 30"),
    Mistake("bad-deadline", STRUCTURE, 'after = "today", days = 15', 'after = "today"', "{ after"),
    Mistake("bad-deadline", STRUCTURE, 'after = "today", days = 15', 'after = "besoin", days = 15', 'after = "besoin"'),
    Mistake(
        "bad-condition", STRUCTURE, 'years_since = "naissance", at_most = 17', 'days_since = "naissance"', "days_since"
    ),
    Mistake("bad-condition", STRUCTURE, 'next = "mairie"\n', 'next = "mairie"\nbring_unless = {}\n', "bring_u"),
    Mistake("missing-text", STRUCTURE, '"today", days', '"naissance", days', "[road_map.photo-avant]", on=WORDS),
    # words
    Mistake("missing-text", WORDS, 'label = "Perdue"\n', "", "[steps.besoin.choices.perdue]"),
    Mistake("missing-text", WORDS, 'label = "Perdue"', 'label = " "', 'label = " "'),
    Mistake("no-title", WORDS, 'title = "Où aller"', 'title = " "', 'title = " "'),
    Mistake("no-ways", WORDS, 'also = ["elle est cassée"]\n', "", "[steps.besoin.choices.abimee]", warning=True),
    Mistake("no-title", WORDS, '[steps.perte]\ntitle = "Déclarez la perte"\n', "[steps.perte]\n", "[steps.perte]"),
    Mistake("missing-text", WORDS, "[road_map.quand]\ntext = \"Venez le matin.\"\n", "", "[road_map.rendez-vous]"),
    Mistake("extra-text", WORDS, "[steps.fin]", "[steps.fini]\ntitle = \"Fini\"\n\n[steps.fin]", "[steps.fini]"),
    Mistake("extra-text", WORDS, 'label = "Abîmée"', 'label = "Abîmée"\nnom = "x"', "nom = "),
    Mistake("missing-language", WORDS, "", "", "", on=STRUCTURE),
    Mistake("long-title", WORDS, 'title = "Votre carte"', f'title = "{"Votre carte " * 4}"', "Votre carte Votre"),
    Mistake("long-label", WORDS, 'label = "Perdue"', 'label = "Elle est vraiment bien perdue"', "vraiment"),
    Mistake("long-label", WORDS, 'label = "Perdue"', 'label = "Je ne l’ai plus"', "Je ne", warning=True),
    Mistake("long-sentence", WORDS, '"Venez le matin."', f'"Venez {"le matin " * 8}."', "le matin le"),
    Mistake("long-sentence", WORDS, '"Venez le matin."', f'"Venez {"le matin " * 6}."', "le matin le", warning=True),
    Mistake("two-sentences", WORDS, '"Venez le matin."', '"Venez. Le matin."', "Venez. Le", warning=True),
    Mistake("title-again", WORDS, '"Regardez les images."', '"pourquoi la refaire."', "pourquoi la", warning=True),
    Mistake("long-name", WORDS, 'name = "La mairie"', f'name = "{"La mairie " * 7}"', "mairie La"),
    Mistake("long-note", WORDS, '"Appel gratuit."', f'"{"Appel gratuit. " * 9}"', "gratuit. Appel"),
    Mistake("too-long", WORDS, '"Venez le matin."', f'"{"Venez " * 80}"', "Venez Venez"),
    Mistake("markup", WORDS, '"Venez le matin."', '"Venez [bold]le matin."', "bold"),
    Mistake("markup", WORDS, '"Venez le matin."', '"Venez <b>le matin."', "<b>"),
    Mistake("markup", WORDS, '"Venez le matin."', '"Venez &lt;le matin."', "&lt;"),
    Mistake("markup", STRUCTURE, "Prix de la carte", "Prix {{ 7 }} de la carte", "{{"),
    Mistake("forbidden-character", WORDS, '"Venez le matin."', '"Venez \\u001b[31mle matin."', "u001b"),
    # the graph
    Mistake("unknown-step", STRUCTURE, 'next = "besoin"', 'next = "besoins"', '"besoins"'),
    Mistake("unknown-step", STRUCTURE, 'start = "accueil"', 'start = "acceuil"', "acceuil"),
    Mistake("unknown-step", STRUCTURE, ABIMEE, ABIMEE + ', to = "x"', 'to = "x"'),
    Mistake("unreachable-step", STRUCTURE, ', to = "perte"', "", step("perte")),
    Mistake("dead-end", STRUCTURE, '"information"\nnext = "naissance"', '"information"', step("explication")),
    Mistake("endless-loop", STRUCTURE, '"police"\nnext = "naissance"', '"police"\nnext = "perte"', step("perte")),
    Mistake("conditional-last-route", STRUCTURE, '  { to = "pieces" },\n', "", '{ to = "enfants"'),
    Mistake("route-never-taken", STRUCTURE, NEXT_OF_DEMANDE, '  { to = "surnom" },\n', '{ to = "surnom" }'),
    Mistake("choices-count", STRUCTURE, LOST, LOST + MANY, "choices = ["),
    Mistake("wrong-part", STRUCTURE, WALK, WALK + '\nplace = "mairie"', 'place = "mairie"\nurl'),
    Mistake("missing-part", STRUCTURE, 'url = "https://www.example.fr/demande"\n', "", step("demande")),
    Mistake("missing-part", STRUCTURE, "deadline = { on = 2027-05-31 }\n", "", '[[road_map]]\nid = "grande-famille"'),
    Mistake("unknown-choice", STRUCTURE, 'is = ["abimee"]', 'is = ["abime"]', '["abime"]'),
    Mistake("unknown-choice", STRUCTURE, WHEN, WHEN.replace("perdue", "perdu"), '["perdu"]'),
    Mistake("unknown-step", STRUCTURE, WHEN, WHEN.replace("besoin", "besion"), '"besion"'),
    Mistake("no-general-source", STRUCTURE, "check_by = 2027-05-20", "check_by = 2027-05-20" + WHEN, "[[sources]]"),
    Mistake("unknown-document", STRUCTURE, 'document = "photo" }', 'document = "photos" }', '"photos"'),
    Mistake("not-yet-asked", STRUCTURE, 'next = "besoin"', EARLY, EARLY),
    Mistake("wrong-condition", STRUCTURE, '{ number = "enfants"', '{ number = "naissance"', 'number = "naissance"'),
    Mistake("unused-place", STRUCTURE, "[places.mairie]", GARE + "[places.mairie]", "[places.gare]", warning=True),
    Mistake("unknown-pictogram", STRUCTURE, 'pictogram = "clock"', 'pictogram = "klock"', "klock"),
    Mistake("bad-url", STRUCTURE, "https://www.example.fr/demande", "http://www.example.fr/demande", "http://"),
    Mistake("bad-url", STRUCTURE, "https://www.example.fr/demande", "https://www.example.fr/<x>", "<x>"),
    Mistake("bad-phone", STRUCTURE, '"01 23 45 67 89"', '"01.23.45.67.89"', "01.23"),
    Mistake("unexpected-file", "notes.txt", "", "rien", "rien", warning=True),
    # what depends on the day
    Mistake("future-date", STRUCTURE, "2026-11-20", "2026-11-22", "2026-11-22"),
    Mistake("old-source", STRUCTURE, COMPARED, "2026-05-01\ncheck_by = 2026-11-01", "2026-11-01", warning=True),
    Mistake("old-source", STRUCTURE, COMPARED, "2025-05-01\ncheck_by = 2026-05-01", "check_by = 2026-05-01"),
    Mistake("reversed-dates", STRUCTURE, "2027-04-01", "2026-10-01", "check_by = 2026-10-01"),
    Mistake("past-deadline", STRUCTURE, "2027-05-31", "2026-05-31", "2026-05-31", warning=True),
    # the file itself
    Mistake("toml-syntax", WORDS, 'title = "Où aller"', 'title = "Où aller', 'title = "Où aller'),
    Mistake("toml-depth", STRUCTURE, 'start = "accueil"', f"start = {'[' * 40}{']' * 40}", "start ="),
    Mistake("file-too-large", WORDS, "", "# " + "x" * 300_000, ""),
)  # fmt: skip


def line_of(text: str, needle: str) -> int:
    return text[: text.index(needle)].count("\n") + 1 if needle else 1


def problems_after(folder: Path, mistake: Mistake) -> tuple[dict[str, str], tuple[Problem, ...]]:
    files = sample_files()
    if mistake.code == "missing-language":
        files["en.toml"] = files.pop(WORDS)
    else:
        text = files.get(mistake.file, "")
        assert mistake.old in text, "the mistake no longer fits the sample"
        files[mistake.file] = text.replace(mistake.old, mistake.new, 1)
    write_procedure(folder, files)
    return files, check_folder(folder, TODAY)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: f"{m.code}-{m.new[:24]!r}")
def test_a_mistake_is_found_at_its_file_and_line(mistake: Mistake, tmp_path: Path) -> None:
    files, problems = problems_after(tmp_path / "essai", mistake)
    file = mistake.on or mistake.file
    line = line_of(files[file], mistake.at)
    found = [p for p in problems if p.code == mistake.code]
    assert (str(tmp_path / "essai" / file), line, mistake.warning) in [(p.file, p.line, p.warning) for p in found], (
        problems
    )


@pytest.mark.parametrize("mistake", [m for m in MISTAKES if not m.warning], ids=lambda m: f"{m.code}-{m.new[:24]!r}")
def test_only_what_depends_on_the_day_lets_a_wrong_procedure_be_served(mistake: Mistake, tmp_path: Path) -> None:
    problems_after(tmp_path / "essai", mistake)
    served, _ = load_procedure(tmp_path / "essai")
    assert bool(served) == (mistake.code in ("future-date", "old-source"))


def test_one_mistake_makes_one_kind_of_problem(tmp_path: Path) -> None:
    for number, mistake in enumerate(MISTAKES):
        _, problems = problems_after(tmp_path / str(number) / "essai", mistake)
        others = {p.code for p in problems} - {mistake.code}
        allowed = {
            "markup": {"forbidden-character"},
            "forbidden-character": {"markup"},
            "wrong-part": {"unused-place"},
            "unknown-value": {"unused-place", "missing-text", "extra-text"},
            "bad-id": {"extra-text", "unknown-choice", "unreachable-step", "missing-text"},
            "duplicate-id": {"unreachable-step", "extra-text", "unknown-step"},
            "unknown-step": {"unreachable-step"},
            "choices-count": {"missing-text"},
            "wrong-type": {"wrong-part"},
            "conditional-last-route": {"unreachable-step"},
        }.get(mistake.code, set())
        assert others <= allowed, (mistake, problems)


def test_every_problem_code_is_proven_here() -> None:
    proven_elsewhere = {
        "no-procedure", "file-missing", "file-outside", "file-folder", "file-encoding", "file-unreadable",
        "missing-pictogram-file", "too-many-problems", "incomplete-language", "missing-ways",
        "few-ways", "nobody-to-ask",
    }  # fmt: skip
    proven_here = {mistake.code for mistake in MISTAKES if "-" in mistake.code}
    assert codes_in_source() == proven_here | proven_elsewhere


CODE = re.compile(r"[a-z]+(-[a-z]+)+")


def codes_in_source() -> set[str]:
    """Every code given to a problem anywhere in the room."""
    makers = {
        "Fault",
        "Finding",
        "Problem",
        "TomlFault",
        "add",
        "wrong",
        "finish",
        "identifier",
        "text",
        "texts",
        "_text",
        "_value",
        "_missing",
    }
    makers |= {"_character_fault", "append"}
    found: set[str] = set()
    for source in Path(content.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                found |= {str(d.value) for d in node.args.defaults if isinstance(d, ast.Constant)}
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in makers:
                values = [*node.args, *(keyword.value for keyword in node.keywords)]
                values += [item for value in values if isinstance(value, ast.Tuple) for item in value.elts]
                found |= {
                    value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)
                }
    return {code for code in found if CODE.fullmatch(code)} - {"utf-8"}


def test_the_messages_are_french_and_say_what_to_do(tmp_path: Path) -> None:
    for number, mistake in enumerate(MISTAKES):
        _, problems = problems_after(tmp_path / str(number) / "essai", mistake)
        for problem in problems:
            assert problem.message[0].isupper() or problem.message[0] == "«"
            assert problem.message.endswith((".", "?", "…")), problem
            assert len(problem.message) < 400


@pytest.mark.parametrize(
    ("file", "old", "new", "hint"),
    [
        (STRUCTURE, "start = ", "strat = ", "start"),
        (STRUCTURE, 'kind = "checklist"', 'kind = "cheklist"', "checklist"),
        (STRUCTURE, 'next = "besoin"', 'next = "besion"', "besoin"),
        (STRUCTURE, 'pictogram = "clock"', 'pictogram = "clok"', "clock"),
        (STRUCTURE, 'is = ["stuck"]', 'is = ["stuk"]', "stuck"),
        (WORDS, "[steps.mairie]", "[steps.marie]", "mairie"),
    ],
)
def test_a_close_name_is_suggested(file: str, old: str, new: str, hint: str, tmp_path: Path) -> None:
    files = sample_files()
    files[file] = files[file].replace(old, new, 1)
    write_procedure(tmp_path / "essai", files)
    messages = " ".join(p.message for p in check_folder(tmp_path, TODAY))
    assert f"Vouliez-vous dire «\u00a0{hint}\u00a0»\u00a0?" in messages


def test_accepted_values_are_listed_when_nothing_is_close(tmp_path: Path) -> None:
    files = sample_files()
    files[STRUCTURE] = files[STRUCTURE].replace('kind = "say"', 'kind = "zzz"', 1)
    write_procedure(tmp_path / "essai", files)
    (problem,) = (p for p in check_folder(tmp_path, TODAY) if p.code == "unknown-value")
    assert "say, choose, checklist, ask, place, act, end" in problem.message


def test_all_mistakes_are_listed_in_one_pass(tmp_path: Path) -> None:
    files = sample_files()
    files[STRUCTURE] = (
        files[STRUCTURE]
        .replace('start = "accueil"', 'start = "accueil"\nstrat = 1')
        .replace('pictogram = "clock"', 'pictogram = "klockk"')
        .replace("https://www.example.fr/demande", "ftp://x")
    )
    files[WORDS] = files[WORDS].replace('label = "Perdue"', "label = 3").replace("[steps.fin]", "[steps.fini]")
    write_procedure(tmp_path / "essai", files)
    codes = {p.code for p in check_folder(tmp_path / "essai", TODAY)}
    assert {"unknown-key", "unknown-pictogram", "bad-url", "wrong-type", "extra-text", "missing-text"} <= codes


def test_a_condition_is_told_at_its_own_source_even_after_one_without_a_date(tmp_path: Path) -> None:
    files = sample_files()
    text = files[STRUCTURE].replace("checked_on = 2026-11-20\n", "", 1)
    files[STRUCTURE] = text.replace(WHEN, WHEN.replace("perdue", "volee"), 1)
    write_procedure(tmp_path / "essai", files)
    (problem,) = (p for p in check_folder(tmp_path, TODAY) if p.code == "unknown-choice")
    assert problem.line == line_of(files[STRUCTURE], '["volee"]')


def test_a_missing_drawing_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from content import file_check

    write_procedure(tmp_path / "essai")
    there = frozenset(p.name for p in pictograms.FOLDER.iterdir()) - {"clock.png"}
    monkeypatch.setattr(file_check, "_pictogram_files", lambda: there)
    (problem,) = check_folder(tmp_path, TODAY)
    assert problem.code == "missing-pictogram-file"
    assert problem.line == line_of(sample_files()[STRUCTURE], 'pictogram = "clock"')


def test_a_language_that_the_other_procedures_have_is_missed(tmp_path: Path) -> None:
    files = sample_files()
    write_procedure(tmp_path / "essai", {**files, "en.toml": files[WORDS]})
    write_procedure(tmp_path / "autre", {**files, STRUCTURE: files[STRUCTURE].replace('"essai"', '"autre"')})
    (problem,) = check_folder(tmp_path, TODAY)
    assert (problem.code, problem.warning) == ("missing-language", True)
    assert problem.file == str(tmp_path / "autre" / STRUCTURE)


def test_the_sample_is_without_fault_and_age_is_counted_in_days(tmp_path: Path) -> None:
    folder = write_procedure(tmp_path / "procedures" / "essai").parent.parent
    assert check_folder(folder, TODAY) == ()
    assert check_folder(folder / "procedures", TODAY) == ()
    assert check_folder(folder / "procedures" / "essai", TODAY) == ()
    due = date(2027, 4, 1)
    late = [check_folder(folder, due + timedelta(days=days)) for days in (0, 1, 183, 184)]
    warned = [[p.warning for p in problems if p.code == "old-source"] for problems in late]
    assert warned == [[], [True], [True, True], [True, False]], "the first source is due later"


def test_no_step_of_ours_says_its_title_again() -> None:
    assert [problem for problem in check_folder(FOLDER, TODAY) if problem.code == "title-again"] == []


def test_a_place_without_procedures_is_a_problem(tmp_path: Path) -> None:
    assert [p.code for p in check_folder(tmp_path, TODAY)] == ["no-procedure"]
    assert [p.code for p in check_folder(tmp_path / "absent", TODAY)] == ["no-procedure"]
    (tmp_path / "vide").mkdir()
    problems = check_folder(tmp_path, TODAY)
    assert [(p.code, Path(p.file).name) for p in problems] == [("file-missing", STRUCTURE)]
