"""What a batch costs beside the analyses, and what a second worker brings.

Prints JSON, all of one run: seconds for the same titles one by one, through one worker and through
two (starting the workers left out), their ratios, and milliseconds a title of ledger and writer
with an engine that answers at once; with `--ray` the same through Ray. Wall and processor time
both, because others may share the machine.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from helpers.catalogue import DETECTORS, make_catalogue
from helpers.inline_engine import InlineEngine

from core.analysis.piece import look, measure_piece
from core.domain.errors import KnownError
from core.jobs.request import LookRequest, LookResult, PieceRequest, PieceResult
from core.scan.drive import drive
from core.scan.engine.base import Ended, Engine, News, TaskRequest
from core.scan.engine.local import LocalEngine
from core.scan.engine.ray import RayEngine
from core.scan.ledger import Order, make_batch
from core.store.store import Store

_ORDER = Order(detectors=DETECTORS, fresh=True)


class _Instant(InlineEngine):
    """Answers at once with what was measured before, under the run that is asked for."""

    def __init__(self, looks: dict[Path, LookResult], pieces: dict[Path, PieceResult]) -> None:
        super().__init__(slots=2)
        self._looks, self._pieces = looks, pieces

    def wait(self, timeout_s: float) -> Sequence[News]:
        key, request = self._jobs.popleft()
        return [Ended(key, self._answer(request))]

    def _answer(self, request: TaskRequest) -> LookResult | PieceResult:
        if isinstance(request, LookRequest):
            return self._looks[request.path]
        made = self._pieces[request.path]
        chunks = tuple({**chunk, "run": request.run_id} for chunk in made.chunks)
        return replace(made, chunks=chunks)


def alone(path: Path) -> tuple[LookResult, PieceResult] | None:
    """One title by itself; None when it cannot be read."""
    try:
        seen = look(LookRequest(path, detectors=DETECTORS))
        return seen, measure_piece(
            PieceRequest(seen.title, "run", seen.detectors, wanted=DETECTORS)
        )
    except KnownError:
        return None


def timed(paths: list[Path], engine: Engine, folder: Path, warm: Path) -> dict[str, float]:
    """Seconds that a batch takes, its workers started before."""
    with Store.open(folder / f"{time.monotonic_ns()}.db") as store, closing(engine):
        # As many titles as there are workers, so that each has loaded what it needs.
        drive(store, make_batch(store, "warm", [warm] * engine.slots, _ORDER), engine)
        batch = make_batch(store, "all", paths, _ORDER)
        began, busy = time.perf_counter(), time.process_time()
        told = drive(store, batch, engine)
        return {
            "wall_s": time.perf_counter() - began,
            "driver_cpu_s": time.process_time() - busy,
            "done": told.done,
        }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--titles", type=int, default=60)
    parser.add_argument("--ray", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = make_catalogue(folder / "titles", options.titles)
        warm = make_catalogue(folder / "warm", 1, seed=99)[0]
        alone(warm)
        began = time.perf_counter()
        made = {path: got for path in paths if (got := alone(path)) is not None}
        one_by_one_s = time.perf_counter() - began
        instant = _Instant({p: g[0] for p, g in made.items()}, {p: g[1] for p, g in made.items()})
        good = list(made)
        ledger = timed(good, instant, folder, good[0])
        figures = {
            "titles": len(paths),
            "one_by_one_s": one_by_one_s,
            "ledger_and_writer_ms_a_title": 1000 * ledger["wall_s"] / len(good),
            "ledger_and_writer_cpu_ms_a_title": 1000 * ledger["driver_cpu_s"] / len(good),
        }
        engines: list[tuple[str, Engine]] = [
            ("local_1", LocalEngine(1)),
            ("local_2", LocalEngine(2)),
        ]
        for label, engine in engines:
            figures |= {f"{label}_{k}": v for k, v in timed(paths, engine, folder, warm).items()}
        if options.ray:
            for workers in (1, 2):
                told = timed(paths, RayEngine(workers), folder, warm)
                figures |= {f"ray_{workers}_{k}": v for k, v in told.items()}
            figures["ray_2_over_ray_1"] = figures["ray_1_wall_s"] / figures["ray_2_wall_s"]
            figures["ray_2_over_local_2"] = figures["local_2_wall_s"] / figures["ray_2_wall_s"]
        figures["two_workers_over_one"] = figures["local_1_wall_s"] / figures["local_2_wall_s"]
        figures["one_worker_over_one_by_one"] = one_by_one_s / figures["local_1_wall_s"]
    print(json.dumps({k: round(v, 3) for k, v in figures.items()}, indent=2))


if __name__ == "__main__":
    main()
