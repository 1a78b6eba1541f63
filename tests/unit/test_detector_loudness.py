"""Loudness against FFmpeg's own figures, and what is told of it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
import pytest
from av.filter import Graph
from helpers.assets import asset
from helpers.measure import RATE, TICK, audio, measured, measured_sound, rows_of, sound_samples
from helpers.scenery import Sound, music
from helpers.soundscape import ambience, stage, surround, talk

from core.catalog.decide import decide
from core.catalog.profile_file import load_profile
from core.catalog.rule_loudness import integrated_lufs
from core.detectors.base import Sample
from core.detectors.registry import detector_class
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.track import Track
from core.media.audio import AudioReader
from core.media.loudness import LoudnessMeter
from core.media.probe import probe
from core.simulate.inject import inject_sound


def claims(track: Track, profile: Profile = DEFAULT_PROFILE) -> list[Finding]:
    return list(decide([track], profile))


def track_of(sound: Sound, rate: int = RATE, layout: str = "stereo") -> Track:
    stream = replace(audio(rate), channels=len(sound), layout=layout)
    samples = sound_samples(sound, rate=rate)
    return measured("loudness", samples, sound.shape[1] / rate, stream)


def by_ffmpeg(sound: Sound, rate: int, layout: str) -> tuple[float, float]:
    """Integrated loudness and true peak in dBTP by one run of ebur128 over all."""
    graph = Graph()
    given = f"sample_rate={rate}:sample_fmt=flt:channel_layout={layout}:time_base=1/{rate}"
    source = graph.add("abuffer", given)
    meter = graph.add("ebur128", "metadata=1:peak=true:framelog=quiet")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    packed = np.ascontiguousarray(sound.T).reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(packed, format="flt", layout=layout)
    frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
    source.push(frame)
    said: dict[str, str] = {}
    while True:
        try:
            said.update(sink.pull().metadata)
        except av.error.BlockingIOError:
            peak = float(said["lavfi.r128.true_peak"])
            return float(said["lavfi.r128.I"]), 20 * np.log10(peak)


def turned_to(sound: Sound, lufs: float) -> Sound:
    found = integrated_lufs(track_of(sound).metrics["momentary_lufs"])
    return np.asarray(sound * 10 ** ((lufs - found) / 20), np.float32)


def with_pauses(sound: Sound) -> Sound:
    paused = sound.copy()
    paused[:, 4 * RATE : 7 * RATE] *= 0.01
    paused[:, 9 * RATE : 10 * RATE] = 0
    return paused


@pytest.mark.parametrize(
    ("sound", "rate", "layout"),
    [
        (with_pauses(stage(14)), RATE, "stereo"),
        (talk(14), RATE, "mono"),
        (surround(12), RATE, "5.1"),
        (stage(12)[:, ::2].copy(), 24_000, "stereo"),
        (np.repeat(ambience(12, level=0.05), 3, axis=0), RATE, "5.1(side)"),
    ],
)
def test_integrated_loudness_and_true_peak_are_those_of_ffmpeg(
    sound: Sound, rate: int, layout: str
) -> None:
    track = track_of(sound, rate, layout)
    integrated, peak_db = by_ffmpeg(sound, rate, layout)
    assert integrated_lufs(track.metrics["momentary_lufs"]) == pytest.approx(integrated, abs=0.1)
    assert track.metrics["true_peak_db"].max() == pytest.approx(peak_db, abs=0.1)


@pytest.mark.parametrize(
    "name", ["music/sonicpi_loop_tabla.flac", "speech/librosa_3436-172162-0000.hq.ogg"]
)
def test_real_sound_measures_like_ffmpeg(name: str) -> None:
    title = probe(asset(f"audio/{name}"))
    stream = title.audio[0]
    with AudioReader(title.path, stream) as reader:
        sound = reader.read(float(title.start.exact), 20 * stream.sample_rate)
    track = track_of(sound, stream.sample_rate, stream.layout)
    integrated, _peak = by_ffmpeg(sound, stream.sample_rate, stream.layout)
    assert integrated_lufs(track.metrics["momentary_lufs"]) == pytest.approx(integrated, abs=0.1)


def test_tone_of_the_standard_reads_what_the_standard_says() -> None:
    # EBU Tech 3341, test 1: a stereo sine of 1 kHz at -23 dBFS on both channels has -23 LUFS.
    time = np.arange(20 * RATE) / RATE
    sine = 10 ** (-23 / 20) * np.sin(2 * np.pi * 1000 * time)
    track = measured_sound("loudness", np.stack([sine, sine]).astype(np.float32))
    for name in ("momentary_lufs", "short_lufs"):
        np.testing.assert_allclose(track.metrics[name][30:], -23.0, atol=0.1)
    assert claims(track, load_profile("broadcast")) == []


def test_gates_leave_pauses_out() -> None:
    blocks = np.concatenate((np.full(100, -23.0), np.full(300, -50.0), np.full(500, -90.0)))
    assert integrated_lufs(blocks) == pytest.approx(-23.0)
    assert integrated_lufs(np.full(10, -80.0)) == -120
    assert integrated_lufs(np.zeros(0)) == -120


@pytest.mark.parametrize(
    ("profile", "lufs", "severity"),
    [
        ("default", -14.0, None),
        ("default", -31.0, None),
        ("default", -38.0, Severity.FYI),
        ("broadcast", -23.5, None),
        ("broadcast", -25.0, Severity.ISSUE),
        ("broadcast", -20.0, Severity.ISSUE),
        ("streaming", -24.0, None),
        ("streaming", -20.0, Severity.FYI),
    ],
)
def test_target_and_severity_are_those_of_the_profile(
    profile: str, lufs: float, severity: Severity | None
) -> None:
    sound = turned_to(np.clip(stage(12, peak=0.3), -0.25, 0.25), lufs)
    found = [
        f
        for f in claims(track_of(sound), load_profile(profile))
        if f.evidence.metric == "momentary_lufs"
    ]
    assert [f.severity for f in found] == ([severity] if severity else [])
    if found:
        assert (found[0].span.start_s, found[0].span.end_s) == (0.0, 12.0)
        assert f"{lufs:.1f} LUFS" in found[0].evidence.note


def test_short_clip_has_no_integrated_loudness() -> None:
    assert claims(track_of(turned_to(stage(9), -45.0))) == []


@pytest.mark.parametrize(("severity", "over_db"), [(0.0, 0.4), (0.5, 1.6), (1.0, 2.8)])
def test_peaks_between_the_samples_are_found(severity: float, over_db: float) -> None:
    span = [(2 * RATE, 4 * RATE)]
    sound = inject_sound(stage(6), "loudness", span, RATE, severity, variant="peak")
    assert np.abs(sound).max() <= 1.0
    (finding,) = claims(track_of(sound))
    assert finding.evidence.metric == "true_peak_db"
    assert finding.evidence.peak_value == pytest.approx(over_db, abs=0.25)
    assert finding.span.start_s == pytest.approx(2.0, abs=0.11)
    assert finding.span.end_s == pytest.approx(4.0, abs=0.5)


@pytest.mark.parametrize(("profile", "expected"), [("default", 0), ("broadcast", 1)])
def test_peaks_that_the_samples_themselves_reach_are_a_coders(profile: str, expected: int) -> None:
    time = np.arange(6 * RATE) / RATE
    tone = np.asarray(1.2 * np.sin(2 * np.pi * 440 * time), np.float32)
    found = claims(track_of(np.stack([tone, tone]) * (time < 0.5)), load_profile(profile))
    assert [f.evidence.metric for f in found] == ["true_peak_db"] * expected


def test_peaks_of_a_programme_that_is_too_loud_are_told_with_it() -> None:
    sound = turned_to(stage(12, peak=0.3), -23.0)
    sound = inject_sound(sound, "loudness", [(0, sound.shape[1])], RATE, 1.0, variant="loud")
    sound = inject_sound(sound, "loudness", [(4 * RATE, 5 * RATE)], RATE, 1.0, variant="peak")
    (finding,) = claims(track_of(sound))
    assert finding.evidence.metric == "momentary_lufs"
    assert "True peaks reach" in finding.evidence.note


def test_stretch_that_is_quiet_all_the_same_is_no_loud_one() -> None:
    sound = turned_to(stage(30), -60.0)
    sound[:, 12 * RATE : 17 * RATE] *= 25.0
    assert "short_lufs" not in {f.evidence.metric for f in claims(track_of(sound))}


def test_sound_that_touches_full_scale_is_left_alone() -> None:
    assert claims(track_of(music(6, peak=1.0))) == []


def test_loud_stretch_is_found_where_it_is() -> None:
    sound = turned_to(stage(30), -33.0)
    sound = inject_sound(sound, "loudness", [(12 * RATE, 17 * RATE)], RATE, 0.8)
    (finding,) = [f for f in claims(track_of(sound)) if f.evidence.metric == "short_lufs"]
    assert finding.span.start_s == pytest.approx(12.0, abs=0.41)
    assert finding.span.end_s == pytest.approx(17.0, abs=0.41)


def test_louder_scene_is_no_loud_stretch() -> None:
    sound = turned_to(stage(30), -33.0)
    sound[:, 12 * RATE : 17 * RATE] *= 3.0
    assert claims(track_of(sound)) == []


@pytest.mark.parametrize("seconds", [0.02, 0.25, 1.07])
def test_every_tenth_of_a_second_has_a_row(seconds: float) -> None:
    track = track_of(stage(seconds))
    assert len(track) == int(np.ceil(seconds * 10))
    assert all(np.isfinite(values).all() for values in track.metrics.values())


def test_silence_is_the_floor() -> None:
    track = track_of(np.zeros((2, 12 * RATE), np.float32))
    assert {float(values.max()) for values in track.metrics.values()} == {-120.0}
    assert claims(track) == []


def test_silence_after_sound_is_a_number() -> None:
    # What is left of the running sums by rounding may lie below zero.
    sound = np.random.default_rng(0).uniform(-1, 1, (2, 9 * RATE)).astype(np.float32)
    sound[:, 4 * RATE :] = 0
    track = track_of(sound)
    assert all(np.isfinite(values).all() for values in track.metrics.values())
    assert (track.metrics["momentary_lufs"][-20:] <= -100).all()


def test_rate_and_channels_may_change_in_mid_stream() -> None:
    detector = detector_class("loudness")(audio())
    first = Sample(0, TICK, stage(0.55), rate=RATE)
    second = Sample(round(Fraction(55, 100) / TICK), TICK, stage(0.5)[:1, ::2], rate=RATE // 2)
    rows = rows_of(detector, [{"audio": first}, {"audio": second}])
    assert [round(float(row.pts * TICK), 2) for row in rows] == [
        *(i / 10 for i in range(6)),
        *(round(0.55 + i / 10, 2) for i in range(5)),
    ]


@pytest.mark.parametrize("channels", [3, 8, 16])
def test_any_number_of_channels_is_metered(channels: int) -> None:
    sound = np.repeat(talk(2), channels, axis=0)
    meter = LoudnessMeter("", channels, RATE)
    steps = meter.feed(sound) + meter.finish()
    assert len(steps) == 20
    assert steps[-1].momentary > -70
    assert max(s.true_peak for s in steps) == pytest.approx(np.abs(sound).max(), rel=0.05)
