"""A Debian that has nothing but itself: made for a test, entered as root or as a person."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_TOOLS = ("debootstrap", "dpkg-deb", "unshare", "chroot")
_USER = 1000
_HOME = "/home/qa"

# What dpkg itself writes down about whatever was installed and removed.
_DPKG_S_OWN = ("var/lib/dpkg/", "var/log/", "var/cache/", "etc/ld.so.cache")
_NEVER_LOOKED_AT = ("proc", "sys", "dev")


def lacking() -> list[str]:
    """What this machine lacks to make one."""
    missing = [tool for tool in _TOOLS if shutil.which(tool, path=_path()) is None]
    return missing if hasattr(os, "geteuid") and os.geteuid() == 0 else [*missing, "root"]


def _path() -> str:
    return os.pathsep.join(("/usr/sbin", "/usr/bin", "/sbin", "/bin"))


@dataclass(frozen=True)
class BareRoot:
    """The tree.

    Attributes:
        folder: Where it lies.
    """

    folder: Path

    @classmethod
    def make(cls, folder: Path, packages: Sequence[str], mirror: str) -> BareRoot:
        """Install a smallest Debian and some packages of it.

        Args:
            folder: Must not exist.
            packages: Names; what they need comes along.
            mirror: Where Debian is fetched from.
        """
        command = ["debootstrap", "--variant=minbase", f"--include={','.join(packages)}"]
        command += ["bookworm", str(folder), mirror]
        done = subprocess.run(command, capture_output=True, text=True, env=_surroundings(_path()))
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return cls.of(folder)

    @classmethod
    def of(cls, folder: Path) -> BareRoot:
        """Take a tree that was made before; whatever a person left in it goes."""
        root = cls(folder)
        shutil.rmtree(root.home, ignore_errors=True)
        if f":{_USER}:" not in (folder / "etc" / "passwd").read_text("utf-8"):
            root.run("useradd", "--no-create-home", "--uid", str(_USER), "qa")
        root.home.mkdir()
        os.chown(root.home, _USER, _USER)
        return root

    @property
    def home(self) -> Path:
        """The person's home, seen from outside."""
        return self.folder / _HOME.lstrip("/")

    def run(self, *command: str) -> str:
        """Run something as root; its standard output.

        Raises:
            AssertionError: It failed.
        """
        return _said(self.start(*command, user=0))

    def ask(self, *command: str, **more: str) -> str:
        """Run something as a person without a display; its standard output.

        Raises:
            AssertionError: It failed.
        """
        return _said(self.start(*command, **more))

    def start(self, *command: str, user: int = _USER, **more: str) -> subprocess.Popen[str]:
        """Start something in the tree, with nothing of this machine's surroundings.

        Args:
            command: Program and arguments.
            user: Number of who runs it.
            more: Further variables of its surroundings.
        """
        home = _HOME if user else "/root"
        surroundings = {"HOME": home, "PATH": _path(), "LANG": "C.UTF-8", "USER": "qa", **more}
        settings = [f"{name}={value}" for name, value in surroundings.items()]
        inside = (
            'mkdir -p "$0/dev/shm"; mount -t proc proc "$0/proc"; '
            'mount -t tmpfs -o mode=1777 shm "$0/dev/shm"; exec "$@"'
        )
        enter = ["chroot", f"--userspec={user}:{user}", str(self.folder), "env", "-i", *settings]
        return subprocess.Popen(
            ["unshare", "--mount", "sh", "-ec", inside, str(self.folder), *enter, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def files(self) -> set[str]:
        """Every file and link, but what the system keeps of its own work."""
        found = set()
        for folder, folders, names in os.walk(self.folder):
            inside = Path(folder).relative_to(self.folder)
            if inside == Path("."):
                folders[:] = [name for name in folders if name not in _NEVER_LOOKED_AT]
            found.update(str(inside / name) for name in (*names, *folders))
        return {path for path in found if not path.startswith(_DPKG_S_OWN)}


def _said(process: subprocess.Popen[str]) -> str:
    out, errors = process.communicate()
    assert process.returncode == 0, f"{process.args}: {process.returncode}\n{out}\n{errors}"
    return out


def _surroundings(path: str) -> dict[str, str]:
    return {**os.environ, "PATH": path, "DEBIAN_FRONTEND": "noninteractive"}
