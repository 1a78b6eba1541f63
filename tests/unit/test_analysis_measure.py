from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from helpers.clip import make_clip

from core.analysis import meter
from core.analysis.measure import Earlier, measure_title
from core.analysis.plan import able, choose, plan
from core.catalog.table import DETECTORS
from core.detectors.base import Detector, Row, Sample
from core.detectors.registry import detector_class
from core.domain.errors import CancelledError, KnownError
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.time import Span
from core.domain.title import Title
from core.domain.track import Track
from core.jobs.progress import CancelToken, Progress
from core.media.probe import probe

ABLE, _ = able(tuple(DETECTORS.values()))
VIDEO_IDS = sorted(s.id for s in ABLE if any("luma" in v for v in s.views))
AUDIO_IDS = sorted(
    name
    for name, spec in DETECTORS.items()
    if "audio" in spec.views
    and "luma" not in spec.views
    and all("audio" in DETECTORS[other].views for other in spec.after)
)
"""Those that need nothing but sound."""


@pytest.fixture(scope="module")
def title(tmp_path_factory: pytest.TempPathFactory) -> Title:
    return make_clip(tmp_path_factory.mktemp("clip") / "clip.mp4")


@pytest.fixture(scope="module")
def tracks(title: Title) -> dict[tuple[str, int], Track]:
    return {(t.detector, t.stream): t for t in measure_title(title).tracks}


def replace_detector(
    monkeypatch: pytest.MonkeyPatch, detector_id: str, made: type[Detector]
) -> None:
    real = detector_class
    monkeypatch.setattr(
        meter, "detector_class", lambda name: made if name == detector_id else real(name)
    )


def test_rows_of_picture_detectors_begin_with_frames_and_cover_the_title(
    title: Title, tracks: dict[tuple[str, int], Track]
) -> None:
    stream = title.video[0]
    assert len(tracks["black", stream.index]) == 125
    for name in VIDEO_IDS:
        track = tracks[name, stream.index]
        assert set(track.pts.tolist()) <= set(tracks["black", stream.index].pts.tolist())
        assert track.pts[0] == 0
        assert track.base == stream.base
        assert track.end * track.base == pytest.approx(5.0)


def test_sound_detectors_measure_each_sound_stream(
    title: Title, tracks: dict[tuple[str, int], Track]
) -> None:
    for name in AUDIO_IDS:
        track = tracks[name, title.audio[0].index]
        assert float(track.end * track.base) == pytest.approx(5.0, abs=0.05)
        assert np.all(np.diff(track.pts) > 0)


def test_decoder_events_are_looked_at_for_pictures_and_sound(
    title: Title, tracks: dict[tuple[str, int], Track]
) -> None:
    assert ("decode_error", title.video[0].index) in tracks
    assert ("decode_error", title.audio[0].index) in tracks


def test_measuring_twice_gives_the_same(title: Title, tracks: dict[tuple[str, int], Track]) -> None:
    for track in measure_title(title).tracks:
        for name, values in track.metrics.items():
            np.testing.assert_array_equal(
                values, tracks[track.detector, track.stream].metrics[name]
            )


def test_range_keeps_only_rows_that_start_inside(title: Title) -> None:
    span = Span.from_seconds(1.01, 2.02, title.video[0].base)
    (track,) = measure_title(title, ["color_frame"], span).tracks
    assert track.starts_s[0] == pytest.approx(1.04)
    assert track.starts_s[-1] == pytest.approx(2.0)
    assert track.ends_s[-1] <= 2.02 + 1e-6


def test_sound_alone_is_measured_without_picture(tmp_path: Path) -> None:
    title = make_clip(tmp_path / "sound.wav", 1.0, picture=False)
    found = {t.detector for t in measure_title(title).tracks}
    assert set(AUDIO_IDS) <= found
    assert not found & set(VIDEO_IDS)


def test_pictures_alone_are_measured_without_sound(tmp_path: Path) -> None:
    title = make_clip(tmp_path / "mute.mp4", 1.0, sound=False)
    found = {t.detector for t in measure_title(title).tracks}
    assert set(VIDEO_IDS) <= found
    assert not found & set(AUDIO_IDS)


def test_title_without_what_the_detectors_need_is_refused(tmp_path: Path) -> None:
    title = make_clip(tmp_path / "sound.wav", 0.5, picture=False)
    with pytest.raises(KnownError, match="nothing that these detectors can measure"):
        measure_title(title, ["black"])


def test_unknown_detector_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(KnownError, match=r"named nonsense; there are .*black"):
        choose(DEFAULT_PROFILE, ["nonsense"])


def test_profile_leaves_detectors_out_unless_they_are_asked_for() -> None:
    profile = Profile("p", "P", disabled=frozenset({"letterbox"}))
    assert "letterbox" not in [spec.id for spec in choose(profile)]
    assert [spec.id for spec in choose(profile, ["silence"])] == ["silence"]
    with pytest.raises(KnownError, match="no detector enabled"):
        choose(Profile("p", "P", disabled=frozenset(DETECTORS)))


def test_only_streams_that_somebody_measures_are_decoded(title: Title) -> None:
    work = plan(title, choose(DEFAULT_PROFILE, ["silence"]))
    assert work.video is None
    assert work.audio == title.audio


class Broken(Detector):
    """Raises at the eleventh frame."""

    id = "black"

    def reset(self) -> None:
        self.seen = 0

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        self.seen += 1
        if self.seen > 10:
            raise ZeroDivisionError("a slip")
        width = len(DETECTORS["black"].metrics)
        return [Row(views["luma/4"].pts, (0.0,) * width)]


class Nan(Broken):
    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        return [Row(views["luma/4"].pts, (float("nan"),) * len(DETECTORS["black"].metrics))]


class Backwards(Broken):
    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        return [Row(5, (0.0,) * len(DETECTORS["black"].metrics))]


@pytest.mark.expect_log("detector black stopped")
@pytest.mark.parametrize(("made", "rows"), [(Broken, 10), (Nan, 0), (Backwards, 1)])
def test_detector_that_fails_costs_itself_and_not_the_others(
    title: Title, monkeypatch: pytest.MonkeyPatch, made: type[Detector], rows: int
) -> None:
    replace_detector(monkeypatch, "black", made)
    measured = measure_title(title, ["black", "freeze"])
    lengths = {t.detector: len(t) for t in measured.tracks}
    assert lengths == {"black": rows, "freeze": 125, "color_frame": 125}
    (fault,) = measured.faults
    assert fault.startswith(f"The detector {DETECTORS['black'].title} stopped at 0:00:00")


def test_cancelling_stops_within_a_frame_and_joins_the_threads(
    title: Title, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancel = CancelToken()
    seen: list[int] = []

    class Cancels(Broken):
        def measure(self, views: Mapping[str, Sample]) -> list[Row]:
            seen.append(views["luma/4"].pts)
            if len(seen) == 5:
                cancel.cancel()
            return []

    replace_detector(monkeypatch, "black", Cancels)
    with pytest.raises(CancelledError):
        measure_title(title, ["black", "silence"], cancel=cancel)
    assert len(seen) == 5
    assert not [t for t in threading.enumerate() if t.name.startswith("analysis")]


def test_error_of_the_sink_ends_the_work_and_is_raised(title: Title) -> None:
    def sink(_tracks: Sequence[Track], _done_s: float) -> None:
        raise KnownError("The disk is full.")

    with pytest.raises(KnownError, match="disk is full"):
        measure_title(title, ["black"], sink=sink, checkpoint_s=0.0)


def test_pieces_handed_to_the_sink_hold_each_row_once(title: Title) -> None:
    pieces: list[Track] = []
    done: list[float] = []

    def sink(tracks: Sequence[Track], done_s: float) -> None:
        pieces.extend(tracks)
        done.append(done_s)

    measured = measure_title(title, ["color_frame"], sink=sink, checkpoint_s=0.0)
    assert measured.tracks == ()
    pts = np.concatenate([piece.pts for piece in pieces])
    assert len(pts) == len(set(pts.tolist())) == 125
    assert done == sorted(done)


def test_progress_ends_at_the_whole_length(title: Title) -> None:
    seen: list[Progress] = []
    measure_title(title, progress=seen.append)
    assert seen[-1].done_s == pytest.approx(seen[-1].total_s, abs=0.1)
    assert seen[-1].speed > 0
    assert [p.done_s for p in seen] == sorted(p.done_s for p in seen)


def test_truncated_title_says_so_also_when_gone_on_with(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "clip.mkv", 6.0).path
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    title = probe(path)
    whole = {(t.detector, t.stream): t for t in measure_title(title, ["decode_error"]).tracks}
    stored = {key: int(track.pts[len(track) // 2]) for key, track in whole.items()}
    rest = measure_title(title, ["decode_error"], earlier=Earlier(Fraction(1), stored)).tracks
    for track in rest:
        reported = whole[track.detector, track.stream].metrics["truncated"]
        assert reported.sum() == 1
        np.testing.assert_array_equal(track.metrics["truncated"], reported[-len(track) :])
