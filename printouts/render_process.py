# SPDX-License-Identifier: EUPL-1.2
"""The child process that turns papers into PDF: ``python -m printouts.render_process FD FOLDER``.

It reads requests from the socket whose descriptor is ``FD``, answers each, and ends when the socket closes: never later
than the kiosk. It writes nothing but the unpacked fonts, in ``FOLDER``, which goes with it.
"""

from __future__ import annotations

import gc
import resource
import shutil
import sys
import tempfile
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

from printouts.document import Document
from printouts.model import Paper

MEMORY = 1024 * 1024 * 1024
"""Bytes of address space. A receipt takes a fifth of it; hostile content must not take the machine."""

Request = tuple[Document, Paper, tuple[Path, ...]]


def serve(connection: Any) -> None:
    """Say that it is ready (b""), then answer each request with the bytes of a PDF, or with what it failed on."""
    from printouts.render import PICTOGRAMS, render, warm_up

    warm_up()
    connection.send_bytes(b"")
    while True:
        try:
            document, paper, roots = cast(Request, connection.recv())
        except (EOFError, OSError):
            return
        try:
            pdf = render(document, paper, roots=roots or PICTOGRAMS)
        except Exception as problem:  # noqa: BLE001 - the boundary of the process: the kiosk gets a value
            # The message could hold words of the paper: only its kind and its place are told.
            place = traceback.extract_tb(problem.__traceback__)[-1]
            pdf = f"{type(problem).__name__}, {place.filename}:{place.lineno}".encode()
        del document
        gc.collect()
        try:
            connection.send_bytes(pdf)
        except OSError:
            return


def main() -> None:
    """Bound memory, forbid core dumps (they would hold the receipt), and serve."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    connection, folder = Connection(int(sys.argv[1])), sys.argv[2]
    tempfile.tempdir = folder
    try:
        serve(connection)
    finally:
        connection.close()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
