"""FFmpeg's filters in this process, and how what they say becomes stretches of time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.catalog.table import DETECTORS
from core.domain.errors import KnownError
from core.domain.title import Title
from core.evaluation.peer import Peer, Reading, Setting, Trace, settings_of, stretches, trace_of
from core.evaluation.peer_run import can_run, ffmpeg_command, run_peers
from core.evaluation.peer_table import PEERS
from core.media.filter_graph import Note, chain_of, has_filters, run_filters
from core.media.probe import probe
from core.media.writer import VideoSettings, write_title

SIZE = (96, 160)


def texture() -> NDArray[np.uint8]:
    random = np.random.default_rng(3)
    coarse = random.integers(40, 220, (SIZE[0] // 8 + 20, SIZE[1] // 8 + 20))
    return np.kron(coarse, np.ones((8, 8))).astype(np.uint8)


def pictures() -> Iterator[NDArray[np.uint8]]:
    """Five seconds: a pan, black from 1 to 2.2 s, and letterboxed from 3.2 to 4.4 s."""
    scene = texture()
    for i in range(125):
        picture = scene[i // 4 : i // 4 + SIZE[0], i : i + SIZE[1]].copy()
        if 25 <= i < 55:
            picture[:] = 0
        if 80 <= i < 110:
            picture[:20] = picture[-20:] = 0
        yield np.repeat(picture[..., None], 3, axis=2)


@pytest.fixture(scope="module")
def title(tmp_path_factory: pytest.TempPathFactory) -> Title:
    path = tmp_path_factory.mktemp("peer") / "clip.mp4"
    random = np.random.default_rng(1)
    sound = random.normal(0, 0.1, (2, 5 * 48000)).astype(np.float32)
    sound[:, 48000 : 48000 * 4] = 0
    write_title(path, pictures(), 25, sound, settings=VideoSettings(crf=10))
    return probe(path)


def test_events_of_a_filter_come_with_their_times(title: Title) -> None:
    traces = run_peers(title, [PEERS["black"], PEERS["silence"]])
    setting = PEERS["black"].default
    assert setting is not None
    assert stretches(PEERS["black"], traces["black"], setting) == []
    short = Setting(setting.reading, None, 0.5)
    (found,) = stretches(PEERS["black"], traces["black"], short)
    assert found == pytest.approx((1.0, 2.2), abs=0.05)
    default = PEERS["silence"].default
    assert default is not None
    (silent,) = stretches(PEERS["silence"], traces["silence"], default)
    assert silent == pytest.approx((1.0, 4.0), abs=0.1)


def test_a_number_on_every_frame_becomes_stretches(title: Title) -> None:
    traces = run_peers(title, [PEERS["blur"]])["blur"]
    trace = traces["blur"]
    assert len(trace.values) == 125
    assert stretches(PEERS["blur"], traces, Setting("blur", max(trace.values) + 1)) == []


def test_every_peer_names_a_filter_that_is_here_and_a_detector_or_a_defect_to_come() -> None:
    for name, peer in PEERS.items():
        assert peer.detector == name
        for reading in peer.readings:
            assert reading.command or has_filters(reading.chain), reading.name
        if peer.default is not None:
            assert peer.default.reading in {reading.name for reading in peer.readings}
    assert set(PEERS) & set(DETECTORS)


def test_a_filter_without_the_command_cannot_run(monkeypatch: pytest.MonkeyPatch) -> None:
    ffmpeg_command.cache_clear()
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert not can_run(PEERS["letterbox"])
    assert can_run(PEERS["black"])
    ffmpeg_command.cache_clear()


@pytest.mark.skipif(ffmpeg_command() is None, reason="there is no ffmpeg command")
def test_filters_of_the_command_see_every_frame(title: Title) -> None:
    traces = run_peers(title, [PEERS["letterbox"], PEERS["stutter"]])
    (reading,) = PEERS["letterbox"].readings
    boxed = stretches(PEERS["letterbox"], traces["letterbox"], Setting(reading.name, 0.2, 0.5, 0.1))
    assert pytest.approx(min(boxed, key=lambda s: abs(s[0] - 3.2)), abs=0.1) == (3.2, 4.4)
    dropped = traces["stutter"]["dropped frames"]
    assert len(dropped.values) == 125
    assert sum(dropped.values[26:55]) > 25


def test_a_filter_that_refuses_its_options_says_so(title: Title) -> None:
    with pytest.raises(KnownError, match="blackdetect"):
        list(run_filters(title.path, title.video[0], {"x": chain_of("blackdetect=d=many")}))


def test_chains_are_read_as_the_command_reads_them() -> None:
    assert chain_of("aformat=channel_layouts=stereo,astats=metadata=1:reset=1") == (
        ("aformat", "channel_layouts=stereo"),
        ("astats", "metadata=1:reset=1"),
    )


EVENTS = Reading("e", (), ("begin",), ("end",))
NUMBERS = Reading("n", (), value=lambda metadata: float(metadata["v"]))
PEER = Peer("black", "f", "video", (EVENTS, NUMBERS), None)


def test_a_stretch_that_is_open_at_the_end_ends_there() -> None:
    notes = [Note("", 0.0, {"begin": "1.5"}), Note("", 2.0, {"end": "2.5"})]
    assert trace_of(EVENTS, notes, 9.0).events == ((1.5, 2.5),)
    assert trace_of(EVENTS, notes[:1], 9.0).events == ((1.5, 9.0),)


def test_numbers_that_are_none_are_never_bad() -> None:
    notes = [Note("", t, {"v": v}) for t, v in ((0.0, "9"), (1.0, "nan"), (2.0, "9"), (3.0, "0"))]
    trace = trace_of(NUMBERS, notes, 4.0)
    assert stretches(PEER, {"n": trace}, Setting("n", 5.0)) == [(0.0, 1.0), (2.0, 3.0)]
    tried = [s.threshold for s in settings_of(PEER, [{"n": trace}]) if s.threshold is not None]
    assert tried == [t for t in tried if 0 <= t <= 9]


def test_short_gaps_are_joined_before_short_stretches_are_dropped() -> None:
    trace = Trace((), (0.0, 1.0, 2.0, 3.0, 4.0), (9, 0, 9, 0, 0), 5.0)
    traces = {"n": trace}
    assert stretches(PEER, traces, Setting("n", 5.0)) == [(0.0, 1.0), (2.0, 3.0)]
    assert stretches(PEER, traces, Setting("n", 5.0, 2.0, 1.0)) == [(0.0, 3.0)]
    assert stretches(PEER, traces, Setting("n", 5.0, 2.0, 0.5)) == []


def test_traces_survive_their_json() -> None:
    trace = Trace(((0.5, 1.25),), (0.0, 0.04), (1.5, 2.25), 2.0)
    assert Trace.from_json(trace.as_json()) == trace


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=40))
def test_thresholds_to_try_lie_among_what_was_measured(values: list[float]) -> None:
    trace = Trace((), tuple(float(i) for i in range(len(values))), tuple(values), len(values))
    tried = [s.threshold for s in settings_of(PEER, [{"n": trace}]) if s.reading == "n"]
    assert tried
    margin = 1e-3 * (1 + max(map(abs, values)))
    for line in tried:
        assert line is not None
        assert min(values) - margin <= line <= max(values) + margin
