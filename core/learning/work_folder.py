"""The folder that a course works in: whose it is, whole files, and work in several processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from core.domain.errors import KnownError

Task = TypeVar("Task")
Result = TypeVar("Result")

_STAMP = "pool.json"


def claim(folder: Path, stamp: str, what: str = "pieces") -> None:
    """Make sure that a folder is for what follows from this stamp.

    Args:
        folder: Made when it is missing.
        stamp: All that the contents follow from, as text.
        what: They are called, for the sentence of an error.

    Raises:
        KnownError: It cannot be written, or is for another stamp.
    """
    path = folder / _STAMP
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not path.is_file():
            path.write_text(stamp, "utf-8")
        found = path.read_text("utf-8")
    except OSError as error:
        raise KnownError(f"The folder {folder} cannot be written.", str(error)) from error
    if found != stamp:
        raise KnownError(
            f"{folder} holds {what} of another lesson or of other sources: name another folder."
        )


def write_whole(path: Path, text: str) -> None:
    """Write a file at once, so that one that is there is whole.

    Raises:
        KnownError: It cannot be written.
    """
    half = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_text(text, "utf-8")
        os.replace(half, path)
    except OSError as error:
        raise KnownError(f"{path} cannot be written.", str(error)) from error


def each_done(
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
    processes: int,
    begin: Callable[[], None] | None = None,
) -> Iterator[Result]:
    """Results as they come, from several processes where more than one is asked for.

    Args:
        work: Has to be found by name in a new process, with what it is bound to.
        tasks: What to do it with.
        processes: How many at a time; one is this process.
        begin: Called first in each new process.
    """
    if processes <= 1:
        yield from map(work, tasks)
        return
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=begin) as pool:
        try:
            for future in as_completed([pool.submit(work, task) for task in tasks]):
                yield future.result()
        finally:
            # Who stops early waits for what is being done, not for all that was asked.
            pool.shutdown(cancel_futures=True)
