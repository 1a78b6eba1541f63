"""The thread that decodes for the screen: stills on request, runs of pictures while playing."""

from __future__ import annotations

import threading
import traceback
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core.domain.errors import KnownError
from core.domain.time import Span
from gui.language import tr
from gui.player.picture_queue import Picture, PictureQueue
from gui.player.plan import PlayPlan
from gui.player.source import Frame, FrameSource

_QUEUE = 8
_LONGEST_QUEUE = 72
_QUEUE_BYTES = 192 << 20
_PROVISIONAL_AFTER = 10
_AHEAD = 12
_BEHIND = 24
_LATE_S = 0.1
_LOST_S = 0.5
_SHOW_EVERY_S = 0.2
_REJOIN_AHEAD_S = 0.25
_FASTEST_SHOWN = 60.0
_MOST_PIXELS_MOVING = 3840 * 2160
_TELL_CACHE_EVERY = 16


@dataclass(frozen=True, slots=True)
class Still:
    """Ask for one exact picture.

    Attributes:
        number: Which request it is; the answer carries it.
        frame: Number of the frame in order of presentation.
        quick: While the exact one takes long, show the key frame before it first.
    """

    number: int
    frame: int
    quick: bool = True


@dataclass(frozen=True, slots=True)
class DecodeEvents:
    """Whom the thread tells; all are called in the decode thread.

    Attributes:
        opened: The file is open, with its source.
        still: A still, with the number of its request.
        primed: There are enough pictures to begin, with the generation of the run.
        cached: The stretches in memory changed.
        failed: A sentence and details; the thread lives on.
    """

    opened: Callable[[FrameSource], None]
    still: Callable[[int, Picture], None]
    primed: Callable[[int], None]
    cached: Callable[[tuple[Span, ...]], None]
    failed: Callable[[str, str], None]


class DecodeThread(threading.Thread):
    """Owns the reader of one picture stream. The newest request wins.

    Args:
        open_source: Opens the stream; called in the thread.
        queue: Where pictures of a run go.
        run_time: Run time now, or None before the run's clock started.
        events: Whom to tell.
    """

    def __init__(
        self,
        open_source: Callable[[], FrameSource],
        queue: PictureQueue,
        run_time: Callable[[], float | None],
        events: DecodeEvents,
    ) -> None:
        super().__init__(name="onglass-decode", daemon=True)
        self._open_source = open_source
        self._queue = queue
        self._run_time = run_time
        self._events = events
        self._changed = threading.Condition()
        self._request: Still | PlayPlan | None = None
        self._closing = False
        self._cache_told = 0
        self.size = (960, 540)

    def ask(self, request: Still | PlayPlan) -> None:
        """Ask for a still or a run; what was asked before and is not done is given up.

        A run's queue is begun here, so that what a former run still pushes is refused.
        """
        with self._changed:
            self._request = request
            if isinstance(request, PlayPlan):
                self._queue.begin(request.generation, self._capacity(request))
            else:
                self._queue.begin(-1)
            self._changed.notify()

    def finish(self) -> None:
        """Ask the thread to end; `join` waits for it."""
        with self._changed:
            self._closing = True
            self._queue.begin(-1)
            self._changed.notify()

    def run(self) -> None:
        """Open, then serve requests until closed."""
        try:
            source = self._open_source()
        except Exception as error:  # noqa: BLE001 - whatever a broken file does, the desk lives on
            self._fail(error, tr("The picture cannot be decoded."))
            return
        try:
            self._events.opened(source)
            while (request := self._next()) is not None:
                self._guard(source, request)
        finally:
            source.close()

    def _next(self) -> Still | PlayPlan | None:
        with self._changed:
            while self._request is None and not self._closing:
                self._changed.wait()
            request, self._request = self._request, None
            return None if self._closing else request

    def _guard(self, source: FrameSource, request: Still | PlayPlan) -> None:
        try:
            if isinstance(request, PlayPlan):
                _Run(self, source, request).serve()
            else:
                self._serve_still(source, request)
        except Superseded:
            return
        except Exception as error:  # noqa: BLE001 - the thread outlives a frame that cannot be read
            if isinstance(request, PlayPlan):
                self._queue.end(request.generation)
                self._events.primed(request.generation)
            self._fail(error, tr("The picture cannot be decoded here."))

    def _fail(self, error: Exception, otherwise: str) -> None:
        sentence = error.sentence if isinstance(error, KnownError) else otherwise
        self._events.failed(sentence, traceback.format_exc())

    # Stills

    def _serve_still(self, source: FrameSource, request: Still) -> None:
        target = min(max(request.frame, 0), len(source.pts) - 1)
        start = source.decode_from(target)
        if request.quick and target - start > _PROVISIONAL_AFTER and source.is_costly(target):
            frame = source.frame(start, self._check)
            self._events.still(request.number, self.picture(frame, provisional=True))
        frame = source.frame(target, self._check)
        self._events.still(request.number, self.picture(frame))
        self.tell_cache(source)
        self._prefetch(source, target)

    def _prefetch(self, source: FrameSource, target: int) -> None:
        """Read behind and ahead of a still, until something is asked for."""
        last = min(target + _AHEAD, len(source.pts) - 1)
        for number in range(target + 1, last + 1):
            source.frame(number, self._check)
        first = max(target - _BEHIND, 0)
        missing = [n for n in range(target - 1, first - 1, -1) if source.is_costly(n)]
        if missing and self._fits(source, missing[0]):
            # Decoding up to the frame just before fills the cache with its whole group.
            source.frame(missing[0], self._check)
        self.tell_cache(source)

    @staticmethod
    def _fits(source: FrameSource, number: int) -> bool:
        return number - source.decode_from(number) + 2 * _AHEAD < source.most_frames()

    # Shared with a run

    def _check(self) -> None:
        if self._request is not None or self._closing:
            raise Superseded

    def check(self) -> None:
        """Raise `Superseded` when something newer was asked for."""
        self._check()

    def picture(self, frame: Frame, run_s: float = 0.0, provisional: bool = False) -> Picture:
        """Scale a frame for the screen."""
        width, height = self.size
        return Picture(
            frame.pts,
            frame.end_pts,
            frame.base,
            frame.bgra(width, height),
            run_s,
            provisional,
            frame.key,
            frame.corrupt,
            weakref.ref(frame),
        )

    def moving_picture(self, frame: Frame, run_s: float) -> Picture:
        """Scale a frame of a run; more pixels than 4K would only cost frames."""
        width, height = self.size
        excess = (width * height / _MOST_PIXELS_MOVING) ** 0.5
        if excess > 1:
            width, height = int(width / excess), int(height / excess)
        pixels = frame.bgra(width, height)
        return Picture(
            frame.pts,
            frame.end_pts,
            frame.base,
            pixels,
            run_s,
            False,
            frame.key,
            frame.corrupt,
            weakref.ref(frame),
        )

    def tell_cache(self, source: FrameSource, now: bool = True) -> None:
        """Report what is in memory; without `now`, only once in a while."""
        self._cache_told += 1
        if now or self._cache_told % _TELL_CACHE_EVERY == 0:
            self._events.cached(source.cached_spans())

    def run_time(self) -> float | None:
        """Run time now, or None before the run's clock started."""
        return self._run_time()

    @property
    def queue(self) -> PictureQueue:
        """Where pictures of a run go."""
        return self._queue

    @property
    def events(self) -> DecodeEvents:
        """Whom to tell."""
        return self._events

    def _capacity(self, plan: PlayPlan) -> int:
        """Backwards and in loops the next stretch is decoded while this one shows."""
        if plan.speed > 0 and plan.loop is None:
            return _QUEUE
        width, height = self.size
        return min(max(_QUEUE_BYTES // (width * height * 4 + 1), _QUEUE), _LONGEST_QUEUE)


class Superseded(Exception):  # noqa: N818 - not an error: something newer was asked for
    """Something newer was asked for."""


class _Run:
    """One run of pictures, served in the decode thread."""

    def __init__(self, thread: DecodeThread, source: FrameSource, plan: PlayPlan) -> None:
        self._thread = thread
        self._source = source
        self._plan = plan
        self._told = False
        self._last_run_s: float | None = None

    def serve(self) -> None:
        """Push pictures until the end, or until something newer is asked for."""
        pushing = self._forwards() if self._plan.speed > 0 else self._backwards()
        for frame, run_s in pushing:
            if not self._wanted(run_s):
                continue
            picture = self._thread.moving_picture(frame, run_s)
            if not self._thread.queue.push(self._plan.generation, picture):
                raise Superseded
            self._last_run_s = run_s
            self._tell_primed()
            self._thread.tell_cache(self._source, now=False)
        self._thread.queue.end(self._plan.generation)
        self._tell_primed()
        self._thread.tell_cache(self._source)

    def _tell_primed(self) -> None:
        if not self._told and self._thread.queue.primed:
            self._told = True
            self._thread.events.primed(self._plan.generation)

    def _wanted(self, run_s: float) -> bool:
        """Whether a picture is worth scaling: not too late, and not more than can be seen."""
        last_s, speed = self._last_run_s, abs(self._plan.speed)
        if last_s is None:
            return True
        if speed > 1.0 and abs(run_s - last_s) < speed / _FASTEST_SHOWN:
            return False
        late = self._lag(run_s) > _LATE_S * max(speed, 1.0)
        # A machine that cannot keep up still shows something now and then.
        if late and abs(run_s - last_s) < _SHOW_EVERY_S * max(speed, 1.0):
            self._thread.queue.skip(self._plan.generation)
            return False
        return True

    def _lag(self, run_s: float) -> float:
        now_s = self._thread.run_time()
        if now_s is None:
            return 0.0
        return (now_s - run_s) * (1.0 if self._plan.speed > 0 else -1.0)

    def _forwards(self) -> Iterator[tuple[Frame, float]]:
        plan, source = self._plan, self._source
        loop = plan.loop if plan.looping else None
        number, lap, floor_s = source.number_at(plan.start_s), 0, plan.start_s
        while number < len(source.pts):
            if loop is not None and source.time_s(number) >= loop[1]:
                lap, floor_s = lap + 1, loop[0]
                number = source.number_at(loop[0])
            frame = source.frame(number, self._thread.check)
            # The frame that is on screen at the start began before it.
            run_s = max(source.time_s(number), floor_s) + plan.lap_start(lap)
            yield frame, run_s
            number = self._after(number, run_s, looping=loop is not None)

    def _after(self, number: int, run_s: float, looping: bool) -> int:
        """The next frame; when decoding is hopelessly late, a key frame further on."""
        lag_s = self._lag(run_s)
        if looping or lag_s < _LOST_S * max(self._plan.speed, 1.0):
            return number + 1
        source = self._source
        goal_s = run_s + lag_s + _REJOIN_AHEAD_S * self._plan.speed
        key = source.decode_from(source.number_at(goal_s))
        for _ in range(number + 1, key):
            self._thread.queue.skip(self._plan.generation)
        return max(key, number + 1)

    def _backwards(self) -> Iterator[tuple[Frame, float]]:
        source = self._source
        high = source.number_at(self._plan.start_s)
        while high >= 0:
            low = source.decode_from(high)
            keep = source.most_frames()
            for number in range(high, max(low, high - keep + 1) - 1, -1):
                frame = source.frame(number, self._thread.check)
                yield frame, source.time_s(number)
            high = max(low, high - keep + 1) - 1
