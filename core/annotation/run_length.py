"""Masks as runs of unset and set pixels, as COCO writes them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_CONTINUES, _SIGN, _FIVE_BITS, _PRINTABLE = 0x20, 0x10, 0x1F, 48


def coco_counts(mask: NDArray[np.bool_]) -> list[int]:
    """Lengths of the runs of a mask, column after column, beginning with the unset ones.

    This is COCO's uncompressed run-length code.

    Args:
        mask: Shape (height, width).
    """
    flat = np.ascontiguousarray(mask.T).ravel()
    changes = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    lengths: list[int] = np.diff(np.concatenate(([0], changes, [flat.size]))).tolist()
    return [0, *lengths] if flat.size and flat[0] else lengths


def from_coco_counts(counts: Sequence[int], height: int, width: int) -> NDArray[np.bool_]:
    """The mask of COCO's run lengths, shape (height, width).

    Raises:
        ValueError: They do not fill the mask.
    """
    if any(count < 0 for count in counts) or sum(counts) != height * width:
        raise ValueError(f"the runs of a mask do not fill {width} x {height} pixels")
    values = np.arange(len(counts)) % 2 == 1
    return np.repeat(values, counts).reshape(width, height).T


def coco_text(counts: Sequence[int]) -> str:
    """Run lengths as COCO's compressed text.

    Each number, from the fourth on less the one two before it, is cut into groups of five bits,
    lowest first, in two's complement; bit 5 says that another group follows, and 48 is added so
    that every group is a printable character.
    """
    text = []
    for place, count in enumerate(counts):
        rest = count - counts[place - 2] if place > 2 else count
        more = True
        while more:
            group = rest & _FIVE_BITS
            rest >>= 5
            more = rest != (-1 if group & _SIGN else 0)
            text.append(chr((group | _CONTINUES if more else group) + _PRINTABLE))
    return "".join(text)


def from_coco_text(text: str) -> list[int]:
    """Run lengths of COCO's compressed text.

    Raises:
        ValueError: It ends in the middle of a number, or has other characters.
    """
    counts: list[int] = []
    number = shift = 0
    for character in text:
        group = ord(character) - _PRINTABLE
        if not 0 <= group < 64:
            raise ValueError(f"{character!r} is no character of a compressed mask")
        number |= (group & _FIVE_BITS) << shift
        shift += 5
        if group & _CONTINUES:
            continue
        if group & _SIGN:
            number -= 1 << shift
        counts.append(number + counts[-2] if len(counts) > 2 else number)
        number = shift = 0
    if shift:
        raise ValueError("a compressed mask ends in the middle of a number")
    return counts
