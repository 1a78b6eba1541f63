"""A machine that does not keep up loses analysis, then says so, and never loses the stream."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from core.domain.errors import KnownError
from core.media.live.reader import LivePacket, LiveReader
from core.scan.monitor.admission import Admission, AdmissionRule
from core.scan.monitor.backlog import Backlog, Begin, End, Skip
from core.scan.monitor.level import Level
from core.scan.monitor.service import duration_s, ring_folder
from core.scan.monitor.tally import Tally

RULE = AdmissionRule(behind_s=8.0, calm_s=1.0, patience_s=30.0, pause_s=4.0)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def packet(arrived: float, key: bool = False, picture: bool = True, size: int = 100) -> LivePacket:
    fake = cast(Any, SimpleNamespace(size=size))
    return LivePacket(fake, 0 if picture else 1, None, arrived, key, picture)


def begin(pictures: bool = True) -> Begin:
    return Begin(cast(LiveReader, SimpleNamespace(video=object() if pictures else None)), 1)


def test_level_falls_step_by_step_while_it_lags_and_rises_when_it_is_calm() -> None:
    clock = Clock()
    admission = Admission(RULE, clock)
    levels = []
    for lag, wait in [(9, 1), (9, 1), (9, 4), (9, 9), (0.2, 5), (0.2, 29), (0.2, 2), (0.2, 31)]:
        levels.append(admission.update(lag))
        clock.now += wait
    levels.append(admission.update(0.2))
    assert levels == [
        *(Level.LIGHT, Level.LIGHT, Level.LIGHT, Level.SPARSE),
        *(Level.SPARSE, Level.SPARSE, Level.LIGHT, Level.LIGHT, Level.FULL),
    ]


def test_a_try_that_failed_is_repeated_later_and_later() -> None:
    clock = Clock()
    admission = Admission(RULE, clock)
    admission.update(9)
    waits = []
    for _ in range(5):
        since = clock.now
        while admission.update(0.0) is not Level.FULL:
            clock.now += 1
        waits.append(clock.now - since)
        clock.now += 10
        assert admission.update(9) is Level.LIGHT
    assert waits == sorted(waits)
    assert waits[0] == pytest.approx(30, abs=2)
    assert waits[-1] == pytest.approx(240, abs=2)


def test_backlog_leaves_out_all_that_waits_and_goes_on_with_a_key_picture() -> None:
    clock = Clock()
    backlog = Backlog(most_s=10.0, now=clock)
    backlog.put(begin())
    for i in range(5):
        backlog.put(packet(100.0 + i, key=i == 0))
    clock.now = 115.0
    backlog.put(packet(115.0))
    backlog.put(packet(115.5, key=True, picture=False))
    assert backlog.lag_s == 0.0
    backlog.put(packet(116.0, key=True))
    backlog.put(End("over"))
    items = [backlog.get(0) for _ in range(5)]
    assert isinstance(items[0], Begin)
    assert items[1] == Skip(100.0, 115.5)
    assert isinstance(items[2], LivePacket)
    assert (items[2].arrived, items[2].key) == (116.0, True)
    assert isinstance(items[3], End)
    assert items[4] is None


def test_backlog_is_bounded_by_bytes_and_keeps_beginnings_and_ends() -> None:
    backlog = Backlog(most_bytes=1000, now=Clock())
    for _ in range(50):
        backlog.put(begin(pictures=False))
        for _ in range(30):
            backlog.put(packet(100.0, key=True, size=100))
        backlog.put(End("over"))
    kinds = []
    while (item := backlog.get(0)) is not None:
        kinds.append(type(item))
    assert kinds.count(Begin) == kinds.count(End) == 50
    assert kinds.count(LivePacket) <= 11


def test_coverage_counts_what_was_not_seen_as_not_covered() -> None:
    tally = Tally()
    for second in range(60):
        tally.covered(float(second), 1.0, full=second < 30)
    tally.missed(60.0, 40.0)
    figures = tally.figures(60.0, "full", (), {}, 0.0, 0, "")
    assert figures.coverage == pytest.approx(0.3)
    assert (figures.gaps, figures.gap_s) == (1, 40.0)


def test_tally_of_days_stays_small() -> None:
    tally = Tally()
    for i in range(60_000):
        at = i * 0.4
        tally.received(at, 1000, picture=True, corrupt=False)
        tally.arrival(at, at)
        tally.covered(at, 0.4, full=True)
        if i % 25 == 0:
            tally.decided(at - 1.0, at)
    assert len(tally._parts) < 4000
    assert len(tally._rates) < 100
    figures = tally.figures(24_000.0, "full", (), {}, 0.0, 0, "")
    assert figures.coverage == 1.0
    assert 1.0 <= figures.latency_p50_s < figures.latency_p99_s < 11.5


def test_two_channels_never_share_a_ring(tmp_path: Any) -> None:
    names = ["a/b", "a-b", "../x", "é", "", "A" * 300]
    folders = {ring_folder(tmp_path, name) for name in names}
    assert len(folders) == len(names)
    assert all(folder.parent == tmp_path for folder in folders)


@pytest.mark.parametrize(
    ("text", "seconds"), [("90", 90), ("90s", 90), ("1.5m", 90), ("2h", 7200), ("1d", 86400)]
)
def test_durations_are_read(text: str, seconds: float) -> None:
    assert duration_s(text) == seconds


@pytest.mark.parametrize("text", ["", "x", "-1", "1w", "1e9", "9" * 20])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(KnownError):
        duration_s(text)
