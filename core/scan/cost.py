"""What analysing costs: measured figures, and what they come to for other content and machines.

The figures lie in `resources/capacity/cost.json`, written by `tests/bench/bench_capacity.py`. They
are processor-seconds, so that they add up whatever ran beside; a machine is known by how fast one
of its cores decodes a reference clip that is the same everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.config.paths import resources_dir
from core.domain.errors import KnownError

NETWORKS = ("block_corruption", "audio_artifact", "lipsync", "caption_sync")
"""Detectors that ask a network."""

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
        together_ms: All of these without a network at once; less than their sum, because they
            share views.
    """

    pixels: int
    decode_ms: float
    own_ms: Mapping[str, float]
    together_ms: float

    def part_ms(self, detector: str) -> float:
        """What a detector costs beside others: its fair part of all without a network."""
        return self.own_ms[detector] * _share(detector, self.own_ms, self.together_ms)


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
class Check:
    """The simulation held against runs of the local engine with one and two workers.

    Attributes:
        titles: How many titles each run had.
        measured_ratio: Throughput of two workers as a multiple of that of one.
        simulated_ratio: The same on paper, from the costs of the run with one.
        error_percent: Wall time on paper against the measured one, two workers.
        load: Processes that wanted to run meanwhile, as the system counts them.
    """

    titles: int
    measured_ratio: float
    simulated_ratio: float
    error_percent: float
    load: float


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
        sound_together_ms: All of these without a network at once.
        bytes_hour: What a title-hour adds to the store, by `plain` (no network) and `networks`.
        rows_hour: Rows of tracks and findings of a title-hour, by the same.
        memory_mib: Most memory of a worker, by `plain` (no network) and `networks`.
        engine: The local engine.
        backup_mib_s: How fast a store is backed up.
        check: The simulation held against runs; None where it was not.
    """

    machine: str
    cores: int
    reference: float
    sizes: tuple[SizeCost, ...]
    sound_decode_ms: float
    sound_ms: Mapping[str, float]
    sound_together_ms: float
    bytes_hour: Mapping[str, float]
    rows_hour: Mapping[str, float]
    memory_mib: Mapping[str, float]
    engine: EngineCost
    backup_mib_s: float
    check: Check | None = None


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
    own: dict[str, float] = {}
    unknown: list[str] = []
    for name in detectors:
        seen = [size.part_ms(name) for size in table.sizes if name in size.own_ms]
        if len(seen) == len(table.sizes):
            own[name] = _at(table.sizes, seen, content.pixels) * pictures_s
        if name in table.sound_ms:
            share = _share(name, table.sound_ms, table.sound_together_ms)
            own[name] = own.get(name, 0.0) + table.sound_ms[name] * share * sounds_s
        if name not in own:
            unknown.append(name)
    decode_ms = _at(table.sizes, [size.decode_ms for size in table.sizes], content.pixels)
    decode_s = decode_ms * pictures_s + table.sound_decode_ms * sounds_s
    return HourCost(decode_s, own, tuple(unknown))


def _check_of(document: Mapping[str, Any] | None) -> Check | None:
    if document is None:
        return None
    return Check(
        titles=int(document["titles"]),
        measured_ratio=float(document["measured_ratio"]),
        simulated_ratio=float(document["simulated_ratio"]),
        error_percent=float(document["error_percent"]),
        load=float(document["load"]),
    )


def _share(detector: str, own_ms: Mapping[str, float], together_ms: float) -> float:
    """What is left of a detector's own cost when others run beside it, 0..1."""
    total = sum(ms for name, ms in own_ms.items() if name not in NETWORKS)
    shares = detector not in NETWORKS and total > 0
    return min(together_ms / total, 1.0) if shares else 1.0


def kind_of(detectors: Iterable[str]) -> str:
    """`networks` where one of them asks a network, else `plain`."""
    return "networks" if set(detectors) & set(NETWORKS) else "plain"


def _floats(values: Mapping[str, Any]) -> dict[str, float]:
    return {str(name): float(value) for name, value in values.items()}


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
            _floats(size["own_ms"]),
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
        sound_ms=_floats(document["sound_ms"]),
        sound_together_ms=float(document["sound_together_ms"]),
        bytes_hour=_floats(document["bytes_hour"]),
        rows_hour=_floats(document["rows_hour"]),
        memory_mib=_floats(document["memory_mib"]),
        engine=EngineCost(
            float(engine["start_s"]), float(engine["task_s"]), float(engine["writer_s"])
        ),
        backup_mib_s=float(document["backup_mib_s"]),
        check=_check_of(document.get("check")),
    )
