"""The sound device: opened late, survived when absent, asked in its own callback thread."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import KnownError
from gui.language import tr
from gui.player.clock import HeardReport, MediaClock
from gui.player.mix import Mixer
from gui.player.sample_fifo import SampleFifo

_RAMP = 256
_MOST_REPORTS = 512
_NEAR_S = 2.0

BlockSource = Callable[[NDArray[np.float32], float], None]
"""Fills a block (n, 2) in place; the second argument is its latency in seconds."""


class SoundDevice(Protocol):
    """One opened device that plays two channels."""

    rate: int
    latency_s: float

    def close(self) -> None:
        """Stop and let go; the source is not called afterwards."""

    @property
    def active(self) -> bool:
        """Whether the device still asks for sound."""


DeviceOpener = Callable[[int, BlockSource, str], SoundDevice]
"""Opens a device at about this rate, by its name or, with none, the system's choice.

Raises KnownError when there is none.
"""


def output_devices() -> tuple[str, ...]:
    """Names of the devices that can play; none where there is no sound library."""
    try:
        import sounddevice

        found = [d for d in sounddevice.query_devices() if d["max_output_channels"] > 0]
        systems = [system["name"] for system in sounddevice.query_hostapis()]
    except OSError:
        return ()
    except sounddevice.PortAudioError:
        return ()
    names = [device["name"] for device in found]
    return tuple(
        dict.fromkeys(
            name if names.count(name) == 1 else f"{name}, {systems[device['hostapi']]}"
            for name, device in zip(names, found, strict=True)
        )
    )


class PortAudioDevice:
    """An output through PortAudio.

    Args:
        rate: Preferred samples a second; the device's own rate is used when it refuses.
        source: Asked for each block.
        name: Which device; empty takes the system's default.

    Raises:
        KnownError: PortAudio is missing or there is no device.
    """

    def __init__(self, rate: int, source: BlockSource, name: str = "") -> None:
        try:
            # Importing raises OSError where the PortAudio library is not installed.
            import sounddevice
        except OSError as error:
            raise KnownError(
                tr(
                    "The sound library PortAudio is missing, so there is no sound and playback "
                    "follows the system clock."
                ),
                str(error),
            ) from error
        self._source = source
        self._stream: Any = None
        details: list[str] = []
        self._gone: type[Exception] = sounddevice.PortAudioError
        for candidate in dict.fromkeys((rate, self._default_rate(sounddevice, name))):
            stream = None
            try:
                stream = sounddevice.OutputStream(
                    samplerate=candidate,
                    channels=2,
                    dtype="float32",
                    callback=self._call,
                    device=name or None,
                )
                stream.start()
            except (sounddevice.PortAudioError, ValueError) as error:
                details.append(str(error))
                if stream is not None:
                    stream.close(ignore_errors=True)
                continue
            self._stream, self.rate, self.latency_s = stream, candidate, float(stream.latency)
            return
        if name:
            raise KnownError(
                tr(
                    "The sound device {name} cannot be used, so there is no sound and playback "
                    "follows the system clock; choose another one in the settings.",
                    name=name,
                ),
                "\n".join(details),
            )
        raise KnownError(
            tr(
                "No sound device was found, so there is no sound and playback follows the system "
                "clock."
            ),
            "\n".join(details),
        )

    @staticmethod
    def _default_rate(sounddevice: Any, name: str) -> int:
        try:
            device = sounddevice.query_devices(name or None, kind="output")
            return int(device["default_samplerate"])
        except (sounddevice.PortAudioError, ValueError, KeyError):
            return 48000

    def _call(self, out: NDArray[np.float32], _frames: int, times: Any, _status: Any) -> None:
        self._source(out, times.outputBufferDacTime - times.currentTime)

    @property
    def active(self) -> bool:
        """Whether the device still asks for sound."""
        try:
            return bool(self._stream.active)
        except self._gone:
            # Pulled out: PortAudio cannot even be asked any more.
            return False

    def close(self) -> None:
        """Stop at once and let go of the device."""
        self._stream.close(ignore_errors=True)


class AudioOutput:
    """What the callback does: take samples, mix them, report what will be heard when.

    The first sample of each run is put where the clock says it belongs: earlier samples are
    skipped, and silence fills the time before it. From then on the sound is left alone.

    Args:
        clock: The clock of playback; only read.
        opener: Opens the device.
        now: Monotonic time in seconds.

    Attributes:
        reports: What the device said since they were read last.
        next_run_s: Run time of the sample that follows what was taken last; None before any.
        device_name: The device that `open` takes; empty for the system's choice.
    """

    def __init__(
        self,
        clock: MediaClock,
        opener: DeviceOpener = PortAudioDevice,
        now: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._clock = clock
        self._opener = opener
        self._now = now
        self._placed = -1
        self._splicing = False
        self._last = np.zeros(2, np.float32)
        self.next_run_s: float | None = None
        self._device: SoundDevice | None = None
        self._fifo = SampleFifo(2, 0)
        self._mixer = Mixer()
        self._gate = False
        self._level = 0.0
        self._taken = 0
        self._rate = 48000
        self.device_name = ""
        self.reports: deque[HeardReport] = deque(maxlen=_MOST_REPORTS)

    @property
    def device(self) -> SoundDevice | None:
        """The opened device, or None."""
        return self._device

    @property
    def rate(self) -> int:
        """Samples a second that the device takes."""
        return self._rate

    @property
    def latency_s(self) -> float:
        """From callback to ear; 0 without a device."""
        device = self._device
        return device.latency_s if device is not None else 0.0

    @property
    def fifo(self) -> SampleFifo:
        """Where samples are put, shape (n, channels of the stream)."""
        return self._fifo

    @property
    def mixer(self) -> Mixer:
        """Volume, mute and solo."""
        return self._mixer

    def open(self, rate: int, mixer: Mixer, buffer_s: float = 0.4) -> None:
        """Open the device for a stream; blocks for up to a second, so not in the GUI thread.

        Raises:
            KnownError: There is no device.
        """
        self.close()
        self._mixer = mixer
        self._taken = 0
        self._rate = rate
        self._level = 0.0
        self._placed = -1
        self.next_run_s = None
        self.reports.clear()
        self._fifo = SampleFifo(mixer.channels, int(rate * buffer_s))
        device = self._opener(rate, self.fill, self.device_name)
        if device.rate != rate:
            self._fifo = SampleFifo(mixer.channels, int(device.rate * buffer_s))
        self._rate = device.rate
        self._device = device

    def close(self) -> None:
        """Let go of the device."""
        device, self._device = self._device, None
        if device is not None:
            device.close()
        self._gate = False

    def open_gate(self) -> None:
        """Let samples through from the next block on."""
        self._gate = True

    def close_gate(self) -> None:
        """Fade out within the next block, then be silent; samples stay in the buffer."""
        self._gate = False

    def fill(self, out: NDArray[np.float32], latency_s: float) -> None:
        """Fill one block of the device, in its callback thread.

        Args:
            out: float32, shape (n, 2); written completely.
            latency_s: From now until its first sample is heard.
        """
        now_s = self._now()
        heard_s = now_s + max(latency_s, 0.0)
        gate = self._gate
        run_s: float | None = None
        generation = 0
        out.fill(0.0)
        lead = self._place(len(out), heard_s) if gate else 0
        if lead < len(out) and (gate or self._level > 0):
            pulled = self._fifo.pull(len(out) - lead, self._placed if gate else None)
            matrix = self._mixer.matrix
            if pulled.samples.shape[1] == len(matrix):
                np.matmul(pulled.samples, matrix, out=out[lead:])
            if pulled.next_run_s is not None:
                self.next_run_s = pulled.next_run_s
            self._join(out[lead:])
            self._fade(out[lead:], 1.0 if gate else 0.0)
            if gate and pulled.run_s is not None:
                run_s = pulled.run_s
                generation = pulled.generation
        np.clip(out, -1.0, 1.0, out=out)
        self._last = out[-1].copy() if len(out) else self._last
        self.reports.append(
            HeardReport(
                now_s,
                heard_s,
                self._taken / self._rate,
                None if lead else run_s,
                generation,
            )
        )
        self._taken += len(out)

    def _place(self, count: int, heard_s: float) -> int:
        """Samples of silence before the next one of the buffer; skips those that are too late."""
        head = self._fifo.peek()
        if head is None or head.generation == self._placed:
            return 0
        if not self._clock.running:
            return count
        # Where nothing of this run was heard yet there is nothing to go on from.
        next_s = self.next_run_s if head.splices else None
        splices = next_s is not None and abs(head.run_s - next_s) <= _NEAR_S
        if splices and next_s is not None:
            lead = round((head.run_s - next_s) / head.step_s)
        else:
            early_s = head.run_s - self._clock.position(heard_s)
            # While the clock is held for the first sample, it counts the time until it runs, too.
            held_s = max(self._clock.due_at(self._clock.position(heard_s)) - heard_s, 0.0)
            lead = round(early_s / head.step_s + held_s * self._rate)
        if lead >= count:
            return count
        if lead < 0 and self._fifo.skip(-lead) < -lead:
            return count
        self._placed = head.generation
        self._splicing = splices and lead <= 0
        return max(lead, 0)

    def _join(self, out: NDArray[np.float32]) -> None:
        """Bend the first samples after a splice to where the sound before it stopped."""
        if not self._splicing or not len(out):
            return
        self._splicing = False
        count = min(_RAMP, len(out))
        ramp = np.linspace(1.0, 0.0, count, dtype=np.float32)
        out[:count] += ramp[:, None] * (self._last - out[0])

    def _fade(self, out: NDArray[np.float32], target: float) -> None:
        """Ramp from the last level to `target`: a hard edge would sound like the defect sought."""
        if self._level == target:
            return
        count = min(_RAMP, len(out))
        ramp = np.linspace(self._level, target, count, dtype=np.float32)
        out[:count] *= ramp[:, None]
        out[count:] *= target
        self._level = target
