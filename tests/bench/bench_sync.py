"""What lip sync costs: seconds of processor a minute of title, stage by stage, beside decoding.

    python tests/bench/bench_sync.py [FILE]

Without a file it makes 16 s of 1080p at 25 frames a second, H.264, in which one person talks all
the time, from a clip of the assets: the dearest there is, because every stage has work throughout.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import cv2
import numpy as np
from helpers.assets import assets_dir
from numpy.typing import NDArray

from core.analysis.meter import Meter
from core.analysis.sound_feed import SoundFeed
from core.catalog.table import spec_of
from core.detectors.lipsync import chunk, detector, judge
from core.detectors.lipsync.shot import ShotFinder
from core.detectors.lipsync.speech import SoundLine
from core.detectors.lipsync.still import Stills
from core.domain.media import AudioBlock
from core.domain.title import Title
from core.jobs.progress import CancelToken
from core.media.decode_pass import DecodePass
from core.media.frame import VideoFrame
from core.media.probe import probe
from core.media.writer import write_title
from core.models.face_finder import face_finder
from core.models.shot_runtime import shot_runtime
from core.models.voice_activity import voice_activity

SECONDS, SIZE, RATE = 16, (1920, 1080), 25


class Clock:
    """Sums up the processor's time of the calling thread by stage."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._inner = [0.0]

    def around(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same work, watched; what another watched stage takes inside counts for that."""

        def watched(*args: Any, **named: Any) -> Any:
            began = time.thread_time()
            self._inner.append(0.0)
            try:
                return work(*args, **named)
            finally:
                took = time.thread_time() - began
                self.spent[stage] = self.spent.get(stage, 0.0) + took - self._inner.pop()
                self._inner[-1] += took

        return watched


def pictures(title: Title) -> Iterator[NDArray[np.uint8]]:
    for item in DecodePass(title, title.video[0], ()):
        if isinstance(item, VideoFrame):
            large = cv2.resize(item.rgb(), SIZE, interpolation=cv2.INTER_CUBIC)
            yield np.asarray(large, np.uint8)


def made(folder: Path) -> Path:
    """Somebody who talks all the time: a clip over and over."""
    clip = probe(assets_dir() / "media/talk/WDA_AlexandriaOcasioCortez_000.mp4")
    blocks = [b for b in DecodePass(clip, None, clip.audio[:1]) if isinstance(b, AudioBlock)]
    once = np.concatenate([b.samples for b in blocks], axis=1)
    rate = blocks[0].rate
    sound = np.tile(once, (1, SECONDS))[:, : SECONDS * rate]
    frames = list(pictures(clip))
    path = folder / "talk.mp4"
    write_title(path, islice(cycle(frames), SECONDS * RATE), RATE, sound, rate, crf=23)
    return path


def watch(clock: Clock) -> None:
    """Put the clock around every stage."""
    stages = (
        ("pictures for shots", Stills, "thumb"),
        ("shots", ShotFinder, "_find"),
        ("pictures for faces", Stills, "small"),
        ("faces", detector, "faces_of"),
        ("pictures to cut from", Stills, "grey"),
        ("tracks", chunk, "tracks_of"),
        ("cuts", chunk, "cuts"),
        ("voice", judge.Hearing, "speaks"),
        ("sound", SoundLine, "at"),
        ("hearing", judge.Hearing, "heard"),
        ("offsets", judge, "scan"),
        ("the rest", detector.LipSyncDetector, "measure"),
        ("the rest", detector.LipSyncDetector, "flush"),
    )
    for stage, owner, name in stages:
        setattr(owner, name, clock.around(stage, getattr(owner, name)))
    found = detector.LipSyncDetector.open_network()

    found.see = clock.around("seeing", found.see)  # type: ignore[method-assign]
    detector.LipSyncDetector.open_network = staticmethod(lambda: found)


def decoded(title: Title, meter: Meter | None) -> float:
    """Seconds of processor for a pass over pictures and sound."""
    began = time.process_time()
    for item in DecodePass(title, title.video[0], title.audio[:1], None, CancelToken()):
        if meter is not None and isinstance(item, VideoFrame):
            meter.take_frame(item)
    if meter is not None:
        meter.finish()
    return time.process_time() - began


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else made(Path(folder))
        title = probe(path)
        minutes = title.duration_s / 60
        decoded(title, None)
        for load in (shot_runtime, face_finder, voice_activity):
            load()
        alone = decoded(title, None) / minutes
        clock = Clock()
        watch(clock)
        feed = SoundFeed(DecodePass(title, None, title.audio[:1]))
        whole = decoded(title, Meter(title.video[0], [spec_of("lipsync")], sound=feed)) / minutes
        print(f"{path.name}: {title.duration_s:.1f} s; seconds of processor a minute of title")
        costs = [*clock.spent.items(), ("lip sync in all", (whole - alone) * minutes)]
        for stage, spent in sorted(costs, key=lambda pair: -pair[1]):
            cost = spent / minutes
            print(f"  {stage:22} {cost:6.2f}  {cost / alone:5.2f} x decoding")
        print(f"  {'decoding':22} {alone:6.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
