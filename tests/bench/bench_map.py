"""What the heat maps of a two-hour 1080p title take in the store, and how long one takes to read.

Prints JSON for made-up maps at three a second: the noise of a calm network over textures that
change every 15 s, and a corrupted patch in 3 % of them; appended in chunks of five seconds as a
worker does. Megabytes of the store and of the bare values, and milliseconds (p50 and p99) to read
one map in order and at random, beside loading the track without maps, all in one run.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from helpers.review_value import FINGERPRINT, make_title
from numpy.typing import NDArray

from core.domain.heat import as_heat, heat_shape
from core.domain.track import Track
from core.store.store import Store

_A_SECOND = 3
_CHUNK = 15
_STEP = 8
_SHAPE = heat_shape(1920, 1080)
_KEPT = 0.9


def maps(count: int, logit: float) -> Iterator[NDArray[np.uint8]]:
    """Maps whose cells' logits lie about `logit`, with a spread of 1.5."""
    chance = np.random.default_rng(0)
    state = chance.normal(size=_SHAPE)
    for number in range(count):
        kept = 0.0 if number % (15 * _A_SECOND) == 0 else _KEPT
        state = kept * state + np.sqrt(1 - kept**2) * chance.normal(size=_SHAPE)
        probability = 1 / (1 + np.exp(-(logit + 1.5 * state)))
        if chance.random() < 0.03:
            probability[5:12, 10:40] = chance.uniform(0.7, 1.0, (7, 30))
        yield as_heat(probability)


def chunks(count: int, logit: float) -> Iterator[Track]:
    """The track in the pieces in which a worker hands it on."""
    source = maps(count, logit)
    for first in range(0, count, _CHUNK):
        pts = np.arange(first, first + _CHUNK, dtype=np.int64) * _STEP
        values = {"peak": np.zeros(_CHUNK, np.float32)}
        stack = np.stack([next(source) for _ in range(_CHUNK)])
        end = int(pts[-1]) + _STEP
        yield Track("black", 0, Fraction(1, _A_SECOND * _STEP), pts, end, values, stack)


def reading(store: Store, run_id: str, places: Iterable[int]) -> dict[str, float]:
    """Milliseconds to read the maps at some PTS."""
    took = []
    for pts in places:
        begin = time.perf_counter()
        store.tracks.map_near(run_id, "black", 0, pts)
        took.append(1000 * (time.perf_counter() - begin))
    return {"p50_ms": float(np.median(took)), "p99_ms": float(np.quantile(took, 0.99))}


def measured(count: int, logit: float) -> dict[str, object]:
    """Sizes and times of one title."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "s.db"
        with Store.open(path) as store:
            store.titles.put(make_title())
            run_id = store.runs.start(FINGERPRINT, ("black",)).id
            busy = 0.0
            for track in chunks(count, logit):
                assert track.maps is not None
                busy += float((track.maps > 0).mean()) * len(track) / count
                store.tracks.append(run_id, track)
            last = count * _STEP
            scattered = np.random.default_rng(1).integers(0, last, 300).tolist()
            read = {
                "in_order": reading(store, run_id, range(last // 2, last // 2 + 1000)),
                "at_random": reading(store, run_id, scattered),
            }
            begin = time.perf_counter()
            store.tracks.load(run_id)
            read_ms = 1000 * (time.perf_counter() - begin)
        return {
            "cells_above_nothing": round(busy, 3),
            "store_mb": path.stat().st_size / 1e6,
            "bare_mb": count * _SHAPE[0] * _SHAPE[1] / 1e6,
            "load_without_maps_ms": read_ms,
            **read,
        }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=2.0)
    count = int(parser.parse_args().hours * 3600 * _A_SECOND) // _CHUNK * _CHUNK
    print(json.dumps({f"logit {x}": measured(count, x) for x in (-8.0, -7.0, -5.0)}, indent=1))


if __name__ == "__main__":
    main()
