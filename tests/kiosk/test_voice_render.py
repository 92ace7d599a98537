# SPDX-License-Identifier: EUPL-1.2
"""``kiosk voice render`` and ``say`` as a technician meets them, and the rendering of the quiet hours, with a scripted
``piper`` on the path: the same commands, the same voices apart, the same cache as with a voice that is heard."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import psutil
import pytest

from accessibility.speaking.cache import AudioCache
from accessibility.speaking.idle import MEMORY, IdleRendering, IdleWork
from accessibility.speaking.memory import MemorySpeaker
from accessibility.speaking.rendered import RenderedVoice
from accessibility.speaking.rendering import lines_of, rendered_of
from accessibility.speaking.to_file import MOST_SIGNS
from kiosk.config import Settings, load_settings
from kiosk.rehearsal import passing
from kiosk.voice_render import Wanted, idle_command, public_sentences
from kiosk.wiring import cache_folder, rendered_voice_of, speaker_of
from tests.accessibility.makers import fake_piper, piper_voice
from tests.accessibility.sounds import no_process_left, wait_until
from tests.kiosk.in_process import run_here
from tests.our_procedures import CATALOGUE, FOLDER

PROCEDURE = "changer-adresse"
MOST_A_PROCEDURE = 410
"""Sentences of one procedure in one language: at 0.6 s each, some four minutes of one processor."""


class Site:
    """A kiosk of its own, whose better voice is a scripted Piper that speaks French."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = folder / "kiosk.toml"
        model = piper_voice(folder)
        self.config.write_text(f'[voice]\nrendered = "piper"\npiper = "{model}"\n[content]\npath = "procedures"\n')
        shutil.copytree(FOLDER / PROCEDURE, folder / "procedures" / PROCEDURE)
        self.path = f"{fake_piper(folder, 0.1)}:{os.environ['PATH']}"

    @property
    def settings(self) -> Settings:
        settings = load_settings(self.config)
        assert isinstance(settings, Settings)
        return settings

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        return run_here(("--config", str(self.config), "voice", *words), self.folder, {"PATH": self.path})

    def made(self) -> int:
        """Sentences asked of the voice since the beginning."""
        log = self.folder / "piper.log"
        return len(log.read_text().splitlines()) if log.exists() else 0

    def ready(self, wanted: Wanted | None = None) -> tuple[int, int]:
        """How many sentences are ready, and how many there are."""
        cache = AudioCache(cache_folder(self.settings), self.settings.voice.cache_mb)
        return rendered_of(lines_of(public_sentences(self.settings, wanted) or ()), self.voice, cache)

    @property
    def voice(self) -> RenderedVoice:
        return rendered_voice_of(self.settings)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_a_procedure_is_rendered_once_and_then_said_by_that_voice(site: Site, tmp_path: Path) -> None:
    said = next(text for text, _ in public_sentences(site.settings, Wanted(PROCEDURE, ("fr",))) or ())
    before = site("say", said, "--out", "a.wav", "--json")
    assert json.loads(before.stdout)["engine"] == "pyttsx3"

    done = site("render", PROCEDURE, "--language", "fr", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert set(told) == set(RENDERED)
    assert told["outcome"] == "done"
    assert told["made"] == told["wanted"] == site.made() > 50
    assert site.ready(Wanted(PROCEDURE, ("fr",))) == (told["wanted"], told["wanted"])

    again = site("render", PROCEDURE)
    assert again.returncode == 0
    assert again.stdout.startswith(f"0 phrase faite, {told['wanted']} déjà prêtes, 0 impossible. ")
    assert site.made() == told["wanted"]

    for words, engine in (((), "piper"), (("--voice", "pyttsx3"), "pyttsx3"), (("--rate", "0.75"), "piper")):
        after = site("say", said, "--out", "a.wav", "--json", *words)
        assert json.loads(after.stdout)["engine"] == engine, after.stderr
    assert json.loads(site("say", said, "--out", "a.wav", "--json", "--language", "en").stdout)["voice"] == "gmw/en"
    assert "Voix : piper fr_FR-essai-medium" in site("say", said, "--out", "a.wav").stdout
    assert site.made() == told["wanted"], "what was rendered is not made again"
    forced = site("say", "Une phrase à part.", "--out", "a.wav", "--voice", "piper", "--json")
    assert json.loads(forced.stdout)["voice"] == "fr_FR-essai-medium"
    assert site.made() == told["wanted"] + 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("render",), 2),
        (("render", PROCEDURE, "--all"), 2),
        (("render", "--all", "--rate", "nan"), 2),
        (("render", "--all", "--rate", "9"), 2),
        (("render", "--all", "--language", "tlh"), 2),
        (("render", "../../etc"), 1),
        (("say", "Hello.", "--out", "a.wav", "--voice", "piper", "--language", "en"), 1),
        (("say", "Bonjour.", "--out", "a.wav", "--voice", "kokoro"), 1),
    ],
)
def test_what_cannot_be_done_is_said_in_french(site: Site, words: tuple[str, ...], code: int) -> None:
    done = site(*words)
    assert done.returncode == code
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert site.made() == 0


RENDERED = ("outcome", "wanted", "made", "kept", "failed", "seconds", "sound_seconds", "megabytes", "message")
SPOKEN = ("file", "engine", "voice", "language", "seconds")


@pytest.mark.parametrize(
    ("words", "keys", "why"),
    [
        (("render", "../../etc"), RENDERED, "n'existe pas"),
        (("say", "Hello.", "--out", "a.wav", "--voice", "piper", "--language", "en"), SPOKEN, "cette langue"),
        (("say", "Bonjour.", "--out", "absent/a.wav"), SPOKEN, "le dossier « absent »"),
        (("say", "Bonjour.", "--out", "."), SPOKEN, "c'est un dossier"),
        (("say", "🪪", "--out", "a.wav"), SPOKEN, "aucun mot"),
        (("say", "a " * MOST_SIGNS, "--out", "a.wav"), SPOKEN, "trop long"),
    ],
)
def test_what_cannot_be_done_is_said_in_json_too(
    site: Site, words: tuple[str, ...], keys: tuple[str, ...], why: str
) -> None:
    done = site(*words, "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert set(told) == {*keys, "error"}
    assert why in told["error"]
    assert told["error"] in done.stderr
    assert site.made() == 0


def test_without_its_voice_it_says_what_to_do(site: Site) -> None:
    site.config.write_text('[listening]\nmodels = "nowhere"\n[content]\npath = "procedures"\n')
    done = site("render", PROCEDURE)
    assert done.returncode == 1
    assert "kiosk voice install kokoro-82m" in done.stderr or "script/bootstrap --better-voice" in done.stderr


def test_all_that_the_kiosk_says_is_public_in_two_languages_and_not_too_much() -> None:
    sentences = public_sentences(Settings(), served=CATALOGUE) or []
    languages = {language for _, language in sentences}
    assert languages == {"fr", "en"}
    texts = {text for text, language in sentences if language == "fr"}
    assert {"Commencer.", "Voici ma voix."} & texts
    assert not any("{" in text for text, _ in sentences)
    for language in languages:
        once = {text for text, spoken in sentences if spoken == language}
        assert len(once) < MOST_A_PROCEDURE * len(CATALOGUE.procedures)
    one = public_sentences(Settings(), Wanted(PROCEDURE, ("fr",)), CATALOGUE) or []
    assert len(one) > 20
    assert {text for text, _ in one} <= texts
    assert public_sentences(Settings(), Wanted("absente"), CATALOGUE) is None
    assert all(line.text[0] != " " and line.text[-1] in ".!?" for line in (*passing("fr"), *passing("en")))


@pytest.mark.flaky
def test_while_nobody_is_there_what_is_missing_is_made_and_stops_when_somebody_comes(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", site.path)
    speaker = MemorySpeaker()
    with no_process_left():
        idle = IdleRendering(speaker, IdleWork(idle_command(site.settings), 0.1), free_memory=lambda: MEMORY)
        wait_until(lambda: site.made() > 5, 30)
        family = psutil.Process(idle.pid).children(recursive=True)
        idle.hush()
        made = site.made()
        wait_until(lambda: not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in family))
        assert site.made() <= made + 1, "it went on for more than one sentence"
        ready, wanted = site.ready()
        assert 5 <= ready < wanted
        wait_until(lambda: site.made() > made + 5, 30)  # the quiet is back, and the rendering
        idle.close()
    again, _ = site.ready()
    assert again > ready
    assert site.made() - again <= 2, "what was there was made again"


@pytest.mark.parametrize(("rendered", "idle"), [("piper", True), ("none", False)])
def test_the_kiosk_renders_only_what_it_can_and_long_after_everybody_left(
    site: Site, monkeypatch: pytest.MonkeyPatch, rendered: str, idle: bool
) -> None:
    monkeypatch.setenv("PATH", site.path)
    site.config.write_text(site.config.read_text().replace('"piper"', f'"{rendered}"', 1))
    with no_process_left():
        speaker = speaker_of(site.settings)
        try:
            assert isinstance(speaker, IdleRendering) is idle
            if isinstance(speaker, IdleRendering):
                times = site.settings.session
                assert speaker.quiet == times.idle_seconds + times.answer_seconds
                assert speaker.pid is None
        finally:
            speaker.close()
