# SPDX-License-Identifier: EUPL-1.2
"""The short numbers of public services are written in one way, as they are said: « 39 49 »."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from content import loader

FILES = sorted((Path(loader.__file__).parent / "procedures").glob("*/*.toml"))
_JOINED = re.compile(r"(?<![\w./-])3\d(?!00)\d\d(?![\w/-]| ?€| euros)")


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_short_number_is_in_two_groups(file: Path) -> None:
    assert not _JOINED.findall(file.read_text("utf-8"))
