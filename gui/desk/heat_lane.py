"""Reads heat maps and draws them for the screen in a thread of its own, the wanted ones first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from core.domain.heat import HeatMap
from core.jobs.progress import CancelToken
from gui.bridge import GuiLane, explain
from gui.player.heat_image import HeatLook, HeatPicture, HeatPlace, draw_heat

_MOST_MAPS = 2048
_MOST_BYTES = 192 << 20


class HeatMaps(Protocol):
    """Where stored maps come from (`core.review.heat.HeatSource`); used in the lane's thread."""

    def near(self, pts: int) -> HeatMap | None:
        """The map of the last frame that was looked at, at or before `pts`."""


@dataclass(frozen=True, slots=True)
class HeatWish:
    """A map as the screen needs it.

    Attributes:
        pts: PTS of the frame that was looked at.
        place: Where it goes.
        look: How it is drawn.
    """

    pts: int
    place: HeatPlace
    look: HeatLook


class HeatLane(QObject):
    """Keeps maps and what was drawn of them. One wish is worked on at a time, so a new list of
    wishes takes effect after the few milliseconds that one takes.

    Signals:
        drawn: PTS of a map that is there now, or is known not to be.
    """

    drawn = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = GuiLane("heat maps", self)
        self._source: HeatMaps | None = None
        self._maps: OrderedDict[int, HeatMap] = OrderedDict()
        self._pictures: OrderedDict[HeatWish, HeatPicture] = OrderedDict()
        self._bytes = 0
        self._missing: dict[int, str] = {}
        self._wishes: list[HeatWish] = []
        self._busy = False
        self._generation = 0

    @property
    def source(self) -> HeatMaps | None:
        """Where stored maps come from."""
        return self._source

    @property
    def idle(self) -> bool:
        """Whether nothing is being drawn."""
        return not self._busy

    def set_source(self, source: HeatMaps | None) -> None:
        """Read from elsewhere; what was read before is forgotten."""
        self._source = source
        self._generation += 1
        self._maps.clear()
        self._pictures.clear()
        self._missing.clear()
        self._wishes = []
        self._bytes = 0

    def put(self, pts: int, heat: HeatMap) -> None:
        """Keep a map that was computed for the frame with this PTS."""
        self._missing.pop(pts, None)
        self._maps[pts] = heat
        while len(self._maps) > _MOST_MAPS:
            self._maps.popitem(last=False)

    def heat(self, pts: int) -> HeatMap | None:
        """A map that was read or computed."""
        return self._maps.get(pts)

    def missing(self, pts: int) -> str | None:
        """Why there is no map although there should be one; None while nothing is known."""
        return self._missing.get(pts)

    def picture(self, wish: HeatWish) -> HeatPicture | None:
        """What was drawn."""
        found = self._pictures.get(wish)
        if found is not None:
            self._pictures.move_to_end(wish)
        return found

    def want(self, wishes: Sequence[HeatWish]) -> None:
        """Draw these, in this order; what was wanted before is wanted no more."""
        self._wishes = [
            wish for wish in wishes if wish not in self._pictures and wish.pts not in self._missing
        ]
        self._next()

    def close(self) -> None:
        """End the thread."""
        self._wishes = []
        self._lane.close()

    def _next(self) -> None:
        if self._busy or not self._wishes:
            return
        wish, generation = self._wishes.pop(0), self._generation
        heat, source = self._maps.get(wish.pts), self._source
        self._busy = True

        def work(_token: CancelToken) -> HeatPicture | None:
            found = heat if heat is not None or source is None else source.near(wish.pts)
            if found is None or (heat is None and found.pts != wish.pts):
                return None
            return draw_heat(found, wish.place, wish.look)

        def failed(error: BaseException) -> None:
            self._over(wish, generation, None, explain(error)[0])

        self._lane.submit(work, lambda made: self._over(wish, generation, made, ""), failed)

    def _over(
        self, wish: HeatWish, generation: int, made: HeatPicture | None, sentence: str
    ) -> None:
        self._busy = False
        if generation == self._generation:
            if made is None:
                self._missing[wish.pts] = sentence
            else:
                self.put(wish.pts, made.heat)
                self._keep(wish, made)
            self.drawn.emit(wish.pts)
        self._next()

    def _keep(self, wish: HeatWish, made: HeatPicture) -> None:
        self._pictures[wish] = made
        self._bytes += made.nbytes
        while self._bytes > _MOST_BYTES and len(self._pictures) > 1:
            _, old = self._pictures.popitem(last=False)
            self._bytes -= old.nbytes
