"""The worker process itself: meeting the desk, manners, and leaving with it."""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import threading
from multiprocessing.connection import Listener

from core.config.log import kept_log
from core.worker.service import Runner, Service

_NICENESS = 10
_LOWEST = 19


def serve_desk(run: Runner, low: bool = False) -> int:
    """Read where to listen from standard input, say `ready`, serve until the desk leaves.

    Args:
        run: Does the requests.
        low: Give way to other workers, too.

    Returns:
        Exit status.
    """
    faulthandler.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is the desk's to handle.
    if hasattr(os, "nice"):
        os.nice(_LOWEST if low else _NICENESS)
    invitation = json.loads(_read_line())
    key = bytes.fromhex(invitation["key"])
    with kept_log("worker"), Listener(invitation["address"], authkey=key) as listener:
        threading.Thread(target=_leave_with_parent, name="parent-watch", daemon=True).start()
        os.write(1, b"ready\n")
        os.dup2(2, 1)  # Nothing that a library prints may be taken for an answer.
        with listener.accept() as connection:
            Service(connection, run).serve()
    return 0


def _read_line() -> bytes:
    line = bytearray()
    while not line.endswith(b"\n"):
        piece = os.read(0, 1)
        if not piece:
            break
        line += piece
    return bytes(line)


def _leave_with_parent() -> None:
    """End this process when standard input ends, even in the midst of a decoder call."""
    while os.read(0, 1):
        continue
    os._exit(0)
