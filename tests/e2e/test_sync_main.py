"""The desk on a clip whose sound is off by a known offset, through the real `main()`."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.assets import asset
from helpers.clip import make_clip
from helpers.desk_walk import Steps, decided, press, selected, walk
from helpers.lip_track import lip_track
from PySide6.QtCore import Qt

from core.analysis.pipeline import analyse_request
from core.catalog.sync_verdict import Reason, SyncState
from core.catalog.table import DETECTORS
from core.config.settings import Settings
from core.domain.run import RunState
from core.domain.title import Title
from core.jobs.request import AnalyseRequest
from core.reports.gather import gather_report
from core.reports.json_document import document_of
from core.simulate.plan import Planned
from core.simulate.title import simulate_title
from core.store.store import Store
from gui.desk.desk import Desk

OFFSET_MS = 120.0
SECONDS = 12.0


@pytest.fixture
def title(tmp_path: Path) -> Title:
    return make_clip(tmp_path / "talk.mp4", SECONDS)


@pytest.fixture
def store(tmp_path: Path, title: Title) -> str:
    """A store in which the title was measured: early by 120 ms, nobody in sight at the end."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    video = title.video[0]
    track = lip_track(
        SECONDS,
        OFFSET_MS,
        reason=lambda at_s: Reason.JUDGED if at_s < 8 else Reason.NO_FACE,
        stream=video.index,
        base=video.base,
    )
    with Store.open(url) as opened:
        opened.titles.put(title)
        run = opened.runs.start(title.fingerprint, list(DETECTORS), None)
        opened.tracks.append(run.id, track)
        opened.runs.finish(run.id, RunState.DONE)
    settings = Settings.load()
    settings.set("general.analyse_on_open", False)
    settings.save()
    return url


def test_the_desk_shows_hears_and_keeps_a_known_offset(
    title: Title, store: str, qapp: object
) -> None:
    def visit(desk: Desk) -> Steps:
        yield lambda: desk.idle and bool(desk.snapshot.flags)
        desk.selection.autoplay = False
        press(desk, Qt.Key.Key_Down)
        yield lambda: desk.idle and desk.selection.flag is not None
        flag = selected(desk)
        assert (flag.detector, flag.defect) == ("lipsync", "av_sync")
        view, overlay = desk.parts.picture, desk.sync.overlay
        desk.selection.seek(6.0)
        yield lambda: view.picture is not None and view.picture.time.seconds == 6.0
        assert view.picture is not None
        pts = view.picture.pts
        assert overlay.shown
        assert overlay.badge(pts) == ("Out of sync · +120 ms · 90 %", "sound 120 ms early")
        (box,) = overlay.boxes(view.geometry_of_picture, pts)
        left, top, width, height = view.geometry_of_picture.rect
        assert (box.state, box.label) == (SyncState.OUT_OF_SYNC, "+120 ms · 90 %")
        assert box.rect.center().x() == pytest.approx(left + 0.5 * width, abs=0.01)
        assert box.rect.center().y() == pytest.approx(top + 0.35 * height, abs=0.01)
        states = [fragment.state for fragment in desk.parts.sync_strip.fragments]
        assert states == [*2 * [SyncState.OUT_OF_SYNC], SyncState.INCONCLUSIVE]
        curve = desk.parts.metrics._curve
        assert desk.parts.metrics.metric_name == "offset_ms"
        assert curve is not None
        assert (curve.value_at(6.0), curve.value_at(10.0)) == (OFFSET_MS, None)
        assert desk.sync.tolerance.isVisible()
        press(desk, Qt.Key.Key_P)
        assert desk.player.sound._nudge_s == pytest.approx(OFFSET_MS / 1000)
        press(desk, Qt.Key.Key_C)
        yield decided(desk, flag.key, "confirm")
        acceptable = desk.sync.tolerance.entries["bt1359_acceptable"]
        acceptable.trigger()
        yield lambda: desk.idle and acceptable.isChecked() and len(desk.snapshot.flags) == 1
        moved = desk.snapshot.profile.with_threshold("lipsync", "early_ms", 200.0)
        desk.adopt(moved)
        yield lambda: desk.idle and desk.snapshot.profile.hash == moved.hash
        assert overlay.badge(pts)[0] == "In sync · +120 ms · 90 %"
        (left_alone,) = desk.snapshot.flags
        assert left_alone.orphan

    assert walk([str(title.path), "--store", store], visit, 60.0) == 0
    with Store.open(store) as opened:
        run = opened.runs.latest_done(title.fingerprint)
        (entry,) = document_of(gather_report(opened, title, run))["entries"]
    assert [row["offset_ms"] for row in entry["sync"]["heard"]] == [OFFSET_MS]
    assert entry["verdicts"][0]["comment"] == "offset +120 ms"


@pytest.fixture
def measured(tmp_path: Path) -> tuple[Path, str]:
    """A talking head whose sound is early by 184 ms, analysed by what ships."""
    path = tmp_path / "head.mkv"
    early = Planned("av_sync", ((0.0, 3.0),), severity=0.2, seed=1, variant="offset")
    simulate_title(asset("media/talk/grid_sbwe5n.mpg"), path, [early])
    url = f"sqlite:///{tmp_path / 'store.db'}"
    analyse_request(AnalyseRequest(path, url, detectors=("lipsync",)))
    settings = Settings.load()
    settings.set("general.analyse_on_open", False)
    settings.save()
    return path, url


def test_the_desk_shows_what_the_network_finds_on_a_real_face(
    measured: tuple[Path, str], qapp: object
) -> None:
    def visit(desk: Desk) -> Steps:
        yield lambda: desk.idle and bool(desk.snapshot.flags)
        desk.selection.autoplay = False
        press(desk, Qt.Key.Key_Down)
        yield lambda: desk.idle and desk.selection.flag is not None
        view, overlay = desk.parts.picture, desk.sync.overlay
        desk.selection.seek(1.4)
        yield lambda: view.picture is not None and abs(view.picture.time.seconds - 1.4) < 0.04
        assert view.picture is not None
        fragment = overlay.fragment(view.picture.pts)
        assert fragment is not None
        assert fragment.state is SyncState.OUT_OF_SYNC
        assert fragment.offset_ms == pytest.approx(184, abs=40)
        (box,) = overlay.boxes(view.geometry_of_picture, view.picture.pts)
        left, top, width, height = view.geometry_of_picture.rect
        # The clip shows one head, whose nose is there.
        assert box.rect.contains(left + 0.43 * width, top + 0.6 * height)
        assert 0.1 * width < box.rect.width() < 0.5 * width
        assert desk.parts.metrics._curve is not None
        value = desk.parts.metrics._curve.value_at(1.4)
        assert value == pytest.approx(184, abs=40)
        press(desk, Qt.Key.Key_P)
        assert desk.sync.held_ms == round(fragment.offset_ms)

    path, url = measured
    assert walk([str(path), "--store", url], visit, 60.0) == 0
