"""One picture of a title from several analyses: of the whole, and of stretches after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.domain.run import Run, RunState
from core.domain.track import Track

if TYPE_CHECKING:
    from core.store.store import Store


def gather(store: Store, run: Run) -> tuple[Run, tuple[Track, ...], bool]:
    """What is known of a title at a run: stretches analysed later lie over the whole title.

    Who analyses a stretch anew must not lose sight of the rest, so that a run of a stretch is
    shown on top of the newest finished run of the whole title, where there is one.

    Args:
        store: Where runs and tracks are.
        run: The run that is asked for.

    Returns:
        The run that lies below, the tracks, and whether any other run lies over it.

    Raises:
        KnownError: What is stored is damaged.
    """
    below, *later = layers(store, run)
    tracks = store.tracks.load(below.id)
    for piece in later:
        tracks = lay_over(tracks, store.tracks.load(piece.id))
    return below, tracks, bool(later)


def layers(store: Store, run: Run) -> tuple[Run, ...]:
    """The runs that make up what is known of a title at a run: the lowest first, then what lies
    over it.

    Raises:
        KnownError: The store cannot be read.
    """
    runs = store.runs.of(run.fingerprint)
    ids = [other.id for other in runs]
    below = run
    if run.span is not None:
        before = runs[: ids.index(run.id)]
        whole = [r for r in before if r.span is None and r.state is RunState.DONE]
        below = whole[-1] if whole else run
    later = [r for r in runs[ids.index(below.id) + 1 :] if r.span is not None]
    return (below, *later)


def lay_over(tracks: Sequence[Track], pieces: Sequence[Track]) -> tuple[Track, ...]:
    """Replace what later pieces measured anew; tracks that only they have are added.

    A piece on another time base or with other metrics than its track is left out.
    """
    news = {(piece.detector, piece.stream): piece for piece in pieces if len(piece)}
    result = []
    for track in tracks:
        piece = news.pop((track.detector, track.stream), None)
        fits = (
            piece is not None
            and piece.base == track.base
            and set(piece.metrics) == set(track.metrics)
        )
        result.append(_spliced(track, piece) if piece is not None and fits else track)
    return (*result, *news.values())


def _spliced(track: Track, piece: Track) -> Track:
    first = int(np.searchsorted(track.pts, piece.pts[0]))
    last = int(np.searchsorted(track.pts, piece.end))
    return Track(
        track.detector,
        track.stream,
        track.base,
        np.concatenate((track.pts[:first], piece.pts, track.pts[last:])),
        max(track.end, piece.end),
        {
            name: np.concatenate((values[:first], piece.metrics[name], values[last:]))
            for name, values in track.metrics.items()
        },
        _spliced_maps(track, piece, first, last),
    )


def _spliced_maps(track: Track, piece: Track, first: int, last: int) -> NDArray[np.uint8] | None:
    """Their maps in the same order; None unless both have them, of one shape."""
    if track.maps is None or piece.maps is None or track.maps.shape[1:] != piece.maps.shape[1:]:
        return None
    return np.concatenate((track.maps[:first], piece.maps, track.maps[last:]))
