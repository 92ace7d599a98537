# SPDX-License-Identifier: EUPL-1.2
"""The cache of sentences already spoken."""

from __future__ import annotations

import os
import resource
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessibility.speaking.cache import COUNT_SIZE, DIGEST_SIZE, AudioCache, Kept
from accessibility.speaking.sound import seconds_of
from tests.accessibility.sounds import tone

VOICE = "scripted"


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_what_was_put_comes_back(tmp_path: Path) -> None:
    cache = AudioCache(tmp_path / "new" / "voice", 1)
    assert cache.get(VOICE, 1.0, "Bonjour.") is None
    assert cache.put(VOICE, 1.0, "Bonjour.", tone())
    assert cache.get(VOICE, 1.0, "Bonjour.") == tone()
    assert AudioCache(tmp_path / "new" / "voice", 1).get(VOICE, 1.0, "Bonjour.") == tone()


def test_the_words_come_and_go_with_their_sound(tmp_path: Path) -> None:
    cache = AudioCache(tmp_path, 1)
    cache.put(VOICE, 1.0, "Bonjour.", tone(), b"[[0.0, 0, 7]]")
    cache.put(VOICE, 1.5, "Bonjour.", tone())
    assert cache.find(VOICE, 1.0, "Bonjour.") == Kept(tone(), b"[[0.0, 0, 7]]")
    assert cache.find(VOICE, 1.5, "Bonjour.") == Kept(tone())
    assert cache.get(VOICE, 1.0, "Bonjour.") == tone()
    cache.put(VOICE, 1.0, "Bonjour.", tone(), b"[]")
    assert cache.find(VOICE, 1.0, "Bonjour.") == Kept(tone(), b"[]")


def test_what_another_process_put_counts(tmp_path: Path) -> None:
    ours, theirs = AudioCache(tmp_path, 1), AudioCache(tmp_path, 1)
    ours.put(VOICE, 1.0, "a", tone(2.0))
    for number in range(10):
        theirs.put(VOICE, 1.0, str(number), tone(2.0))
    ours.recount()
    ours.put(VOICE, 1.0, "b", tone(2.0))
    assert sum(path.stat().st_size for path in files(tmp_path)) <= 1_000_000


def test_voice_rate_and_text_each_make_another_sound(tmp_path: Path) -> None:
    cache = AudioCache(tmp_path, 1)
    paths = {
        cache.path_of(*key)
        for key in [
            (VOICE, 1.0, "a"),
            (VOICE, 1.5, "a"),
            ("other", 1.0, "a"),
            (VOICE, 1.0, "b"),
            (VOICE, 1.0, "\ud800"),
        ]
    }
    assert len(paths) == 5


def test_a_file_is_a_wav_that_any_player_opens(tmp_path: Path) -> None:
    cache = AudioCache(tmp_path, 1)
    cache.put(VOICE, 1.0, "Bonjour.", tone(0.5))
    assert seconds_of(files(tmp_path)[0].read_bytes()) == pytest.approx(0.5, abs=0.001)


@pytest.mark.parametrize("damage", [b"", b"x", b"RIFF", b"\0" * 5000])
def test_a_damaged_file_is_thrown_out(tmp_path: Path, damage: bytes) -> None:
    cache = AudioCache(tmp_path, 1)
    cache.put(VOICE, 1.0, "Bonjour.", tone())
    files(tmp_path)[0].write_bytes(damage)
    assert cache.get(VOICE, 1.0, "Bonjour.") is None
    assert files(tmp_path) == []


@given(st.integers(min_value=0), st.integers(min_value=0, max_value=7))
def test_one_changed_bit_is_seen(tmp_path_factory: pytest.TempPathFactory, byte: int, bit: int) -> None:
    folder = tmp_path_factory.mktemp("cache")
    cache = AudioCache(folder, 1)
    cache.put(VOICE, 1.0, "Bonjour.", tone(0.01))
    content = bytearray(files(folder)[0].read_bytes())
    content[byte % len(content)] ^= 1 << bit
    files(folder)[0].write_bytes(content)
    assert cache.get(VOICE, 1.0, "Bonjour.") is None


def test_the_oldest_goes_out_first_and_use_keeps(tmp_path: Path) -> None:
    sound = tone(2.0)  # 88 kB: eleven in a megabyte
    cache = AudioCache(tmp_path, 1)
    for number in range(10):
        cache.put(VOICE, 1.0, str(number), sound)
        os.utime(cache.path_of(VOICE, 1.0, str(number)), (number, number))
    assert cache.get(VOICE, 1.0, "0")
    for number in range(10, 13):
        cache.put(VOICE, 1.0, str(number), sound)
    kept = {number for number in range(13) if cache.path_of(VOICE, 1.0, str(number)).exists()}
    assert {0, 10, 11, 12} <= kept
    assert 1 not in kept
    assert sum(path.stat().st_size for path in files(tmp_path)) <= 1_000_000


def test_an_old_cache_too_big_is_brought_down(tmp_path: Path) -> None:
    big = AudioCache(tmp_path, 10)
    for number in range(30):
        big.put(VOICE, 1.0, str(number), tone(2.0))
    AudioCache(tmp_path, 1).put(VOICE, 1.0, "new", tone())
    assert sum(path.stat().st_size for path in files(tmp_path)) <= 1_000_000


def test_nothing_is_kept_when_there_is_no_room_at_all(tmp_path: Path) -> None:
    assert not AudioCache(tmp_path, 0).put(VOICE, 1.0, "a", tone())
    assert not AudioCache(tmp_path, 1).put(VOICE, 1.0, "a", tone(30))
    assert files(tmp_path) == []


def test_a_full_disk_costs_only_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = AudioCache(tmp_path, 1)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        assert not cache.put(VOICE, 1.0, "a", tone())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert files(tmp_path) == []
    assert cache.put(VOICE, 1.0, "a", tone())


def test_a_folder_that_cannot_be_made_costs_only_the_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = AudioCache(tmp_path / "file" / "voice", 1)
    assert not cache.put(VOICE, 1.0, "a", tone())
    assert cache.get(VOICE, 1.0, "a") is None


def test_what_a_power_cut_left_is_cleaned(tmp_path: Path) -> None:
    (tmp_path / "half.part").write_bytes(b"RIFF")
    AudioCache(tmp_path, 1).put(VOICE, 1.0, "a", tone())
    assert [path.suffix for path in files(tmp_path)] == [".wav"]


def test_many_threads_at_once(tmp_path: Path) -> None:
    cache = AudioCache(tmp_path, 1)

    def work(first: int) -> None:
        for number in range(first, first + 20):
            cache.put(VOICE, 1.0, str(number % 25), tone(1.0))
            assert cache.get(VOICE, 1.0, str(number % 25)) in (None, tone(1.0))

    threads = [threading.Thread(target=work, args=(first,)) for first in range(0, 40, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(path.stat().st_size - COUNT_SIZE - DIGEST_SIZE for path in files(tmp_path)) <= 1_000_000
