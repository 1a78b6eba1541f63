"""One stretch of a stream without a hole: decoded, measured and decided as it comes.

Detectors are fed exactly as in a scan. Where something is missing, the stream changes, or other
detectors go to work, a stretch ends and another begins, so that no row ever covers a hole.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from core.analysis.meter import Meter
from core.analysis.plan import plan
from core.analysis.provenance import weights_of
from core.catalog.decide import decide
from core.catalog.spec import DetectorSpec
from core.catalog.table import DETECTORS
from core.domain.errors import KnownError
from core.domain.media import AudioBlock
from core.domain.profile import Profile
from core.domain.time import MediaTime
from core.domain.title import Title, VideoStream
from core.domain.track import Track
from core.media.frame import VideoFrame
from core.media.live.decoder import Decoded, LiveDecoder
from core.media.live.reader import LivePacket, LiveReader
from core.scan.monitor.claim import Change, ClaimBook, LiveFinding
from core.scan.monitor.rolling import Key, Rolling

WINDOW_S = 60.0
"""What rules see behind the newest row, at least."""

LONGEST_S = 600.0
"""The window grows for a finding that goes on, up to this."""

_CONTEXT_S = 30.0


class ChangedError(KnownError):
    """The pictures have another size from here on."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__(f"The pictures are {width} x {height} from here on.")
        self.size = (width, height)


class Stretch:
    """Analyses packets from one key picture on.

    Args:
        reader: The connection that they are of.
        specs: The detectors.
        profile: Decides.
        video: The picture stream, where it has changed since the connection was opened.
        key_only: Look at key pictures only.

    Raises:
        KnownError: The stream has nothing that these detectors measure.
    """

    def __init__(
        self,
        reader: LiveReader,
        specs: Sequence[DetectorSpec],
        profile: Profile,
        video: VideoStream | None = None,
        *,
        key_only: bool = False,
    ) -> None:
        self.video = video or reader.video
        title = _title(reader, self.video)
        work = plan(title, specs)
        self._meters = {s.index: Meter(s, work.specs[s.index]) for s in work.streams}
        self._decoder = LiveDecoder(reader, key_only=key_only)
        self._profile = profile
        self.detectors = tuple(
            dict.fromkeys(spec.id for stream in work.streams for spec in work.specs[stream.index])
        )
        self.weights = weights_of(self.detectors)
        self.rolling = Rolling()
        self.claims = ClaimBook(profile)
        self.pictures = 0

    def take(self, item: LivePacket) -> None:
        """Decode and measure a packet.

        Raises:
            ChangedError: The pictures have another size; nothing of the packet was measured.
        """
        for decoded in self._decoder.take(item):
            self._measure(decoded)

    def decide(self, closing: bool = False) -> list[tuple[Change, LiveFinding]]:
        """Ask the rules about the window.

        Args:
            closing: Nothing follows: give what decoders and detectors kept back, and end all.
        """
        if closing:
            self._finish()
        for meter in self._meters.values():
            self.rolling.add(meter.take_tracks())
        tracks = self.rolling.tracks()
        if not closing:
            tracks = _in_step(tracks, self.detectors)
        findings = decide(tracks, self._profile, self.weights)
        reached_s = {(t.detector, t.stream): float(t.starts_s[-1]) for t in tracks}
        changes = self.claims.update(findings, reached_s, self.rolling.left_s(), closing)
        self._cut(reached_s)
        return changes

    def reached_s(self) -> float | None:
        """Up to where every detector that writes rows all along has decided."""
        reached = self.rolling.reached_s()
        return min(reached.values(), default=None)

    def middle_s(self) -> float | None:
        """Up to where half of the detectors have decided; some write their rows seconds late."""
        reached = sorted(self.rolling.reached_s().values())
        return reached[len(reached) // 2] if reached else None

    def faults(self) -> list[str]:
        """Sentences about detectors that stopped for a mistake of their own."""
        return [fault for meter in self._meters.values() for fault in meter.faults()]

    def between(self, start_s: float, end_s: float) -> list[Track]:
        """The rows of a stretch, for a clip."""
        return self.rolling.between(start_s, end_s)

    def _cut(self, decided_s: Mapping[Key, float]) -> None:
        """Forget what no rule needs any more.

        A rule waits for the slowest track that it reads; one that stopped is not waited for longer
        than `LONGEST_S`. Rows of a finding that goes on stay, with what led to it; of a very long
        one the middle is forgotten.
        """
        reached_s = self.rolling.reached_s()
        if not reached_s:
            return
        newest = max(reached_s.values())
        waiting = [decided_s.get(key, newest - LONGEST_S) for key in reached_s]
        keep = max(min(waiting), newest - LONGEST_S) - WINDOW_S
        held_s = self.claims.held_from_s()
        for key in reached_s:
            held = min((s for k, s in held_s.items() if _reads(k, key)), default=None)
            if held is None:
                self.rolling.cut(key, keep)
                continue
            self.rolling.cut(key, min(keep, held - _CONTEXT_S))
            if newest - held > LONGEST_S + _CONTEXT_S:
                self.rolling.thin(key, held + _CONTEXT_S, keep)
                self.claims.carry(key, held + _CONTEXT_S)

    def _finish(self) -> None:
        for decoded in self._decoder.finish():
            self._measure(decoded)
        for meter in self._meters.values():
            meter.finish()

    def _measure(self, decoded: Decoded) -> None:
        if isinstance(decoded, VideoFrame):
            if self.video is not None and (decoded.width, decoded.height) != (
                self.video.width,
                self.video.height,
            ):
                raise ChangedError(decoded.width, decoded.height)
            self.pictures += 1
        meter = self._meters.get(decoded.stream)
        if meter is None:
            return
        if isinstance(decoded, VideoFrame):
            meter.take_frame(decoded)
        elif isinstance(decoded, AudioBlock):
            meter.take_block(decoded)
        else:
            meter.take_event(decoded)


def _reads(reader: Key, key: Key) -> bool:
    """Whether the rule of a track reads another, or it is its own."""
    return reader == key or key[0] in DETECTORS[reader[0]].after


def _in_step(tracks: Sequence[Track], at_work: Collection[str]) -> list[Track]:
    """The tracks, none of them longer than those that its rule reads beside it.

    Detectors write their rows sooner or later; a rule that knew less of another's would claim what
    it takes back.
    """
    ends = {(track.detector, track.stream): float(track.starts_s[-1]) for track in tracks}
    others = {track.detector: float(track.starts_s[-1]) for track in reversed(tracks)}
    kept = []
    for track in tracks:
        read = [
            ends.get((name, track.stream), others.get(name, -np.inf))
            for name in DETECTORS[track.detector].after
            if name in at_work
        ]
        stop = int(np.searchsorted(track.starts_s, min(read, default=np.inf), side="right"))
        if stop:
            kept.append(replace(track.piece(0, stop), begins=False, ends=False))
    return kept


def _title(reader: LiveReader, video: VideoStream | None) -> Title:
    """What is planned over: the streams of a connection, without a file."""
    streams = (*((video,) if video is not None else ()), *reader.audio)
    start = min(
        (MediaTime(stream.start_pts, stream.base) for stream in streams), key=lambda t: t.exact
    )
    shown = replace(video) if video is not None else None
    return Title(
        Path("live"), "", reader.kind, 0, start, 0.0, (shown,) if shown else (), reader.audio
    )
