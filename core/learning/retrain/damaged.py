"""Really damaged files at the gate: what parent and candidate say of each."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.domain.lineage import GateLine
from core.learning.retrain.gate import Pair, line_of, share_above


def damaged_line(said: Mapping[str, tuple[float, float]], line: float) -> list[GateLine]:
    """Really damaged files that both still find, each at its surest place; none may be lost.

    Args:
        said: What parent and candidate say of each, by name.
        line: Probability from which a file counts as found.
    """
    table = np.array(list(said.values()), np.float64).reshape(-1, 2)
    pair = Pair(table[:, 0], table[:, 1], np.ones(len(table)), list(said))
    found = line_of("found", "really damaged files", pair, share_above(line, 1.0), 0.0, kind=1.0)
    return [] if found is None else [found]


def damaged_remarks(said: Mapping[str, tuple[float, float]], line: float) -> list[str]:
    """A sentence for each really damaged file: how sure parent and candidate are at most."""
    return [
        f"{name}: sure by {parent:.2f} before, by {candidate:.2f} now; flagged from {line:.2f}."
        for name, (parent, candidate) in said.items()
    ]
