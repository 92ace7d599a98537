# SPDX-License-Identifier: EUPL-1.2
"""``kiosk backup`` and ``kiosk restore``, as a technician meets them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.assist import sample_journal
from tests.kiosk.test_staff_commands import InProcess


@pytest.fixture
def kiosk(tmp_path: Path) -> InProcess:
    return InProcess(tmp_path)


def test_from_a_new_key_to_everything_back(kiosk: InProcess, tmp_path: Path) -> None:
    made = kiosk("backup", str(tmp_path / "secret.txt"), "--new-key")
    public = re.search(r"age1[0-9a-z]+", made.stdout)
    assert made.returncode == 0
    assert public
    (tmp_path / "var").mkdir()
    journal = sample_journal.make(tmp_path / "var/journal.db", 4)
    done = kiosk("backup", str(tmp_path / "kept"), "--key", public[0])
    assert done.returncode == 0, done.stderr
    assert "Sauvegardé et relu : le journal (" in done.stdout
    again = kiosk("restore", str(tmp_path / "kept"), "--key", str(tmp_path / "secret.txt"))
    assert again.returncode == 1
    assert "il y a déjà quelque chose ici" in again.stderr
    journal.parent.rename(tmp_path / "aside")
    back = kiosk("restore", str(tmp_path / "kept"), "--key", str(tmp_path / "secret.txt"))
    assert back.returncode == 0, back.stderr
    assert kiosk("journal", "verify").returncode == 0


def test_what_is_wrong_is_said(kiosk: InProcess, tmp_path: Path) -> None:
    assert "--new-key" in kiosk("backup", str(tmp_path / "kept")).stderr
    assert "clé publique" in kiosk("backup", str(tmp_path / "kept"), "--key", "age1xyz").stderr
    (tmp_path / "kept").write_bytes(b"no backup")
    (tmp_path / "key").write_text("no key")
    assert "clé secrète" in kiosk("restore", str(tmp_path / "kept"), "--key", str(tmp_path / "key")).stderr
