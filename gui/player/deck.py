"""What one title occupies: its decode thread, its sound, their mail; and how it is let go."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal

from core.domain.title import AudioStream, Title, VideoStream
from gui.player.audio_out import DeviceOpener, PortAudioDevice
from gui.player.clock import MediaClock
from gui.player.decode_thread import DecodeEvents, DecodeThread, Still
from gui.player.picture_queue import PictureQueue
from gui.player.plan import PlayPlan
from gui.player.sound import Sound
from gui.player.sound_thread import SoundEvents, SoundReader
from gui.player.source import FrameSource, open_frames, open_sound

PictureOpener = Callable[[Title, VideoStream, int], FrameSource]
"""Opens a picture stream with a limit of memory in bytes; raises KnownError."""

SoundOpener = Callable[[Title, AudioStream], SoundReader]
"""Opens a sound stream; raises KnownError."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a player is made of; tests put their own in.

    Attributes:
        open_picture: Opens a picture stream, in the decode thread.
        open_sound: Opens a sound stream, in the sound thread.
        open_device: Opens the sound device, in the sound thread.
        now: Monotonic time in seconds.
    """

    open_picture: PictureOpener = open_frames
    open_sound: SoundOpener = open_sound
    open_device: DeviceOpener = PortAudioDevice
    now: Callable[[], float] = time.perf_counter


class _Mail(QObject):
    """Brings what threads say to the GUI thread; the first argument says which title."""

    opened = Signal(int, object)
    still = Signal(int, int, object)
    picture_primed = Signal(int, int)
    sound_primed = Signal(int, int)
    cached = Signal(int, object)
    device_opened = Signal(int)
    device_missing = Signal(int, str)
    picture_failed = Signal(int, str, str)
    sound_failed = Signal(int, str, str)


class Deck(QObject):
    """Holds the threads of one title at a time. Methods and signals belong to the GUI thread.

    A title that is let go ends its threads in the background; whatever they still say is dropped.

    Args:
        clock: The clock of playback.
        parts: What opens files and devices.
        parent: Owner.

    Signals:
        opened: The picture can be decoded; carries its `FrameSource`.
        still: Number of the request, and the `Picture`.
        picture_primed: Enough pictures of a run are there, with its generation.
        sound_primed: Enough sound is there, with its number.
        cached: A tuple of `Span` in memory.
        device_opened: There is a sound device.
        device_missing: There is none, with a sentence.
        picture_failed, sound_failed: A sentence and details.
    """

    opened = Signal(object)
    still = Signal(int, object)
    picture_primed = Signal(int)
    sound_primed = Signal(int)
    cached = Signal(object)
    device_opened = Signal()
    device_missing = Signal(str)
    picture_failed = Signal(str, str)
    sound_failed = Signal(str, str)

    def __init__(
        self,
        clock: MediaClock,
        parts: Parts,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._parts = parts
        self._serial = 0
        self._size = (960, 540)
        self._retired: list[threading.Thread] = []
        self._decode: DecodeThread | None = None
        self.queue = PictureQueue()
        self.sound = Sound(clock, parts.now, parts.open_device)
        self._mail = _Mail(self)
        for name in (
            "opened",
            "still",
            "picture_primed",
            "sound_primed",
            "cached",
            "device_opened",
            "device_missing",
            "picture_failed",
            "sound_failed",
        ):
            self._forward(name)

    def _forward(self, name: str) -> None:
        target = getattr(self, name)

        def deliver(serial: int, *rest: object) -> None:
            if serial == self._serial:
                target.emit(*rest)

        source = getattr(self._mail, name)
        source.connect(deliver, Qt.ConnectionType.QueuedConnection)

    def load(self, title: Title, cache_bytes: int) -> None:
        """Start the threads of a title; the one before has been released."""
        self._serial += 1
        if title.video:
            self._load_picture(title, title.video[0], cache_bytes)
        if title.audio:
            self.load_sound(title, title.audio[0])

    def _load_picture(self, title: Title, stream: VideoStream, cache_bytes: int) -> None:
        serial, mail = self._serial, self._mail
        self._decode = DecodeThread(
            lambda: self._parts.open_picture(title, stream, cache_bytes),
            self.queue,
            self._run_time,
            DecodeEvents(
                opened=lambda source: mail.opened.emit(serial, source),
                still=lambda number, picture: mail.still.emit(serial, number, picture),
                primed=lambda number: mail.picture_primed.emit(serial, number),
                cached=lambda spans: mail.cached.emit(serial, spans),
                failed=lambda text, more: mail.picture_failed.emit(serial, text, more),
            ),
        )
        self._decode.size = self._size
        self._decode.start()

    def load_sound(self, title: Title, stream: AudioStream) -> None:
        """Hear this sound stream; the one before is let go."""
        serial, mail = self._serial, self._mail
        self._retire(self.sound.retire())
        self.sound.load(
            stream,
            lambda: self._parts.open_sound(title, stream),
            title.start.seconds + title.duration_s,
            SoundEvents(
                primed=lambda number: mail.sound_primed.emit(serial, number),
                device_opened=lambda: mail.device_opened.emit(serial),
                device_missing=lambda text: mail.device_missing.emit(serial, text),
                failed=lambda text, more: mail.sound_failed.emit(serial, text, more),
            ),
        )

    def _run_time(self) -> float | None:
        """Run time for the decode thread; None before the clock of a run started."""
        return self._clock.position() if self._clock.running else None

    def set_size(self, width: int, height: int) -> None:
        """Scale pictures to this many physical pixels from now on."""
        self._size = (max(width, 1), max(height, 1))
        if self._decode is not None:
            self._decode.size = self._size

    def ask(self, request: Still | PlayPlan) -> bool:
        """Ask the decode thread; False when there is none."""
        if self._decode is None:
            return False
        self._decode.ask(request)
        return True

    def drop_picture(self) -> None:
        """The picture cannot be opened: go on without."""
        decode, self._decode = self._decode, None
        self._retire(decode)

    def release(self) -> None:
        """Let the title go; its threads end in the background."""
        self._serial += 1
        decode, self._decode = self._decode, None
        if decode is not None:
            decode.finish()
        self._retire(decode)
        self._retire(self.sound.retire())
        # The old thread still holds its queue: what it pushes cannot reach the next title.
        self.queue = PictureQueue()

    def close(self) -> None:
        """Let the title go and wait for all threads."""
        self.release()
        for thread in self._retired:
            thread.join()
        self._retired.clear()

    def _retire(self, thread: threading.Thread | None) -> None:
        self._retired = [old for old in self._retired if old.is_alive()]
        if thread is not None:
            self._retired.append(thread)
