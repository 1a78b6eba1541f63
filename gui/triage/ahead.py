"""Pictures read ahead: what the next undecided flags begin with is there before it is asked for.

Where one was not read ahead, the key frame before it stands in until the player has decoded it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from core.domain.errors import KnownError
from core.domain.title import Title
from core.jobs.progress import CancelToken
from core.media.packet_index import PacketIndex
from core.media.reader import VideoReader
from core.review.flag import Flag
from gui.bridge import GuiLane
from gui.player.picture_queue import Picture

if TYPE_CHECKING:
    from gui.desk.desk import Desk

_MOST = 6
_MOST_BYTES = 160 << 20
_BEHIND_BYTES = 16 << 20
_AFTER_MS = 120

Place = tuple[int, int, int]
"""PTS of the first picture of a flag, and width and height in physical pixels."""


class ReadAhead(QObject):
    """Shows the first picture of a flag at once, when it was read ahead; the player follows.

    It reads with a reader of its own, a moment after the player has been asked for the present
    flag, so that the two do not contend.

    Args:
        desk: The desk.

    Attributes:
        enabled: Read ahead at all.
    """

    _made = Signal(str, object, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._lane = GuiLane("read ahead", self)
        self._reader: VideoReader | None = None
        self._of = ""
        self._size = (0, 0)
        self._pictures: OrderedDict[Place, Picture] = OrderedDict()
        self._wanted: tuple[Place, ...] = ()
        self._selected = ""
        self._awaited: Place | None = None
        self.enabled = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self._read)
        self._made.connect(self._on_made)
        desk.parts.picture.render_size_changed.connect(self._on_size)
        desk.selection.changed.connect(self._on_flag)
        desk.snapshot_changed.connect(lambda _snapshot: self._timer.start())
        desk.player.title_opened.connect(self._on_title)
        desk.player.frame_shown.connect(self._on_shown)

    @property
    def idle(self) -> bool:
        """Whether nothing is being read ahead."""
        return self._lane.pending == 0

    def close(self) -> None:
        """End the thread and let go of the file."""
        self._timer.stop()
        self._lane.close()
        self._pictures.clear()
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def holds(self, flag: Flag) -> bool:
        """Whether a flag's first picture is there."""
        return self._place(flag) in self._pictures

    def forget(self) -> None:
        """Let everything go that was read ahead."""
        self._pictures.clear()
        self._wanted = ()

    def _on_title(self, _title: Title) -> None:
        self.forget()
        self._timer.start()

    def _on_size(self, width: int, height: int) -> None:
        if (width, height) != self._size:
            self._size = (width, height)
            self.forget()
            self._timer.start()

    def _on_flag(self, flag: Flag | None) -> None:
        key = flag.key if flag is not None else ""
        if key == self._selected:
            return
        self._selected = key
        self._timer.start()
        if flag is None:
            return
        picture = self._pictures.get(self._place(flag))
        if picture is not None:
            self._desk.player.show_ready(picture)
        else:
            self._glimpse(self._place(flag))

    def _glimpse(self, place: Place) -> None:
        """Show the key frame before a picture that was not read ahead while that is decoded."""
        title, index = self._desk.title, self._desk.player.packets
        if title is None or not title.video or index is None or not all(self._size):
            return
        exact = int(index.floor(place[0]))
        key = int(index.pts[index.start_for(exact)])
        self._awaited = place

        def show(picture: Picture) -> None:
            # What the player has shown meanwhile is nearer to what was asked for.
            if self._awaited == place:
                self._desk.player.show_ready(replace(picture, provisional=picture.pts != exact))

        near = (key, place[1], place[2])
        self._lane.submit(
            lambda _token: self._decode(title, index, near),
            show,
            _raise_unless_known,
            newest=True,
        )

    def _on_shown(self, _picture: Picture) -> None:
        self._awaited = None

    def _place(self, flag: Flag) -> Place:
        title = self._desk.title
        if title is None or not title.video:
            return (-1, 0, 0)
        start = self._desk.selection.starts_at(flag).to(title.video[0].base)
        return (start.pts, *self._size)

    def _read(self) -> None:
        desk, title, index = self._desk, self._desk.title, self._desk.player.packets
        if title is None or not title.video or index is None:
            return
        if not (self.enabled and all(self._size)):
            return
        if desk.player.playing and not desk.player.clock.running:
            # The player still decodes for the present flag; two decoders would slow each other.
            self._timer.start()
            return
        room = max(_MOST_BYTES // (self._size[0] * self._size[1] * 4), 1)
        coming = desk.parts.queue.upcoming(desk.review.deciding, min(_MOST, room))
        wanted = tuple(dict.fromkeys(self._place(flag) for flag in coming))
        for place in [place for place in self._pictures if place not in wanted]:
            del self._pictures[place]
        missing = [place for place in wanted if place not in self._pictures]
        if not missing or (wanted == self._wanted and self._lane.pending):
            return
        self._wanted = wanted
        self._submit(title, index, missing)

    def _submit(self, title: Title, index: PacketIndex, places: Sequence[Place]) -> None:
        def work(token: CancelToken) -> None:
            for place in places:
                token.check()
                self._made.emit(title.fingerprint, place, self._decode(title, index, place))

        self._lane.submit(
            work,
            lambda _none: None,
            # What cannot be decoded is not shown ahead; the player says why when it gets there.
            _raise_unless_known,
            newest=True,
        )

    def _decode(self, title: Title, index: PacketIndex, place: Place) -> Picture:
        stream, (pts, width, height) = title.video[0], place
        if self._reader is None or self._of != title.fingerprint:
            if self._reader is not None:
                self._reader.close()
            self._reader = VideoReader(title.path, stream, index, behind_bytes=_BEHIND_BYTES)
            self._of = title.fingerprint
        frame = self._reader.frame_at(pts)
        return Picture(
            frame.pts,
            frame.end_pts,
            frame.base,
            frame.bgra(width, height),
            key=frame.key,
            corrupt=frame.corrupt,
        )

    def _on_made(self, fingerprint: str, place: Place, picture: Picture) -> None:
        title = self._desk.title
        if title is not None and title.fingerprint == fingerprint and place in self._wanted:
            self._pictures[place] = picture


def _raise_unless_known(error: BaseException) -> None:
    if not isinstance(error, KnownError):
        raise error
