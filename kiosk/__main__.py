# SPDX-License-Identifier: EUPL-1.2
"""``kiosk``, and ``python -m kiosk``."""

from kiosk.cli import cli


def main() -> None:
    """Run the command line."""
    cli(prog_name="kiosk")


if __name__ == "__main__":
    main()
