"""The player: one title, its picture and its sound, on one clock."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

from core.domain.time import MediaTime, Span
from core.domain.title import Title
from gui.player.clock import ClockSource
from gui.player.deck import Parts
from gui.player.decode_thread import Still
from gui.player.picture_queue import Picture
from gui.player.plan import PlayPlan
from gui.player.shuttle import next_speed
from gui.player.sound import SoundNews
from gui.player.source import FrameSource
from gui.player.state import CLOCK_BASE, Mode, PlayerState
from gui.player.substitute import Substitute

_IDLE_LOOK_MS = 250
_LONGEST_TICK_S = 0.03
_STARVED_MS = 4
_SOUND_WAIT_MS = 600
_RESIZE_WAIT_MS = 40


class Player(PlayerState):
    """Plays one title. All methods belong to the GUI thread and return at once.

    Args:
        parent: Owner.
        cache_bytes: Most memory for decoded frames.
        parts: What opens files and devices, and tells the time.
    """

    def __init__(
        self,
        parent: QObject | None = None,
        cache_bytes: int = 512 << 20,
        parts: Parts | None = None,
    ) -> None:
        super().__init__(parent, cache_bytes, parts)
        self._told_clock = ClockSource.SYSTEM
        self._told_sentence = ""
        self._generation = 0
        self._connect_deck()
        self._tick_timer = self._timer(self._tick, precise=True)
        self._sound_wait = self._timer(self._on_sound_late)
        self._resize_timer = self._timer(self._render_again)
        self._idle_timer = QTimer(self)
        self._idle_timer.timeout.connect(self._look_at_sound)

    def _timer(self, slot: Callable[[], None], precise: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        if precise:
            timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(slot)
        return timer

    # Titles

    def load(self, title: Title) -> None:
        """Take a title and show its first frame; the one before is let go."""
        self._release()
        self._title = title
        self._place = title.start
        self._deck.load(title, self._cache_bytes)
        self._idle_timer.start(_IDLE_LOOK_MS)
        self.dropped_changed.emit(0)
        self.cached_changed.emit(())
        self.loop_changed.emit(None)
        self.position_changed.emit(self._place)
        if not title.video:
            self.title_opened.emit(title)

    def select_audio(self, index: int) -> None:
        """Hear another sound stream, by its container index.

        Raises:
            KeyError: The title has no such sound stream.
        """
        if self._title is None:
            raise KeyError(index)
        streams = {stream.index: stream for stream in self._title.audio}
        stream = streams[index]
        self._deck.load_sound(self._title, stream)
        if self.playing:
            self._restart()

    def unload(self) -> None:
        """Let the title go; threads end in the background."""
        self._release()
        self.state_changed.emit(False, 0.0)
        self.cached_changed.emit(())

    def close(self) -> None:
        """Let the title go and wait for all threads; the player is not used afterwards."""
        self._release()
        self._deck.close()

    def _release(self) -> None:
        for timer in (self._tick_timer, self._sound_wait, self._resize_timer, self._idle_timer):
            timer.stop()
        self._clock.stop()
        self._deck.release()
        self._forget_title()

    # Motion

    def play(self) -> None:
        """Play at the base speed; from the start when the end was reached."""
        self._slow = False
        self._play_at(self._base_speed)

    def pause(self) -> None:
        """Stop on the frame that is on screen."""
        self._play_when_open = None
        self._slow = False
        if not self.playing:
            return
        self._halt()
        if self._source is not None and self._shown is not None:
            self._frame = self._source.number_of(self._shown.pts)
            self._ask_still(quick=False)
        self.state_changed.emit(False, 0.0)

    def toggle(self) -> None:
        """Play when paused, pause when playing."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def shuttle(self, direction: int, slow: bool = False) -> None:
        """Answer a press of J (−1), K (0) or L (+1); `slow` means that K is held, too."""
        speed = next_speed(self.speed, direction, slow)
        self._slow = slow and direction != 0
        if speed == 0.0:
            self.pause()
        else:
            self._play_at(speed)

    def set_speed(self, speed: float) -> None:
        """Set the base speed; takes effect at once while playing.

        Raises:
            ValueError: The speed is not positive.
        """
        if speed <= 0:
            raise ValueError(f"speed must be positive, got {speed}")
        self._base_speed = speed
        if self.playing:
            self._play_at(speed)

    def step(self, frames: int) -> None:
        """Go this many frames on (or back, when negative) and stand there."""
        self.pause()
        if self._source is None:
            if self._title is not None and not self._title.video:
                self.seek(self._place.seconds + frames / 25)
            return
        self._go_to_frame(self._frame + frames)

    def seek(self, seconds: float) -> None:
        """Go to the frame that is on screen at `seconds`; the newest seek wins."""
        if self._title is None:
            return
        if self._source is None:
            if self._title.video and not self._picture_broken:
                self._asked_s = seconds
                return
            self._seek_sound(seconds)
            return
        self._go_to_frame(self._source.number_at(seconds))

    def seek_pts(self, pts: int) -> None:
        """Go to the frame that is on screen at this PTS of the picture stream."""
        if self._title is not None and self._title.video:
            if self._source is None:
                self.seek(float(pts * self._title.video[0].base))
            else:
                self._go_to_frame(self._source.number_of(pts))

    def seek_start(self) -> None:
        """Go to the first frame."""
        if self._title is not None:
            self.seek(self._title.start.seconds)

    def seek_end(self) -> None:
        """Go to the last frame."""
        self.seek(self.end_s)

    def set_loop(self, span: Span | None) -> None:
        """Repeat a stretch, or play on; while playing, it takes effect at once."""
        if span == self._loop:
            return
        self._loop = span
        self.loop_changed.emit(span)
        if self.playing:
            self._restart()

    def repeat(self, span: Span) -> None:
        """Play a stretch again and again, from its start on, whatever plays now."""
        speed = self._speed if self.playing and self._speed > 0 else self._base_speed
        self._halt()
        self.set_loop(span)
        self.seek(span.start_s)
        self._play_at(speed)

    def set_render_size(self, width: int, height: int) -> None:
        """Scale pictures to this many physical pixels from now on."""
        self._deck.set_size(width, height)
        if not self.playing and self._shown is not None:
            self._resize_timer.start(_RESIZE_WAIT_MS)

    # Sound

    def set_volume(self, channel: int | None, gain: float) -> None:
        """Set the gain of a channel, or of all with None; 1 is unchanged."""
        self._sound.mixer.set_gain(channel, gain)

    def set_muted(self, channel: int | None, muted: bool) -> None:
        """Mute a channel, or all with None."""
        self._sound.mixer.set_muted(channel, muted)

    def set_solo(self, channel: int, solo: bool) -> None:
        """Hear only the channels that have solo."""
        self._sound.mixer.set_solo(channel, solo)

    def set_substitute(self, substitute: Substitute | None) -> None:
        """Hear other samples in place of a stretch of the sound, or the title's own again."""
        if self._sound.set_substitute(substitute) and self.playing:
            self._restart()

    def set_audio_offset(self, offset_ms: float) -> None:
        """Play the sound later by this much (earlier when negative)."""
        self._sound.set_offset(offset_ms / 1000.0)
        if self.playing:
            self._restart()

    def set_nudge(self, nudge_ms: float) -> None:
        """Hold the sound later by this much more, or earlier; the picture never waits for it."""
        self._sound.set_nudge(nudge_ms / 1000.0, self._plan if self._mode is Mode.PLAYING else None)
        if self._mode is Mode.STARTING:
            self._restart()

    def set_sound_device(self, name: str) -> None:
        """Play on another sound device; empty means the system's choice."""
        if self._sound.set_device(name) and self.playing:
            self._restart()

    # Inside: standing still

    def _go_to_frame(self, frame: int) -> None:
        source = self._source
        if source is None:
            return
        self._frame = min(max(frame, 0), len(source.pts) - 1)
        self._set_place(MediaTime(source.pts[self._frame], source.base))
        if self.playing:
            self._start_run(source.time_s(self._frame), self._speed)
        else:
            self._ask_still(quick=True)

    def _seek_sound(self, seconds: float) -> None:
        if self._title is None:
            return
        seconds = min(max(seconds, self._title.start.seconds), self.end_s)
        self._set_place(MediaTime.from_seconds(seconds, CLOCK_BASE))
        if self.playing:
            self._start_run(seconds, self._speed)

    def _ask_still(self, quick: bool) -> None:
        self._still += 1
        self._deck.ask(Still(self._still, self._frame, quick))

    def _render_again(self) -> None:
        if not self.playing:
            self._ask_still(quick=False)

    def _set_place(self, place: MediaTime) -> None:
        if place.pts != self._place.pts or place.base != self._place.base:
            self._place = place
            self.position_changed.emit(place)

    # Inside: playing

    def _play_at(self, speed: float) -> None:
        if self._title is None:
            return
        if self._source is None and self._title.video and not self._picture_broken:
            self._play_when_open = speed
            return
        self._start_run(self._start_time(speed), speed)

    def _start_time(self, speed: float) -> float:
        """Where to begin: here, but at the start after the end, and inside the loop."""
        here_s = self._here()
        loop = self._loop
        if speed > 0 and loop is not None and not loop.start_s <= here_s < loop.end_s:
            return loop.start_s
        if self.playing or speed < 0 or self._title is None:
            return here_s
        source = self._source
        at_end = self._frame >= len(source.pts) - 1 if source else here_s >= self.end_s - 0.01
        return self._title.start.seconds if at_end else here_s

    def _here(self) -> float:
        if self._mode is Mode.PLAYING and self._plan is not None:
            return self._plan.media_time(self._clock.position())
        if self._source is not None:
            return self._source.time_s(self._frame)
        return self._place.seconds

    def _restart(self) -> None:
        self._start_run(self._start_time(self._speed), self._speed)

    def _start_run(self, start_s: float, speed: float) -> None:
        self._halt()
        self._generation += 1
        loop = (self._loop.start_s, self._loop.end_s) if self._loop is not None else None
        plan = PlayPlan(self._generation, start_s, speed, loop)
        self._plan = plan
        self._speed = speed
        self._mode = Mode.STARTING
        self._awaited = set()
        if self._sound.prepare(plan):
            self._awaited.add("sound")
        if self._source is not None and self._deck.ask(plan):
            self._awaited.add("picture")
        self.state_changed.emit(True, speed)
        if "picture" not in self._awaited:
            self._sound_wait.start(_SOUND_WAIT_MS)
        self._go_when_ready()

    def _go_when_ready(self) -> None:
        if self._mode is not Mode.STARTING or self._awaited or self._plan is None:
            return
        self._sound_wait.stop()
        held_s = self._sound.go()
        self._mode = Mode.PLAYING
        self._clock.start(self._plan.start_s, self._speed, self._now() + held_s)
        self._tick()

    def _halt(self) -> None:
        self._tick_timer.stop()
        self._sound_wait.stop()
        self._clock.stop()
        self._sound.halt()
        self._mode = Mode.PAUSED
        self._plan = None

    def _tick(self) -> None:
        plan = self._plan
        if self._mode is not Mode.PLAYING or plan is None:
            return
        self._look_at_sound()
        run_s = self._clock.position()
        due = self._deck.queue.take_due(run_s, plan.speed)
        if due.skipped and abs(plan.speed) <= 1.0:
            self._dropped += due.skipped
            self.dropped_changed.emit(self._dropped)
        if due.picture is not None:
            self._show(due.picture)
        self._follow_without_picture(plan, run_s)
        if self._is_over(plan, run_s):
            self._finish_run(plan)
        elif self._plan is plan:
            self._tick_timer.start(self._next_tick_ms())

    def _next_tick_ms(self) -> int:
        next_s = self._deck.queue.next_due()
        if next_s is None:
            return _STARVED_MS
        wait_s = self._clock.due_at(next_s) - self._now()
        return int(min(max(wait_s, 0.0), _LONGEST_TICK_S) * 1000)

    def _show(self, picture: Picture) -> None:
        self._shown = picture
        if self._source is not None:
            self._frame = self._source.number_of(picture.pts)
        self.frame_shown.emit(picture)
        self._set_place(picture.time)

    def _follow_without_picture(self, plan: PlayPlan, run_s: float) -> None:
        """Where there is no picture (any more), the clock says where we are."""
        source = self._source
        media_s = plan.media_time(run_s)
        if source is None or (self._deck.queue.finished and media_s > source.end_s):
            media_s = min(media_s, self.end_s)
            self._set_place(MediaTime.from_seconds(media_s, CLOCK_BASE))

    def _is_over(self, plan: PlayPlan, run_s: float) -> bool:
        if plan.speed < 0:
            start_s = self._title.start.seconds if self._title is not None else 0.0
            return self._deck.queue.finished if self._source is not None else run_s <= start_s
        if plan.looping or (self._source is not None and not self._deck.queue.finished):
            return False
        return run_s >= self.end_s

    def _finish_run(self, plan: PlayPlan) -> None:
        """The end of the title: stand on its last (or first) frame."""
        self._halt()
        if self._source is not None:
            self._frame = len(self._source.pts) - 1 if plan.speed > 0 else 0
            self._set_place(MediaTime(self._source.pts[self._frame], self._source.base))
            self._ask_still(quick=False)
        self.state_changed.emit(False, 0.0)

    # Inside: the clock

    def _look_at_sound(self) -> None:
        running = self._plan if self._mode is Mode.PLAYING else None
        news = self._sound.look(running)
        if running is not None or news.sentence:
            self._tell_clock(news)

    def _tell_clock(self, news: SoundNews) -> None:
        if news.source is not self._told_clock:
            self._told_clock = news.source
            self.clock_changed.emit(news.source.value)
        if news.sentence != self._told_sentence:
            self._told_sentence = news.sentence
            if news.sentence:
                self.notice.emit(news.sentence)

    # Inside: what threads say

    def _connect_deck(self) -> None:
        deck = self._deck
        deck.opened.connect(self._on_opened)
        deck.still.connect(self._on_still)
        deck.picture_primed.connect(self._on_picture_primed)
        deck.sound_primed.connect(self._on_sound_primed)
        deck.cached.connect(self.cached_changed)
        deck.device_opened.connect(self._on_device_opened)
        deck.device_missing.connect(self._on_device_missing)
        deck.picture_failed.connect(self._on_picture_failed)
        deck.sound_failed.connect(self.failed)

    def _on_opened(self, source: FrameSource) -> None:
        self._source = source
        asked_s, self._asked_s = self._asked_s, None
        self._frame = source.number_at(asked_s) if asked_s is not None else 0
        self._set_place(MediaTime(source.pts[self._frame], source.base))
        self.title_opened.emit(self._title)
        speed, self._play_when_open = self._play_when_open, None
        if speed is not None:
            self._play_at(speed)
        else:
            self._ask_still(quick=True)

    def _on_still(self, number: int, picture: Picture) -> None:
        if number != self._still or self.playing or self._is_better(picture):
            return
        if not picture.provisional:
            self._shown = picture
            # A frame that cannot be decoded is stood in for by the one before: say which it is.
            self._set_place(picture.time)
        self.frame_shown.emit(picture)

    def _on_picture_primed(self, generation: int) -> None:
        if self._plan is not None and generation == self._plan.generation:
            self._awaited.discard("picture")
            if self._awaited:
                self._sound_wait.start(_SOUND_WAIT_MS)
            self._go_when_ready()

    def _on_sound_primed(self, number: int) -> None:
        if self._sound.is_current(number):
            self._awaited.discard("sound")
            self._go_when_ready()

    def _on_sound_late(self) -> None:
        self._awaited.discard("sound")
        self._go_when_ready()

    def _on_device_opened(self) -> None:
        self._sound.on_device_opened()
        self._told_sentence = ""
        if self._mode is Mode.PLAYING:
            self._restart()

    def _on_device_missing(self, sentence: str) -> None:
        self._sound.on_device_missing(sentence)
        self._tell_clock(SoundNews(ClockSource.SYSTEM, sentence))
        self.clock_changed.emit(ClockSource.SYSTEM.value)

    def _on_picture_failed(self, sentence: str, details: str) -> None:
        if self._source is None:
            self._picture_broken = True
            self._deck.drop_picture()
        elif self.playing:
            self.pause()
        self.failed.emit(sentence, details)
