# SPDX-License-Identifier: EUPL-1.2
"""A real scheduler, real ``lp``, real queues. See print_server.py for what the printers are."""

from __future__ import annotations

import re
import socket
import struct
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from printouts.model import JobState, Paper
from printouts.printer import CupsPrinter, diagnose, ipp, wipe_for_good
from printouts.printer.cups import CupsJob, own_name, wipe_spool
from printouts.printer.trouble import CONNECTING
from printouts.render import render
from tests.printouts import reading
from tests.printouts.print_server import PrintServer, missing
from tests.printouts.receipts import full, short

pytestmark = [pytest.mark.skipif(bool(missing()), reason=missing()), pytest.mark.timeout(90)]

SAID_WITHIN = 10.0


@pytest.fixture(scope="module")
def server() -> Iterator[PrintServer]:
    with tempfile.TemporaryDirectory(prefix="cups-") as folder:
        # cupsd's own user must reach it.
        made = PrintServer(Path(folder))
        made.start()
        yield made
        made.stop()


_numbers = iter(range(1000))


@pytest.fixture
def tray(server: PrintServer) -> Iterator[Path]:
    """A queue of its own for each test, named as its folder."""
    folder = server.add(f"queue{next(_numbers)}")
    yield folder
    server.run("cancel", "-a", "-x", folder.name)
    server.run("lpadmin", "-x", folder.name)


def printer_of(server: PrintServer, tray: Path) -> CupsPrinter:
    return CupsPrinter(tray.name, server.address)


def printed(tray: Path) -> list[Path]:
    return sorted((tray / "out").iterdir())


def submitted(printer: CupsPrinter, paper: Paper = Paper.A4) -> CupsJob:
    job = printer.submit(render(short(), paper), paper)
    assert isinstance(job, CupsJob)
    return job


def test_a_receipt_comes_out_and_the_spool_forgets_it(server: PrintServer, tray: Path) -> None:
    printer = printer_of(server, tray)
    assert printer.status().ready
    assert submitted(printer).wait(30) is JobState.DONE
    assert len(printed(tray)) == 1
    assert printed(tray)[0].stat().st_size > 1000
    assert server.documents() == []


def test_titles_and_owner_name_nobody(server: PrintServer, tray: Path) -> None:
    assert submitted(printer_of(server, tray)).wait(30) is JobState.DONE
    owner, title, options = (tray / "asked").read_text().strip().split("|")
    assert owner == own_name()
    assert title.startswith("pas-a-pas-")
    assert "media=A4" in options
    for word in ("revenus", "Souillac", "K7RMX42A"):
        assert word not in options + title


def test_a_ticket_keeps_its_length(server: PrintServer, tray: Path) -> None:
    pdf = render(full(), Paper.TICKET)
    page = reading.reader(pdf).pages[0].mediabox
    height = round(float(page.height) * 25.4 / 72)
    assert height > 300
    job = printer_of(server, tray).submit(pdf, Paper.TICKET)
    assert job.wait(40) is JobState.DONE
    assert f"media=Custom.80x{height}mm" in (tray / "asked").read_text()
    out = printed(tray)[0].read_bytes()
    # The driver of this queue makes PostScript: its page is as large as the ticket, in points, and alone.
    (box,) = re.findall(rb"%%Trailer.*%%BoundingBox: 0 0 (\d+) (\d+)", out, re.DOTALL)
    assert abs(int(box[0]) - float(page.width)) < 2
    assert abs(int(box[1]) - float(page.height)) < 3
    assert out.count(b"\n%%Page: ") == 1


def test_a_real_pdf_comes_out_of_cups_pdf(server: PrintServer) -> None:
    """Debian's cups-pdf backend, with its own rules: printed by root it falls in the folder of anonymous users."""
    if not Path("/usr/lib/cups/backend/cups-pdf").exists() or __import__("os").geteuid() != 0:
        pytest.skip("the cups-pdf backend only runs as root")
    queue = f"pdf{next(_numbers)}"
    server.add(queue, "cups-pdf:/")
    where = Path("/var/spool/cups-pdf/ANONYMOUS")
    before = set(where.iterdir()) if where.exists() else set[Path]()
    try:
        job = CupsPrinter(queue, server.address).submit(render(full(), Paper.TICKET), Paper.TICKET)
        assert job.wait(60) is JobState.DONE
        PrintServer.until(lambda: where.exists() and set(where.iterdir()) - before, "the PDF of cups-pdf")
        (made,) = set(where.iterdir()) - before
        PrintServer.until(lambda: made.stat().st_size > 0, "the PDF to be written")
        assert made.name.startswith("pas-a-pas-")
        (page,) = reading.reader(made.read_bytes()).pages
        assert round(float(page.mediabox.width) * 25.4 / 72) == 80
        assert len(reading.codes(made.read_bytes())) == 3, "two reminders, and the number of the paper"
        made.unlink()
    finally:
        server.run("lpadmin", "-x", queue)


@pytest.mark.parametrize(("fault", "state"), [("empty", JobState.NO_PAPER), ("away", JobState.OFFLINE)])
def test_a_trouble_is_said_in_time_and_the_job_never_wakes_up(
    server: PrintServer, tray: Path, fault: str, state: JobState
) -> None:
    (tray / fault).touch()
    start = time.monotonic()
    job = submitted(printer_of(server, tray))
    assert job.wait(30) is state
    assert time.monotonic() - start < SAID_WITHIN
    assert server.documents() == []
    # The paper is back, for the next person: nothing of the first one comes out.
    (tray / fault).unlink()
    second = submitted(printer_of(server, tray))
    assert second.wait(30) is JobState.DONE
    assert [path.name for path in printed(tray)] == [str(second.number)]


@pytest.mark.parametrize(
    "kind",
    ["socket://127.0.0.1:{port}", pytest.param("ipp://127.0.0.1:{port}/ipp/print", marks=pytest.mark.long)],
)
def test_a_network_printer_that_is_switched_off(server: PrintServer, kind: str) -> None:
    """CUPS's own backends, towards a port where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        queue = server.add(f"queue{next(_numbers)}", kind.format(port=free.getsockname()[1])).name
        try:
            start = time.monotonic()
            job = CupsPrinter(queue, server.address).submit(render(short(), Paper.A4), Paper.A4)
            assert job.wait(30) is JobState.OFFLINE
            assert time.monotonic() - start < SAID_WITHIN
            assert server.documents() == []
        finally:
            server.run("lpadmin", "-x", queue)


def test_a_network_printer_cut_in_the_middle(server: PrintServer) -> None:
    """It takes the first bytes, then the line is cut for good: the port closes."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        queue = server.add(f"queue{next(_numbers)}", f"socket://127.0.0.1:{listener.getsockname()[1]}").name
        try:
            job = CupsPrinter(queue, server.address).submit(render(full(times=40), Paper.A4), Paper.A4)
            line, _ = listener.accept()
            assert line.recv(100)
            cut = time.monotonic()
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            line.close()
            listener.close()
            assert job.wait(30) in (JobState.OFFLINE, JobState.FAILED)
            assert time.monotonic() - cut < SAID_WITHIN
            assert server.documents() == []
        finally:
            server.run("lpadmin", "-x", queue)


def test_an_old_complaint_does_not_stop_a_good_job(server: PrintServer, tray: Path) -> None:
    (tray / "empty").touch()
    assert submitted(printer_of(server, tray)).wait(30) is JobState.NO_PAPER
    (tray / "empty").unlink()
    (tray / "slow").touch()
    (tray / "stale").touch()
    job = submitted(printer_of(server, tray))
    assert job.wait(3) is JobState.PRINTING, "longer than a new complaint of that kind needs to be believed"
    (tray / "slow").unlink()
    assert job.wait(30) is JobState.DONE


def test_a_stopped_printer_gets_nothing(server: PrintServer, tray: Path) -> None:
    server.run("cupsdisable", tray.name)
    printer = printer_of(server, tray)
    assert printer.submit(render(short(), Paper.A4), Paper.A4).wait(0) is JobState.OFFLINE
    check = diagnose(printer)
    assert not check.ok
    assert f"cupsenable {tray.name}" in check.fix
    server.run("cupsenable", tray.name)
    assert printer.status().ready
    server.run("cupsreject", tray.name)
    assert printer.submit(render(short(), Paper.A4), Paper.A4).wait(0) is JobState.OFFLINE
    assert "cupsaccept" in diagnose(printer).fix
    server.run("cupsaccept", tray.name)
    assert submitted(printer).wait(30) is JobState.DONE
    assert len(printed(tray)) == 1


def test_a_printer_stopped_during_the_job(server: PrintServer, tray: Path) -> None:
    (tray / "slow").touch()
    job = submitted(printer_of(server, tray))
    PrintServer.until((tray / "asked").exists, "the backend to start")
    server.run("cupsdisable", tray.name)
    start = time.monotonic()
    assert job.wait(30) is JobState.OFFLINE
    assert time.monotonic() - start < SAID_WITHIN
    (tray / "slow").unlink()
    server.run("cupsenable", tray.name)
    assert submitted(printer_of(server, tray)).wait(30) is JobState.DONE
    assert len(printed(tray)) == 1


def test_a_printer_that_gives_up(server: PrintServer, tray: Path) -> None:
    (tray / "broken").touch()
    server.run("lpadmin", "-p", tray.name, "-o", "printer-error-policy=abort-job")
    assert submitted(printer_of(server, tray)).wait(30) is JobState.FAILED
    assert server.documents() == []


def test_cancelled_while_printing(server: PrintServer, tray: Path) -> None:
    (tray / "slow").touch()
    job = submitted(printer_of(server, tray))
    PrintServer.until((tray / "asked").exists, "the backend to start")
    ended: list[JobState] = []
    waiting = threading.Thread(target=lambda: ended.append(job.wait(30)))
    waiting.start()
    start = time.monotonic()
    job.cancel()
    waiting.join(10)
    assert time.monotonic() - start < 2
    assert ended == [JobState.CANCELLED]
    assert server.documents() == []
    (tray / "slow").unlink()
    assert submitted(printer_of(server, tray)).wait(30) is JobState.DONE
    assert len(printed(tray)) == 1


def test_cancelling_a_finished_job_changes_nothing(server: PrintServer, tray: Path) -> None:
    job = submitted(printer_of(server, tray))
    assert job.wait(30) is JobState.DONE
    job.cancel()
    assert job.wait(0) is JobState.DONE


def test_cancelled_at_the_printer(server: PrintServer, tray: Path) -> None:
    (tray / "slow").touch()
    job = submitted(printer_of(server, tray))
    server.run("cancel", "-U", own_name(), f"{tray.name}-{job.number}")
    assert job.wait(30) is JobState.CANCELLED


def test_wait_gives_back_in_time(server: PrintServer, tray: Path) -> None:
    (tray / "slow").touch()
    job = submitted(printer_of(server, tray))
    start = time.monotonic()
    assert job.wait(0.5) is JobState.PRINTING
    assert time.monotonic() - start < 1.5
    job.cancel()


def test_no_queue(server: PrintServer) -> None:
    printer = CupsPrinter("absente", server.address)
    assert printer.submit(b"%PDF", Paper.A4).wait(0) is JobState.NO_PRINTER
    assert "absente" in diagnose(printer).message
    nameless = CupsPrinter("", server.address)
    assert nameless.submit(b"%PDF", Paper.A4).wait(0) is JobState.NO_PRINTER
    for evil in ("a b", "../x", "-d", "x$(id)", "x\n"):
        assert CupsPrinter(evil, server.address).submit(b"%PDF", Paper.A4).wait(0) is JobState.NO_PRINTER


def test_the_default_queue(server: PrintServer, tray: Path) -> None:
    server.run("lpadmin", "-d", tray.name)
    printer = CupsPrinter("", server.address)
    assert printer.status().ready
    assert submitted(printer).wait(30) is JobState.DONE
    assert len(printed(tray)) == 1


def test_what_is_no_pdf_fails(server: PrintServer, tray: Path) -> None:
    job = printer_of(server, tray).submit(b"\x00\x01 not a pdf", Paper.A4)
    start = time.monotonic()
    assert job.wait(30) is JobState.FAILED
    assert time.monotonic() - start < SAID_WITHIN
    assert not [path for path in printed(tray) if path.stat().st_size]


def test_the_scheduler_is_off() -> None:
    printer = CupsPrinter("x", "127.0.0.1:9")
    start = time.monotonic()
    assert printer.submit(b"%PDF", Paper.A4).wait(0) is JobState.OFFLINE
    assert time.monotonic() - start < SAID_WITHIN
    assert "systemctl start cups" in diagnose(printer).fix
    assert wipe_spool("127.0.0.1:9") is None


def test_the_commands_are_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    printer = CupsPrinter("x", "127.0.0.1:9")
    assert printer.submit(b"%PDF", Paper.A4).wait(0) is JobState.NO_PRINTER
    assert "cups-ipp-utils" in diagnose(printer).fix


def test_the_kiosk_is_killed_and_its_job_is_wiped_at_boot(server: PrintServer, tray: Path) -> None:
    """Out of paper, ``kill -9`` of the kiosk, paper back after the restart: the next person sees nothing of it."""
    (tray / "empty").touch()
    program = textwrap.dedent(f"""
        import os, signal
        from printouts.model import Paper
        from printouts.printer import CupsPrinter
        from printouts.render import render
        from tests.printouts.receipts import short
        CupsPrinter({tray.name!r}, {server.address!r}).submit(render(short(), Paper.A4), Paper.A4)
        os.kill(os.getpid(), signal.SIGKILL)
    """)
    subprocess.run([sys.executable, "-c", program], timeout=60, check=False, cwd=Path(__file__).parents[2])
    PrintServer.until((tray / "asked").exists, "the job to reach the printer")
    server.run("lp", "-U", "someone", "-d", tray.name, "-t", "not ours", str(Path(__file__)))
    assert wipe_spool(server.address) == 1
    (tray / "empty").unlink()
    PrintServer.until(lambda: printed(tray), "the other person's job")
    assert len(printed(tray)) == 1
    assert "not ours" in (tray / "asked").read_text()


def test_what_cups_kept_is_wiped_when_it_starts_after_the_kiosk(server: PrintServer, tray: Path) -> None:
    (tray / "empty").touch()
    job = submitted(printer_of(server, tray))
    PrintServer.until((tray / "asked").exists, "the job to reach the printer")
    server.stop()
    assert server.documents() != []
    wipe_for_good(server.address)  # the next boot
    server.start()
    PrintServer.until(lambda: not server.documents(), "the job of before to be wiped")
    (tray / "empty").unlink()
    assert job.wait(10) is JobState.CANCELLED
    assert printed(tray) == []


def test_nothing_is_sent_while_a_job_of_before_cannot_be_wiped(
    server: PrintServer, tray: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = printer_of(server, tray)
    (tray / "empty").touch()
    submitted(printer)
    asked = ipp.ask

    def no_purge(server: str, request: str, queue: str = "", **variables: str | int) -> ipp.Answer | ipp.NoAnswer:
        return ipp.NoAnswer.UNREACHABLE if request == "purge" else asked(server, request, queue, **variables)

    with monkeypatch.context() as silent:
        silent.setattr(ipp, "ask", no_purge)
        assert printer.submit(render(short(), Paper.A4), Paper.A4).wait(0) is JobState.OFFLINE
    assert len(server.run("lpstat", "-o", tray.name).splitlines()) == 1
    assert wipe_spool(server.address) == 1
    (tray / "empty").unlink()


def test_cups_itself_kills_a_job_that_nobody_follows(
    server: PrintServer, tray: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("printouts.printer.cups.LIFETIME", 1)
    (tray / "empty").touch()
    job = submitted(printer_of(server, tray))
    PrintServer.until(lambda: not server.run("lpstat", "-o", tray.name), "CUPS to cancel the job", 30)
    (tray / "empty").unlink()
    assert job.wait(10) is JobState.CANCELLED
    assert printed(tray) == []
    assert server.documents() == []


def test_the_scheduler_restarts_and_the_job_does_not_come_back(
    server: PrintServer, tray: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # How long it may be silent in truth is waited for above, where the printer is away.
    monkeypatch.setattr("printouts.printer.cups.CONNECTING", replace(CONNECTING, patience=1.0))
    (tray / "empty").touch()
    job = submitted(printer_of(server, tray))
    PrintServer.until((tray / "asked").exists, "the backend to start")
    server.stop()
    assert server.documents() != [], "CUPS keeps the job for its restart"
    start = time.monotonic()
    state, lasted = job.wait(30), time.monotonic() - start
    server.start()
    assert state is JobState.OFFLINE
    assert lasted < SAID_WITHIN
    PrintServer.until(lambda: not server.documents(), "the lost job to be purged")
    (tray / "empty").unlink()
    assert submitted(printer_of(server, tray)).wait(30) is JobState.DONE
    assert len(printed(tray)) == 1
