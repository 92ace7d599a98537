# SPDX-License-Identifier: EUPL-1.2
"""Filling the cache with a better voice: what is made, kept, given up; resumed, bounded; by a scripted voice."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import psutil
import pytest

from accessibility.speaking.cache import AudioCache, Kept
from accessibility.speaking.casting import Line
from accessibility.speaking.protocol import Manner
from accessibility.speaking.rendered import NO_RENDERED_VOICE, rendered_voice
from accessibility.speaking.rendering import (
    MOST_FAILURES,
    CannotRender,
    RenderOutcome,
    lines_of,
    maker_of,
    render,
    rendered_of,
)
from accessibility.speaking.sound import seconds_of
from accessibility.speaking.supervised import Kind
from tests.accessibility.makers import VOICE, asked_of, fake_piper, maker, piper_voice
from tests.accessibility.sounds import no_process_left, tone, wait_until


@pytest.fixture
def cache(tmp_path: Path) -> AudioCache:
    return AudioCache(tmp_path / "cache", 10)


def french(*texts: str) -> list[Line]:
    return [Line(text, Manner()) for text in texts]


def test_sentences_become_lines_as_they_are_spoken() -> None:
    lines = lines_of([("12 €", "fr"), ("12 €", "en"), ("12 €", "fr"), ("…", "fr")], (1.0, 0.75))
    assert [(line.manner.language, line.manner.rate) for line in lines] == [
        ("fr", 1.0),
        ("en", 1.0),
        ("fr", 0.75),
        ("en", 0.75),
    ]
    assert "douze" in lines[0].text
    assert "douze" not in lines[1].text


def test_what_is_missing_is_made_and_the_rest_kept(tmp_path: Path, cache: AudioCache) -> None:
    steps: list[int] = []
    with no_process_left():
        first = render(french("Un.", "Deux."), VOICE, cache, maker(tmp_path), steps.append)
        again = render(french("Un.", "Deux.", "Trois."), VOICE, cache, maker(tmp_path), steps.append)
    assert (first.outcome, first.made, first.kept, first.wanted) == (RenderOutcome.DONE, 2, 0, 2)
    assert (again.outcome, again.made, again.kept, again.wanted) == (RenderOutcome.DONE, 1, 2, 3)
    assert asked_of(tmp_path) == ["Un.", "Deux.", "Trois."]
    assert sum(steps) == 5
    assert first.sound_seconds == pytest.approx(0.4)
    assert cache.find("scripted voix", 1.0, "Un.") == Kept(tone(), b"[0.0]")
    assert rendered_of(french("Un.", "Quatre."), VOICE, cache) == (1, 2)


def test_nothing_is_started_when_nothing_is_missing(tmp_path: Path, cache: AudioCache) -> None:
    render(french("Un."), VOICE, cache, maker(tmp_path))
    nowhere = Kind(VOICE.name, ("/nowhere",), 1.0, lambda text: 1.0)
    assert render(french("Un."), VOICE, cache, nowhere).outcome is RenderOutcome.DONE


def test_it_goes_on_where_it_was_stopped(tmp_path: Path, cache: AudioCache) -> None:
    def stop(steps: int) -> None:
        if "Deux." in asked_of(tmp_path):
            raise KeyboardInterrupt

    with no_process_left(), pytest.raises(KeyboardInterrupt):
        render(french("Un.", "Deux.", "Trois."), VOICE, cache, maker(tmp_path), stop)
    done = render(french("Un.", "Deux.", "Trois."), VOICE, cache, maker(tmp_path))
    assert (done.kept, done.made) == (1, 2)


def test_a_language_that_the_voice_does_not_speak_is_left_out(tmp_path: Path, cache: AudioCache) -> None:
    done = render([Line("Hola.", Manner("es")), *french("Un.")], VOICE, cache, maker(tmp_path))
    assert (done.wanted, done.made) == (1, 1)
    assert asked_of(tmp_path) == ["Un."]


def test_a_sentence_that_cannot_be_made_does_not_stop_the_others(tmp_path: Path, cache: AudioCache) -> None:
    with no_process_left():
        done = render(
            french("Un impossible.", "Deux mort.", "Trois pendu.", "Quatre."), VOICE, cache, maker(tmp_path, limit=0.4)
        )
    assert done.outcome is RenderOutcome.DONE
    assert done.failed == ("Un impossible.", "Deux mort.", "Trois pendu.")
    assert done.made == 1


def test_a_voice_that_fails_again_and_again_is_given_up(tmp_path: Path, cache: AudioCache) -> None:
    done = render(french(*(f"impossible {n}." for n in range(20))), VOICE, cache, maker(tmp_path))
    assert done.outcome is RenderOutcome.NO_VOICE
    assert "non" in done.why
    assert len(done.failed) == MOST_FAILURES


def test_a_voice_that_does_not_start_is_said(tmp_path: Path, cache: AudioCache) -> None:
    with no_process_left():
        done = render(french("Un."), VOICE, cache, Kind(VOICE.name, ("/nowhere",), 0.5, lambda text: 1.0))
    assert done.outcome is RenderOutcome.NO_VOICE
    assert done.why


def test_a_cache_too_small_is_filled_once_and_says_how_much_is_needed(tmp_path: Path) -> None:
    """Rendering on would throw out what was just made, for ever."""
    small = AudioCache(tmp_path / "cache", 1)
    lines = french(*(f"Phrase {chr(97 + n)}." for n in range(20)))  # 88 kB each: ten fit
    done = render(lines, VOICE, small, maker(tmp_path, 2.0))
    assert done.outcome is RenderOutcome.FULL
    assert done.made == 10
    assert f"cache_mb = {round(20 * 0.088 / 0.9) + 50}" in done.why
    again = render(lines, VOICE, small, maker(tmp_path, 2.0))
    assert (again.outcome, again.kept, again.made) == (RenderOutcome.FULL, 10, 0)
    assert all(small.get("scripted voix", 1.0, line.text) for line in lines[:10])


def test_a_changed_text_is_made_anew_and_the_old_one_goes_out_first(tmp_path: Path) -> None:
    small = AudioCache(tmp_path / "cache", 1)
    old = french(*(f"Phrase {n} ancienne." for n in "abcde"))
    render(old, VOICE, small, maker(tmp_path, 2.0))
    for line in old:
        os.utime(small.path_of("scripted voix", 1.0, line.text), (1, 1))
    new = french(*(f"Phrase {n} nouvelle." for n in "abcdefgh"), old[0].text)
    assert render(new, VOICE, small, maker(tmp_path, 2.0)).outcome is RenderOutcome.DONE
    assert all(small.get("scripted voix", 1.0, line.text) for line in new)
    assert not all(small.get("scripted voix", 1.0, line.text) for line in old)


def test_a_disk_that_fails_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = render(french("Un."), VOICE, AudioCache(tmp_path / "file" / "cache", 10), maker(tmp_path))
    assert done.outcome is RenderOutcome.FULL
    assert "disque" in done.why


# Which voice, and whether it can be had


def test_what_is_asked_for_and_cannot_be_had_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered_voice("none") == NO_RENDERED_VOICE
    assert rendered_voice("auto").name("fr") == "kokoro-82m ff_siwis"
    assert rendered_voice("auto").name("es") == ""
    absent = maker_of(rendered_voice("auto"), tmp_path)
    assert isinstance(absent, CannotRender)
    assert "kokoro-82m" in f"{absent}"
    monkeypatch.setattr("accessibility.speaking.rendering.find_spec", lambda name: None)
    without_extra = maker_of(rendered_voice("kokoro"), tmp_path)
    assert isinstance(without_extra, CannotRender)
    assert "--better-voice" in without_extra.fix
    for model in (None, tmp_path / "absent.onnx"):
        voice = rendered_voice("piper", model)
        assert voice.engine == "none"
        assert isinstance(maker_of(voice, tmp_path), CannotRender)
        assert voice.fault
    monkeypatch.setenv("PATH", str(tmp_path))
    assert isinstance(maker_of(rendered_voice("piper", piper_voice(tmp_path)), tmp_path), CannotRender)


@pytest.mark.parametrize("described", ["", "[]", "{}", '{"language": "fr"}', '{"language": {"code": 3}'])
def test_a_piper_voice_badly_described_is_said(tmp_path: Path, described: str) -> None:
    model = piper_voice(tmp_path)
    model.with_name(f"{model.name}.json").write_text(described)
    assert rendered_voice("piper", model).fault


# Piper, by its own program


@pytest.fixture
def piper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kind:
    monkeypatch.setenv("PATH", f"{fake_piper(tmp_path)}:{os.environ['PATH']}")
    found = maker_of(rendered_voice("piper", piper_voice(tmp_path)), tmp_path)
    assert isinstance(found, Kind)
    return found


def test_piper_is_given_the_text_and_gives_its_sound(tmp_path: Path, piper: Kind, cache: AudioCache) -> None:
    voice = rendered_voice("piper", tmp_path / "fr_FR-essai-medium.onnx")
    lines = [*french("Été à Noël.", "Un  \n deux.", "C'est impossible."), Line("Été à Noël.", Manner(rate=0.5))]
    with no_process_left():
        done = render([*lines, Line("Yes.", Manner("en"))], voice, cache, piper)
    assert (tmp_path / "piper.log").read_text().splitlines() == [
        "Été à Noël.",
        "Un deux.",
        "C'est impossible.",
        "C'est impossible.",
        "Été à Noël.",
    ]
    assert (done.outcome, done.made, done.failed) == (RenderOutcome.DONE, 3, ("C'est impossible.",))
    timed = cache.find(voice.name("fr"), 1.0, "Été à Noël.")
    assert timed
    assert len(json.loads(timed.words)) == 3  # Piper does not tell: espeak-ng's times, brought to its sound
    usual, slow = (cache.get(voice.name("fr"), rate, "Été à Noël.") for rate in (1.0, 0.5))
    assert usual
    assert slow
    assert seconds_of(slow) == pytest.approx(2 * (seconds_of(usual) or 0), rel=0.1)


def test_a_piper_that_hangs_is_killed(tmp_path: Path, piper: Kind, cache: AudioCache) -> None:
    hasty = Kind(piper.name, piper.command, piper.start_limit, lambda text: 0.5)
    voice = rendered_voice("piper", tmp_path / "fr_FR-essai-medium.onnx")
    with no_process_left():
        done = render(french("Un pendu."), voice, cache, hasty)
        assert done.failed == ("Un pendu.",)
        wait_until(lambda: not [p for p in psutil.process_iter(["cmdline"]) if p.info["cmdline"] == ["sleep", "617"]])


def test_what_a_killed_piper_has_begun_is_removed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piper: Kind, cache: AudioCache
) -> None:
    (scratch := tmp_path / "scratch").mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    hasty = Kind(piper.name, piper.command, piper.start_limit, lambda text: 0.5)
    voice = rendered_voice("piper", tmp_path / "fr_FR-essai-medium.onnx")
    assert render(french("Un pendu."), voice, cache, hasty).failed
    (left,) = scratch.iterdir()
    assert list(left.iterdir())
    assert render(french("Bonjour."), voice, cache, piper).made == 1
    assert not left.exists()


def test_another_model_under_the_same_name_is_another_voice(tmp_path: Path) -> None:
    model = piper_voice(tmp_path)
    before = rendered_voice("piper", model).name("fr")
    model.write_bytes(b"a better one")
    assert rendered_voice("piper", model).name("fr") != before
    assert json.loads(model.with_name(f"{model.name}.json").read_text())["language"]["code"] == "fr_FR"


def test_counting_costs_little(tmp_path: Path, cache: AudioCache) -> None:
    lines = french(*(f"Phrase {n}." for n in range(2000)))
    begun = time.process_time()
    assert rendered_of(lines, VOICE, cache) == (0, 2000)
    assert time.process_time() - begun < 1
