"""Detectors that compare sound and picture by their time stamps: length and drift."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from helpers.clip import make_clip
from helpers.measure import RATE, TICK, audio, measured, rows_of, sound_samples, track_of
from helpers.scenery import music

from core.analysis.measure import measure_title
from core.catalog.decide import decide
from core.detectors.av_drift import AvDriftDetector
from core.detectors.av_length import AvLengthDetector
from core.domain.defect import Severity
from core.domain.errors import KnownError
from core.domain.finding import Finding
from core.domain.media import DecodeEvent, DecodeFault
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.time import Span
from core.domain.title import Title
from core.domain.track import Track
from core.media.probe import probe
from core.simulate.av_drift import SoundDrift
from core.simulate.av_length import StreamCut
from core.simulate.retime import retime_packets

SECONDS = 8.0


@pytest.fixture(scope="module", params=["mp4", "mkv"])
def clip(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Title:
    return make_clip(tmp_path_factory.mktemp("clip") / f"clip.{request.param}", SECONDS)


def picture(start_s: float, end_s: float, rate: int = 25) -> Track:
    pts = np.arange(round(start_s * rate), round(end_s * rate), dtype=np.int64) * (90_000 // rate)
    moving = np.full(len(pts), 9, np.float32)
    metrics = {"difference_pct": moving, "local_pct": moving}
    return Track("freeze", 0, TICK, pts, round(end_s * 90_000), metrics)


def length(
    sound_s: tuple[float, float],
    picture_s: tuple[float, float],
    profile: Profile = DEFAULT_PROFILE,
) -> list[Finding]:
    start_s, end_s = sound_s
    rows = np.arange(round(4 * start_s), round(4 * end_s), dtype=np.int64) * 22_500
    own = Track(
        "av_length",
        1,
        TICK,
        rows,
        round(end_s * 90_000),
        {
            "position_s": ((rows - rows[0]) / 90_000).astype(np.float32),
            "left_ms": (1000 * end_s - rows / 90).astype(np.float32),
        },
    )
    found = decide([own, picture(*picture_s)], profile)
    return [finding for finding in found if finding.detector == "av_length"]


def claims(detector: str, path: Path, span: Span | None = None) -> list[Finding]:
    tracks = measure_title(probe(path), [detector], span).tracks
    return [f for f in decide(tracks, DEFAULT_PROFILE) if f.detector == detector]


def frames(title: Title) -> Track:
    (track,) = (t for t in measure_title(title, ["black"]).tracks if t.detector == "black")
    return track


# Length


@pytest.mark.parametrize("end_s", [9.93, 10.0, 10.5, 11.9])
def test_sound_that_ends_about_with_the_picture_is_not_told(end_s: float) -> None:
    assert length((0.0, end_s), (0.0, 10.0)) == []


def test_sound_that_ends_early_or_late_is_told() -> None:
    (short,) = length((0.0, 9.0), (0.0, 10.0))
    assert (short.span.start_s, short.span.end_s) == (9.0, 10.0)
    assert "ends 1 s before the picture" in short.evidence.note
    (long,) = length((0.0, 13.0), (0.0, 10.0))
    assert (long.span.start_s, long.span.end_s) == (10.0, 13.0)
    assert "goes on for 3 s" in long.evidence.note
    assert short.severity is long.severity is Severity.ISSUE
    (little,) = length((0.0, 9.75), (0.0, 10.0))
    assert little.severity is Severity.FYI


def test_sound_that_begins_apart_is_told() -> None:
    (late,) = length((1.0, 10.0), (0.0, 10.0))
    assert (late.span.start_s, late.span.end_s) == (0.0, 1.0)
    assert "begins 1 s after" in late.evidence.note
    (early,) = length((0.0, 10.0), (0.6, 10.0))
    assert "begins 0.6 s before" in early.evidence.note


def test_two_frames_are_two_frames_at_any_rate() -> None:
    wide = Profile("p", "P", {"av_length": {"short_frames": 8.0}})
    assert length((0.0, 9.75), (0.0, 10.0), wide) == []


def test_sound_shorter_than_a_second_is_no_title() -> None:
    assert length((0.0, 0.75), (0.0, 10.0)) == []


def test_part_of_a_stream_does_not_say_where_it_begins() -> None:
    sound = music(4.0)
    samples = sound_samples(sound)[94:]
    rows = rows_of(AvLengthDetector(audio()), samples)
    assert rows[0].values[0] == pytest.approx(2.0, abs=0.02)
    own = track_of(AvLengthDetector(audio()), rows, 360_000)
    assert decide([own, picture(0.0, 4.0)], DEFAULT_PROFILE) == ()


@pytest.mark.parametrize("variant", StreamCut.VARIANTS)
@pytest.mark.parametrize("severity", [0.0, 0.3])
def test_cut_streams_are_found(clip: Title, tmp_path: Path, variant: str, severity: float) -> None:
    out = tmp_path / f"cut{clip.path.suffix}"
    truth = StreamCut()(clip.path, out, (), severity, variant=variant)
    assert claims("av_length", clip.path) == []
    (finding,) = claims("av_length", out)
    assert (finding.span.start_s, finding.span.end_s) == pytest.approx(truth.spans[0], abs=0.05)
    start = clip.start.exact
    middle = Span.from_seconds(start + 1, start + 3, Fraction(1, 1000))
    assert claims("av_length", out, middle) == []


def test_cutting_needs_pictures_and_sound(tmp_path: Path) -> None:
    sound = make_clip(tmp_path / "sound.mkv", 2.0, picture=False)
    with pytest.raises(KnownError, match="pictures and sound"):
        StreamCut()(sound.path, tmp_path / "out.mkv", (), 0.5)
    silent = make_clip(tmp_path / "silent.mkv", 2.0, sound=False)
    with pytest.raises(KnownError, match="no sound"):
        SoundDrift()(silent.path, tmp_path / "out.mkv", [(0.0, 1.0)])


# Drift


def drift(pts_ms: Sequence[float], events: dict[int, int] | None = None) -> Track:
    """Blocks of 100 ms at these times, with overlaps (ms) that the decoder reports."""
    samples = []
    for i, at in enumerate(pts_ms):
        (views,) = sound_samples(np.zeros((2, 4800), np.float32), 4800)
        sample = views["audio"]
        told = tuple(
            DecodeEvent(1, 0, TICK, DecodeFault.OVERLAP, 90 * extent)
            for extent in ([events[i]] if events and i in events else [])
        )
        samples.append({"audio": type(sample)(round(at * 90), TICK, sample.data, RATE, 0, told)})
    return measured("av_drift", samples, (max(pts_ms) + 100) / 1000, audio())


def drifting(track: Track) -> tuple[Finding, ...]:
    return decide([track], DEFAULT_PROFILE)


def test_steady_clock_and_rounding_are_not_told() -> None:
    rng = np.random.default_rng(0)
    assert drifting(drift([100 * i for i in range(100)])) == ()
    jitter = [100 * i + float(rng.uniform(-0.9, 0.9)) for i in range(200)]
    assert drifting(drift(jitter)) == ()


def test_drift_either_way_is_told_with_its_size() -> None:
    late = [100 * i + 4 * min(max(i - 20, 0), 25) for i in range(100)]
    (slow,) = drifting(drift(late))
    assert "0.1 s behind" in slow.evidence.note
    assert slow.span.start_s == pytest.approx(2.1, abs=0.26)
    overlaps = dict.fromkeys(range(20, 45), 4)
    (fast,) = drifting(drift([100 * i for i in range(100)], overlaps))
    assert "0.1 s ahead of" in fast.evidence.note


def test_to_and_fro_adds_up_to_nothing() -> None:
    swaying = [100 * i + 4 * ((i + 1) // 2) for i in range(200)]
    assert drifting(drift(swaying, dict.fromkeys(range(2, 200, 2), 4))) == ()


def test_lost_sound_is_no_drift() -> None:
    gone = [100 * i + 21 * (i // 10) for i in range(100)]
    assert drifting(drift(gone)) == ()


def test_jump_back_is_told() -> None:
    (claim,) = drifting(drift([100 * i for i in range(60)], {30: 80}))
    assert "jumps back by 0.08 s" in claim.evidence.note
    assert claim.span.contains(claim.evidence.peak)


def test_blocks_of_any_size_give_the_same_drift() -> None:
    sound = music(3.0)
    rows = [
        rows_of(AvDriftDetector(audio()), sound_samples(sound, block))
        for block in (480, 1023, 4096)
    ]
    assert rows[0] == rows[1] == rows[2]


@pytest.mark.parametrize("variant", SoundDrift.VARIANTS)
@pytest.mark.parametrize("severity", [0.1, 0.6])
def test_drift_made_in_a_file_is_found(
    clip: Title, tmp_path: Path, variant: str, severity: float
) -> None:
    out = tmp_path / f"drift{clip.path.suffix}"
    truth = SoundDrift()(clip.path, out, [(2.0, 6.0)], severity, variant=variant)
    assert claims("av_drift", clip.path) == []
    (finding,) = claims("av_drift", out)
    wanted = abs(float(truth.parameters["drift_ms"]))
    if variant == "step":
        assert finding.span.start_s == pytest.approx(2.0, abs=0.3)
    else:
        assert finding.span.start_s == pytest.approx(2.0, abs=1.0)
        assert abs(finding.evidence.peak_value) == pytest.approx(wanted, abs=12)


# Time stamps


def test_retiming_changes_times_and_nothing_else(clip: Title, tmp_path: Path) -> None:
    out = tmp_path / f"later{clip.path.suffix}"
    retime_packets(clip.path, out, lambda _index, shown: shown + Fraction(1, 2))
    moved = probe(out)
    assert float(moved.start.exact - clip.start.exact) == pytest.approx(0.5, abs=0.03)
    assert [s.codec for s in (*moved.video, *moved.audio)] == [
        s.codec for s in (*clip.video, *clip.audio)
    ]
    sizes = [len(frames(x)) for x in (clip, moved)]
    assert sizes[0] == sizes[1] == 200


def test_jitter_keeps_pictures_in_order_and_can_be_made_in_place(
    clip: Title, tmp_path: Path
) -> None:
    out = tmp_path / f"jitter{clip.path.suffix}"
    out.write_bytes(clip.path.read_bytes())
    rng = np.random.default_rng(3)

    def shaken(index: int, shown: Fraction) -> Fraction:
        swing = Fraction(int(rng.integers(-15, 16)), 1000)
        return shown if index != clip.video[0].index else shown + swing

    retime_packets(out, out, shaken)
    track = frames(probe(out))
    assert len(track) == 200
    steps = np.diff(track.starts_s)
    assert steps.std() > 0.004
    assert sorted(p.name for p in tmp_path.iterdir()) == [out.name]


def test_retiming_what_is_no_media_is_a_known_error(tmp_path: Path) -> None:
    with pytest.raises(KnownError):
        retime_packets(Path(__file__), tmp_path / "out.mp4", lambda _index, shown: shown)
    assert not list(tmp_path.iterdir())
