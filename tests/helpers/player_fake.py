"""A player whose files, sound device and time are made up, so that nothing waits for a clock."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.domain.time import MediaTime
from core.domain.title import AudioStream, Title, VideoStream
from gui.player.audio_out import BlockSource, SoundDevice
from gui.player.deck import Parts
from gui.player.engine import Player
from gui.player.source import FrameSource

BASE = Fraction(1, 1000)
RATE = 48000


class FakeFrame:
    """A frame whose pixels all carry its number."""

    base = BASE
    corrupt = False
    nbytes = 1000

    def __init__(self, pts: int, end_pts: int, number: int, key: bool) -> None:
        self.pts = pts
        self.end_pts = end_pts
        self.number = number
        self.key = key

    def bgra(self, width: int, height: int) -> NDArray[np.uint8]:
        return np.full((height, width, 4), self.number % 256, np.uint8)


class FakeReader:
    """Gives frames at once, except those that it is told to fail or to hold back."""

    def __init__(self, pts: Sequence[int], broken: frozenset[int] = frozenset()) -> None:
        self.pts = list(pts)
        self.broken = broken
        self.at = -1
        self.decoded: list[int] = []
        self.gate = threading.Event()
        self.gate.set()
        self.closed = False

    def _give(self, number: int) -> FakeFrame:
        self.gate.wait()
        self.at = number
        if number in self.broken:
            raise KnownError("This stretch of the file is damaged.", f"frame {number}")
        self.decoded.append(number)
        last = number + 1 >= len(self.pts)
        end = self.pts[number] + 40 if last else self.pts[number + 1]
        return FakeFrame(self.pts[number], end, number, number % 10 == 0)

    def frame_at(self, pts: int) -> FakeFrame:
        return self._give(max(bisect_right(self.pts, pts) - 1, 0))

    def next_frame(self) -> FakeFrame | None:
        return self._give(self.at + 1) if self.at + 1 < len(self.pts) else None

    def close(self) -> None:
        self.closed = True


class FakeSound:
    """A reader of sound whose samples say their time."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self.closed = False

    def read(self, start_s: float, n_samples: int) -> NDArray[np.float32]:
        self.asked.append(start_s)
        times = start_s + np.arange(n_samples) / RATE
        return np.stack([times, times]).astype(np.float32) / np.float32(1000)

    def close(self) -> None:
        self.closed = True


class FakeDevice:
    """A device that asks for sound when the test says so."""

    latency_s = 0.02
    active = True

    def __init__(self, rate: int, source: BlockSource, name: str = "") -> None:
        self.name = name
        self.rate = rate
        self.source = source
        self.closed = False

    def ask(self, seconds: float) -> NDArray[np.float32]:
        out = np.zeros((round(seconds * self.rate), 2), np.float32)
        self.source(out, self.latency_s)
        return out

    def close(self) -> None:
        self.closed = True


def even_pts(count: int, start: int = 0, step: int = 40) -> list[int]:
    """Time stamps of `count` frames, 25 a second unless told otherwise."""
    return [start + step * number for number in range(count)]


def make_title(pts: Sequence[int] = (), sound: bool = False, duration_s: float = 0.0) -> Title:
    """A title with a picture stream of these time stamps, with sound, or both."""
    video: tuple[VideoStream, ...] = ()
    audio: tuple[AudioStream, ...] = ()
    start = pts[0] if pts else 0
    length = pts[-1] + 40 - start if pts else round(duration_s * 1000)
    if pts:
        video = (
            VideoStream(0, "h264", BASE, start, length, width=64, height=36, rate=Fraction(25)),
        )
    if sound:
        audio = (
            AudioStream(
                1, "aac", BASE, start, length, sample_rate=RATE, channels=2, layout="stereo"
            ),
        )
    return Title(
        Path("/nowhere/title.mp4"),
        "f" * 32,
        "mp4",
        1,
        MediaTime(start, BASE),
        length / 1000,
        video,
        audio,
    )


class Bench:
    """A player on made-up parts; `now_s` is its time, which only the test moves."""

    def __init__(
        self, pts: Sequence[int] = (), broken: frozenset[int] = frozenset(), device: bool = False
    ) -> None:
        self.now_s = 50.0
        self.reader = FakeReader(pts, broken)
        self.sounds: list[FakeSound] = []
        self.devices: list[FakeDevice] = []
        self.has_device = device
        self.open_error: KnownError | None = None
        self.player = Player(
            cache_bytes=60_000,
            parts=Parts(self._open_picture, self._open_sound, self._open_device, self._now),
        )
        self.player.set_render_size(8, 4)
        self.shown: list[int] = []
        self.places: list[float] = []
        self.states: list[tuple[bool, float]] = []
        self.failures: list[str] = []
        self.notices: list[str] = []
        self.clocks: list[str] = []
        self._listen()

    def _listen(self) -> None:
        player = self.player
        player.frame_shown.connect(lambda picture: self.shown.append(picture.pts))
        player.position_changed.connect(lambda place: self.places.append(place.seconds))
        player.state_changed.connect(lambda on, speed: self.states.append((on, speed)))
        player.failed.connect(lambda text, _more: self.failures.append(text))
        player.notice.connect(self.notices.append)
        player.clock_changed.connect(self.clocks.append)

    def _now(self) -> float:
        return self.now_s

    def _open_picture(self, _title: Title, _stream: VideoStream, limit: int) -> FrameSource:
        if self.open_error is not None:
            raise self.open_error
        pts = self.reader.pts
        return FrameSource(self.reader, pts, pts[::10], pts[-1] + 40, BASE, limit)

    def _open_sound(self, _title: Title, _stream: AudioStream) -> FakeSound:
        self.sounds.append(FakeSound())
        return self.sounds[-1]

    def _open_device(self, rate: int, source: BlockSource, name: str) -> SoundDevice:
        if not self.has_device:
            raise KnownError("No sound device was found.")
        self.devices.append(FakeDevice(rate, source, name))
        return self.devices[-1]

    def run(self, wait: Callable[[Callable[[], bool]], None], seconds: float) -> None:
        """Let time pass in steps of 10 ms, with a device that keeps up.

        Args:
            wait: Processes events until a condition holds.
            seconds: How long.
        """
        for _ in range(round(seconds * 100)):
            self.now_s += 0.01
            if self.devices:
                self.devices[-1].ask(0.01)
            self.settle(wait)

    def settle(self, wait: Callable[[Callable[[], bool]], None]) -> None:
        """Wait until the player has shown what is due now and the decoder has caught up."""
        player = self.player
        queue = player._deck.queue
        speed = player.speed

        def settled() -> bool:
            if not player.clock.running:
                return True
            following = queue.next_due()
            if following is None:
                return queue.finished or player.title is None or not player.title.video
            return (
                following > player.clock.position() + 0.0011
                if speed > 0
                else (following < player.clock.position() - 0.0011)
            )

        wait(settled)
