"""What a catalogue or a number of channels takes: a small simulation over measured costs.

Workers take tasks in the order of the ledger. When one has done its task, the one writer claims,
writes and answers in the order in which workers came, and the worker goes on then; so the writer
is what more workers do not help with. The writer's time a task is a mean: with it, no plan gets
slower by a further worker.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from core.scan.cost import Content, CostTable, HourCost, hour_cost, kind_of

_HOUR_S = 3600.0
_MOST_WORKERS = 100_000
GIGABIT_BYTES_S = 117e6
"""What a gigabit network carries of payload in a second."""
BUSY_SHARE = 0.7
"""How much of a core a live channel may use on average, so that it keeps up when scenes change."""


@dataclass(frozen=True, slots=True)
class Work:
    """One task.

    Attributes:
        worker_s: Wall seconds of a worker, all attempts together.
        fails: It fails in the end.
    """

    worker_s: float
    fails: bool = False


@dataclass(frozen=True, slots=True)
class Forecast:
    """How a batch goes.

    Attributes:
        wall_s: From the start to the last result.
        worker_share: How much of the workers' time is work, 0..1.
        writer_share: How much of the writer's time is work, 0..1.
        done: Tasks that came to their end.
        failed: Tasks that did not.
    """

    wall_s: float
    worker_share: float
    writer_share: float
    done: int
    failed: int


def simulate(
    works: Sequence[Work], workers: int, writer_s: float = 0.0, start_s: float = 0.0
) -> Forecast:
    """Run a batch on paper.

    Args:
        works: Tasks in the order in which they are taken.
        workers: How many there are, at least one.
        writer_s: Seconds of the one writer a task.
        start_s: Seconds until a worker is there.

    Returns:
        How it goes.
    """
    ahead = [(start_s + work.worker_s, n) for n, work in enumerate(works[: max(workers, 1)])]
    heapq.heapify(ahead)
    following = len(ahead)
    writer_free = 0.0
    while ahead:
        came, _ = ahead[0]
        writer_free = max(writer_free, came) + writer_s
        if following < len(works):
            heapq.heapreplace(ahead, (writer_free + works[following].worker_s, following))
            following += 1
        else:
            heapq.heappop(ahead)
    failed = sum(work.fails for work in works)
    busy_s = sum(work.worker_s for work in works)
    return Forecast(
        writer_free,
        busy_s / (writer_free * max(workers, 1)) if writer_free else 0.0,
        writer_s * len(works) / writer_free if writer_free else 0.0,
        len(works) - failed,
        failed,
    )


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is to be scanned.

    Attributes:
        titles: How many.
        hours: Mean length of a title in hours.
        spread: Standard deviation of the lengths as a share of the mean.
        content: Size, rate and bit rate.
        split_s: Longer titles are split into tasks of this length; 0 never.
        loss_rate: Share of attempts that lose their worker.
        attempts: How often a task is tried at most.
        seed: Draws lengths and losses.
    """

    titles: int
    hours: float = 1.0
    spread: float = 0.5
    content: Content = field(default_factory=Content)
    split_s: float = 1800.0
    loss_rate: float = 0.001
    attempts: int = 3
    seed: int = 1


def draw_works(
    catalogue: Catalogue, second_s: float, task_s: float, start_s: float = 0.0
) -> list[Work]:
    """The tasks of a catalogue.

    Lengths are drawn from a log-normal distribution, then scaled to the mean. An attempt that loses
    its worker costs half the task and a new worker; after the last one the task has failed.

    Args:
        catalogue: What is to be scanned.
        second_s: Wall seconds of a worker for a second of content.
        task_s: Wall seconds of a worker a task beside that.
        start_s: Wall seconds until a lost worker is replaced.

    Returns:
        Tasks in the order of the titles.
    """
    chance = Random(catalogue.seed)
    sigma = math.sqrt(math.log1p(catalogue.spread**2))
    lengths = [chance.lognormvariate(0.0, sigma) for _ in range(catalogue.titles)]
    total = sum(lengths)
    scale = catalogue.titles * catalogue.hours * _HOUR_S / total if total else 0.0
    works: list[Work] = []
    for length in lengths:
        length_s = length * scale
        split = catalogue.split_s
        pieces = math.ceil(length_s / split) if split > 0 else 1
        for _ in range(max(pieces, 1)):
            once_s = length_s / max(pieces, 1) * second_s + task_s
            works.append(_tried(once_s, start_s, catalogue, chance))
    return works


def _tried(once_s: float, start_s: float, catalogue: Catalogue, chance: Random) -> Work:
    lost = 0
    while lost < catalogue.attempts and chance.random() < catalogue.loss_rate:
        lost += 1
    fails = lost == catalogue.attempts and lost > 0
    return Work(lost * (once_s / 2 + start_s) + (0.0 if fails else once_s), fails)


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that gives out as the work grows.

    Attributes:
        name: What.
        workers: How many workers bring it to its limit; infinite when none do.
        sentence: The figure, for people.
    """

    name: str
    workers: float
    sentence: str


@dataclass(frozen=True, slots=True)
class CataloguePlan:
    """What a catalogue takes.

    Attributes:
        catalogue: What is scanned.
        cost: Processor-seconds of a title-hour.
        workers: How many workers, each with a core of its own.
        forecast: How it goes.
        core_hours: Processor time of all of it.
        store_bytes: What the store grows by.
        rows: Rows of tracks and findings.
        read_bytes: What is read of media.
        memory_mib: Of all workers together.
        tasks: How many tasks.
        limits: What gives out, first what gives out first.
    """

    catalogue: Catalogue
    cost: HourCost
    workers: int
    forecast: Forecast
    core_hours: float
    store_bytes: float
    rows: float
    read_bytes: float
    memory_mib: float
    tasks: int
    limits: tuple[Limit, ...]


def plan_catalogue(
    table: CostTable,
    catalogue: Catalogue,
    detectors: Sequence[str],
    workers: int = 0,
    days: float = 0.0,
    speed: float = 1.0,
) -> CataloguePlan:
    """What a catalogue takes.

    Args:
        table: What was measured.
        catalogue: What is scanned.
        detectors: Ids.
        workers: How many, each with a core of its own; 0 finds the fewest that make `days`.
        days: By when it has to be done; 0 with `workers` of 0 means one worker.
        speed: How much faster a core is than the one that was measured.

    Returns:
        The plan. Where no number of workers makes it, that of as many as the writer can serve.
    """
    cost = hour_cost(table, catalogue.content, detectors, speed)
    engine = table.engine
    second_s = cost.total_s / _HOUR_S
    task_s, writer_s, start_s = (
        value / speed for value in (engine.task_s, engine.writer_s, engine.start_s)
    )
    works = draw_works(catalogue, second_s, task_s, start_s)
    chosen = workers or _fewest(works, writer_s, start_s, days * 24 * _HOUR_S)
    title_hours = catalogue.titles * catalogue.hours
    kind = kind_of(detectors)
    memory = table.memory_mib[kind]
    return CataloguePlan(
        catalogue=catalogue,
        cost=cost,
        workers=chosen,
        forecast=simulate(works, chosen, writer_s, start_s),
        core_hours=sum(work.worker_s for work in works) / _HOUR_S,
        store_bytes=title_hours * table.bytes_hour[kind],
        rows=title_hours * table.rows_hour[kind],
        read_bytes=title_hours * _HOUR_S * catalogue.content.bitrate / 8,
        memory_mib=chosen * memory,
        tasks=len(works),
        limits=_limits(table, catalogue, works, writer_s, kind),
    )


def _fewest(works: Sequence[Work], writer_s: float, start_s: float, within_s: float) -> int:
    if within_s <= 0:
        return 1
    low, high = 1, 1
    while simulate(works, high, writer_s, start_s).wall_s > within_s:
        if high >= min(len(works), _MOST_WORKERS):
            return high
        low, high = high, min(high * 2, max(len(works), 1), _MOST_WORKERS)
    while low < high:
        middle = (low + high) // 2
        if simulate(works, middle, writer_s, start_s).wall_s <= within_s:
            high = middle
        else:
            low = middle + 1
    return high


def _limits(
    table: CostTable,
    catalogue: Catalogue,
    works: Sequence[Work],
    writer_s: float,
    kind: str,
) -> tuple[Limit, ...]:
    busy_s = sum(work.worker_s for work in works)
    mean_s = busy_s / len(works) if works else 0.0
    memory_mib, bytes_hour = table.memory_mib[kind], table.bytes_hour[kind]
    title_hours = catalogue.titles * catalogue.hours
    content_s = title_hours * _HOUR_S / busy_s if busy_s > 0 else 0.0
    bytes_s = catalogue.content.bitrate / 8 * content_s
    store_s = bytes_hour * content_s / _HOUR_S
    backup_h = title_hours * bytes_hour / (table.backup_mib_s * (1 << 20)) / _HOUR_S
    found = [
        Limit(
            "one writer",
            (mean_s + writer_s) / writer_s if writer_s > 0 else math.inf,
            f"{writer_s * 1000:.0f} ms a task, so {1 / writer_s:,.0f} tasks a second at most"
            if writer_s > 0
            else "costs nothing",
        ),
        Limit(
            "gigabit network for the media",
            GIGABIT_BYTES_S / bytes_s if bytes_s > 0 else math.inf,
            f"a worker reads {bytes_s / 1e6:.1f} MB/s; ten gigabits carry ten times as many",
        ),
        Limit(
            "store on one disk",
            table.backup_mib_s * (1 << 20) / store_s if store_s > 0 else math.inf,
            f"a worker adds {store_s / 1e3:.0f} kB/s; a backup of the whole takes "
            f"{backup_h:,.1f} hours at {table.backup_mib_s:,.0f} MiB/s",
        ),
        Limit(
            "memory at 4 GiB a core",
            math.inf if memory_mib <= 4096 else 4096 / memory_mib,
            f"a worker takes up to {memory_mib:,.0f} MiB",
        ),
    ]
    return tuple(sorted(found, key=lambda limit: limit.workers))


@dataclass(frozen=True, slots=True)
class ChannelPlan:
    """What live channels take.

    Attributes:
        channels: How many.
        cost: Processor-seconds of an hour of one.
        cores: Cores for all of them, with room for changing scenes.
        channels_a_core: How many one core holds.
        ingest_bytes_s: What comes over the network.
        ring_bytes: What the rings on disk hold, at the hours asked for.
        memory_mib: With a worker a channel.
        store_bytes_day: What tracks would add in a day if all were kept.
    """

    channels: int
    cost: HourCost
    cores: float
    channels_a_core: float
    ingest_bytes_s: float
    ring_bytes: float
    memory_mib: float
    store_bytes_day: float


def plan_channels(
    table: CostTable,
    channels: int,
    content: Content,
    detectors: Sequence[str],
    ring_hours: float = 1.0,
    speed: float = 1.0,
) -> ChannelPlan:
    """What live channels take: every detector at real time, a core busy to `BUSY_SHARE`.

    Args:
        table: What was measured.
        channels: How many.
        content: Size, rate and bit rate.
        detectors: Ids.
        ring_hours: How much of each channel is kept on disk.
        speed: How much faster a core is than the one that was measured.
    """
    cost = hour_cost(table, content, detectors, speed)
    share = cost.total_s / _HOUR_S / BUSY_SHARE
    bytes_s = content.bitrate / 8
    kind = kind_of(detectors)
    return ChannelPlan(
        channels=channels,
        cost=cost,
        cores=channels * share,
        channels_a_core=1 / share,
        ingest_bytes_s=channels * bytes_s,
        ring_bytes=channels * bytes_s * ring_hours * _HOUR_S,
        memory_mib=channels * table.memory_mib[kind],
        store_bytes_day=channels * 24 * table.bytes_hour[kind],
    )
