# SPDX-License-Identifier: EUPL-1.2
"""The printers that need no CUPS."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from printouts.model import JobState, Paper, Printer
from printouts.printer import (
    CupsPrinter,
    FolderPrinter,
    MemoryPrinter,
    NoPrinter,
    diagnose,
    make_printer,
)
from printouts.printer.trouble import trouble

PDF = b"%PDF-1.7 not really" * 100


def test_make_printer(tmp_path: Path) -> None:
    assert isinstance(make_printer("folder", folder=tmp_path), FolderPrinter)
    assert isinstance(make_printer("cups", queue="x"), CupsPrinter)
    assert isinstance(make_printer("none"), NoPrinter)
    with pytest.raises(ValueError, match="fax"):
        make_printer("fax")


def test_a_folder_gets_whole_files_with_anonymous_names(tmp_path: Path) -> None:
    printer: Printer = FolderPrinter(tmp_path / "deep" / "receipts")
    assert printer.submit(PDF, Paper.A4).wait(0) is JobState.DONE
    assert printer.submit(PDF, Paper.A4).wait(0) is JobState.DONE
    files = list((tmp_path / "deep" / "receipts").iterdir())
    assert len(files) == 2
    assert all(file.read_bytes() == PDF and file.name.startswith("pas-a-pas-") for file in files)
    assert diagnose(printer).ok
    assert len(list((tmp_path / "deep" / "receipts").iterdir())) == 2


def test_what_was_printed_stays_when_cancelled_later(tmp_path: Path) -> None:
    FolderPrinter(tmp_path).submit(PDF, Paper.A4).cancel()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    printer = FolderPrinter(tmp_path / "file" / "receipts")
    assert printer.submit(PDF, Paper.A4).wait(0) is JobState.NO_PRINTER
    check, ok, message, fix = diagnose(printer)
    assert (check, ok) == ("printer", False)
    assert "n'existe pas" in message
    assert "mkdir" in fix


def in_a_child(tmp_path: Path, code: str, **how: object) -> str:
    program = (
        "from pathlib import Path; from printouts.model import Paper;"
        "from printouts.printer import FolderPrinter, diagnose;"
        f"p = FolderPrinter(Path({str(tmp_path)!r})); {code}"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True,
        cwd=Path(__file__).parents[2], **how,
    )  # type: ignore[call-overload]  # fmt: skip
    return str(done.stdout.strip())


def test_a_full_disk_leaves_no_half_file(tmp_path: Path) -> None:
    def small() -> None:
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    said = in_a_child(tmp_path, "print(p.submit(b'x' * 5000, Paper.A4).wait(0))", preexec_fn=small)
    assert said == JobState.NO_PAPER
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_the_right_to_write(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    become = ""
    if os.geteuid() == 0:  # root may write anywhere: become nobody, who may not
        for folder in (tmp_path, *list(tmp_path.parents)[:2]):
            folder.chmod(0o755)
        become = "import os; os.setgid(65534); os.setuid(65534); "
    said = in_a_child(locked, become + "print(p.submit(b'x', Paper.A4).wait(0)); print(diagnose(p).fix)")
    assert said.splitlines()[0] == JobState.FAILED
    assert "chown" in said


def test_the_absent_printer() -> None:
    printer = NoPrinter()
    assert printer.submit(PDF, Paper.A4).wait(0) is JobState.NO_PRINTER
    assert not diagnose(printer).ok
    assert "kiosk.toml" in diagnose(printer).fix


@pytest.mark.parametrize("fault", [JobState.NO_PRINTER, JobState.NO_PAPER, JobState.OFFLINE, JobState.FAILED])
def test_the_memory_printer_fails_on_demand(fault: JobState) -> None:
    printer = MemoryPrinter(fault=fault)
    assert printer.submit(PDF, Paper.A4).wait(0) is fault
    assert printer.printed == []
    assert not printer.status().ready
    printer.fault = None
    assert printer.submit(PDF, Paper.TICKET).wait(0) is JobState.DONE
    assert printer.printed == [(PDF, Paper.TICKET)]
    assert printer.status().ready


def test_the_slow_memory_printer() -> None:
    printer = MemoryPrinter(slow=True)
    first, second, third = (printer.submit(bytes([n]), Paper.A4) for n in range(3))
    assert first.wait(0.01) is JobState.PRINTING
    second.cancel()
    assert second.wait(0) is JobState.CANCELLED
    ended: list[JobState] = []
    waiting = threading.Thread(target=lambda: ended.append(first.wait(10)))
    waiting.start()
    printer.finish()
    waiting.join(10)
    assert ended == [JobState.DONE]
    assert third.wait(0) is JobState.DONE
    assert [pdf for pdf, _ in printer.printed] == [b"\x00", b"\x02"]
    first.cancel()
    assert first.wait(0) is JobState.DONE
    assert printer.waiting == []


def test_a_slow_job_meets_a_fault() -> None:
    printer = MemoryPrinter(slow=True)
    job = printer.submit(PDF, Paper.A4)
    printer.finish(JobState.NO_PAPER)
    assert job.wait(0) is JobState.NO_PAPER
    assert printer.printed == []


@pytest.mark.parametrize(
    ("state", "reasons", "meaning"),
    [
        (3, ["none"], None),
        (4, ["media-low-warning", "toner-low-report", "media-empty-warning"], None),
        (4, ["media-empty-error"], JobState.NO_PAPER),
        (4, ["media-empty"], JobState.NO_PAPER),
        (5, ["media-needed", "paused"], JobState.NO_PAPER),
        (4, ["input-tray-missing"], JobState.NO_PAPER),
        (4, ["connecting-to-device"], JobState.OFFLINE),
        (4, ["offline-report"], JobState.OFFLINE),
        (5, ["paused"], JobState.OFFLINE),
        (4, ["media-jam-error"], JobState.FAILED),
        (3, ["cover-open"], JobState.FAILED),
        (4, ["marker-supply-empty-error"], JobState.FAILED),
    ],
)
def test_what_a_printer_complains_of(state: int, reasons: list[str], meaning: JobState | None) -> None:
    found = trouble(state, reasons)
    assert (found.state if found else None) is meaning


def test_the_words_of_a_backend_count_while_it_prints() -> None:
    words = "The printer may not exist or is unavailable at this time."
    printing = trouble(4, ["none"], words)
    assert printing is not None
    assert printing.state is JobState.OFFLINE
    assert trouble(3, ["none"], words) is None
    assert trouble(4, ["none"], "Printing page 1, 50% complete.") is None
