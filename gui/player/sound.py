"""Everything about sound that the player sees: stream, device, mixer, and the clock it steers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.domain.title import AudioStream
from gui.language import mark
from gui.player.audio_out import AudioOutput, DeviceOpener
from gui.player.clock import AudioMaster, ClockSource, MediaClock, RateWatchdog, SyncStep
from gui.player.mix import Mixer
from gui.player.plan import PlayPlan
from gui.player.shuttle import is_audible
from gui.player.sound_thread import SoundEvents, SoundReader, SoundThread
from gui.player.substitute import Substitute

_LONGEST_LATENCY_S = 0.3
_REJOIN_AHEAD_S = 0.12
_REOPEN_PAUSE_S = 5.0
# The clock leaves a bad device at once; a person is told only when it stays bad, because a busy
# machine starves a good device for a moment, too.
_TELL_AFTER_S = 1.0

STALLED = mark("The sound device stopped answering, so playback goes on by the system clock.")
WRONG_RATE = mark("The sound device runs at the wrong speed, so playback follows the system clock.")
RUNAWAY = mark(
    "The sound device takes sound without playing it, so there is no sound and playback follows "
    "the system clock."
)


@dataclass(frozen=True, slots=True)
class SoundNews:
    """What a look at the device brought.

    Attributes:
        source: What the clock follows.
        sentence: Why it follows the system clock, or empty.
    """

    source: ClockSource
    sentence: str = ""


class Sound:
    """The sound of one title at a time. All methods belong to the GUI thread.

    Args:
        clock: The clock of playback, which trusted sound steers.
        now: Monotonic time in seconds.
        opener: Opens the device.
    """

    def __init__(self, clock: MediaClock, now: Callable[[], float], opener: DeviceOpener) -> None:
        self._clock = clock
        self._now = now
        self._opener = opener
        self._watchdog = RateWatchdog()
        self._master = AudioMaster(clock, self._watchdog)
        self._thread: SoundThread | None = None
        self._output: AudioOutput | None = None
        self._plan: PlayPlan | None = None
        self._offset_s = 0.0
        self._nudge_s = 0.0
        self._substitute: Substitute | None = None
        self._device_name = ""
        self._device_there = False
        self._sentence = ""
        self._last_reopen_s = -_REOPEN_PAUSE_S
        self._good_s = now()
        self._numbers = 0
        self.mixer = Mixer()

    @property
    def error_s(self) -> float | None:
        """How far sound was ahead of the clock at the last look; None without sound."""
        return self._master.error_s

    @property
    def sentence(self) -> str:
        """Why playback follows the system clock, or empty."""
        return self._sentence

    def load(
        self,
        stream: AudioStream,
        open_reader: Callable[[], SoundReader],
        end_s: float,
        events: SoundEvents,
    ) -> None:
        """Take a stream; its device is opened in the thread."""
        master, muted = self.mixer.master, self.mixer.muted
        self.mixer = Mixer(stream.layout, max(stream.channels, 1))
        self.mixer.set_gain(None, master)
        self.mixer.set_muted(None, muted)
        self._watchdog.clear()
        self._device_there = False
        self._sentence = ""
        self._output = AudioOutput(self._clock, self._opener, self._now)
        self._output.device_name = self._device_name
        self._thread = SoundThread(stream, open_reader, self._output, self.mixer, end_s, events)
        self._thread.start()
        self._substitute = None

    def retire(self) -> SoundThread | None:
        """Let go of the stream; returns its thread, which is ending, for joining."""
        thread, self._thread = self._thread, None
        self.halt()
        self._output = None
        self._plan = None
        self._device_there = False
        if thread is not None:
            thread.finish()
        return thread

    def set_offset(self, offset_s: float) -> None:
        """Move the sound later by this much; takes effect at the next start."""
        self._offset_s = offset_s

    def set_nudge(self, nudge_s: float, run: PlayPlan | None) -> None:
        """Hold the sound later by this much more; heard at once, the picture plays on.

        Args:
            nudge_s: How much later; below 0 is earlier.
            run: The run that is playing, or None: then it holds from the next start on.
        """
        if nudge_s == self._nudge_s:
            return
        self._nudge_s = nudge_s
        if run is not None and self._plan is not None and self._device_there:
            self._ask(run.joined(0, self._clock.position()), splice=True)

    def set_substitute(self, substitute: Substitute | None) -> bool:
        """Hear other samples in place of a stretch from the next start on; says whether others."""
        if substitute is self._substitute or self._thread is None:
            return False
        self._substitute = self._thread.substitute = substitute
        return True

    def set_device(self, name: str) -> bool:
        """Play on another device, empty for the system's choice; says whether it is another."""
        if name == self._device_name:
            return False
        self._device_name = name
        if self._output is not None and self._thread is not None:
            self._output.device_name = name
            self._watchdog.clear()
            self._thread.reopen()
        return True

    def on_device_opened(self) -> None:
        """The thread says that there is a device."""
        self._device_there = True
        self._good_s = self._now()
        self._sentence = ""
        self._watchdog.clear()

    def on_device_missing(self, sentence: str) -> None:
        """The thread says that there is none."""
        self._device_there = False
        self._sentence = sentence

    def prepare(self, plan: PlayPlan) -> bool:
        """Buffer sound for a run; returns whether there is any to wait for."""
        self.halt()
        self._plan = None
        if self._thread is None or not is_audible(plan.speed):
            return False
        if not self._device_there:
            self._try_again()
            return False
        self._ask(plan)
        return True

    def _ask(self, plan: PlayPlan, splice: bool = False) -> None:
        if self._thread is not None:
            self._plan = plan
            self._numbers += 1
            if splice:
                self._master.follow(self._numbers)
            else:
                self._master.begin(self._numbers, self._now())
            numbered = plan.joined(self._numbers, plan.run_start_s)
            self._thread.play(numbered, self._offset_s + self._nudge_s, splice)

    def _try_again(self) -> None:
        """Perhaps headphones were plugged in since; but do not ask at every key press."""
        now_s = self._now()
        if self._thread is not None and now_s - self._last_reopen_s > _REOPEN_PAUSE_S:
            self._last_reopen_s = now_s
            self._thread.reopen()

    def is_current(self, number: int) -> bool:
        """Whether the thread's number belongs to what was asked for last."""
        return number == self._numbers

    def go(self) -> float:
        """Let the sound through; returns how long the clock should be held for it, in seconds."""
        if self._plan is None or self._output is None:
            return 0.0
        self._master.begin(self._numbers, self._now())
        self._output.open_gate()
        return min(max(self._output.latency_s, 0.0), _LONGEST_LATENCY_S)

    def halt(self) -> None:
        """Fade out and stop buffering."""
        if self._output is not None:
            self._output.close_gate()
        if self._thread is not None:
            self._thread.stop()

    def look(self, run: PlayPlan | None) -> SoundNews:
        """Read what the device reported and steer the clock.

        Args:
            run: The run that is playing, or None.

        Returns:
            What the clock follows now, and why when that is not the sound.
        """
        now_s = self._now()
        output = self._output
        if output is not None:
            while output.reports:
                self._master.report(output.reports.popleft())
        if self._device_there:
            self._watch(now_s)
        if run is not None and self._master.update(now_s) is SyncStep.RESTART_SOUND:
            self._ask(run.joined(0, self._clock.position() + _REJOIN_AHEAD_S))
        source = self._master.source(now_s) if run is not None else ClockSource.SYSTEM
        return SoundNews(source, self._sentence)

    def _watch(self, now_s: float) -> None:
        if self._thread is None:
            return
        if self._watchdog.runaway():
            self._device_there = False
            self._sentence = RUNAWAY
            # Another device may be there one day, but not within this title.
            self._last_reopen_s = now_s + 3600.0
            self._thread.drop_device()
        elif self._watchdog.quiet_s(now_s) > _TELL_AFTER_S:
            self._sentence = STALLED
            self._try_again()
        elif self._watchdog.rates() is None or self._watchdog.trusted(now_s):
            self._good_s = now_s
            self._sentence = ""
        elif now_s - self._good_s > 2 * _TELL_AFTER_S:
            self._sentence = WRONG_RATE
