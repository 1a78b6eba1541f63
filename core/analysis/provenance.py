"""What shapes tracks besides the title itself: code, decoder, captions beside it, weights.

A stored run is the answer to a request only while all of this is the same.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from core.detectors.base import USUAL, Options
from core.detectors.registry import detector_class
from core.domain.title import Title

_ROOT = Path(__file__).resolve().parents[2]
_MEASURING = ("core.detectors", "core.models")
_DECODING = ("core.analysis", "core.media")
_DIGITS = 12


def settings_of(title: Title, detectors: Sequence[str], options: Options = USUAL) -> dict[str, str]:
    """Versions, digests and what was chosen, by name, of a run of these detectors."""
    beside = [stream.file for stream in title.captions if stream.file is not None]
    return {
        "av": version("av"),
        **{f"captions.{file.name}": digest_of(file) for file in beside},
        "pass": _pass_digest(),
        **{f"measure.{name}": measuring_digest(name) for name in detectors},
        **({"every_frame": "yes"} if options.every_frame else {}),
    }


def weights_of(detectors: Sequence[str]) -> dict[str, str]:
    """Hash of the weights by detector, of those that have any."""
    hashes = {name: detector_class(name).weights_hash() for name in detectors}
    return {name: found for name, found in hashes.items() if found}


@cache
def measuring_digest(detector: str) -> str:
    """Digest of the code that measures: the detector's module and what it shares with others."""
    return digest_of(*sources_behind(f"core.detectors.{detector}", _MEASURING))


@cache
def _pass_digest() -> str:
    """Digest of the code between the file and the detectors: decoding, views, what feeds them."""
    return digest_of(*sources_behind("core.analysis.measure", _DECODING))


def sources_behind(module: str, rooms: Sequence[str], root: Path = _ROOT) -> tuple[Path, ...]:
    """The files of a module and of all that it imports from some rooms.

    Imports are read from the syntax tree, those inside functions as well, and followed.

    Args:
        module: Dotted name.
        rooms: Dotted names of packages; what is imported from elsewhere is not followed.
        root: Folder that holds `core`.
    """
    found: dict[str, Path] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        path = _file_of(name, root)
        if path is not None and name not in found:
            found[name] = path
            waiting += [new for new in _imports(path, name) if _lies_in(new, rooms)]
    return tuple(found[name] for name in sorted(found))


def digest_of(*sources: Path) -> str:
    """Digest of some files; the product's version where one is missing, as in a bundle."""
    if not sources or not all(source.is_file() for source in sources):
        return version("onglass")
    content = hashlib.sha256()
    for source in sources:
        content.update(hashlib.sha256(source.read_bytes()).digest())
    return content.hexdigest()[:_DIGITS]


def _lies_in(name: str, rooms: Sequence[str]) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


def _file_of(name: str, root: Path) -> Path | None:
    """The file of a module; None for a name that is none, such as that of a class."""
    place = root.joinpath(*name.split("."))
    files = (place.with_suffix(".py"), place / "__init__.py")
    return next((file for file in files if file.is_file()), None)


def _imports(path: Path, name: str) -> Iterator[str]:
    """Every name that a file imports, and every module that such a name may lie in."""
    package = name if path.stem == "__init__" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: len(package.split(".")) - node.level + 1]
            above = ".".join(parents) if node.level else ""
            module = ".".join(filter(None, (above, node.module)))
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)
