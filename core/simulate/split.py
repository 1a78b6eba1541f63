"""Which sources a threshold may be tuned on, and which are kept to measure with.

The split is by source title, never by clip: everything that was cut, damaged or coded from one
source is on the same side. It follows from the name alone, so that it was fixed before anything was
measured, and a source that is added later has its side already.
"""

from __future__ import annotations

import hashlib
from typing import Literal

Side = Literal["dev", "test"]

_TEST_BELOW = 0x66
"""First byte of the digest below which a source is for measuring: two in five."""


def split_of(source: str) -> Side:
    """The side of a source.

    Args:
        source: Its name without folder and suffix.
    """
    return "test" if hashlib.sha256(source.encode()).digest()[0] < _TEST_BELOW else "dev"
