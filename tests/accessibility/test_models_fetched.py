# SPDX-License-Identifier: EUPL-1.2
"""Models fetched from addresses: whole or not at all, from the first that has the right one, going on after a cut."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from accessibility.models import downloads, verify
from accessibility.models.catalogue import ModelFile
from accessibility.models.checking import fault_of
from accessibility.models.installing import INCOMING, Installed, NotInstalled, install
from accessibility.models.shelf import RECEIPT, installed
from tests.accessibility.model_server import Publisher, address, certificate_in, file_of, model, publishing, source

CONTENT = hashlib.shake_256(b"3").digest(300_000)
OTHER = hashlib.shake_256(b"4").digest(300_000)


def quiet(what: str, done: int, whole: int) -> None:
    assert 0 <= done <= whole or not whole


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as publisher:
        yield publisher


@pytest.fixture
def second() -> Iterator[Publisher]:
    with publishing() as publisher:
        yield publisher


def hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and INCOMING in path.parts)


def test_a_model_is_put_in_place_whole_and_readable_by_all(publisher: Publisher, tmp_path: Path) -> None:
    here = publisher.serves("m/model.bin", CONTENT)
    wanted = model([file_of("deep/model.bin", CONTENT)], source("éditeur", address(here, "deep/model.bin")))
    assert installed(tmp_path, "petit", wanted) is None
    seen: list[tuple[str, int, int]] = []
    done = install(tmp_path, wanted, lambda *step: seen.append(step))
    assert done == Installed(tmp_path / "petit", "éditeur")
    assert (tmp_path / "petit/deep/model.bin").read_bytes() == CONTENT
    assert seen[-1] == ("model.bin", len(CONTENT), len(CONTENT))
    assert installed(tmp_path, "petit", wanted) == tmp_path / "petit"
    assert verify(tmp_path, "petit", wanted) == ()
    assert {oct(path.stat().st_mode)[-3:] for path in (tmp_path / "petit").rglob("*") if path.is_file()} == {"644"}
    assert oct((tmp_path / "petit").stat().st_mode)[-3:] == "755"
    assert hidden(tmp_path) == []


def test_a_model_that_is_there_is_not_asked_for_again(publisher: Publisher, tmp_path: Path) -> None:
    here = publisher.serves("model.bin", CONTENT)
    wanted = model([file_of("model.bin", CONTENT)], source("éditeur", address(here, "model.bin")))
    install(tmp_path, wanted, quiet)
    publisher.asked.clear()
    assert install(tmp_path, wanted, quiet) == Installed(tmp_path / "petit", already=True)
    assert install(tmp_path, wanted, quiet, trusting=True) == Installed(tmp_path / "petit", already=True)
    assert publisher.asked == []


def test_a_change_of_one_byte_is_found_and_mended(publisher: Publisher, tmp_path: Path) -> None:
    here = publisher.serves("model.bin", CONTENT)
    wanted = model([file_of("model.bin", CONTENT)], source("éditeur", address(here, "model.bin")))
    install(tmp_path, wanted, quiet)
    altered = bytearray(CONTENT)
    altered[1234] ^= 1
    (tmp_path / "petit/model.bin").write_bytes(altered)
    assert installed(tmp_path, "petit", wanted) is not None, "sizes alone are looked at"
    [found] = verify(tmp_path, "petit", wanted)
    assert found.path == "model.bin"
    assert "SHA-256" in found.fault
    assert install(tmp_path, wanted, quiet) == Installed(tmp_path / "petit", "éditeur")
    assert (tmp_path / "petit/model.bin").read_bytes() == CONTENT
    assert verify(tmp_path, "petit", wanted) == ()


@pytest.mark.parametrize("damage", ["shorter", "gone", "no receipt", "receipt of nonsense", "receipt outside"])
def test_a_model_that_is_not_whole_is_not_installed(publisher: Publisher, tmp_path: Path, damage: str) -> None:
    here = publisher.serves("model.bin", CONTENT)
    wanted = model([file_of("model.bin", CONTENT)], source("éditeur", address(here, "model.bin")))
    install(tmp_path, wanted, quiet)
    place = tmp_path / "petit"
    if damage == "shorter":
        (place / "model.bin").write_bytes(CONTENT[:-1])
    elif damage == "gone":
        (place / "model.bin").unlink()
    elif damage == "no receipt":
        (place / RECEIPT).unlink()
    elif damage == "receipt of nonsense":
        (place / RECEIPT).write_text('{"files": [1, 2]}')
    else:
        (place / RECEIPT).write_text('{"files": {"../../etc/passwd": {"size": 1, "sha256": ""}}}')
    assert installed(tmp_path, "petit", wanted) is None
    assert verify(tmp_path, "petit", wanted) != ()
    assert install(tmp_path, wanted, quiet) == Installed(place, "éditeur")


def test_a_cut_connection_goes_on_where_it_was(publisher: Publisher, tmp_path: Path) -> None:
    here = publisher.serves("model.bin", CONTENT)
    publisher.cuts["/model.bin"] = [100_000, 50_000]
    wanted = model([file_of("model.bin", CONTENT)], source("éditeur", address(here, "model.bin")))
    assert isinstance(install(tmp_path, wanted, quiet), Installed)
    assert (tmp_path / "petit/model.bin").read_bytes() == CONTENT
    assert publisher.ranges("model.bin") == ["", "bytes=100000-", "bytes=150000-"]


def test_a_publisher_that_keeps_cutting_is_left_and_the_next_run_goes_on(publisher: Publisher, tmp_path: Path) -> None:
    here = publisher.serves("model.bin", CONTENT)
    publisher.cuts["/model.bin"] = [120_000, *[0] * downloads.TRIES]
    wanted = model([file_of("model.bin", CONTENT)], source("éditeur", address(here, "model.bin")))
    done = install(tmp_path, wanted, quiet)
    assert isinstance(done, NotInstalled)
    assert done.reasons == ("éditeur : 127.0.0.1 coupe avant la fin.",)
    assert hidden(tmp_path) == ["model.bin.part"]
    assert not (tmp_path / "petit").exists()
    publisher.cuts.clear()
    assert isinstance(install(tmp_path, wanted, quiet), Installed)
    assert publisher.ranges("model.bin")[-1] == "bytes=120000-"
    assert (tmp_path / "petit/model.bin").read_bytes() == CONTENT


def test_what_was_kept_of_another_file_is_thrown_away_and_fetched_anew(publisher: Publisher, tmp_path: Path) -> None:
    """The publisher changed the file between two runs: its beginning and its end do not go together."""
    here = publisher.serves("model.bin", OTHER)
    publisher.cuts["/model.bin"] = [120_000, *[0] * downloads.TRIES]
    wanted = model([file_of("model.bin", CONTENT)], source("éditeur", address(here, "model.bin")))
    assert isinstance(install(tmp_path, wanted, quiet), NotInstalled)
    publisher.cuts.clear()
    publisher.serves("model.bin", CONTENT)
    assert isinstance(install(tmp_path, wanted, quiet), Installed)
    assert publisher.ranges("model.bin")[-2:] == ["bytes=120000-", ""]


def test_a_server_that_knows_no_ranges_gives_all_again(publisher: Publisher, tmp_path: Path) -> None:
    here = publisher.serves("model.bin", CONTENT)
    publisher.cuts["/model.bin"] = [100_000]
    publisher.deaf.add("/model.bin")
    wanted = model([file_of("model.bin", CONTENT)], source("éditeur", address(here, "model.bin")))
    assert isinstance(install(tmp_path, wanted, quiet), Installed)
    assert (tmp_path / "petit/model.bin").read_bytes() == CONTENT


@pytest.mark.parametrize("wrong", ["content", "longer", "shorter", "absent", "refused", "moved to nowhere"])
def test_a_wrong_file_is_refused_and_the_next_source_asked(
    publisher: Publisher, second: Publisher, tmp_path: Path, wrong: str
) -> None:
    first = publisher.serves("model.bin", {"longer": CONTENT + b"x", "shorter": CONTENT[:-1]}.get(wrong, OTHER))
    if wrong == "absent":
        publisher.files.clear()
    elif wrong == "refused":
        publisher.codes["/model.bin"] = 403
    elif wrong == "moved to nowhere":
        publisher.moved["/model.bin"] = publisher.address + "model.bin"
    backup = second.serves("model.bin", CONTENT)
    wanted = model(
        [file_of("model.bin", CONTENT)],
        source("éditeur", address(first, "model.bin")),
        source("copie", address(backup, "model.bin")),
    )
    assert install(tmp_path, wanted, quiet) == Installed(tmp_path / "petit", "copie")
    assert (tmp_path / "petit/model.bin").read_bytes() == CONTENT
    assert second.ranges("model.bin") == [""], "nothing of the wrong file is kept"


@pytest.mark.parametrize("detour", ["clear", "clear, then safe again", "safe"])
def test_no_redirection_of_a_safe_address_goes_through_clear_text(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, detour: str
) -> None:
    certificate = certificate_in(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with publishing(certificate) as safe:
        here, there = safe.serves("model.bin", CONTENT), publisher.serves("model.bin", CONTENT)
        safe.moved["/first"] = here if detour == "safe" else there
        if detour == "clear, then safe again":
            publisher.moved["/model.bin"] = here
        wanted = model([file_of("model.bin", CONTENT)], source("éditeur", address(f"{safe.address}first", "model.bin")))
        done = install(tmp_path / "models", wanted, quiet)
    if detour == "safe":
        assert done == Installed(tmp_path / "models/petit", "éditeur")
        return
    assert isinstance(done, NotInstalled)
    assert done.reasons == ("éditeur : 127.0.0.1 renvoie vers une adresse qui n'est pas sûre.",)
    assert publisher.asked == [], "nothing was asked in clear text"


def test_a_file_that_is_wrong_everywhere_is_refused_and_what_was_there_stays(
    publisher: Publisher, tmp_path: Path
) -> None:
    old = model([file_of("model.bin", OTHER)], source("éditeur", address(publisher.serves("a", OTHER), "model.bin")))
    install(tmp_path, old, quiet)
    new = model([file_of("model.bin", CONTENT)], source("éditeur", address(publisher.serves("b", OTHER), "model.bin")))
    assert installed(tmp_path, "petit", new) is None, "the catalogue has changed"
    done = install(tmp_path, new, quiet)
    assert done == NotInstalled(("éditeur : model.bin est refusé : son empreinte SHA-256 n'est pas la bonne.",))
    assert (tmp_path / "petit/model.bin").read_bytes() == OTHER
    assert installed(tmp_path, "petit", old) is not None
    assert publisher.ranges("b") == [""], "fetched just now: it is not fetched twice"


def test_each_file_comes_from_the_first_source_that_has_it(
    publisher: Publisher, second: Publisher, tmp_path: Path
) -> None:
    wanted = model(
        [file_of("a", CONTENT), file_of("b", OTHER)],
        source(
            "éditeur",
            address(publisher.serves("a", CONTENT), "a"),
            address(publisher.address + "nowhere", "b"),
        ),
        source("copie", address(second.serves("a", CONTENT), "a"), address(second.serves("b", OTHER), "b")),
    )
    assert install(tmp_path, wanted, quiet) == Installed(tmp_path / "petit", "éditeur, copie")
    assert [path for path, _ in second.asked] == ["/b"]


def test_what_has_come_is_kept_when_another_file_is_missing(publisher: Publisher, tmp_path: Path) -> None:
    wanted = model(
        [file_of("a", CONTENT), file_of("b", OTHER)],
        source("éditeur", address(publisher.serves("a", CONTENT), "a"), address(publisher.address + "b", "b")),
    )
    assert isinstance(install(tmp_path, wanted, quiet), NotInstalled)
    publisher.serves("b", OTHER)
    assert isinstance(install(tmp_path, wanted, quiet), Installed)
    assert publisher.ranges("a") == [""]


def test_a_host_that_is_not_there_costs_little_however_many_files(publisher: Publisher, tmp_path: Path) -> None:
    files = [file_of(f"{number}", CONTENT[number:]) for number in range(40)]
    nobody = "https://models.invalid/"
    wanted = model(
        files,
        source("éditeur", *(address(nobody + file.path, file.path) for file in files)),
        source("copie", *(address(publisher.serves(f.path, CONTENT[int(f.path) :]), f.path) for f in files)),
    )
    begun = time.monotonic()
    assert install(tmp_path, wanted, quiet) == Installed(tmp_path / "petit", "copie")
    assert time.monotonic() - begun < 2 * (downloads.CONNECT_SECONDS + 1)


def test_a_host_whose_name_is_looked_up_for_ever_is_left_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()

    def looked_up_for_ever(*_: object) -> None:
        ended.wait(60)
        raise OSError

    monkeypatch.setattr(downloads.socket, "create_connection", looked_up_for_ever)
    monkeypatch.setattr(downloads, "CONNECT_SECONDS", 0.2)
    wanted = model([file_of("a", CONTENT)], source("éditeur", address("https://models.invalid/a", "a")))
    begun = time.monotonic()
    done = install(tmp_path, wanted, quiet)
    ended.set()
    assert time.monotonic() - begun < 5
    assert done == NotInstalled(("éditeur : models.invalid ne répond pas.",))


def test_the_name_that_git_gives_to_a_content_is_a_check_too(tmp_path: Path) -> None:
    known = ModelFile("hello", git_blob_sha1="ce013625030ba8dba906f756967f9e9ca394464a")  # "hello\n", for git
    (tmp_path / "right").write_bytes(b"hello\n")
    (tmp_path / "wrong").write_bytes(b"hullo\n")
    assert fault_of(known, tmp_path / "right") == ""
    assert "git" in fault_of(known, tmp_path / "wrong")


def test_two_installations_do_not_mix(publisher: Publisher, tmp_path: Path) -> None:
    here = publisher.serves("model.bin", CONTENT)
    wanted = model([file_of("model.bin", CONTENT)], source("éditeur", address(here, "model.bin")))
    second_try: list[Installed | NotInstalled] = []

    def meanwhile(what: str, done: int, whole: int) -> None:
        if not second_try:
            second_try.append(install(tmp_path, wanted, quiet))

    assert isinstance(install(tmp_path, wanted, meanwhile), Installed)
    [refused] = second_try
    assert isinstance(refused, NotInstalled)
    assert "Une autre installation est en cours" in refused.reasons[0]
