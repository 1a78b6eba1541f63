"""Finds threads that a test started and did not stop."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Collection

# Threads whose life is a library's business: Qt's own pools appear as dummies when they call
# into Python; pytest-timeout arms a timer where signals do not exist.
_ALLOWED_PREFIXES = ("Dummy-", "pytest_timeout", "pydevd.")


def leaked_threads(before: Collection[threading.Thread], patience_s: float) -> list[str]:
    """Describe the threads that outlive a test.

    Args:
        before: The threads that were alive when the test began.
        patience_s: How long to wait, all in all, for threads that are just ending.

    Returns:
        One text a thread: its name and the line where it is now.
    """
    deadline = time.monotonic() + patience_s
    suspects = [thread for thread in threading.enumerate() if _is_suspect(thread, before)]
    for thread in suspects:
        thread.join(max(deadline - time.monotonic(), 0.0))
    return [_describe(thread) for thread in suspects if thread.is_alive()]


def _is_suspect(thread: threading.Thread, before: Collection[threading.Thread]) -> bool:
    return (
        thread not in before
        and thread is not threading.current_thread()
        and not isinstance(thread, threading._DummyThread)
        and not thread.name.startswith(_ALLOWED_PREFIXES)
    )


def _describe(thread: threading.Thread) -> str:
    frame = sys._current_frames().get(thread.ident or 0)
    stack = "".join(traceback.format_stack(frame)[-3:]) if frame is not None else "  (ended)\n"
    return f"thread {thread.name!r} was left running, at\n{stack}"
