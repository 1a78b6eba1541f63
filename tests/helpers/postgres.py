"""A PostgreSQL server of the tests' own, where Debian's package is installed.

The server refuses to run as root, so that it is started as an ordinary user then.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

_DEBIAN = Path("/usr/lib/postgresql")
_USERS = ("postgres", "nobody")


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`; None where PostgreSQL is not installed."""
    found = shutil.which("initdb")
    if found and shutil.which("pg_ctl"):
        return Path(found).parent
    versions = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return versions[-1].parent if versions else None


@contextmanager
def server(bin_folder: Path) -> Iterator[str]:
    """Run a server on a socket of its own; gives the URL of an empty database."""
    # A socket's path may have 107 bytes at most.
    with TemporaryDirectory(prefix="pg", dir="/tmp") as folder:
        user = _ordinary_user(Path(folder))
        data = f"{folder}/data"

        def run(program: str, *arguments: str) -> None:
            command = [*user, str(bin_folder / program), *arguments]
            subprocess.run(command, check=True, capture_output=True, timeout=120, cwd=folder)

        run("initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C")
        options = (
            f"-c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=60"
        )
        run("pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start")
        try:
            yield f"postgresql+psycopg://tester@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _ordinary_user(folder: Path) -> list[str]:
    """What to put before a command so that it does not run as root."""
    if os.getuid() != 0:
        return []
    for name in _USERS:
        try:
            shutil.chown(folder, name)
        except LookupError:
            continue
        return ["runuser", "-u", name, "--"]
    raise LookupError("there is no ordinary user to run a server as")
