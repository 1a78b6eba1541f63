"""The import fences as data, and the checker that reads every import of a tree.

A fence is looked at with the syntax tree, not by importing: an import inside a function, under
`TYPE_CHECKING` or through `importlib.import_module("...")` is an import like any other.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

# Every core room may import these, and itself.
EVERYBODY_MAY: frozenset[str] = frozenset({"domain", "config"})

# room below core/ -> the other rooms that it may import.
CORE_ROOMS: Mapping[str, frozenset[str]] = {
    "domain": frozenset(),
    "config": frozenset(),
    "jobs": frozenset(),
    "media": frozenset({"jobs"}),
    "simulate": frozenset({"media"}),
    "models": frozenset(),
    "catalog": frozenset(),
    "detectors": frozenset({"catalog", "models", "media"}),
    "analysis": frozenset({"detectors", "catalog", "media", "store", "jobs"}),
    "evaluation": frozenset({"simulate", "analysis", "catalog", "detectors", "media", "jobs"}),
    "store": frozenset(),
    "review": frozenset({"store", "jobs", "catalog", "annotation"}),
    "annotation": frozenset({"media", "store", "jobs"}),
    "selection": frozenset(),
    "learning": frozenset(
        {
            "store",
            "media",
            "models",
            "detectors",
            "analysis",
            "evaluation",
            "simulate",
            "annotation",
            "selection",
            "catalog",
            "jobs",
        }
    ),
    "worker": frozenset(
        {"analysis", "learning", "media", "models", "selection", "simulate", "store", "jobs"}
    ),
    "compare": frozenset({"media", "store"}),
    "reports": frozenset({"store", "media", "jobs", "catalog", "review"}),
    "scan": frozenset({"analysis", "catalog", "detectors", "media", "reports", "store", "jobs"}),
    "support": frozenset({"media", "store"}),
    "cli": frozenset(
        {
            "jobs",
            "media",
            "simulate",
            "models",
            "catalog",
            "detectors",
            "analysis",
            "evaluation",
            "store",
            "review",
            "annotation",
            "selection",
            "learning",
            "worker",
            "compare",
            "reports",
            "scan",
            "support",
        }
    ),
}

# The rooms whose code runs in the desk's own process.
GUI_MAY: frozenset[str] = EVERYBODY_MAY | {
    "catalog",
    "review",
    "media",
    "annotation",
    "compare",
    "reports",
    "simulate",
    "support",
    "jobs",
}

# module -> what it may import beyond its room, and why.
EXCEPTIONS: Mapping[str, frozenset[str]] = {
    # Opens the store that the desk hands to the use cases.
    "gui.store_archive": frozenset({"core.store"}),
    # The one command that starts the desk.
    "core.cli.desk": frozenset({"gui"}),
}

# library -> the packages of this repository that may import it.
LIBRARIES: Mapping[str, tuple[str, ...]] = {
    "av": ("core.media", "core.simulate"),
    "torch": ("core.models", "core.detectors", "core.learning", "core.worker"),
    "torchvision": ("core.models", "core.detectors", "core.learning", "core.worker"),
    "onnxruntime": ("core.models", "core.learning"),
    "onnx": ("core.models.export",),
    "opentimelineio": ("core.reports",),
    "fpdf": ("core.reports",),
    "sklearn": ("core.selection",),
    "skimage": ("core.annotation",),
    "ray": ("core.scan",),
    "prometheus_client": ("core.scan",),
    "sqlalchemy": ("core.store",),
    "alembic": ("core.store",),
    "PySide6": ("gui",),
    "shiboken6": ("gui",),
    "sounddevice": ("gui",),
}

TOP_LEVEL = ("core", "gui", "resources")


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """An import that crosses a fence."""

    path: str
    line: int
    imported: str
    fence: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.imported} crosses the fence of {self.fence}"


def modules(root: Path) -> Iterator[tuple[str, Path]]:
    """Dotted name and file of every module of the product below a tree."""
    for top in TOP_LEVEL:
        for path in sorted((root / top).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def check_tree(root: Path) -> list[Violation]:
    """Hold every import below `root` against the fences.

    Args:
        root: A folder with `core/`, `gui/` and `resources/`, or some of them.

    Returns:
        What is wrong, in order of file and line.
    """
    found = []
    for module, path in modules(root):
        package = module if path.name == "__init__.py" else module.rpartition(".")[0]
        for line, target in imports_of(path.read_text(encoding="utf-8"), package):
            fence = crossed_fence(module, target)
            if fence:
                name = path.relative_to(root).as_posix()
                found.append(Violation(name, line, target, fence))
    return sorted(found)


def imports_of(source: str, package: str) -> list[tuple[int, str]]:
    """Every import in a source text, wherever it stands.

    Args:
        source: Python source.
        package: The package that relative imports start from.

    Returns:
        Pairs of line number and absolute dotted name.
    """
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(node.lineno, name) for name in _from_import(node, package)]
        elif isinstance(node, ast.Call):
            name = _called_import(node)
            if name:
                found.append((node.lineno, name))
    return found


def crossed_fence(module: str, target: str) -> str:
    """Name the fence that `module` crosses by importing `target`; empty when it may.

    Args:
        module: Dotted name of the importing module.
        target: Dotted name of what it imports.
    """
    if any(_within(target, allowed) for allowed in EXCEPTIONS.get(module, ())):
        return ""
    library = target.partition(".")[0]
    if library in LIBRARIES:
        allowed = any(_within(module, package) for package in LIBRARIES[library])
        return "" if allowed else f"library {library}"
    top = module.partition(".")[0]
    if top == "resources":
        return "resources" if library in TOP_LEVEL and library != "resources" else ""
    if library == "gui":
        return "" if top == "gui" else "gui"
    if _within(target, "core"):
        return _crossed_room(module, target)
    return ""


def _crossed_room(module: str, target: str) -> str:
    room = _room(target)
    if _within(module, "gui"):
        return "" if room in GUI_MAY else "gui"
    own = _room(module)
    if room == own:
        return ""
    if own not in CORE_ROOMS:
        return f"core/{own or '__init__'}, which is no known room"
    return "" if room in CORE_ROOMS[own] | EVERYBODY_MAY else f"core/{own}"


def _room(name: str) -> str:
    return name.partition(".")[2].partition(".")[0]


def _within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def _from_import(node: ast.ImportFrom, package: str) -> list[str]:
    base = node.module or ""
    if node.level:
        parents = package.split(".")[: len(package.split(".")) - node.level + 1]
        base = ".".join([*parents, base] if base else parents)
    # `from core import media` names a room, `from core.media import probe` already has.
    return [f"{base}.{a.name}" for a in node.names] if base in TOP_LEVEL else [base]


def _called_import(node: ast.Call) -> str:
    """The module that `import_module`, `__import__` or `run_module` is given as a literal.

    Of an f-string that is the part before the first field, up to the last dot.
    """
    called = node.func
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    if name not in {"import_module", "__import__", "run_module"} or not node.args:
        return ""
    argument = node.args[0]
    if isinstance(argument, ast.JoinedStr) and argument.values:
        head = argument.values[0]
        text = head.value if isinstance(head, ast.Constant) else ""
        return str(text).rpartition(".")[0]
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    return ""
