# SPDX-License-Identifier: EUPL-1.2
"""The child process: warm, supervised, and gone with its session."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from printouts import renderer as renderer_module
from printouts.model import Paper
from printouts.render import render
from printouts.renderer import Renderer, RenderFault, render_in_process
from tests.printouts.receipts import full, short


@pytest.fixture
def renderer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Renderer]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = Renderer()
    yield made
    made.close()
    assert list(tmp_path.glob("pas-a-pas-*")) == [], "the fonts of the child were left behind"


def process(renderer: Renderer) -> psutil.Process:
    assert renderer.pid is not None
    return psutil.Process(renderer.pid)


def test_same_bytes_as_in_one_process(renderer: Renderer) -> None:
    assert renderer.render(short(), Paper.A4) == render(short(), Paper.A4)
    assert renderer.render(full(), Paper.TICKET) == render(full(), Paper.TICKET)


def test_pictograms_follow_the_given_roots(pictogram: Path) -> None:
    made = Renderer([pictogram.parent])
    try:
        assert made.render(full(pictogram), Paper.A4) == render(full(pictogram), Paper.A4, roots=[pictogram.parent])
    finally:
        made.close()


def test_warm_returns_at_once_and_starts_one_child(renderer: Renderer) -> None:
    start = time.monotonic()
    renderer.warm()
    assert time.monotonic() - start < 0.3
    pid = renderer.pid
    renderer.warm()
    assert renderer.pid == pid


def test_closing_ends_the_child_and_a_new_one_may_start(renderer: Renderer) -> None:
    assert isinstance(renderer.render(short(), Paper.A4), bytes)
    child = process(renderer)
    renderer.close()
    assert not child.is_running()
    assert renderer.pid is None
    assert isinstance(renderer.render(short(), Paper.A4), bytes)


def test_a_killed_child_is_a_value_then_another_serves(renderer: Renderer) -> None:
    assert isinstance(renderer.render(short(), Paper.A4), bytes)
    child = process(renderer)
    child.send_signal(signal.SIGSTOP)
    answers: list[object] = []
    waiting = threading.Thread(target=lambda: answers.append(renderer.render(full(times=50), Paper.A4)))
    waiting.start()
    child.kill()
    waiting.join(60)
    assert answers == [RenderFault.FAILED]
    assert isinstance(renderer.render(short(), Paper.A4), bytes)


def test_a_hung_child_is_given_up_in_time(renderer: Renderer) -> None:
    assert isinstance(renderer.render(short(), Paper.A4), bytes)
    process(renderer).send_signal(signal.SIGSTOP)
    start = time.monotonic()
    assert renderer.render(short(), Paper.A4, timeout=0.5) is RenderFault.TIMED_OUT
    assert time.monotonic() - start < 2
    assert renderer.pid is None


def test_too_little_time_is_a_value(renderer: Renderer) -> None:
    assert renderer.render(short(), Paper.A4, timeout=0.01) is RenderFault.TIMED_OUT


def test_close_interrupts_a_render_in_another_thread(renderer: Renderer) -> None:
    assert isinstance(renderer.render(short(), Paper.A4), bytes)
    process(renderer).send_signal(signal.SIGSTOP)
    answers: list[object] = []
    waiting = threading.Thread(target=lambda: answers.append(renderer.render(short(), Paper.A4, timeout=20)))
    waiting.start()
    start = time.monotonic()
    renderer.close()
    waiting.join(60)
    assert time.monotonic() - start < 2
    assert answers in ([RenderFault.FAILED], [b""]) or isinstance(answers[0], bytes)


def test_what_cannot_be_rendered_is_a_value_and_the_technician_learns_where(
    renderer: Renderer, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    assert renderer.render(None, Paper.A4) is RenderFault.FAILED  # type: ignore[arg-type]
    assert re.fullmatch(r"paper not rendered: \w+Error, /\S+\.py:\d+", caplog.messages[0])
    assert capfd.readouterr().err == "", "the screen is painted there"
    assert isinstance(renderer.render(short(), Paper.A4), bytes)


def test_the_child_dies_with_its_parent(tmp_path: Path) -> None:
    program = textwrap.dedent("""
        import sys
        from printouts.model import Paper
        from printouts.renderer import Renderer
        from tests.printouts.receipts import short
        renderer = Renderer()
        renderer.render(short(), Paper.A4)
        print(renderer.pid, flush=True)
        sys.stdin.read()
    """)
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[2], env={**os.environ, "TMPDIR": str(tmp_path)},
    ) as parent:  # fmt: skip
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    psutil.wait_procs([child], timeout=30)
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE
    assert list(tmp_path.glob("pas-a-pas-*")) == []


def test_render_once(tmp_path: Path) -> None:
    assert render_in_process(short(), Paper.A4) == render(short(), Paper.A4)


def test_the_child_stays_small(renderer: Renderer) -> None:
    assert isinstance(renderer.render(full(times=10), Paper.A4), bytes)
    assert process(renderer).memory_info().rss < 130 * 2**20


def test_importing_is_cheap() -> None:
    program = (
        "import sys, printouts, printouts.model, printouts.printer, printouts.renderer, printouts.receipt_code;"
        "print([m for m in ('weasyprint','icalendar','segno','jinja2','pypdf','PIL','fontTools') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout.strip() == "[]"
    assert renderer_module.TIMEOUT <= 10
