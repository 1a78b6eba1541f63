"""Tracks of a stream that goes on: the newest stretch of them, long enough for every rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.domain.track import Track, join_tracks

Key = tuple[str, int]


class Rolling:
    """Rows of the last minutes by detector and stream."""

    def __init__(self) -> None:
        self._tracks: dict[Key, Track] = {}
        self._parts: dict[Key, list[Track]] = {}
        self._cut: set[Key] = set()

    def add(self, pieces: Sequence[Track]) -> None:
        """Take rows that follow those before."""
        for piece in pieces:
            if len(piece):
                self._parts.setdefault((piece.detector, piece.stream), []).append(piece)

    def tracks(self) -> list[Track]:
        """What is held, each as a stretch out of the middle of a stream."""
        for key, parts in self._parts.items():
            held = [self._tracks[key]] if key in self._tracks else []
            self._tracks[key] = replace(join_tracks([*held, *parts]), begins=False, ends=False)
        self._parts.clear()
        return [track for _, track in sorted(self._tracks.items()) if len(track)]

    def reached_s(self) -> Mapping[Key, float]:
        """Start of the newest row by detector and stream."""
        return {key: float(track.starts_s[-1]) for key, track in self._tracks.items() if len(track)}

    def left_s(self) -> Mapping[Key, float]:
        """Start of the oldest row by detector and stream, of those that were cut."""
        return {
            key: float(track.starts_s[0])
            for key, track in self._tracks.items()
            if key in self._cut and len(track)
        }

    def cut(self, key: Key, left_s: float) -> None:
        """Forget the rows of a track that end before a time."""
        track = self._tracks.get(key)
        if track is None:
            return
        first = int(np.searchsorted(track.ends_s, left_s, side="right"))
        if first:
            self._cut.add(key)
            self._keep(key, track, np.arange(len(track)) >= first)

    def thin(self, key: Key, start_s: float, end_s: float) -> None:
        """Forget the rows of a track that start within a stretch; the one before covers it."""
        track = self._tracks.get(key)
        if track is not None:
            self._keep(key, track, (track.starts_s < start_s) | (track.starts_s >= end_s))

    def _keep(self, key: Key, track: Track, rows: NDArray[np.bool_]) -> None:
        if not rows.all():
            # Copies: a view would keep all that was ever held.
            self._tracks[key] = replace(
                track,
                pts=track.pts[rows],
                metrics={name: values[rows] for name, values in track.metrics.items()},
                maps=None if track.maps is None else track.maps[rows],
            )

    def between(self, start_s: float, end_s: float) -> list[Track]:
        """The rows that start within a stretch."""
        found = []
        for track in self.tracks():
            first, stop = np.searchsorted(track.starts_s, (start_s, end_s)).tolist()
            if first < stop:
                found.append(track.piece(first, stop))
        return found
