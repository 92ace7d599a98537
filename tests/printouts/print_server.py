# SPDX-License-Identifier: EUPL-1.2
"""A real CUPS scheduler of our own: private folders, private port, Debian's own rules on who may cancel what.

Its printers are a backend written here. As every CUPS backend it tells its state on standard error; it obeys files laid
in its folder: ``empty`` (no paper), ``away`` (does not answer), ``broken`` (gives up). What it prints falls in ``out``.
"""

from __future__ import annotations

import getpass
import grp
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

SYSTEM = Path("/usr/lib/cups")
PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd")

BACKEND = """#!/bin/sh
[ $# -eq 0 ] && { echo 'direct tray "Unknown" "Tray"'; exit 0; }
tray="${DEVICE_URI#tray:}"
echo "$2|$3|$5" >> "$tray/asked"
[ -e "$tray/broken" ] && exit 1
said=""
while [ -e "$tray/empty" ]; do
  [ -z "$said" ] && { echo "STATE: +media-empty-error" >&2; said=1; }
  sleep 0.1
done
while [ -e "$tray/away" ]; do
  [ -z "$said" ] && { echo "STATE: +connecting-to-device" >&2; said=1; }
  sleep 0.1
done
[ -e "$tray/stale" ] || echo "STATE: -media-empty-error,connecting-to-device" >&2
while [ -e "$tray/slow" ]; do sleep 0.1; done
cat > "$tray/.draft"
mv "$tray/.draft" "$tray/out/$1"
"""

# What Debian's cupsd.conf says of jobs: only their owner and the administrators touch them.
POLICY = """
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Policy default>
  JobPrivateAccess default
  JobPrivateValues default
  SubscriptionPrivateAccess default
  SubscriptionPrivateValues default
  <Limit Create-Job Print-Job Print-URI Validate-Job>
    Order deny,allow
  </Limit>
  <Limit Send-Document Send-URI Hold-Job Release-Job Restart-Job Purge-Jobs Cancel-Current-Job CUPS-Move-Job>
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit Cancel-Job CUPS-Authenticate-Job>
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""


def missing() -> str:
    """What this machine lacks to run a scheduler, "" when it lacks nothing."""
    for command in ("cupsd", "lp", "lpadmin", "ipptool"):
        if shutil.which(command, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") is None:
            return f"{command} is not installed"
    return "" if PPD.exists() else "printer-driver-cups-pdf is not installed"


class PrintServer:
    """One ``cupsd``; queues are made with :meth:`add`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.address = f"127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        self._lay_out()

    def start(self) -> None:
        """Run it, and wait until it answers."""
        log = (self.folder / "log" / "stderr").open("wb")
        self._process = subprocess.Popen(
            ["/usr/sbin/cupsd", "-f", "-c", self.folder / "cupsd.conf", "-s", self.folder / "cups-files.conf"],
            stdout=log,
            stderr=log,
        )
        log.close()
        self.until(lambda: self.run("lpstat", "-r").startswith("scheduler is running"), "the scheduler to answer")

    def stop(self) -> None:
        """End it. What was queued waits on the disk, as after a power cut."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def add(self, queue: str, uri: str = "") -> Path:
        """A queue printing into a fresh tray, whose folder it returns; or to ``uri``."""
        tray = self.folder / "trays" / queue
        (tray / "out").mkdir(parents=True)
        for folder in (tray, tray / "out"):
            folder.chmod(0o777)
        self.run("lpadmin", "-p", queue, "-E", "-v", uri or f"tray:{tray}", "-P", str(PPD))
        return tray

    def run(self, *command: str) -> str:
        """A CUPS command on this server."""
        environment = {**os.environ, "CUPS_SERVER": self.address, "LC_ALL": "C"}
        environment["PATH"] = f"{environment.get('PATH', '')}:/usr/sbin:/sbin"
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False, env=environment)
        return done.stdout

    def documents(self) -> list[str]:
        """The documents that the spool keeps. (Its records, c…, hold neither title nor text of ours.)"""
        return sorted(path.name for path in (self.folder / "spool").glob("d*"))

    @staticmethod
    def until(holds: object, what: str, seconds: float = 15) -> None:
        """Wait for a condition."""
        assert callable(holds)
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, f"waited in vain for {what}"
            time.sleep(0.02)

    def _lay_out(self) -> None:
        for name in ("root/ppd", "state/certs", "cache", "spool/tmp", "log", "bin/backend", "trays"):
            (self.folder / name).mkdir(parents=True)
        for name in ("filter", "daemon", "driver", "cgi-bin", "monitor", "notifier"):
            if (SYSTEM / name).exists():
                (self.folder / "bin" / name).symlink_to(SYSTEM / name)
        for path in (SYSTEM / "backend").iterdir():
            (self.folder / "bin" / "backend" / path.name).symlink_to(path)
        backend = self.folder / "bin" / "backend" / "tray"
        backend.write_text(BACKEND)
        backend.chmod(0o700)
        # cupsd started by root refuses to run its filters as root.
        root = os.geteuid() == 0
        user, group = ("lp", "lp") if root else (getpass.getuser(), grp.getgrgid(os.getegid()).gr_name)
        where = self.folder
        (where / "cups-files.conf").write_text(
            f"ServerRoot {where}/root\nStateDir {where}/state\nCacheDir {where}/cache\nRequestRoot {where}/spool\n"
            f"TempDir {where}/spool/tmp\nServerBin {where}/bin\nAccessLog {where}/log/access\n"
            f"ErrorLog {where}/log/error\nPageLog {where}/log/page\nUser {user}\nGroup {group}\n"
            f"SystemGroup {'root' if root else 'lpadmin'}\nFileDevice Yes\nSandboxing Relaxed\n"
        )
        (where / "cupsd.conf").write_text(
            f"Listen {self.address}\nLogLevel info\nBrowsing No\nWebInterface No\nDefaultAuthType None\n{POLICY}"
        )
        where.chmod(0o755)
