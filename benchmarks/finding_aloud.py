# SPDX-License-Identifier: EUPL-1.2
"""Finding through speech: each sentence of ``tests/content/said/heard.toml`` is said again, heard again, looked up.

    python -m benchmarks.finding_aloud [SET] [--write]     SET: heard, second_heard; or one whose name has "tuning"

By the ear's real path: voice detector, Whisper, understanding, where a request is expected. ``--write`` puts what the
ear wrote down in the set, by which the finder is then judged without a sound.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

from accessibility.listening.from_file import FileEar
from benchmarks import listening_sounds as sounds
from benchmarks.finding import catalogue
from benchmarks.listening import REQUESTED, ear, frames
from content.search import Finder
from tests.content.said import FOLDER, Sentence, score

SETS = ("heard", "second_heard", "tuning_heard", "second_tuning_heard")


def heard_again(name: str, hearing: FileEar) -> Iterator[dict[str, Any]]:
    """Each line of the set, with what the ear makes of it now."""
    lines: list[dict[str, Any]] = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))["heard"]
    sounds.make([(f"kokoro:{line['voice']}", line["said"]) for line in lines])
    for line in lines:
        voice = f"kokoro:{line['voice']}"
        sound = sounds.among(sounds.said(voice, line["said"]), line["noise"], voice + line["said"])
        found = hearing.hear_frames(frames(sound), REQUESTED)
        yield line | {"heard": found.value or found.text, "others": list(found.others)}


def written(name: str, lines: list[dict[str, Any]]) -> str:
    """The file of the set, its first remarks kept."""
    remarks = (FOLDER / f"{name}.toml").read_text("utf-8").split("[[heard]]")[0]
    keys = ("wants", "said", "heard", "others", "voice", "noise")
    entries = ["[[heard]]\n" + "".join(f"{key} = {_toml(line[key])}\n" for key in keys) for line in lines]
    return remarks + "\n".join(entries)


def _toml(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def main() -> None:
    """Print how many are found."""
    name = next((word for word in sys.argv[1:] if word in SETS), SETS[0])
    hearing = ear(remembered=True)
    if hearing is None:
        raise SystemExit("kiosk voice install --default kokoro-82m kokoro-test-voices")
    lines = list(heard_again(name, hearing))
    finder = Finder(catalogue())
    for noise in ("clean", "pink 10"):
        said = [
            Sentence(line["heard"], line["wants"], tuple(line["others"])) for line in lines if line["noise"] == noise
        ]
        of = score(finder, said)
        row = f"first {100 * of.first:.1f}, in three {100 * of.in_three:.1f}, refused {100 * of.refused:.1f}"
        print(f"{noise:<8} {len(said)} sentences: {row}, somebody {100 * of.mediator:.1f}")  # noqa: T201
    if "--write" in sys.argv[1:]:
        (FOLDER / f"{name}.toml").write_text(written(name, lines), "utf-8")


if __name__ == "__main__":
    main()
