# SPDX-License-Identifier: EUPL-1.2
"""``kiosk``, and ``python -m kiosk``."""

import sys
from io import TextIOWrapper

from kiosk.cli import cli


def main() -> None:
    """Run the command line."""
    # A name that is no text, or a terminal without our signs, must not be the end of a command.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    cli(prog_name="kiosk")


if __name__ == "__main__":
    main()
