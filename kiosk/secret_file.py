# SPDX-License-Identifier: EUPL-1.2
"""A secret that stands alone in a file, so that ``kiosk.toml`` can be shown to anybody."""

from __future__ import annotations

from pathlib import Path

from kiosk.files_given import reason

_LONGEST = 4096


def first_line(setting: str, file: Path) -> str:
    """The secret: the first line of the file. Raises CannotServe, with the name of the ``setting``."""
    from assist.server.starting import CannotServe

    try:
        with file.open("rb") as opened:
            secret = opened.readline(_LONGEST).decode("ascii").strip()
    except OSError as error:
        raise CannotServe(f"{setting} : {file} ne se lit pas : {reason(error)}.") from None
    except UnicodeDecodeError:
        secret = ""
    if not secret:
        raise CannotServe(f"{setting} : la première ligne de {file} n'est pas un secret.")
    return secret
