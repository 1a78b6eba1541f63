"""What support needs to know, without media and without names of titles, people or places.

Nothing is copied and then cleaned: each part is built from what is known to be harmless. Settings
are taken by the table, and of those only switches, numbers and choices; of the store only counts;
of the logs only lines of the shape that `core.config.log` writes. As a second wall, words that
name something here (titles, folders, people, addresses) are looked for in what was built.
"""

from __future__ import annotations

import getpass
import json
import os
import re
import shutil
import socket
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core.config import paths
from core.config.log import LEFT_OUT
from core.config.settings import SETTINGS, Kind, Settings
from core.domain.errors import KnownError
from core.store.check import check_store
from core.store.store import Store, path_of
from core.support.machine import examine

_PLAIN = frozenset({Kind.BOOL, Kind.INT, Kind.FLOAT, Kind.CHOICE})
_LEAST_NAME = 3
_MOST_LINES = 4000
_MOST_TITLES = 2000
_PLACE = r"(?:[\w./-]+:\d+ [\w<>.]+)"
_WORD = r"[A-Za-z_][\w.]*"
_LOG_LINE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (?:INFO|WARNING|ERROR|CRITICAL) \d+ "
    rf"(?P<logger>{_WORD}): (?P<words>.*)"
)
_ERROR_LINE = re.compile(
    rf"    {_WORD}(?:\.<locals>\.{_WORD})* at "
    rf"(?:\(not raised here\)|{_PLACE}(?: > {_PLACE})*)"
)
_CRASH_FRAME = re.compile(r'  File "(?P<file>[^"]+)", line (?P<line>\d+) in (?P<name>[\w<>.]+)')
_CRASH_HEAD = re.compile(
    r"(?:Fatal Python error: [A-Za-z ]+|(?:Current thread|Thread) 0x[0-9a-f]+.*)"
)
_FILLED_IN = re.compile(r"[/\\\\@]|://|\w\.\w{2,5}\b|[0-9]{3}")
_INSIDE = re.compile(r"(?:.*[/\\])?((?:core|gui|site-packages)[/\\].+)")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a bundle.

    Attributes:
        name: Its name in the archive.
        told: What it holds, in a few words.
        text: The whole of it.
    """

    name: str
    told: str
    text: str


def gather(where: str | Path) -> tuple[Part, ...]:
    """Build all parts; takes seconds, as devices are asked.

    Args:
        where: The store, as `Store.open` takes it; it need not exist.
    """
    settings = Settings.load()
    parts = [
        Part("machine.json", "versions, codecs, GPU, sound, display", _json(_machine())),
        Part("settings.json", "switches, numbers and choices that were changed", _json(_said())),
        Part("store.json", "the check of the store, rows by table", _json(_store(where))),
        *_logs(paths.log_dir()),
        Part("crashes.txt", "desks that did not end, stacks of crashes", _crashes()),
    ]
    names = tuple(sorted(_names(settings, where), key=len, reverse=True))
    clean = [Part(part.name, part.told, without(part.text, names)) for part in parts]
    listed = "".join(f"  {part.name}: {part.told}\n" for part in clean)
    preface = _PREFACE.format(when=f"{datetime.now(UTC):%Y-%m-%d}")
    return (Part("READ_ME.txt", "what is inside and what is not", preface + listed), *clean)


def write_bundle(out: Path, parts: Iterable[Part]) -> None:
    """Write the parts as a zip archive, whole or not at all.

    Raises:
        KnownError: It cannot be written.
    """
    half = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in parts:
                archive.writestr(part.name, part.text)
        half.replace(out)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise KnownError(f"The bundle cannot be written to {out}.", str(error)) from error


_PREFACE = """Support bundle of Onglass, made {when}.

It holds no media, and no names of titles, people, folders or addresses: settings are switches,
numbers and choices only, the store is told in counts, and the log never held more than what the
program itself says. Read it before you send it; it is all text.

"""


def without(text: str, names: Iterable[str]) -> str:
    """A text in which none of these names stands; the longest go first."""
    lowered = text.casefold()
    for name in names:
        for form in {name, json.dumps(name)[1:-1], json.dumps(name, ensure_ascii=False)[1:-1]}:
            if form.casefold() not in lowered:
                continue
            text = re.sub(
                rf"(?<![^\W_]){re.escape(form)}(?![^\W_])", "[left out]", text, flags=re.IGNORECASE
            )
    return text


def _json(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False, default=str) + "\n"


def _machine() -> dict[str, Any]:
    report = examine()
    outputs = report.get("sound", {}).pop("outputs", None)
    if outputs is not None:
        # People name their devices after themselves.
        report["sound"]["outputs"] = len(outputs)
    for group in ("gpu", "sound", "display"):
        if "error" in report.get(group, {}):
            report[group] = {"error": str(report[group]["error"]).split(":")[0]}
    report["folders"] = {
        name: {"writable": found["writable"], "free_gb": _free_gb(Path(found["path"]))}
        for name, found in report["folders"].items()
    }
    return report


def _free_gb(folder: Path) -> float | None:
    with suppress(OSError):
        return round(shutil.disk_usage(folder).free / 1e9, 1)
    return None


def _said() -> dict[str, Any]:
    settings = Settings.load()
    changed: dict[str, Any] = {}
    for key, setting in SETTINGS.items():
        value = settings.get(key)
        if value != setting.default:
            changed[key] = value if setting.kind in _PLAIN else "(set)"
    return {
        "changed": changed,
        "shortcuts changed": len(settings.shortcuts),
        "recent titles": len(settings.recent),
        "own profiles": _count(paths.profiles_dir(), "*.toml"),
        "values that could not be used": len(settings.notices),
        "unknown keys": _unknown(settings.path),
    }


def _unknown(path: Path) -> int:
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return 0
    own = {"shortcuts", "recent", "layout", "format"}
    known = set(SETTINGS)
    keys = [
        f"{group}.{name}"
        for group, section in document.items()
        if group not in own
        for name in (section if isinstance(section, dict) else ("",))
    ]
    return sum(key not in known for key in keys)


def _count(folder: Path, pattern: str) -> int:
    return sum(1 for _ in folder.glob(pattern)) if folder.is_dir() else 0


def _store(where: str | Path) -> dict[str, Any]:
    path = path_of(where)
    told: dict[str, Any] = {"kind": "SQLite" if path is not None else "server"}
    if path is not None:
        with suppress(OSError):
            told["megabytes"] = round(path.stat().st_size / 1e6, 1)
    try:
        report = check_store(where)
    except KnownError:
        return told | {"state": "cannot be opened"}
    return told | {
        "state": "sound" if report.ok else "not sound",
        "schema": report.schema,
        "problems": len(report.problems),
        "rows": report.counts,
    }


def _logs(folder: Path) -> Iterator[Part]:
    for file in sorted(folder.glob("*.log*")) if folder.is_dir() else ():
        name = file.name.replace(".log.1", ".older.log")
        if re.fullmatch(r"(desk|worker|command)(\.older)?\.log", name):
            yield Part(f"log/{name}", "what the program said, filled-in words left out", _log(file))


def _log(file: Path) -> str:
    kept, left_out = [], 0
    for line in _lines(file):
        found = _LOG_LINE.fullmatch(line)
        if (found and _is_ours(found["logger"], found["words"])) or _ERROR_LINE.fullmatch(line):
            kept.append(line)
        else:
            left_out += 1
    if left_out:
        kept.append(f"({left_out} lines that the program did not write are left out)")
    return "\n".join(kept) + "\n"


def _is_ours(logger: str, words: str) -> bool:
    """Whether these words are what `core.config.log` writes: a template with nothing filled in."""
    if words == LEFT_OUT:
        return "." not in logger
    return logger.split(".")[0] in ("core", "gui") and not _FILLED_IN.search(words)


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8", "replace").splitlines()[-_MOST_LINES:]
    except OSError:
        return []


def _crashes() -> str:
    left = _count(paths.state_dir() / "desks", "*.json")
    told = [f"Desks that run, or did not end properly: {left}"]
    folder = paths.log_dir()
    for file in sorted(folder.glob("*.crash*")) if folder.is_dir() else ():
        if re.fullmatch(r"(desk|worker|command)\.crash(\.1)?", file.name):
            told += ["", file.name, *_stack(_lines(file))]
    return "\n".join(told) + "\n"


def _stack(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        frame = _CRASH_FRAME.fullmatch(line)
        if frame:
            inside = _INSIDE.fullmatch(frame["file"])
            file = inside[1].replace("\\", "/") if inside else "(elsewhere)"
            yield f"  {file}:{frame['line']} {frame['name']}"
        elif _CRASH_HEAD.fullmatch(line):
            yield line.split(" [")[0]


def _names(settings: Settings, where: str | Path) -> set[str]:
    """Words that name something here: people, machines, titles, folders, addresses."""
    found = {str(Path.home()), Path.home().name, socket.gethostname(), _user()}
    found |= {str(where), *settings.recent}
    texts = [str(settings.get(k)) for k, s in SETTINGS.items() if s.kind not in _PLAIN]
    found.update(texts)
    with suppress(KnownError), Store.open(where, read_only=True, create=False) as store:
        for title in store.titles.recent(_MOST_TITLES):
            found |= {str(title.path), title.path.name, title.path.stem, title.name}
        for reviewer in store.reviewers.all():
            found |= {reviewer, *reviewer.split()}
        for channel in store.channels.all():
            found |= {channel.name, channel.url}
    for text in tuple(found):
        # Of folders and addresses each step is a name: people, machines, passwords, titles.
        found.update(re.split(r"[/\\:@?&=]+", text))
    # What is shorter is in every text, and names nobody.
    return {name for name in found if len(name) >= _LEAST_NAME and name not in _HARMLESS}


_HARMLESS = frozenset({"root", "user", "home", "onglass", "onglass.db", "localhost"})


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
