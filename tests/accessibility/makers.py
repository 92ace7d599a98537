# SPDX-License-Identifier: EUPL-1.2
"""Programs that stand for a better voice: a maker that speaks the real protocol, and a ``piper`` on the path."""

from __future__ import annotations

import json
import sys
import textwrap
from pathlib import Path

from accessibility.speaking.rendered import RenderedVoice
from accessibility.speaking.supervised import Kind
from tests.accessibility.sounds import tone

VOICE = RenderedVoice("kokoro", {"fr": "scripted voix", "en": "scripted voice"})


def maker(folder: Path, seconds: float = 0.2, limit: float = 20.0) -> Kind:
    """Writes a tone for any text; not for those with "impossible"; never ends "pendu"; dies at "mort"."""
    sound, script, log = folder / "tone.wav", folder / "maker.py", folder / "made.log"
    sound.write_bytes(tone(seconds))
    script.write_text(
        textwrap.dedent(f"""
        import json, os, sys, time
        def report(**told):
            print(json.dumps(told), flush=True)
        report(event="ready")
        for line in sys.stdin:
            asked = json.loads(line)
            with open({str(log)!r}, "a") as log:
                log.write(asked["text"] + "\\n")
            if "pendu" in asked["text"]:
                time.sleep(600)
            if "mort" in asked["text"]:
                os._exit(1)
            made = "impossible" not in asked["text"]
            if made:
                with open(asked["out"], "wb") as out:
                    out.write(open({str(sound)!r}, "rb").read())
            words = "[0.0]" if made else ""
            report(event="made", id=asked["id"], seconds=int(made), voice="v", why="" if made else "non", words=words)
        """)
    )
    return Kind(VOICE.name, (sys.executable, str(script)), 20.0, lambda text: limit)


def asked_of(folder: Path) -> list[str]:
    """What the maker was asked to say, in its order."""
    log = folder / "made.log"
    return log.read_text().splitlines() if log.exists() else []


def piper_voice(folder: Path, language: str = "fr_FR") -> Path:
    """A Piper model that only its program could open."""
    model = folder / "fr_FR-essai-medium.onnx"
    model.write_bytes(b"onnx")
    model.with_name(f"{model.name}.json").write_text(json.dumps({"language": {"code": language}}))
    return model


def fake_piper(folder: Path, seconds: float = 0.3) -> Path:
    """A ``piper`` that takes what the real one takes (its manual, and piper-tts 1.8.0): the folder for the path.

    It keeps what it was given, refuses what the real one would refuse, and hangs at "pendu".
    """
    programs = folder / "bin"
    programs.mkdir()
    (folder / "piper.wav").write_bytes(tone(seconds))
    piper = programs / "piper"
    piper.write_text(
        textwrap.dedent(f"""\
        #!/bin/sh
        while [ $# -gt 0 ]; do
            case "$1" in
            -m | --model) model=$2 ;;
            -c | --config) config=$2 ;;
            -f | --output_file | --output-file) out=$2 ;;
            *) echo "unknown option $1" >&2; exit 2 ;;
            esac
            shift 2
        done
        [ -f "$model" ] && [ -f "$config" ] && [ -n "$out" ] || {{ echo "no voice" >&2; exit 1; }}
        read -r text
        echo "$text" >> {folder}/piper.log
        case "$text" in
        *pendu*) exec sleep 617 ;;
        *impossible*) echo "cannot say it" >&2; exit 1 ;;
        esac
        cp {folder}/piper.wav "$out"
        """)
    )
    piper.chmod(0o755)
    return programs
