"""What a player is, for everybody to read: its title, its place, its state, its signals."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from PySide6.QtCore import QObject, Signal

from core.domain.time import MediaTime, Span
from core.domain.title import Title
from core.media.packet_index import PacketIndex
from gui.player.clock import MediaClock
from gui.player.deck import Deck, Parts
from gui.player.picture_queue import Picture
from gui.player.plan import PlayPlan
from gui.player.sound import Sound
from gui.player.source import FrameSource

CLOCK_BASE = Fraction(1, 90000)
"""Time base of places that no frame names."""


class Mode(Enum):
    """Whether it plays."""

    PAUSED = 0
    STARTING = 1
    PLAYING = 2


class PlayerState(QObject):
    """State and signals of the player; `gui.player.engine.Player` is what moves it.

    Args:
        parent: Owner.
        cache_bytes: Most memory for decoded frames.
        parts: What opens files and devices, and tells the time.

    Signals:
        position_changed: A `MediaTime`: the PTS of the frame on screen.
        state_changed: Whether it plays, and the speed.
        frame_shown: A `Picture`, to be painted now.
        title_opened: The title can be played; carries it.
        dropped_changed: Frames that were due and never shown, at normal speed or slower.
        cached_changed: A tuple of `Span`: what is in memory.
        loop_changed: A `Span`, or None.
        failed: A sentence and details; the player lives on.
        clock_changed: `audio` or `system`.
        notice: A sentence for the status bar.
    """

    position_changed = Signal(object)
    state_changed = Signal(bool, float)
    frame_shown = Signal(object)
    title_opened = Signal(object)
    dropped_changed = Signal(int)
    cached_changed = Signal(object)
    loop_changed = Signal(object)
    failed = Signal(str, str)
    clock_changed = Signal(str)
    notice = Signal(str)

    def __init__(
        self,
        parent: QObject | None = None,
        cache_bytes: int = 512 << 20,
        parts: Parts | None = None,
    ) -> None:
        super().__init__(parent)
        parts = parts or Parts()
        self._cache_bytes = cache_bytes
        self._now = parts.now
        self._clock = MediaClock(parts.now)
        self._deck = Deck(self._clock, parts, parent=self)
        self._sound = self._deck.sound
        self._base_speed = 1.0
        self._forget_title()

    def _forget_title(self) -> None:
        self._title: Title | None = None
        self._source: FrameSource | None = None
        self._mode = Mode.PAUSED
        self._plan: PlayPlan | None = None
        self._awaited: set[str] = set()
        self._frame = 0
        self._shown: Picture | None = None
        self._place = MediaTime(0, CLOCK_BASE)
        self._asked_s: float | None = None
        self._play_when_open: float | None = None
        self._loop: Span | None = None
        self._still = 0
        self._dropped = 0
        self._speed = 0.0
        self._slow = False
        self._picture_broken = False
        self._ready: Picture | None = None

    def show_ready(self, picture: Picture) -> None:
        """Show a picture that was decoded elsewhere, until the player's own comes.

        It is of the frame that the player is asked for next, so no stand-in may replace it.
        """
        self._ready = picture
        self.frame_shown.emit(picture)

    def _is_better(self, picture: Picture) -> bool:
        """Whether what is on screen is nearer to what was asked for than a stand-in."""
        ready = self._ready
        return picture.provisional and ready is not None and ready.pts == self._place.pts

    @property
    def title(self) -> Title | None:
        """The title that is loaded."""
        return self._title

    @property
    def position(self) -> MediaTime:
        """PTS of the frame on screen, or of the one that is being fetched."""
        return self._place

    @property
    def playing(self) -> bool:
        """Whether it plays, or is about to."""
        return self._mode is not Mode.PAUSED

    @property
    def speed(self) -> float:
        """Media seconds a second; 0 while paused."""
        return self._speed if self.playing else 0.0

    @property
    def slow(self) -> bool:
        """Whether it plays slowly only while keys are held."""
        return self._slow and self.playing

    @property
    def base_speed(self) -> float:
        """The speed that `play` uses."""
        return self._base_speed

    @property
    def dropped(self) -> int:
        """Frames that were due and never shown since the title was loaded."""
        return self._dropped

    @property
    def loop(self) -> Span | None:
        """The stretch that is repeated."""
        return self._loop

    @property
    def sound(self) -> Sound:
        """Mixer and sync of the sound."""
        return self._sound

    @property
    def clock(self) -> MediaClock:
        """The clock of playback, in run time (see `gui.player.plan`)."""
        return self._clock

    @property
    def packets(self) -> PacketIndex | None:
        """The packets of the picture, once they are known; any thread may read them."""
        return self._source.index if self._source is not None else None

    @property
    def end_s(self) -> float:
        """Where the title ends, in seconds on its own time line."""
        if self._title is None:
            return 0.0
        end_s = self._title.start.seconds + self._title.duration_s
        if self._source is not None and not self._title.audio:
            return self._source.end_s
        return max(end_s, self._source.end_s) if self._source is not None else end_s
