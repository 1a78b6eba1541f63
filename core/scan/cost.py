"""What analysing costs: measured figures, and what they come to for other content and machines.

The figures lie in `resources/capacity/cost.json`, written by `tests/bench/bench_capacity.py`. They
are processor-seconds, so that they add up whatever ran beside; a machine is known by how fast one
of its cores decodes a reference clip that is the same everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.config.paths import resources_dir
from core.domain.errors import KnownError

_HOUR_S = 3600.0


@dataclass(frozen=True, slots=True)
class Content:
    """What is analysed.

    Attributes:
        width: Of a picture.
        height: Of a picture.
        rate: Pictures a second.
        bitrate: Bits a second of the whole file.
    """

    width: int = 1920
    height: int = 1080
    rate: float = 25.0
    bitrate: float = 8_000_000.0

    @property
    def pixels(self) -> int:
        """Of a picture."""
        return self.width * self.height


@dataclass(frozen=True, slots=True)
class SizeCost:
    """What a picture of one size costs, in processor-milliseconds.

    Attributes:
        pixels: Of the picture.
        decode_ms: Decoding it, with what the pass itself does.
        own_ms: Each detector alone, with the views that it needs.
        together_ms: All of these at once; less than their sum, because they share views.
    """

    pixels: int
    decode_ms: float
    own_ms: Mapping[str, float]
    together_ms: float

    @property
    def shared(self) -> float:
        """What is left of the sum when all run together, 0..1."""
        total = sum(self.own_ms.values())
        return min(self.together_ms / total, 1.0) if total > 0 else 1.0


@dataclass(frozen=True, slots=True)
class EngineCost:
    """What it costs to have tasks run, beside the tasks.

    Attributes:
        start_s: Wall seconds until a worker has begun its first task.
        task_s: Wall seconds of a worker a task: asking, looking at the file, handing over.
        writer_s: Seconds of the one writer a task: claiming, writing results and ledger.
    """

    start_s: float
    task_s: float
    writer_s: float


@dataclass(frozen=True, slots=True)
class CostTable:
    """All that was measured.

    Attributes:
        machine: The machine in words.
        cores: Its cores.
        reference: Megapixels of the reference clip that one of its cores decodes in a second.
        sizes: By rising size of picture.
        sound_decode_ms: Decoding a second of stereo sound.
        sound_ms: Each detector of sound alone, a second of stereo sound.
        sound_together_ms: All of these at once.
        bytes_hour: What a title-hour adds to the store.
        rows_hour: Rows of tracks and findings of a title-hour.
        memory_mib: Most memory of a worker, by `plain` (no network) and `networks`.
        engine: The local engine.
        backup_mib_s: How fast a store is backed up.
        worker_cores: Cores that one worker keeps busy when they are free.
    """

    machine: str
    cores: int
    reference: float
    sizes: tuple[SizeCost, ...]
    sound_decode_ms: float
    sound_ms: Mapping[str, float]
    sound_together_ms: float
    bytes_hour: float
    rows_hour: float
    memory_mib: Mapping[str, float]
    engine: EngineCost
    backup_mib_s: float
    worker_cores: float


NETWORKS = ("block_corruption", "audio_artifact", "lipsync", "caption_sync")
"""Detectors that ask a network."""


@dataclass(frozen=True, slots=True)
class HourCost:
    """Processor-seconds of one core for an hour of content.

    Attributes:
        decode_s: Decoding, once for all.
        own_s: By detector, views shared fairly.
        unknown: Detectors without a figure.
    """

    decode_s: float
    own_s: Mapping[str, float]
    unknown: tuple[str, ...] = ()

    @property
    def total_s(self) -> float:
        """All of it."""
        return self.decode_s + sum(self.own_s.values())

    @property
    def real_time(self) -> float:
        """Hours of content that a core does in an hour."""
        return _HOUR_S / self.total_s


def hour_cost(
    table: CostTable, content: Content, detectors: Sequence[str], speed: float = 1.0
) -> HourCost:
    """What an hour of content costs a core.

    Between two measured sizes, and beyond them, costs grow in a straight line with the pixels.

    Args:
        table: What was measured.
        content: Size and rate of the pictures.
        detectors: Ids.
        speed: How much faster a core is than the one that was measured.

    Returns:
        The cost.
    """
    pictures_s = content.rate * _HOUR_S / 1000 / speed
    sounds_s = _HOUR_S / 1000 / speed
    heard = sum(table.sound_ms.values())
    sound_share = min(table.sound_together_ms / heard, 1.0) if heard > 0 else 1.0
    own: dict[str, float] = {}
    unknown: list[str] = []
    for name in detectors:
        seen = [size.own_ms[name] * size.shared for size in table.sizes if name in size.own_ms]
        if len(seen) == len(table.sizes):
            own[name] = _at(table.sizes, seen, content.pixels) * pictures_s
        if name in table.sound_ms:
            own[name] = own.get(name, 0.0) + table.sound_ms[name] * sound_share * sounds_s
        if name not in own:
            unknown.append(name)
    decode_ms = _at(table.sizes, [size.decode_ms for size in table.sizes], content.pixels)
    decode_s = decode_ms * pictures_s + table.sound_decode_ms * sounds_s
    return HourCost(decode_s, own, tuple(unknown))


def _at(sizes: Sequence[SizeCost], values: Sequence[float], pixels: int) -> float:
    """A value on the line through the first and the last measured size; never below nothing."""
    first, last = sizes[0].pixels, sizes[-1].pixels
    if first == last:
        return values[0] * pixels / first
    slope = (values[-1] - values[0]) / (last - first)
    return max(values[0] + slope * (pixels - first), 0.0)


def cost_file() -> Path:
    """Where the measured figures lie."""
    return resources_dir() / "capacity" / "cost.json"


def load_costs(path: Path | None = None) -> CostTable:
    """Read what was measured.

    Args:
        path: Another file of that form; None for the one that ships.

    Raises:
        KnownError: It is not there or not of that form.
    """
    path = path or cost_file()
    try:
        return table_of(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KnownError(
            f"{path.name} does not hold measured costs; write it with bench_capacity.py.",
            repr(error),
        ) from error


def table_of(document: Mapping[str, Any]) -> CostTable:
    """The table that a JSON document holds.

    Raises:
        KeyError: Something is missing.
        TypeError: Something has another form.
    """
    sizes = [
        SizeCost(
            int(size["pixels"]),
            float(size["decode_ms"]),
            {str(name): float(ms) for name, ms in size["own_ms"].items()},
            float(size["together_ms"]),
        )
        for size in document["sizes"]
    ]
    engine = document["engine"]
    return CostTable(
        machine=str(document["machine"]),
        cores=int(document["cores"]),
        reference=float(document["reference"]),
        sizes=tuple(sorted(sizes, key=lambda size: size.pixels)),
        sound_decode_ms=float(document["sound_decode_ms"]),
        sound_ms={str(name): float(ms) for name, ms in document["sound_ms"].items()},
        sound_together_ms=float(document["sound_together_ms"]),
        bytes_hour=float(document["bytes_hour"]),
        rows_hour=float(document["rows_hour"]),
        memory_mib={str(name): float(mib) for name, mib in document["memory_mib"].items()},
        engine=EngineCost(
            float(engine["start_s"]), float(engine["task_s"]), float(engine["writer_s"])
        ),
        backup_mib_s=float(document["backup_mib_s"]),
        worker_cores=float(document["worker_cores"]),
    )
