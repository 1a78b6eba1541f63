"""The threads of a measurement: decoding, pictures and sound each have their own.

The decode thread hands frames and blocks to bounded channels; FFmpeg, OpenCV and numpy let go of
the interpreter while they compute, so decoding and measuring share the cores. The calling thread
looks after them: it is given a tick for progress, and takes cancellation.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from functools import partial

from core.analysis.meter import Meter
from core.domain.errors import CancelledError
from core.domain.media import AudioBlock, DecodeEvent
from core.domain.title import AudioStream, VideoStream
from core.jobs.lane import Channel
from core.jobs.progress import CancelToken
from core.media.frame import VideoFrame

Item = VideoFrame | AudioBlock | DecodeEvent
_TICK_S = 0.1
_FRAMES_AHEAD = 4
_BLOCKS_AHEAD = 64


class Crew:
    """Runs decode passes and feeds meters.

    Args:
        passes: What to decode, each in a thread; together they hold each stream once.
        meters: At most one of them of a picture stream.
        readers: Each reads and measures captions, in one thread for all.
        cancel: Looked at for each item.
    """

    def __init__(
        self,
        passes: Sequence[Iterable[Item]],
        meters: Sequence[Meter],
        readers: Sequence[Callable[[], None]],
        cancel: CancelToken,
    ) -> None:
        self._passes = passes
        self._readers = readers
        self._cancel = cancel
        self._video = next((m for m in meters if isinstance(m.stream, VideoStream)), None)
        self._audio = {m.stream.index: m for m in meters if isinstance(m.stream, AudioStream)}
        self._pictures: Channel[Item] = Channel(_FRAMES_AHEAD)
        self._sound: Channel[Item] = Channel(_BLOCKS_AHEAD)
        self._errors: list[BaseException] = []
        self._decoding = len(passes)
        self._working = 0
        self._changed = threading.Condition()

    def run(self, tick: Callable[[], None]) -> None:
        """Work until all is measured; `tick` is called some ten times a second."""
        threads = [self._thread("decode", partial(self._decode, p)) for p in self._passes]
        if self._video is not None:
            threads.append(self._thread("pictures", self._measure_pictures))
        if self._audio:
            threads.append(self._thread("sound", self._measure_sound))
        if self._readers:
            threads.append(self._thread("captions", self._read_captions))
        self._working = len(threads)
        for thread in threads:
            thread.start()
        try:
            while self._wait():
                self._cancel.check()
                tick()
        finally:
            self._pictures.abandon()
            self._sound.abandon()
            for thread in threads:
                thread.join()
        self._raise()

    def _wait(self) -> bool:
        """Wait a tick; whether anybody is still working and nobody has failed."""
        with self._changed:
            if self._working and not self._errors:
                self._changed.wait(_TICK_S)
            return self._working > 0 and not self._errors

    def _thread(self, name: str, work: Callable[[], None]) -> threading.Thread:
        def run() -> None:
            error: BaseException | None = None
            try:
                work()
            except BaseException as caught:  # noqa: BLE001 - raised again in the calling thread
                error = caught
            with self._changed:
                self._working -= 1
                if error is not None:
                    self._errors.append(error)
                self._changed.notify()

        return threading.Thread(target=run, name=f"analysis-{name}")

    def _raise(self) -> None:
        real = [e for e in self._errors if not isinstance(e, CancelledError)]
        for error in (*real, *self._errors):
            raise error

    def _decode(self, items: Iterable[Item]) -> None:
        iterator = iter(items)
        try:
            for item in iterator:
                self._cancel.check()
                self._channel_of(item).put(item)
        finally:
            if isinstance(iterator, Generator):
                iterator.close()  # Files are closed now, not when somebody drops the traceback.
        with self._changed:
            self._decoding -= 1
            ended = self._decoding == 0
        if ended:
            self._pictures.end()
            self._sound.end()

    def _channel_of(self, item: Item) -> Channel[Item]:
        """Frames go to the pictures, blocks to the sound, events to where their stream is."""
        if isinstance(item, VideoFrame):
            return self._pictures
        if isinstance(item, AudioBlock) or item.stream in self._audio or self._video is None:
            return self._sound
        return self._pictures

    def _measure_pictures(self) -> None:
        assert self._video is not None
        with closing(self._video):
            for item in self._pictures:
                self._cancel.check()
                if isinstance(item, VideoFrame):
                    self._video.take_frame(item)
                elif isinstance(item, DecodeEvent):
                    self._video.take_event(item)
            self._video.finish()

    def _measure_sound(self) -> None:
        first = next(iter(self._audio.values()))
        for item in self._sound:
            self._cancel.check()
            if isinstance(item, AudioBlock):
                self._audio[item.stream].take_block(item)
            elif isinstance(item, DecodeEvent):
                self._audio.get(item.stream, first).take_event(item)
        for meter in self._audio.values():
            meter.finish()

    def _read_captions(self) -> None:
        for read in self._readers:
            read()
