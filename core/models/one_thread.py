"""Runs small networks on the calling thread alone.

torch shares every operation out among its threads and has them wait for each other in a loop. For
a network whose operations take less than a millisecond, beside decoders that keep all processors
busy, that is most of the work: ten to twenty times as long.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import torch

_lock = threading.Lock()
_inside = 0
_usual = 1


@contextmanager
def one_thread() -> Iterator[None]:
    """Have torch use no threads but the calling one inside, and as many as before afterwards.

    Other threads that are inside at the same time do not mind; the last one to leave sets the
    number back.
    """
    global _inside, _usual
    with _lock:
        if _inside == 0:
            _usual = torch.get_num_threads()
        _inside += 1
        # The number counts for the thread that sets it.
        torch.set_num_threads(1)
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            torch.set_num_threads(1 if _inside else _usual)
