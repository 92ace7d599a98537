# SPDX-License-Identifier: EUPL-1.2
"""What a transcript means. The transcripts are what people say, or what an engine wrote of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessibility.listening import phonemes as sounds
from accessibility.listening.commands import COMMANDS, asides, commands
from accessibility.listening.figures import in_full
from accessibility.listening.numbering import MOST, with_numbers
from accessibility.listening.prompting import LONGEST, prompt_for
from accessibility.listening.protocol import Certainty, Expected, Heard, NotUnderstood, Phrase, Vocabulary
from accessibility.listening.understanding import Evidence, doubtful, understand

FR, EN = Vocabulary(commands("fr")), Vocabulary(commands("en"), "en")
CARD = (
    Phrase("have", ("Je l’ai", "oui", "oui je l’ai", "c’est bon")),
    Phrase("missing", ("Je ne l’ai pas", "non", "je l’ai pas", "il me manque")),
    Phrase("what", ("C’est quoi ?", "je ne comprends pas", "expliquez")),
)
CHECKLIST = Vocabulary((*CARD, *commands("fr")))
TODAY = date(2026, 11, 21)
needs_espeak = pytest.mark.skipif(not sounds.available(), reason="espeak-ng is not installed")


def meaning(text: str, vocabulary: Vocabulary = FR, evidence: Evidence | None = None) -> str:
    """The phrase, "?" before it when it is asked back; "-" when nothing was understood."""
    found = understand(text, vocabulary, evidence=evidence, today=TODAY)
    if isinstance(found, NotUnderstood):
        return "-"
    return ("?" if found.certainty is Certainty.UNSURE else "") + (found.phrase or found.value)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_way_of_every_command_is_clear(language: str) -> None:
    vocabulary = Vocabulary(commands(language), language)
    assert tuple(command.id for command in vocabulary.phrases) == COMMANDS
    wrong = [
        (way, found)
        for command in vocabulary.phrases
        for way in command.ways
        if (found := meaning(f"{way}.", vocabulary)) != command.id
    ]
    assert wrong == []


@needs_espeak
def test_what_is_said_to_others_is_nothing() -> None:
    for said in ("Merci.", "Pour.", "Soixante.", "Au revoir madame.", "C’est cher."):
        assert meaning(said) == "-", said
    assert meaning("Merci.", Vocabulary((Phrase("thanks", ("Merci",)), *commands("fr")))) == "thanks"


@needs_espeak
@pytest.mark.parametrize(
    ("heard", "means"),
    [
        ("Je veux le Érissa.", "rsa"),
        ("La PL.", "apl"),
        ("La piselle.", "apl"),
        ("L’APL.", "apl"),
        ("CPAM.", "cpam"),
        ("C’est pas ça.", "-"),
    ],
)
def test_an_acronym_is_known_by_the_letters_that_are_said(heard: str, means: str) -> None:
    """What Whisper writes where people say "erre esse a" and "a pé elle"."""
    ways = {"rsa": "Je veux le RSA", "apl": "L’APL", "cpam": "CPAM", "caf": "CAF"}
    vocabulary = Vocabulary(tuple(Phrase(id, (way,)) for id, way in ways.items()))
    assert meaning(heard, vocabulary, Evidence(-0.45)) == means


@needs_espeak
@pytest.mark.parametrize("heard", ["500 €.", "Cinq cents euros.", "cinq sans euro"])
def test_an_answer_written_in_figures_is_known_by_what_is_said(heard: str) -> None:
    amounts = Vocabulary((Phrase("less", ("500 €",)), Phrase("more", ("1 000 €",)), *commands("fr")), own=2)
    assert meaning(heard, in_full(amounts), Evidence(-0.3)) == "less"


def test_words_told_to_an_engine_hold_no_figure() -> None:
    ages = Vocabulary((Phrase("a", ("Moins de 18 ans",)), Phrase("b", ("18 ans ou plus", "majeur"))), own=2)
    told = prompt_for(in_full(ages))
    assert told == "Moins de dix-huit ans. Dix-huit ans ou plus. Majeur."
    english = Vocabulary((Phrase("a", ("2 children",)),), "en")
    assert prompt_for(in_full(english)) == "Two children."
    assert in_full(CHECKLIST) == CHECKLIST, "without figures, nothing changes"


@needs_espeak
def test_nothing_said_to_others_is_a_command() -> None:
    for language in ("fr", "en"):
        ways = {sounds.phonemes(way, language) for command in commands(language) for way in command.ways}
        assert [aside for aside in asides(language) if sounds.phonemes(aside, language) in ways] == []


@pytest.mark.parametrize(
    ("said", "free", "means"),
    [
        ("Plus petit que.", "Plus petit que…", "-"),
        ("Plus grand qu’un.", "plus grand que", "-"),
        ("Plus petit que.", "Plus petit.", "smaller"),
        ("Plus petit.", "Plus petit que…", "smaller"),
    ],
)
def test_what_ends_where_nobody_ends_is_the_beginning_of_something_else(said: str, free: str, means: str) -> None:
    assert meaning(said, FR, Evidence(-0.28, free=(free,), free_scores=(-0.4,))) == means


def test_a_way_that_ends_there_may_be_said_and_so_may_a_request() -> None:
    where = Vocabulary((Phrase("to", ("C’est pour",)), *commands("fr")))
    assert meaning("C’est pour.", where) == "to"
    assert meaning("Et c’est pour.", where) == "to"
    request = Vocabulary(commands("fr"), expected=Expected.REQUEST)
    assert meaning("Je voudrais refaire la carte de.", request) == "Je voudrais refaire la carte de."


@needs_espeak
def test_a_doubtful_phrase_that_the_engine_finds_likely_is_asked_back() -> None:
    heard = Evidence(-1.1, alternatives=("Ouette.",), free=("Wait.", "Ouais."), free_scores=(-2.07, -2.3))
    assert meaning("Wet.", FR, heard) == "-"
    assert doubtful("Wet.", FR, heard)[0] in FR.phrases[0].ways
    assert meaning("Wet.", FR, replace(heard, likely=True)) == "?yes"


def test_the_engine_is_not_asked_about_what_is_clear_nor_about_what_is_far() -> None:
    assert doubtful("Plus petit.", FR, Evidence()) == ()
    assert doubtful("Mon fils m’attend dehors.", FR, Evidence()) == ()


def test_no_way_means_two_things() -> None:
    for language in ("fr", "en"):
        said = [sounds.phonemes(way, language) for command in commands(language) for way in set(command.ways)]
        owners = {}
        for command in commands(language):
            for way in command.ways:
                owners.setdefault(sounds.phonemes(way, language), set()).add(command.id)
        assert said
        assert {way: ids for way, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("Oui.", "yes"),
        ("Ouais, ouais.", "yes"),
        ("Euh… oui, s’il vous plaît.", "yes"),
        ("Oui, oui, oui !", "yes"),
        ("Non, merci madame.", "no"),
        ("Alors, bah, je sais pas trop.", "unknown"),
        ("Est-ce que vous pouvez répéter, s'il vous plaît ?", "repeat"),
        ("Je voudrais que vous répétiez.", "repeat"),
        ("Pardon, j'ai pas entendu.", "repeat"),
        ("Bonjour, je voudrais de l’aide s’il vous plaît.", "help"),
        ("Parlez plus fort, s’il vous plaît.", "louder"),
        ("Vous pouvez parler un peu moins vite ?", "slower"),
        ("C’est écrit trop petit, là.", "bigger"),
        ("Bon, on continue.", "next"),
        ("Je veux imprimer.", "print"),
        ("Effacez tout, s’il vous plaît.", "erase"),
        ("Franchement, c’est trop compliqué.", "difficulty"),
        ("Effacez tout, si vous plaît.", "erase"),
    ],
)
def test_people_are_polite_and_hesitate(said: str, means: str) -> None:
    assert meaning(said) == means


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("Plus doucement s'il vous plaît, c'est trop rapide.", "slower"),
        ("Je n'arrive pas à lire. C'est trop petit.", "bigger"),
        ("Bonjour, je n'entends rien, parlez plus fort.", "louder"),
        ("Je n'arrive pas à lire, c'est trop rapide.", "-"),
        ("Il fait froid ici, c'est trop petit.", "-"),
        ("Plus fort, non, moins fort.", "-"),
    ],
)
def test_what_is_said_in_two_ways_is_said_once(said: str, means: str) -> None:
    assert meaning(said) == means


@pytest.mark.parametrize(
    ("written", "means"),
    [("Répété.", "repeat"), ("Plus faure.", "louder"), ("Jean tends rien.", "louder"), ("Sui vent.", "next")],
)
@needs_espeak
def test_what_sounds_the_same_is_the_same(written: str, means: str) -> None:
    """An engine writes other letters for the same sounds."""
    assert meaning(written).lstrip("?") == means


@pytest.mark.parametrize(
    "said",
    [
        "Je cherche le bureau de madame Martin.",
        "Il fait beau aujourd’hui.",
        "Mon fils m’attend dehors.",
        "Veuillez entrer votre mot de passe suivi du dièse.",
        "Vous avez cinq nouveaux messages.",
        "Le numéro que vous avez composé n’est pas en service.",
        "euh",
        "alors",
        "",
        "…",
    ],
)
def test_other_words_are_refused(said: str) -> None:
    assert meaning(said) == "-"


@pytest.mark.parametrize(
    "made_up",
    [
        "Sous-titres réalisés par la communauté d’Amara.org",
        "Merci d’avoir regardé cette vidéo !",
        "Sous-titrage Société Radio-Canada",
        "Thank you for watching.",
        "[Musique]",
        "(rires)",
        "oui, oui, oui, oui, oui, oui, oui",
        "plus fort, plus fort, plus fort, plus fort, plus fort, plus fort",
    ],
)
def test_what_an_engine_makes_up_is_refused(made_up: str) -> None:
    assert meaning(made_up) == "-"


def test_a_denial_is_never_its_contrary() -> None:
    for said in ("Je ne l’ai pas.", "Je l’ai pas.", "je n’ai pas", "Non, je ne l’ai pas.", "non", "il me manque"):
        assert meaning(said, CHECKLIST).lstrip("?") in {"missing", "-"}, said
    for said in ("Je l’ai.", "Oui, je l’ai.", "oui", "ouais", "c’est bon"):
        assert meaning(said, CHECKLIST) == "have", said
    assert meaning("je ne suis pas d’accord") == "no"
    assert meaning("c’est pas difficile") != "difficulty"


WAYS = [way for phrase in (*CARD[:2], *commands("fr")) for way in phrase.ways]


@given(
    st.sampled_from([way for way in WAYS if f"pas {way}" not in WAYS and way != "je vous entends plus"]), st.booleans()
)
def test_a_denial_turns_any_phrase(way: str, before: bool) -> None:
    """Whatever is said, "pas" said with it never does what it would have done without.

    « Pas trop fort » says the same as « trop fort », and « je vous entends plus » denies by itself: they are left out.
    """
    said = f"je ne veux pas {way}" if before else f"{way}, non, pas du tout"
    plain = {"yes", "have", "print", "erase", "next", "help", "louder", "softer", "bigger", "smaller", "faster"}
    found = understand(said, CHECKLIST)
    denied = {word for word in way.casefold().replace("’", "'").split() if word in {"pas", "rien", "non", "ne", "nan"}}
    if not denied and isinstance(found, Heard):
        assert found.phrase not in plain or found.certainty is not Certainty.CLEAR


def test_more_and_less_are_never_confused() -> None:
    pairs = {"plus fort": "louder", "moins fort": "softer", "plus vite": "faster", "moins vite": "slower"}
    pairs |= {"plus petit": "smaller", "trop petit": "bigger", "plus grand": "bigger", "trop grand": "smaller"}
    for said, means in pairs.items():
        assert meaning(said) == means
        assert meaning(f"parlez {said} s’il vous plaît").lstrip("?") in {means, "-"}


def test_the_screen_comes_first() -> None:
    """« oui » on a card is the card's; so is every other way of saying it."""
    assert meaning("oui", CHECKLIST) == "have"
    assert meaning("d’accord", CHECKLIST) == "have"
    assert meaning("nan", CHECKLIST) == "missing"
    assert meaning("je ne comprends pas", CHECKLIST) == "what"
    assert meaning("plus fort", CHECKLIST) == "louder"
    two = Vocabulary((Phrase("a", ("Oui, perdue", "oui")), Phrase("b", ("Oui, volée", "oui")), *commands("fr")))
    assert meaning("d’accord", two) == "yes"


def test_what_may_not_be_said_now_does_not_pass_for_what_may() -> None:
    vocabulary = Vocabulary((Phrase("0", ("plus fort",)), Phrase("1", ("moins fort",))))
    assert meaning("plus fort", vocabulary) == "0"
    assert meaning("plus vite", vocabulary) == "-"


def test_nothing_can_be_said_where_nothing_may() -> None:
    assert meaning("oui", Vocabulary(())) == "-"
    assert meaning("oui", Vocabulary((Phrase("mute", ()),))) == "-"
    assert commands("br") == ()


def test_a_card_is_chosen_by_its_number() -> None:
    vocabulary = Vocabulary(
        (*with_numbers([Phrase(f"c{n}", (f"Carte {name}",)) for n, name in enumerate("ABCD")], "fr"),)
    )
    for said, card in {
        "la deux": "c1",
        "Le 2.": "c1",
        "le numéro trois": "c2",
        "numéro 3": "c2",
        "la première": "c0",
        "la réponse quatre": "c3",
        "euh, le deuxième s’il vous plaît": "c1",
        "la dernière": "c3",
        "quatre": "c3",
    }.items():
        assert meaning(said, vocabulary).lstrip("?") == card, said
    assert meaning("le numéro cinq", vocabulary) == "-"
    english = Vocabulary(with_numbers([Phrase("a", ("Lost",)), Phrase("b", ("Stolen",))], "en"), "en")
    assert meaning("the second one please", english) == "b"


def test_only_nine_cards_bear_a_number_and_only_where_it_is_known_how() -> None:
    many = tuple(Phrase(str(n), (f"chose {n}",)) for n in range(MOST + 2))
    numbered = with_numbers(many, "fr")
    assert numbered[MOST:] == many[MOST:]
    assert all(phrase.ways[0] == plain.ways[0] for phrase, plain in zip(numbered, many, strict=True))
    assert with_numbers(many, "pt") == many


def test_what_is_heard_freely_betrays_what_was_only_expected() -> None:
    """Told the words, the engine writes one of them for anything."""
    believed = Evidence(log_probability=-0.7, free=("Arrêtez.", "Arrêter."))
    betrayed = Evidence(log_probability=-0.7, free=("À la pêche humaine.", "À la pédime."))
    assert meaning("Arrêtez.", evidence=believed) == "stop"
    assert meaning("Arrêtez.", evidence=betrayed) == "-"


def test_an_engine_that_is_not_sure_is_not_obeyed_at_once() -> None:
    assert meaning("Suivant.", evidence=Evidence(log_probability=-0.2)) == "next"
    assert meaning("Suivant.", evidence=Evidence(log_probability=-1.3)) == "?next"
    assert meaning("Suivant.", evidence=Evidence(log_probability=-3.0)) == "-"
    assert meaning("Suivant.", evidence=Evidence(log_probability=-1.1, no_speech=0.9)) == "-"


def test_in_noise_more_is_asked_back_and_more_is_refused() -> None:
    said = {clarity: meaning("suivant", evidence=Evidence(-0.3, signal_to_noise=clarity)) for clarity in (40, 13, -5)}
    assert said == {40: "next", 13: "?next", -5: "-"}


def test_an_alternative_may_tell_what_the_best_did_not() -> None:
    evidence = Evidence(-0.4, alternatives=("Suivant.",), alternative_scores=(-0.45,))
    assert meaning("Dix francs.", evidence=evidence).lstrip("?") == "next"
    late = Evidence(-0.4, alternatives=("Suivant.",), alternative_scores=(-2.4,))
    assert meaning("Dix francs.", evidence=late) == "-"


def test_a_sentence_of_ones_own_is_a_request() -> None:
    asked = Vocabulary(commands("fr"), expected=Expected.REQUEST)
    found = understand("J’ai perdu ma carte d’identité.", asked)
    assert found == Heard("", Certainty.CLEAR, "J’ai perdu ma carte d’identité.", "J’ai perdu ma carte d’identité.")
    assert meaning("retour", asked) == "back"
    assert meaning("vous pouvez répéter s’il vous plaît ?", asked) == "repeat"
    for nothing in ("euh", "bonjour", "Merci d’avoir regardé.", "ah oh"):
        assert meaning(nothing, asked) in {"-"}, nothing
    free = Evidence(-0.3, free=("Je demande le RSA.",))
    assert meaning("Je demande le reste, là.", asked, free) == "Je demande le RSA."


def test_a_value_is_always_asked_back() -> None:
    number = Vocabulary(commands("fr"), expected=Expected.NUMBER)
    day = Vocabulary(commands("fr"), expected=Expected.DATE)
    assert meaning("J’ai deux enfants.", number) == "?2"
    assert meaning("quatre-vingt-douze", number) == "?92"
    assert meaning("je ne sais pas", number) == "unknown"
    assert meaning("le trois mars deux mille vingt-six", day) == "?2026-03-03"
    assert meaning("hier", day) == "?2026-11-20"
    differ = Evidence(-0.3, free=("J’ai douze enfants.",))
    assert meaning("J’ai deux enfants.", number, differ) == "-"


def test_english_is_understood_too() -> None:
    for said, means in {
        "Could you repeat that, please?": "repeat",
        "I can't hear you": "louder",
        "Um, I don't know.": "unknown",
        "go back": "back",
        "slow down please": "slower",
        "I don't understand": "difficulty",
    }.items():
        assert meaning(said, EN) == means, said
    assert meaning("The weather is nice today.", EN) == "-"


@given(st.text(max_size=60), st.sampled_from(list(Expected)), st.sampled_from(["fr", "en", "br"]))
def test_any_text_has_an_answer(text: str, expected: Expected, language: str) -> None:
    vocabulary = Vocabulary((*CARD, *commands(language)), language, expected)
    evidence = Evidence(-0.5, 0.1, 12.0, (text,), (-0.7,), (text,), (-0.6,))
    found = understand(text, vocabulary, evidence=evidence, today=TODAY)
    if isinstance(found, Heard):
        assert bool(found.phrase) != bool(found.value)
        assert not found.phrase or found.phrase in {phrase.id for phrase in vocabulary.phrases}
        assert found.certainty is not Certainty.REJECTED


@given(st.lists(st.text(min_size=1, max_size=80), max_size=40))
def test_the_engine_is_told_labels_first_and_never_too_much(ways: list[str]) -> None:
    told = prompt_for(Vocabulary(tuple(Phrase(str(n), (way, f"autre {n}")) for n, way in enumerate(ways))))
    assert len(told) <= LONGEST
    assert prompt_for(Vocabulary(())) == ""


def test_the_engine_is_told_sentences() -> None:
    told = prompt_for(CHECKLIST)
    assert told.startswith("Je l'ai. Oui. Je ne l'ai pas. Non. C'est quoi ?")
    assert "Plus fort." in told
    assert "’" not in told


def test_without_the_library_letters_stand_for_sounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sounds, "_espeak", lambda: None)
    sounds.forget()
    try:
        assert not sounds.available()
        assert sounds.phonemes("Été", "fr") == ("e", "t", "e")
    finally:
        sounds.forget()
