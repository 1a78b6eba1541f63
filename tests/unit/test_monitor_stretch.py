"""A stream that is watched gives the findings of a scan of its recording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from helpers.clip import RATE, make_clip, moving_pictures, tones

from core.analysis.measure import measure_title
from core.catalog.decide import decide
from core.catalog.table import DETECTORS
from core.domain.errors import KnownError
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE
from core.domain.title import Title
from core.media.live.reader import LiveReader
from core.media.live.source import LiveSource
from core.media.probe import probe
from core.media.writer import VideoSettings, write_title
from core.scan.monitor import stretch as stretch_module
from core.scan.monitor.claim import Change
from core.scan.monitor.level import UNFIT, Level, at_level, watching
from core.scan.monitor.stretch import ChangedError, Stretch

QUICK = (
    "black",
    "freeze",
    "stutter",
    "levels",
    "silence",
    "dropout",
    "clipping",
    "clicks",
    "phase",
)
LONG_S = 26


def key(finding: Finding) -> tuple[object, ...]:
    return (
        finding.detector,
        finding.defect,
        finding.stream,
        finding.evidence.channels,
        finding.span.start,
        finding.span.end,
        finding.severity,
    )


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Title:
    """Defects in seconds 1 to 5, then a freeze that outlasts the window."""
    path = tmp_path_factory.mktemp("stretch") / "a.ts"
    one = list(moving_pictures(8.0))
    long = [one[150]] * (RATE * LONG_S)
    pictures = [*one, *long, *one[100:200]]
    sound = np.concatenate([tones(8.0)] * 4, axis=1)[:, : len(pictures) * 48000 // RATE]
    write_title(
        path,
        iter(pictures),
        RATE,
        sound,
        48000,
        settings=VideoSettings(crf=20, gop=24, b_frames=2, preset="ultrafast"),
    )
    return probe(path)


@pytest.fixture(scope="module")
def scanned(recording: Title) -> Counter[tuple[object, ...]]:
    tracks = measure_title(recording, QUICK).tracks
    # A channel has neither beginning nor end.
    parts = [replace(track, begins=False, ends=False) for track in tracks]
    return Counter(map(key, decide(parts, DEFAULT_PROFILE)))


def watch(title: Title, steps: Iterator[float]) -> tuple[Counter[tuple[object, ...]], list[Change]]:
    specs, _ = watching(DEFAULT_PROFILE, QUICK)
    reader = LiveReader.open(LiveSource(str(title.path), shown="a"), 5.0)
    stretch = Stretch(reader, specs, DEFAULT_PROFILE)
    last: dict[int, Finding] = {}
    told: list[Change] = []

    def hear(closing: bool = False) -> None:
        for change, live in stretch.decide(closing):
            told.append(change)
            last[live.number] = live.finding

    due: Fraction | None = None
    for item in reader.packets():
        stretch.take(item)
        if item.at is not None and (due is None or item.at >= due):
            hear()
            due = item.at + Fraction(next(steps))
    hear(closing=True)
    reader.close()
    assert stretch.faults() == []
    return Counter(map(key, last.values())), told


def even(step: float) -> Iterator[float]:
    while True:
        yield step


def uneven(seed: int) -> Iterator[float]:
    random = np.random.default_rng(seed)
    while True:
        yield float(random.uniform(0.1, 4.0))


@pytest.mark.parametrize("steps", [even(1.0), uneven(1)], ids=["every second", "uneven"])
def test_watched_stream_gives_the_findings_of_a_scan_of_its_recording(
    recording: Title,
    scanned: Counter[tuple[object, ...]],
    steps: Iterator[float],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stretch_module, "WINDOW_S", 6.0)
    monkeypatch.setattr(stretch_module, "_CONTEXT_S", 4.0)
    found, told = watch(recording, steps)
    assert found == scanned
    assert told.count(Change.OPENED) == told.count(Change.CLOSED) == scanned.total()
    assert Change.WITHDRAWN not in told


def test_defect_longer_than_all_that_is_held_is_one_finding_of_its_whole_length(
    recording: Title, scanned: Counter[tuple[object, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stretch_module, "WINDOW_S", 3.0)
    monkeypatch.setattr(stretch_module, "_CONTEXT_S", 1.0)
    monkeypatch.setattr(stretch_module, "LONGEST_S", 4.0)
    found, _ = watch(recording, even(0.5))
    freezes = sorted(k[4:6] for k in found if k[0] == "freeze")
    assert freezes == sorted(k[4:6] for k in scanned if k[0] == "freeze")


def test_window_stays_small(recording: Title, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stretch_module, "WINDOW_S", 3.0)
    monkeypatch.setattr(stretch_module, "_CONTEXT_S", 1.0)
    monkeypatch.setattr(stretch_module, "LONGEST_S", 5.0)
    specs, _ = watching(DEFAULT_PROFILE, ("black", "freeze"))
    reader = LiveReader.open(LiveSource(str(recording.path), shown="a"), 5.0)
    stretch = Stretch(reader, specs, DEFAULT_PROFILE)
    held = []
    for number, item in enumerate(reader.packets()):
        stretch.take(item)
        if number % 40 == 0:
            stretch.decide()
            held += [len(track) for track in stretch.rolling.tracks()]
    reader.close()
    assert max(held) <= 25 * 9


def test_pictures_of_another_size_end_the_stretch(tmp_path: Path) -> None:
    small = make_clip(tmp_path / "small.ts", 1.0, sound=False)
    big = tmp_path / "big.ts"
    write_title(big, iter([np.zeros((128, 192, 3), np.uint8)] * 25), RATE, None, start_s=1)
    joined = tmp_path / "joined.ts"
    joined.write_bytes(small.path.read_bytes() + big.read_bytes())
    specs, _ = watching(DEFAULT_PROFILE, ("black",))
    reader = LiveReader.open(LiveSource(str(joined), shown="a"), 5.0)
    stretch = Stretch(reader, specs, DEFAULT_PROFILE)
    with pytest.raises(ChangedError) as caught:
        _feed(stretch, reader)
    reader.close()
    assert caught.value.size == (192, 128)


def _feed(stretch: Stretch, reader: LiveReader) -> None:
    for item in reader.packets():
        stretch.take(item)


def test_detectors_that_cannot_watch_say_why() -> None:
    specs, left_out = watching(DEFAULT_PROFILE, ("black", *UNFIT))
    assert {spec.id for spec in specs} >= {"black"}
    assert {spec.id for spec in specs}.isdisjoint(UNFIT)
    assert all(sentence.endswith(".") for sentence in left_out.values())
    assert set(UNFIT) <= set(left_out)
    with pytest.raises(KnownError, match="does not watch streams"):
        watching(DEFAULT_PROFILE, ("lipsync",))


@pytest.mark.parametrize("level", list(Level))
def test_each_level_has_fewer_detectors_that_are_complete(level: Level) -> None:
    specs = tuple(DETECTORS.values())
    names: Sequence[str] = [spec.id for spec in at_level(specs, level)]
    assert "black" in names
    assert "silence" in names
    for spec in at_level(specs, level):
        assert set(spec.after) <= set(names)
    higher = at_level(specs, Level(min(level + 1, Level.FULL)))
    assert set(names) <= {spec.id for spec in higher}
