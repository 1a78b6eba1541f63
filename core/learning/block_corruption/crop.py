"""Crops of a pool's pictures as batches for training, varied a little, by seed."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from core.learning.block_corruption.cell import CellTruth, cell_truth, judged
from core.learning.block_corruption.pool import Entry
from core.learning.block_corruption.visible import GRID_PX, Truth
from core.models.block_corruption import STRIDE_PX

_SCALES = (0.75, 1.0, 1.0, 1.0, 1.25, 1.5)
_DAMAGE_IN_SIGHT = 0.7
_DAMAGED = 0.5
_AHEAD = 4

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Crops and what is to be said of them.

    Attributes:
        pictures: uint8, shape (n, height, width, 3).
        cells: 1 corrupted, 0 clean, shape (n, rows, columns).
        counted: Where `cells` is to be taught: 1, or 0 for damage that hardly shows.
        decided: 1 when some cell is corrupted, shape (n,).
        decided_counted: 0 where nothing but hardly visible damage is in sight.
    """

    pictures: NDArray[np.uint8]
    cells: NDArray[np.float32]
    counted: NDArray[np.float32]
    decided: NDArray[np.float32]
    decided_counted: NDArray[np.float32]


class Sampler:
    """Draws entries so that half of the crops come from damaged pictures, each piece as often.

    Args:
        entries: Of a pool.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._damaged = [entry for entry in entries if entry.damaged]
        self._clean = [entry for entry in entries if not entry.damaged]

    def drawn(self, count: int, rng: np.random.Generator) -> list[Entry]:
        """Entries for one batch, in any order."""
        picked = []
        for _ in range(count):
            damaged = bool(self._damaged) and (not self._clean or rng.random() < _DAMAGED)
            among = self._damaged if damaged else self._clean
            picked.append(among[int(rng.integers(len(among)))])
        return picked


def crops(entries: Sequence[Entry], side: int, cell: float, rng: np.random.Generator) -> Batch:
    """Square crops of pictures, varied.

    Args:
        entries: Pictures of at least `side` pixels each way, after enlarging by up to 1.5.
        side: Of the crops in pixels, a multiple of 32.
        cell: See `cell_truth`.
        rng: Chooses where and how.
    """
    return _batch([_crop(entry, side, cell, rng) for entry in entries])


def windows(
    entries: Sequence[Entry], size: tuple[int, int], cell: float, rng: np.random.Generator | None
) -> Batch:
    """Whole pictures, or as much of them as fits; smaller ones are continued by their mirror.

    Args:
        entries: Pictures.
        size: Width and height, multiples of 32.
        cell: See `cell_truth`.
        rng: Chooses how they are varied; None leaves them as they are.
    """
    made = []
    for entry in entries:
        picture, truth = entry.picture(), entry.truth()
        wide, tall = size
        rows = np.pad(np.arange(picture.shape[0]), (0, max(tall - picture.shape[0], 0)), "reflect")
        columns = np.pad(
            np.arange(picture.shape[1]), (0, max(wide - picture.shape[1], 0)), "reflect"
        )
        whole = picture[rows[:tall]][:, columns[:wide]]
        grid = truth[rows[:tall:GRID_PX] // GRID_PX][:, columns[:wide:GRID_PX] // GRID_PX]
        judged = cell_truth(grid, cell)
        made.append((whole, judged) if rng is None else _varied(whole, judged, rng))
    return _batch(made)


def ahead(items: Iterator[T]) -> Iterator[T]:
    """The same items, made by a thread that keeps a few ready."""
    ready: queue.Queue[T | _End] = queue.Queue(_AHEAD)
    stop = threading.Event()

    def put(item: T | _End) -> None:
        while not stop.is_set():
            try:
                ready.put(item, timeout=0.2)
            except queue.Full:
                continue
            return

    def work() -> None:
        error: BaseException | None = None
        try:
            for item in items:
                put(item)
                if stop.is_set():
                    return
        except Exception as raised:  # noqa: BLE001 - raised again where the items are used
            error = raised
        put(_End(error))

    thread = threading.Thread(target=work, name="crops")
    thread.start()
    try:
        while not isinstance(item := ready.get(), _End):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        stop.set()
        thread.join()


@dataclass(frozen=True, slots=True)
class _End:
    """Nothing comes after it."""

    error: BaseException | None


_Made = tuple[NDArray[np.uint8], CellTruth]


def _batch(made: Sequence[_Made]) -> Batch:
    return Batch(
        np.stack([picture for picture, _truth in made]),
        np.stack([truth.cells for _picture, truth in made]),
        np.stack([truth.counted for _picture, truth in made]),
        np.array([truth.decided for _picture, truth in made], np.float32),
        np.array([truth.decided_counted for _picture, truth in made], np.float32),
    )


def _crop(entry: Entry, side: int, cell: float, rng: np.random.Generator) -> _Made:
    picture, truth = entry.picture(), entry.truth()
    shorter = min(picture.shape[:2])
    scale = float(rng.choice(_SCALES))
    grids = min(round(side / scale / GRID_PX), shorter // GRID_PX)
    top, left = _corner(truth, grids, rng)
    taken = grids * GRID_PX
    rows = slice(top * GRID_PX, top * GRID_PX + taken)
    columns = slice(left * GRID_PX, left * GRID_PX + taken)
    part = np.ascontiguousarray(picture[rows, columns])
    grid = truth[top : top + grids, left : left + grids]
    if taken != side:
        how = cv2.INTER_AREA if taken > side else cv2.INTER_LINEAR
        part = np.asarray(cv2.resize(part, (side, side), interpolation=how), np.uint8)
    across = side // STRIDE_PX
    shares = cv2.resize(grid.astype(np.float32), (across, across), interpolation=cv2.INTER_AREA)
    return _varied(part, judged(np.asarray(shares, np.float32) / 255.0, cell), rng)


def _corner(truth: Truth, grids: int, rng: np.random.Generator) -> tuple[int, int]:
    """Where a crop begins, on the grid; where something is damaged, mostly so that it shows."""
    room = (truth.shape[0] - grids, truth.shape[1] - grids)
    damaged = np.argwhere(truth[..., 0] > 0)
    if not len(damaged) or rng.random() >= _DAMAGE_IN_SIGHT:
        return int(rng.integers(room[0] + 1)), int(rng.integers(room[1] + 1))
    place = damaged[int(rng.integers(len(damaged)))]
    corner = [int(p) - int(rng.integers(grids)) for p in place]
    return min(max(corner[0], 0), room[0]), min(max(corner[1], 0), room[1])


def _varied(picture: NDArray[np.uint8], truth: CellTruth, rng: np.random.Generator) -> _Made:
    """Mirrored, brighter, darker, tinted, noisier, or once more through JPEG."""
    if rng.random() < 0.5:
        picture = picture[:, ::-1]
        truth = CellTruth(truth.cells[:, ::-1], truth.counted[:, ::-1])
    picture = np.ascontiguousarray(picture)
    if rng.random() < 0.6:
        gain = float(rng.uniform(0.7, 1.3)) * rng.uniform(0.92, 1.08, 3)
        offset = rng.uniform(-24, 24) + rng.uniform(-6, 6, 3)
        codes = np.arange(256)[:, None] * gain + offset
        table = np.clip(np.rint(codes), 0, 255).astype(np.uint8)
        picture = cv2.LUT(picture, table.reshape(256, 1, 3))  # type: ignore[assignment]
    if rng.random() < 0.1:
        grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
        picture = cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB)  # type: ignore[assignment]
    if rng.random() < 0.15:
        noise: NDArray[np.int16] = np.empty(picture.shape, np.int16)
        cv2.setRNGSeed(int(rng.integers(1 << 30)))
        cv2.randn(noise, 0, float(rng.uniform(1, 8)))  # type: ignore[call-overload]
        picture = np.clip(picture + noise, 0, 255).astype(np.uint8)
    if rng.random() < 0.12:
        _, packed = cv2.imencode(
            ".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(35, 96))]
        )
        picture = cv2.imdecode(packed, cv2.IMREAD_UNCHANGED)  # type: ignore[assignment]
    return np.asarray(picture, np.uint8), truth
