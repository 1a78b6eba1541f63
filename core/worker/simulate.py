"""Writing a damaged copy of a title for the desk."""

from __future__ import annotations

from core.jobs.progress import CancelToken, ProgressMeter, ProgressSink
from core.jobs.request import SimulateRequest, SimulateResult
from core.media.probe import probe
from core.simulate.plan import Planned
from core.simulate.title import Options, simulate_title
from core.simulate.truth import truth_path


def simulate(
    request: SimulateRequest, progress: ProgressSink, cancel: CancelToken
) -> SimulateResult:
    """Write the copy, its truth and its mask.

    Raises:
        KnownError: The plan does not fit the title, or the copy cannot be written.
        CancelledError: `cancel` was raised; nothing is left behind.
    """
    planned = Planned(
        request.defect,
        (request.damaged_s,),
        request.severity,
        request.seed,
        request.variant,
        request.region,
    )
    options = Options(bounds=request.written_s, from_zero=True, overwrite=True)
    written = request.written_s
    total_s = written[1] - written[0] if written else probe(request.path).duration_s
    meter = ProgressMeter(progress, total_s, "Simulating")
    simulate_title(
        request.path,
        request.out,
        [planned],
        options,
        progress=lambda share: meter.update(share * total_s),
        check=cancel.check,
    )
    return SimulateResult(request.out, truth_path(request.out))
