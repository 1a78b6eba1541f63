"""Makes a Debian package of a built folder, with the standard library and the tools of Debian.

The package asks for exactly those system libraries that something inside needs and nothing inside
brings; they are read from the files themselves, so nothing has to be kept up by hand.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

PLACE = Path("usr/lib/onglass")
OPENED_BY_NAME = ("libGL.so.1", "libEGL.so.1", "libfontconfig.so.1")
"""Libraries that are opened while the program runs, which no file lists."""

_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")
_GLIBC = re.compile(r"GLIBC_(\d+)\.(\d+)(?:\.\d+)?\b")
_LOADED = re.compile(r"^\s+(\S+) \(libc6,x86-64[^)]*\) => (\S+)$", re.MULTILINE)
_AT_ONCE = 200

_CONTROL = """Package: onglass
Version: {version}
Architecture: {architecture}
Maintainer: The Onglass project <maintainers@onglass.invalid>
Installed-Size: {kilobytes}
Depends: {depends}
Section: video
Priority: optional
Description: desk for reviewing defects in video and sound
 Plays a title, shows where detectors think that picture, sound, their
 synchronisation or the captions are broken, and takes a verdict with one key.
 Analyses whole folders and live channels from the command line.
"""


class PackageError(Exception):
    """A sentence for the person who builds."""


def build_package(folder: Path, root: Path, version: str, out: Path, quick: bool = False) -> Path:
    """Make the package of a built folder.

    Args:
        folder: What PyInstaller made, the program in it.
        root: The repository.
        version: Of the product.
        out: The folder that the package goes to.
        quick: Compress little, for a package that only a test sees.

    Returns:
        The package.

    Raises:
        PackageError: A tool is missing or failed, or a library is nobody's.
    """
    architecture = _said(["dpkg", "--print-architecture"]).strip()
    stage = out / "deb"
    shutil.rmtree(stage, ignore_errors=True)
    fill(stage, folder, root)
    (stage / "DEBIAN").mkdir()
    control = _CONTROL.format(
        version=version,
        architecture=architecture,
        kilobytes=sum(f.lstat().st_size for f in stage.rglob("*")) // 1024,
        depends=", ".join(dependencies(stage / PLACE)),
    )
    (stage / "DEBIAN" / "control").write_text(control, "utf-8")
    (stage / "DEBIAN" / "md5sums").write_text("".join(_sums(stage)), "utf-8")
    package = out / f"onglass_{version}_{architecture}.deb"
    package.unlink(missing_ok=True)
    pressing = ["-Zzstd", "-z3"] if quick else ["-Zxz", "-z6"]
    _said(["dpkg-deb", "--root-owner-group", *pressing, "--build", str(stage), str(package)])
    shutil.rmtree(stage)
    return package


def fill(stage: Path, folder: Path, root: Path) -> None:
    """Lay out the files as they will be installed.

    Args:
        stage: What becomes `/`; must not exist.
        folder: What PyInstaller made.
        root: The repository.
    """
    # Linked where it can be: the same gigabyte need not lie on the disk twice.
    shutil.copytree(folder, stage / PLACE, copy_function=_link, symlinks=True)
    (stage / "usr" / "bin").mkdir(parents=True)
    (stage / "usr" / "bin" / "onglass").symlink_to("../lib/onglass/onglass")
    share_files(stage / "usr" / "share", root)
    notes = stage / "usr" / "share" / "doc" / "onglass"
    notes.mkdir(parents=True)
    parts = stage / PLACE / "_internal" / "resources" / "licences" / "THIRD-PARTY.txt"
    licence = (root / "LICENSE").read_text("utf-8")
    (notes / "copyright").write_text(licence + "\n\n" + parts.read_text("utf-8"), "utf-8")
    changes = (root / "CHANGELOG.md").read_bytes()
    (notes / "changelog.gz").write_bytes(gzip.compress(changes, mtime=0))
    for path in (*stage.rglob("*"), stage):
        if not path.is_symlink() and path.is_dir():
            path.chmod(0o755)


def share_files(share: Path, root: Path) -> None:
    """What a desktop wants to know: menu entry, icon, types of files, description.

    Args:
        share: Stands for `/usr/share`.
        root: The repository.
    """
    here = root / "packaging" / "linux"
    for source, target in (
        (here / "onglass.desktop", "applications/onglass.desktop"),
        (here / "onglass.xml", "mime/packages/onglass.xml"),
        (here / "org.onglass.Onglass.metainfo.xml", "metainfo/org.onglass.Onglass.metainfo.xml"),
        (root / "resources/icons/onglass.svg", "icons/hicolor/scalable/apps/onglass.svg"),
    ):
        (share / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, share / target)
        (share / target).chmod(0o644)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _sums(stage: Path) -> Iterator[str]:
    for path in sorted(stage.rglob("*")):
        inside = path.relative_to(stage)
        if path.is_file() and not path.is_symlink() and inside.parts[0] != "DEBIAN":
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "md5").hexdigest()
            yield f"{digest}  {inside}\n"


# --- What it needs of the system ------------------------------------------------------------


def dependencies(folder: Path) -> list[str]:
    """Debian packages that the programs and libraries in a folder need beyond each other.

    Raises:
        PackageError: A library is neither inside nor in any package.
    """
    files = [path for path in folder.rglob("*") if _is_elf(path)]
    needed, glibc = wanted(files)
    brought = {path.name for path in folder.rglob("*.so*")}
    outside = sorted((needed | set(OPENED_BY_NAME)) - brought)
    places = dict(_LOADED.findall(_said(["ldconfig", "-p"])))
    packages = set()
    for name in outside:
        if name not in places:
            raise PackageError(f"{name} is needed, and is neither inside nor on this machine.")
        packages.add(_package_of(Path(places[name])))
    version = ".".join(map(str, glibc))
    return sorted({f"libc6 (>= {version})", *(packages - {"libc6"})})


def wanted(files: Iterable[Path]) -> tuple[set[str], tuple[int, int]]:
    """Names of libraries that some files need, and the newest glibc that they ask for."""
    names: set[str] = set()
    newest = (2, 0)
    left = list(map(str, files))
    while left:
        some, left = left[:_AT_ONCE], left[_AT_ONCE:]
        told = _said(["readelf", "--wide", "--dynamic", "--version-info", *some])
        names.update(_NEEDED.findall(told))
        for major, minor in _GLIBC.findall(told):
            newest = max(newest, (int(major), int(minor)))
    return names, newest


def _is_elf(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _package_of(library: Path) -> str:
    real = library.resolve()
    for name in dict.fromkeys((str(library), str(real), str(real).removeprefix("/usr"))):
        done = subprocess.run(["dpkg-query", "-S", name], capture_output=True, text=True)
        if done.returncode == 0:
            return done.stdout.partition(":")[0].strip()
    raise PackageError(f"{library} belongs to no package of this machine.")


def _said(command: list[str]) -> str:
    """A tool's output.

    Raises:
        PackageError: It is missing or failed.
    """
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    except OSError as error:
        raise PackageError(f"{command[0]} is missing: {error}.") from error
    if done.returncode != 0:
        raise PackageError(f"{command[0]} failed: {done.stderr.strip()[-1000:]}")
    return done.stdout
