"""Computes scopes of the frame on screen in a thread of its own; the newest frame wins."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from core.compare import scope
from core.compare.out_of_range import Zone, out_of_range, shares
from core.compare.signal import StoredPicture, stored_picture
from core.jobs.progress import CancelToken
from core.media.field import field_of, shows_lower_first
from core.media.frame import VideoFrame
from gui.scopes import trace
from gui.scopes.latest import LatestLane
from gui.scopes.pane import ScopeKind

_MOST_SAMPLES = 1 << 20
ZONE_COLORS: Mapping[Zone, tuple[int, int, int]] = {
    Zone.DARK: (0x3C, 0x78, 0xFF),
    Zone.BRIGHT: (0xFF, 0xD1, 0x3C),
    Zone.GAMUT: (0xE0, 0x5C, 0xFF),
    Zone.BELOW: (0x00, 0xD8, 0xF0),
    Zone.ABOVE: (0xFF, 0x2D, 0x2D),
}
"""What false colour paints over a pixel, by its zone."""


class FieldView(StrEnum):
    """Which lines of the picture are shown."""

    OFF = "off"
    UPPER = "upper"
    LOWER = "lower"
    BOB = "bob"


@dataclass(frozen=True, slots=True)
class ScopeWish:
    """What is wanted of a frame.

    Attributes:
        frame: The decoded frame.
        sizes: The scopes that are open, with the physical pixels of their traces.
        size: Physical pixels of the whole displayed picture, for what is painted over it.
        zones: Paint what is out of range.
        fields: Which fields to show.
        moving: It plays: look at fewer lines where there are many.
        path: The file, whose field order is asked for.
    """

    frame: VideoFrame
    sizes: Mapping[ScopeKind, tuple[int, int]]
    size: tuple[int, int] = (0, 0)
    zones: bool = False
    fields: FieldView = FieldView.OFF
    moving: bool = False
    path: Path | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ScopeMade:
    """What was computed of a frame.

    Attributes:
        pts: Of the frame.
        picture: Its planes.
        step: Each so many lines were looked at.
        traces: By scope.
        zones: What is out of range, transparent elsewhere; None when not wanted.
        zone_shares: Share of the picture in each zone.
        fields: Upper and lower field in order of display, or one of them; empty when not wanted.
        ms: Milliseconds of processor time that each took in the lane's thread.
    """

    pts: int
    picture: StoredPicture
    step: int
    traces: Mapping[ScopeKind, QImage]
    zones: QImage | None = None
    zone_shares: Mapping[Zone, float] = field(default_factory=dict)
    fields: tuple[QImage, ...] = ()
    ms: Mapping[str, float] = field(default_factory=dict)


class ScopeLane(LatestLane[ScopeWish, ScopeMade]):
    """Computes the scopes of frames; `made` brings a `ScopeMade`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("scopes", parent)

    def _grant(self, wish: ScopeWish, token: CancelToken) -> ScopeMade:
        return compute(wish, token)


def compute(wish: ScopeWish, token: CancelToken) -> ScopeMade:
    """All that is wanted of one frame; called in the lane's thread."""
    work = _Work(wish)
    traces = {}
    for kind, size in wish.sizes.items():
        token.check()
        traces[kind] = work.trace(kind, size)
    zones, found = work.zones() if wish.zones else (None, {})
    token.check()
    fields = work.fields() if wish.fields is not FieldView.OFF else ()
    return ScopeMade(wish.frame.pts, work.picture, work.step, traces, zones, found, fields, work.ms)


class _Work:
    """One frame on the bench: what several scopes need is made once."""

    def __init__(self, wish: ScopeWish) -> None:
        began = time.thread_time()
        self._wish = wish
        self.picture = stored_picture(wish.frame)
        samples = self.picture.y.size
        self.step = -(-samples // _MOST_SAMPLES) if wish.moving else 1
        self._thin = self.picture.thinned(self.step)
        self._rgb: NDArray[np.generic] | None = None
        self.ms = {"planes": 1e3 * (time.thread_time() - began)}

    @property
    def rgb(self) -> NDArray[np.generic]:
        """R, G and B; made when first asked for."""
        if self._rgb is None:
            began = time.thread_time()
            self._rgb = scope.limited_rgb(self._thin)
            self.ms["rgb"] = 1e3 * (time.thread_time() - began)
        return self._rgb

    def trace(self, kind: ScopeKind, size: tuple[int, int]) -> QImage:
        """One scope, drawn."""
        thin, signal = self._thin, self._thin.signal
        rgb = self.rgb if kind in (ScopeKind.PARADE, ScopeKind.HISTOGRAM) else None
        began = time.thread_time()
        if kind is ScopeKind.WAVEFORM:
            image = trace.draw_waveform(scope.waveform(thin), size)
        elif kind is ScopeKind.VECTOR:
            image = trace.draw_vectorscope(scope.vectorscope(thin), size)
        elif kind is ScopeKind.PARADE:
            assert rgb is not None
            image = trace.draw_parade(scope.parade(rgb, signal), size)
        else:
            assert rgb is not None
            found = scope.rgb_histogram(rgb, signal)
            image = trace.draw_histogram(scope.histogram(thin), found, size)
        self.ms[kind.value] = 1e3 * (time.thread_time() - began)
        return image

    def zones(self) -> tuple[QImage, dict[Zone, float]]:
        """What is out of range, in the size and turn of the displayed picture."""
        thin, rgb = self._thin, self.rgb
        began = time.thread_time()
        found = out_of_range(thin, rgb)
        parts = shares(found)
        turned = _turned(found, self._wish.frame.rotation)
        width, height = max(self._wish.size[0], 1), max(self._wish.size[1], 1)
        pixels = np.zeros((height, width), np.uint32)
        for zone, color in ZONE_COLORS.items():
            if parts[zone]:
                # Averaged, a single pixel still leaves a trace where many become one.
                mask = cv2.inRange(turned, int(zone), int(zone))
                small = cv2.resize(mask, (width, height), interpolation=cv2.INTER_AREA)
                pixels[small > 0] = trace.packed(color)
        image = QImage(pixels.data, width, height, QImage.Format.Format_ARGB32_Premultiplied)
        made = image.copy(), parts
        self.ms["zones"] = 1e3 * (time.thread_time() - began)
        return made

    def fields(self) -> tuple[QImage, ...]:
        """One or both fields, as large as the displayed picture."""
        began = time.thread_time()
        frame, view = self._wish.frame, self._wish.fields
        lower = {FieldView.UPPER: (False,), FieldView.LOWER: (True,)}
        path = self._wish.path
        late = path is not None and shows_lower_first(path, frame.stream)
        order = lower.get(view) or ((True, False) if late else (False, True))
        width, height = max(self._wish.size[0], 1), max(self._wish.size[1], 1)
        images = []
        for part in order:
            pixels = field_of(frame, part).bgra(width, height)
            image = QImage(
                pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB32
            )
            images.append(image.copy())
        self.ms["fields"] = 1e3 * (time.thread_time() - began)
        return tuple(images)


def _turned(plane: NDArray[np.uint8], rotation: int) -> NDArray[np.uint8]:
    return np.ascontiguousarray(np.rot90(plane, -rotation // 90)) if rotation else plane
