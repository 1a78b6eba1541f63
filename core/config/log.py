"""The log: a small file a process kind, in which no name of a title, person or place can stand.

What is written of a record is what a programmer wrote: time, level, logger, the message before
anything is filled in, and of an error its types and the places in the code that it came through.
What is filled in, and what an error says, may name titles, so it stays out by construction. A file
that has grown is set aside when the next process starts, and a process writes a bounded number of
lines.
"""

from __future__ import annotations

import faulthandler
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from core.config import paths

_OURS = ("core", "gui")
_LARGEST_BYTES = 256 * 1024
_MOST_RECORDS = 2000
_ROOT = Path(__file__).resolve().parents[2]
_LIBRARIES = "site-packages"
_DEEPEST = 8

LEFT_OUT = "(words left out)"
"""Stands for the words of a library, which may hold anything."""


class NamelessFormatter(logging.Formatter):
    """A record without what was filled in."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and one more for each error of a chain."""
        when = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        head = record.name.partition(".")[0]
        ours = head in _OURS
        # Libraries may fill in before they log, so only their names are kept.
        said = record.msg if ours and isinstance(record.msg, str) else LEFT_OUT
        line = f"{when} {record.levelname} {record.process} {record.name if ours else head}: {said}"
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        return "\n".join([line, *(f"    {told}" for told in _chain(error))])


def _chain(error: BaseException | None) -> Iterator[str]:
    for _ in range(_DEEPEST):
        if error is None:
            return
        kind = type(error)
        yield f"{kind.__module__}.{kind.__qualname__} at {places(error.__traceback__)}"
        error = error.__cause__ or error.__context__


def places(trace: TracebackType | None) -> str:
    """Where an error came through, innermost last, without where the product lies."""
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"{place_of(code.co_filename)}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return " > ".join(found) or "(not raised here)"


def place_of(file: str) -> str:
    """A file of code by its place in the product or in a library; of others the name only."""
    path = Path(file)
    if path.is_relative_to(_ROOT) and _LIBRARIES not in path.parts:
        return path.relative_to(_ROOT).as_posix()
    parts = path.parts
    if _LIBRARIES in parts:
        return "/".join(parts[parts.index(_LIBRARIES) + 1 :])
    return "python/" + path.name if path.suffix == ".py" else "(elsewhere)"


class _Few(logging.Handler):
    """Appends lines to a file, at most so many; a disk that is full stops nothing."""

    def __init__(self, path: Path) -> None:
        super().__init__(logging.INFO)
        self._path, self._left = path, _MOST_RECORDS
        self.setFormatter(NamelessFormatter())

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record, in one piece, as other processes write to the file, too."""
        if self._left <= 0:
            return
        self._left -= 1
        with suppress(OSError), self._path.open("ab") as file:
            file.write((self.format(record) + "\n").encode("utf-8", "replace"))


@contextmanager
def kept_log(name: str) -> Iterator[None]:
    """Keep what the product logs meanwhile in `NAME.log`, and stacks of crashes in `NAME.crash`.

    Args:
        name: Of the kind of process: `desk`, `worker`.
    """
    folder = paths.log_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in (folder / f"{name}.log", folder / f"{name}.crash"):
            _set_aside(file)
        crash = (folder / f"{name}.crash").open("ab")
    except OSError:
        # Without a log there is still a product.
        yield
        return
    handler = _Few(folder / f"{name}.log")
    root = logging.getLogger()
    before = {part: logging.getLogger(part).level for part in _OURS}
    root.addHandler(handler)
    for part in _OURS:
        logging.getLogger(part).setLevel(logging.INFO)
    # Who has asked for stacks elsewhere, as a test runner does, keeps them there.
    watch = not faulthandler.is_enabled()
    if watch:
        faulthandler.enable(crash)
    try:
        yield
    finally:
        if watch:
            faulthandler.disable()
        crash.close()
        root.removeHandler(handler)
        for part, level in before.items():
            logging.getLogger(part).setLevel(level)


def note_crash(name: str, stack: str) -> None:
    """Keep what a process of this kind said as it ended, for `doctor --bundle` to look through."""
    folder = paths.log_dir()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        _set_aside(folder / f"{name}.crash")
        with (folder / f"{name}.crash").open("ab") as file:
            file.write((stack + "\n").encode("utf-8", "replace"))


def _set_aside(file: Path) -> None:
    with suppress(FileNotFoundError):
        if file.stat().st_size > _LARGEST_BYTES:
            # Another process may hold it open where that forbids renaming; then it grows on.
            with suppress(OSError):
                os.replace(file, file.with_name(file.name + ".1"))
