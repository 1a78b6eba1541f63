"""Detectors that hold captions against speech: missing and out of step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
import torch
from helpers.measure import RATE, audio, cue_samples, measured, rows_of, sound_samples
from helpers.scenery import music
from helpers.voice import captioned, cue, cue_track, dialogue, speech_track, spoken, voice

from core.catalog.decide import decide
from core.detectors.caption_missing import CaptionMissingDetector
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.media import Cue
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.models.voice_activity import CONTEXT_SAMPLES, FRAME_SAMPLES, voice_activity
from core.simulate.inject import inject_cues

Spans = Sequence[tuple[float, float]]


def found(
    detector: str, cues: Sequence[Cue], spans: Spans, profile: Profile = DEFAULT_PROFILE
) -> tuple[Finding, ...]:
    end_s = max([c.span.end_s for c in cues] + [end for _, end in spans]) + 2
    claims = decide([cue_track(cues, end_s), speech_track(spans, end_s)], profile)
    return tuple(claim for claim in claims if claim.detector == detector)


# Hearing a voice


def test_voice_is_told_from_music_and_noise() -> None:
    sound = spoken(6, [(2.0, 4.0)])
    speech = measured("caption_missing", sound_samples(sound), 6, audio()).metrics["speech_pct"]
    assert speech[17:31].min() > 80
    assert max(speech[:15].max(), speech[33:].max()) < 30
    song = measured("caption_missing", sound_samples(music(6)), 6, audio()).metrics["speech_pct"]
    assert song.max() < 50


@pytest.mark.parametrize("rate", [8000, 16_000, 22_050, 44_100, 48_000])
def test_voice_is_heard_at_any_rate(rate: int) -> None:
    sound = spoken(4, [(1.0, 3.0)])
    step = np.arange(0, 4 * RATE, RATE / rate)
    there = np.stack([np.interp(step, np.arange(4 * RATE), side) for side in sound])
    samples = sound_samples(there.astype(np.float32), 1000, rate)
    track = measured("caption_missing", samples, 4, audio(rate))
    np.testing.assert_allclose(np.diff(track.starts_s), 0.125, atol=1e-3)
    speech = track.metrics["speech_pct"]
    assert speech[10:22].min() > 60
    assert speech[:6].max() < 40


@pytest.mark.parametrize("block", [480, 1023, 96_000])
def test_blocks_of_any_size_give_the_same_speech(block: int) -> None:
    sound = spoken(5, [(1.0, 2.5)])
    usual = rows_of(CaptionMissingDetector(audio()), sound_samples(sound))
    assert rows_of(CaptionMissingDetector(audio()), sound_samples(sound, block)) == usual


def test_a_piece_of_sound_gives_the_rows_of_the_whole() -> None:
    sound = spoken(12, [(1.0, 2.5), (5.5, 7.0), (9.0, 11.0)])
    whole = rows_of(CaptionMissingDetector(audio()), sound_samples(sound))
    piece = rows_of(CaptionMissingDetector(audio()), sound_samples(sound[:, 3 * RATE :]))
    mine, theirs = (np.array([row.values for row in rows]) for rows in (piece, whole))
    np.testing.assert_allclose(mine[24:], theirs[48:], atol=0.05)


def test_voice_in_the_centre_of_surround_sound_is_heard() -> None:
    sound = np.zeros((6, 3 * RATE), np.float32)
    sound[2, RATE:] = voice(2.0)
    track = measured("caption_missing", sound_samples(sound), 3, replace(audio(), channels=6))
    assert track.metrics["speech_pct"][10:].min() > 60


def test_gap_in_the_sound_starts_anew() -> None:
    samples = sound_samples(spoken(4, [(0.5, 3.5)]))
    del samples[40:60]
    rows = rows_of(CaptionMissingDetector(audio()), samples)
    pts = [row.pts for row in rows]
    assert pts == sorted(set(pts))
    assert all(0 <= row.values[0] <= 100 for row in rows)


def test_network_hears_a_whole_and_its_frames_alike() -> None:
    sound = np.concatenate([np.zeros(CONTEXT_SAMPLES, np.float32), voice(1.0)[::3]])
    frames = np.lib.stride_tricks.sliding_window_view(sound, CONTEXT_SAMPLES + FRAME_SAMPLES)
    batch = torch.from_numpy(frames[::FRAME_SAMPLES].copy())
    net = voice_activity()
    with torch.inference_mode():
        together = net(batch)
        apart = torch.cat([net.encoder(frame[None]) for frame in batch])
        torch.testing.assert_close(net.decoder(apart[:, None])[:, 0], together)
    assert float(together[5:].min()) > 0.5


# Missing captions


def test_captioned_dialogue_misses_nothing() -> None:
    spans = dialogue(20)
    assert found("caption_missing", captioned(spans), spans) == ()


@pytest.mark.parametrize("severity", [0.0, 0.5, 1.0])
def test_lost_captions_are_found_where_they_were(severity: float) -> None:
    spans = dialogue(24)
    stretch = (spans[6][0] - 0.5, spans[14][0] - 0.5)
    left, lost = inject_cues(captioned(spans), "caption_missing", [stretch], severity, 2)
    claims = found("caption_missing", left, spans)
    assert claims
    for claim in claims:
        assert lost[0][0] - 0.5 < claim.span.start_s < claim.span.end_s < lost[-1][1] + 0.5
    spoken_s = sum(end - start for start, end in spans if lost[0][0] < end < lost[-1][1] + 0.5)
    told_s = sum(claim.span.duration_s for claim in claims)
    assert told_s > 0.6 * spoken_s


def test_short_words_without_a_caption_are_not_told() -> None:
    spans = [(1.0, 3.0), (7.0, 8.5), (12.0, 14.0)]
    assert found("caption_missing", captioned([spans[0], spans[2]]), spans) == ()


def test_captions_that_are_late_as_a_whole_are_not_missing_too() -> None:
    spans = dialogue(24)
    late, _ = inject_cues(captioned(spans), "caption_sync", [(0.0, 200.0)], 0.7)
    assert found("caption_missing", late, spans) == ()
    assert len(found("caption_sync", late, spans)) == 1


def test_partial_track_is_one_fyi() -> None:
    spans = dialogue(40)
    signs = captioned(spans)[5:8]
    (claim,) = found("caption_missing", signs, spans)
    assert claim.severity is Severity.FYI
    assert "signs or foreign dialogue" in claim.evidence.note
    quiet = Profile("p", "P", {"caption_missing": {"report_context": 0.0}})
    assert found("caption_missing", signs, spans, quiet) == ()


# Out of step


@pytest.mark.parametrize("seed", range(4))
def test_captions_in_step_are_not_told(seed: int) -> None:
    spans = dialogue(30, seed)
    assert found("caption_sync", captioned(spans), spans) == ()


@pytest.mark.parametrize("variant", ["late", "early"])
@pytest.mark.parametrize("severity", [0.1, 0.4, 1.0])
def test_offset_is_found_and_measured(variant: str, severity: float) -> None:
    spans = [(start + 8, end + 8) for start, end in dialogue(24)]
    moved, truth = inject_cues(
        captioned(spans), "caption_sync", [(0.0, 500.0)], severity, variant=variant
    )
    (claim,) = found("caption_sync", moved, spans)
    assert (claim.span.start_s, claim.span.end_s) == pytest.approx(truth[0], abs=0.05)
    offset_s = float(claim.evidence.note.split()[3])
    assert offset_s == pytest.approx(0.6 + 5.4 * severity, abs=0.15)
    assert variant in claim.evidence.note


def test_drift_says_first_and_last() -> None:
    spans = dialogue(40)
    moved, _ = inject_cues(captioned(spans), "caption_sync", [(0.0, 500.0)], 0.5, variant="drift")
    (claim,) = found("caption_sync", moved, spans)
    assert "ever more out of step" in claim.evidence.note
    assert claim.span.end_s == pytest.approx(moved[-1].span.end_s, abs=0.01)


def test_offset_within_the_limits_is_not_told() -> None:
    spans = dialogue(30)
    moved = [cue(c.span.start_s + 0.45, c.span.end_s + 0.45) for c in captioned(spans)]
    assert found("caption_sync", moved, spans) == ()
    strict = Profile("p", "P", {"caption_sync": {"max_late_s": 0.2}})
    assert len(found("caption_sync", moved, spans, strict)) == 1


def test_captions_of_unbroken_talk_say_nothing() -> None:
    talk = [(0.0, 120.0)]
    cues = [cue(4 * i + 3.0, 4 * i + 6.9) for i in range(28)]
    assert found("caption_sync", cues, talk) == ()


def test_lonely_caption_is_fyi() -> None:
    spans = dialogue(20)
    after = spans[-1][1]
    talk = [*spans, (after + 12, after + 14)]
    cues = [*captioned(talk)[:-1], cue(after + 5, after + 7), captioned(talk)[-1]]
    (claim,) = found("caption_sync", cues, talk)
    assert claim.severity is Severity.FYI
    assert (claim.span.start_s, claim.span.end_s) == pytest.approx((after + 5, after + 7))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Good morning.", 1.0),
        ("[door slams]", 0.0),
        ("(sighs) Not now.", 1.0),
        ("♪ La la la ♪", 0.0),
        ("JOHN: What?", 1.0),
        ("NARRATOR: [sighs]", 0.0),
        ("SIX MONTHS LATER", 0.5),
        ("今天天气很好", 1.0),
        ("…", 0.0),
    ],
)
def test_sounds_songs_and_signs_are_told_from_speech(text: str, value: float) -> None:
    track = cue_track([cue(0, 2, text)], 3)
    assert track.metrics["spoken"].tolist() == [value]


def test_songs_and_sounds_are_no_lonely_captions() -> None:
    spans = dialogue(20)
    after = spans[-1][1]
    talk = [*spans, (after + 12, after + 14)]
    for text in ("[thunder]", "♪ La la ♪", "TWO YEARS LATER"):
        cues = [*captioned(spans), cue(after + 5, after + 7, text), cue(after + 12, after + 14)]
        assert found("caption_sync", cues, talk) == ()


def test_cues_alone_say_nothing_about_sync() -> None:
    track = cue_track(captioned(dialogue(10)), 60)
    assert decide([track], DEFAULT_PROFILE) == ()
    assert len(cue_samples(captioned(dialogue(10)))) == 10
