# SPDX-License-Identifier: EUPL-1.2
"""The procedures in English: the same things as in French, whole, plain, and nothing left in French unawares."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import groupby

import pytest

from assist.session.commands import Moment
from content.check import check_folder, texts_of
from content.model import AnswerFormat, Procedure, Section, Step
from content.toml_source import TomlDocument, children, read
from kiosk.content_review import review_words
from kiosk.walk import Walk, road_map_json, step_line
from kiosk.words import words_in
from tests.our_procedures import CATALOGUE, FOLDER

TODAY = date(2026, 11, 21)
FRENCH = {name: by_language["fr"] for name, by_language in CATALOGUE.procedures.items()}
ENGLISH = {name: by_language["en"] for name, by_language in CATALOGUE.procedures.items() if "en" in by_language}
NAMES = sorted(ENGLISH)


def texts(name: str, language: str) -> dict[tuple[str | int, ...], str]:
    """Every text of a file of words but the ways of saying, by where it stands; a list is one text."""
    document = read(FOLDER / name / f"{language}.toml")
    assert isinstance(document, TomlDocument)
    found: dict[tuple[str | int, ...], str] = {}

    def walk(value: object, path: tuple[str | int, ...]) -> None:
        if isinstance(value, str):
            found[path] = value
        elif isinstance(value, list):
            found[path] = "\n".join(str(item) for item in value)
        else:
            for key, below in children(value):
                if key != "also":
                    walk(below, (*path, key))

    walk(document.data, ())
    return found


def test_what_has_english_words_is_whole_in_english() -> None:
    assert set(ENGLISH) == {folder.parent.name for folder in FOLDER.glob("*/en.toml")}
    assert len(ENGLISH) >= 6
    assert "en" in CATALOGUE.languages()


@pytest.mark.parametrize("name", NAMES)
def test_the_same_graph_and_the_same_keys(name: str) -> None:
    assert bare(ENGLISH[name]) == bare(FRENCH[name])
    french, english = texts(name, "fr"), texts(name, "en")
    assert french.keys() == english.keys()
    assert {path for path, text in french.items() if text} == {path for path, text in english.items() if text}


def bare(procedure: Procedure) -> tuple[object, ...]:
    """A procedure without its words."""

    def step(one: Step) -> Step:
        question = one.question and replace(one.question, unit="")
        place = one.place and replace(one.place, name="", hours="", phone_note="")
        choices = tuple(replace(choice, label="", also=()) for choice in one.choices)
        documents = tuple(replace(document, name="", what=(), where=()) for document in one.documents)
        said = {"title": "", "say": (), "explain": ()}
        return replace(one, **said, question=question, place=place, choices=choices, documents=documents)

    lines = [
        replace(line, text="", late="", place=line.place and replace(line.place, name="", hours="", phone_note=""))
        for line in procedure.road_map
    ]
    steps = {name: step(one) for name, one in procedure.steps.items()}
    return procedure.id, procedure.start, procedure.theme, procedure.sources, steps, lines


@pytest.mark.parametrize("name", NAMES)
def test_no_figure_is_lost_or_invented(name: str) -> None:
    """Ages, amounts, delays, telephone numbers, addresses: each text has those of the French one."""

    def facts(text: str) -> list[str]:
        figures = re.findall(r"\d+(?:[.,]\d+)?", text)
        sites = re.findall(r"\b[\w-]+(?:\.[\w-]+)*\.(?:fr)\b", text)
        return sorted([figure.replace(",", ".") for figure in figures] + sites)

    french, english = texts(name, "fr"), texts(name, "en")
    spoken_in_words = {
        ("changer-adresse", "quand-carte-grise"),  # « dans le mois » is "within 1 month"
        ("france-travail", "aucun"),  # « Aucune des 2 » is "None of these"
    }
    different = {
        path
        for path, text in french.items()
        if facts(text) != facts(english[path]) and not any((name, part) in spoken_in_words for part in path)
    }
    assert different == set()


@pytest.mark.parametrize("name", NAMES)
def test_one_paper_in_french_is_one_paper_in_english(name: str) -> None:
    """What is to be brought comes once on the road map because its names are the same: in English too."""

    def named(procedure: Procedure) -> list[str]:
        documents = [document.name for step in procedure.steps.values() for document in step.documents]
        return documents + [line.text for line in procedure.road_map if line.section is Section.BRING]

    french, english = named(FRENCH[name]), named(ENGLISH[name])
    assert [french.index(text) for text in french] == [english.index(text) for text in english]


# Walks


class FixedClock:
    """A clock that stands still."""

    def now(self) -> Moment:
        return Moment(datetime(2026, 11, 21, 9, tzinfo=UTC), 0.0, TODAY)


def answers(walk: Walk, chance: random.Random, taken: Counter[tuple[str, str]], *, by_label: bool) -> str:
    """Any answer; half the time the one least taken at this step, so that the far branches are reached too."""
    options = step_line(walk)["choices"]
    question = walk.view.question
    if question is not None and (not options or chance.random() < 0.8):
        assert question.format is AnswerFormat.DATE
        past = f"15/0{chance.randrange(1, 10)}/{chance.randrange(2020, 2026)}"
        return past if question.past_only or chance.random() < 0.7 else "15/03/2027"
    chance.shuffle(options)
    option = min(options, key=lambda one: taken[walk.step, str(one["id"])]) if chance.random() < 0.5 else options[0]
    taken[walk.step, str(option["id"])] += 1
    return str(option["label" if by_label else "id"])


@pytest.mark.parametrize("name", NAMES)
def test_every_procedure_ends_in_english_whatever_is_answered(name: str) -> None:
    french = set(texts(name, "fr").values()) - set(texts(name, "en").values())
    sentences = {line for text in french for line in text.split("\n")} - {""}
    met: set[str] = set()
    taken: Counter[tuple[str, str]] = Counter()
    for seed in range(1000):
        if seed >= 20 and met == set(ENGLISH[name].steps):
            break
        chance = random.Random(seed)  # noqa: S311
        walk = Walk(ENGLISH[name], FixedClock(), lambda events, at, session: None)
        for _ in range(60):
            if walk.step not in met or seed < 10:
                line = step_line(walk)
                said = {line["title"], *line["say"], *(choice["label"] for choice in line["choices"])}
                assert not said & sentences
            met.add(walk.step)
            if walk.at_end:
                break
            if walk.needs_answer:
                wrong = walk.answer(answers(walk, chance, taken, by_label=seed % 2 == 0))
                assert wrong is None or walk.view.question is not None
            else:
                walk.go_on()
        assert walk.at_end, f"{name}, seed {seed}: still at {walk.step}"
        road_map = road_map_json(walk.finish())
        assert road_map["do"]
        assert road_map["contacts"]
        assert not {line for part in ("do", "when", "cost") for line in road_map[part]} & sentences
    assert met == set(ENGLISH[name].steps)


# Words

QUOTED = re.compile(r"“[^”]*”|\([^)]*\)")
"""Where the French name of a thing stands, to be recognised or said at a counter."""
SITES = re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.fr\b")
NAMES_KEPT = """
carte Vitale · Assurance maladie · France Travail · France Titres · maison France Services · France Services · CAF · MSA
· RSA · Pacs · FranceConnect · Ameli · ameli · gendarmerie · mission locale · Pôle emploi · La Poste · Social Security
"""


def plain(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join(char for char in apart if not unicodedata.combining(char)).casefold()


ALLOWED = {"france", "euros", "pays"}
"""English words that French writes far more often ("who pays?")."""


def own_words(text: str) -> list[str]:
    """The words of a text that are meant as English."""
    own = SITES.sub(" ", QUOTED.sub(" ", text))
    for known in sorted((part.strip() for part in NAMES_KEPT.split("·")), key=len, reverse=True):
        own = own.replace(known, " ")
    return re.findall(r"[^\W\d_]{2,}", own.casefold())


@pytest.mark.parametrize("name", NAMES)
def test_no_french_word_is_left_but_the_quoted_names(name: str) -> None:
    """French: ten times more usual in French than in English. "mairie" is; "table" is not."""
    frequency = pytest.importorskip("wordfreq").zipf_frequency
    left = {
        f"{'.'.join(map(str, path))}: {word}"
        for path, text in texts(name, "en").items()
        for word in own_words(text)
        if frequency(word, "fr") > frequency(word, "en") + 1 and word not in ALLOWED
    }
    assert left == set()


def test_french_words_would_be_seen() -> None:
    frequency = pytest.importorskip("wordfreq").zipf_frequency
    for word in own_words("Allez voir la mairie avec votre pièce et votre avis, déclarez vos revenus."):
        assert frequency(word, "fr") > frequency(word, "en") + 1 or word in ("la", "et", "votre"), word


def test_the_plain_language_check_refuses_nothing_and_advises_little() -> None:
    files = {file: list(texts) for file, texts in groupby(texts_of(FOLDER, "en"), key=lambda text: text.file)}
    found = [problem for problem in check_folder(FOLDER, TODAY) if problem.file.endswith("en.toml")]
    found += [problem for texts in files.values() for problem in review_words(texts, "en")[1]]
    assert len(files) >= 6
    assert [problem for problem in found if not problem.warning] == []
    assert {problem.code for problem in found} <= {"negative", "rare", "two-names", "jargon", "ideas"}


def test_sentences_are_shorter_than_twelve_words_on_the_whole() -> None:
    sentences = [line for text in texts_of(FOLDER, "en") for line in text.sentences if text.key in ("say", "explain")]
    words = [len(sentence.split()) for sentence in sentences]
    assert len(words) > 400
    assert max(words) <= 12
    assert sum(words) / len(words) < 8.5


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_texts_name_the_buttons_as_the_kiosk_writes_them(language: str) -> None:
    """« Je ne sais pas », « Je n’y arrive pas »: what a text tells to touch is what stands on the screen."""
    words = words_in(language)
    said = "\n".join(text for name in NAMES for text in texts(name, language).values())
    told = {"fr": r"(?:choisissez|touchez) «\s?(Je [^»]+?)\s?»", "en": r"(?:choose|touch) “(I [^”]+)”"}[language]
    assert set(re.findall(told, said)) == {words.unknown, words.stuck}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_one_way_of_saying_means_one_answer(language: str) -> None:
    """At one step, nothing that is said can mean two answers."""
    twice: list[str] = []
    for procedure in (one[language] for one in CATALOGUE.procedures.values() if language in one):
        for step in procedure.steps.values():
            ways = [(plain(way), choice.id) for choice in step.choices for way in {choice.label, *choice.also}]
            heard = dict(ways)
            twice += [f"{procedure.id}.{step.id}: {way}" for way, answer in ways if heard[way] != answer]
    assert twice == []


@pytest.mark.parametrize("name", NAMES)
def test_each_answer_can_be_said_in_several_ways(name: str) -> None:
    few = [choice.id for step in ENGLISH[name].steps.values() for choice in step.choices if len(choice.also) < 3]
    assert few == []
    assert len(ENGLISH[name].also) >= 10
