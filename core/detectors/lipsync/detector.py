"""Lip sync: whether the sound of a title is in time with the lips that are seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Detector, Row, Sample
from core.detectors.lipsync.chunk import CHUNK, CONTEXT, Eye, Still, Tracklet, tracklets_of
from core.detectors.lipsync.face import EVERY, Face, FaceNetwork, faces_of
from core.detectors.lipsync.grid import RATE, Grid, Placed
from core.detectors.lipsync.judge import CELL, ChunkJudge, Ear, Hearing, Names
from core.detectors.lipsync.shot import STEP, ShotFinder, ShotNetwork
from core.detectors.lipsync.speech import OpenVoice, SoundLine, open_voice
from core.detectors.lipsync.still import Stills
from core.detectors.lipsync.track import BRIDGED
from core.domain.errors import KnownError

Views = Mapping[str, Sample]

_SHOTS_KNOWN = STEP
"""Places after a chunk that must be seen until all shots around it are known."""


class SyncNetwork(Eye, Ear, Protocol):
    """Whoever sees and hears (`core.models.sync_runtime`)."""


def _shots() -> ShotNetwork:
    from core.models.shot_runtime import shot_runtime

    return shot_runtime()


def _faces() -> FaceNetwork:
    from core.models.face_finder import face_finder

    return face_finder()


def _network() -> SyncNetwork:
    from core.models.sync_runtime import open_sync_runtime

    return open_sync_runtime()


class LipSyncDetector(Detector):
    """Follows faces within shots, and compares their lips with the sound.

    Pictures are brought to 25 a second by their time stamps. The sound comes well before them (view
    `audio` of a detector of pictures), so that faces are sought only in chunks of four seconds in
    which somebody speaks. The rows of a chunk, five a second, are told once the chunk after it is
    complete, ten seconds late, because a fragment of four seconds lies around each.

    Tracks and shots are numbered by the row that they begin in. These numbers tell what is the same
    from row to row; where a piece begins, what began before it has another one than in the whole.

    Class attributes:
        open_shots: Gives who finds shots; asked once, when that is first needed, as are the others.
        open_faces: Gives who finds faces.
        open_network: Gives who sees lips and hears speech.
        open_voice: Gives who hears whether somebody speaks.
    """

    id = "lipsync"
    open_shots: ClassVar[Callable[[], ShotNetwork]] = staticmethod(_shots)
    open_faces: ClassVar[Callable[[], FaceNetwork]] = staticmethod(_faces)
    open_network: ClassVar[Callable[[], SyncNetwork]] = staticmethod(_network)
    open_voice: ClassVar[OpenVoice] = staticmethod(open_voice)

    @classmethod
    def missing(cls) -> str:
        """Weights, or the packages that carry those of others."""
        from core.models.face_finder import face_weights
        from core.models.shared_runtime import missing_weights
        from core.models.shot_runtime import shot_weights

        try:
            shot_weights()
            face_weights()
        except KnownError as error:
            return error.sentence
        return missing_weights(cls.id)

    @classmethod
    def weights_hash(cls) -> str:
        """Hash of the network's file of tensors."""
        from core.models.shared_runtime import weights_hash

        return weights_hash(cls.id)

    def reset(self) -> None:
        """Forget all pictures and all sound."""
        self._grid: Grid[Views] = Grid()
        self._stills = Stills(self.stream)
        self._sound = SoundLine()
        self._hearing: Hearing | None = None
        self._shots = ShotFinder(type(self).open_shots)
        self._face_network: FaceNetwork | None = None
        self._network: SyncNetwork | None = None
        self._kept: dict[int, Still] = {}
        self._looks: dict[int, list[Face]] = {}
        self._found_at: int | None = None
        self._chunk: int | None = None
        self._tracklets: dict[int, list[Tracklet]] = {}
        self._names = Names()
        self._cells: dict[int, tuple[int, int]] = {}
        self._bounds: tuple[int, int] | None = None
        self._shot = 0
        self._first_pts: int | None = None
        self._last_views: tuple[Views, NDArray[np.uint8]] | None = None

    def measure(self, views: Views) -> list[Row]:
        """Take a picture, and the sound that came with it."""
        if "audio" in views:
            self._sound.take(views["audio"])
        now = views["luma"]
        if self._first_pts is None:
            self._first_pts = now.pts
        rows: list[Row] = []
        for placed in self._grid.take(now.pts * now.base, views):
            rows += self._place(placed)
        return rows

    def flush(self) -> list[Row]:
        """What is held back until what follows is known."""
        rows: list[Row] = []
        for placed in self._grid.flush():
            rows += self._place(placed)
        if self._chunk is None or self._bounds is None:
            return rows
        self._shots.flush()
        while self._chunk * CHUNK < self._bounds[1]:
            rows += self._close()
        rows += self._rows(self._chunk - 1)
        self._cells.clear()
        self._chunk = None
        return rows

    def _place(self, placed: Placed[Views]) -> list[Row]:
        place, views = placed.place, placed.picture
        if self._chunk is None or self._bounds is None:
            self._chunk = place // CHUNK
            self._bounds = (place, place)
        self._bounds = (self._bounds[0], place + 1)
        first, _ = self._cells.get(place // CELL, (place, place))
        self._cells[place // CELL] = (first, place)
        chunk = place // CHUNK
        near = any(self._spoken(c) for c in (chunk - 1, chunk, chunk + 1))
        if near:
            wanted = self._spoken((place - CONTEXT) // CHUNK) or self._spoken(
                (place + CONTEXT) // CHUNK
            )
            grey = self._stills.grey(views) if wanted else None
            self._kept[place] = Still(placed.after_s, grey)
            if wanted and place % EVERY == 0:
                self._look(place, views)
            self._shots.take(place, self._thumb(views), bool(self._looks.get(place)))
        else:
            self._shots.take(place, None, False)
        rows: list[Row] = []
        while place >= (self._chunk + 1) * CHUNK + _SHOTS_KNOWN - 1:
            rows += self._close()
        return rows

    def _spoken(self, chunk: int) -> bool:
        """Whether somebody speaks in a chunk."""
        if self._hearing is None:
            self._hearing = Hearing(self._sound, type(self).open_voice())
        return bool(self._hearing.speaks(chunk).any())

    def _thumb(self, views: Views) -> NDArray[np.uint8]:
        """Made once of a picture that stands for several places."""
        if self._last_views is None or self._last_views[0] is not views:
            self._last_views = (views, self._stills.thumb(views))
        return self._last_views[1]

    def _look(self, place: int, views: Views) -> None:
        """Look for faces; pictures that cannot be of a track are not kept."""
        self._face_network = self._face_network or type(self).open_faces()
        self._looks[place] = faces_of(self._face_network, self._stills.small(views))
        if self._looks[place]:
            self._found_at = place
            return
        found = self._found_at
        if found is None or place - found > BRIDGED:
            for old in [
                p for p in self._kept if p <= place and (found is None or p > found + EVERY)
            ]:
                self._kept[old] = Still(self._kept[old].after_s, None)

    def _close(self) -> list[Row]:
        """Follow the faces of the chunk that is complete; the rows of the one before it."""
        assert self._chunk is not None
        number = self._chunk
        found: list[Tracklet] = []
        if self._spoken(number) and any(self._looks.values()):
            self._network = self._network or type(self).open_network()
            starts = self._shots.starts((number - 1) * CHUNK, (number + 2) * CHUNK)
            found = tracklets_of(number, self._kept, self._looks, starts, self._network)
        self._tracklets[number] = found
        self._chunk = number + 1
        oldest = self._chunk * CHUNK - CONTEXT
        self._kept = {place: still for place, still in self._kept.items() if place >= oldest}
        self._looks = {place: faces for place, faces in self._looks.items() if place >= oldest}
        return self._rows(number - 1)

    def _rows(self, number: int) -> list[Row]:
        """The rows of a chunk whose neighbours are complete."""
        cells = [cell for cell in self._cells if cell // (CHUNK // CELL) == number]
        if not cells:
            return []
        assert self._hearing is not None
        assert self._bounds is not None
        before, now, after = (self._tracklets.get(number + step, []) for step in (-1, 0, 1))
        self._names.name(before, now)
        judge = ChunkJudge(number, before, now, after, self._names, self._hearing, self._network)
        starts = self._shots.starts(number * CHUNK, (number + 1) * CHUNK)
        rows = []
        for cell in cells:
            for start in [start for start in starts if start // CELL == cell]:
                self._shot = start // CELL
            middle = sum(self._cells.pop(cell)) // 2
            rows.append(Row(self._pts(cell), judge.values(middle, self._shot, self._bounds)))
        self._tracklets = {n: kept for n, kept in self._tracklets.items() if n >= number}
        self._hearing.forget(number - 1)
        self._shots.forget((number + 1) * CHUNK)
        return rows

    def _pts(self, cell: int) -> int:
        assert self._first_pts is not None
        begins = Fraction(cell * CELL, RATE) / self.stream.base
        return max(ceil(begins), self._first_pts)
