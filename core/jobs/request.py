"""What can be asked of the worker, and what it answers: immutable values that cross a process.

The desk submits a request and gets `Progress`, then one result or one error. Results of an
analysis are read from the store; only what the store does not hold travels in the result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.domain.batch import Part
from core.domain.finding import Finding, Region
from core.domain.heat import HeatMap
from core.domain.lineage import RefitProposal, TrainingState, WeightsComparison
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.question import QuestionSet
from core.domain.time import Span
from core.domain.title import Title


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
class LookRequest:
    """Look at a title of a batch before it is measured; touches no store.

    Attributes:
        path: The file.
        profile: Which detectors run.
        detectors: Ids to run; empty means all that the profile leaves enabled.
        every_frame: Detectors that look at chosen frames only look at every one.
        split_s: Divide the pictures of a longer title into ranges of about so many seconds; 0
            leaves every title in one piece.
    """

    path: Path
    profile: Profile = DEFAULT_PROFILE
    detectors: tuple[str, ...] = ()
    every_frame: bool = False
    split_s: float = 0.0


@dataclass(frozen=True, slots=True)
class LookResult:
    """What a title is, and what measuring it will take.

    Attributes:
        title: As probed.
        detectors: Ids of the detectors that will measure.
        weights: Hash of the weights by detector id.
        settings: Versions and options that shape the tracks, by name.
        left_out: A sentence for each detector that was left out because it lacks something here.
        ranges: Ranges of the pictures to measure one by one, together the whole; empty means that
            the title is measured in one piece.
        rest: With ranges: there are sound or captions to measure, too.
    """

    title: Title
    detectors: tuple[str, ...]
    weights: Mapping[str, str]
    settings: Mapping[str, str]
    left_out: Mapping[str, str] = field(default_factory=dict)
    ranges: tuple[Span, ...] = ()
    rest: bool = False


@dataclass(frozen=True, slots=True)
class PieceRequest:
    """Measure a title or a part of it, and give the tracks back; touches no store.

    Attributes:
        title: As `LookResult` gave it.
        run_id: The run that the tracks will belong to.
        detectors: Ids of the detectors that measure.
        profile: Decides about a whole title.
        wanted: Only findings of these detectors; empty means all.
        every_frame: Detectors that look at chosen frames only look at every one.
        part: Which streams.
        span: Only this range of them; None is all.
    """

    title: Title
    run_id: str
    detectors: tuple[str, ...]
    profile: Profile = DEFAULT_PROFILE
    wanted: tuple[str, ...] = ()
    every_frame: bool = False
    part: Part = Part.ALL
    span: Span | None = None

    @property
    def path(self) -> Path:
        """The file."""
        return self.title.path


@dataclass(frozen=True, slots=True)
class PieceResult:
    """What was measured.

    Attributes:
        chunks: Tracks, packed as the store keeps them.
        findings: What was decided; None unless the whole title was measured.
        faults: Sentences about detectors that stopped for a mistake of their own.
        measured_s: Wall seconds that it took.
    """

    chunks: tuple[Mapping[str, Any], ...]
    findings: tuple[Finding, ...] | None
    faults: tuple[str, ...]
    measured_s: float


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


@dataclass(frozen=True, slots=True)
class SelectRequest:
    """Choose flags to ask a person about; from the store alone, no file is opened.

    Attributes:
        store_url: SQLAlchemy URL of the store.
        detector: Whose flags.
        budget: At most so many.
        seed: Decides what chance decides.
        fingerprints: Only these titles; empty means the library.
    """

    store_url: str
    detector: str
    budget: int
    seed: int = 0
    fingerprints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SelectResult:
    """What to ask; it is written down, with the chance that each question was drawn with."""

    asked: QuestionSet


@dataclass(frozen=True, slots=True)
class RetrainRequest:
    """Train a candidate from verdicts and hold it against its parent.

    Cancelling pauses: the checkpoint stays, and the same request, or one that names the training,
    goes on from there.

    Attributes:
        store_url: SQLAlchemy URL of the store.
        detector: One that learns.
        snapshot: Id of the snapshot to learn from; None takes one now.
        training: Id of a training to go on with; empty starts one, or goes on with one of the same
            detector, snapshot, seed and data that was paused.
        data: Folders of clean content that the replay is made from besides the product's own.
        seed: Chooses all that chance decides.
        device: `cpu`, `cuda` or empty for what there is.
    """

    store_url: str
    detector: str
    snapshot: str | None = None
    training: str = ""
    data: tuple[Path, ...] = ()
    seed: int = 0
    device: str = ""


@dataclass(frozen=True, slots=True)
class RetrainResult:
    """The candidate is trained and examined; `core.store.lineage` has all of it.

    Attributes:
        training: Its id.
        state: `examined`, unless it failed.
        passes: What the gate says.
    """

    training: str
    state: TrainingState
    passes: bool


@dataclass(frozen=True, slots=True)
class CompareWeightsRequest:
    """See what a candidate changes on the library.

    Attributes:
        store_url: SQLAlchemy URL of the store.
        training: Id of the training whose candidate it is.
        longest_s: Seconds of content to measure at most.
        fingerprints: Titles to look at; empty means all that have a run of the detector.
    """

    store_url: str
    training: str
    longest_s: float = 600.0
    fingerprints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CompareWeightsResult:
    """Findings gained, lost and kept."""

    comparison: WeightsComparison


@dataclass(frozen=True, slots=True)
class PromoteRequest:
    """Use a training's candidate from now on.

    Attributes:
        training: Its id.
        by: Who says so.
        against_gate: Also when the gate does not let it pass.
    """

    training: str
    by: str
    against_gate: bool = False


@dataclass(frozen=True, slots=True)
class RollbackRequest:
    """Go back to the weights that were in use before."""

    detector: str
    by: str


@dataclass(frozen=True, slots=True)
class WeightsResult:
    """Which weights measure for a detector now."""

    detector: str
    name: str


@dataclass(frozen=True, slots=True)
class RefitRequest:
    """Fit thresholds and calibration of a detector to the verdicts; changes nothing.

    Attributes:
        store_url: SQLAlchemy URL of the store.
        detector: Any of the catalog.
        profile: The profile whose thresholds are fitted.
        kept_recall: Share of what people confirmed, and the profile finds, that must stay found.
    """

    store_url: str
    detector: str
    profile: Profile = DEFAULT_PROFILE
    kept_recall: float = 0.98


@dataclass(frozen=True, slots=True)
class RefitResult:
    """What a person may accept."""

    proposal: RefitProposal


@dataclass(frozen=True, slots=True)
class MaskRoundRequest:
    """Learn the masks of a video from what people said so far, predict all, and ask what next.

    Cancelling leaves the store as it was; what was already looked at in the frames is kept, and the
    same request goes on from there.

    Attributes:
        store_url: SQLAlchemy URL of the store.
        path: The file.
        project_id: Whose masks.
        granularity: In what pieces to ask: `frame`, `16x16` or `superpixel:24`.
        rule: How to choose: `hvsa`, `uncertainty`, `diversity` or `random`.
        budget: About how many pieces to ask.
        seed: Decides all that chance decides.
        span: Only these frames; None is all.
        working_px: Frames with more pixels are looked at smaller.
        steps: Of learning; 0 as usual.
    """

    store_url: str
    path: Path
    project_id: str
    granularity: str = "16x16"
    rule: str = "hvsa"
    budget: int = 100
    seed: int = 0
    span: Span | None = None
    working_px: int = 640 * 360
    steps: int = 0


@dataclass(frozen=True, slots=True)
class MaskRoundResult:
    """The round is in the store with its predictions."""

    round_number: int


LearningRequest = (
    RetrainRequest
    | CompareWeightsRequest
    | PromoteRequest
    | RollbackRequest
    | RefitRequest
    | MaskRoundRequest
)
"""What goes to the second worker process, so that analysis goes on beside it."""

LearningResult = (
    RetrainResult | CompareWeightsResult | WeightsResult | RefitResult | MaskRoundResult
)
"""What comes back from there."""

Request = (
    AnalyseRequest
    | LookRequest
    | PieceRequest
    | PrepareRequest
    | SimulateRequest
    | HeatRequest
    | SelectRequest
    | LearningRequest
)
Result = (
    AnalyseResult
    | LookResult
    | PieceResult
    | PrepareResult
    | SimulateResult
    | HeatResult
    | SelectResult
    | LearningResult
)
