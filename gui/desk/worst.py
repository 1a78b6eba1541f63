"""The worst frame of the selected flag: decoded exactly, made small, off the GUI thread."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage, QPainter

from core.catalog.table import DETECTORS
from core.domain.heat import HeatMap
from core.domain.time import MediaTime
from core.domain.title import Title, VideoStream
from core.jobs.progress import CancelToken
from core.media.packet_index import PacketIndex
from core.media.reader import VideoReader
from core.review.flag import Flag
from gui.bridge import GuiLane
from gui.desk.heat_lane import HeatMaps
from gui.player.geometry import PictureGeometry
from gui.player.heat_image import HeatLook, HeatPlace, HeatStyle, draw_heat
from gui.queue import flag_text
from gui.queue.worst import THUMBNAIL_PX

if TYPE_CHECKING:
    from gui.desk.desk import Desk

_MOST = 256
_BEHIND_BYTES = 16 << 20


@dataclass(frozen=True, slots=True)
class Instant:
    """A frame to be shown small.

    Attributes:
        fingerprint: Of its title.
        pts: On the base of the picture stream.
        run: The analysis whose heat map is painted on it; empty for none.
        threshold: Of the heat map.
        ratio: Physical pixels per logical pixel.
    """

    fingerprint: str
    pts: int
    run: str
    threshold: float
    ratio: float


class WorstDesk(QObject):
    """Shows where the selected flag is worst, and goes there. The newest selection wins.

    Args:
        desk: The desk.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._widget = desk.parts.queue.worst
        self._lane = GuiLane("worst frames", self)
        self._reader = _Reader()
        self._made: OrderedDict[Instant, QImage | None] = OrderedDict()
        self._shown: tuple[str, Instant | None] = ("", None)
        self._larger = 1.0
        desk.selection.changed.connect(self._on_flag)
        desk.actions.connect_to("play.worst", self.go)
        self._widget.pressed.connect(desk.actions["play.worst"].trigger)

    @property
    def idle(self) -> bool:
        """Whether no picture is being made."""
        return self._lane.pending == 0

    def go(self) -> None:
        """Stop at the worst frame of the selected flag."""
        flag, player = self._desk.selection.flag, self._desk.player
        if flag is not None:
            player.pause()
            self._desk.selection.seek(peak_of(flag).seconds)

    def enlarge(self, factor: float) -> None:
        """Make pictures this much larger than the queue shows them, for who shows them large."""
        self._larger = factor
        self._on_flag(self._desk.selection.flag)

    def close(self) -> None:
        """End the thread and let go of the file."""
        self._lane.drain()
        self._reader.close()
        self._lane.close()

    def _on_flag(self, flag: Flag | None) -> None:
        title = self._desk.title
        if flag is None or title is None:
            self._shown = ("", None)
            self._widget.show_nothing()
            return
        instant = self._instant(title, flag)
        if (flag.key, instant) == self._shown:
            return
        self._shown = (flag.key, instant)
        made = self._made.get(instant) if instant is not None else None
        waiting = instant is not None and instant not in self._made
        place = self._desk.parts.clock(peak_of(flag).seconds)
        hint = self._desk.actions.hint("play.worst")
        self._widget.show_flag(f"{place}  {flag_text.note_of(flag)}", hint, waiting)
        if made is not None:
            self._widget.show_picture(made)
        elif waiting and instant is not None:
            self._make(title, instant)

    def _instant(self, title: Title, flag: Flag) -> Instant | None:
        if not title.video:
            return None
        heated = flag.detector in DETECTORS and DETECTORS[flag.detector].maps
        run = self._desk.snapshot.run
        peak = peak_of(flag).to(title.video[0].base)
        ratio = self._widget.devicePixelRatioF() * self._larger
        threshold = self._desk.heat.look.threshold if heated else 0.0
        heated_by = run.id if heated and run is not None else ""
        return Instant(title.fingerprint, peak.pts, heated_by, threshold, ratio)

    def _make(self, title: Title, instant: Instant) -> None:
        index, reader = self._desk.player.packets, self._reader
        maps = self._desk.heat.maps if instant.run else None

        def work(token: CancelToken) -> QImage:
            token.check()
            return reader.small(title, title.video[0], index, instant, maps)

        self._lane.submit(
            work,
            lambda image: self._on_made(instant, image),
            # A frame that cannot be decoded has no picture; the player says why when asked.
            lambda _error: self._on_made(instant, None),
            newest=True,
        )

    def _on_made(self, instant: Instant, image: QImage | None) -> None:
        self._made[instant] = image
        while len(self._made) > _MOST:
            self._made.popitem(last=False)
        if self._shown[1] == instant:
            self._widget.show_picture(image)


def peak_of(flag: Flag) -> MediaTime:
    """The worst instant of a flag; the start of one that no finding stands behind."""
    if flag.finding is not None:
        return flag.finding.evidence.peak
    return MediaTime(flag.span.start, flag.span.base)


class _Reader:
    """Keeps the file of one title open; used in one thread."""

    def __init__(self) -> None:
        self._reader: VideoReader | None = None
        self._of = ""

    def close(self) -> None:
        """Let go of the file."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def small(
        self,
        title: Title,
        stream: VideoStream,
        index: PacketIndex | None,
        instant: Instant,
        maps: HeatMaps | None,
    ) -> QImage:
        """The frame on screen at an instant, as it shows, with its heat map.

        Raises:
            KnownError: It cannot be decoded.
        """
        if self._reader is None or self._of != title.fingerprint:
            self.close()
            self._reader = VideoReader(title.path, stream, index, behind_bytes=_BEHIND_BYTES)
            self._of = title.fingerprint
        frame = self._reader.frame_at(instant.pts)
        width, height = _size(stream, instant.ratio)
        pixels = frame.bgra(width, height)
        image = QImage(
            pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB32
        ).copy()
        heat = maps.near(frame.pts) if maps is not None else None
        if heat is not None and heat.pts == frame.pts:
            _paint_heat(image, heat, stream.rotation, instant.threshold)
        image.setDevicePixelRatio(instant.ratio)
        return image


def _size(stream: VideoStream, ratio: float) -> tuple[int, int]:
    wide, tall = stream.display_size
    scale = min(THUMBNAIL_PX[0] / max(wide, 1), THUMBNAIL_PX[1] / max(tall, 1)) * ratio
    return max(round(wide * scale), 1), max(round(tall * scale), 1)


def _paint_heat(image: QImage, heat: HeatMap, rotation: int, threshold: float) -> None:
    geometry = PictureGeometry(image.width(), image.height(), 0.0, 0.0, 1.0)
    place = HeatPlace(geometry, (image.width(), image.height()), rotation)
    painter = QPainter(image)
    look = HeatLook(threshold, 0.8, HeatStyle.FILL)
    draw_heat(heat, place, look).paint(painter, geometry)
    painter.end()
