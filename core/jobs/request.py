"""What can be asked of the worker, and what it answers: immutable values that cross a process.

The desk submits a request and gets `Progress`, then one result or one error. Results of an
analysis are read from the store; only what the store does not hold travels in the result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.domain.finding import Region
from core.domain.heat import HeatMap
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.time import Span


@dataclass(frozen=True, slots=True)
class AnalyseRequest:
    """Measure a title and keep tracks and findings in the store.

    Attributes:
        path: The file.
        store_url: SQLAlchemy URL of the store.
        profile: Which detectors run and how they decide.
        detectors: Ids to run; empty means all that the profile leaves enabled.
        span: Restrict to this stretch; None means the whole title.
        resume: Go on with an interrupted run of the same request rather than start again.
        every_frame: Detectors that look at chosen frames only look at every one.
    """

    path: Path
    store_url: str
    profile: Profile = DEFAULT_PROFILE
    detectors: tuple[str, ...] = ()
    span: Span | None = None
    resume: bool = True
    every_frame: bool = False


@dataclass(frozen=True, slots=True)
class AnalyseResult:
    """Names the run whose tracks and findings are in the store now.

    Attributes:
        run_id: The run.
        fingerprint: Of the title.
        left_out: A sentence for each detector that was left out because it lacks something here.
    """

    run_id: str
    fingerprint: str
    left_out: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PrepareRequest:
    """Make the memory-mapped caches that the desk draws from.

    Attributes:
        path: The file.
        waveform: Make the waveform pyramid and the spectrogram tiles of each sound stream.
        thumbnails: Make the thumbnails of the first picture stream.
    """

    path: Path
    waveform: bool = True
    thumbnails: bool = True


@dataclass(frozen=True, slots=True)
class PrepareResult:
    """The caches of this title are complete."""

    fingerprint: str


@dataclass(frozen=True, slots=True)
class SimulateRequest:
    """Damage a copy of a title on purpose.

    Attributes:
        path: The file.
        out: Where the copy goes; its truth goes beside it. An existing file is replaced.
        defect: Id in the defect taxonomy.
        variant: In which form; empty is the usual one.
        severity: 0..1.
        seed: Chooses what chance decides.
        damaged_s: Start and end of the damage in seconds on the title's time line.
        region: Where in the picture; None is everywhere.
        written_s: Start and end of what is written; None is the whole title.
    """

    path: Path
    out: Path
    defect: str
    variant: str
    severity: float
    seed: int
    damaged_s: tuple[float, float]
    region: Region | None = None
    written_s: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class SimulateResult:
    """The damaged copy is written.

    Attributes:
        out: The copy.
        truth: The file that says what is wrong with it.
    """

    out: Path
    truth: Path


@dataclass(frozen=True, slots=True)
class HeatRequest:
    """Look at one frame, whether it was analysed or not.

    Attributes:
        path: The file.
        pts: The frame that is on screen then, in the stream's time base.
        stream: Container index of a picture stream.
    """

    path: Path
    pts: int
    stream: int


@dataclass(frozen=True, slots=True)
class HeatResult:
    """Where the frame is corrupted; the map's PTS is the frame's own."""

    heat: HeatMap


Request = AnalyseRequest | PrepareRequest | SimulateRequest | HeatRequest
Result = AnalyseResult | PrepareResult | SimulateResult | HeatResult
