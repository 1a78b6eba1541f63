"""The clock that playback runs on, and the watchdog that says when the sound device may steer it.

The clock itself is a straight line over the monotonic clock, so it never jumps. While a sound
device can be trusted, the line is slewed towards what is heard, which makes sound the master; a
device that runs wild, stalls or disappears simply stops steering and the line goes on. Everything
here is pure: times come in as arguments.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum

LOWEST_RATE = 0.9
HIGHEST_RATE = 1.1
RUNAWAY_RATE = 4.0

_WINDOW_S = 1.0
_SHORTEST_WINDOW_S = 0.4
_STALE_S = 0.35
_SLEW = 0.05
_GAIN = 0.15
_RESYNC_TRUSTED_S = 0.08
_RESYNC_UNTRUSTED_S = 0.25
_RESYNC_PAUSE_S = 1.0
_JUDGE_EVERY_S = 0.02


class ClockSource(StrEnum):
    """What playback follows."""

    AUDIO = "audio"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class HeardReport:
    """What the sound device says in one callback.

    Attributes:
        now_s: Monotonic time of the callback.
        heard_s: Monotonic time at which the first sample of the block leaves the converter.
        device_s: Seconds of sound that the device took since it was opened, before this block.
        media_s: Media time of the first sample, or None when the block is silence.
        generation: Which start of playback the samples belong to.
    """

    now_s: float
    heard_s: float
    device_s: float
    media_s: float | None = None
    generation: int = 0


@dataclass(frozen=True, slots=True)
class _Line:
    media_s: float
    at_s: float
    speed: float
    running: bool

    def position(self, now_s: float) -> float:
        if not self.running:
            return self.media_s
        return self.media_s + self.speed * max(now_s - self.at_s, 0.0)


class MediaClock:
    """Media time as a line over monotonic time.

    Reading is safe from every thread: the line is one immutable object, replaced as a whole.

    Args:
        now: Monotonic time in seconds.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._line = _Line(0.0, 0.0, 1.0, False)

    @property
    def running(self) -> bool:
        """Whether time passes."""
        return self._line.running

    @property
    def speed(self) -> float:
        """Media seconds a second; negative backwards."""
        return self._line.speed

    def start(self, media_s: float, speed: float, at_s: float | None = None) -> None:
        """Run from `media_s`, which is reached at monotonic time `at_s` (default: now).

        A time ahead of now holds the clock until then, which is how the latency of a sound
        device is waited for.
        """
        self._line = _Line(media_s, self._now() if at_s is None else at_s, speed, True)

    def stop(self) -> float:
        """Stand still; returns the media time at which it stands."""
        media_s = self.position()
        self._line = _Line(media_s, self._now(), self._line.speed, False)
        return media_s

    def position(self, now_s: float | None = None) -> float:
        """Media time at monotonic time `now_s` (default: now)."""
        return self._line.position(self._now() if now_s is None else now_s)

    def due_at(self, media_s: float) -> float:
        """Monotonic time at which `media_s` is reached; meaningful while running."""
        line = self._line
        return line.at_s + (media_s - line.media_s) / line.speed if line.speed else line.at_s

    def slew(self, shift_s: float) -> None:
        """Move the line by `shift_s` of media time."""
        line = self._line
        if line.running:
            self._line = _Line(line.media_s + shift_s, line.at_s, line.speed, True)


class RateWatchdog:
    """Judges the rate of a sound device against the monotonic clock over the last second.

    Both what the device takes and what it says about when samples are heard have to run at 0.9 to
    1.1: ALSA's null device takes hours of sound in seconds, and some sinks stall.
    """

    def __init__(self) -> None:
        self._reports: deque[HeardReport] = deque()

    def clear(self) -> None:
        """Forget everything, for another device."""
        self._reports.clear()

    def add(self, report: HeardReport) -> None:
        """Take the next report; reports come in order of time."""
        reports = self._reports
        # A runaway device calls thousands of times a second: the judgement needs but a few.
        if len(reports) >= 2 and report.now_s - reports[-2].now_s < _JUDGE_EVERY_S:
            reports[-1] = report
        else:
            reports.append(report)
        while reports and report.now_s - reports[0].now_s > _WINDOW_S:
            reports.popleft()

    def rates(self) -> tuple[float, float] | None:
        """Rates of what is taken and of what is heard; None before there is enough to judge."""
        if len(self._reports) < 2:
            return None
        first, last = self._reports[0], self._reports[-1]
        span_s = last.now_s - first.now_s
        if span_s < _SHORTEST_WINDOW_S:
            return None
        return (last.device_s - first.device_s) / span_s, (last.heard_s - first.heard_s) / span_s

    def trusted(self, now_s: float) -> bool:
        """Whether the device may steer the clock at monotonic time `now_s`."""
        rates = self.rates()
        return (
            rates is not None
            and not self.stalled(now_s)
            and all(LOWEST_RATE <= rate <= HIGHEST_RATE for rate in rates)
        )

    def quiet_s(self, now_s: float) -> float:
        """How long the device has not asked for sound; 0 before it ever did."""
        return now_s - self._reports[-1].now_s if self._reports else 0.0

    def stalled(self, now_s: float) -> bool:
        """Whether the device has not asked for sound for too long to follow it."""
        return self.quiet_s(now_s) > _STALE_S

    def runaway(self) -> bool:
        """Whether the device takes sound so fast that there is nobody listening."""
        rates = self.rates()
        return rates is not None and rates[0] > RUNAWAY_RATE


class SyncStep(Enum):
    """What playback has to do after a look at the sound."""

    NONE = "none"
    RESTART_SOUND = "restart_sound"


class AudioMaster:
    """Lets trusted sound steer the clock; asks for a restart of the sound when it is far off.

    Small errors move the clock towards the sound, slowly enough that nobody sees it. Large ones
    (a device that stalled, an underrun) never move the picture: the sound is started again at
    the place where the picture is.
    """

    def __init__(self, clock: MediaClock, watchdog: RateWatchdog) -> None:
        self._clock = clock
        self._watchdog = watchdog
        self._generation = 0
        self._last_heard: HeardReport | None = None
        self._last_update_s = 0.0
        self._quiet_until_s = 0.0
        self.error_s: float | None = None

    def begin(self, generation: int, now_s: float) -> None:
        """Playback (or its sound) starts anew: reports of earlier generations are stale."""
        self._generation = generation
        self._last_heard = None
        self.error_s = None
        self._last_update_s = now_s
        self._quiet_until_s = now_s + _RESYNC_PAUSE_S / 2

    def follow(self, generation: int) -> None:
        """Sound goes on without a gap under another number: what was heard still holds."""
        self._generation = generation

    def report(self, report: HeardReport) -> None:
        """Take one report of the device, in order of time."""
        self._watchdog.add(report)
        if report.media_s is not None and report.generation == self._generation:
            self._last_heard = report

    def source(self, now_s: float) -> ClockSource:
        """What the clock follows at monotonic time `now_s`."""
        heard = self._last_heard
        if heard is None or now_s - heard.now_s > _STALE_S or not self._watchdog.trusted(now_s):
            return ClockSource.SYSTEM
        return ClockSource.AUDIO

    def update(self, now_s: float) -> SyncStep:
        """Steer the clock by what was reported; call some ten to hundred times a second."""
        elapsed_s = max(now_s - self._last_update_s, 0.0)
        self._last_update_s = now_s
        heard = self._last_heard
        if heard is None or heard.media_s is None or not self._clock.running:
            return SyncStep.NONE
        if now_s - heard.now_s > _STALE_S:
            return SyncStep.NONE
        trusted = self._watchdog.trusted(now_s)
        self.error_s = (heard.media_s - self._clock.position(heard.heard_s)) / self._clock.speed
        limit_s = _RESYNC_TRUSTED_S if trusted else _RESYNC_UNTRUSTED_S
        if abs(self.error_s) > limit_s:
            return self._restart(now_s)
        if trusted:
            most_s = _SLEW * elapsed_s
            shift_s = min(max(_GAIN * self.error_s, -most_s), most_s)
            self._clock.slew(shift_s * self._clock.speed)
        return SyncStep.NONE

    def _restart(self, now_s: float) -> SyncStep:
        if now_s < self._quiet_until_s:
            return SyncStep.NONE
        self._quiet_until_s = now_s + _RESYNC_PAUSE_S
        self._last_heard = None
        return SyncStep.RESTART_SOUND
