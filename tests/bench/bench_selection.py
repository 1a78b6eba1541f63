"""What a choice of questions costs, and what mini-batches lose; in processor time of one core.

python tests/bench/bench_selection.py
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from sklearn.cluster import KMeans

from core.selection.diversity import clusters
from core.selection.plan import plan, scaled

BUDGET = 20
FEATURES = 32


def cpu_s(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print one line a size, then the loss of mini-batches."""
    draw = np.random.default_rng(0)
    base = 0.0
    for n in (1_000, 10_000, 100_000):
        points = scaled(draw.normal(size=(n, FEATURES)))
        unsure, titles = draw.random(n), [i // 500 for i in range(n)]
        few = cpu_s(lambda: plan(unsure, points, titles, BUDGET, 1, 0))  # noqa: B023
        many = cpu_s(lambda: plan(unsure, points, titles, BUDGET, 1, 100))  # noqa: B023
        base = base or many
        print(
            f"{n:>7} samples: typical {few:.2f} s, uncertain clusters {many:.2f} s "
            f"({many / base:.1f} x of 1000)"
        )
    points = draw.normal(size=(50_000, FEATURES))
    labels, centres = clusters(points, BUDGET, 0)
    ours = np.linalg.norm(points - centres[labels], axis=1).mean()
    exact = KMeans(BUDGET, n_init=3, random_state=0).fit(points)
    whole = np.linalg.norm(points - exact.cluster_centers_[exact.labels_], axis=1).mean()
    ratio = cpu_s(lambda: clusters(points, BUDGET, 0)) / cpu_s(
        lambda: KMeans(BUDGET, n_init=3, random_state=0).fit(points)
    )
    print(f"mini-batches: distance to the centre {ours / whole:.3f} x, time {ratio:.2f} x")


if __name__ == "__main__":
    main()
