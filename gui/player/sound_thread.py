"""The thread that reads, stretches and buffers sound ahead of the device."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from math import floor
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.domain.title import AudioStream
from core.media.stretch import TimeStretch
from gui.language import tr
from gui.player.audio_out import AudioOutput
from gui.player.mix import Mixer
from gui.player.plan import PlayPlan
from gui.player.sample_fifo import Chunk
from gui.player.substitute import Substitute

_BLOCK = 2048
_PRIMED_S = 0.1
_FULL_WAIT_S = 0.03
_MOST_HELD_S = 2.0


class SoundReader(Protocol):
    """Reads sound by time; `core.media.audio.AudioReader` is one."""

    def read(self, start_s: float, n_samples: int) -> NDArray[np.float32]:
        """float32, shape (channels, n_samples), zeros outside the stream."""

    def close(self) -> None:
        """Let go of the file."""


@dataclass(frozen=True, slots=True)
class SoundEvents:
    """Whom the thread tells; all are called in the sound thread.

    Attributes:
        primed: There is enough sound to begin, with the generation of the run.
        device_opened: The device is there.
        device_missing: There is no device, with a sentence.
        failed: Sound cannot be read, with a sentence and details.
    """

    primed: Callable[[int], None]
    device_opened: Callable[[], None]
    device_missing: Callable[[str], None]
    failed: Callable[[str, str], None]


class SoundThread(threading.Thread):
    """Owns the reader of one sound stream and the device.

    Attributes:
        substitute: What is heard in place of a stretch; replaced as a whole, by any thread.

    Args:
        stream: The sound stream.
        open_reader: Opens it; called in the thread.
        output: The device to feed; this thread opens and closes it.
        mixer: Volume of each channel.
        end_s: Media time at which the title ends.
        events: Whom to tell.
    """

    def __init__(
        self,
        stream: AudioStream,
        open_reader: Callable[[], SoundReader],
        output: AudioOutput,
        mixer: Mixer,
        end_s: float,
        events: SoundEvents,
    ) -> None:
        super().__init__(name="onglass-sound", daemon=True)
        self._stream = stream
        self._open_reader = open_reader
        self._output = output
        self._mixer = mixer
        self._end_s = end_s
        self._events = events
        self._changed = threading.Condition()
        self._plan: PlayPlan | None = None
        self._offset_s = 0.0
        self._splice = False
        self._version = 0
        self._reopen = False
        self._drop = False
        self._closing = False
        self._reader: SoundReader | None = None
        self.substitute: Substitute | None = None

    def play(self, plan: PlayPlan, offset_s: float, splice: bool = False) -> None:
        """Buffer sound for a run; replaces what was asked before.

        Args:
            plan: The run; its speed lies in 0.5 to 2.
            offset_s: Moves the sound later by this much.
            splice: The run is already heard: what is buffered is heard until the other is there,
                and that goes on at the very next sample.
        """
        with self._changed:
            self._plan = plan
            self._offset_s = offset_s
            self._splice = splice
            self._version += 1
            self._changed.notify()

    def stop(self) -> None:
        """Stop buffering; what is buffered stays for the fade."""
        with self._changed:
            self._plan = None
            self._version += 1
            self._changed.notify()

    def reopen(self) -> None:
        """Let go of the device and open the one that is wanted now."""
        with self._changed:
            self._reopen = True
            self._version += 1
            self._changed.notify()

    def drop_device(self) -> None:
        """Let go of the device for good: it runs wild."""
        with self._changed:
            self._drop = True
            self._version += 1
            self._changed.notify()

    def finish(self) -> None:
        """Ask the thread to end; `join` waits for it."""
        with self._changed:
            self._closing = True
            self._version += 1
            self._changed.notify()

    def run(self) -> None:
        """Serve requests until closed."""
        try:
            self._open_device()
            while self._serve_next():
                pass
        finally:
            self._output.close()
            if self._reader is not None:
                self._reader.close()

    def _serve_next(self) -> bool:
        with self._changed:
            while not (self._plan or self._closing or self._reopen or self._drop):
                self._changed.wait()
            plan, version = self._plan, self._version
            offset_s, splice = self._offset_s, self._splice
            reopen, self._reopen = self._reopen, False
            drop, self._drop = self._drop, False
            if self._closing:
                return False
        if drop:
            self._output.close()
        elif reopen:
            self._open_device()
        if plan is None:
            return True
        try:
            self._feed(plan, offset_s, version, splice)
        except Exception as error:  # noqa: BLE001 - whatever a broken file does, the desk lives on
            sentence = error.sentence if isinstance(error, KnownError) else ""
            self._events.failed(sentence or tr("The sound cannot be read."), traceback.format_exc())
            self._events.primed(plan.generation)
            self._forget(version)
        return True

    def _forget(self, version: int) -> None:
        with self._changed:
            if self._version == version:
                self._plan = None

    def _open_device(self) -> None:
        try:
            self._output.open(self._stream.sample_rate or 48000, self._mixer)
        except KnownError as error:
            self._events.device_missing(error.sentence)
        else:
            self._events.device_opened()

    def _feed(self, plan: PlayPlan, offset_s: float, version: int, splice: bool) -> None:
        output = self._output
        rate = self._stream.sample_rate
        # Whole samples, so that moving the sound moves it by exactly as many.
        offset_s = round(offset_s * rate) / rate
        if splice:
            plan = plan.joined(plan.generation, floor(plan.run_start_s * rate) / rate)
        else:
            output.fifo.clear()
            output.next_run_s = None
        if output.device is None:
            self._events.primed(plan.generation)
            self._forget(version)
            return
        if self._reader is None:
            self._reader = self._open_reader()
        stretch = self._stretch(plan.speed)
        step_s = plan.speed / output.rate
        cursor = _Cursor(plan, rate, self._end_s)
        made, primed = 0, False
        held: list[Chunk] | None = [] if splice else None
        while (piece := cursor.next()) is not None:
            if not self._await_room(version, wait=held is None):
                return
            media_s, count = piece
            samples = self._reader.read(media_s - offset_s, count)
            substitute = self.substitute
            if substitute is not None:
                first = round((media_s - offset_s) * rate)
                samples = substitute.over(samples, first)
            if stretch is not None:
                samples = stretch.push(samples)
            chunk = Chunk(
                np.ascontiguousarray(samples.T),
                plan.run_start_s + made * step_s,
                step_s,
                plan.generation,
                splice,
            )
            made += len(chunk.samples)
            held = self._put(chunk, held, plan.run_start_s + made * step_s)
            if held is None and not primed and output.fifo.count >= _PRIMED_S * output.rate:
                primed = True
                self._events.primed(plan.generation)
        if held:
            output.fifo.replace(held)
        if not primed:
            self._events.primed(plan.generation)
        self._forget(version)

    def _put(self, chunk: Chunk, held: list[Chunk] | None, until_s: float) -> list[Chunk] | None:
        """Buffer a chunk, or hold it back until it and those before reach what is heard next."""
        fifo = self._output.fifo
        if held is None:
            fifo.push(chunk)
            return None
        held.append(chunk)
        heard_s = self._output.next_run_s
        enough = sum(len(one.samples) for one in held) >= _MOST_HELD_S * self._output.rate
        if heard_s is not None and until_s < heard_s + _PRIMED_S and not enough:
            return held
        fifo.replace(held)
        return None

    def _stretch(self, speed: float) -> TimeStretch | None:
        rate = self._stream.sample_rate
        if speed == 1.0 and rate == self._output.rate:
            return None
        return TimeStretch(self._stream.channels, rate, speed, self._output.rate)

    def _await_room(self, version: int, wait: bool) -> bool:
        """Wait until the buffer has room; False when something newer was asked for."""
        with self._changed:
            while wait and self._version == version and self._output.fifo.full:
                # The callback must never wait for a lock, so nobody wakes this thread: it looks.
                self._changed.wait(_FULL_WAIT_S)
            return self._version == version


class _Cursor:
    """Which samples come next: in blocks, round and round in a loop, to the end of the title."""

    def __init__(self, plan: PlayPlan, rate: int, end_s: float) -> None:
        self._plan = plan
        self._rate = rate
        self._end_s = end_s
        self._lap_start_s = plan.start_s
        self._done = 0

    def next(self) -> tuple[float, int] | None:
        """Media time and count of the next block; None at the end."""
        loop = self._plan.loop if self._plan.looping else None
        stop_s = loop[1] if loop is not None else self._end_s
        total = round((stop_s - self._lap_start_s) * self._rate)
        if self._done >= total:
            if loop is None:
                return None
            self._lap_start_s, self._done = loop[0], 0
            total = max(round((loop[1] - loop[0]) * self._rate), 1)
        count = min(_BLOCK, total - self._done)
        start_s = self._lap_start_s + self._done / self._rate
        self._done += count
        return start_s, count
