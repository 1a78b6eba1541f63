"""The heat maps that an analysis left, frame by frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.catalog.table import DETECTORS
from core.domain.heat import HeatMap, heat_shape
from core.domain.run import Run
from core.domain.title import Title, VideoStream
from core.review.piece import layers

if TYPE_CHECKING:
    from core.store.store import Store


def heat_detectors() -> tuple[str, ...]:
    """Ids of the detectors that make maps, in the order of the table."""
    return tuple(spec.id for spec in DETECTORS.values() if spec.maps)


class HeatSource:
    """Stored maps of one picture stream at one run; any thread may ask.

    Stretches analysed later lie over the run, as they do for its tracks, also those that were
    analysed since this was made.

    Args:
        store: Where they are.
        title: Whose they are.
        run: The run that is open, finished or not.
        stream: Which pictures; None means the first picture stream.
        detector: Whose maps; empty means the first detector that makes any.
    """

    def __init__(
        self,
        store: Store,
        title: Title,
        run: Run,
        stream: VideoStream | None = None,
        detector: str = "",
    ) -> None:
        self._store = store
        self._run = run
        self._stream = stream or next(iter(title.video), None)
        self._detector = detector or next(iter(heat_detectors()), "")

    def near(self, pts: int) -> HeatMap | None:
        """The map of the last frame that was looked at, at or before a PTS.

        Its own PTS says how near. It comes from the stretch that was analysed last, there.

        Args:
            pts: In the stream's time base.

        Returns:
            The map; None where nothing was measured, and for maps of another size than the
            stream has now.

        Raises:
            KnownError: The store cannot be read, or the map is damaged.
        """
        stream = self._stream
        if stream is None:
            return None
        for run in reversed(layers(self._store, self._run)):
            found = self._store.tracks.map_near(
                run.id, self._detector, stream.index, pts, within=True
            )
            if found is not None:
                at, values = found
                if values.shape != heat_shape(stream.width, stream.height):
                    return None
                return HeatMap(at, stream.base, values, stream.width, stream.height)
        return None
