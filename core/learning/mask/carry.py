"""Labels carried from frame to frame along the optical flow, with how far they can be trusted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.annotation.flow import Flow, Motion, Picture, landing
from core.domain.mask import UNSAID

FADE = 0.93
"""What is left of the trust in a label after each frame."""

LEAST = 0.2
"""A label that is trusted less is not carried on."""

GUESS = 0.5
"""Trust in a label that was brought to where nobody could see it, before it fades."""

_ALIKE_CODES = 20.0


def carried(
    labels: NDArray[np.uint8], frames: Sequence[Picture], moved: Sequence[Motion]
) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """Carry labels forth and back until they are hidden, look different, or are too old.

    Args:
        labels: What people said, shape (n, height, width), `UNSAID` where nobody did.
        frames: The pictures, RGB.
        moved: Of each frame to its next.

    Returns:
        Labels, what people said among them, and the trust in each, 1 where a person said it and
        0 where nothing is known, both (n, height, width).
    """
    found = labels.copy()
    trust = (labels != UNSAID).astype(np.float16)
    # Each way by itself, so that a label is not carried back to where it came from.
    for ways in (range(1, len(frames)), range(len(frames) - 2, -1, -1)):
        said, held = labels.copy(), (labels != UNSAID).astype(np.float32)
        for now in ways:
            forth = ways.step > 0
            before = now - 1 if forth else now + 1
            how = moved[now - 1] if forth else moved[now]
            flow, seen = (how.backward, how.seen_before) if forth else (how.forward, how.seen)
            _step(said, held, frames, before, now, flow, seen)
        better = held > trust
        found[better] = said[better]
        trust[better] = held[better]
    return found, trust


def guessed(
    labels: NDArray[np.uint8], trust: NDArray[np.float16], moved: Sequence[Motion]
) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """Fill what is not known with what the flow brings from the nearest frame that knows, even to
    what was hidden there; never across a cut.

    Things move together, so that this is right more often than a network that has seen a frame or
    two. Blocks that codecs lose do not: their masks are not to be filled like this.

    Args:
        labels: As `carried` gives them.
        trust: Likewise.
        moved: Of each frame to its next.

    Returns:
        The same with guesses, at a trust of at most `GUESS`.
    """
    found, held = labels.copy(), trust.copy()
    for step in (1, -1):
        said, age = labels.copy(), np.where(trust > 0, 0, np.inf).astype(np.float32)
        ways = range(1, len(labels)) if step > 0 else range(len(labels) - 2, -1, -1)
        for now in ways:
            how = moved[now - 1] if step > 0 else moved[now]
            if not how.seen.any():
                continue
            row, column, _ = landing(how.backward if step > 0 else how.forward)
            older = age[now - step][row, column] + 1
            takes = older < age[now]
            said[now][takes] = said[now - step][row, column][takes]
            age[now][takes] = older[takes]
        worth = (GUESS * FADE**age).astype(np.float16)
        better = (trust == 0) & (worth > held)
        found[better], held[better] = said[better], worth[better]
    return found, held


def _step(
    said: NDArray[np.uint8],
    held: NDArray[np.float32],
    frames: Sequence[Picture],
    before: int,
    now: int,
    flow: Flow,
    seen: NDArray[np.bool_],
) -> None:
    """Carry from one frame to its neighbour what that does not know itself."""
    row, column, _ = landing(flow)
    gap = np.abs(frames[before][row, column].astype(np.int16) - frames[now]).mean(axis=2)
    alike = np.clip(1.5 - gap / _ALIKE_CODES, 0, 1)
    trust = held[before][row, column] * seen * alike * FADE
    trust[trust < LEAST] = 0
    takes = (held[now] < 1) & (trust > 0)
    said[now][takes] = said[before][row, column][takes]
    held[now][takes] = trust[takes]
