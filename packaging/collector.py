"""Whose files lie in a bundle: every file is traced to the package that it came from.

Used by `onglass.spec` with what PyInstaller gathered. A file that belongs to nobody known ends the
build: nothing is passed on without its licence.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

from content import MANUAL_MADE_BY

from core.config.licence import (
    CARRIED,
    Part,
    in_order,
    library_of,
    normal,
    parts_of,
    python_part,
    required,
    write_parts,
)

PREFACE = """Onglass, licensed under the Apache License 2.0, and what it is made of.

The parts below keep their own licences; their words follow each name. Two remarks:

FFmpeg comes inside PyAV together with x264 and x265, which are under the GNU General Public
License, version 2 or later. The program as a whole may therefore be passed on under the terms
of the GNU General Public License, version 3, which the Apache License 2.0 allows. The sources
of FFmpeg, x264 and x265 are those that PyAV's wheels are built from: https://github.com/PyAV-
Org/pyav-ffmpeg.

Qt and Qt for Python are used under the GNU Lesser General Public License, version 3. Their
shared libraries lie as files of their own in _internal/PySide6 and _internal/shiboken6 and may
be replaced by builds of your own that have the same interfaces; nothing checks or prevents
that. The same is true of every other shared library here that is under that licence. Their
sources: https://download.qt.io.
"""

_BOOTLOADER = "pyinstaller"


class UnknownFileError(Exception):
    """Files that no package, no system library and no folder of ours accounts for."""


def third_party_text(files: Iterable[tuple[str, str]], root: Path, owners: Owners) -> str:
    """The list of all parts of a bundle.

    Args:
        files: Where each lies in the bundle, and where it was taken from.
        root: The repository; what is below it is ours.
        owners: Who installed what.

    Raises:
        UnknownFileError: A file is nobody's.
    """
    inside: dict[str, set[str]] = {_BOOTLOADER: set(), **{name: set() for name in CARRIED}}
    strange: dict[str, str] = {}
    for target, source in files:
        path = Path(source)
        if Path(target).parts[:1] == ("manual",):
            inside.update({name: inside.get(name, set()) for name in MANUAL_MADE_BY})
        # Packages without a file of their own have no source; "-" stands for it.
        if source in ("", "-") or path.is_relative_to(root) or _is_of_python(path):
            continue
        owner = owners.of(path)
        if owner is not None:
            inside.setdefault(owner, set()).add(path.name)
        else:
            strange[source] = target
    system, lost = debian_packages(strange)
    if lost:
        told = sorted(f"{strange[source]} from {source}" for source in lost)
        raise UnknownFileError("whose are these files?\n" + "\n".join(told))
    parts = [python_part()]
    for name, names in inside.items():
        parts.extend(parts_of(distribution(name), frozenset(names)))
    parts.extend(_system_part(package, names) for package, names in system.items())
    return write_parts(in_order(parts), PREFACE)


class Owners:
    """Which distribution a file was installed by, and which names can be imported from each."""

    def __init__(self) -> None:
        self._by_path: dict[str, str] = {}
        self._tops: dict[str, set[str]] = {}
        for found in distributions():
            self._enter(found)

    def of(self, path: Path) -> str | None:
        """The distribution that a file came with."""
        return self._by_path.get(os.path.realpath(path))

    def beyond(self, wanted: Iterable[str]) -> tuple[str, ...]:
        """Names to import that come with no distribution that these ones require."""
        kept = {normal(found.name) for found in required(wanted)}
        return tuple(
            sorted(
                top
                for top, owners in self._tops.items()
                if top.isidentifier() and not any(normal(owner) in kept for owner in owners)
            )
        )

    def _enter(self, found: Distribution) -> None:
        # Tens of thousands of lines: taken as text, for which `files` would make a path of each.
        base = os.path.realpath(str(found.locate_file("")))
        name = found.name
        for row in csv.reader((found.read_text("RECORD") or "").splitlines()):
            if row:
                self._by_path[os.path.normpath(os.path.join(base, row[0]))] = name
                top = row[0].partition("/")[0].partition(".")[0]
                self._tops.setdefault(top, set()).add(name)


def _is_of_python(path: Path) -> bool:
    return (
        any(
            path.is_relative_to(place) or path.resolve().is_relative_to(Path(place).resolve())
            for place in (sys.base_prefix, sys.base_exec_prefix)
        )
        and "site-packages" not in path.parts
    )


# --- Libraries of the machine that builds ---------------------------------------------------


def debian_packages(files: Iterable[str]) -> tuple[dict[str, list[str]], list[str]]:
    """Which Debian packages system libraries came with.

    Returns:
        Files' names by package, and the files that no package knows.
    """
    # /lib is a link to /usr/lib where packages still say /lib, and versions are links as well.
    names = {
        file: dict.fromkeys((file, real := os.path.realpath(file), real.removeprefix("/usr")))
        for file in files
    }
    told = ""
    if names and shutil.which("dpkg-query") is not None:
        every = [name for found in names.values() for name in found]
        told = subprocess.run(["dpkg-query", "-S", *every], capture_output=True, text=True).stdout
    owners = {path: owner for owner, _, path in (x.partition(": ") for x in told.splitlines())}
    packages: dict[str, list[str]] = {}
    lost = []
    for file, spellings in names.items():
        owner = next((owners[name] for name in spellings if name in owners), None)
        if owner is None:
            lost.append(file)
        else:
            packages.setdefault(owner.partition(":")[0], []).append(Path(file).name)
    return packages, lost


def _system_part(package: str, files: Sequence[str]) -> Part:
    """A system library, by the copyright file of its package."""
    known = library_of(files[0])
    copyright_file = Path("/usr/share/doc", package, "copyright")
    text = copyright_file.read_text("utf-8", "replace") if copyright_file.is_file() else ""
    shown = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}\t${Homepage}", package],
        capture_output=True,
        text=True,
    )
    version, _, home = shown.stdout.partition("\t")
    licence = known.licence if known is not None else "as its copyright file says"
    part = Part(package, version, licence, home, text)
    return part if text or known is None else replace(part, text=known.text)
