"""A second look that does not know of the first: what others said is hidden until one has decided.

Who knows a colleague's verdict tends to repeat it, so that agreement would be no evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.review.flag import Flag


def blinded(flags: Sequence[Flag]) -> tuple[Flag, ...]:
    """Flags without what others said about those that the reviewer has not decided.

    What only others brought up, defects that they missed in the detectors' work or verdicts whose
    finding is gone, is left out until the reviewer has spoken about it, too.
    """
    return tuple(
        replace(flag, others=()) if flag.others and not flag.decided else flag
        for flag in flags
        if flag.decided or flag.finding is not None
    )
