"""Block corruption: blocks show wrong content, as after lost data.

Six ways work on the pixels (`BlockCorruption`), five on really damaged streams of a codec
(`StreamCorruption`); `block_corruption` makes either, by the variant's name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import cv2
import numpy as np
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.simulate.bitstream import CODECS, corrupt, target_share
from core.simulate.difference import mask_of, share_of
from core.simulate.kind import Picture, PictureDamage, Plane
from core.simulate.piece import Damaged, PieceDamage

Grid = NDArray[np.bool_]
"""One value a macroblock."""

_BLOCK = 16
_LEAST_GROUP, _MOST_GROUP = 12, 50
_MOST_CLUSTERS = 400
_CLUSTER = 120


@dataclass(frozen=True, slots=True, eq=False)
class _Cluster:
    """Macroblocks that were lost together, and where their wrong content comes from."""

    top: int
    left: int
    blocks: Grid
    down: int
    right: int


class BlockCorruption(PictureDamage):
    """Clusters of macroblocks show wrong content until the next key picture, as it were.

    Groups last 12 to 50 frames; new clusters are drawn for each, and they spread a little within
    it, as prediction does. Clusters are added until the share of pixels that differ by more than
    six codes reaches `target_share`: 0.5 % of the picture at severity 0, 45 % at 1.
    """

    LOCAL: ClassVar[bool] = True
    VARIANTS: ClassVar[tuple[str, ...]] = (
        "displaced",
        "repeated",
        "flat",
        "grey",
        "green",
        "smeared",
    )

    def __init__(self, severity: float = 1.0, seed: int = 0, variant: str = "") -> None:
        super().__init__(severity, seed, variant)
        self._left = 0
        self._clusters: list[_Cluster] = []
        self._shares: list[float] = []

    def apply(self, picture: Picture) -> Picture:
        """Damage one frame."""
        if self._left == 0:
            self._left = int(self.rng.integers(_LEAST_GROUP, _MOST_GROUP + 1))
            self._clusters = self._drawn(picture)
        self._left -= 1
        damaged = self._painted(picture, self._clusters)
        self._shares.append(share_of(mask_of(picture, damaged)))
        return damaged

    def parameters(self) -> dict[str, float | int | str]:
        """Which share was asked for, and which came of it so far."""
        found = {"share": round(float(np.mean(self._shares)), 5)} if self._shares else {}
        return {"target_share": round(target_share(self.severity), 5), "block": _BLOCK, **found}

    def _drawn(self, picture: Picture) -> list[_Cluster]:
        """Clusters that damage as much of this picture as the severity asks for."""
        wanted = target_share(self.severity)
        rows, columns = -(-picture.height // _BLOCK), -(-picture.width // _BLOCK)
        clusters: list[_Cluster] = []
        share, tried = 0.0, 0
        while share < wanted and tried < _MOST_CLUSTERS:
            missing = (wanted - share) * rows * columns
            # A few clusters at a time: measuring each by itself would take long.
            new = [
                self._cluster(rows, columns, missing)
                for _ in range(1 if missing < rows * columns * 0.05 else 3)
            ]
            tried += len(new)
            more = share_of(mask_of(picture, self._painted(picture, [*clusters, *new])))
            if more > share or not clusters:
                clusters, share = [*clusters, *new], more
        return clusters

    def _cluster(self, rows: int, columns: int, missing: float) -> _Cluster:
        """A run of macroblocks to the end of a slice, or a ragged patch."""
        size = float(
            np.clip(missing * self.rng.uniform(0.1, 0.5), 1, max(_CLUSTER, rows * columns / 30))
        )
        top, left = int(self.rng.integers(rows)), int(self.rng.integers(columns))
        if self.rng.random() < 0.5:
            width = int(np.clip(round(size), 1, columns - left))
            blocks = np.ones((1, width), np.bool_)
        else:
            width = int(np.clip(round(np.sqrt(size) * self.rng.uniform(0.7, 1.8)), 1, columns))
            height = int(np.clip(round(size / width), 1, rows))
            left, top = min(left, columns - width), min(top, rows - height)
            blocks = self.rng.random((height, width)) < 0.85
            blocks[0, 0] = True
        down, right = (int(v) for v in self.rng.integers(-96, 97, 2))
        return _Cluster(top, left, blocks, down, right if abs(right) > _BLOCK else right + 40)

    def _painted(self, picture: Picture, clusters: Sequence[_Cluster]) -> Picture:
        paint = _PAINTERS[self.variant]
        planes = []
        for number, plane in enumerate(picture.planes):
            out = plane.copy()
            tall = -(-picture.height // plane.shape[0])
            wide = -(-picture.width // plane.shape[1])
            steps = (_BLOCK // tall, _BLOCK // wide)
            codes = (picture.neutral, picture.black if number == 0 else 0)
            for cluster in clusters:
                _paint(plane, out, cluster, steps, paint, codes)
            planes.append(out)
        chroma = (planes[1], planes[2]) if len(planes) > 1 else None
        return picture.replaced(planes[0], chroma)


Painter = Callable[[Plane, "_Window"], Plane]


@dataclass(frozen=True, slots=True)
class _Window:
    """The part of a plane that a cluster covers, in samples; and two codes of the format.

    Attributes:
        neutral: Grey, in luma as in colour.
        lowest: What a decoder leaves that never wrote.
    """

    top: int
    left: int
    height: int
    width: int
    step_down: int
    step_right: int
    down: int
    right: int
    neutral: int
    lowest: int


def _paint(
    plane: Plane,
    out: Plane,
    cluster: _Cluster,
    steps: tuple[int, int],
    paint: Painter,
    codes: tuple[int, int],
) -> None:
    rows, columns = cluster.blocks.shape
    top, left = cluster.top * steps[0], cluster.left * steps[1]
    height = min(rows * steps[0], plane.shape[0] - top)
    width = min(columns * steps[1], plane.shape[1] - left)
    if height <= 0 or width <= 0:
        return
    down, right = cluster.down * steps[0] // _BLOCK, cluster.right * steps[1] // _BLOCK
    window = _Window(top, left, height, width, *steps, down, right, *codes)
    mask = np.repeat(np.repeat(cluster.blocks, steps[0], 0), steps[1], 1)[:height, :width]
    target = out[top : top + height, left : left + width]
    np.copyto(target, paint(plane, window), where=mask)


def _displaced(plane: Plane, at: _Window) -> Plane:
    """Content from elsewhere, as by a wrong motion vector."""
    rows = np.clip(np.arange(at.top, at.top + at.height) + at.down, 0, plane.shape[0] - 1)
    columns = np.arange(at.left, at.left + at.width) + at.right
    return np.asarray(plane[np.ix_(rows, columns % plane.shape[1])])


def _repeated(plane: Plane, at: _Window) -> Plane:
    """One block over and over."""
    top = min(at.top, max(plane.shape[0] - at.step_down, 0))
    left = max(at.left - at.step_right, 0)
    block = plane[top : top + at.step_down, left : left + at.step_right]
    tiles = (-(-at.height // block.shape[0]), -(-at.width // block.shape[1]))
    return np.tile(block, tiles)[: at.height, : at.width]


def _flat(plane: Plane, at: _Window) -> Plane:
    """Each block in its mean, or next to it: only the DC of a transform arrived, and that off."""
    part = np.ascontiguousarray(plane[at.top : at.top + at.height, at.left : at.left + at.width])
    rows, columns = -(-at.height // at.step_down), -(-at.width // at.step_right)
    means = cv2.resize(part, (columns, rows), interpolation=cv2.INTER_AREA).reshape(rows, columns)
    grown = np.repeat(np.repeat(means, at.step_down, 0), at.step_right, 1)
    return np.asarray(grown[: at.height, : at.width], plane.dtype)


def _grey(plane: Plane, at: _Window) -> Plane:
    """Nothing arrived, and nothing could be predicted."""
    return np.full((at.height, at.width), at.neutral, plane.dtype)


def _green(plane: Plane, at: _Window) -> Plane:
    """All samples zero, which looks green."""
    return np.full((at.height, at.width), at.lowest, plane.dtype)


def _smeared(plane: Plane, at: _Window) -> Plane:
    """The last good column drawn out along the row."""
    column = plane[at.top : at.top + at.height, max(at.left - 1, 0)]
    return np.broadcast_to(column[:, None], (at.height, at.width))


_PAINTERS: dict[str, Painter] = {
    "displaced": _displaced,
    "repeated": _repeated,
    "flat": _flat,
    "grey": _grey,
    "green": _green,
    "smeared": _smeared,
}


class StreamCorruption(PieceDamage):
    """The stretch is coded by a real encoder, its packets are damaged, and one decoder shows it.

    See `core.simulate.bitstream`. Pieces of 8 to 48 frames are coded by themselves, each
    beginning with a key picture.
    """

    LOCAL: ClassVar[bool] = True
    VARIANTS: ClassVar[tuple[str, ...]] = CODECS

    def __init__(self, severity: float = 1.0, seed: int = 0, variant: str = "") -> None:
        super().__init__(severity, seed, variant)
        self._pieces = 0
        self._found: list[dict[str, float | int | str]] = []

    def apply_piece(self, pictures: Sequence[Picture]) -> list[Damaged]:
        """Code, damage and decode one piece."""
        seed = self.seed * 1009 + self._pieces
        done = corrupt(pictures, self.variant, self.severity, seed, self.previous)
        self._pieces += 1
        self._found.append(done.parameters)
        self.previous = done.damaged[-1]
        return [Damaged(c, d) for c, d in zip(done.clean, done.damaged, strict=True)]

    def parameters(self) -> dict[str, float | int | str]:
        """How the first piece was damaged, and the share of damaged pixels over all so far."""
        first = self._found[0] if self._found else {"target_share": target_share(self.severity)}
        shares = [float(found["share"]) for found in self._found]
        mean = {"share": round(float(np.mean(shares)), 5)} if shares else {}
        return {**first, **mean, "pieces": self._pieces}


class _Maker:
    """Shows wrong content in blocks of 16 x 16: 0.5 % of the pixels at severity 0, 45 % at 1.

    `displaced`, `repeated`, `flat`, `grey`, `green` and `smeared` paint clusters of blocks that
    stand for half a second to two. `h264`, `hevc`, `mpeg2`, `vp9` and `av1` code the stretch with
    that codec, drop, cut or flip its packets or lose slices, and show what its decoder makes of
    them; damage is tried until about the share asked for is wrong.
    """

    VARIANTS: ClassVar[tuple[str, ...]] = (*BlockCorruption.VARIANTS, *StreamCorruption.VARIANTS)

    def __call__(
        self, severity: float = 1.0, seed: int = 0, variant: str = ""
    ) -> BlockCorruption | StreamCorruption:
        """Pixels for `displaced` and its like, streams for a codec's name.

        Raises:
            KnownError: There is no such variant.
        """
        if variant in StreamCorruption.VARIANTS:
            return StreamCorruption(severity, seed, variant)
        if variant and variant not in self.VARIANTS:
            known = ", ".join(self.VARIANTS)
            raise KnownError(f"There is no variant “{variant}” of this defect; there are: {known}.")
        return BlockCorruption(severity, seed, variant)


block_corruption = _Maker()
"""Makes block corruption of any variant from severity, seed and the variant's name."""
