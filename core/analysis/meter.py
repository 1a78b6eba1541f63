"""Meters: the detectors of one stream at work, and the rows that they have written.

A detector that raises, or writes rows that make no sense, costs itself and not the run: its rows
so far are kept, it is fed no more, and its `fault` sentence goes into the run's record, so that
the rest of its lane shows as not analysed rather than clean.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import ceil, isfinite

import numpy as np

from core.analysis.sample import PictureSamples
from core.analysis.sound_feed import SoundFeed
from core.analysis.view import AUDIO, CUES, EVENTS, PictureViews
from core.catalog.spec import DetectorSpec
from core.detectors.base import USUAL, Options, Row, Sample
from core.detectors.registry import detector_class
from core.domain.errors import BugError, CancelledError
from core.domain.media import AudioBlock, Cue, DecodeEvent
from core.domain.time import rescale
from core.domain.timecode import format_clock
from core.domain.title import Stream
from core.domain.track import Track, empty_track
from core.media.frame import VideoFrame

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Window:
    """Which rows of a stream's tracks are wanted, in its PTS; None is open.

    Attributes:
        start: No rows before this.
        end: No rows from here on.
        after: Only rows later than this, by detector id: what an earlier piece holds.
    """

    start: int | None = None
    end: int | None = None
    after: Mapping[str, int] = field(default_factory=dict)

    def first(self, detector: str) -> int | None:
        """First PTS that is wanted of a detector."""
        after = self.after.get(detector)
        if after is None or (self.start is not None and self.start > after):
            return self.start
        return after + 1


_ALL = Window()


class Recorder:
    """One detector on one stream, and those of its rows that were not taken yet.

    Attributes:
        spec: The detector.
        fault: One sentence once the detector has stopped for a mistake of its own, else empty.
        settled: PTS of the last row but the newest, None before there are two.
    """

    def __init__(
        self, spec: DetectorSpec, stream: Stream, window: Window, options: Options = USUAL
    ) -> None:
        self.spec = spec
        self.fault = ""
        self._stream = stream
        self._first = window.first(spec.id)
        self._end = window.end
        self._names = tuple(metric.name for metric in spec.metrics)
        self._rows: list[Row] = []
        self._newest: int | None = None
        self._map_shape: tuple[int, ...] | None = None
        self.settled = window.after.get(spec.id)
        self._detector = detector_class(spec.id)(stream, options)

    def measure(self, views: Mapping[str, Sample], at_s: float) -> None:
        """Let the detector see one frame or block; after a fault it sees no more."""
        self._record(lambda: self._detector.measure(views), at_s)

    def flush(self, at_s: float) -> None:
        """Have the detector give what it kept back."""
        self._record(self._detector.flush, at_s)

    def take(self, end: int | None) -> Track | None:
        """The rows since the last call as a piece of track; None when there are none.

        Args:
            end: End of what was measured when nothing more comes. Before that None: then the
                newest row is kept back, because only the next one says where it ends; so the
                last piece always has a row and brings the true end with it.
        """
        rows, self._rows = self._rows, []
        if end is None:
            self._rows = rows[-1:]
            end = rows[-1].pts if rows else 0
            rows = rows[:-1]
        if not rows:
            return None
        table = np.array([row.values for row in rows], np.float32).reshape(len(rows), -1)
        return Track(
            self.spec.id,
            self._stream.index,
            self._stream.base,
            np.array([row.pts for row in rows], np.int64),
            max(rows[-1].pts + 1, end),
            {name: table[:, i].copy() for i, name in enumerate(self._names)},
            np.stack([row.map for row in rows if row.map is not None]) if self.spec.maps else None,
        )

    def nothing(self, end: int) -> Track:
        """A track without rows, which says how far the detector came.

        Args:
            end: End of what was measured; a detector that stopped did not come so far.
        """
        reached = 0 if self.fault else end
        return empty_track(
            self.spec.id, self._stream.index, self._stream.base, self._names, reached
        )

    def _record(self, work: Callable[[], list[Row]], at_s: float) -> None:
        if self.fault:
            return
        try:
            rows = work()
            for row in rows:
                self._check(row)
                self._newest = row.pts
        except CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - one detector must not cost the others
            _log.exception("detector %s stopped at %.3f s", self.spec.id, at_s)
            self.fault = (
                f"The detector {self.spec.title} stopped at {format_clock(at_s)} because of a "
                f"mistake of its own ({type(error).__name__}: {error})."
            )
            return
        for row in rows:
            if self._first is not None and row.pts < self._first:
                continue
            if self._end is None or row.pts < self._end:
                if self._rows:
                    self.settled = self._rows[-1].pts
                self._rows.append(row)

    def _check(self, row: Row) -> None:
        if self._newest is not None and row.pts <= self._newest:
            raise BugError(f"a row at {row.pts} follows one at {self._newest}")
        if len(row.values) != len(self._names):
            raise BugError(f"{len(row.values)} values for {len(self._names)} metrics")
        if not all(map(isfinite, row.values)):
            raise BugError(f"a value at {row.pts} is not finite")
        self._check_map(row)

    def _check_map(self, row: Row) -> None:
        if (row.map is not None) != self.spec.maps:
            said = "without" if row.map is None else "with"
            raise BugError(f"the row at {row.pts} comes {said} a map")
        if row.map is None:
            return
        if row.map.ndim != 2 or row.map.dtype != np.uint8:
            raise BugError(f"the map at {row.pts} is {row.map.dtype} {row.map.shape}")
        self._map_shape = self._map_shape or row.map.shape
        if row.map.shape != self._map_shape:
            raise BugError(f"a map of {row.map.shape} follows those of {self._map_shape}")


class Meter:
    """All detectors of one stream. One thread feeds it, another may take tracks meanwhile.

    Args:
        stream: What is measured.
        specs: The detectors.
        window: Which rows are wanted.
        options: What was chosen about measuring.
        sound: The sound beside the pictures, for the detectors that ask for it.
    """

    def __init__(
        self,
        stream: Stream,
        specs: Iterable[DetectorSpec],
        window: Window = _ALL,
        options: Options = USUAL,
        sound: SoundFeed | None = None,
    ) -> None:
        self.stream = stream
        self._sound = sound
        self.recorders = [Recorder(spec, stream, window, options) for spec in specs]
        self._window = window
        self._views = PictureViews({view for r in self.recorders for view in r.spec.views})
        self._events: list[DecodeEvent] = []
        self._end: int | None = None
        self._flushed = False
        self._aligned = window.start is None
        self._lock = threading.Lock()

    @property
    def settled(self) -> Fraction | None:
        """Seconds up to which every detector has written its rows; None while one has none.

        A detector that stopped holds this back, so that a resumed run meets its fault again
        instead of leaving a hole.
        """
        last = [recorder.settled for recorder in self.recorders]
        known = [pts for pts in last if pts is not None]
        return min(known) * self.stream.base if len(known) == len(last) else None

    @property
    def position(self) -> Fraction | None:
        """Seconds up to which frames or blocks were taken; None before the first."""
        end = self._end
        return None if end is None else end * self.stream.base

    def take_event(self, event: DecodeEvent) -> None:
        """Keep an event for the next frame or block."""
        self._events.append(event)

    def take_frame(self, frame: VideoFrame) -> None:
        """Measure one picture."""
        pts, base, events = frame.pts, frame.base, self._pending_events()
        sound = None if self._sound is None else self._sound.beside(pts * base)
        samples = PictureSamples(pts, base, events, self._views.of(frame), sound)
        self._measure(samples, pts, frame.end_pts)

    def take_cues(self, cues: Sequence[Cue]) -> None:
        """Measure the captions that start at one PTS."""
        pts, end = cues[0].span.start, max(cue.span.end for cue in cues)
        self._measure(
            {CUES: Sample(pts, self.stream.base, None, cues=tuple(cues))}, pts, max(end, pts + 1)
        )

    def give_up(self, sentence: str) -> None:
        """Measure no more, because the stream cannot be read."""
        for recorder in self.recorders:
            recorder.fault = recorder.fault or sentence

    def take_block(self, block: AudioBlock) -> None:
        """Measure one sound block."""
        if not self._aligned:
            aligned = _from_whole_second(block, self.stream)
            if aligned is None:
                return
            block, self._aligned = aligned, True
        events = self._pending_events()
        count = block.samples.shape[1]
        end = block.pts + rescale(count, Fraction(1, block.rate), self.stream.base)
        samples = {
            AUDIO: Sample(block.pts, block.base, block.samples, rate=block.rate, events=events),
            EVENTS: Sample(block.pts, block.base, None, rate=block.rate, events=events),
        }
        self._measure(samples, block.pts, end)

    def finish(self) -> None:
        """Nothing more comes: hand over late events, have detectors give what they kept."""
        at_s = float(self.position or 0)
        with self._lock:
            events = self._pending_events()
            if events:
                late = {
                    EVENTS: Sample(self._late_pts(events), self.stream.base, None, 0, 0, events)
                }
                for recorder in self.recorders:
                    if set(recorder.spec.views) == {EVENTS}:
                        recorder.measure(late, at_s)
            for recorder in self.recorders:
                recorder.flush(at_s)
            self._flushed = True

    def close(self) -> None:
        """Close the file that sound beside pictures comes from."""
        if self._sound is not None:
            self._sound.close()

    def take_tracks(self) -> list[Track]:
        """The rows written since the last call, as pieces of tracks."""
        with self._lock:
            end = self._track_end() or 0 if self._flushed else None
            return [t for r in self.recorders if (t := r.take(end)) is not None]

    def endings(self) -> list[Track]:
        """For each detector a track without rows, which says how far it came."""
        end = self._track_end() or 0
        return [recorder.nothing(end) for recorder in self.recorders]

    def faults(self) -> list[str]:
        """Sentences about detectors that stopped."""
        return list(dict.fromkeys(r.fault for r in self.recorders if r.fault))

    def _measure(self, samples: Mapping[str, Sample], pts: int, end: int) -> None:
        at_s = float(pts * self.stream.base)
        with self._lock:
            for recorder in self.recorders:
                recorder.measure(samples, at_s)
            self._end = end if self._end is None else max(self._end, end)

    def _pending_events(self) -> tuple[DecodeEvent, ...]:
        events, self._events = tuple(self._events), []
        return events

    def _late_pts(self, events: Sequence[DecodeEvent]) -> int:
        if self._end is not None:
            return self._end
        first = events[0]
        return rescale(first.pts, first.base, self.stream.base)

    def _track_end(self) -> int | None:
        """End of what was measured, no later than what was asked for."""
        if self._end is None or self._window.end is None:
            return self._end
        return min(self._end, self._window.end)


def _from_whole_second(block: AudioBlock, stream: Stream) -> AudioBlock | None:
    """The part of a block from the next whole second of its stream on, or None.

    Detectors of sound count their steps from where they start. Starting a piece on a whole second
    keeps its steps on the grid of the whole title, as far as the time base can say.
    """
    since = (block.pts - stream.start_pts) * stream.base
    skip = round((ceil(since) - since) * block.rate)
    if skip >= block.samples.shape[1]:
        return None
    pts = block.pts + rescale(skip, Fraction(1, block.rate), block.base)
    return replace(block, pts=pts, samples=block.samples[:, skip:])
