"""What detectors of pictures are given: samples that are made when they are looked up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from core.analysis.view import AUDIO, EVENTS, FrameViews
from core.detectors.base import Sample
from core.domain.media import DecodeEvent


class PictureSamples(Mapping[str, Sample]):
    """The samples of one frame by view name; `events` is always among them, and `audio` if given.

    Args:
        pts: When the frame shows, in units of `base`.
        base: Seconds per PTS unit.
        events: What was reported since the previous frame.
        views: The frame's picture views.
        sound: What is new of the sound beside, if anything is.
    """

    def __init__(
        self,
        pts: int,
        base: Fraction,
        events: tuple[DecodeEvent, ...],
        views: FrameViews,
        sound: Sample | None = None,
    ) -> None:
        self._pts, self._base, self._events, self._views = pts, base, events, views
        self._made = {EVENTS: Sample(pts, base, None, events=events)}
        if sound is not None:
            self._made[AUDIO] = sound
        self._given = tuple(self._made)

    def __getitem__(self, name: str) -> Sample:
        if name not in self._made:
            data, depth = self._views[name]
            self._made[name] = Sample(self._pts, self._base, data, depth=depth, events=self._events)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter((*self._views, *self._given))

    def __len__(self) -> int:
        return len(self._views) + len(self._given)
