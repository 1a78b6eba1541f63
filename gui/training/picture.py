"""Small pictures of titles that are not open, decoded by PTS off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from core.domain.lineage import FindingChange
from core.domain.time import MediaTime
from core.domain.title import Title, VideoStream
from core.jobs.progress import CancelToken
from core.media.reader import VideoReader
from gui.bridge import GuiLane
from gui.training.change import TILE_PX, Place, place_of

_BEHIND_BYTES = 8 << 20
_MOST_WAITING = 40

FindTitle = Callable[[str], Title | None]


class PictureLane(QObject):
    """Makes one picture after the other, what was asked for last first.

    Signals:
        made: A `Place` and its QImage, or None where there is no picture.
        dropped: A `Place` that is not made, because too much was asked for since.
    """

    made = Signal(object, object)
    dropped = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = GuiLane("training pictures", self)
        self._waiting: dict[Place, tuple[FindingChange, FindTitle, float]] = {}
        self._reader: VideoReader | None = None
        self._of = ""

    @property
    def idle(self) -> bool:
        """Whether no picture is being made."""
        return self._lane.pending == 0

    def want(self, change: FindingChange, find: FindTitle, ratio: float) -> None:
        """Ask for the picture of a finding.

        Args:
            change: Which.
            find: Knows titles by fingerprint; called in the thread.
            ratio: Physical pixels per logical pixel.
        """
        self._waiting[place_of(change)] = (change, find, ratio)
        while len(self._waiting) > _MOST_WAITING:
            oldest = next(iter(self._waiting))
            del self._waiting[oldest]
            self.dropped.emit(oldest)
        self._next()

    def close(self) -> None:
        """End the thread and let go of the file."""
        self._waiting.clear()
        self._lane.drain()
        self._lane.close()
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _next(self) -> None:
        if self._lane.pending or not self._waiting:
            return
        place, (change, find, ratio) = self._waiting.popitem()

        def over(image: QImage | None) -> None:
            self.made.emit(place, image)
            self._next()

        self._lane.submit(
            lambda token: self._make(token, change, find, ratio),
            over,
            # A frame that cannot be decoded has no picture; the player says why when asked.
            lambda _error: over(None),
        )

    def _make(
        self, token: CancelToken, change: FindingChange, find: FindTitle, ratio: float
    ) -> QImage | None:
        token.check()
        title = find(change.fingerprint)
        if title is None or not title.video or not title.path.exists():
            return None
        stream = title.video[0]
        if self._reader is None or self._of != title.fingerprint:
            if self._reader is not None:
                self._reader.close()
                self._reader = None
            self._reader = VideoReader(title.path, stream, behind_bytes=_BEHIND_BYTES)
            self._of = title.fingerprint
        at = MediaTime(change.picture_pts, change.finding.span.base).to(stream.base)
        frame = self._reader.frame_at(at.pts)
        width, height = _size(stream, ratio)
        pixels = frame.bgra(width, height)
        kind = QImage.Format.Format_RGB32
        image = QImage(pixels.data, width, height, pixels.strides[0], kind).copy()
        image.setDevicePixelRatio(ratio)
        return image


def _size(stream: VideoStream, ratio: float) -> tuple[int, int]:
    wide, tall = stream.display_size
    scale = min(Fraction(TILE_PX[0], max(wide, 1)), Fraction(TILE_PX[1], max(tall, 1)))
    return max(round(wide * float(scale) * ratio), 1), max(round(tall * float(scale) * ratio), 1)
