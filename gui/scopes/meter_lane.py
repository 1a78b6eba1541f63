"""Reads and measures the sound that is heard, in a thread of its own."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from core.domain.title import AudioStream, Title
from core.jobs.progress import CancelToken
from core.media.audio import AudioReader
from core.media.sound_meter import WINDOW_S, SoundMeter, SoundReading
from gui.scopes.latest import LatestLane
from gui.scopes.trace import draw_phase, phase_gain

# A little more than the 3 s of short-term loudness, which needs them whole.
_BEFORE_S = 3.2
_LONGEST_STEP_S = 0.5


@dataclass(frozen=True, slots=True)
class MeterWish:
    """What is wanted of the sound.

    Attributes:
        title: The open title.
        stream: The sound that is heard.
        at_s: Up to where it was heard.
        moving: It plays, so the sound since the last reading counts.
        phase_size: Physical pixels of the phase scope's trace; None without.
    """

    title: Title
    stream: AudioStream
    at_s: float
    moving: bool
    phase_size: tuple[int, int] | None


@dataclass(frozen=True, slots=True, eq=False)
class MeterMade:
    """A reading, whether it goes on from the one before, the drawn phase and its enlargement."""

    reading: SoundReading
    moving: bool
    phase: QImage | None
    phase_gain: int


class MeterLane(LatestLane[MeterWish, MeterMade]):
    """Measures the sound around the playhead; `made` brings a `MeterMade`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("meters", parent)
        self._bench = _Bench()

    def close(self) -> None:
        """Let go of the file and end the thread."""
        self.forget()
        self._lane.drain()
        self._bench.close()
        super().close()

    def _grant(self, wish: MeterWish, token: CancelToken) -> MeterMade | None:
        return self._bench.measure(wish, token)


class _Bench:
    """The file and the meter; used in the lane's thread."""

    def __init__(self) -> None:
        self._reader: AudioReader | None = None
        self._meter: SoundMeter | None = None
        self._of = ("", -1)
        self._at = 0

    def measure(self, wish: MeterWish, _token: CancelToken) -> MeterMade | None:
        """Feed the meter up to the place; None where nothing is new."""
        stream, rate = wish.stream, wish.stream.sample_rate
        if self._reader is None or self._of != (wish.title.fingerprint, stream.index):
            self.close()
            self._reader = AudioReader(wish.title.path, stream)
            self._of = (wish.title.fingerprint, stream.index)
        at = round(wish.at_s * rate)
        new = at - self._at
        goes_on = wish.moving and self._meter is not None and 0 <= new <= _LONGEST_STEP_S * rate
        if goes_on and new == 0:
            return None
        shown: int | None = None
        if not goes_on:
            self._meter = SoundMeter(stream.layout, stream.channels, rate)
            new, shown = round(_BEFORE_S * rate), round(WINDOW_S * rate)
        assert self._meter is not None
        reading = self._meter.feed(self._reader.read_at(at - new, new), shown)
        self._at = at
        phase = None
        if wish.phase_size is not None and stream.channels > 1:
            phase = draw_phase(reading.pair, wish.phase_size)
        return MeterMade(reading, goes_on, phase, phase_gain(reading.pair))

    def close(self) -> None:
        """Let go of the file."""
        if self._reader is not None:
            self._reader.close()
        self._reader = self._meter = None
