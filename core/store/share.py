"""Whether a folder lies on a network share, where SQLite's log cannot work.

WAL keeps its index in shared memory, which only processes of one machine can see; over a share
two machines would damage the file (https://www.sqlite.org/wal.html, "Disadvantages", 2).
"""

from __future__ import annotations

import ctypes
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath, PureWindowsPath

_NAMES = """
9p afpfs afs beegfs ceph cifs davfs davfs2 fuse.ceph fuse.davfs2 fuse.glusterfs fuse.rclone
fuse.s3fs fuse.smbnetfs fuse.sshfs glusterfs gpfs lustre ncpfs nfs nfs3 nfs4 orangefs smb smb2
smb3 smbfs sshfs webdav
"""
NETWORK_TYPES = frozenset(_NAMES.split())
_DRIVE_REMOTE = 4
_MAC_LINE = re.compile(r"^.* on (?P<point>/.*) \((?P<type>[^,)]+)[^)]*\)$")


def mounts_of_linux(text: str) -> list[tuple[str, str]]:
    """Mount points and their types.

    Args:
        text: What `/proc/mounts` holds; blanks in names stand there as octal escapes.
    """
    found = []
    for line in text.splitlines():
        parts = line.split(" ")
        if len(parts) >= 3:
            point = re.sub(r"\\([0-7]{3})", lambda m: chr(int(m.group(1), 8)), parts[1])
            found.append((point, parts[2]))
    return found


def mounts_of_mac(text: str) -> list[tuple[str, str]]:
    """Mount points and their types.

    Args:
        text: What `mount` prints on macOS.
    """
    matches = (_MAC_LINE.match(line) for line in text.splitlines())
    return [(m["point"], m["type"].strip()) for m in matches if m]


def type_at(path: str, mounts: Iterable[tuple[str, str]]) -> str:
    """Type of the file system that holds `path`: that of the longest mount point above it.

    Args:
        path: Absolute, with links resolved.
        mounts: Mount points and types; of two on one point the later lies on top.
    """
    best, kind = -1, ""
    target = PurePosixPath(path)
    for point, its_type in mounts:
        if target.is_relative_to(point) and len(point) >= best:
            best, kind = len(point), its_type
    return kind


def network_share(path: Path) -> str | None:
    """What kind of network share holds `path`; None when it lies on a local disk.

    Args:
        path: A file or folder; it need not exist yet.
    """
    resolved = path.absolute().resolve()
    if sys.platform == "win32":
        return _share_of_windows(resolved)
    kind = type_at(str(resolved), _mounts())
    return kind if kind in NETWORK_TYPES else None


def _mounts() -> list[tuple[str, str]]:
    if sys.platform == "darwin":
        done = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False)
        return mounts_of_mac(done.stdout)
    try:
        return mounts_of_linux(Path("/proc/mounts").read_text("utf-8", "surrogateescape"))
    except OSError:
        return []


def _share_of_windows(path: Path) -> str | None:
    drive = PureWindowsPath(path).drive
    if drive.startswith("\\\\"):
        return "network folder"
    kind = int(ctypes.__dict__["windll"].kernel32.GetDriveTypeW(f"{drive}\\"))
    return "network drive" if kind == _DRIVE_REMOTE else None
