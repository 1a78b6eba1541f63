"""The engine of a cluster: Ray schedules the tasks, and replaces workers that are lost.

Ray is an optional extra and imported only here, when an engine is made. Nodes need the product
installed and see the titles under the same paths; only the driver sees the store.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from core.analysis.piece import look, measure_piece
from core.domain.errors import BugError, CancelledError, KnownError
from core.jobs.request import LookRequest
from core.scan.engine.base import Ended, News, TaskRequest, TaskResult, hung

_ROOT = Path(__file__).resolve().parents[3]
_STORE_BYTES = 256 << 20
_CORES_A_TASK = 1.0


def do_task(request: TaskRequest) -> TaskResult | KnownError | BugError:
    """What a worker does: the same as a local one. Errors of the file come back as values."""
    try:
        return look(request) if isinstance(request, LookRequest) else measure_piece(request)
    except (KnownError, BugError) as error:
        return error
    except Exception as error:  # noqa: BLE001 - a mistake costs its title, and is named
        return BugError(f"{type(error).__name__}: {error}")


@dataclass(slots=True)
class _Job:
    key: str
    request: TaskRequest
    limit_s: float
    ends_at: float
    over_limit: bool = False
    cancelled: bool = False


class RayEngine:
    """Workers of a Ray cluster; of one on this machine where no other is named.

    `RAY_ADDRESS` names a cluster, as Ray's own tools take it.

    Args:
        workers: Tasks at once; 0 is as many as the cluster has cores.
        retries: How often Ray begins a task anew whose worker was lost.
        options: Further options for `ray.init`.

    Raises:
        KnownError: Ray is not installed, or no cluster can be reached or started.
    """

    name = "ray"

    def __init__(
        self, workers: int = 0, retries: int = 2, options: Mapping[str, Any] | None = None
    ) -> None:
        self._ray = _loaded()
        self._jobs: dict[Any, _Job] = {}
        # Ray writes to standard error what it finds odd about a machine.
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        self._started = not self._ray.is_initialized()
        if self._started:
            self._start(workers, options or {})
        cores = int(self._ray.cluster_resources().get("CPU", 1))
        self.slots = max(workers or cores, 1)
        self._task = self._ray.remote(do_task).options(
            num_cpus=_CORES_A_TASK, max_retries=retries, retry_exceptions=False
        )

    def _start(self, workers: int, options: Mapping[str, Any]) -> None:
        paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        plain: dict[str, Any] = {
            "logging_level": "error",
            "log_to_driver": False,
            "runtime_env": {"env_vars": {"PYTHONPATH": os.pathsep.join(paths)}},
        }
        if not os.environ.get("RAY_ADDRESS"):
            plain |= {
                "include_dashboard": False,
                "num_cpus": workers or os.cpu_count() or 1,
                "object_store_memory": _STORE_BYTES,
            }
        try:
            self._ray.init(**{**plain, **options})
        except (ConnectionError, RuntimeError, ValueError, OSError, TimeoutError) as error:
            raise KnownError(
                "No Ray cluster could be reached or started; the details say why.", str(error)
            ) from error

    def submit(self, key: str, request: TaskRequest, limit_s: float) -> None:
        """Hand a request to Ray."""
        ends_at = time.monotonic() + limit_s if limit_s > 0 else float("inf")
        self._jobs[self._task.remote(request)] = _Job(key, request, limit_s, ends_at)

    def cancel(self, key: str) -> None:
        """Have Ray end a task, and the worker that has it."""
        for reference, job in self._jobs.items():
            if job.key == key:
                job.cancelled = True
                self._ray.cancel(reference, force=True)

    def wait(self, timeout_s: float) -> Sequence[News]:
        """What came since the last call; Ray tells no progress within a task."""
        self._end_overdue()
        if not self._jobs:
            time.sleep(timeout_s)
            return []
        waiting = list(self._jobs)
        first, _ = self._ray.wait(waiting, num_returns=1, timeout=timeout_s)
        if not first:
            return []
        ready, _ = self._ray.wait(waiting, num_returns=len(waiting), timeout=0)
        return [self._ended(reference) for reference in dict.fromkeys([*first, *ready])]

    def close(self) -> None:
        """End all tasks, and the cluster when it was started here."""
        for reference in self._jobs:
            self._ray.cancel(reference, force=True)
        self._jobs.clear()
        if self._started and self._ray.is_initialized():
            self._ray.shutdown()

    def _ended(self, reference: Any) -> Ended:
        job = self._jobs.pop(reference)
        errors = self._ray.exceptions
        try:
            return Ended(job.key, self._ray.get(reference))
        except errors.RayError as error:
            return Ended(job.key, _loss(job, str(error)))

    def _end_overdue(self) -> None:
        now = time.monotonic()
        for reference, job in self._jobs.items():
            if now >= job.ends_at:
                job.over_limit, job.ends_at = True, float("inf")
                self._ray.cancel(reference, force=True)


def _loss(job: _Job, details: str) -> Exception:
    if job.over_limit:
        return hung(job.request, job.limit_s)
    if job.cancelled:
        return CancelledError()
    # Ray tried again already, as often as it may.
    return KnownError(
        f"The analysis of {job.request.path.name} stopped because its worker was lost, each time "
        "that it was tried.",
        details,
    )


def _loaded() -> Any:
    """Ray, quiet and without reports of its use to its makers.

    Raises:
        KnownError: It is not installed.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_DISABLE_IMPORT_WARNING", "1")
    try:
        return import_module("ray")
    except ModuleNotFoundError as error:
        raise KnownError(
            "The engine ray needs Ray, which is not installed; install Onglass with its `ray` "
            "extra, or use --engine local."
        ) from error
